#pragma once
// Two entries side by side: the same, not the same, or later. Nothing is lost if nothing is pressed.
#include <string>
#include <vector>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/duplicates_view.hpp"

namespace lianxin::client::ui {

struct DuplicatesState {
  std::string shown;                  ///< TwinView::key on top; empty or gone: the first one
  std::vector<std::string> answered;  ///< key and token of those answered here and not gone yet
  std::vector<std::string> later;     ///< keys put to the end while the window is open
};

void draw_duplicates(Ui& ui, const view::DuplicatesView& view, DuplicatesState& state,
                     app::CommandQueue& commands);

}  // namespace lianxin::client::ui
