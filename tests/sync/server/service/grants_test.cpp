#include "sync/server/service/grants.hpp"

#include "tests/sync/server/service/office.hpp"

namespace {

using namespace lianxin;

TEST_CASE("a move counts from today or an earlier day, never from one to come") {
  constexpr WallMs kNow = 1794000000000;
  CHECK(sync::server::must_have_come(Date::of(kNow), kNow).ok());
  CHECK(sync::server::must_have_come(Date::of(kNow).plus_days(-30), kNow).ok());
  CHECK(sync::server::must_have_come(Date::of(kNow).plus_days(1), kNow).error().code == "move.future");
}

}  // namespace
