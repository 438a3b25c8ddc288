#include "client/ui/type_ahead.hpp"

#include <algorithm>
#include <imgui.h>
#include <imgui_internal.h>

namespace lianxin::client::ui {
namespace {

/// A new page, or what a key with Ctrl opened, wishes for the focus in its first frame; whoever gets it takes
/// input from the second on after the wish.
constexpr int kFramesOfPage = 2;
constexpr int kFramesOfFocus = 2;
constexpr float kLongestFrame = 0.1F;  ///< a longer one was sleep

/// By Tab, or by the page itself.
bool is_focus_wished() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.NavMoveSubmitted && (context.NavMoveFlags & ImGuiNavMoveFlags_IsTabbing) != 0;
}

bool awaits_form(const WindowState& state) {
  const bool is_form = state.front == Front::kVisit || state.front == Front::kDelivery;
  return (is_form && !state.form_seen) || state.draft_wanted.has_value() || state.shell.search_focus;
}

}  // namespace

void TypeAhead::new_frame() {
  const bool is_wanted = frames_ > 0 || awaits_;
  if (!is_wanted) held_seconds_ = 0;
  if (!is_wanted || held_seconds_ >= kLongestSeconds) {
    ImGui::NewFrame();
    return;
  }
  held_seconds_ += std::min(ImGui::GetIO().DeltaTime, kLongestFrame);
  ImVector<ImGuiInputEvent>& queue = ImGui::GetCurrentContext()->InputEventsQueue;
  ImVector<ImGuiInputEvent> waiting;
  waiting.swap(queue);
  ImGui::NewFrame();
  queue.swap(waiting);
}

void TypeAhead::drawn(const Ui& ui, const WindowState& state) {
  const bool awaits = awaits_form(state);
  const bool has_come = awaits_ && !awaits;
  awaits_ = awaits;
  if (is_focus_wished()) {
    frames_ = kFramesOfFocus;
  } else if (has_come || ui.took_chord() || state.front != front_ || state.shell.page != page_) {
    frames_ = kFramesOfPage;
  } else if (frames_ > 0) {
    --frames_;
  }
  front_ = state.front;
  page_ = state.shell.page;
}

}  // namespace lianxin::client::ui
