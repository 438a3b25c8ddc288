#pragma once
// A plain register: one table, Enter opens the row.
#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/register_view.hpp"

namespace lianxin::client::ui {

struct RegisterState {
  bool add_wanted = false;  ///< set for one frame: a new one is wanted, a member is to be chosen
  std::size_t asked = 0;    ///< rows there were when more were asked for
};

void draw_register(Ui& ui, const view::RegisterView& view, RegisterState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
