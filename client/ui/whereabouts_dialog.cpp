#include "client/ui/whereabouts_dialog.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kFieldWidth = 280;

/// A labelled one-line field; the answer is whether Enter was pressed in it.
bool line(Ui& ui, const char* id, const char* label, std::string& value) {
  FieldLook look;
  look.label = ui.text(label);
  look.width = ui.px(kFieldWidth);
  look.bytes_max = 600;
  return text_field(ui, id, value, look).entered;
}

bool day(Ui& ui, const char* id, const char* label, std::string& value) {
  FieldLook look;
  look.label = ui.text(label);
  look.width = ui.px(160);
  return date_field(ui, id, value, look).entered;
}

/// Options by digit or space. Enter takes the form as it stands: it does not turn the option that happens to
/// have the focus, but the first choice of all.
void choose(Ui& ui, const char* id, const view::Choices& choices, std::string& code) {
  const std::string before = code;
  const bool entered =
      ImGui::IsKeyPressed(ImGuiKey_Enter, false) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false);
  if (choice_row(ui, id, choices, code) && entered && !before.empty()) code = before;
}

/// The buttons under a short form; true when it is to be taken. `entered`: Enter in one of its fields.
bool taken(Ui& ui, const char* id, bool can_take, bool entered, ShortForm& form,
           const view::WhereaboutsView& view) {
  if (!form.problem.empty())
    words_paragraph(ui, {form.problem, view::Tone::kNeedsYou, view::Mark::kNeedsYou}, TextStyle::kSmall);
  if (form.drop_asked)
    words_paragraph(ui, {ui.text("visit.drop_consequence"), view::Tone::kNeedsYou, view::Mark::kNeedsYou},
                    TextStyle::kSmall);
  gap(ui, 14);
  const std::string key(id);
  const ButtonLook look{.kind = ButtonKind::kMain, .key = ImGuiKey_Enter, .enabled = can_take};
  const bool pressed = button(ui, key + ".save", ui.text("member.say_save"), look);
  ImGui::SameLine(0, ui.px(8));
  const bool is_typed = form.stashed || form.stash.waiting();
  const std::string cancel = ui.text(is_typed ? "visit.later" : "ui.cancel");
  if (button(ui, key + ".cancel", cancel, {ButtonKind::kPlain, ImGuiKey_Escape})) form.open = false;
  if (is_typed) {
    ImGui::SameLine(0, ui.px(8));
    if (button(ui, key + ".drop", ui.text(form.drop_asked ? "visit.drop_yes" : "visit.drop"))) {
      form.dropped = form.drop_asked;
      form.open = !form.dropped;
      form.drop_asked = true;
    }
  }
  const bool takes = can_take && form.open && (pressed || entered);
  if (takes) {
    form.open = false;
    form.sent = true;
    form.answered = view.answered;
  }
  if (!form.open) ImGui::CloseCurrentPopup();
  return takes;
}

/// Pixels at 100 % under the rows of a short form besides its buttons: with what was wrong, or is asked
/// again.
float below_rows(const ShortForm& form) { return form.problem.empty() && !form.drop_asked ? 24 : 80; }

app::HomeComing meaning(const std::string& what) {
  if (what == "home") return app::HomeComing::kHome;
  return what == "moved" ? app::HomeComing::kMoved : app::HomeComing::kReturned;
}

const char* name_of(app::HomeComing what) {
  if (what == app::HomeComing::kHome) return "home";
  return what == app::HomeComing::kMoved ? "moved" : "returned";
}

/// The form as it is to be kept.
app::SayWhereabouts as_typed(const WhereaboutsState& state) {
  app::SayWhereabouts said = state.said;
  said.what = meaning(state.what);
  return said;
}
const app::SayCall& as_typed(const CallState& state) { return state.said; }

template <class State>
void stash(State& state, app::CommandQueue& commands) {
  commands.push(app::StashDraft{as_typed(state), {}});
  state.form.stash.done();
  state.form.stashed = true;
}

/// After the form was drawn: what was typed is kept after two seconds and when the form is left, and given up
/// when the person says so.
template <class State, class Draft>
void follow_typing(Ui& ui, State& state, const Draft& before, app::CommandQueue& commands) {
  if (state.form.open) {
    if (!(as_typed(state) == before)) state.form.stash.touch();
    if (state.form.stash.due(ui)) stash(state, commands);
    return;
  }
  if (state.form.sent) return state.form.stash.done();
  if (state.form.dropped && state.form.stashed) commands.push(app::DropDraft{state.said.draft});
  if (!state.form.dropped && state.form.stash.waiting()) stash(state, commands);
  state = {};
}

/// Says that an earlier form is gone on with, and since when it is kept.
void restored_note(Ui& ui, const ShortForm& form, const std::string& saved) {
  if (form.stashed && !saved.empty())
    paragraph(ui, ui.text("visit.draft_saved", {{"time", saved}}), {TextStyle::kSmall, ui.colour().quiet});
}

/// What came of a form that was sent: kept, it is forgotten; refused, it is shown again.
template <class State>
void hear(State& state, const view::WhereaboutsView& view) {
  if (!state.form.sent || state.form.answered == view.answered) return;
  if (view.problem.empty()) {
    state = {};
    return;
  }
  state.form.sent = false;
  state.form.open = true;
  state.form.stash.touch();
  state.form.problem = view.problem;
}

view::Choices meanings(const Ui& ui) {
  return {{"returned", ui.text("member.say.returned")},
          {"home", ui.text("member.say.home")},
          {"moved", ui.text("member.say.moved")}};
}

bool is_whole(const WhereaboutsState& state) {
  const std::string first = date_of(state.said.day);
  return !first.empty() && (state.what != "home" || date_of(state.said.until) >= first);
}

/// The fields of what is meant; true when Enter was pressed in one. `picked`: Enter chose a place.
bool fields(Ui& ui, const view::WhereaboutsView& view, WhereaboutsState& state, bool& picked) {
  app::SayWhereabouts& said = state.said;
  const bool is_home = state.what == "home";
  bool entered = day(ui, "member.say.day", is_home ? "member.say.from" : "member.say.day", said.day);
  if (is_home) return day(ui, "member.say.until", "member.say.until", said.until) || entered;
  if (state.what == "moved") {
    const PlaceEvent chosen =
        place_field(ui, "member.say.division", ui.text("member.say.division"), said.division, state.place);
    picked = chosen.picked;
    entered = chosen.entered || entered;
    if (view.asks_place) entered = line(ui, "member.say.place", "member.say.place", said.place) || entered;
    if (view.asks_employer)
      entered = line(ui, "member.say.employer", "member.say.employer", said.employer) || entered;
    return entered;
  }
  if (view.certificate.empty()) return entered;
  const FormRow row(ui, ui.text("member.say.certificate"));
  (void)check_box(ui, "member.say.certificate", ui.text("member.say.back", {{"no", view.certificate}}),
                  said.certificate_back);
  return entered;
}

/// As it stands when it is opened.
void begin(ShortForm& form, bool is_stashed) {
  form = ShortForm();
  form.open = form.started = true;
  form.stashed = is_stashed;
}

}  // namespace

void whereabouts_buttons(Ui& ui, const view::MemberFileView& view, WhereaboutsState& moving,
                         CallState& call) {
  if (view.read_only) return;
  const ImGuiKeyChord to_call = ImGuiMod_Ctrl | ImGuiKey_T;
  const std::string called = ui.text("member.call");
  beside(ui, button_width(ui, called, to_call));
  if (button(ui, "member.call", called, {ButtonKind::kPlain, to_call})) call.form.open = true;
  if (!view.whereabouts.is_out) return;
  const ImGuiKeyChord to_move = ImGuiMod_Ctrl | ImGuiKey_R;
  const std::string home = ui.text("member.say");
  beside(ui, button_width(ui, home, to_move));
  if (button(ui, "member.say", home, {ButtonKind::kPlain, to_move})) moving.form.open = true;
}

void draw_whereabouts(Ui& ui, const view::MemberFileView& view, WhereaboutsState& state,
                      app::CommandQueue& commands) {
  hear(state, view.whereabouts);
  if (!state.form.open) return;
  const bool is_first = !state.form.started;
  if (is_first) {
    begin(state.form, !view.whereabouts.said_saved.empty());
    state.what = name_of(view.whereabouts.said.what);
    state.said = view.whereabouts.said;
  }
  const app::SayWhereabouts before = as_typed(state);
  const Dialog dialog(ui, "member.say_dialog", ui.text("member.say_title", {{"name", view.title}}),
                      state.form.open, 660);
  if (!dialog) return;
  restored_note(ui, state.form, view.whereabouts.said_saved);
  paragraph(ui, view.whereabouts.away, {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  bool picked = false;
  bool entered = false;
  rows_in_dialog(ui, "member.say.rows", below_rows(state.form), 166, [&] {
    {
      const FormRow row(ui, ui.text("member.say.what"));
      if (is_first) Ui::focus_next();
      choose(ui, "member.say.what", meanings(ui), state.what);
    }
    entered = fields(ui, view.whereabouts, state, picked);
    paragraph(ui, ui.text("member.say." + state.what + "_note"), {TextStyle::kSmall, ui.colour().quiet});
  });
  const bool can_take = !is_first && !picked && is_whole(state);
  if (taken(ui, "member.say", can_take, entered, state.form, view.whereabouts)) {
    state.said.what = meaning(state.what);
    state.said.day = date_of(state.said.day);
    state.said.until = state.what == "home" ? date_of(state.said.until) : std::string();
    commands.push(state.said);
  }
  follow_typing(ui, state, before, commands);
}

void stash_short_forms(WhereaboutsState& moving, CallState& call, app::CommandQueue& commands) {
  if (moving.form.open && moving.form.stash.waiting()) stash(moving, commands);
  if (call.form.open && call.form.stash.waiting()) stash(call, commands);
}

namespace {

/// One call, several people (domain.md 5.13): whoever is found by name is ticked. True when Enter picked one.
bool others(Ui& ui, const view::WhereaboutsView& view, CallState& state, app::CommandQueue& commands) {
  constexpr std::size_t kFoundShown = 6;
  FieldLook look;
  look.label = ui.text("member.call.others");
  look.placeholder = ui.text("records.find_member");
  look.width = ui.px(kFieldWidth);
  look.bytes_max = 120;
  const FieldEvent typed = text_field(ui, "member.call.find", state.filter, look);
  if (typed.changed) commands.push(app::FindMembers{state.filter});
  std::vector<view::CalledDraft>& chosen = state.said.others;
  const bool is_found = !state.filter.empty() && view.found_query == state.filter;
  std::vector<view::CalledDraft> offered;
  for (const view::Choice& one : view.found) {
    const auto id = Id::parse(one.code);
    const auto is_it = [&](const view::CalledDraft& other) { return other.member == *id; };
    if (!is_found || !id.ok() || *id == state.said.member || offered.size() == kFoundShown) continue;
    if (std::none_of(chosen.begin(), chosen.end(), is_it)) offered.push_back({*id, one.label});
  }
  if (typed.entered && !offered.empty()) {
    chosen.push_back(offered.front());
    state.filter.clear();
    return true;
  }
  Id turned;
  for (const auto* list : {&chosen, &offered}) {
    for (const view::CalledDraft& one : *list) {
      const FormRow row(ui, "");
      bool on = list == &chosen;
      if (check_box(ui, "member.call.with:" + one.member.text(), one.name, on)) turned = one.member;
    }
  }
  if (turned.is_nil()) return typed.entered;
  const std::size_t before = chosen.size();
  std::erase_if(chosen, [&](const view::CalledDraft& one) { return one.member == turned; });
  if (chosen.size() == before) {
    for (const view::CalledDraft& one : offered) {
      if (one.member == turned) chosen.push_back(one);
    }
  }
  return false;
}

/// True when Enter was pressed in a field.
bool call_rows(Ui& ui, const view::WhereaboutsView& view, CallState& state, bool is_first) {
  {
    const FormRow row(ui, ui.text("member.call.outcome"));
    if (is_first) Ui::focus_next();
    choose(ui, "member.call.outcome", view.outcomes, state.said.outcome);
  }
  {
    const FormRow row(ui, ui.text("member.call.channel"));
    choose(ui, "member.call.channel", view.channels, state.said.channel);
  }
  if (state.said.outcome.starts_with("reached")) {
    const FormRow row(ui, ui.text("visit.topics"));
    (void)choice_set(ui, "member.call.topic", view.topics, state.said.topics);
  }
  const bool entered = day(ui, "member.call.day", "member.say.on", state.said.day);
  FieldLook look;
  look.label = ui.text("member.call.content");
  look.bytes_max = 3000;
  return text_field(ui, "member.call.content", state.said.content, look).entered || entered;
}

}  // namespace

void draw_call(Ui& ui, const view::MemberFileView& view, CallState& state, app::CommandQueue& commands) {
  hear(state, view.whereabouts);
  if (!state.form.open) return;
  const bool is_first = !state.form.started;
  const bool was_chosen = !state.said.outcome.empty();
  if (is_first) {
    begin(state.form, !view.whereabouts.call_saved.empty());
    state.said = view.whereabouts.call;
    state.filter.clear();
  }
  const app::SayCall before = state.said;
  const Dialog dialog(ui, "member.call_dialog", ui.text("member.call_title", {{"name", view.title}}),
                      state.form.open, 760);
  if (!dialog) return;
  restored_note(ui, state.form, view.whereabouts.call_saved);
  bool entered = false;
  bool picked = false;
  rows_in_dialog(ui, "member.call.rows", below_rows(state.form), 268, [&] {
    entered = call_rows(ui, view.whereabouts, state, is_first);
    picked = others(ui, view.whereabouts, state, commands);
  });
  const bool can_take =
      !picked && was_chosen && !state.said.outcome.empty() && !date_of(state.said.day).empty();
  if (taken(ui, "member.call", can_take, entered, state.form, view.whereabouts)) {
    state.said.day = date_of(state.said.day);
    commands.push(state.said);
  }
  follow_typing(ui, state, before, commands);
}

}  // namespace lianxin::client::ui
