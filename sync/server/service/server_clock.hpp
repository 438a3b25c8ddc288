#pragma once
// A server's clock that is far behind what is in its own store: rights would not have begun yet for anybody,
// and laptops would let go of everything they hold.
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// So far a clock may be behind what was noted last.
inline constexpr WallMs kClockBehindMs = 24 * 3600 * 1000;

/// Error "server.clock_behind" {now, last} (days): something was noted, or a laptop was seen, more than a day
/// later than now.
[[nodiscard]] Status check_clock(store::Reader& reader, WallMs now_ms);

}  // namespace lianxin::sync::server
