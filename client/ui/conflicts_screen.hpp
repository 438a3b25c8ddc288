#pragma once
// Two values of the same thing, side by side; one key takes one of them. Nothing is lost if nothing is
// pressed.
#include <string>
#include <vector>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/conflict_desk_view.hpp"

namespace lianxin::client::ui {

struct ConflictsState {
  std::string shown;                  ///< ConflictView::conflict on top; empty or gone: the first one
  std::vector<std::string> answered;  ///< shown_token of those answered here and not gone yet
};

void draw_conflicts(Ui& ui, const view::ConflictDeskView& view, ConflictsState& state,
                    app::CommandQueue& commands);

/// One's own values that lost: read, look at the file, or object. Also under a receipt.
void draw_told(Ui& ui, const std::vector<view::ConflictDeskView::Told>& told, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
