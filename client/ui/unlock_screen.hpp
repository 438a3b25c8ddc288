#pragma once
// Coming in: the passphrase, or the first time on this laptop.
#include <string>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/unlock_view.hpp"

namespace lianxin::client::ui {

struct UnlockState {
  std::size_t owner = 0;  ///< index into UnlockView::owners
  std::string passphrase;
  std::uint64_t attempt = 0;  ///< the answered attempt this state knows
  bool focus_wanted = true;
  bool enrol_wanted = false;  ///< somebody else joins on this laptop
};

void draw_unlock(Ui& ui, const view::UnlockView& view, UnlockState& state, app::CommandQueue& commands);

struct EnrolState {
  std::string join_line;
  std::string passphrase;
  std::string again;
  bool tried = false;               ///< own problems are shown from the first attempt on
  std::string focus = "join_line";  ///< the field that takes the focus: the first one with a problem
  bool may_go_back = false;         ///< there is somebody who can unlock
  bool back_wanted = false;
};

void draw_enrol(Ui& ui, const view::EnrolView& view, EnrolState& state, app::CommandQueue& commands);

/// Forgets what was typed; the bytes are overwritten before they are given back.
void wipe(std::string& secret);

}  // namespace lianxin::client::ui
