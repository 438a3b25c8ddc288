#include "client/ui/visit_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/form_flow.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/visit_parts.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr const char* kCarePurpose = "care";
constexpr const char* kSignature = "signature";

std::string first_problem(const view::Problems& problems, std::initializer_list<const char*> fields) {
  for (const char* field : fields) {
    std::string sentence = problem_of(problems, field);
    if (!sentence.empty()) return sentence;
  }
  return {};
}

std::string proposed_festival(const view::VisitFormView& view, const std::string& day) {
  const auto on = Date::parse(day);
  const auto window = on.ok() ? domain::nearest_window(view.festival_windows, *on) : std::nullopt;
  return window ? window->festival : std::string();
}

/// Another day has its own festival, unless the person has chosen one.
void propose_festival(const view::VisitFormView& view, const std::string& before, view::VisitDraft& draft) {
  if (draft.occurred_on == before || draft.festival != proposed_festival(view, before)) return;
  draft.festival = proposed_festival(view, draft.occurred_on);
}

bool when_row(Ui& ui, const view::VisitFormView& view, view::VisitDraft& draft) {
  const FormRow row(ui, ui.text("visit.when"),
                    first_problem(view.problems, {"occurred_on", "began", "ended"}));
  FieldLook day;
  day.width = ui.px(150);
  day.wrong = !problem_of(view.problems, "occurred_on").empty();
  const std::string before = draft.occurred_on;
  bool changed = date_field(ui, "visit.occurred_on", draft.occurred_on, day).changed;
  propose_festival(view, before, draft);
  const bool is_call = view::is_call(draft);
  if (asks(view, is_call ? "at_time" : "began")) {
    ImGui::SameLine(0, ui.px(12));
    FieldLook from;
    from.wrong = !problem_of(view.problems, "began").empty();
    changed = time_field(ui, "visit.began", draft.began, from).changed || changed;
  }
  if (is_call || !asks(view, "ended")) return changed;
  constexpr float kTimeWidth = 90;
  beside(ui, text_size(ui, ui.text("visit.until")).x + ui.px(6 + kTimeWidth));
  text(ui, ui.text("visit.until"), {TextStyle::kNormal, ui.colour().quiet});
  ImGui::SameLine(0, ui.px(6));
  FieldLook to;
  to.wrong = !problem_of(view.problems, "ended").empty();
  return time_field(ui, "visit.ended", draft.ended, to).changed || changed;
}

/// At the door, or by telephone: what is asked follows from it.
bool mode_row(Ui& ui, const view::VisitFormView& view, VisitState& state) {
  view::VisitDraft& draft = state.draft;
  const FormRow row(ui, ui.text("visit.mode"), problem_of(view.problems, "mode"));
  Ui::focus_next(state.focus_wanted);
  const bool was_call = view::is_call(draft);
  if (!choice_row(ui, "visit.mode", view.modes, draft.mode)) return false;
  if (was_call != view::is_call(draft)) draft.outcome.clear();  // the codes are others
  return true;
}

/// Of a call: what came of it, and what it was about.
bool call_rows(Ui& ui, const view::VisitFormView& view, view::VisitDraft& draft) {
  bool changed = false;
  {
    const FormRow row(ui, ui.text("visit.outcome"), problem_of(view.problems, "outcome"));
    changed = choice_row(ui, "visit.outcome", view.call_outcomes, draft.outcome);
  }
  const FormRow row(ui, ui.text("visit.topics"), problem_of(view.problems, "topics"));
  return choice_set(ui, "visit.topic", view.topics, draft.topics) || changed;
}

bool choice_rows(Ui& ui, const view::VisitFormView& view, view::VisitDraft& draft) {
  bool changed = false;
  {
    const FormRow row(ui, ui.text("visit.purposes"), problem_of(view.problems, "purposes"));
    changed = choice_set(ui, "visit.purpose", view.purposes, draft.purposes) || changed;
  }
  bool met = false;
  {
    const FormRow row(ui, ui.text("visit.met"), problem_of(view.problems, "met_persons"));
    met = choice_set(ui, "visit.met", view.met_persons, draft.met_persons);
  }
  // Whoever was met says the result; it is asked when nobody was, or when it cannot be told.
  if (met) draft.outcome.clear();
  changed = changed || met;
  const std::string problem = problem_of(view.problems, "outcome");
  if (!draft.met_persons.empty() && draft.outcome.empty() && problem.empty()) return changed;
  const FormRow row(ui, ui.text("visit.outcome"), problem);
  return choice_row(ui, "visit.outcome", view.outcomes, draft.outcome, true) || changed;
}

/// What was given: of its three parts those that are asked.
bool gift_row(Ui& ui, const view::VisitFormView& view, view::VisitDraft& draft) {
  const bool kind = asks(view, "gift_kind");
  const bool quantity = asks(view, "gift_qty");
  const bool yuan = asks(view, "gift_amount_fen");
  if (!kind && !quantity && !yuan) return false;
  const FormRow row(ui, ui.text("visit.gift"),
                    first_problem(view.problems, {"gift_kind", "gift_quantity", "gift_yuan"}));
  bool changed = kind && choice_row(ui, "visit.gift_kind", view.gift_kinds, draft.gift_kind, true);
  if (kind && (quantity || yuan)) beside(ui, ui.px(280));
  FieldLook look;
  look.width = ui.px(110);
  look.placeholder = ui.text("visit.gift_quantity");
  if (quantity) changed = text_field(ui, "visit.gift_quantity", draft.gift_quantity, look).changed || changed;
  if (quantity && yuan) ImGui::SameLine(0, ui.px(8));
  look.placeholder = ui.text("visit.gift_yuan");
  return (yuan && text_field(ui, "visit.gift_yuan", draft.gift_yuan, look).changed) || changed;
}

/// Asked only of a care visit: which festival, what was given.
bool care_rows(Ui& ui, const view::VisitFormView& view, view::VisitDraft& draft) {
  const auto care = std::find(draft.purposes.begin(), draft.purposes.end(), kCarePurpose);
  if (care == draft.purposes.end()) return false;
  bool changed = false;
  {
    const FormRow row(ui, ui.text("visit.festival"), problem_of(view.problems, "festival"));
    changed = choice_row(ui, "visit.festival", view.festivals, draft.festival, true);
  }
  return gift_row(ui, view, draft) || changed;
}

bool signature_row(Ui& ui, const view::VisitFormView& view, VisitState& state) {
  view::VisitDraft& draft = state.draft;
  const bool chooses = !view.ack_kinds.empty() && asks(view, "ack_kind");
  if (!chooses && !asks(view, "ack_strokes")) return false;
  const FormRow row(ui, ui.text("visit.ack"), first_problem(view.problems, {"ack_kind", "ack_strokes"}));
  bool changed = false;
  const bool signs =
      asks(view, "ack_strokes") && (draft.ack_kind == kSignature || !chooses || !draft.ack_strokes.empty());
  {
    const GroupScope group;
    if (chooses) changed = choice_row(ui, "visit.ack_kind", view.ack_kinds, draft.ack_kind, true);
    if (!draft.ack_strokes.empty())
      changed = signature_buttons(ui, "visit.signature", draft.ack_strokes, state.signature) || changed;
  }
  if (!signs) return changed;
  beside(ui, ui.px(220));
  const ImVec2 size{std::min(ImGui::GetContentRegionAvail().x, ui.px(340)),
                    2 * ui.control_height() + ui.px(8)};
  return signature_pad(ui, "visit.signature", draft.ack_strokes, state.signature, size) || changed;
}

bool form(Ui& ui, const view::VisitFormView& view, VisitState& state) {
  view::VisitDraft& draft = state.draft;
  bool changed = when_row(ui, view, draft);
  changed = mode_row(ui, view, state) || changed;
  const bool is_call = view::is_call(draft);
  if (is_call) {
    changed = call_rows(ui, view, draft) || changed;
  } else {
    changed = choice_rows(ui, view, draft) || changed;
    changed = care_rows(ui, view, draft) || changed;
  }
  changed = long_text_field(ui, "visit.content", draft.content, 3,
                            {.label = ui.text("visit.content"),
                             .placeholder = ui.text("visit.content_hint"),
                             .problem = problem_of(view.problems, "content"),
                             .bytes_max = 8000})
                .changed ||
            changed;
  {
    const FormRow row(ui, ui.text("visit.questions"), problem_of(view.problems, "cases"));
    changed = visit_questions(ui, view, state) || changed;
  }
  changed =
      own_rows(ui, "visit", is_call ? view.own_of_call : view.own, draft.edits, state.own, view.problems) ||
      changed;
  if (is_call) return changed;
  if (asks(view, "next_on")) {
    FieldLook next;
    next.label = ui.text("visit.next");
    next.problem = problem_of(view.problems, "next_on");
    next.note = view.next_hint;
    changed = date_field(ui, "visit.next_on", draft.next_on, next).changed || changed;
  }
  return signature_row(ui, view, state) || changed;
}

/// False when the form was left.
bool buttons(Ui& ui, const view::VisitFormView& view, VisitState& state, app::CommandQueue& commands) {
  problem_line(ui, problem_of(view.problems, ""));
  constexpr ImGuiKeyChord kSave = ImGuiMod_Ctrl | ImGuiKey_Enter;
  const bool is_call = view::is_call(state.draft);
  const std::string save = ui.text(state.saving ? "visit.saving"
                                   : is_call    ? "visit.save_call"
                                                : "visit.save");
  if (button(ui, "visit.save", save, {.kind = ButtonKind::kMain, .key = kSave, .enabled = !state.saving})) {
    commands.push(app::SaveVisit{state.draft, state.shown_token});
    state.saving = true;
  }
  const std::string later = ui.text("visit.later");
  beside(ui, button_width(ui, later, ImGuiKey_Escape));
  if (button(ui, "visit.later", later, {ButtonKind::kPlain, ImGuiKey_Escape})) {
    stash_form(state, commands);
    commands.push(app::CloseForm{state.form});
    return false;
  }
  const std::string drop = ui.text("visit.drop");
  beside(ui, button_width(ui, drop));
  if (button(ui, "visit.drop", drop)) state.drop_open = true;
  const Answer answer = confirm(ui, "visit.drop_confirm", state.drop_open, ui.text("visit.drop_title"),
                                ui.text("visit.drop_consequence"), ui.text("visit.drop_yes"));
  if (answer != Answer::kYes) return true;
  commands.push(app::DropDraft{state.form});
  commands.push(app::CloseForm{state.form});
  return false;
}

}  // namespace

void draw_visit(Ui& ui, const view::VisitFormView& view, VisitState& state, app::CommandQueue& commands) {
  if (view.state.readiness != view::Readiness::kReady || view.form.is_nil()) {
    const Card card(ui, "visit.main");
    (void)list_ready(ui, view.state, true, ui.text("visit.none"));
    return;
  }
  follow_form(view, state);
  const TwoColumns columns(ui, 372);
  bool changed = false;
  bool open = false;
  {
    const Card card(ui, "visit.main", columns.main);
    form_title(ui, view, view::is_call(state.draft) ? "visit.call" : "visit");
    gap(ui, 8);
    const float below = problem_of(view.problems, "").empty() ? 24 : 72;
    changed = form_in_room(ui, "visit.form", below, [&] { return form(ui, view, state); });
    gap(ui, 10);
    open = buttons(ui, view, state, commands);
  }
  columns.next(ui);
  changed = visit_beside(ui, view, state, columns.side) || changed;
  changed = visit_question_editor(ui, view, state) || changed;
  if (!open) {
    state.stash.done();
    return;
  }
  if (changed) state.stash.touch();
  // What is on its way to be saved is not put aside behind it: the draft would come back to life.
  if (!state.saving && state.stash.due(ui)) stash_form(state, commands);
}

void leave_visit(VisitState& state, app::CommandQueue& commands) {
  if (!state.saving) stash_form(state, commands);
}

}  // namespace lianxin::client::ui
