#pragma once
// What the one-page forms (visit, delivery) do alike: follow their view, stash what is typed, show their
// title. A form's state has `form`, `draft`, `shown_token`, `stash`, `answered`, `saving`, `focus_wanted`.
#include <string>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {

/// Another form in the view is taken over whole; an answer ends the waiting.
template <class View, class State>
void follow_form(const View& view, State& state) {
  if (state.form != view.form) {
    state = State();
    state.form = view.form;
    state.draft = view.draft;
    state.answered = view.answered;
    state.focus_wanted = true;
  }
  state.shown_token = view.shown_token;
  if (state.answered == view.answered) return;
  state.answered = view.answered;
  state.saving = false;
}

/// Sends what has been typed since the last time (P2).
template <class State>
void stash_form(State& state, app::CommandQueue& commands) {
  if (!state.stash.waiting() || state.form.is_nil()) return;
  commands.push(app::StashDraft{state.draft, state.shown_token});
  state.stash.done();
}

/// Title with the name, where the draft stands, and the keys; `form` is the beginning of its text keys.
template <class View>
void form_title(Ui& ui, const View& view, const std::string& form) {
  std::string note = view.restored ? ui.text(form + ".restored") : std::string();
  if (!view.draft_saved.empty()) note = ui.text("visit.draft_saved", {{"time", view.draft_saved}});
  const std::string keys = ui.text("visit.keys");
  note += note.empty() ? keys : " " + ui.text("ui.dot") + " " + keys;
  heading(ui, ui.text(form + ".title", {{"name", view.title}}), note);
}

}  // namespace lianxin::client::ui
