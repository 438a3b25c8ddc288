#include "client/ui/records_screen.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/form_flow.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kKindsWidth = 190;      ///< at least
constexpr float kKindsWidthMost = 236;  ///< where the window is wide
constexpr float kRecordListLeast = 240;

std::string kind_name(const view::RecordsView& view) {
  const auto found = std::find_if(view.kinds.begin(), view.kinds.end(),
                                  [&](const view::Choice& one) { return one.code == view.kind; });
  return found == view.kinds.end() ? view.kind : found->label;
}

void kinds_card(Ui& ui, const view::RecordsView& view, RecordsState& state, std::string& query,
                app::CommandQueue& commands) {
  const float share = ImGui::GetContentRegionAvail().x * 0.2F;
  const Card card(ui, "records.kinds", std::clamp(share, ui.px(kKindsWidth), ui.px(kKindsWidthMost)));
  const ScrollArea area(ui, "records.kind_rows", std::max(ui.px(kRecordListLeast), room_below(ui)));
  Table table(ui, {{"", 1}}, false);
  table.rows(view.kinds.size(), [&](std::size_t i) {
    const view::Choice& kind = view.kinds[i];
    if (table.begin_row("records.kind:" + kind.code, kind.label, kind.code == view.kind)) {
      leave_records(state, commands);
      if (!view.form.form.is_nil()) commands.push(app::CloseForm{view.form.form});
      query.clear();
      commands.push(app::OpenKind{kind.code, ""});
    }
    table.cell(kind.label);
  });
}

/// Places of the columns that a narrow window has room for: what is left out is read in the record. First go
/// hours, numbers and yes or no, then the last ones; the one with most words stays.
std::vector<std::size_t> columns_in(const Ui& ui, const std::vector<view::RegisterColumn>& columns) {
  constexpr float kLeast = 84;
  const auto fitting = static_cast<std::size_t>(ImGui::GetContentRegionAvail().x / ui.px(kLeast));
  std::vector<std::size_t> seen(columns.size());
  std::iota(seen.begin(), seen.end(), std::size_t{0});
  const auto weight = [&](std::size_t place) { return columns[place].weight; };
  while (seen.size() > std::max<std::size_t>(fitting, 2)) {
    const auto widest =
        std::max_element(seen.begin(), seen.end(), [&](auto a, auto b) { return weight(a) < weight(b); });
    auto gone = std::find_if(seen.rbegin(), seen.rend(), [&](auto place) { return weight(place) < 1; });
    if (gone == seen.rend())
      gone = std::find_if(seen.rbegin(), seen.rend(), [&](auto place) { return place != *widest; });
    seen.erase(std::next(gone).base());
  }
  return seen;
}

void list_card(Ui& ui, const view::RecordsView& view, std::string& query, app::CommandQueue& commands) {
  const Card card(ui, "records.main");
  const std::string add = ui.text("records.add");
  constexpr ImGuiKeyChord kAdd = ImGuiMod_Alt | ImGuiKey_N;
  std::string note = ui.text("records.count", {{"count", std::to_string(view.total)}});
  if (view.total > view.rows.size())
    note = ui.text("register.first_of",
                   {{"shown", std::to_string(view.rows.size())}, {"count", std::to_string(view.total)}});
  heading(ui, kind_name(view), note);
  const bool is_typed = view.kind != "audit_entry" && view.kind != "custom_field";  // not by people here
  if (is_typed && button(ui, "records.add", add, {ButtonKind::kMain, kAdd}))
    commands.push(app::OpenRecord{view.kind, Id()});
  if (is_typed) beside(ui, ui.px(300));
  FieldLook look;
  look.placeholder = ui.text("records.search");
  look.width = ui.px(300);
  look.bytes_max = 200;
  if (text_field(ui, "records.search", query, look).changed) commands.push(app::OpenKind{view.kind, query});
  gap(ui, 8);
  if (!list_ready(ui, view.state, view.rows.empty(), ui.text("records.none"))) return;
  const std::vector<std::size_t> seen = columns_in(ui, view.columns);
  std::vector<Column> columns;
  columns.reserve(seen.size());
  for (const std::size_t place : seen)
    columns.push_back({view.columns[place].heading, view.columns[place].weight});
  Table table(ui, std::move(columns));
  const ScrollArea area(ui, "records.rows", std::max(ui.px(kRecordListLeast), room_below(ui)));
  table.rows(view.rows.size(), [&](std::size_t i) {
    const view::RegisterRow& row = view.rows[i];
    const std::string label = row.cells.empty() ? std::string() : row.cells.front().text;
    if (table.begin_row("records.row:" + row.record.text(), label))
      commands.push(app::OpenRecord{view.kind, row.record});
    for (const std::size_t place : seen)
      table.cell(place < row.cells.size() ? row.cells[place] : view::Words());
  });
}

view::FieldEdit* edit_of(view::RecordDraft& draft, const view::FieldRow& row) {
  const auto found = std::find_if(draft.edits.begin(), draft.edits.end(),
                                  [&](const view::FieldEdit& one) { return one.field == row.field; });
  return found == draft.edits.end() ? nullptr : &*found;
}

void set_edit(view::RecordDraft& draft, const view::FieldRow& row, const std::string& value) {
  std::erase_if(draft.edits, [&](const view::FieldEdit& one) { return one.field == row.field; });
  if (value != row.edited) draft.edits.push_back({row.record, row.kind, row.field, value});
}

/// A member is searched for; what is chosen stays among the choices.
view::FieldRow with_found(Ui& ui, const view::RecordsView& view, const view::FieldRow& row,
                          const std::string& value, RecordsState& state, app::CommandQueue& commands) {
  view::FieldRow out = row;
  out.input = row.input == view::FieldInput::kMember ? view::FieldInput::kCode : view::FieldInput::kCodeSet;
  std::string& filter = state.inputs[row.field].filter;
  {
    const FormRow form(ui, row.label);
    FieldLook look;
    look.placeholder = ui.text("records.find_member");
    look.width = ui.px(300);
    look.bytes_max = 120;
    if (text_field(ui, "records.find:" + row.field, filter, look).changed) {
      state.asked = row.field;
      commands.push(app::FindMembers{filter});
    }
  }
  out.label.clear();
  const std::vector<std::string> chosen = split_codes(value);
  const auto is_there = [&](const std::string& code) {
    return std::any_of(out.choices.begin(), out.choices.end(),
                       [&](const view::Choice& one) { return one.code == code; });
  };
  std::erase_if(out.choices, [&](const view::Choice& one) {
    return std::find(chosen.begin(), chosen.end(), one.code) == chosen.end();
  });
  for (const view::Choice& one : view.found) {
    const bool is_chosen = std::find(chosen.begin(), chosen.end(), one.code) != chosen.end();
    const bool is_asked = state.asked == row.field && !filter.empty() && view.found_query == filter;
    if ((is_chosen || is_asked) && !is_there(one.code)) out.choices.push_back(one);
  }
  return out;
}

/// Names of members that were chosen here, so that they stay readable when something else is searched for.
void keep_names(const view::FieldRow& shown, view::FieldRow& row) {
  for (const view::Choice& one : shown.choices) {
    const bool known = std::any_of(row.choices.begin(), row.choices.end(),
                                   [&](const view::Choice& other) { return other.code == one.code; });
    if (!known) row.choices.push_back(one);
  }
}

bool form_rows(Ui& ui, const view::RecordsView& view, RecordsState& state, app::CommandQueue& commands) {
  bool changed = false;
  bool in_own = false;
  for (const view::FieldRow& given : view.form.rows) {
    view::FieldRow row = given;
    if (row.own && !std::exchange(in_own, true)) {
      gap(ui, 6);
      text(ui, ui.text("view.section.own"), {TextStyle::kNormal, ui.colour().quiet});
    }
    if (view.form.read_only) row.input = view::FieldInput::kReadOnly;
    if (const auto names = state.names.find(row.field); names != state.names.end())
      keep_names(names->second, row);
    const view::FieldEdit* edit = edit_of(state.draft, row);
    std::string value = edit != nullptr ? edit->value : row.edited;
    const bool is_member = row.input == view::FieldInput::kMember || row.input == view::FieldInput::kMembers;
    if (row.input != view::FieldInput::kReadOnly) Ui::focus_next(state.focus_wanted);
    const view::FieldRow shown = is_member ? with_found(ui, view, row, value, state, commands) : row;
    const std::string problem = problem_of(view.form.problems, row.field);
    if (is_member && shown.choices.empty()) {
      problem_line(ui, problem);
      continue;
    }
    if (!field_input(ui, "records.field:" + row.field, shown, value, state.inputs[row.field + ".value"],
                     problem))
      continue;
    if (is_member) state.names[row.field] = shown;
    set_edit(state.draft, given, value);
    changed = true;
  }
  return changed;
}

void void_dialog(Ui& ui, const view::RecordsView& view, RecordsState& state, app::CommandQueue& commands) {
  if (!state.void_open) return;
  const Dialog dialog(ui, "records.void_dialog", ui.text("records.void_title"), state.void_open);
  if (!dialog || !state.void_open) return;
  paragraph(ui, ui.text("records.void_consequence"), {TextStyle::kNormal, ui.colour().quiet});
  gap(ui, 8);
  FieldLook look;
  look.label = ui.text("records.void_reason");
  look.width = ui.px(320);
  look.bytes_max = 300;
  (void)text_field(ui, "records.void_reason", state.void_reason, look);
  gap(ui, 12);
  const bool has_reason = !trim(state.void_reason).empty();
  const bool yes =
      button(ui, "records.void_yes", ui.text("records.void"),
             {.kind = ButtonKind::kMain, .key = ImGuiMod_Ctrl | ImGuiKey_Enter, .enabled = has_reason});
  ImGui::SameLine(0, ui.px(8));
  if (button(ui, "records.void_no", ui.text("ui.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    state.void_open = false;
  if (yes) {
    commands.push(app::VoidRecord{view.form.record, trim(state.void_reason), state.shown_token});
    state.void_open = false;
  }
  if (!state.void_open) ImGui::CloseCurrentPopup();
}

void form_buttons(Ui& ui, const view::RecordFormView& form, RecordsState& state,
                  app::CommandQueue& commands) {
  if (!form.read_only) {
    const std::string save = ui.text(state.saving ? "visit.saving" : "records.save");
    const ButtonLook look{
        .kind = ButtonKind::kMain, .key = ImGuiMod_Ctrl | ImGuiKey_Enter, .enabled = !state.saving};
    if (button(ui, "records.save", save, look)) {
      commands.push(app::SaveRecord{state.draft, state.shown_token});
      state.saving = true;
    }
  }
  const std::string back = ui.text(form.read_only ? "ui.back" : "visit.later");
  if (!form.read_only) beside(ui, button_width(ui, back, ImGuiKey_Escape));
  if (button(ui, "records.later", back, {ButtonKind::kPlain, ImGuiKey_Escape})) {
    leave_records(state, commands);
    commands.push(app::CloseForm{form.form});
  }
  if (!form.read_only) {
    const std::string drop = ui.text("visit.drop");
    beside(ui, button_width(ui, drop));
    if (button(ui, "records.drop", drop)) {
      state.stash.done();
      commands.push(app::DropDraft{form.form});
    }
  }
  if (form.record.is_nil() || !form.can_void) return;
  const std::string annul = ui.text("records.void");
  beside(ui, button_width(ui, annul));
  if (button(ui, "records.void", annul, {.enabled = form.why_not_void.empty(), .tip = form.why_not_void}))
    state.void_open = true;
}

void form_card(Ui& ui, const view::RecordsView& view, RecordsState& state, app::CommandQueue& commands) {
  const view::RecordFormView& form = view.form;
  follow_form(form, state);
  const Card card(ui, "records.form", 0, 0, 0, page_height(ui));
  std::string note = form.subtitle;
  if (!form.draft_saved.empty())
    note += (note.empty() ? "" : " " + ui.text("ui.dot") + " ") +
            ui.text("visit.draft_saved", {{"time", form.draft_saved}});
  heading(ui, form.title, note);
  if (!form.why_read_only.empty())
    words_paragraph(ui, {form.why_read_only, view::Tone::kAgeing, view::Mark::kDue}, TextStyle::kSmall);
  before_saving(ui, form.before_saving);
  if (form.can_void && !form.why_not_void.empty())
    paragraph(ui, form.why_not_void, {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  // The buttons stay in sight, also where they take two lines.
  AboveFoot above(ui, "records.fields");
  const bool changed = form_rows(ui, view, state, commands);
  above.foot();
  problem_line(ui, problem_of(form.problems, ""));
  form_buttons(ui, form, state, commands);
  void_dialog(ui, view, state, commands);
  if (changed) state.stash.touch();
  if (!state.saving && state.stash.due(ui)) stash_form(state, commands);
}

}  // namespace

void draw_records(Ui& ui, const view::RecordsView& view, RecordsState& state, std::string& query,
                  app::CommandQueue& commands) {
  if (view.form.form.is_nil()) state.form = Id();
  // Opened from another page the form stands alone.
  if (!view.kinds.empty()) {
    kinds_card(ui, view, state, query, commands);
    ImGui::SameLine(0, ui.px(16));
  }
  const GroupScope group;
  if (view.form.form.is_nil())
    list_card(ui, view, query, commands);
  else
    form_card(ui, view, state, commands);
}

void leave_records(RecordsState& state, app::CommandQueue& commands) {
  if (!state.saving) stash_form(state, commands);
}

}  // namespace lianxin::client::ui
