#include "client/ui/stash_timer.hpp"

namespace lianxin::client::ui {
namespace {

constexpr double kSeconds = 2;

}  // namespace

void StashTimer::touch() {
  if (since_ < 0) since_ = ImGui::GetTime();
}

bool StashTimer::due(Ui& ui) const {
  if (since_ < 0) return false;
  const double left = since_ + kSeconds - ImGui::GetTime();
  if (left <= 0) return true;
  ui.wake_in(left);
  return false;
}

}  // namespace lianxin::client::ui
