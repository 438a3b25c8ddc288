#pragma once
// What a sync costs, how far it is, and the receipt: one sentence first, the proof under it.
#include "client/app/command.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/ui.hpp"
#include "client/view/sync_view.hpp"

namespace lianxin::client::ui {

struct SyncState {
  FileChooserState save_to;
  FileChooserState read_from;
  std::string address;  ///< of a server that has moved, as it is typed
};

void draw_sync(Ui& ui, const view::SyncView& view, SyncState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
