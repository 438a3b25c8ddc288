// The page of figures: which unit, which period, whose ledger is open.
#include "client/app/desk.hpp"

namespace lianxin::client::app {

void handle(Desk& desk, const AskFigures& command) {
  desk.figures_asked = {command.unit, command.period, command.row, command.part};
  desk.build_page(view::Page::kReports);
  desk.publish();
}

}  // namespace lianxin::client::app
