#include "client/ui/member_file_parts.hpp"

#include <algorithm>
#include <cmath>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

/// Of records that are not there yet the kind tells which it would be of.
std::string field_id(const view::FieldRow& row) {
  return (row.record.is_nil() ? row.kind : row.record.text()) + "." + row.field;
}

/// Whether it is drawn: rare ones when they are unfolded, changed or to be mended.
bool is_open(const view::MemberFileView& view, const view::FieldRow& row, MemberFileState& state) {
  return !row.rare || state.more || edit_of(state.draft, row) != nullptr ||
         !problem_of(view.problems, row.field, row.record).empty();
}

/// Folds and unfolds the rest, and says how much of it there is.
void more_button(Ui& ui, const view::MemberFileView& view, MemberFileState& state) {
  std::size_t rare = 0;
  for (const view::FieldSection& section : view.sections)
    rare += static_cast<std::size_t>(
        std::count_if(section.rows.begin(), section.rows.end(), [](const auto& row) { return row.rare; }));
  if (rare == 0) return;
  gap(ui, 12);
  const std::string label =
      state.more ? ui.text("member.less") : ui.text("member.more", {{"count", std::to_string(rare)}});
  if (button(ui, "member.more", label, {ButtonKind::kPlain, ImGuiMod_Ctrl | ImGuiKey_M}))
    state.more = !state.more;
}

bool same_field(const view::FieldEdit& edit, const view::FieldRow& row) {
  return edit.record == row.record && edit.kind == row.kind && edit.field == row.field;
}

view::Words shown_cell(const Ui& ui, const view::MemberFileView& view, const view::FieldRow& row,
                       MemberFileState& state) {
  if (const view::FieldEdit* edit = edit_of(state.draft, row)) {
    const std::string value = shown_value(ui, row, edit->value);
    return {value.empty() ? ui.text("visit.check_cleared") : value, view::Tone::kPlain};
  }
  if (row.waiting) return {ui.text("member.waiting"), view::Tone::kQuiet};
  const bool hidden = !row.masked.empty() && !(state.unmasked && view.revealed);
  const std::string& value = hidden ? row.masked : row.value;
  if (value.empty()) return {ui.text("visit.check_empty"), view::Tone::kQuiet};
  return {value, view::Tone::kPlain};
}

view::Words state_cell(const Ui& ui, const view::MemberFileView& view, const view::FieldRow& row,
                       MemberFileState& state) {
  if (!problem_of(view.problems, row.field, row.record).empty())
    return {ui.text("member.to_mend"), view::Tone::kNeedsYou, view::Mark::kNeedsYou};
  if (edit_of(state.draft, row) != nullptr)
    return {ui.text("member.unsaved"), view::Tone::kAgeing, view::Mark::kDue};
  if (row.in_dispute) return {ui.text("members.dispute"), view::Tone::kNeedsYou, view::Mark::kNeedsYou};
  return row.freshness;
}

/// What Enter or Space on a row means. True when the draft changed.
bool open_row(const view::MemberFileView& view, const view::FieldRow& row, MemberFileState& state,
              app::CommandQueue& commands) {
  const view::FieldEdit* edit = edit_of(state.draft, row);
  if (ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
    if (row.can_confirm && edit == nullptr)
      commands.push(app::ConfirmUnchanged{row.record, row.field, view.shown_token});
    return false;
  }
  if (row.input == view::FieldInput::kReadOnly) return false;  // another's to fill in, anybody's to confirm
  open_field_editor(state.editor, row, edit != nullptr ? edit->value : row.edited);
  return false;
}

}  // namespace

view::FieldEdit* edit_of(view::MemberDraft& draft, const view::FieldRow& row) {
  const auto found = std::find_if(draft.edits.begin(), draft.edits.end(),
                                  [&](const view::FieldEdit& edit) { return same_field(edit, row); });
  return found == draft.edits.end() ? nullptr : &*found;
}

void set_edit(view::MemberDraft& draft, const view::FieldRow& row, const std::string& value) {
  std::erase_if(draft.edits, [&](const view::FieldEdit& edit) { return same_field(edit, row); });
  if (value != row.edited) draft.edits.push_back({row.record, row.kind, row.field, value});
}

namespace {

std::vector<const view::FieldRow*> open_rows(const view::MemberFileView& view,
                                             const view::FieldSection& section, MemberFileState& state) {
  std::vector<const view::FieldRow*> out;
  for (const view::FieldRow& row : section.rows) {
    if (is_open(view, row, state)) out.push_back(&row);
  }
  return out;
}

/// Pixels at 100 % for the labels: what the longest one needs, within bounds.
float label_width(const Ui& ui, const view::MemberFileView& view) {
  constexpr float kLeast = 160;
  constexpr float kMost = 236;
  constexpr float kBesideText = 20;
  float widest = 0;
  for (const view::FieldSection& section : view.sections) {
    for (const view::FieldRow& row : section.rows)
      widest = std::max(widest, text_size(ui, row.label).x);
  }
  return std::clamp(widest / ui.px(1) + kBesideText, kLeast, kMost);
}

/// What the keys do in the rows below, said once.
void keys_beside(Ui& ui) {
  ImGui::SameLine(0, ui.px(8));
  const float taller = text_size(ui, "0", TextStyle::kStrong).y - text_size(ui, "0", TextStyle::kSmall).y;
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + std::round(taller * 0.8F));
  text(ui, ui.text("visit.checks_keys"), {TextStyle::kSmall, ui.colour().quiet});
}

}  // namespace

bool member_sections(Ui& ui, const view::MemberFileView& view, MemberFileState& state,
                     app::CommandQueue& commands) {
  bool changed = false;
  const float labels = label_width(ui, view);
  for (const view::FieldSection& section : view.sections) {
    const std::vector<const view::FieldRow*> rows = open_rows(view, section, state);
    if (rows.empty()) continue;
    gap(ui, 10);
    text(ui, section.title, {TextStyle::kStrong});
    if (&section == &view.sections.front() && !view.read_only) keys_beside(ui);
    Table table(ui, {{"", 1, labels}, {"", 1.3F}, {"", 1, 124}, {"", 1, 178}}, false);
    if (state.focus_wanted) table.focus_row();
    state.focus_wanted = false;
    table.rows(rows.size(), [&](std::size_t i) {
      const view::FieldRow& row = *rows[i];
      const bool may_open = row.input != view::FieldInput::kReadOnly || row.can_confirm;
      const bool can_open = may_open && !view.read_only;
      if (table.begin_row("member.field:" + field_id(row), row.label, false, can_open))
        changed = open_row(view, row, state, commands) || changed;
      table.cell({row.label, view::Tone::kQuiet});
      table.cell(shown_cell(ui, view, row, state));
      table.cell(state_cell(ui, view, row, state), TextStyle::kSmall);
      table.cell({row.how_known, view::Tone::kQuiet}, TextStyle::kSmall);
    });
    for (const view::FieldRow& row : section.rows)
      problem_line(ui, problem_of(view.problems, row.field, row.record));
  }
  more_button(ui, view, state);
  return changed;
}

bool member_form(Ui& ui, const view::MemberFileView& view, MemberFileState& state) {
  bool changed = false;
  for (const view::FieldSection& section : view.sections) {
    const std::vector<const view::FieldRow*> rows = open_rows(view, section, state);
    if (rows.empty()) continue;
    gap(ui, 8);
    text(ui, section.title, {TextStyle::kStrong});
    for (const view::FieldRow* open : rows) {
      const view::FieldRow& row = *open;
      const std::string id = field_id(row);
      const view::FieldEdit* edit = edit_of(state.draft, row);
      std::string value = edit != nullptr ? edit->value : row.edited;
      Ui::focus_next(state.focus_wanted);
      const std::string problem = problem_of(view.problems, row.field, row.record);
      if (!field_input(ui, "member.new:" + row.kind + "." + row.field, row, value, state.inputs[id], problem))
        continue;
      set_edit(state.draft, row, value);
      changed = true;
    }
  }
  more_button(ui, view, state);
  return changed;
}

void member_facts(Ui& ui, const view::MemberFileView& view, float width, app::CommandQueue& commands) {
  const Card card(ui, "member.facts", width);
  std::string note;
  if (view.facts_total > view.facts.size())
    note = ui.text("member.facts_first", {{"shown", std::to_string(view.facts.size())},
                                          {"count", std::to_string(view.facts_total)}});
  heading(ui, ui.text("member.facts"), note);
  if (!list_ready(ui, view.state, view.facts.empty(), ui.text("member.facts_none"))) return;
  constexpr float kWhen = 86;
  constexpr float kWho = 92;
  const std::string dot = " " + ui.text("ui.dot") + " ";
  const auto what = [&](const view::FactRow& fact) {
    return fact.what.text + (fact.detail.empty() ? "" : dot + fact.detail);
  };
  const float room = ImGui::GetContentRegionAvail().x - ui.px(kWhen + kWho + 16);
  // When one would be cut, all say what happened over when and by whom.
  const bool is_long = std::any_of(view.facts.begin(), view.facts.end(), [&](const view::FactRow& fact) {
    return text_size(ui, what(fact), TextStyle::kSmall).x > room;
  });
  std::vector<Column> columns = {{"", 1}, {"", 1, kWho}};
  if (!is_long) columns.insert(columns.begin(), {"", 1, kWhen});
  Table table(ui, std::move(columns), false);
  if (is_long) table.two_lines();
  table.rows(view.facts.size(), [&](std::size_t i) {
    const view::FactRow& fact = view.facts[i];
    if (table.begin_row("member.fact:" + fact.record.text(), fact.what.text, false, fact.is_visit))
      commands.push(app::OpenVisit{fact.record});
    if (!is_long) table.cell({fact.when, view::Tone::kQuiet}, TextStyle::kSmall);
    table.cell({what(fact), fact.what.tone, fact.what.mark}, TextStyle::kSmall);
    if (fact.unsent)
      table.cell({ui.text("member.unsent"), view::Tone::kAgeing, view::Mark::kDue}, TextStyle::kSmall);
    else
      table.cell({is_long ? std::string() : fact.who, view::Tone::kQuiet}, TextStyle::kSmall);
    if (is_long) table.under(fact.when + (fact.unsent || fact.who.empty() ? "" : dot + fact.who));
  });
}

}  // namespace lianxin::client::ui
