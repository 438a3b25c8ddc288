#pragma once
// Choosing a file or a folder out of what the program listed: Enter opens a folder or takes a file.
#include <string>
#include <string_view>

#include "client/app/command.hpp"
#include "client/ui/ui.hpp"
#include "client/view/folder_view.hpp"

namespace lianxin::client::ui {

enum class ChooserPicks : std::uint8_t { kFile, kFolder };

/// The folder's path, its entries and shortcuts to documents and sticks, `height` pixels high. Pushes
/// BrowseFolder. Returns the path chosen in this frame, else nothing.
[[nodiscard]] std::string file_list(Ui& ui, std::string_view id, const view::FolderView& folder,
                                    ChooserPicks picks, float height, app::CommandQueue& commands);

struct FileChooserState {
  bool open = false;
  std::string start = "sticks";  ///< what BrowseFolder is asked when it opens
  bool asked = false;
};

/// The same over the page. Closes itself with the choice.
[[nodiscard]] std::string file_dialog(Ui& ui, std::string_view id, const std::string& title,
                                      const view::FolderView& folder, ChooserPicks picks,
                                      FileChooserState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
