#include "sync/change/hlc.hpp"

#include <doctest/doctest.h>

using namespace lianxin;
using namespace lianxin::sync::change;

namespace {

constexpr WallMs kNoon = 1'790'000'000'000;
constexpr WallMs kHour = 3'600'000;

std::uint64_t stamp_at(WallMs ms) { return static_cast<std::uint64_t>(ms) << 16; }

}  // namespace

TEST_CASE("Stamps rise, also within a millisecond and after a start of the program (3.6)") {
  Hlc clock;
  std::uint64_t before = 0;
  for (int i = 0; i < 70'000; ++i) {  // more than the sixteen bits of a millisecond hold
    const std::uint64_t now = clock.next(kNoon);
    REQUIRE(now > before);
    before = now;
  }
  Hlc restarted{before};
  CHECK(restarted.next(kNoon) > before);
  CHECK(hlc_ms(restarted.next(kNoon + kHour)) == kNoon + kHour);
}

TEST_CASE("A clock set back a little keeps rising; set back far it starts again from the true time (3.6)") {
  Hlc clock;
  const std::uint64_t before = clock.next(kNoon);
  CHECK(clock.next(kNoon - kClockToleranceMs) == before + 1);
  CHECK(clock.next(kNoon - kClockToleranceMs - 1) == stamp_at(kNoon - kClockToleranceMs - 1));
  Hlc ahead;
  (void)ahead.next(kNoon + 24 * kHour);
  CHECK(hlc_ms(ahead.next(kNoon)) == kNoon);
}

TEST_CASE("What is read is absorbed, unless it is suspect or from the future (3.6)") {
  Hlc clock;
  (void)clock.next(kNoon);
  clock.absorb(stamp_at(kNoon + 1000), false, kNoon);
  CHECK(clock.next(kNoon) == stamp_at(kNoon + 1000) + 1);
  clock.absorb(stamp_at(kNoon + kClockToleranceMs), false, kNoon);
  CHECK(hlc_ms(clock.last) == kNoon + kClockToleranceMs);

  Hlc careful;
  const std::uint64_t own = careful.next(kNoon);
  careful.absorb(stamp_at(kNoon + 1000), true, kNoon);
  careful.absorb(stamp_at(kNoon + kClockToleranceMs + 1), false, kNoon);
  careful.absorb(stamp_at(kNoon - kHour), false, kNoon);
  CHECK(careful.last == own);
}
