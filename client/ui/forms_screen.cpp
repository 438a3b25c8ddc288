#include "client/ui/forms_screen.hpp"

#include <algorithm>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/question.hpp"
#include "client/ui/table.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {
namespace {

constexpr float kSideWidth = 504;
constexpr float kFormListLeast = 200;
constexpr float kFormTableLeast = 144;
constexpr ImGuiKeyChord kHandIn = ImGuiMod_Ctrl | ImGuiKey_Enter;

void form_table(Ui& ui, const view::FormsView& view, FormsState& state, const AboveFoot& above) {
  Table table(ui, {{ui.text("forms.column.number"), 1, 60},
                   {ui.text("forms.column.name"), 1},
                   {ui.text("forms.column.period"), 1, 136}});
  const ScrollArea area(
      ui, "forms.rows",
      above.room(kFormTableLeast, static_cast<float>(view.forms.size()) * ui.row_height() + ui.px(4)));
  table.rows(view.forms.size(), [&](std::size_t i) {
    const view::FormRowView& row = view.forms[i];
    if (table.begin_row("forms.row:" + row.form, row.name, state.form == row.form)) state.form = row.form;
    table.cell({row.number, view::Tone::kQuiet});
    table.cell(row.name);
    table.cell({row.period, view::Tone::kQuiet}, TextStyle::kSmall);
  });
}

std::string words_of(const view::FormRowView& form, const FormsState& state) {
  return form.is_text ? state.edited : std::string();
}

std::string name_in(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

/// The report in words may take those of a document that somebody worked over; its numbers are those of now.
void edited_report(Ui& ui, const view::FormsView& view, FormsState& state, app::CommandQueue& commands) {
  const std::string read = ui.text("forms.read");
  if (ui.is_low())
    beside(ui, button_width(ui, read));
  else
    gap(ui, 8);
  if (button(ui, "forms.read", read)) state.chooser = {true, "", false};
  if (!state.edited.empty()) {
    const std::string own = ui.text("forms.read_own");
    beside(ui, button_width(ui, own));
    if (button(ui, "forms.read_own", own)) state.edited.clear();
  }
  const std::string note = state.edited.empty()
                               ? ui.text("forms.read_note")
                               : ui.text("forms.read_from", {{"file", name_in(state.edited)}});
  paragraph(ui, note, {TextStyle::kSmall, ui.colour().quiet});
  std::string picked = file_dialog(ui, "forms.chooser", ui.text("forms.read_title"), view.folder,
                                   ChooserPicks::kFile, state.chooser, commands);
  if (!picked.empty()) state.edited = std::move(picked);
}

/// Quiet words in the row of buttons, at their height.
void note_beside_buttons(Ui& ui, const std::string& note) {
  beside(ui, text_size(ui, note, TextStyle::kSmall).x);
  ImGui::AlignTextToFramePadding();
  text(ui, note, {TextStyle::kSmall, ui.colour().quiet});
}

/// A paper is printed and filled in by hand.
void paper_button(Ui& ui, const std::string& paper, app::CommandQueue& commands) {
  if (button(ui, "forms.pdf", ui.text("forms.save_pdf"))) commands.push(app::SavePaper{paper});
  note_beside_buttons(ui, ui.text("forms.paper_note"));
}

void save_buttons(Ui& ui, const view::FormsView& view, FormsState& state, app::CommandQueue& commands) {
  const auto chosen = std::find_if(view.forms.begin(), view.forms.end(),
                                   [&](const view::FormRowView& row) { return row.form == state.form; });
  const bool is_chosen = chosen != view.forms.end();
  if (is_chosen && chosen->is_paper) return paper_button(ui, chosen->form, commands);
  const std::string tip = is_chosen ? std::string() : ui.text("forms.choose");
  const char* kind = is_chosen && chosen->is_text ? ".docx" : ".xlsx";
  const auto one = [&](const char* id, const std::string& label, const char* file_kind) {
    if (button(ui, id, label, {.enabled = is_chosen, .tip = tip}))
      commands.push(app::SaveForm{state.form, file_kind, false, {}, false, words_of(*chosen, state)});
  };
  const std::string table = ui.text(is_chosen && chosen->is_text ? "forms.save_text" : "forms.save_table");
  one("forms.save", table, kind);
  const std::string pdf = ui.text("forms.save_pdf");
  beside(ui, button_width(ui, pdf));
  one("forms.pdf", pdf, ".pdf");
  const std::string hand_in = ui.text("forms.hand_in");
  beside(ui, button_width(ui, hand_in, kHandIn));
  if (button(ui, "forms.hand_in", hand_in,
             {.kind = ButtonKind::kMain, .key = kHandIn, .enabled = is_chosen, .tip = tip})) {
    state.hand_in_open = true;
    state.reason.clear();
    state.close_month = false;
    state.hand_in_kind = ".pdf";
    state.checked = view.warned.checked;
    commands.push(app::CheckForm{state.form, words_of(*chosen, state)});
  }
  if (!is_chosen) note_beside_buttons(ui, tip);
}

void warning_lines(Ui& ui, const view::WarnedFormView& warned) {
  for (const std::string& warning : warned.warnings)
    words_paragraph(ui, {warning, view::Tone::kNeedsYou, view::Mark::kNeedsYou}, TextStyle::kSmall);
}

/// One below the other; many scroll.
void warnings(Ui& ui, const view::WarnedFormView& warned) {
  constexpr float kHighest = 180;
  ImGuiStorage* const kept = ImGui::GetStateStorage();
  const ImGuiID key = ImGui::GetID("forms.warnings_height");
  const ScrollArea area(ui, "forms.warnings",
                        std::min(kept->GetFloat(key, ui.px(kHighest)), ui.px(kHighest)));
  {
    const GroupScope group;
    warning_lines(ui, warned);
  }
  kept->SetFloat(key, ImGui::GetItemRectSize().y + ui.px(6));
}

/// All that the form made last is warned of.
void warned_card(Ui& ui, const view::WarnedFormView& warned, float width) {
  if (warned.warnings.empty()) return;
  {
    const Card card(ui, "forms.warned", width);
    heading(ui, ui.text("forms.warned", {{"count", std::to_string(warned.warnings.size())}}), warned.name);
    warnings(ui, warned);
  }
  gap(ui, 16);
}

/// What should be looked at before it is handed in; false while that is not known yet, or it cannot be made.
bool checked_before(Ui& ui, const view::FormsView& view, const FormsState& state) {
  const bool is_known = view.warned.checked != state.checked && view.warned.form == state.form;
  const std::vector<std::string>& warned = view.warned.warnings;
  view::QuestionView question = view.question;
  // What the form is warned of as well is not said twice.
  std::erase_if(question.checks, [&](const std::string& check) {
    return is_known && std::find(warned.begin(), warned.end(), check) != warned.end();
  });
  draw_checks(ui, question);
  if (!is_known) {
    paragraph(ui, ui.text("forms.checking"), {TextStyle::kSmall, ui.colour().quiet});
    return false;
  }
  problem_line(ui, view.warned.problem);
  if (!warned.empty()) {
    gap(ui, 8);
    text(ui, ui.text("forms.warned", {{"count", std::to_string(warned.size())}}), {TextStyle::kStrong});
    warning_lines(ui, view.warned);
  }
  return view.warned.problem.empty();
}

/// What is handed in, and how. False while it may not be handed in yet.
bool hand_in_rows(Ui& ui, const view::FormsView& view, const view::FormRowView& form, FormsState& state) {
  paragraph(ui, form.name);
  const std::string& period = form.period.empty() ? view.question.period_text : form.period;
  paragraph(ui, view.question.unit_name + " " + ui.text("ui.dot") + " " + period,
            {TextStyle::kNormal, ui.colour().quiet});
  paragraph(ui, ui.text("forms.hand_in_consequence"), {TextStyle::kSmall, ui.colour().quiet});
  const bool is_checked = checked_before(ui, view, state);
  gap(ui, 8);
  text_field(
      ui, "forms.reason", state.reason,
      {.label = ui.text("forms.reason"), .placeholder = ui.text("forms.reason_note"), .bytes_max = 900});
  {
    // The file is kept to the byte, whichever it is (K7).
    const FormRow row(ui, ui.text("forms.hand_in_as"));
    const view::Choice table = form.is_text ? view::Choice{".docx", ui.text("forms.save_text")}
                                            : view::Choice{".xlsx", ui.text("forms.save_table")};
    (void)choice_row(ui, "forms.kind", {{".pdf", ui.text("forms.save_pdf")}, table}, state.hand_in_kind);
  }
  if (state.form == "f7") (void)check_box(ui, "forms.close", ui.text("forms.close"), state.close_month);
  return is_checked;
}

void hand_in_dialog(Ui& ui, const view::FormsView& view, FormsState& state, app::CommandQueue& commands) {
  if (!state.hand_in_open) return;
  const Dialog dialog(ui, "forms.dialog", ui.text("forms.hand_in_title"), state.hand_in_open);
  if (!dialog || !state.hand_in_open) return;
  const auto chosen = std::find_if(view.forms.begin(), view.forms.end(),
                                   [&](const view::FormRowView& row) { return row.form == state.form; });
  if (chosen == view.forms.end()) return;
  bool is_checked = false;
  rows_in_dialog(ui, "forms.hand_in_rows", 16 + 12, 280,
                 [&] { is_checked = hand_in_rows(ui, view, *chosen, state); });
  gap(ui, 12);
  bool done = false;
  const bool is_warned = is_checked && !view.warned.warnings.empty();
  if (button(ui, "forms.confirm", ui.text(is_warned ? "forms.hand_in_warned" : "forms.hand_in_yes"),
             {.kind = ButtonKind::kMain, .key = kHandIn, .enabled = is_checked})) {
    commands.push(app::SaveForm{state.form, state.hand_in_kind, true, state.reason, state.close_month,
                                words_of(*chosen, state)});
    done = true;
  }
  ImGui::SameLine(0, ui.px(8));
  if (button(ui, "forms.no", ui.text("ui.cancel"), {ButtonKind::kPlain, ImGuiKey_Escape})) done = true;
  if (!done) return;
  state.hand_in_open = false;
  ImGui::CloseCurrentPopup();
}

void handed_in_table(Ui& ui, const view::FormsView& view, FormsState& state, float height) {
  Table table(ui, {{ui.text("forms.column.handed_in"), 1}, {ui.text("forms.column.when"), 1, 84}});
  table.two_lines();  // forms have long names
  const ScrollArea area(ui, "forms.handed_in", height);
  table.rows(view.handed_in.size(), [&](std::size_t i) {
    const view::HandedInView& row = view.handed_in[i];
    const std::string id = "forms.snapshot:" + row.snapshot.text();
    if (table.begin_row(id, row.name, state.snapshot == row.snapshot)) state.snapshot = row.snapshot;
    table.cell(row.name);
    table.cell({row.when, view::Tone::kQuiet}, TextStyle::kSmall);
    const std::string dot = " " + ui.text("ui.dot") + " ";
    table.under(row.unit + dot + row.period + dot + row.number);
  });
}

void comparison(Ui& ui, const view::ComparisonView& view) {
  gap(ui, 8);
  heading(ui, ui.text("forms.comparison"));
  if (view.rows.empty()) {
    paragraph(ui, ui.text("compare.equal"), {TextStyle::kNormal, ui.colour().settled});
    return;
  }
  const ScrollArea area(ui, "forms.comparison", std::max(ui.px(kFormListLeast), room_below(ui) - ui.px(8)));
  for (const view::ComparisonRowView& row : view.rows) {
    paragraph(ui, std::to_string(row.row) + "  " + row.phrase + "  " + row.numbers);
    paragraph(ui, row.reasons, {TextStyle::kSmall, ui.colour().quiet});
    gap(ui, 6);
  }
}

void handed_in_card(Ui& ui, const view::FormsView& view, FormsState& state, float width,
                    app::CommandQueue& commands) {
  const Card card(ui, "forms.side", width);
  heading(ui, ui.text("forms.handed_in"), ui.text("forms.handed_in_note"));
  if (view.handed_in.empty()) {
    paragraph(ui, ui.text("forms.none_handed_in"), {TextStyle::kNormal, ui.colour().quiet});
    return;
  }
  const bool compared = !view.comparison.snapshot.is_nil();
  const float rest = room_below(ui) - ui.control_height() - ui.px(40);
  // No higher than its rows: what is asked of a row stands right under them.
  const float wanted = static_cast<float>(view.handed_in.size()) * two_lines_height(ui) + ui.px(4);
  handed_in_table(ui, view, state,
                  std::min(wanted, std::max(ui.px(kFormListLeast), compared ? rest / 2 : rest)));
  const auto chosen =
      std::find_if(view.handed_in.begin(), view.handed_in.end(),
                   [&](const view::HandedInView& row) { return row.snapshot == state.snapshot; });
  const bool is_chosen = chosen != view.handed_in.end();
  gap(ui, 8);
  const std::string tip = is_chosen ? std::string() : ui.text("forms.choose");
  if (button(ui, "forms.reprint", ui.text("forms.reprint"), {.enabled = is_chosen, .tip = tip}))
    commands.push(app::ReprintForm{state.snapshot});
  const std::string label = ui.text("forms.compare");
  beside(ui, button_width(ui, label));
  if (button(ui, "forms.compare", label, {.enabled = is_chosen, .tip = tip}))
    commands.push(app::CompareForm{state.snapshot});
  if (is_chosen && !chosen->reason.empty())
    paragraph(ui, ui.text("forms.why_again", {{"reason", chosen->reason}}),
              {TextStyle::kSmall, ui.colour().quiet});
  if (compared) comparison(ui, view.comparison);
}

}  // namespace

void draw_forms(Ui& ui, const view::FormsView& view, FormsState& state, app::CommandQueue& commands) {
  const TwoColumns columns(ui, kSideWidth);
  {
    const Card card(ui, "forms.main", columns.main, 0, 0, page_height(ui));
    question_heading(ui, "forms", ui.text("page.forms"), view.question, state.question);
    if (!list_ready(ui, view.state, view.forms.empty(), ui.text("register.none"))) return;
    AboveFoot above(ui, "forms.above");
    if (const auto asked = draw_question(ui, "forms", view.question, state.question))
      commands.push(app::AskForms{asked->unit, asked->period});
    draw_undecided(ui, "forms", view.question, commands);
    draw_checks(ui, view.question);
    gap(ui, 8);
    form_table(ui, view, state, above);
    above.foot();
    const bool is_text = std::any_of(view.forms.begin(), view.forms.end(), [&](const view::FormRowView& row) {
      return row.form == state.form && row.is_text;
    });
    save_buttons(ui, view, state, commands);
    if (is_text) edited_report(ui, view, state, commands);
    hand_in_dialog(ui, view, state, commands);
  }
  columns.next(ui);
  const GroupScope group;
  warned_card(ui, view.warned, columns.side);
  handed_in_card(ui, view, state, columns.side, commands);
}

}  // namespace lianxin::client::ui
