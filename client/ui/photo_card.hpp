#pragma once
// Photos of a member: thumbnails, a way to add one, one shown large.
#include <string>

#include "client/app/command.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/ui.hpp"
#include "client/view/photo_view.hpp"

namespace lianxin::client::ui {

struct PhotoCardState {
  FileChooserState chooser;
  bool add_open = false;  ///< the question about the file chosen
  std::string file;
  std::string caption;
  bool large_open = false;
};

/// A file was dropped on the window while the card was on the screen: as if it had been chosen.
void drop_photo(PhotoCardState& state, const std::string& path);

/// `record` = what a photo is added to; `may_add` = the record can be changed.
void photo_card(Ui& ui, const view::PhotosView& view, const Id& record, bool may_add, float width,
                PhotoCardState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
