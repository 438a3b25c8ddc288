#pragma once
// How far a laptop's clock is off, by an exchange that may have taken long.
#include <algorithm>

#include "shared/base/clock.hpp"

namespace lianxin::sync::laptop {

/// What this laptop's clock, as it stood when all of an answer had come, says of that moment and of when the
/// request was sent. The server stamped its answer somewhere in between.
struct ClockSpan {
  WallMs sent_ms = 0;
  WallMs arrived_ms = 0;
};

/// Laptop minus server, after an answer stamped with `server_ms`: of what the exchange leaves possible, what
/// is nearest to `known` (0 = nothing is). So a right clock stays right however slow the line is, a wrong one
/// is found, and no exchange makes more of an error than it took. The middle, as time servers are read, would
/// call a clock wrong by half of a long download.
[[nodiscard]] constexpr WallMs offset_by(WallMs known, const ClockSpan& span, WallMs server_ms) {
  const WallMs most = span.arrived_ms - server_ms;
  const WallMs least = std::min(span.sent_ms - server_ms, most);
  return std::clamp(known, least, most);
}

}  // namespace lianxin::sync::laptop
