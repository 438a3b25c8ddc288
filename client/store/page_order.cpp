#include "client/store/page_order.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace lianxin::client::store {

namespace change = sync::change;
namespace wire = sync::wire;

bool is_in_row(const std::vector<wire::FeedEntry>& entries, std::size_t at) {
  if (entries[at].kind != wire::EntryKind::kApplied) return false;
  for (std::size_t i = at + 1; i < entries.size() && entries[i].position == entries[at].position; ++i) {
    if (entries[i].kind == wire::EntryKind::kEnter) return true;
  }
  return false;
}

std::size_t end_of_changes(const std::vector<wire::FeedEntry>& entries, std::size_t from) {
  while (from < entries.size() && entries[from].kind == wire::EntryKind::kApplied &&
         !is_in_row(entries, from))
    ++from;
  return from;
}

std::vector<std::size_t> by_record(const std::vector<change::ChangeBody>& bodies) {
  constexpr int kDepthMax = 16;
  std::unordered_map<Id, Id> parents;
  for (const change::ChangeBody& body : bodies) {
    Id& parent = parents[body.record];
    if (!body.parent.is_nil()) parent = body.parent;
  }
  std::vector<int> depths;
  depths.reserve(bodies.size());
  for (const change::ChangeBody& body : bodies) {
    int depth = 0;
    auto above = parents.find(parents.at(body.record));
    for (; above != parents.end() && depth < kDepthMax; ++depth)
      above = parents.find(above->second);
    depths.push_back(depth);
  }
  std::vector<std::size_t> order(bodies.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(depths[a], bodies[a].record) < std::tie(depths[b], bodies[b].record);
  });
  return order;
}

}  // namespace lianxin::client::store
