#pragma once
// Drives the window's content without a window: types, presses, clicks by the stable names of widgets, and
// takes pictures. Fails loudly (std::runtime_error with what is on the screen) when a name is missing or
// twice there.
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/app/command.hpp"
#include "client/ui/hooks.hpp"
#include "client/ui/ui.hpp"
#include "tests/ui/raster.hpp"

namespace lianxin::test::ui {

struct HeadlessSettings {
  ImVec2 size = {1366, 768};
  std::string language = "zh-CN";
  std::uint32_t text_percent = 100;
  client::view::Contrast contrast = client::view::Contrast::kLight;
};

/// One ImGui context with fonts, theme and sentences. One at a time.
class Headless {
 public:
  using Draw = std::function<void(client::ui::Ui&, client::app::CommandQueue&)>;

  explicit Headless(Draw draw, const HeadlessSettings& settings = {});
  ~Headless();
  Headless(const Headless&) = delete;
  Headless& operator=(const Headless&) = delete;

  /// How a frame begins; else ImGui::NewFrame.
  void begin_with(std::function<void()> begin) { begin_ = std::move(begin); }
  void frames(int count = 1);
  /// Lets `seconds` pass, in frames of a tenth.
  void pass(double seconds);
  [[nodiscard]] bool has(std::string_view key);
  [[nodiscard]] client::ui::DrawnItem item(std::string_view key);
  void click(std::string_view key);
  /// Into whatever has the focus.
  void type(std::string_view utf8);
  void press(ImGuiKeyChord chord);
  /// Clicks the field, replaces what is in it.
  void fill(std::string_view key, std::string_view utf8);
  /// Key of the item that has the focus; empty = none.
  [[nodiscard]] std::string focused();
  /// Everything drawn as text in one frame.
  [[nodiscard]] std::string text();
  [[nodiscard]] bool shows(std::string_view part) { return text().find(part) != std::string::npos; }
  /// Commands since the last call.
  [[nodiscard]] std::vector<client::app::Command> commands() { return commands_.take(); }
  /// The last command of a kind since the last call; fails when there is none.
  template <class T>
  [[nodiscard]] T sent();
  /// Items of the last frame that have a name.
  [[nodiscard]] std::vector<client::ui::DrawnItem> items();
  [[nodiscard]] Picture look();
  /// Writes a PNG.
  void picture(const std::filesystem::path& path);

  [[nodiscard]] client::ui::Ui& ui() { return *ui_; }
  [[nodiscard]] const Messages& messages() const { return messages_; }

 private:
  void frame(float seconds);
  [[noreturn]] void missing(std::string_view key, std::size_t found);

  Draw draw_;
  std::function<void()> begin_ = [] { ImGui::NewFrame(); };
  HeadlessSettings settings_;
  Messages messages_;
  client::ui::ItemLog log_;
  client::app::CommandQueue commands_;
  std::unique_ptr<client::ui::Ui> ui_;
};

/// Sentences of a language; stops the test when they are malformed.
[[nodiscard]] Messages test_messages(std::string_view language);

[[noreturn]] void no_such_command();

template <class T>
T Headless::sent() {
  const std::vector<client::app::Command> all = commands();
  for (auto it = all.rbegin(); it != all.rend(); ++it) {
    if (const T* found = it->as<T>()) return *found;
  }
  no_such_command();
}

}  // namespace lianxin::test::ui
