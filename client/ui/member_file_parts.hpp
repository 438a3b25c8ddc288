#pragma once
// Parts of a member's file: the sections of fields, what happened, the form of a new member.
#include "client/ui/member_file_screen.hpp"

namespace lianxin::client::ui {

/// The edit of this field in the draft, or null.
[[nodiscard]] view::FieldEdit* edit_of(view::MemberDraft& draft, const view::FieldRow& row);
/// Writes an edit; the value as it was takes the edit back.
void set_edit(view::MemberDraft& draft, const view::FieldRow& row, const std::string& value);

/// Sections as rows: space = unchanged, Enter edits. True when the draft changed.
[[nodiscard]] bool member_sections(Ui& ui, const view::MemberFileView& view, MemberFileState& state,
                                   app::CommandQueue& commands);
/// All fields as a form. True when the draft changed.
[[nodiscard]] bool member_form(Ui& ui, const view::MemberFileView& view, MemberFileState& state);
/// What happened, newest first.
void member_facts(Ui& ui, const view::MemberFileView& view, float width, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
