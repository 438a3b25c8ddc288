#include "client/ui/field_input.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"
#include "imgui_internal.h"
#include "shared/base/text.hpp"

namespace lianxin::client::ui {
namespace {

/// More choices than digits can reach are narrowed by typing.
constexpr std::size_t kChoicesAtOnce = 12;
constexpr std::size_t kChoicesFound = 9;
constexpr float kLabelWidth = 112;  // of FormRow
constexpr float kTextWidth = 520;
constexpr float kNumberWidth = 170;  // of a date, too

view::Choices yes_and_no(const Ui& ui) { return {{"1", ui.text("field.yes")}, {"0", ui.text("field.no")}}; }

/// As typed for a reading: letters alone, ü and v as u; "" = these are no letters.
std::string letters_of(const std::string& typed) {
  std::string letters;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const bool is_u = typed.compare(i, 2, "ü") == 0 || typed.compare(i, 2, "Ü") == 0;
    const char one = is_u ? 'u' : to_lower_ascii(typed.substr(i, 1)).front();
    if (is_u) ++i;
    if (one == ' ' || one == '\'') continue;
    if (one < 'a' || one > 'z') return {};
    letters += one == 'v' ? 'u' : one;
  }
  return letters;
}

/// By its label, its pinyin or initials, or its code.
bool is_found(const view::Choice& choice, const std::string& filter, const std::string& letters) {
  return to_lower_ascii(choice.label).find(to_lower_ascii(filter)) != std::string::npos ||
         choice.code.rfind(filter, 0) == 0 ||
         (!letters.empty() && choice.letters.find("|" + letters) != std::string::npos);
}

/// What is chosen, then what the filter finds; at most nine.
view::Choices narrowed(const view::FieldRow& row, const std::vector<std::string>& chosen,
                       const std::string& filter) {
  view::Choices found;
  const auto is_chosen = [&](const view::Choice& choice) {
    return std::find(chosen.begin(), chosen.end(), choice.code) != chosen.end();
  };
  std::copy_if(row.choices.begin(), row.choices.end(), std::back_inserter(found), is_chosen);
  const std::string letters = letters_of(filter);
  for (const view::Choice& choice : row.choices) {
    if (found.size() >= kChoicesFound) break;
    if (!is_chosen(choice) && is_found(choice, filter, letters)) found.push_back(choice);
  }
  return found;
}

/// Enter in the filter: the first that it has found, which is not chosen yet.
bool choose_first(const view::Choices& found, bool many, std::vector<std::string>& codes,
                  std::string& filter) {
  if (trim(filter).empty()) return false;
  const auto first = std::find_if(found.begin(), found.end(), [&](const view::Choice& one) {
    return std::find(codes.begin(), codes.end(), one.code) == codes.end();
  });
  if (first == found.end()) return false;
  if (!many) codes.clear();
  codes.push_back(first->code);
  filter.clear();
  return true;
}

bool code_input(Ui& ui, const std::string& id, const view::FieldRow& row, std::string& value,
                FieldInputState& state, const std::string& problem) {
  const FormRow form(ui, row.label, problem);
  const bool many = row.input == view::FieldInput::kCodeSet;
  std::vector<std::string> codes = many ? split_codes(value) : std::vector<std::string>();
  if (!many && !value.empty()) codes.push_back(value);
  view::Choices choices = row.input == view::FieldInput::kYesNo ? yes_and_no(ui) : row.choices;
  if (choices.size() > kChoicesAtOnce) {
    const FieldEvent typed =
        text_field(ui, id + ".filter", state.filter,
                   {.placeholder = ui.text("field.filter"), .width = ui.px(260), .bytes_max = 120});
    choices = narrowed(row, codes, trim(state.filter));
    if (typed.entered && choose_first(choices, many, codes, state.filter)) {
      value = joined_codes(codes);
      return true;
    }
    if (choices.empty()) text(ui, ui.text("field.no_choice"), {TextStyle::kSmall, ui.colour().quiet});
  }
  if (!many) return choice_row(ui, id, choices, value, true);
  if (!choice_set(ui, id, choices, codes)) return false;
  value = joined_codes(codes);
  return true;
}

std::string label_of(const view::Choices& choices, const std::string& code) {
  const auto found =
      std::find_if(choices.begin(), choices.end(), [&](const view::Choice& one) { return one.code == code; });
  return found == choices.end() ? code : found->label;
}

}  // namespace

std::vector<std::string> split_codes(std::string_view text) {
  std::vector<std::string> codes;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) codes.emplace_back(text.substr(0, blank));
    if (blank == std::string_view::npos) break;
    text.remove_prefix(blank + 1);
  }
  return codes;
}

std::string joined_codes(const std::vector<std::string>& codes) {
  std::string joined;
  for (const std::string& code : codes)
    joined += (joined.empty() ? "" : " ") + code;
  return joined;
}

bool own_rows(Ui& ui, std::string_view id, const std::vector<view::FieldRow>& rows,
              std::vector<view::FieldEdit>& edits, std::map<std::string, FieldInputState>& states,
              const view::Problems& problems) {
  if (rows.empty()) return false;
  gap(ui, 6);
  text(ui, ui.text("view.section.own"), {TextStyle::kNormal, ui.colour().quiet});
  bool changed = false;
  for (const view::FieldRow& row : rows) {
    const auto is_this = [&](const view::FieldEdit& one) {
      return one.record.is_nil() && one.kind == row.kind && one.field == row.field;
    };
    const auto typed = std::find_if(edits.begin(), edits.end(), is_this);
    std::string value = typed == edits.end() ? row.edited : typed->value;
    if (!field_input(ui, std::string(id) + ".own:" + row.field, row, value, states[row.field],
                     problem_of(problems, row.field)))
      continue;
    std::erase_if(edits, is_this);
    if (value != row.edited) edits.push_back({Id(), row.kind, row.field, value});
    changed = true;
  }
  return changed;
}

std::string shown_value(const Ui& ui, const view::FieldRow& row, const std::string& value) {
  if (row.input == view::FieldInput::kYesNo) return label_of(yes_and_no(ui), value);
  if (row.input == view::FieldInput::kCode) return label_of(row.choices, value);
  if (row.input == view::FieldInput::kPlace) return place_words(ui, value);
  if (row.input != view::FieldInput::kCodeSet) return value;
  std::string shown;
  for (const std::string& code : split_codes(value)) {
    if (!shown.empty()) shown += ui.text("field.list_separator");
    shown += label_of(row.choices, code);
  }
  return shown;
}

bool field_input(Ui& ui, std::string_view id, const view::FieldRow& row, std::string& value,
                 FieldInputState& state, const std::string& problem) {
  FieldLook look;
  look.label = row.label;
  look.problem = problem;
  switch (row.input) {
    case view::FieldInput::kText:
      look.width = std::min(ImGui::GetContentRegionAvail().x - ui.px(kLabelWidth), ui.px(kTextWidth));
      return text_field(ui, id, value, look).changed;
    case view::FieldInput::kNumber:
      look.width = ui.px(kNumberWidth);
      return text_field(ui, id, value, look).changed;
    case view::FieldInput::kLongText:
      return long_text_field(ui, id, value, 4, look).changed;
    case view::FieldInput::kDate:
      return date_field(ui, id, value, look).changed;
    case view::FieldInput::kPlace:
      return place_field(ui, id, row.label, value, state.place, problem).changed;
    case view::FieldInput::kReadOnly: {
      const FormRow form(ui, row.label, problem);
      // In line with the label, and as high as a field.
      ImGui::SetCursorPosY(ImGui::GetCursorPosY() + (ui.control_height() - text_size(ui, "0").y) / 2);
      if (!row.value.empty() || row.how_known.empty())
        paragraph(ui, row.value, {TextStyle::kNormal, ui.colour().quiet});
      if (!row.how_known.empty()) paragraph(ui, row.how_known, {TextStyle::kSmall, ui.colour().quiet});
      gap(ui, 6);
      return false;
    }
    default:
      return code_input(ui, std::string(id), row, value, state, problem);
  }
}

namespace {

std::string row_key(const view::FieldRow& row) {
  return row.record.text() + "." + row.kind + "." + row.field;
}

bool is_line(const view::FieldRow& row) {
  return row.input == view::FieldInput::kText || row.input == view::FieldInput::kNumber ||
         row.input == view::FieldInput::kDate;
}

/// Enter in a field of one line, as opposed to the one that opened it.
bool is_entered(const FieldEditorState& state, const std::string& id) {
  const bool is_typing =
      ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID(("###" + id).c_str());
  const bool is_enter =
      ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
  return is_line(state.row) && is_typing && is_enter && !ImGui::GetIO().KeyCtrl;
}

/// True when the value is accepted.
bool editor_buttons(Ui& ui, const std::string& key, FieldEditorState& state) {
  constexpr ImGuiKeyChord kAccept = ImGuiMod_Ctrl | ImGuiKey_Enter;
  const ImGuiKeyChord shown = is_line(state.row) ? ImGuiKeyChord(ImGuiKey_Enter) : kAccept;
  const bool accepted =
      button(ui, key + ".accept", ui.text("field.accept"), {ButtonKind::kMain, shown}) || ui.pressed(kAccept);
  ImGui::SameLine(0, ui.px(8));
  if (button(ui, key + ".no", ui.text("ui.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    state.open = false;
  return accepted;
}

}  // namespace

void open_field_editor(FieldEditorState& state, const view::FieldRow& row, std::string value) {
  state.open = true;
  state.focus = true;
  state.row = row;
  state.opened_with = value;
  state.value = state.left_row == row_key(row) ? std::move(state.left_value) : std::move(value);
  state.left_row.clear();
  state.input = {};
}

bool has_typed(const FieldEditorState& state) { return state.open && state.value != state.opened_with; }

bool draw_field_editor(Ui& ui, std::string_view id, FieldEditorState& state) {
  if (!state.open) return false;
  // Left by whatever key: what was typed is there when it is opened again.
  state.left_row = state.value == state.opened_with ? std::string() : row_key(state.row);
  state.left_value = state.value;
  const Dialog dialog(ui, id, ui.text("field.edit", {{"field", state.row.label}}), state.open, 640);
  if (!dialog || !state.open) return false;
  if (!state.row.value.empty()) {
    paragraph(ui, ui.text("field.before", {{"value", state.row.value}}),
              {TextStyle::kNormal, ui.colour().quiet});
    if (!state.row.how_known.empty())
      paragraph(ui, state.row.how_known, {TextStyle::kSmall, ui.colour().quiet});
    gap(ui, 12);
  }
  const std::string key(id);
  // The Enter that opened the editor does not accept what it opened with.
  if (state.focus) (void)ui.pressed(ImGuiKey_Enter);
  const bool is_line_done = is_entered(state, key + ".value");
  Ui::focus_next(state.focus);
  (void)field_input(ui, key + ".value", state.row, state.value, state.input);
  gap(ui, 12);
  const bool accepted = editor_buttons(ui, key, state) || is_line_done;
  if (accepted) state.open = false;
  if (accepted) state.left_row.clear();
  if (!state.open) ImGui::CloseCurrentPopup();
  return accepted;
}

}  // namespace lianxin::client::ui
