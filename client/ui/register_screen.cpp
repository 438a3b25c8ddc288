#include "client/ui/register_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

bool can_open(view::RowOpens opens) { return opens != view::RowOpens::kNothing; }

void open(const view::RegisterRow& row, app::CommandQueue& commands) {
  switch (row.opens) {
    case view::RowOpens::kMember:
      commands.push(app::OpenMember{row.record});
      return;
    case view::RowOpens::kVisit:
      commands.push(app::OpenVisit{row.record});
      return;
    case view::RowOpens::kDelivery:
      commands.push(app::OpenDelivery{row.record});
      return;
    case view::RowOpens::kDraft:
      commands.push(app::OpenDraft{row.record});
      return;
    case view::RowOpens::kRecord:
      commands.push(app::OpenRecord{{}, row.record});
      return;
    case view::RowOpens::kNothing:
      return;
  }
}

void top_line(Ui& ui, const view::RegisterView& view, RegisterState& state) {
  const std::string label = ui.text("register.add_delivery");
  constexpr ImGuiKeyChord kAdd = ImGuiMod_Alt | ImGuiKey_N;
  const float width = view.can_add ? button_width(ui, label, kAdd) : 0;
  const float right = ImGui::GetCursorPosX() + ImGui::GetContentRegionAvail().x - width;
  const float top = ImGui::GetCursorPosY();
  std::string note = view.subtitle;
  if (view.total > view.rows.size() && view.state.readiness == view::Readiness::kReady) {
    note += (note.empty() ? "" : " " + ui.text("ui.dot") + " ") +
            ui.text("register.first_of",
                    {{"shown", std::to_string(view.rows.size())}, {"count", std::to_string(view.total)}});
  }
  heading(ui, view.title, note, width + ui.px(16));
  if (!view.can_add) return;
  const float below = ImGui::GetCursorPosY();
  ImGui::SetCursorPos({right, top});
  state.add_wanted = button(ui, "register.add", label, {ButtonKind::kPlain, kAdd});
  if (ImGui::GetCursorPosY() < below) ImGui::SetCursorPosY(below);
}

/// Once, before the end of what is here is reached.
void ask_for_more(const view::RegisterView& view, std::size_t last, RegisterState& state,
                  app::CommandQueue& commands) {
  constexpr std::size_t kRowsNear = 40;
  if (state.page != view.page || state.asked != view.rows.size()) state.asked = 0;
  state.page = view.page;
  if (!view.has_more || last + kRowsNear < view.rows.size() || state.asked == view.rows.size()) return;
  state.asked = view.rows.size();
  commands.push(app::MoreRows{view.page});
}

/// States (a mark and a few words) are read whole; room for that in those that come first.
float room_for_states(const Ui& ui, const view::RegisterView& view, std::size_t column) {
  constexpr std::size_t kRowsRead = 100;
  float room = 0;
  const std::string* last = nullptr;
  for (std::size_t i = 0; i < std::min(view.rows.size(), kRowsRead); ++i) {
    const auto& cells = view.rows[i].cells;
    if (column >= cells.size() || cells[column].mark == view::Mark::kNone) continue;
    if (last != nullptr && *last == cells[column].text) continue;
    last = &cells[column].text;
    room = std::max(room, least_room(ui, cells[column]));
  }
  return room;
}

}  // namespace

void draw_register(Ui& ui, const view::RegisterView& view, RegisterState& state,
                   app::CommandQueue& commands) {
  state.add_wanted = false;
  const Card card(ui, "register.main");
  top_line(ui, view, state);
  const std::string empty = view.empty_text.empty() ? ui.text("register.none") : view.empty_text;
  if (!list_ready(ui, view.state, view.rows.empty(), empty)) return;
  std::vector<Column> columns;
  for (std::size_t i = 0; i < view.columns.size(); ++i)
    columns.push_back({view.columns[i].heading, view.columns[i].weight, 0, room_for_states(ui, view, i)});
  Table table(ui, std::move(columns));
  std::size_t last = 0;
  table.rows(view.rows.size(), [&](std::size_t i) {
    last = std::max(last, i);
    const view::RegisterRow& row = view.rows[i];
    const std::string label = row.cells.empty() ? std::string() : row.cells.front().text;
    const std::string id = "register.row:" + row.record.text() + "." + std::to_string(i);
    if (table.begin_row(id, label, false, can_open(row.opens))) open(row, commands);
    for (const view::Words& cell : row.cells)
      table.cell(cell);
  });
  ask_for_more(view, last, state, commands);
}

}  // namespace lianxin::client::ui
