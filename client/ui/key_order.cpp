#include "client/ui/key_order.hpp"

#include <imgui.h>
#include <imgui_internal.h>

namespace lianxin::client::ui {

void KeyOrder::before(bool is_modifier, bool is_pressed) {
  if (!is_modifier) {
    is_pressed_ = is_pressed_ || is_pressed;
    return;
  }
  if (!is_pressed_) return;
  // A key that no keyboard here has: the library never takes a press and its release into one frame.
  ImGui::GetIO().AddKeyEvent(ImGuiKey_F24, true);
  ImGui::GetIO().AddKeyEvent(ImGuiKey_F24, false);
  is_pressed_ = false;
}

void KeyOrder::frame() { is_pressed_ = is_pressed_ && waits(); }

bool KeyOrder::waits() { return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0; }

}  // namespace lianxin::client::ui
