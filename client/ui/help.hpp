#pragma once
// F1: the keys of the page that is open, and those that hold everywhere.
#include "client/ui/ui.hpp"

namespace lianxin::client::ui {

struct HelpState {
  bool open = false;
  std::vector<KeyHint> page;  ///< keys of the page when F1 was pressed
};

/// Opens the help over the page; call before the page's keys are forgotten (in the shell).
void open_help(const Ui& ui, HelpState& state);
void draw_help(Ui& ui, HelpState& state);

}  // namespace lianxin::client::ui
