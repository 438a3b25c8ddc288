#include "client/ui/whereabouts_dialog.hpp"

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kFieldWidth = 280;

/// A labelled one-line field; the answer is whether Enter was pressed in it.
bool line(Ui& ui, const char* id, const char* label, std::string& value, const char* placeholder = nullptr) {
  FieldLook look;
  look.label = ui.text(label);
  look.width = ui.px(kFieldWidth);
  look.bytes_max = 600;
  if (placeholder != nullptr) look.placeholder = ui.text(placeholder);
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
  gap(ui, 14);
  const std::string key(id);
  const ButtonLook look{.kind = ButtonKind::kMain, .key = ImGuiKey_Enter, .enabled = can_take};
  const bool pressed = button(ui, key + ".save", ui.text("member.say_save"), look);
  ImGui::SameLine(0, ui.px(8));
  if (button(ui, key + ".cancel", ui.text("ui.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape}))
    form.open = false;
  const bool takes = can_take && form.open && (pressed || entered);
  if (takes) {
    form.open = false;
    form.sent = true;
    form.answered = view.answered;
  }
  if (!form.open) ImGui::CloseCurrentPopup();
  return takes;
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
  state.form.problem = view.problem;
}

app::HomeComing meaning(const std::string& what) {
  if (what == "home") return app::HomeComing::kHome;
  return what == "moved" ? app::HomeComing::kMoved : app::HomeComing::kReturned;
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

/// The fields of what is meant; true when Enter was pressed in one.
bool fields(Ui& ui, const view::WhereaboutsView& view, WhereaboutsState& state) {
  app::SayWhereabouts& said = state.said;
  const bool is_home = state.what == "home";
  bool entered = day(ui, "member.say.day", is_home ? "member.say.from" : "member.say.day", said.day);
  if (is_home) return day(ui, "member.say.until", "member.say.until", said.until) || entered;
  if (state.what == "moved") {
    entered = line(ui, "member.say.place", "member.say.place", said.place) || entered;
    entered = line(ui, "member.say.employer", "member.say.employer", said.employer) || entered;
    return line(ui, "member.say.division", "member.say.division", said.division,
                "member.say.division_hint") ||
           entered;
  }
  if (view.certificate.empty()) return entered;
  const FormRow row(ui, ui.text("member.say.certificate"));
  (void)check_box(ui, "member.say.certificate", ui.text("member.say.back", {{"no", view.certificate}}),
                  said.certificate_back);
  return entered;
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
    state = {{.open = true, .started = true}, "returned", {}};
    state.said.member = view.member;
    state.said.day = view.whereabouts.today;
  }
  const Dialog dialog(ui, "member.say_dialog", ui.text("member.say_title", {{"name", view.title}}),
                      state.form.open, 660);
  if (!dialog) return;
  paragraph(ui, view.whereabouts.away, {TextStyle::kSmall, ui.colour().quiet});
  gap(ui, 8);
  {
    const FormRow row(ui, ui.text("member.say.what"));
    if (is_first) Ui::focus_next();
    choose(ui, "member.say.what", meanings(ui), state.what);
  }
  const bool entered = fields(ui, view.whereabouts, state);
  paragraph(ui, ui.text("member.say." + state.what + "_note"), {TextStyle::kSmall, ui.colour().quiet});
  if (taken(ui, "member.say", !is_first && is_whole(state), entered, state.form, view.whereabouts)) {
    state.said.what = meaning(state.what);
    state.said.day = date_of(state.said.day);
    state.said.until = state.what == "home" ? date_of(state.said.until) : std::string();
    commands.push(state.said);
  }
  if (!state.form.open && !state.form.sent) state = {};
}

void draw_call(Ui& ui, const view::MemberFileView& view, CallState& state, app::CommandQueue& commands) {
  hear(state, view.whereabouts);
  if (!state.form.open) return;
  const bool is_first = !state.form.started;
  const bool was_chosen = !state.said.outcome.empty();
  if (is_first) {
    state = {{.open = true, .started = true}, {}};
    state.said.member = view.member;
    state.said.channel = "phone";
    state.said.day = view.whereabouts.today;
  }
  const Dialog dialog(ui, "member.call_dialog", ui.text("member.call_title", {{"name", view.title}}),
                      state.form.open, 760);
  if (!dialog) return;
  {
    const FormRow row(ui, ui.text("member.call.outcome"));
    if (is_first) Ui::focus_next();
    choose(ui, "member.call.outcome", view.whereabouts.outcomes, state.said.outcome);
  }
  {
    const FormRow row(ui, ui.text("member.call.channel"));
    choose(ui, "member.call.channel", view.whereabouts.channels, state.said.channel);
  }
  bool entered = day(ui, "member.call.day", "member.say.on", state.said.day);
  FieldLook look;
  look.label = ui.text("member.call.content");
  look.bytes_max = 3000;
  entered = text_field(ui, "member.call.content", state.said.content, look).entered || entered;
  const bool can_take = was_chosen && !state.said.outcome.empty() && !date_of(state.said.day).empty();
  if (taken(ui, "member.call", can_take, entered, state.form, view.whereabouts)) {
    state.said.day = date_of(state.said.day);
    commands.push(state.said);
  }
  if (!state.form.open && !state.form.sent) state = {};
}

}  // namespace lianxin::client::ui
