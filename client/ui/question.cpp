#include "client/ui/question.hpp"

#include <utility>

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {

void question_heading(Ui& ui, std::string_view id, const std::string& title, const view::QuestionView& view,
                      QuestionState& state) {
  const std::string& shown = view.unit_name.empty() ? title : view.unit_name;
  if (!ui.is_low() || view.periods.empty()) return heading(ui, shown, view.period_text);
  const std::string label = ui.text(state.is_open ? "question.fold" : "question.change");
  const float width = text_size(ui, label).x;
  const ImVec2 start = ImGui::GetCursorPos();
  const float right = start.x + ImGui::GetContentRegionAvail().x - width;
  heading(ui, shown, view.period_text, width + ui.px(16));
  const float below = ImGui::GetCursorPosY();
  ImGui::SetCursorPos({right, start.y});
  if (std::exchange(state.just_folded, false)) Ui::focus_next();
  if (button(ui, std::string(id) + ".question", label, {.kind = ButtonKind::kLink}))
    state.is_open = !state.is_open;
  if (ImGui::GetCursorPosY() < below) ImGui::SetCursorPosY(below);
}

std::optional<AskedQuestion> draw_question(Ui& ui, std::string_view id, const view::QuestionView& view,
                                           QuestionState& state) {
  if (ui.is_low() && !state.is_open) return std::nullopt;
  const std::string key(id);
  std::optional<AskedQuestion> asked;
  std::string period = view.period;
  if (choice_row(ui, key + ".period", view.periods, period) && period != view.period)
    asked = {view.unit, period};
  if (!view.units.empty()) {
    gap(ui, 6);
    std::string unit;
    if (choice_row(ui, key + ".unit", view.units, unit)) {
      const auto chosen = Id::parse(unit);
      if (chosen.ok()) asked = {*chosen, view.period};
    }
  }
  if (asked && ui.is_low()) state = {.is_open = false, .just_folded = true};
  return asked;
}

void draw_checks(Ui& ui, const view::QuestionView& view) {
  for (const std::string& check : view.checks)
    words_paragraph(ui, {check, view::Tone::kNeedsYou, view::Mark::kNeedsYou}, TextStyle::kSmall);
}

void draw_undecided(Ui& ui, std::string_view id, const view::QuestionView& view,
                    app::CommandQueue& commands) {
  if (view.undecided.empty()) return;
  gap(ui, 6);
  const std::string decide = ui.text("today.to_duplicates");
  const float beside = ui.px(12);
  const float room = ImGui::GetContentRegionAvail().x - button_width(ui, decide) - beside;
  {
    const GroupScope group;
    words_paragraph(ui, {view.undecided, view::Tone::kNeedsYou, view::Mark::kNeedsYou}, TextStyle::kSmall,
                    room);
  }
  ImGui::SameLine(0, beside);
  if (button(ui, std::string(id) + ".undecided", decide, {.kind = ButtonKind::kLink}))
    commands.push(app::OpenPage{view::Page::kDuplicates});
}

}  // namespace lianxin::client::ui
