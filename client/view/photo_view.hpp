#pragma once
// Photos of a member and of what hangs on the member, as the member file shows them.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "client/view/folder_view.hpp"
#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

/// Ready to be drawn: four octets a pixel, rows from above. Shared, since it is never changed.
struct Picture {
  int width = 0;
  int height = 0;
  std::string rgba;
};
using PicturePointer = std::shared_ptr<const Picture>;

struct PhotoRow {
  Id photo;
  std::string title;     ///< "11月18日 · 走访 · 门口"
  Words where;           ///< "原图在县里"
  PicturePointer small;  ///< null = this laptop may not see it, or it was erased
  bool can_open = false;
};

struct PhotosView {
  std::vector<PhotoRow> rows;  ///< newest first, at most 24
  std::uint32_t total = 0;
  bool fetching = false;  ///< one is on its way from the county
  Id open;                ///< the one shown large; nil = none
  PicturePointer large;
  FolderView folder;  ///< of the file chooser
};

}  // namespace lianxin::client::view
