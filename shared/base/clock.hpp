#pragma once
// Wall time is injected everywhere, so that tests can lie about it. It never decides anything (P5).
#include <atomic>
#include <cstdint>
#include <string>

namespace lianxin {

/// Milliseconds since 1970 (UTC).
using WallMs = std::int64_t;

inline constexpr WallMs kDayMs = 24LL * 60 * 60 * 1000;
/// What a laptop's clock may differ from the server's without a word and without consequence (sync.md 3.6).
inline constexpr WallMs kClockToleranceMs = 2 * 60 * 1000;

/// Thread-safe source of wall time.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallMs now_ms() const = 0;
  /// Goes on however the clock is set, also while the machine sleeps; only differences of it mean anything.
  [[nodiscard]] virtual WallMs steady_ms() const { return now_ms(); }
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallMs now_ms() const override;
  [[nodiscard]] WallMs steady_ms() const override;
};

/// A clock a test moves by hand, from any thread.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallMs start) : now_(start) {}
  ManualClock(const ManualClock& other) : now_(other.now_ms()) {}
  ManualClock& operator=(const ManualClock&) = delete;
  [[nodiscard]] WallMs now_ms() const override { return now_; }
  [[nodiscard]] WallMs steady_ms() const override { return now_ - put_; }
  void set(WallMs now) { now_ = now; }
  void advance(WallMs by) { now_ += by; }
  /// As somebody sets a clock: no time goes by.
  void put(WallMs by) {
    now_ += by;
    put_ += by;
  }

 private:
  std::atomic<WallMs> now_;
  std::atomic<WallMs> put_{0};
};

}  // namespace lianxin
