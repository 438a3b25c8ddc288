#pragma once
// Questions over the page: what will happen, and a second gesture for what is final. And the toast.
#include <string>
#include <string_view>

#include "client/app/command.hpp"
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
