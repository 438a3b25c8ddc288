#include "sync/laptop/clock_span.hpp"

#include <doctest/doctest.h>

namespace lianxin::sync::laptop {
namespace {

constexpr ClockSpan kTenMinutes{1'000'000, 1'600'000};

TEST_CASE("what an exchange leaves possible stays as it was known") {
  CHECK(offset_by(0, kTenMinutes, 1'000'000) == 0);
  CHECK(offset_by(0, kTenMinutes, 1'300'000) == 0);
  CHECK(offset_by(0, kTenMinutes, 1'600'000) == 0);
  CHECK(offset_by(250'000, kTenMinutes, 1'300'000) == 250'000);
  CHECK(offset_by(-250'000, kTenMinutes, 1'300'000) == -250'000);
}

TEST_CASE("what it rules out moves to the nearest that it leaves") {
  CHECK(offset_by(0, kTenMinutes, 500'000) == 500'000);     // the laptop is ahead
  CHECK(offset_by(0, kTenMinutes, 2'000'000) == -400'000);  // and behind
  CHECK(offset_by(7'200'000, kTenMinutes, 1'300'000) == 300'000);
  CHECK(offset_by(0, {1'000'000, 1'000'000}, 900'000) == 100'000);
}

TEST_CASE("an answer that seems to come before its request counts as come at once") {
  CHECK(offset_by(0, {1'000'000, 900'000}, 800'000) == 100'000);
}

}  // namespace
}  // namespace lianxin::sync::laptop
