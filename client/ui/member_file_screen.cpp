#include "client/ui/member_file_screen.hpp"

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/form_flow.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/member_file_parts.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

/// Another member is taken over whole; a saved record (its revision rises) ends the edits, problems end the
/// waiting.
void follow(const view::MemberFileView& view, MemberFileState& state) {
  if (!state.followed || state.member != view.member) {
    const bool more = state.more;
    state = MemberFileState();
    state.more = more;
    state.followed = true;
    state.member = view.member;
    state.revision = view.revision;
    state.draft = view.draft;
    state.draft.member = view.member;
    state.focus_wanted = true;
    // What was being typed when the program ended stands there again.
    state.call.form.open = !view.whereabouts.call_saved.empty();
    state.whereabouts.form.open = !state.call.form.open && !view.whereabouts.said_saved.empty();
  }
  state.shown_token = view.shown_token;
  if (state.draft.draft.is_nil()) state.draft.draft = view.draft.draft;
  if (state.saving && !view.problems.empty()) state.saving = false;
  if (state.revision == view.revision) return;
  state.revision = view.revision;
  if (!state.saving) return;
  state.saving = false;
  state.draft = {};
  state.draft.member = view.member;
  state.stash.done();
}

void stash(MemberFileState& state, app::CommandQueue& commands) {
  if (!state.stash.waiting()) return;
  commands.push(app::StashDraft{state.draft, state.shown_token});
  state.stash.done();
}

bool is_new(const view::MemberFileView& view) { return view.member.is_nil(); }

void file_buttons(Ui& ui, const view::MemberFileView& view, MemberFileState& state,
                  app::CommandQueue& commands) {
  const std::string delivery = ui.text("member.delivery");
  if (button(ui, "member.delivery", delivery, {ButtonKind::kPlain, ImGuiMod_Ctrl | ImGuiKey_D}))
    commands.push(app::OpenDeliveryForm{view.member});
  whereabouts_buttons(ui, view, state.whereabouts, state.call);
  const bool is_whole = state.unmasked && view.revealed;
  const std::string mask = ui.text(is_whole ? "member.mask" : "member.unmask");
  beside(ui, button_width(ui, mask, ImGuiKey_F8));
  if (button(ui, "member.unmask", mask, {ButtonKind::kPlain, ImGuiKey_F8})) {
    state.unmasked = !is_whole;
    // Shown once the answer says that the audit has it.
    if (state.unmasked && !view.revealed) commands.push(app::RevealNumbers{view.member});
  }
  const std::string back = ui.text("ui.back");
  beside(ui, button_width(ui, back, ImGuiKey_Escape));
  if (button(ui, "member.back", back, {ButtonKind::kPlain, ImGuiKey_Escape})) {
    stash(state, commands);
    commands.push(app::CloseForm{view.member});
  }
}

void title(Ui& ui, const view::MemberFileView& view) {
  heading(ui, view.title, view.subtitle);
  if (!view.status.text.empty()) words(ui, view.status);
  if (view.read_only)
    words_paragraph(ui, {view.why_read_only, view::Tone::kAgeing, view::Mark::kDue}, TextStyle::kSmall);
  before_saving(ui, view.before_saving);
}

/// What was warned of stays beside the values it is about, after its toast is gone.
void warned(Ui& ui, const std::vector<std::string>& warnings) {
  if (warnings.empty()) return;
  gap(ui, 8);
  std::string all = ui.text("member.warned");
  for (const std::string& one : warnings)
    all += "\n" + one;
  banner(ui, {all, view::Tone::kAgeing, view::Mark::kDue});
}

/// Gives the edits up after a second gesture.
bool dropped(Ui& ui, const view::MemberFileView& view, MemberFileState& state, app::CommandQueue& commands) {
  const Answer answer = confirm(ui, "member.drop_confirm", state.drop_open, ui.text("member.drop_title"),
                                ui.text("visit.drop_consequence"), ui.text("visit.drop_yes"));
  if (answer != Answer::kYes) return false;
  if (!state.draft.draft.is_nil()) commands.push(app::DropDraft{state.draft.draft});
  state.draft = {};
  state.draft.member = view.member;
  state.stash.done();
  return true;
}

/// A new member is left as he is typed so far.
void later_button(Ui& ui, MemberFileState& state, app::CommandQueue& commands) {
  const std::string later = ui.text("visit.later");
  beside(ui, button_width(ui, later, ImGuiKey_Escape));
  if (!button(ui, "member.later", later, {ButtonKind::kPlain, ImGuiKey_Escape})) return;
  stash(state, commands);
  commands.push(app::CloseForm{state.draft.draft});
}

/// Which ones are changed, by their labels: their rows may be out of sight.
std::string edited_fields(const Ui& ui, const view::MemberFileView& view, view::MemberDraft& draft) {
  std::string names;
  for (const view::FieldSection& section : view.sections) {
    for (const view::FieldRow& row : section.rows) {
      if (edit_of(draft, row) == nullptr) continue;
      names += (names.empty() ? "" : ui.text("field.list_separator")) + row.label;
    }
  }
  return names;
}

/// How the new values are known, and saving; drawn only while something is changed.
bool save_bar(Ui& ui, const view::MemberFileView& view, MemberFileState& state, app::CommandQueue& commands) {
  bool changed = false;
  gap(ui, 12);
  rule(ui);
  gap(ui, 6);
  std::string note = ui.text("member.edits", {{"count", std::to_string(state.draft.edits.size())},
                                              {"fields", edited_fields(ui, view, state.draft)}});
  if (!view.draft_saved.empty())
    note += " " + ui.text("ui.dot") + " " + ui.text("visit.draft_saved", {{"time", view.draft_saved}});
  if (!state.draft.edits.empty()) paragraph(ui, note, {TextStyle::kSmall, ui.colour().quiet});
  {
    const FormRow row(ui, ui.text("member.cause"), problem_of(view.problems, "cause"));
    changed = choice_row(ui, "member.cause", view.causes, state.draft.cause);
  }
  problem_line(ui, problem_of(view.problems, ""));
  const std::string save = ui.text(state.saving ? "visit.saving" : "member.save");
  const ButtonLook look{
      .kind = ButtonKind::kMain, .key = ImGuiMod_Ctrl | ImGuiKey_Enter, .enabled = !state.saving};
  if (button(ui, "member.save", save, look)) {
    commands.push(app::SaveMember{state.draft, state.shown_token});
    state.saving = true;
  }
  if (is_new(view)) later_button(ui, state, commands);
  const std::string drop = ui.text(is_new(view) ? "visit.drop" : "member.drop");
  beside(ui, button_width(ui, drop));
  if (button(ui, "member.drop", drop)) state.drop_open = true;
  return changed;
}

bool take_editor(Ui& ui, MemberFileState& state) {
  if (!draw_field_editor(ui, "member.edit", state.editor)) return false;
  set_edit(state.draft, state.editor.row, state.editor.value);
  return true;
}

bool file_page(Ui& ui, const view::MemberFileView& view, MemberFileState& state,
               app::CommandQueue& commands) {
  const TwoColumns columns(ui, 420);
  bool changed = false;
  {
    const Card card(ui, "member.main", columns.main);
    title(ui, view);
    warned(ui, view.warnings);
    gap(ui, 8);
    file_buttons(ui, view, state, commands);
    if (!state.draft.edits.empty()) changed = save_bar(ui, view, state, commands) || changed;
    ui.hint(ImGuiKey_Space, ui.text("member.key_same"));
    ui.hint(ImGuiKey_Enter, ui.text("member.key_edit"));
    changed = member_sections(ui, view, state, commands) || changed;
  }
  columns.next(ui);
  {
    const GroupScope group;
    member_facts(ui, view, columns.side, commands);
    gap(ui, 16);
    photo_card(ui, view.photos, view.member, !view.read_only, columns.side, state.photos, commands);
  }
  draw_whereabouts(ui, view, state.whereabouts, commands);
  draw_call(ui, view, state.call, commands);
  return take_editor(ui, state) || changed;
}

bool new_page(Ui& ui, const view::MemberFileView& view, MemberFileState& state, app::CommandQueue& commands) {
  const Card card(ui, "member.main");
  heading(ui, ui.text("member.new"), ui.text("visit.keys"));
  gap(ui, 4);
  const float below = problem_of(view.problems, "").empty() ? 100 : 148;
  bool changed = form_in_room(ui, "member.form", below, [&] { return member_form(ui, view, state); });
  return save_bar(ui, view, state, commands) || changed;
}

}  // namespace

void draw_member_file(Ui& ui, const view::MemberFileView& view, MemberFileState& state,
                      app::CommandQueue& commands) {
  if (view.state.readiness != view::Readiness::kReady) {
    const Card card(ui, "member.main");
    (void)list_ready(ui, view.state, true, {});
    return;
  }
  follow(view, state);
  const bool changed =
      is_new(view) ? new_page(ui, view, state, commands) : file_page(ui, view, state, commands);
  if (changed) state.stash.touch();
  if (dropped(ui, view, state, commands)) {
    if (is_new(view)) commands.push(app::CloseForm{Id()});
    return;
  }
  if (!state.saving && state.stash.due(ui)) stash(state, commands);
}

void take_open_editor(MemberFileState& state) {
  if (!has_typed(state.editor)) return;
  set_edit(state.draft, state.editor.row, state.editor.value);
  state.editor = {};
  state.stash.touch();
}

void leave_member_file(MemberFileState& state, app::CommandQueue& commands) {
  stash_short_forms(state.whereabouts, state.call, commands);
  if (!state.saving) stash(state, commands);
}

}  // namespace lianxin::client::ui
