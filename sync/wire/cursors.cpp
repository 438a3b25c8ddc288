#include "sync/wire/cursors.hpp"

#include <map>
#include <utility>

namespace lianxin::sync::wire {

std::vector<Cursor> moved_on(const std::vector<Cursor>& cursors, const std::vector<FeedPage>& pages) {
  std::map<std::pair<Id, std::uint8_t>, std::uint64_t> positions;
  for (const Cursor& cursor : cursors)
    positions[{cursor.scope, cursor.privacy}] = cursor.position;
  for (const FeedPage& page : pages)
    positions[{page.scope, page.privacy}] = page.to;
  std::vector<Cursor> out;
  out.reserve(positions.size());
  for (const auto& [place, position] : positions)
    out.push_back({place.first, place.second, position});
  return out;
}

}  // namespace lianxin::sync::wire
