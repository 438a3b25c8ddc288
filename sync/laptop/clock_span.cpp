#include "sync/laptop/clock_span.hpp"

#include <algorithm>

namespace lianxin::sync::laptop {

WallMs offset_by(WallMs known, const ClockSpan& span, WallMs server_ms) {
  const WallMs most = span.arrived_ms - server_ms;
  const WallMs least = std::min(span.sent_ms - server_ms, most);
  return std::clamp(known, least, most);
}

}  // namespace lianxin::sync::laptop
