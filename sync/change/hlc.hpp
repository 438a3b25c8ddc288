#pragma once
// Hybrid logical clock: 48 bits of milliseconds, 16 bits of counter. For display order and `latest` only
// (sync.md 3.6, P5).
#include <cstdint>

#include "shared/base/clock.hpp"

namespace lianxin::sync::change {

[[nodiscard]] constexpr WallMs hlc_ms(std::uint64_t hlc) { return static_cast<WallMs>(hlc >> 16); }

/// Value type, saved by the store with each commit.
struct Hlc {
  std::uint64_t last = 0;
  /// Next stamp at wall time `now` (already corrected by the known offset to the server): greater than the
  /// earlier ones, unless the clock had run more than kClockToleranceMs ahead: then it restarts from `now`
  /// (3.6).
  [[nodiscard]] std::uint64_t next(WallMs now);
  /// Takes over a remote stamp unless it is suspect or more than the tolerance ahead of `now`.
  void absorb(std::uint64_t remote, bool suspect, WallMs now);
};

}  // namespace lianxin::sync::change
