#pragma once
// A server's clock that is far behind what is in its own store, or that somebody sets while the server runs:
// rights would not have begun yet for anybody, or have ended, and laptops would let go of everything they
// hold.
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// So far a clock may be behind what was noted last.
inline constexpr WallMs kClockBehindMs = 24 * 3600 * 1000;

/// Error "server.clock_behind" {now, last} (days): something was noted, or a laptop was seen, more than a day
/// later than now.
[[nodiscard]] Status check_clock(store::Reader& reader, WallMs now_ms);

/// Milliseconds since the machine was started, those it slept through too: no clock that anybody sets.
[[nodiscard]] WallMs passed_ms();

/// The clock of a server that runs, beside the time that has passed since. Several threads.
class ClockWatch {
 public:
  ClockWatch(WallMs now_ms, WallMs passed_ms) : began_ms_(now_ms - passed_ms) {}
  /// Error "server.clock_jumped" {now, right} (days): the clock was set by more than a day, forwards or back.
  /// Once it is right again, so is this.
  [[nodiscard]] Status check(WallMs now_ms, WallMs passed_ms) const;

 private:
  WallMs began_ms_;  ///< what the clock said at the start of the machine
};

}  // namespace lianxin::sync::server
