#pragma once
// One visit on one page: written by keyboard alone in under a minute.
#include <cstdint>
#include <map>

#include "client/app/command.hpp"
#include "client/ui/field_input.hpp"
#include "client/ui/signature_pad.hpp"
#include "client/ui/stash_timer.hpp"
#include "client/ui/ui.hpp"
#include "client/view/visit_form_view.hpp"

namespace lianxin::client::ui {

/// A question found during the visit, while it is written. What says something stands in the draft already.
struct CaseEditorState {
  bool open = false;
  bool focus = false;
  bool is_new = false;
  std::size_t place = 0;  ///< in VisitDraft::cases; one behind the last: a new one
  view::CaseDraft typed;
};

struct VisitState {
  Id form;                 ///< whose draft this is; another one in the view is taken over
  view::VisitDraft draft;  ///< what is typed
  std::string shown_token;
  StashTimer stash;
  std::uint64_t answered = 0;  ///< answers seen; `saving` ends with the next one
  bool saving = false;
  bool focus_wanted = false;
  bool drop_open = false;
  SignatureState signature;
  CaseEditorState question;
  FieldEditorState editor;
  std::map<std::string, FieldInputState> own;  ///< controls of the county's own fields
};

void draw_visit(Ui& ui, const view::VisitFormView& view, VisitState& state, app::CommandQueue& commands);
/// The page is left by another way than its own buttons: what is typed is put aside.
void leave_visit(VisitState& state, app::CommandQueue& commands);
/// What is typed in the editor of a value beside the form and not accepted becomes an edit of the draft.
void take_open_editor(VisitState& state);

}  // namespace lianxin::client::ui
