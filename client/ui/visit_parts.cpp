#include "client/ui/visit_parts.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/material_lines.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

const std::string kNewQuestion = "new";

std::string label_in(const view::Choices& choices, const std::string& code) {
  const auto found =
      std::find_if(choices.begin(), choices.end(), [&](const view::Choice& one) { return one.code == code; });
  return found == choices.end() ? code : found->label;
}

std::string question_label(const Ui& ui, const view::VisitFormView& view, const view::CaseDraft& question) {
  std::string label = label_in(view.case_topics, question.topic);
  if (!question.level.empty())
    label += " " + ui.text("ui.dot") + " " + label_in(view.case_levels, question.level);
  return label.empty() ? ui.text("visit.question") : label;
}

void open_question(VisitState& state, std::size_t place) {
  state.question.open = true;
  state.question.focus = true;
  state.question.place = place;
  state.question.is_new = place >= state.draft.cases.size();
  state.question.typed = state.question.is_new ? view::CaseDraft() : state.draft.cases[place];
}

/// What is typed so far belongs to the visit at once: neither Esc nor a power cut loses it. What says nothing
/// is no question.
void keep_question(VisitState& state) {
  std::vector<view::CaseDraft>& cases = state.draft.cases;
  CaseEditorState& editor = state.question;
  const bool is_kept = editor.place < cases.size();
  const bool says = !editor.typed.topic.empty() || !editor.typed.content.empty();
  if (is_kept && says) {
    cases[editor.place] = editor.typed;
  } else if (says) {
    cases.push_back(editor.typed);
  } else if (is_kept) {
    cases.erase(cases.begin() + static_cast<std::ptrdiff_t>(editor.place));
    editor.place = cases.size();
  }
}

/// True when the question was taken out of the visit.
bool question_buttons(Ui& ui, VisitState& state) {
  CaseEditorState& editor = state.question;
  const bool is_kept = editor.place < state.draft.cases.size();
  if (button(ui, "visit.question.add",
             ui.text(editor.is_new ? "visit.question_add_done" : "visit.question_keep"),
             {.kind = ButtonKind::kMain,
              .key = ImGuiMod_Ctrl | ImGuiKey_Enter,
              .enabled = is_kept,
              .tip = is_kept ? std::string() : ui.text("visit.question_empty")}))
    editor.open = false;
  ImGui::SameLine(0, ui.px(8));
  if (button(ui, "visit.question.back", ui.text("ui.back"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    editor.open = false;
  bool is_dropped = false;
  if (is_kept) {
    ImGui::SameLine(0, ui.px(8));
    is_dropped = button(ui, "visit.question.drop", ui.text("visit.question_drop"));
  }
  if (is_dropped) {
    state.draft.cases.erase(state.draft.cases.begin() + static_cast<std::ptrdiff_t>(editor.place));
    editor.open = false;
  }
  if (!editor.open) ImGui::CloseCurrentPopup();
  return is_dropped;
}

bool same_field(const view::FieldEdit& edit, const view::FieldRow& row) {
  return edit.record == row.record && edit.kind == row.kind && edit.field == row.field;
}

std::vector<view::FieldEdit>::iterator find_edit(std::vector<view::FieldEdit>& edits,
                                                 const view::FieldRow& row) {
  return std::find_if(edits.begin(), edits.end(),
                      [&](const view::FieldEdit& edit) { return same_field(edit, row); });
}

void toggle_confirmed(view::VisitDraft& draft, const view::FieldRow& row) {
  const auto found = find_edit(draft.confirmed, row);
  if (found != draft.confirmed.end()) {
    draft.confirmed.erase(found);
  } else {
    draft.confirmed.push_back({row.record, row.kind, row.field, {}});
  }
}

/// Value and state of one row beside the form, with what was typed or confirmed at the door.
struct CheckShown {
  std::string value;
  view::Words state;
};

CheckShown check_shown(const Ui& ui, const view::FieldRow& row, view::VisitDraft& draft) {
  const auto edit = find_edit(draft.edits, row);
  if (edit != draft.edits.end()) {
    const std::string value = shown_value(ui, row, edit->value);
    return {value.empty() ? ui.text("visit.check_cleared") : value,
            {ui.text("visit.check_edited"), view::Tone::kSettled, view::Mark::kSettled}};
  }
  const std::string value = row.masked.empty() ? row.value : row.masked;
  if (find_edit(draft.confirmed, row) != draft.confirmed.end())
    return {value, {ui.text("visit.check_same"), view::Tone::kSettled, view::Mark::kSettled}};
  if (value.empty())
    return {ui.text("visit.check_empty"), {ui.text("visit.check_fill"), view::Tone::kNeedsYou}};
  return {value, row.freshness};
}

bool checks_card(Ui& ui, const view::VisitFormView& view, VisitState& state, float width) {
  const Card card(ui, "visit.checks", width);
  constexpr ImGuiKeyChord kToChecks = ImGuiMod_Ctrl | ImGuiKey_E;
  const std::string keys =
      Ui::key_name(kToChecks) + " " + ui.text("ui.dot") + " " + ui.text("visit.checks_keys");
  heading(ui, ui.text("visit.checks"), keys);
  if (view.checks.empty()) {
    paragraph(ui, ui.text("visit.checks_none"), {TextStyle::kSmall, ui.colour().quiet});
    return false;
  }
  bool changed = false;
  float widest = 0;
  for (const view::FieldRow& row : view.checks)
    widest = std::max(widest, text_size(ui, row.label, TextStyle::kSmall).x);
  const float labels = std::clamp(widest / ui.px(1) + 17, 80.0F, 156.0F);
  Table table(ui, {{"", 1, labels}, {"", 1}, {"", 1, 92}}, false);
  if (ui.pressed(kToChecks, ui.text("visit.checks"))) table.focus_row();
  table.rows(view.checks.size(), [&](std::size_t i) {
    const view::FieldRow& row = view.checks[i];
    const std::string id = "visit.check:" + row.record.text() + "." + row.field;
    const bool opened = table.begin_row(id, row.label, false, row.input != view::FieldInput::kReadOnly);
    const auto edit = find_edit(state.draft.edits, row);
    if (opened && ImGui::IsKeyPressed(ImGuiKey_Space, false)) {
      if (row.can_confirm && edit == state.draft.edits.end()) {
        toggle_confirmed(state.draft, row);
        changed = true;
      }
    } else if (opened) {
      open_field_editor(state.editor, row, edit == state.draft.edits.end() ? row.edited : edit->value);
    }
    const CheckShown shown = check_shown(ui, row, state.draft);
    table.cell({row.label, view::Tone::kQuiet}, TextStyle::kSmall);
    table.cell(shown.value);
    table.cell(shown.state, TextStyle::kSmall);
  });
  return changed;
}

/// Takes what the editor says; the value as it was is no edit.
void take_value(VisitState& state) {
  const view::FieldRow& row = state.editor.row;
  const auto found = find_edit(state.draft.edits, row);
  if (found != state.draft.edits.end()) state.draft.edits.erase(found);
  if (state.editor.value == row.edited) return;
  const auto confirmed = find_edit(state.draft.confirmed, row);
  if (confirmed != state.draft.confirmed.end()) state.draft.confirmed.erase(confirmed);
  state.draft.edits.push_back({row.record, row.kind, row.field, state.editor.value});
}

bool take_edit(Ui& ui, VisitState& state) {
  if (!draw_field_editor(ui, "visit.edit", state.editor)) return false;
  take_value(state);
  return true;
}

}  // namespace

void take_open_editor(VisitState& state) {
  if (!has_typed(state.editor)) return;
  take_value(state);
  state.editor = {};
  state.stash.touch();
}

bool visit_questions(Ui& ui, const view::VisitFormView& view, VisitState& state) {
  view::Choices options = {{kNewQuestion, ui.text("visit.question_add")}};
  std::vector<std::string> chosen;
  for (std::size_t i = 0; i < state.draft.cases.size(); ++i) {
    options.push_back({std::to_string(i), question_label(ui, view, state.draft.cases[i])});
    chosen.push_back(options.back().code);
  }
  const std::vector<std::string> before = chosen;
  if (!choice_set(ui, "visit.case", options, chosen)) return false;
  for (const view::Choice& option : options) {
    const bool was = std::find(before.begin(), before.end(), option.code) != before.end();
    const bool is = std::find(chosen.begin(), chosen.end(), option.code) != chosen.end();
    if (was == is) continue;
    open_question(state, option.code == kNewQuestion ? before.size() : std::stoul(option.code));
  }
  return false;
}

bool visit_question_editor(Ui& ui, const view::VisitFormView& view, VisitState& state) {
  CaseEditorState& editor = state.question;
  if (!editor.open) return false;
  const Dialog dialog(ui, "visit.question", ui.text("visit.question_title"), editor.open, 660);
  if (!dialog || !editor.open) return false;
  bool changed = false;
  {
    const FormRow row(ui, ui.text("visit.question_topic"));
    Ui::focus_next(editor.focus);
    changed = choice_row(ui, "visit.question.topic", view.case_topics, editor.typed.topic);
  }
  {
    const FormRow row(ui, ui.text("visit.question_level"));
    changed = choice_row(ui, "visit.question.level", view.case_levels, editor.typed.level) || changed;
  }
  changed = long_text_field(ui, "visit.question.content", editor.typed.content, 4,
                            {.label = ui.text("visit.question_content")})
                .changed ||
            changed;
  if (changed) keep_question(state);
  gap(ui, 12);
  return question_buttons(ui, state) || changed;
}

bool visit_beside(Ui& ui, const view::VisitFormView& view, VisitState& state, float width) {
  const GroupScope group;
  bool changed = checks_card(ui, view, state, width);
  changed = take_edit(ui, state) || changed;
  gap(ui, 16);
  {
    const Card card(ui, "visit.last", width);
    heading(ui, ui.text("visit.last"));
    if (view.last_visits.empty())
      paragraph(ui, ui.text("visit.last_none"), {TextStyle::kSmall, ui.colour().quiet});
    for (const view::Words& line : view.last_visits)
      words_paragraph(ui, line, TextStyle::kSmall);
  }
  if (view::is_call(state.draft)) return changed;
  gap(ui, 16);
  const Card card(ui, "visit.bag", width);
  constexpr ImGuiKeyChord kToHanded = ImGuiMod_Ctrl | ImGuiKey_D;
  heading(ui, ui.text("visit.handed"), Ui::key_name(kToHanded));
  if (ui.pressed(kToHanded, ui.text("visit.handed")) && !view.bag.empty()) Ui::focus_next();
  return material_lines(ui, "visit.handed", view.bag, state.draft.handed) || changed;
}

}  // namespace lianxin::client::ui
