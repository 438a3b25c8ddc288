#pragma once
// One member: every field with its age, what happened in time order, and the form of a new member.
#include <cstdint>
#include <map>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/field_input.hpp"
#include "client/ui/photo_card.hpp"
#include "client/ui/stash_timer.hpp"
#include "client/ui/ui.hpp"
#include "client/ui/whereabouts_dialog.hpp"
#include "client/view/member_file_view.hpp"

namespace lianxin::client::ui {

struct MemberFileState {
  bool followed = false;       ///< a view was taken over
  Id member;                   ///< whose file; nil with `followed`: a new member
  std::uint64_t revision = 0;  ///< of the view the edits were made on
  view::MemberDraft draft;
  std::string shown_token;
  StashTimer stash;
  bool saving = false;
  bool unmasked = false;
  bool focus_wanted = false;
  bool drop_open = false;
  bool more = false;  ///< the seldom filled fields are unfolded; stays so from file to file
  FieldEditorState editor;
  PhotoCardState photos;
  WhereaboutsState whereabouts;
  CallState call;
  std::map<std::string, FieldInputState> inputs;  ///< of a new member's form, by field
};

void draw_member_file(Ui& ui, const view::MemberFileView& view, MemberFileState& state,
                      app::CommandQueue& commands);
/// The file is left by another way than its own buttons: what is typed is put aside.
void leave_member_file(MemberFileState& state, app::CommandQueue& commands);
/// What is typed in the editor of a field and not accepted becomes an edit of the draft.
void take_open_editor(MemberFileState& state);

}  // namespace lianxin::client::ui
