#include "client/ui/import_preview.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

const char* verdict_code(view::RowVerdict verdict) {
  switch (verdict) {
    case view::RowVerdict::kAccepted:
      return "accepted";
    case view::RowVerdict::kMerged:
      return "merged";
    case view::RowVerdict::kDuplicate:
      return "duplicate";
    case view::RowVerdict::kQuarantined:
      return "quarantined";
    case view::RowVerdict::kSkipped:
      return "skipped";
  }
  return "accepted";
}

view::Words verdict_words(const Ui& ui, const view::ImportRow& row) {
  const std::string label = ui.text("import.verdict." + std::string(verdict_code(row.verdict)));
  switch (row.verdict) {
    case view::RowVerdict::kAccepted:
    case view::RowVerdict::kMerged:
      return {label, view::Tone::kSettled, view::Mark::kSettled};
    case view::RowVerdict::kQuarantined:
      if (row.accepted_by_hand)
        return {ui.text("import.by_hand"), view::Tone::kSettled, view::Mark::kSettled};
      return {label, view::Tone::kNeedsYou, view::Mark::kNeedsYou};
    case view::RowVerdict::kDuplicate:
      return {label, view::Tone::kAgeing, view::Mark::kDue};
    case view::RowVerdict::kSkipped:
      break;
  }
  return {label, view::Tone::kQuiet};
}

const view::ImportSheet* shown_sheet(const view::ImportView& view, ImportState& state) {
  if (view.sheets.empty()) return nullptr;
  const auto named = std::find_if(view.sheets.begin(), view.sheets.end(),
                                  [&](const view::ImportSheet& sheet) { return sheet.name == state.sheet; });
  if (named != view.sheets.end()) return &*named;
  const auto first = std::find_if(view.sheets.begin(), view.sheets.end(),
                                  [](const view::ImportSheet& sheet) { return sheet.no_roster.empty(); });
  const view::ImportSheet& sheet = first == view.sheets.end() ? view.sheets.front() : *first;
  state.sheet = sheet.name;
  return &sheet;
}

/// Which sheet is looked at, and whether those that are hidden are read as well.
void sheet_choice(Ui& ui, const view::ImportView& view, ImportState& state, app::CommandQueue& commands) {
  const bool is_choice = view.sheets.size() > 1;
  if (!is_choice && view.hidden_sheets == 0) return;
  const FormRow row(ui, ui.text("import.sheet"));
  if (is_choice) {
    view::Choices sheets;
    for (const view::ImportSheet& sheet : view.sheets)
      sheets.push_back({sheet.name, sheet.name});
    if (choice_row(ui, "import.sheet", sheets, state.sheet)) state.verdict.clear();
  }
  if (view.hidden_sheets == 0) return;
  bool read = view.reads_hidden;
  const std::string label = ui.text("import.hidden", {{"count", std::to_string(view.hidden_sheets)}});
  if (is_choice) beside(ui, ui.control_height() + text_size(ui, label).x);
  if (check_box(ui, "import.hidden", label, read)) commands.push(app::ReadHiddenSheets{read});
}

/// What is looked at of a sheet: its people, what its columns mean, the rows that are nobody.
void part_choice(Ui& ui, const view::ImportSheet& sheet, ImportState& state) {
  const auto left_out = std::count_if(sheet.columns.begin(), sheet.columns.end(),
                                      [](const view::ImportColumn& column) { return column.field.empty(); });
  view::Choices parts = {{"", ui.text("import.part.people")}};
  parts.push_back({"columns", ui.text("import.part.columns", {{"count", std::to_string(sheet.columns.size())},
                                                              {"left_out", std::to_string(left_out)}})});
  if (!sheet.passed_over.empty()) parts.push_back({"passed_over", ui.text("import.part.passed_over")});
  const FormRow row(ui, ui.text("import.part"));
  (void)choice_row(ui, "import.part", parts, state.part);
}

constexpr float kImportTableLeast = 108;
/// Pixels at 100 %: of a lower page half would be rows of choices.
constexpr float kLowPage = 440;
constexpr float kRowWithPhone = 760;

float rows_height(const Ui& ui, std::size_t rows) {
  return static_cast<float>(rows) * ui.row_height() + ui.px(4);
}

void columns_table(Ui& ui, const view::ImportView& view, const view::ImportSheet& sheet, ImportState& state,
                   const AboveFoot& above, app::CommandQueue& commands) {
  if (!sheet.header_rows.empty())
    paragraph(ui, ui.text("import.header_rows", {{"rows", sheet.header_rows}}), {TextStyle::kSmall});
  Table table(ui, {{ui.text("import.column.heading"), 2},
                   {ui.text("import.column.sample"), 2},
                   {ui.text("import.column.field"), 2}});
  {
    const ScrollArea area(ui, "import.columns",
                          above.room(kImportTableLeast, rows_height(ui, sheet.columns.size())));
    table.rows(sheet.columns.size(), [&](std::size_t i) {
      const view::ImportColumn& column = sheet.columns[i];
      if (table.begin_row("import.column:" + column.key, column.heading)) {
        view::FieldRow row;
        row.label = column.heading;
        row.value = column.field;
        row.input = view::FieldInput::kCode;
        row.choices = view.targets;
        state.column = column.key;
        open_field_editor(state.meaning, row, column.target);
      }
      table.cell(column.heading);
      table.cell({column.sample, view::Tone::kQuiet}, TextStyle::kSmall);
      if (column.field.empty())
        table.cell({ui.text("import.not_taken"), view::Tone::kAgeing});
      else
        table.cell(
            {column.field, view::Tone::kPlain, column.by_hand ? view::Mark::kSettled : view::Mark::kNone});
    });
  }
  if (draw_field_editor(ui, "import.meaning", state.meaning))
    commands.push(app::MapColumn{state.column, state.meaning.value});
}

void passed_over_table(Ui& ui, const view::ImportSheet& sheet, const AboveFoot& above) {
  Table table(ui, {{ui.text("import.column.where"), 1, 132},
                   {ui.text("import.column.why"), 1, 260},
                   {ui.text("import.column.text"), 1}});
  const ScrollArea area(ui, "import.passed_over",
                        above.room(kImportTableLeast, rows_height(ui, sheet.passed_over.size())));
  table.rows(sheet.passed_over.size(), [&](std::size_t i) {
    const view::ImportSkipped& rows = sheet.passed_over[i];
    (void)table.begin_row("import.passed:" + std::to_string(i), rows.text, false, false);
    table.cell(rows.where);
    table.cell(rows.why);
    table.cell({rows.text, view::Tone::kQuiet}, TextStyle::kSmall);
  });
}

/// For rows that name no village.
void village_choice(Ui& ui, const view::ImportView& view, ImportState& state, app::CommandQueue& commands) {
  if (view.villages.empty()) return;
  view::FieldRow row;
  row.label = ui.text("import.village");
  row.input = view::FieldInput::kCode;
  row.choices = view.villages;
  std::string village = view.village;
  if (field_input(ui, "import.village", row, village, state.village))
    commands.push(app::ChooseImportVillage{village});
}

/// Where people come from and belong. On a low page (large text) these rows are folded away, so that more
/// than one person is seen.
void where_choice(Ui& ui, const view::ImportView& view, bool is_low, ImportState& state,
                  app::CommandQueue& commands) {
  const bool is_choice = !view.villages.empty() || view.sheets.size() > 1 || view.hidden_sheets > 0;
  if (is_low && is_choice) {
    const std::string label = ui.text(state.where_open ? "import.where_close" : "import.where_open");
    beside(ui, button_width(ui, label));
    if (button(ui, "import.where", label)) state.where_open = !state.where_open;
  }
  gap(ui, 8);
  if (is_low && !state.where_open) return;
  village_choice(ui, view, state, commands);
  sheet_choice(ui, view, state, commands);
}

void verdict_choice(Ui& ui, const view::ImportSheet& sheet, ImportState& state) {
  view::Choices choices = {{"", ui.text("import.all", {{"count", std::to_string(sheet.rows.size())}})}};
  const auto add = [&](const char* code, std::uint32_t count) {
    if (count == 0) return;
    const std::string label = ui.text("import.verdict." + std::string(code));
    choices.push_back({code, ui.text("import.count", {{"label", label}, {"count", std::to_string(count)}})});
  };
  add("accepted", sheet.accepted);
  add("merged", sheet.merged);
  add("duplicate", sheet.duplicates);
  add("quarantined", sheet.quarantined);
  add("skipped", sheet.skipped);
  const FormRow row(ui, ui.text("import.column.verdict"));
  (void)choice_row(ui, "import.verdict", choices, state.verdict);
}

void rows_table(Ui& ui, const view::ImportSheet& sheet, const ImportState& state, const AboveFoot& above,
                app::CommandQueue& commands) {
  std::vector<const view::ImportRow*> rows;
  for (const view::ImportRow& row : sheet.rows) {
    if (state.verdict.empty() || state.verdict == verdict_code(row.verdict)) rows.push_back(&row);
  }
  // Where not all have room, numbers and reasons are read whole rather than telephones.
  const bool has_phones = ImGui::GetContentRegionAvail().x >= ui.px(kRowWithPhone);
  const float narrow = has_phones ? 88 : 80;
  std::vector<Column> columns = {{ui.text("import.column.where"), 1, has_phones ? 100.0F : 80.0F},
                                 {ui.text("import.column.name"), 1, narrow},
                                 {ui.text("import.column.village"), 1, narrow},
                                 {ui.text("import.column.id"), 1, 164}};
  if (has_phones) columns.push_back({ui.text("import.column.phone"), 1, 116});
  columns.push_back({ui.text("import.column.verdict"), 1, 104});
  columns.push_back({ui.text("import.column.reason"), 1});
  Table table(ui, std::move(columns));
  table.tell_focused();
  const ScrollArea area(ui, "import.rows", above.room(kImportTableLeast, rows_height(ui, rows.size())));
  table.rows(rows.size(), [&](std::size_t i) {
    const view::ImportRow& row = *rows[i];
    if (table.begin_row("import.row:" + row.row, row.name) && row.can_accept_without_number)
      commands.push(app::AcceptWithoutNumber{row.row, !row.accepted_by_hand});
    table.cell({row.where, view::Tone::kQuiet}, TextStyle::kSmall);
    table.cell(row.name);
    table.cell(row.village);
    table.cell({row.id_masked}, TextStyle::kSmall);
    if (has_phones) table.cell({row.phone_masked}, TextStyle::kSmall);
    table.cell(verdict_words(ui, row), TextStyle::kSmall);
    view::Words reason = row.reason;
    if (row.can_accept_without_number && !row.accepted_by_hand) reason.text += ui.text("import.can_accept");
    table.cell(reason, TextStyle::kSmall);
  });
}

void buttons(Ui& ui, const view::ImportView& view, ImportState& state, app::CommandQueue& commands) {
  const bool is_something = view.will_write > 0 || view.will_note > 0;
  const ButtonLook look{.kind = ButtonKind::kMain,
                        .key = ImGuiMod_Ctrl | ImGuiKey_Enter,
                        .enabled = is_something,
                        .tip = is_something ? std::string() : ui.text("import.nothing_to_write")};
  const std::string words = view.will_write > 0 || !is_something
                                ? ui.text("import.apply", {{"count", std::to_string(view.will_write)}})
                                : ui.text("import.apply_notes", {{"count", std::to_string(view.will_note)}});
  if (button(ui, "import.apply", words, look)) state.apply_open = true;
  const std::string cancel = ui.text("import.cancel");
  beside(ui, button_width(ui, cancel, ImGuiKey_Escape));
  if (button(ui, "import.cancel", cancel, {ButtonKind::kPlain, ImGuiKey_Escape})) {
    commands.push(app::CancelImport{});
    state.sheet.clear();
    state.part.clear();
    state.verdict.clear();
  }
  if (view.rejected > 0) {
    const std::string save = ui.text("import.save_rejected", {{"count", std::to_string(view.rejected)}});
    beside(ui, button_width(ui, save));
    if (button(ui, "import.save_rejected", save)) commands.push(app::SaveRejectedRows{});
  }
  const Answer answer =
      confirm(ui, "import.apply_confirm", state.apply_open,
              ui.text("import.apply_title", {{"count", std::to_string(view.will_write)}}),
              view.summary + "\n" + ui.text("import.apply_consequence"), ui.text("import.apply_yes"));
  if (answer == Answer::kYes) commands.push(app::ApplyImport{view.preview_token});
}

void draw_sheet(Ui& ui, const view::ImportView& view, const view::ImportSheet& sheet, ImportState& state,
                const AboveFoot& above, app::CommandQueue& commands) {
  if (!sheet.no_roster.empty()) {
    paragraph(ui, sheet.no_roster, {TextStyle::kNormal, ui.colour().quiet});
    return;
  }
  // Without headings there are no people yet.
  if (view.preview_token.empty()) state.part = "columns";
  part_choice(ui, sheet, state);
  if (state.part == "columns") return columns_table(ui, view, sheet, state, above, commands);
  if (state.part == "passed_over") return passed_over_table(ui, sheet, above);
  verdict_choice(ui, sheet, state);
  rows_table(ui, sheet, state, above, commands);
}

}  // namespace

void draw_import_preview(Ui& ui, const view::ImportView& view, ImportState& state,
                         app::CommandQueue& commands) {
  const float height = page_height(ui);
  const bool is_low = height < ui.px(kLowPage);
  const Card card(ui, "import.main", 0, 0, 0, height);
  heading(ui, ui.text("import.preview", {{"file", view.file}}), ui.text("import.nothing_written"));
  AboveFoot above(ui, "import.above");
  paragraph(ui, view.summary);
  where_choice(ui, view, is_low, state, commands);
  if (const view::ImportSheet* sheet = shown_sheet(view, state))
    draw_sheet(ui, view, *sheet, state, above, commands);
  above.foot();
  buttons(ui, view, state, commands);
}

}  // namespace lianxin::client::ui
