#pragma once
// The numbers of the report on the left, the ledger of the chosen one on the right.
#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/figures_view.hpp"

namespace lianxin::client::ui {

void draw_figures(Ui& ui, const view::FiguresView& view, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
