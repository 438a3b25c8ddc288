#include "client/ui/question.hpp"

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"

namespace lianxin::client::ui {

std::optional<AskedQuestion> draw_question(Ui& ui, std::string_view id, const view::QuestionView& view) {
  const std::string key(id);
  std::optional<AskedQuestion> asked;
  std::string period = view.period;
  if (choice_row(ui, key + ".period", view.periods, period) && period != view.period)
    asked = {view.unit, period};
  if (view.units.empty()) return asked;
  gap(ui, 6);
  std::string unit;
  if (!choice_row(ui, key + ".unit", view.units, unit)) return asked;
  const auto chosen = Id::parse(unit);
  if (chosen.ok()) asked = {*chosen, view.period};
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
  const float room = ImGui::GetContentRegionAvail().x;
  const float words_room = room - button_width(ui, decide);
  const bool is_beside = text_size(ui, view.undecided, TextStyle::kSmall).x + ui.px(24) <= words_room;
  {
    const GroupScope group;
    words_paragraph(ui, {view.undecided, view::Tone::kNeedsYou, view::Mark::kNeedsYou}, TextStyle::kSmall,
                    is_beside ? words_room : room);
  }
  if (is_beside) ImGui::SameLine(0, ui.px(12));
  if (button(ui, std::string(id) + ".undecided", decide, {.kind = ButtonKind::kLink}))
    commands.push(app::OpenPage{view::Page::kDuplicates});
}

}  // namespace lianxin::client::ui
