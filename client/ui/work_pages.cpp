#include "client/ui/work_pages.hpp"

#include <algorithm>

#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

void draw_register_page(Ui& ui, const view::ScreensView& view, view::Page page, WorkState& state,
                        app::CommandQueue& commands) {
  const auto found = std::find_if(view.registers.begin(), view.registers.end(),
                                  [&](const view::RegisterView& one) { return one.page == page; });
  if (found != view.registers.end()) {
    draw_register(ui, *found, state.registers, commands);
    return;
  }
  const Card card(ui, "register.main");
  text(ui, ui.text("ui.loading"), {TextStyle::kNormal, ui.colour().quiet});
}

}  // namespace

void draw_front(Ui& ui, const view::ScreensView& view, Front front, WorkState& state,
                app::CommandQueue& commands) {
  switch (front) {
    case Front::kVisit:
      draw_visit(ui, view.visit, state.visit, commands);
      return;
    case Front::kDelivery:
      draw_delivery(ui, view.delivery, state.delivery, commands);
      return;
    case Front::kMember:
      draw_member_file(ui, view.member, state.member, commands);
      return;
    case Front::kPage:
      return;
  }
}

void draw_work_page(Ui& ui, const view::ScreensView& view, view::Page page, WorkState& state,
                    app::CommandQueue& commands) {
  state.registers.add_wanted = false;
  switch (page) {
    case view::Page::kConflicts:
      draw_conflicts(ui, view.conflicts, state.conflicts, commands);
      return;
    case view::Page::kDuplicates:
      draw_duplicates(ui, view.duplicates, state.duplicates, commands);
      return;
    case view::Page::kRecords:
      draw_records(ui, view.records, state.records, state.records_query, commands);
      return;
    case view::Page::kReports:
      draw_figures(ui, view.figures, state.figures, commands);
      return;
    case view::Page::kForms:
      draw_forms(ui, view.forms, state.forms, commands);
      return;
    case view::Page::kSync:
      draw_sync(ui, view.sync, state.sync, commands);
      return;
    case view::Page::kImport:
      draw_import(ui, view.import, state.import, commands);
      return;
    case view::Page::kSettings:
      draw_settings(ui, view.settings, state.settings, commands);
      return;
    default:
      draw_register_page(ui, view, page, state, commands);
      return;
  }
}

void leave_front(Front front, WorkState& state, app::CommandQueue& commands) {
  if (front == Front::kVisit) leave_visit(state.visit, commands);
  if (front == Front::kDelivery) leave_delivery(state.delivery, commands);
  if (front == Front::kMember) leave_member_file(state.member, commands);
  leave_records(state.records, commands);
  leave_settings(state.settings);
}

void take_open_editors(Front front, WorkState& state) {
  if (front == Front::kVisit) take_open_editor(state.visit);
  if (front == Front::kMember) take_open_editor(state.member);
}

void forget_saving(WorkState& state) {
  state.visit.saving = state.delivery.saving = state.member.saving = state.records.saving = false;
}

}  // namespace lianxin::client::ui
