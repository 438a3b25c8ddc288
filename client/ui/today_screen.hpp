#pragma once
// Who is due and why; what waits on this laptop.
#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/today_view.hpp"

namespace lianxin::client::ui {

struct TodayState {
  Id chosen;  ///< the row that has, or had last, the focus: whom Ctrl+N visits
  bool focus_wanted = true;
  std::string group;       ///< only these rows; "" = the first of all
  bool all = false;        ///< every row of every group
  std::string village;     ///< whose list the row with the focus is on
  bool same_open = false;  ///< "unchanged, all of them" is asked
};

void draw_today(Ui& ui, const view::TodayView& view, TodayState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
