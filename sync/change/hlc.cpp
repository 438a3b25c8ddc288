#include "sync/change/hlc.hpp"

#include <algorithm>

namespace lianxin::sync::change {
namespace {

std::uint64_t stamp_of(WallMs now) { return static_cast<std::uint64_t>(std::max<WallMs>(now, 0)) << 16; }

}  // namespace

std::uint64_t Hlc::next(WallMs now) {
  const std::uint64_t wall = stamp_of(now);
  const bool ran_ahead = hlc_ms(last) > now + kClockToleranceMs;
  last = ran_ahead ? wall : std::max(last + 1, wall);
  return last;
}

void Hlc::absorb(std::uint64_t remote, bool suspect, WallMs now) {
  if (suspect || hlc_ms(remote) > now + kClockToleranceMs) return;
  last = std::max(last, remote);
}

}  // namespace lianxin::sync::change
