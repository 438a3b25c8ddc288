#pragma once
// The numbers of the report on the left, the ledger of the chosen one on the right.
#include "client/app/command.hpp"
#include "client/ui/question.hpp"
#include "client/ui/ui.hpp"
#include "client/view/figures_view.hpp"

namespace lianxin::client::ui {

struct FiguresState {
  QuestionState question;
};

void draw_figures(Ui& ui, const view::FiguresView& view, FiguresState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
