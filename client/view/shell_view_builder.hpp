#pragma once
// Builds the frame around the pages: who, where, counts, status line. Store thread.
#include "client/view/shell_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// What the frame needs from elsewhere.
struct ShellFacts {
  std::uint32_t due = 0;  ///< rows of the day's list
  bool is_syncing = false;
  std::uint32_t duplicates = 0;  ///< as the page of the day counts them
  WallMs last_sync_ms = 0;       ///< by the county's clock; 0 = never
  WallMs now_ms = 0;             ///< the same
  bool is_disk_full = false;     ///< soon nothing can be saved
};

/// Of an open store. The caller adds the toast and the minutes of the idle lock.
[[nodiscard]] Result<ShellView> build_shell(const ViewSources& sources, const ShellFacts& facts);
/// "三合村 · 网格员", of the person of an open store.
[[nodiscard]] Result<std::string> place_and_role(const ViewSources& sources);

}  // namespace lianxin::client::view
