#include "client/ui/delivery_screen.hpp"

#include <algorithm>
#include <utility>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/form_flow.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/material_lines.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr const char* kCourier = "courier";
constexpr const char* kSelf = "self";

/// A labelled one-line field of the form.
bool line(Ui& ui, const view::DeliveryFormView& view, const char* field, std::string& value, float width) {
  const std::string key(field);
  FieldLook look;
  look.label = ui.text("delivery." + key);
  look.problem = problem_of(view.problems, key);
  look.width = ui.px(width);
  look.bytes_max = 600;
  return text_field(ui, "delivery." + key, value, look).changed;
}

bool day(Ui& ui, const view::DeliveryFormView& view, const char* field, std::string& value) {
  const std::string key(field);
  FieldLook look;
  look.label = ui.text("delivery." + key);
  look.problem = problem_of(view.problems, key);
  return date_field(ui, "delivery." + key, value, look).changed;
}

/// Two one-line fields side by side, the second with its label before it.
bool pair(Ui& ui, const view::DeliveryFormView& view, const char* first, std::string& one, const char* second,
          std::string& two) {
  std::string problem = problem_of(view.problems, first);
  if (problem.empty()) problem = problem_of(view.problems, second);
  const FormRow row(ui, ui.text("delivery." + std::string(first)), problem);
  FieldLook look;
  look.width = ui.px(220);
  look.bytes_max = 600;
  look.wrong = !problem_of(view.problems, first).empty();
  bool changed = text_field(ui, "delivery." + std::string(first), one, look).changed;
  const std::string label = ui.text("delivery." + std::string(second));
  const float label_width = text_size(ui, label).x;
  beside(ui, label_width + ui.px(12) + look.width);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + ui.px(8));
  ImGui::AlignTextToFramePadding();
  text(ui, label);
  ImGui::SameLine(0, ui.px(12));
  look.wrong = !problem_of(view.problems, second).empty();
  changed = text_field(ui, "delivery." + std::string(second), two, look).changed || changed;
  return changed;
}

constexpr const char* kReceivedOn = "received_on";
constexpr const char* kReceivedBy = "received_by";

bool is_filled_in(const view::DeliveryDraft& draft, const char* field) {
  return std::find(draft.filled_in.begin(), draft.filled_in.end(), field) != draft.filled_in.end();
}

void forget_filled_in(view::DeliveryDraft& draft, const char* field) { std::erase(draft.filled_in, field); }

void fill_in(view::DeliveryDraft& draft, const char* field, std::string& value, const std::string& with) {
  if (!value.empty()) return;
  value = with;
  draft.filled_in.emplace_back(field);
}

void take_back(view::DeliveryDraft& draft, const char* field, std::string& value) {
  if (is_filled_in(draft, field)) value.clear();
  forget_filled_in(draft, field);
}

/// What was handed over was received that day, and by whom is known of the member: neither is typed twice.
void taken_by_hand(const view::DeliveryFormView& view, view::DeliveryDraft& draft) {
  const bool is_self = draft.relation == kSelf;
  fill_in(draft, kReceivedOn, draft.received_on, draft.occurred_on);
  if (is_self && asks(view, kReceivedBy)) fill_in(draft, kReceivedBy, draft.received_by, view.title);
  if (!is_self) take_back(draft, kReceivedBy, draft.received_by);
}

/// What is only on its way has been received by nobody: what the form itself said of that is taken back, and
/// whose hands it went into waits for another way than a courier. A day or a name somebody typed stays.
void only_sent(view::DeliveryDraft& draft, std::string& waiting_relation) {
  if (is_filled_in(draft, kReceivedOn)) waiting_relation = std::exchange(draft.relation, "");
  take_back(draft, kReceivedOn, draft.received_on);
  take_back(draft, kReceivedBy, draft.received_by);
}

void way_chosen(const view::DeliveryFormView& view, DeliveryState& state) {
  view::DeliveryDraft& draft = state.draft;
  if (draft.mode == kCourier) return only_sent(draft, state.waiting_relation);
  if (draft.relation.empty() && !state.waiting_relation.empty()) {
    draft.relation = std::exchange(state.waiting_relation, "");
    taken_by_hand(view, draft);
  }
}

bool what_and_how(Ui& ui, const view::DeliveryFormView& view, DeliveryState& state) {
  view::DeliveryDraft& draft = state.draft;
  bool changed = false;
  {
    const FormRow row(ui, ui.text("delivery.mode"), problem_of(view.problems, "mode"));
    Ui::focus_next(state.focus_wanted);
    changed = choice_row(ui, "delivery.mode", view.modes, draft.mode);
    if (changed) way_chosen(view, state);
  }
  changed = day(ui, view, "occurred_on", draft.occurred_on) || changed;
  if (is_filled_in(draft, kReceivedOn)) draft.received_on = draft.occurred_on;
  const FormRow row(ui, ui.text("delivery.lines"), problem_of(view.problems, "lines"));
  return material_lines(ui, "delivery.material", view.bag, draft.lines) || changed;
}

bool courier_rows(Ui& ui, const view::DeliveryFormView& view, view::DeliveryDraft& draft) {
  if (draft.mode != kCourier) return false;
  bool changed = pair(ui, view, "to_name", draft.to_name, "to_phone", draft.to_phone);
  changed = line(ui, view, "to_address", draft.to_address, 0) || changed;
  return pair(ui, view, "carrier", draft.carrier, "tracking_no", draft.tracking_no) || changed;
}

bool receipt_rows(Ui& ui, const view::DeliveryFormView& view, DeliveryState& state) {
  view::DeliveryDraft& draft = state.draft;
  gap(ui, 6);
  rule(ui);
  gap(ui, 6);
  bool changed = false;
  {
    const FormRow row(ui, ui.text("delivery.relation"), problem_of(view.problems, "relation"));
    if (choice_row(ui, "delivery.relation", view.relations, draft.relation, true)) {
      changed = true;
      state.waiting_relation.clear();
      if (draft.relation.empty()) only_sent(draft, state.waiting_relation);
      if (!draft.relation.empty() && draft.mode != kCourier) taken_by_hand(view, draft);
    }
  }
  if (asks(view, kReceivedBy) && line(ui, view, kReceivedBy, draft.received_by, 220)) {
    changed = true;
    forget_filled_in(draft, kReceivedBy);
  }
  if (day(ui, view, kReceivedOn, draft.received_on)) {
    changed = true;
    forget_filled_in(draft, kReceivedOn);
  }
  if (asks(view, "receipt_kind")) {
    const FormRow row(ui, ui.text("delivery.receipt_kind"), problem_of(view.problems, "receipt_kind"));
    changed =
        choice_row(ui, "delivery.receipt_kind", view.receipt_kinds, draft.receipt_kind, true) || changed;
  }
  if (!asks(view, "receipt_strokes")) return changed;
  const FormRow row(ui, ui.text("delivery.signature"), problem_of(view.problems, "receipt_strokes"));
  std::string& strokes = draft.receipt_strokes;
  const ImVec2 size{std::min(ImGui::GetContentRegionAvail().x, ui.px(380)),
                    2 * ui.control_height() + ui.px(8)};
  changed = signature_pad(ui, "delivery.signature", strokes, state.signature, size) || changed;
  beside(ui, ui.px(160));
  const GroupScope group;
  return signature_buttons(ui, "delivery.signature", strokes, state.signature) || changed;
}

/// False when the form was left.
bool buttons(Ui& ui, const view::DeliveryFormView& view, DeliveryState& state, app::CommandQueue& commands) {
  problem_line(ui, problem_of(view.problems, ""));
  constexpr ImGuiKeyChord kSave = ImGuiMod_Ctrl | ImGuiKey_Enter;
  const std::string save = ui.text(state.saving ? "visit.saving" : "delivery.save");
  if (button(ui, "delivery.save", save,
             {.kind = ButtonKind::kMain, .key = kSave, .enabled = !state.saving})) {
    commands.push(app::SaveDelivery{state.draft, state.shown_token});
    state.saving = true;
  }
  const std::string later = ui.text("visit.later");
  beside(ui, button_width(ui, later, ImGuiKey_Escape));
  if (button(ui, "delivery.later", later, {ButtonKind::kPlain, ImGuiKey_Escape})) {
    stash_form(state, commands);
    commands.push(app::CloseForm{state.form});
    return false;
  }
  const std::string drop = ui.text("visit.drop");
  beside(ui, button_width(ui, drop));
  if (button(ui, "delivery.drop", drop)) state.drop_open = true;
  const Answer answer = confirm(ui, "delivery.drop_confirm", state.drop_open, ui.text("visit.drop_title"),
                                ui.text("visit.drop_consequence"), ui.text("visit.drop_yes"));
  if (answer != Answer::kYes) return true;
  commands.push(app::DropDraft{state.form});
  commands.push(app::CloseForm{state.form});
  return false;
}

void last_card(Ui& ui, const view::DeliveryFormView& view, float width) {
  const Card card(ui, "delivery.last", width);
  heading(ui, ui.text("delivery.last"));
  if (view.last_deliveries.empty())
    paragraph(ui, ui.text("delivery.last_none"), {TextStyle::kSmall, ui.colour().quiet});
  for (const view::Words& one : view.last_deliveries)
    words_paragraph(ui, one, TextStyle::kSmall);
}

}  // namespace

void draw_delivery(Ui& ui, const view::DeliveryFormView& view, DeliveryState& state,
                   app::CommandQueue& commands) {
  if (view.state.readiness != view::Readiness::kReady || view.form.is_nil()) {
    const Card card(ui, "delivery.main");
    (void)list_ready(ui, view.state, true, ui.text("delivery.none"));
    return;
  }
  follow_form(view, state);
  const TwoColumns columns(ui, 300);
  bool changed = false;
  bool open = false;
  {
    const Card card(ui, "delivery.main", columns.main);
    form_title(ui, view, "delivery");
    gap(ui, 8);
    const float below = problem_of(view.problems, "").empty() ? 24 : 72;
    changed = form_in_room(ui, "delivery.form", below, [&] {
      bool rows = what_and_how(ui, view, state);
      rows = courier_rows(ui, view, state.draft) || rows;
      rows = own_rows(ui, "delivery", view.own, state.draft.edits, state.own, view.problems) || rows;
      return receipt_rows(ui, view, state) || rows;
    });
    gap(ui, 10);
    open = buttons(ui, view, state, commands);
  }
  columns.next(ui);
  last_card(ui, view, columns.side);
  if (!open) {
    state.stash.done();
    return;
  }
  if (changed) state.stash.touch();
  // What is on its way to be saved is not put aside behind it: the draft would come back to life.
  if (!state.saving && state.stash.due(ui)) stash_form(state, commands);
}

void leave_delivery(DeliveryState& state, app::CommandQueue& commands) {
  if (!state.saving) stash_form(state, commands);
}

}  // namespace lianxin::client::ui
