#pragma once
// What the one-page forms (visit, delivery) do alike: follow their view, stash what is typed, show their
// title. A form's state has `form`, `draft`, `shown_token`, `stash`, `answered`, `saving`, `focus_wanted`.
#include <algorithm>
#include <optional>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/layout.hpp"
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

/// Whether the form asks for it: the county may do without.
template <class View>
bool asks(const View& view, const char* field) {
  return std::find(view.off.begin(), view.off.end(), field) == view.off.end();
}

/// Draws the rows (`rows` says whether something was changed) so that saving stays in sight: a form taller
/// than the page scrolls above its buttons. `below`: pixels at 100 % besides the row of buttons; 0 = it does
/// not scroll by itself.
template <class Rows>
bool form_in_room(Ui& ui, const char* id, float below, Rows rows) {
  ImGuiStorage* const kept = ImGui::GetStateStorage();
  const ImGuiID key = ImGui::GetID((std::string(id) + "_height").c_str());
  const float room = room_below(ui) - ui.control_height() - ui.px(below);
  std::optional<ScrollArea> area;
  // Always in it, tall or not: what has the focus must not move into another window.
  const float height = kept->GetFloat(key, room) + ui.px(6);
  if (below > 0 && room > ui.px(150)) area.emplace(ui, id, std::min(height, room));
  bool changed = false;
  {
    const GroupScope group;
    changed = rows();
  }
  kept->SetFloat(key, ImGui::GetItemRectSize().y);
  return changed;
}

/// What is to be known before the form is saved; "" = nothing.
inline void before_saving(Ui& ui, const std::string& sentence) {
  if (!sentence.empty())
    words_paragraph(ui, {sentence, view::Tone::kAgeing, view::Mark::kDue}, TextStyle::kSmall);
}

/// Title with the name, where the draft stands, and the keys; `form` is the beginning of its text keys.
template <class View>
void form_title(Ui& ui, const View& view, const std::string& form) {
  std::string note = view.restored ? ui.text(form + ".restored") : std::string();
  if (!view.draft_saved.empty()) note = ui.text("visit.draft_saved", {{"time", view.draft_saved}});
  const std::string keys = ui.text("visit.keys");
  note += note.empty() ? keys : " " + ui.text("ui.dot") + " " + keys;
  heading(ui, ui.text(form + ".title", {{"name", view.title}}), note);
  before_saving(ui, view.before_saving);
}

}  // namespace lianxin::client::ui
