#pragma once
// A roster from a file: chosen, looked at row by row before anything is written, applied, taken back.
#include <cstdint>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/field_input.hpp"
#include "client/ui/ui.hpp"
#include "client/view/import_view.hpp"

namespace lianxin::client::ui {

struct ImportState {
  bool asked = false;       ///< the first folder was asked for
  std::string sheet;        ///< name of the sheet shown; empty: the first with a roster
  std::string part;         ///< of the sheet: "" = its people, "columns", "passed_over"
  std::string verdict;      ///< which rows are listed; empty: all
  std::string column;       ///< key of the one that is being explained
  bool where_open = false;  ///< on a low page: the rows about villages and sheets are shown
  FieldEditorState meaning;
  FieldInputState village;
  bool apply_open = false;
  std::string undo_batch;  ///< asked about
  bool undo_open = false;
};

void draw_import(Ui& ui, const view::ImportView& view, ImportState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
