#include "client/ui/figures_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/question.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kLedgerWidth = 520;
constexpr float kListLeast = 200;

/// Down to the end of the page, so that both lists scroll by themselves.
float list_height(const Ui& ui) { return std::max(ui.px(kListLeast), room_below(ui) - ui.px(16)); }

void number_table(Ui& ui, const view::FiguresView& view, app::CommandQueue& commands) {
  Table table(ui, {{ui.text("figures.column.row"), 1, 56},
                   {ui.text("figures.column.phrase"), 1},
                   {ui.text("figures.column.number"), 1, 236}});
  const ScrollArea area(ui, "figures.rows", list_height(ui));
  table.rows(view.rows.size(), [&](std::size_t i) {
    const view::FigureRowView& row = view.rows[i];
    const std::string id = "figures.row:" + std::to_string(row.row);
    if (table.begin_row(id, row.phrase, view.ledger.row == row.row)) {
      commands.push(app::AskFigures{view.question.unit, view.question.period, row.row, ""});
    }
    table.cell({std::to_string(row.row), view::Tone::kQuiet});
    table.cell(row.phrase);
    if (row.number.empty())
      table.cell({ui.text("figures.in_parts"), view::Tone::kQuiet});
    else
      table.cell(row.number);
  });
}

void open(const view::LedgerRowView& row, app::CommandQueue& commands) {
  if (row.opens == view::RowOpens::kMember) commands.push(app::OpenMember{row.target});
  if (row.opens == view::RowOpens::kVisit) commands.push(app::OpenVisit{row.target});
  if (row.opens == view::RowOpens::kDelivery) commands.push(app::OpenDelivery{row.target});
}

/// Days of other years are longer; a day is not to be guessed from its year.
float day_width(const Ui& ui, const std::vector<view::LedgerRowView>& rows) {
  const auto longest = std::max_element(rows.begin(), rows.end(), [](const auto& one, const auto& other) {
    return one.day.size() < other.day.size();
  });
  if (longest == rows.end()) return 0;
  return std::clamp(text_size(ui, longest->day, TextStyle::kSmall).x / ui.px(1) + 18, 78.0F, 132.0F);
}

void ledger_card(Ui& ui, const view::FiguresView& view, float width, app::CommandQueue& commands) {
  const view::LedgerView& ledger = view.ledger;
  const Card card(ui, "figures.ledger", width);
  if (ledger.row == 0) {
    heading(ui, ui.text("figures.ledger"));
    paragraph(ui, ui.text("figures.choose"), {TextStyle::kNormal, ui.colour().quiet});
    return;
  }
  heading(ui, ledger.phrase, ledger.number);
  std::string part = ledger.part;
  if (!ledger.choices.empty() && choice_row(ui, "figures.part", ledger.choices, part) && part != ledger.part)
    commands.push(app::AskFigures{view.question.unit, view.question.period, ledger.row, part});
  if (!ledger.note.empty()) paragraph(ui, ledger.note, {TextStyle::kSmall, ui.colour().quiet});
  if (ledger.rows.empty()) {
    paragraph(ui, ui.text("figures.empty"), {TextStyle::kNormal, ui.colour().quiet});
    return;
  }
  if (ledger.total > ledger.rows.size())
    paragraph(ui,
              ui.text("register.first_of", {{"shown", std::to_string(ledger.rows.size())},
                                            {"count", std::to_string(ledger.total)}}),
              {TextStyle::kSmall, ui.colour().quiet});
  // What counts for more than one is said; where nothing does, names need the room.
  const bool has_amounts = std::any_of(ledger.rows.begin(), ledger.rows.end(),
                                       [](const view::LedgerRowView& row) { return !row.amount.empty(); });
  std::vector<Column> columns = {{ui.text("figures.column.who"), 1.2F},
                                 {ui.text("figures.column.day"), 1, day_width(ui, ledger.rows)},
                                 {ui.text("figures.column.what"), 1.35F},
                                 {ui.text("figures.column.place"), 1.05F}};
  if (has_amounts) columns.push_back({ui.text("figures.column.amount"), 1, 64});
  Table table(ui, std::move(columns));
  const ScrollArea area(ui, "figures.ledger_rows", list_height(ui));
  table.rows(ledger.rows.size(), [&](std::size_t i) {
    const view::LedgerRowView& row = ledger.rows[i];
    const std::string id = "figures.record:" + row.record.text() + "." + std::to_string(i);
    const bool can_open = row.opens != view::RowOpens::kNothing;
    if (table.begin_row(id, row.who, false, can_open)) open(row, commands);
    table.cell(row.who);
    table.cell({row.day, view::Tone::kPlain}, TextStyle::kSmall);
    table.cell({row.what, view::Tone::kQuiet}, TextStyle::kSmall);
    table.cell({row.place, view::Tone::kQuiet}, TextStyle::kSmall);
    if (has_amounts) table.cell(row.amount);
  });
}

}  // namespace

void draw_figures(Ui& ui, const view::FiguresView& view, FiguresState& state, app::CommandQueue& commands) {
  const TwoColumns columns(ui, kLedgerWidth);
  {
    const Card card(ui, "figures.main", columns.main);
    question_heading(ui, "figures", ui.text("page.reports"), view.question, state.question);
    if (!list_ready(ui, view.state, view.rows.empty(), ui.text("register.none"))) return;
    if (const auto asked = draw_question(ui, "figures", view.question, state.question))
      commands.push(app::AskFigures{asked->unit, asked->period, view.ledger.row, view.ledger.part});
    draw_undecided(ui, "figures", view.question, commands);
    draw_checks(ui, view.question);
    gap(ui, 8);
    number_table(ui, view, commands);
  }
  columns.next(ui);
  ledger_card(ui, view, columns.side, commands);
}

}  // namespace lianxin::client::ui
