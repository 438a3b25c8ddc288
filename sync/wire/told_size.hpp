#pragma once
// How large an entry of a feed counts against the size that an answer was asked for, on both ends.
#include <cstddef>

#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

/// Octets, unpacked: what the entry carries, and what it takes beside.
[[nodiscard]] inline std::size_t told_size(const FeedEntry& entry) {
  constexpr std::size_t kBeside = 48;
  return kBeside + entry.body.size() + entry.values.size() + entry.state.size();
}

}  // namespace lianxin::sync::wire
