#include "shared/base/clock.hpp"

#include <doctest/doctest.h>

namespace lianxin {
namespace {

TEST_CASE("a clock moved by hand stands still in between") {
  ManualClock clock(1000);
  CHECK(clock.now_ms() == 1000);
  clock.advance(250);
  CHECK(clock.now_ms() == 1250);
  clock.set(7);
  CHECK(clock.now_ms() == 7);
}

TEST_CASE("whoever sets a clock lets no time go by") {
  ManualClock clock(1000);
  const WallMs before = clock.steady_ms();
  clock.put(-700);
  CHECK(clock.now_ms() == 300);
  CHECK(clock.steady_ms() == before);
  clock.advance(50);
  CHECK(clock.steady_ms() == before + 50);
  const SystemClock machine;
  const WallMs began = machine.steady_ms();
  CHECK(began > 0);
  CHECK(machine.steady_ms() >= began);
}

TEST_CASE("the machine's clock counts milliseconds since 1970") {
  constexpr WallMs kYear2020 = 1577836800000;
  constexpr WallMs kYear2200 = 7258118400000;
  const WallMs now = SystemClock().now_ms();
  CHECK(now > kYear2020);
  CHECK(now < kYear2200);
}

}  // namespace
}  // namespace lianxin
