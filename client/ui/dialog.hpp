#pragma once
// Questions over the page: what will happen, and a second gesture for what is final. And the toast.
#include <algorithm>
#include <string>
#include <string_view>

#include "client/app/command.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/ui.hpp"
#include "client/view/shell_view.hpp"

namespace lianxin::client::ui {

/// A plate in the middle of the window; keys and mouse reach only it. Esc sets `open` to false.
class Dialog {
 public:
  /// `width` at 100 % text.
  Dialog(Ui& ui, std::string_view id, const std::string& title, bool& open, float width = 520);
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;
  explicit operator bool() const { return drawing_; }

 private:
  bool drawing_ = false;
};

/// What a dialog asks, above its buttons: where the window is too low for both, it scrolls and the buttons
/// stay. In pixels at 100 %: `below` besides their row, `first` the rows' height until they were drawn once.
template <class Rows>
void rows_in_dialog(Ui& ui, const char* id, float below, float first, Rows rows) {
  ImGuiStorage* const kept = ImGui::GetStateStorage();
  const ImGuiID key = ImGui::GetID((std::string(id) + "_height").c_str());
  constexpr float kEdges = 32 + 16;  // outside, and under the buttons
  const float room =
      ImGui::GetIO().DisplaySize.y - ImGui::GetCursorPosY() - ui.control_height() - ui.px(kEdges + below);
  // Always in it, tall or not: what has the focus must not move into another window.
  const ScrollArea area(ui, id, std::min(kept->GetFloat(key, ui.px(first)) + ui.px(6), room));
  {
    const GroupScope group;
    rows();
  }
  kept->SetFloat(key, ImGui::GetItemRectSize().y);
}

enum class Answer : std::uint8_t { kNone, kYes, kNo };

/// Asks once more. Ctrl+Enter or the main button says yes, Esc no. Closes itself with the answer.
[[nodiscard]] Answer confirm(Ui& ui, std::string_view id, bool& open, const std::string& title,
                             const std::string& consequence, const std::string& yes);

/// Which toast is shown, and until when (ImGui::GetTime()).
struct ToastState {
  std::uint64_t number = 0;
  double until = 0;
};

/// Some seconds a line above the status line; Ctrl+Z takes back what it says.
void draw_toast(Ui& ui, const view::ToastView& toast, ToastState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
