#pragma once
// What every screen is drawn with: theme, fonts, sentences, keys. One per window, for its thread.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/fonts.hpp"
#include "client/ui/picture.hpp"
#include "client/ui/row_focus.hpp"
#include "client/ui/theme.hpp"
#include "imgui.h"
#include "shared/base/message.hpp"

namespace lianxin::client::ui {

/// A key of the page that is shown, for F1.
struct KeyHint {
  ImGuiKeyChord chord = 0;
  std::string what;
};

class Ui {
 public:
  Ui(const Theme& theme, const Fonts& fonts) : theme_(theme), fonts_(fonts) {}

  /// Starts a frame in this language; `messages` must live until its end.
  void begin_frame(const Messages& messages);
  /// Another theme from the next frame on; applies it to the style.
  void set_theme(const Theme& theme);

  [[nodiscard]] const Theme& theme() const { return theme_; }
  [[nodiscard]] const Palette& colour() const { return theme_.colour; }
  [[nodiscard]] const Fonts& fonts() const { return fonts_; }
  /// A length of the drawing at 100 % text, in pixels.
  [[nodiscard]] float px(float at_100) const { return theme_.px(at_100); }
  /// A sentence or word of assets/text.
  [[nodiscard]] std::string text(std::string_view key, const std::vector<ErrorArg>& args = {}) const {
    return messages_->get(key, args);
  }
  /// Pictures for the renderer.
  [[nodiscard]] PictureTextures& pictures() { return *pictures_; }
  /// Where the focus stands in the lists of each page.
  [[nodiscard]] RowFocus& row_focus() { return row_focus_; }
  /// Height of a button, a field, an option.
  [[nodiscard]] float control_height() const { return px(37); }
  /// Whether the window shows little at once (text of 150 % on a laptop): rows of tables stand closer, and
  /// what is seldom asked folds away.
  [[nodiscard]] bool is_low() const { return ImGui::GetIO().DisplaySize.y < px(560); }
  /// Height of a row of a table.
  [[nodiscard]] float row_height() const { return px(is_low() ? 29 : 36); }

  /// True in the frame the key goes down. Keys without Ctrl or Alt are left to a text field that has the
  /// focus (but for Esc and F keys); behind a dialog nothing is pressed. A chord is taken once per frame.
  [[nodiscard]] bool pressed(ImGuiKeyChord chord);
  /// The same, whatever dialog is open: keys of the whole window.
  [[nodiscard]] bool pressed_anywhere(ImGuiKeyChord chord);
  /// As pressed(), and the key is listed under F1 as `what`.
  [[nodiscard]] bool pressed(ImGuiKeyChord chord, const std::string& what);
  /// Lists a key under F1 that is not asked for by pressed().
  void hint(ImGuiKeyChord chord, const std::string& what);
  /// Keys of the frame before: the page under the help.
  [[nodiscard]] const std::vector<KeyHint>& hints() const { return last_hints_; }
  /// "Ctrl+Enter", "1", "Esc".
  [[nodiscard]] static std::string key_name(ImGuiKeyChord chord);

  /// A key together with Ctrl or Alt did something in this frame.
  [[nodiscard]] bool took_chord() const;

  /// A button has the focus: Enter is its own then, not that of the button it stands on.
  void button_focused(ImGuiID id) { button_ = id; }
  [[nodiscard]] bool is_on_other_button(ImGuiID id) const;

  /// The next item that can take the focus takes it.
  static void focus_next();
  /// Where it is `wanted`, and as soon as the next item is drawn: in the first frame of a page a part of it
  /// may be out of sight, and the focus would go to what comes behind it. Then nothing is wanted any more.
  static void focus_next(bool& wanted);
  /// Something will change without input: draw again in `seconds`.
  void wake_in(double seconds);
  /// Seconds until the next wanted frame; negative: none wanted. Read after the frame.
  [[nodiscard]] double next_wake() const { return next_wake_; }

  /// A nav ring is due around what has the focus (keys were used last).
  [[nodiscard]] static bool keyboard_used();

 private:
  Theme theme_;
  Fonts fonts_;
  const Messages* messages_ = nullptr;
  std::vector<KeyHint> hints_;
  std::vector<KeyHint> last_hints_;
  std::vector<ImGuiKeyChord> taken_;
  double next_wake_ = -1;
  RowFocus row_focus_;
  ImGuiID button_ = 0;
  ImGuiID last_button_ = 0;  ///< of the frame before
  std::unique_ptr<PictureTextures> pictures_ = std::make_unique<PictureTextures>();
};

/// Draws one page; what every screen's function looks like:
/// void draw_x(Ui&, const view::XView&, XState&, app::CommandQueue&);

/// Ids below are apart from those outside: rows by record id, never by index.
class IdScope {
 public:
  explicit IdScope(std::string_view id) { ImGui::PushID(id.data(), id.data() + id.size()); }
  ~IdScope() { ImGui::PopID(); }
  IdScope(const IdScope&) = delete;
  IdScope& operator=(const IdScope&) = delete;
};

/// Draws beside what follows: items below it start at its left edge.
class GroupScope {
 public:
  GroupScope() { ImGui::BeginGroup(); }
  ~GroupScope() { ImGui::EndGroup(); }
  GroupScope(const GroupScope&) = delete;
  GroupScope& operator=(const GroupScope&) = delete;
};

/// What is drawn meanwhile is grey and takes no input.
class DisabledScope {
 public:
  explicit DisabledScope(bool disabled) { ImGui::BeginDisabled(disabled); }
  ~DisabledScope() { ImGui::EndDisabled(); }
  DisabledScope(const DisabledScope&) = delete;
  DisabledScope& operator=(const DisabledScope&) = delete;
};

/// The library's focus ring is not drawn until PopStyleColor(): for widgets that show the focus themselves.
void hide_nav_ring();

/// Tab passes over what is drawn meanwhile (arrows still reach it).
class NoTabScope {
 public:
  explicit NoTabScope(bool no_tab = true);
  ~NoTabScope();
  NoTabScope(const NoTabScope&) = delete;
  NoTabScope& operator=(const NoTabScope&) = delete;
};

/// The focus passes over what is drawn meanwhile, by arrows as well.
class NoFocusScope {
 public:
  explicit NoFocusScope(bool no_focus);
  ~NoFocusScope();
  NoFocusScope(const NoFocusScope&) = delete;
  NoFocusScope& operator=(const NoFocusScope&) = delete;
};

}  // namespace lianxin::client::ui
