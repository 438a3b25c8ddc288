#pragma once
// A folder as the file chooser shows it; the window never touches the disk.
#include <string>
#include <vector>

namespace lianxin::client::view {

struct FileEntry {
  std::string path;
  std::string name;
  std::string detail;  ///< "24 KB · 11月18日"
  bool folder = false;
};

/// One folder, listed by the app as the answer to BrowseFolder. The folder above, if there is one, is the
/// first entry, named "..".
struct FolderView {
  std::string path;  ///< empty: nothing listed yet
  std::vector<FileEntry> entries;
  std::string problem;
};

}  // namespace lianxin::client::view
