#include "client/ui/question.hpp"

#include "client/ui/button.hpp"
#include "client/ui/layout.hpp"

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

}  // namespace lianxin::client::ui
