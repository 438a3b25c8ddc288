#include "client/ui/window.hpp"

#include <type_traits>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"
#include "imgui_internal.h"

namespace lianxin::client::ui {
namespace {

constexpr double kSecondsPerMinute = 60;

/// The window's whole area, without a background of its own: what is under it is cleared by the platform.
class WholeWindow {
 public:
  WholeWindow() {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("###window", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
  }
  ~WholeWindow() { ImGui::End(); }
  WholeWindow(const WholeWindow&) = delete;
  WholeWindow& operator=(const WholeWindow&) = delete;
};

void to_front(WindowState& state, Front front) {
  if (front != Front::kPage && state.front != front) {
    const bool from_file = state.front == Front::kMember && front != Front::kMember;
    state.under = from_file ? Front::kMember : Front::kPage;
  }
  state.front = front;
  state.form_seen = false;
  state.draft_wanted.reset();
  // Also where the same one comes again, with its draft.
  if (front == Front::kVisit) state.work.visit.focus_wanted = true;
  if (front == Front::kDelivery) state.work.delivery.focus_wanted = true;
  if (front == Front::kMember) state.work.member.focus_wanted = true;
}

void to_page(WindowState& state, view::Page page) {
  state.shell.page = page;
  state.front = Front::kPage;
  state.under = Front::kPage;
  state.back_to.reset();
  state.form_seen = false;
  state.draft_wanted.reset();
  state.today.focus_wanted = page == view::Page::kToday;
  if (page != view::Page::kMembers) state.members.pick = MemberPick::kOpen;
}

/// Opens what a command opens.
struct Follow {
  WindowState& state;

  void operator()(const app::OpenPage& command) const { to_page(state, command.page); }
  void operator()(const app::OpenMember&) const { to_front(state, Front::kMember); }
  void operator()(const app::OpenVisitForm&) const { to_front(state, Front::kVisit); }
  void operator()(const app::OpenVisit&) const { to_front(state, Front::kVisit); }
  void operator()(const app::OpenDeliveryForm&) const { to_front(state, Front::kDelivery); }
  void operator()(const app::OpenDelivery&) const { to_front(state, Front::kDelivery); }
  void operator()(const app::OpenRecord&) const {
    const view::Page from = state.shell.page;
    if (state.front != Front::kPage || from == view::Page::kRecords) return;
    to_page(state, view::Page::kRecords);
    state.back_to = from;
  }
  void operator()(const app::OpenDraft& command) const { state.draft_wanted = command.draft; }
  void operator()(const app::CloseForm&) const { state.front = std::exchange(state.under, Front::kPage); }
  template <class T>
  void operator()(const T&) const {}
};

/// A draft opens as what it turns out to be; a form that was saved and is gone gives way.
void follow_views(const view::ScreensView& view, WindowState& state) {
  if (state.draft_wanted) {
    const Id wanted = *state.draft_wanted;
    if (view.visit.form == wanted)
      to_front(state, Front::kVisit);
    else if (view.delivery.form == wanted)
      to_front(state, Front::kDelivery);
    else if (view.member.draft.draft == wanted || view.member.whereabouts.said.draft == wanted ||
             view.member.whereabouts.call.draft == wanted)
      to_front(state, Front::kMember);
    else if (view.records.form.form == wanted)
      to_page(state, view::Page::kRecords);
  }
  if (state.front == Front::kPage && state.back_to) {
    if (!view.records.form.form.is_nil()) state.form_seen = true;
    if (view.records.form.form.is_nil() && state.form_seen) to_page(state, *state.back_to);
  }
  if (state.front != Front::kVisit && state.front != Front::kDelivery) return;
  const Id form = state.front == Front::kVisit ? view.visit.form : view.delivery.form;
  if (!form.is_nil()) state.form_seen = true;
  if (form.is_nil() && state.form_seen) state.front = std::exchange(state.under, Front::kPage);
}

void new_visit(const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  Id member;
  if (state.front == Front::kMember) member = view.member.member;
  if (state.front == Front::kPage && state.shell.page == view::Page::kToday) member = state.today.chosen;
  if (state.front == Front::kPage && state.shell.page == view::Page::kMembers) member = state.members.chosen;
  if (!member.is_nil()) {
    commands.push(app::OpenVisitForm{member});
    return;
  }
  commands.push(app::OpenPage{view::Page::kMembers});
  state.members.pick = MemberPick::kVisit;
  state.shell.search_focus = true;
}

void draw_page(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  if (state.front != Front::kPage) {
    draw_front(ui, view, state.front, state.work, commands);
    return;
  }
  switch (state.shell.page) {
    case view::Page::kToday:
      if (!view.shell.notice.text.empty()) {
        banner(ui, view.shell.notice);
        gap(ui, 12);
      }
      draw_today(ui, view.today, state.today, commands);
      return;
    case view::Page::kMembers:
      draw_members(ui, view.members, state.members, commands);
      return;
    default:
      draw_work_page(ui, view, state.shell.page, state.work, commands);
      return;
  }
}

/// The deliveries' "new": a member is chosen first.
void add_from_register(WindowState& state, app::CommandQueue& commands) {
  if (!std::exchange(state.work.registers.add_wanted, false)) return;
  state.members.pick = MemberPick::kDelivery;
  state.shell.search_focus = true;
  commands.push(app::OpenPage{view::Page::kMembers});
}

/// Whoever comes to a list, or back to it, stands in it, and arrows do not walk through the navigation. A
/// form has its own way; in the search one goes on typing.
void focus_content(Ui& ui, WindowState& state, const std::string& name) {
  const bool comes = std::exchange(state.content, name) != name;
  const bool is_page = state.front == Front::kPage;
  const bool is_form = (!is_page && state.front != Front::kMember) || name.ends_with(".form");
  const bool searches = is_page && state.shell.page == view::Page::kMembers && state.shell.search_active;
  ui.row_focus().enter(name, comes && !is_form && !searches);
  if (comes && is_page && state.shell.page == view::Page::kSettings) Ui::focus_next();
  const auto pressed = [](ImGuiKey key) { return ImGui::IsKeyPressed(key, false); };
  if (!comes && (searches || ImGui::IsMouseClicked(ImGuiMouseButton_Left) || pressed(ImGuiKey_Tab) ||
                 pressed(ImGuiKey_DownArrow) || pressed(ImGuiKey_UpArrow)))
    ui.row_focus().give_up();
}

/// A name per page, so that each keeps its own scroll position, and its place in a list.
std::string content_name(const view::ScreensView& view, const WindowState& state) {
  std::string name = "content." + std::to_string(static_cast<int>(state.front)) + "." +
                     std::to_string(static_cast<int>(state.shell.page));
  if (state.front != Front::kPage) return name;
  if (state.shell.page == view::Page::kRecords && !view.records.form.form.is_nil()) return name + ".form";
  if (state.shell.page == view::Page::kImport && view.import.stage == view::ImportStage::kPreview)
    return name + ".preview";
  return name;
}

void draw_content(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  const ShellSizes sizes = shell_sizes(ui);
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  ImGui::SetCursorPos({sizes.navigation, sizes.bar});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(16), ui.px(16)});
  const std::string name = content_name(view, state);
  begin_child(name.c_str(), {window.x - sizes.navigation, window.y - sizes.bar - sizes.status}, false,
              ImGuiChildFlags_AlwaysUseWindowPadding);
  ImGui::PopStyleVar();
  focus_content(ui, state, name);
  draw_page(ui, view, state, commands);
  if (ui.row_focus().needs_frame()) ui.wake_in(0);
  add_from_register(state, commands);
  ImGui::EndChild();
}

void draw_open(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  draw_bar(ui, view.shell, state.shell, state.members, commands);
  draw_navigation(ui, view.shell, state.shell, commands);
  draw_content(ui, view, state, commands);
  draw_status(ui, view.shell, state.shell);
  if (ui.pressed(ImGuiMod_Ctrl | ImGuiKey_F)) state.shell.search_focus = true;  // in the next frame
  draw_help(ui, state.shell.help);
  if (state.shell.new_visit) new_visit(view, state, commands);
  if (state.members.clear_wanted) {
    state.members.clear_wanted = false;
    state.members.query.clear();
    commands.push(app::Search{});
  }
}

void draw_locked(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  const bool nobody = view.unlock.owners.empty();
  state.enrol.may_go_back = !nobody;
  if (std::exchange(state.enrol.back_wanted, false)) {
    state.unlock.enrol_wanted = false;
    state.unlock.focus_wanted = true;
    wipe(state.enrol.passphrase);
    wipe(state.enrol.again);
  }
  if (view.shell.access == view::Access::kNotEnrolled || nobody || state.unlock.enrol_wanted) {
    draw_enrol(ui, view.enrol, state.enrol, commands);
  } else {
    draw_unlock(ui, view.unlock, state.unlock, commands);
  }
}

/// Nothing of the page is drawn, so nothing can be read over a shoulder.
void draw_covered(Ui& ui, WindowState& state) {
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  const std::string title = ui.text("shell.blanked");
  const std::string hint = ui.text("shell.blanked_hint");
  const ImVec2 size = text_size(ui, title, TextStyle::kHeading);
  const float y = window.y * 0.42F;
  draw_text(ui, {(window.x - size.x) / 2, y}, title, {TextStyle::kHeading, ui.colour().quiet});
  draw_text(ui, {(window.x - text_size(ui, hint).x) / 2, y + size.y + ui.px(8)}, hint,
            {TextStyle::kNormal, ui.colour().quiet});
  if (ui.pressed(ImGuiKey_Escape)) state.covered = false;
}

bool had_input() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.InputEventsTrail.Size > 0;
}

void watch_idle(Ui& ui, const view::ShellView& view, WindowState& state, app::CommandQueue& commands) {
  const double now = ImGui::GetTime();
  if (had_input() || view.access != view::Access::kOpen) {
    state.last_input = now;
    state.lock_sent = false;
  }
  if (view.access != view::Access::kOpen || view.idle_lock_minutes == 0 || state.lock_sent) return;
  const double left = state.last_input + view.idle_lock_minutes * kSecondsPerMinute - now;
  if (left > 0) {
    ui.wake_in(left);
    return;
  }
  state.lock_sent = true;
  commands.push(app::Lock{true});
}

/// Unlocked again: the page one stood on, with nothing of the time before. What was typed when the store was
/// closed under it (App: something was thrown) is put aside now, if it is the same person who comes.
void come_in(const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  const bool open = view.shell.access == view::Access::kOpen;
  if (std::exchange(state.was_open, open) || !open) return;
  const std::optional<std::string> before = std::exchange(state.whose, state.unlocks);
  const bool locked = std::exchange(state.locks, false);
  if (!before) return;
  if (before == state.whose && !locked) {
    forget_saving(state.work);
    take_open_editors(state.front, state.work);
    leave_front(state.front, state.work, commands);
  }
  const bool more = state.work.member.more;
  state.work = {};
  state.work.member.more = more;
  state.today = {};
  state.members = {};
  const view::Page page = state.shell.page;
  to_page(state, page);
  commands.push(app::OpenPage{page});
}

void draw_access(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& wishes) {
  const bool open = view.shell.access == view::Access::kOpen;
  if (open && ui.pressed_anywhere(ImGuiKey_F9)) {
    state.covered = !state.covered;
    // Covered, nothing counts the seconds until it is put aside.
    if (state.covered) leave_front(state.front, state.work, wishes);
  }
  if (open && ui.pressed_anywhere(ImGuiMod_Ctrl | ImGuiKey_L)) wishes.push(app::Lock{false});
  // A dialog that is not drawn would keep the keys; it is open again when its page is.
  if ((!open || state.covered) && !ImGui::GetCurrentContext()->OpenPopupStack.empty())
    ImGui::ClosePopupToLevel(0, false);
  // Whatever had the focus is gone when it is locked: the library goes on as if it were there.
  if (open) state.unlock.focus_wanted = true;
  if (!open) {
    state.covered = false;
    state.content.clear();
    draw_locked(ui, view, state, wishes);
  } else if (state.covered) {
    draw_covered(ui, state);
  } else {
    wipe(state.unlock.passphrase);
    wipe(state.enrol.passphrase);
    wipe(state.enrol.again);
    draw_open(ui, view, state, wishes);
  }
}

}  // namespace

void draw_window(Ui& ui, const view::ScreensView& view, WindowState& state, app::CommandQueue& commands) {
  app::CommandQueue wishes;
  come_in(view, state, commands);
  // Locked, nothing has been answered: what was in front still is.
  if (view.shell.access == view::Access::kOpen) follow_views(view, state);
  {
    const WholeWindow whole;
    draw_access(ui, view, state, wishes);
  }
  if (view.shell.access == view::Access::kOpen && !state.covered)
    draw_toast(ui, view.shell.toast, state.shell.toast, wishes);
  watch_idle(ui, view.shell, state, wishes);
  for (app::Command& command : wishes.take()) {
    const MemberPick pick = state.members.pick;
    const Front before = state.front;
    open_in_front(state, command);
    const bool locks = command.as<app::Lock>() != nullptr;
    if (locks) {
      state.locks = true;
      take_open_editors(before, state.work);
    }
    if (const auto* unlock = command.as<app::Unlock>()) state.unlocks = unlock->store;
    if (locks || state.front != before || command.as<app::OpenPage>() != nullptr)
      leave_front(before, state.work, commands);
    if (state.shell.page == view::Page::kMembers && state.front == Front::kPage) state.members.pick = pick;
    commands.push(std::move(command));
  }
}

void open_in_front(WindowState& state, const app::Command& command) {
  std::visit(Follow{state}, command.any());
}

void drop_file(WindowState& state, const std::string& path) {
  if (state.front == Front::kMember && !state.covered && !state.work.member.member.is_nil())
    drop_photo(state.work.member.photos, path);
}

}  // namespace lianxin::client::ui
