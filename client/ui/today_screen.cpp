#include "client/ui/today_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

/// Width of the list at 100 % text that holds all its columns.
constexpr float kWideToday = 740;
/// Between the cards beside the list: all of them are to be seen at once.
constexpr float kSideGap = 12;
/// Of the highest bar of the week.
constexpr float kChartLeast = 40;
constexpr float kChartMost = 96;

void open(const view::DueRow& row, app::CommandQueue& commands) {
  switch (row.opens) {
    case view::DueOpens::kMember:
      return commands.push(app::OpenMember{row.member});
    case view::DueOpens::kVisit:
      return commands.push(app::OpenVisitForm{row.member, row.purpose});
    case view::DueOpens::kDelivery:
      return commands.push(app::OpenDelivery{row.record});
    case view::DueOpens::kRecord:
      return commands.push(app::OpenRecord{row.kind, row.record, row.fill});
    case view::DueOpens::kConflicts:
      return commands.push(app::OpenPage{view::Page::kConflicts});
    case view::DueOpens::kDuplicates:
      return commands.push(app::OpenPage{view::Page::kDuplicates});
    case view::DueOpens::kSync:
      return commands.push(app::OpenPage{view::Page::kSync});
  }
}

std::vector<const view::DueRow*> shown_rows(const view::TodayView& view, const TodayState& state) {
  std::vector<const view::DueRow*> rows;
  for (const view::DueRow& row : view.due) {
    const bool chosen = state.group.empty() ? state.all || row.first : row.group == state.group;
    if (chosen) rows.push_back(&row);
  }
  return rows;
}

/// The groups with their counts; one of them shows all of its rows.
void group_row(Ui& ui, const view::TodayView& view, TodayState& state) {
  const auto is_there = [&](const view::DueGroup& group) { return group.code == state.group; };
  if (std::none_of(view.groups.begin(), view.groups.end(), is_there)) state.group.clear();
  if (view.groups.size() < 2) return;
  view::Choices choices = {{"", ui.text("view.duty_all") + " " + std::to_string(view.due_total)}};
  for (const view::DueGroup& group : view.groups)
    choices.push_back({group.code, group.name + " " + std::to_string(group.count)});
  if (choice_row(ui, "today.group", choices, state.group)) state.all = false;
  gap(ui, 6);
}

/// All of one village's list who are still to be said "unchanged" of, as far as they are shown.
std::vector<Id> same_members(const std::vector<const view::DueRow*>& rows, const std::string& village) {
  std::vector<Id> members;
  for (const view::DueRow* row : rows) {
    if (row->can_say_same && row->village == village && members.size() < app::kUnchangedMax)
      members.push_back(row->member);
  }
  return members;
}

void same_page(Ui& ui, const std::vector<const view::DueRow*>& rows, TodayState& state,
               app::CommandQueue& commands) {
  if (state.group != "refresh" || rows.empty()) return;
  const bool known = std::any_of(rows.begin(), rows.end(),
                                 [&](const view::DueRow* row) { return row->village == state.village; });
  if (!known) state.village = rows.front()->village;
  const std::vector<Id> members = same_members(rows, state.village);
  const std::vector<ErrorArg> args = {{"village", state.village}, {"count", std::to_string(members.size())}};
  gap(ui, 8);
  if (button(ui, "today.same_page", ui.text("today.same_page", args),
             {.key = ImGuiMod_Ctrl | ImGuiKey_U, .enabled = !members.empty()}))
    state.same_open = true;
  const Answer answer = confirm(ui, "today.same_confirm", state.same_open, ui.text("today.same_title", args),
                                ui.text("today.same_consequence"), ui.text("today.same_yes"));
  if (answer == Answer::kYes) commands.push(app::SayUnchanged{members});
}

/// What can be done with the row that has the focus, besides opening it.
void row_keys(Ui& ui, const view::DueRow& row, TodayState& state, app::CommandQueue& commands) {
  state.chosen = row.member;
  if (!row.village.empty()) state.village = row.village;
  if (row.member.is_nil()) return;
  ui.hint(ImGuiKey_F3, ui.text("today.open_member"));
  if (ImGui::IsKeyPressed(ImGuiKey_F3)) commands.push(app::OpenMember{row.member});
  ui.hint(ImGuiMod_Ctrl | ImGuiKey_D, ui.text("member.delivery"));
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_D)) commands.push(app::OpenDeliveryForm{row.member});
  if (!row.can_say_same) return;
  ui.hint(ImGuiMod_Ctrl | ImGuiKey_E, ui.text("today.same_one"));
  if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_E)) commands.push(app::SayUnchanged{{row.member}});
}

void due_table(Ui& ui, const std::vector<const view::DueRow*>& rows, TodayState& state,
               app::CommandQueue& commands) {
  std::vector<Column> columns = {{ui.text("today.column.name"), 1, 96},
                                 {ui.text("today.column.place"), 1, 134},
                                 {ui.text("today.column.why"), 1},
                                 {ui.text("today.column.due"), 1, 108}};
  // At large text the reason needs the room of the last column.
  const bool wide = ImGui::GetContentRegionAvail().x >= ui.px(kWideToday);
  if (wide) columns.push_back({ui.text("today.column.last"), 1, 96});
  Table table(ui, std::move(columns));
  if (state.focus_wanted) table.focus_row();
  state.focus_wanted = false;
  table.rows(rows.size(), [&](std::size_t i) {
    const view::DueRow& row = *rows[i];
    if (table.begin_row("today.due:" + row.key, row.name)) open(row, commands);
    if (table.row_focused()) row_keys(ui, row, state, commands);
    table.cell(row.name);
    table.cell(row.place);
    table.cell(row.why_lead, row.why);
    table.cell(row.due);
    if (wide) table.cell(row.last_contact);
  });
}

/// Said wherever people are counted, while not all of them are.
void counting_line(Ui& ui, const view::TodayView& view) {
  if (view.counting.empty()) return;
  words_paragraph(ui, {view.counting, view::Tone::kAgeing, view::Mark::kDue}, TextStyle::kSmall);
}

void due_list(Ui& ui, const view::TodayView& view, TodayState& state, app::CommandQueue& commands) {
  heading(ui, ui.text("today.title"), view.due.empty() ? std::string() : ui.text("today.note"));
  counting_line(ui, view);
  const char* const nobody = view.nobody_here        ? "today.nobody_here"
                             : view.counting.empty() ? "today.nobody_due"
                                                     : "today.nobody_yet";
  if (!list_ready(ui, view.state, view.due.empty(), ui.text(nobody))) return;
  group_row(ui, view, state);
  const std::vector<const view::DueRow*> rows = shown_rows(view, state);
  due_table(ui, rows, state, commands);
  same_page(ui, rows, state, commands);
  if (!state.group.empty() || state.all || rows.size() >= view.due_total) return;
  gap(ui, 8);
  if (button(ui, "today.see_all", ui.text("today.see_all", {{"count", std::to_string(view.due_total)}})))
    state.all = true;
}

void week_chart(Ui& ui, const std::vector<view::DayCount>& week) {
  if (week.empty()) return;
  heading(ui, ui.text("today.week"));
  std::uint32_t most = 1;
  for (const view::DayCount& day : week)
    most = std::max(most, day.count);
  const float column =
      std::min(ui.px(78), ImGui::GetContentRegionAvail().x / static_cast<float>(week.size()));
  const float line = text_size(ui, "0", TextStyle::kSmall).y;
  // As high as the page has room for: it is looked at, not worked with.
  const float height =
      std::clamp(room_below(ui) - 2 * line - ui.px(4), ui.px(kChartLeast), ui.px(kChartMost));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({column * static_cast<float>(week.size()), height + 2 * line});
  for (std::size_t i = 0; i < week.size(); ++i) {
    const float x = at.x + ui.px(8) + column * static_cast<float>(i);
    const float width = column - ui.px(14);
    const float bar = std::max(1.0F, height * static_cast<float>(week[i].count) / static_cast<float>(most));
    const float bottom = at.y + line + height;
    ImGui::GetWindowDrawList()->AddRectFilled({x, bottom - bar}, {x + width, bottom}, ui.colour().bar);
    const std::string count = std::to_string(week[i].count);
    const float count_width = text_size(ui, count, TextStyle::kSmall).x;
    draw_text(ui, {x + (width - count_width) / 2, bottom - bar - line}, count, {TextStyle::kSmall});
    const float label_width = text_size(ui, week[i].label, TextStyle::kSmall).x;
    draw_text(ui, {x + (width - label_width) / 2, bottom + ui.px(2)}, week[i].label,
              {TextStyle::kSmall, ui.colour().quiet});
  }
}

void unsent_card(Ui& ui, const view::TodayView& view, float width, app::CommandQueue& commands) {
  const Card card(ui, "today.unsent", width);
  if (view.unsent == 0) {
    heading(ui, ui.text("today.nothing_unsent"));
    paragraph(ui, ui.text("today.nothing_unsent_note"), {TextStyle::kSmall, ui.colour().quiet});
  } else {
    heading(ui, ui.text("today.unsent", {{"count", std::to_string(view.unsent)}}));
    paragraph(ui, view.unsent_kinds);
    paragraph(ui, view.unsent_cost, {TextStyle::kSmall, ui.colour().quiet});
  }
  gap(ui, 10);
  const ButtonLook sync{.kind = view.unsent > 0 ? ButtonKind::kMain : ButtonKind::kPlain,
                        .key = ImGuiMod_Ctrl | ImGuiKey_S};
  if (button(ui, "today.sync", ui.text("today.sync"), sync)) {
    commands.push(app::OpenPage{view::Page::kSync});
    commands.push(app::StartSync{});
  }
  const std::string stick = ui.text("today.stick");
  beside(ui, button_width(ui, stick));
  if (button(ui, "today.stick", stick)) commands.push(app::OpenPage{view::Page::kSync});
}

void conflicts_card(Ui& ui, const view::TodayView& view, float width, app::CommandQueue& commands) {
  if (view.conflicts == 0) return;
  gap(ui, kSideGap);
  const Card card(ui, "today.conflicts", width);
  mark(ui, view::Mark::kNeedsYou, ui.colour().main, TextStyle::kHeading);
  ImGui::SameLine(0, ui.px(6));
  heading(ui, ui.text("today.conflicts", {{"count", std::to_string(view.conflicts)}}));
  for (const std::string& line : view.conflict_lines)
    cut_text(ui, line, ImGui::GetContentRegionAvail().x);
  gap(ui, 10);
  if (button(ui, "today.to_conflicts", ui.text("today.to_conflicts")))
    commands.push(app::OpenPage{view::Page::kConflicts});
}

void duplicates_card(Ui& ui, const view::TodayView& view, float width, app::CommandQueue& commands) {
  if (view.duplicates == 0) return;
  gap(ui, kSideGap);
  const Card card(ui, "today.duplicates", width);
  const std::string title = ui.text("today.duplicates", {{"count", std::to_string(view.duplicates)}});
  const std::string decide = ui.text("today.to_duplicates");
  // In one line where both fit.
  const float right = ImGui::GetContentRegionAvail().x - button_width(ui, decide);
  const bool is_beside = text_size(ui, title, TextStyle::kHeading).x + ui.px(8) <= right;
  const float top = ImGui::GetCursorPosY();
  if (is_beside)
    ImGui::SetCursorPosY(top + (ui.control_height() - text_size(ui, title, TextStyle::kHeading).y) / 2);
  heading(ui, title);
  if (is_beside) ImGui::SetCursorPos({ImGui::GetCursorPosX() + right, top});
  if (button(ui, "today.to_duplicates", decide)) commands.push(app::OpenPage{view::Page::kDuplicates});
}

void month_card(Ui& ui, const view::TodayView& view, float width) {
  gap(ui, kSideGap);
  const Card card(ui, "today.month", width);
  heading(ui, ui.text("today.month"));
  counting_line(ui, view);
  text(ui, ui.text("today.contacted",
                   {{"done", std::to_string(view.contacted)}, {"all", std::to_string(view.to_contact)}}));
  if (view.to_contact > 0) {
    progress_bar(ui, static_cast<float>(view.contacted) / static_cast<float>(view.to_contact),
                 ui.colour().settled);
  }
  for (const view::Words& line : view.month_lines)
    words_paragraph(ui, line, TextStyle::kSmall);
}

void festivals_card(Ui& ui, const view::TodayView& view, float width) {
  if (view.festivals.empty()) return;
  gap(ui, kSideGap);
  const Card card(ui, "today.festivals", width);
  heading(ui, ui.text("today.festivals"));
  counting_line(ui, view);
  for (const view::FestivalRow& row : view.festivals) {
    text(ui, row.name);
    paragraph(ui, row.detail, {TextStyle::kSmall, ui.colour().quiet});
  }
}

void drafts_card(Ui& ui, const view::TodayView& view, float width, app::CommandQueue& commands) {
  if (view.drafts.empty()) return;
  gap(ui, 16);
  const Card card(ui, "today.drafts", width);
  heading(ui, ui.text("today.drafts"));
  Table table(ui, {{"", 1}, {"", 1, 150}}, false);
  table.rows(view.drafts.size(), [&](std::size_t i) {
    const view::DraftRow& row = view.drafts[i];
    if (table.begin_row("today.draft:" + row.draft.text(), row.title))
      commands.push(app::OpenDraft{row.draft});
    table.cell(row.title);
    table.cell(view::Words{row.when, view::Tone::kQuiet, view::Mark::kNone}, TextStyle::kSmall);
  });
}

}  // namespace

void draw_today(Ui& ui, const view::TodayView& view, TodayState& state, app::CommandQueue& commands) {
  const TwoColumns columns(ui, 330);
  // What is unfinished comes before what was done.
  const bool has_chart = state.group.empty() && !state.all && !view.week.empty() &&
                         view.state.readiness == view::Readiness::kReady;
  {
    const GroupScope group;
    {
      const Card card(ui, "today.main", columns.main);
      due_list(ui, view, state, commands);
      if (has_chart && view.drafts.empty()) {
        gap(ui, 20);
        week_chart(ui, view.week);
      }
    }
    drafts_card(ui, view, columns.main, commands);
    if (has_chart && !view.drafts.empty()) {
      gap(ui, 16);
      const Card card(ui, "today.week", columns.main);
      week_chart(ui, view.week);
    }
  }
  if (view.state.readiness != view::Readiness::kReady) return;
  columns.next(ui);
  const GroupScope group;
  unsent_card(ui, view, columns.side, commands);
  conflicts_card(ui, view, columns.side, commands);
  duplicates_card(ui, view, columns.side, commands);
  month_card(ui, view, columns.side);
  festivals_card(ui, view, columns.side);
}

}  // namespace lianxin::client::ui
