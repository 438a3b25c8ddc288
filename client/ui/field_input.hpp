#pragma once
// The control that fits one field of a record, alone in a form or over the page as an editor.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/place_field.hpp"
#include "client/ui/ui.hpp"
#include "client/view/member_file_view.hpp"

namespace lianxin::client::ui {

/// What the control remembers between frames: the filter of a long list of codes, places that were found.
struct FieldInputState {
  std::string filter;
  PlaceState place;
};

/// Label, control and the sentence under it. `value` is canonical as in FieldRow::edited. True when it
/// changed.
[[nodiscard]] bool field_input(Ui& ui, std::string_view id, const view::FieldRow& row, std::string& value,
                               FieldInputState& state, const std::string& problem = {});

/// What the county asks beyond the program's own questions, under a title of its own. What is typed goes into
/// `edits` of a nil record; controls are named "<id>.own:<field>". True when something changed.
[[nodiscard]] bool own_rows(Ui& ui, std::string_view id, const std::vector<view::FieldRow>& rows,
                            std::vector<view::FieldEdit>& edits,
                            std::map<std::string, FieldInputState>& states, const view::Problems& problems);

/// What is shown for a canonical value of this field: labels instead of codes.
[[nodiscard]] std::string shown_value(const Ui& ui, const view::FieldRow& row, const std::string& value);

/// Codes of a set, separated by blanks.
[[nodiscard]] std::vector<std::string> split_codes(std::string_view text);
[[nodiscard]] std::string joined_codes(const std::vector<std::string>& codes);

struct FieldEditorState {
  bool open = false;
  bool focus = false;
  view::FieldRow row;  ///< as it was when the editor opened
  std::string value;
  FieldInputState input;
  std::string opened_with;
  std::string left_row;    ///< that was left without accepting,
  std::string left_value;  ///< with what was typed
};

/// Opens the editor of `row`, starting from `value`, or from what was typed and left before.
void open_field_editor(FieldEditorState& state, const view::FieldRow& row, std::string value);
/// Open, with another value than it was opened with.
[[nodiscard]] bool has_typed(const FieldEditorState& state);
/// The editor over the page. True when the new value (`state.value`) was accepted.
[[nodiscard]] bool draw_field_editor(Ui& ui, std::string_view id, FieldEditorState& state);

}  // namespace lianxin::client::ui
