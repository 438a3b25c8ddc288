#pragma once
// What a file was understood as, before anything is written.
#include "client/ui/import_screen.hpp"

namespace lianxin::client::ui {

/// Sheets, their columns, rows with what becomes of each, and the button that writes them.
void draw_import_preview(Ui& ui, const view::ImportView& view, ImportState& state,
                         app::CommandQueue& commands);

}  // namespace lianxin::client::ui
