#include "client/ui/members_screen.hpp"

#include <algorithm>
#include <utility>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

/// Rows before the first one seen that are asked for with it, so that a little scrolling needs no asking.
constexpr std::uint32_t kRowsBefore = 120;
/// So near to the end of what is here, more is asked for.
constexpr std::uint32_t kRowsNear = 40;
/// Width of the list at 100 % text that holds all its columns.
constexpr float kWideList = 860;

void open(const Id& member, MembersState& state, app::CommandQueue& commands) {
  switch (state.pick) {
    case MemberPick::kVisit:
      commands.push(app::OpenVisitForm{member});
      break;
    case MemberPick::kDelivery:
      commands.push(app::OpenDeliveryForm{member});
      break;
    case MemberPick::kOpen:
      commands.push(app::OpenMember{member});
      break;
  }
  state.pick = MemberPick::kOpen;
}

std::string count_text(const Ui& ui, const view::MembersView& view) {
  const std::string matching = std::to_string(view.matching);
  if (!view.query.empty()) return ui.text("members.found", {{"count", matching}});
  return ui.text("members.count", {{"count", std::to_string(view.total)}});
}

void pick_line(Ui& ui, MembersState& state) {
  if (state.pick == MemberPick::kOpen) return;
  const bool visit = state.pick == MemberPick::kVisit;
  const Card card(ui, "members.pick", 0, ui.colour().chosen, ui.colour().focus);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(6));
  text(ui, ui.text(visit ? "members.pick_visit" : "members.pick_delivery"),
       {TextStyle::kNormal, ui.colour().chosen_text});
  ImGui::SameLine(0, ui.px(16));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() - ui.px(6));
  if (button(ui, "members.pick_cancel", ui.text("members.pick_cancel"),
             {ButtonKind::kPlain, ImGuiKey_Escape}))
    state.pick = MemberPick::kOpen;
}

void empty_ways(Ui& ui, const view::MembersView& view, MembersState& state, app::CommandQueue& commands) {
  gap(ui, 8);
  if (!view.query.empty()) {
    if (button(ui, "members.clear", ui.text("members.clear"), {ButtonKind::kPlain, ImGuiKey_Escape}))
      state.clear_wanted = true;
    return;
  }
  if (button(ui, "members.import", ui.text("members.import")))
    commands.push(app::OpenPage{view::Page::kImport});
}

/// Places of the list that are seen.
struct Seen {
  std::uint32_t first = UINT32_MAX;
  std::uint32_t last = 0;
  void add(std::uint32_t place) {
    first = std::min(first, place);
    last = std::max(last, place);
  }
};

/// The part of the list around what is seen is asked for once, before its end is reached.
void ask_for(const Seen& seen, const view::MembersView& view, MembersState& state,
             app::CommandQueue& commands) {
  if (seen.first > seen.last) return;
  const auto end = view.first + static_cast<std::uint32_t>(view.rows.size());
  const bool has_before = view.first == 0 || seen.first >= view.first + kRowsNear;
  const bool has_after = end >= view.matching || seen.last + kRowsNear < end;
  if (has_before && has_after) return;
  const app::Search wanted{view.query, seen.first - std::min(seen.first, kRowsBefore)};
  if (wanted.from == view.first) return;  // this is the answer, and there is no more
  if (state.asked && state.asked->query == wanted.query && state.asked->from == wanted.from) return;
  state.asked = wanted;
  commands.push(wanted);
}

/// A row that is not here yet: it keeps the focus for the member who comes into its place.
void missing_row(Table& table, std::uint32_t place, MembersState& state) {
  (void)table.begin_row("members.place:" + std::to_string(place), "");
  if (table.row_focused()) state.focused_place = place;
}

void rows(Ui& ui, const view::MembersView& view, MembersState& state, app::CommandQueue& commands) {
  std::vector<Column> columns = {{ui.text("members.column.name"), 1, 136}};
  const bool wide = ImGui::GetContentRegionAvail().x >= ui.px(kWideList);
  if (wide) columns.push_back({ui.text("members.column.gender"), 1, 76});
  columns.push_back({ui.text("members.column.village"), 0.6F});
  columns.push_back({ui.text("members.column.place"), 1.4F});  // an address may be long
  columns.push_back({ui.text("members.column.phone"), 1, 144});
  if (wide) columns.push_back({ui.text("members.column.last"), 1, 120});
  columns.push_back({ui.text("members.column.status"), 1, 160});
  Table table(ui, std::move(columns));
  const ScrollArea scroll(ui, "members.rows", ImGui::GetContentRegionAvail().y - ui.px(4));
  if (state.focus_rows) table.focus_row();
  state.focus_rows = false;
  if (state.asked && state.asked->query == view.query && state.asked->from == view.first) state.asked.reset();
  // The best match of another search stands above.
  if (state.listed != view.query) ImGui::SetScrollY(0);
  state.listed = view.query;
  const auto focused_place = std::exchange(state.focused_place, std::nullopt);
  Seen seen;
  table.rows(view.matching, [&](std::size_t index) {
    const auto place = static_cast<std::uint32_t>(index);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (ImGui::IsRectVisible(at, {at.x + 1, at.y + ui.row_height()})) seen.add(place);
    if (place < view.first || place - view.first >= view.rows.size()) return missing_row(table, place, state);
    if (focused_place == place) table.focus_row();
    const view::MemberRow& row = view.rows[place - view.first];
    if (table.begin_row("members.row:" + row.member.text(), row.name)) open(row.member, state, commands);
    if (table.row_focused()) state.chosen = row.member;
    table.cell(row.name);
    if (wide) table.cell(row.gender);
    table.cell(row.village);
    table.cell(row.place);
    table.cell(row.phone_masked);
    if (wide) table.cell(row.last_contact);
    const bool dispute = row.in_dispute && row.status.tone != view::Tone::kNeedsYou;
    table.cell(dispute ? view::Words{ui.text("members.dispute"), view::Tone::kNeedsYou, view::Mark::kNeedsYou}
                       : row.status);
  });
  ask_for(seen, view, state, commands);
}

}  // namespace

void draw_members(Ui& ui, const view::MembersView& view, MembersState& state, app::CommandQueue& commands) {
  const bool current = view.query == state.query && view.state.readiness == view::Readiness::kReady;
  if (state.open_first && current) {
    state.open_first = false;
    if (view.first == 0 && !view.rows.empty()) open(view.rows.front().member, state, commands);
  }
  pick_line(ui, state);
  if (state.pick != MemberPick::kOpen) gap(ui, 12);
  // The card ends where the window does, so that only the rows scroll.
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 room = ImGui::GetContentRegionAvail();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(at, {at.x + room.x, at.y + room.y}, ui.colour().card);
  list->AddRect(at, {at.x + room.x, at.y + room.y}, ui.colour().line, ui.px(4), 0, ui.theme().border);
  ImGui::SetCursorScreenPos({at.x + ui.px(16), at.y + ui.px(12)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  begin_child("members.card", {room.x - ui.px(32), room.y - ui.px(20)});
  ImGui::PopStyleVar();
  const bool ready = view.state.readiness == view::Readiness::kReady;
  const std::string add = ui.text("members.add");
  constexpr ImGuiKeyChord kAdd = ImGuiMod_Alt | ImGuiKey_N;
  const float right = ImGui::GetContentRegionAvail().x - button_width(ui, add, kAdd);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.px(5));
  const std::string dot = " " + ui.text("ui.dot") + " ";
  std::string note = ready ? count_text(ui, view) : std::string();
  const bool picks = state.pick != MemberPick::kOpen;
  if (ready && view.matching > 0) note += dot + ui.text(picks ? "members.pick_keys" : "members.keys");
  heading(ui, ui.text("members.title"), note, button_width(ui, add, kAdd) + ui.px(16));
  ImGui::SameLine(right);
  ImGui::SetCursorPosY(0);
  if (button(ui, "members.add", add, {ButtonKind::kPlain, kAdd})) commands.push(app::OpenMember{});
  gap(ui, 6);
  const std::string none =
      view.query.empty() ? ui.text("members.none") : ui.text("members.none_match", {{"query", view.query}});
  if (list_ready(ui, view.state, view.matching == 0, none)) {
    rows(ui, view, state, commands);
  } else if (ready) {
    empty_ways(ui, view, state, commands);
  }
  ImGui::EndChild();
}

}  // namespace lianxin::client::ui
