// Who was verified, and has been changed since (domain.md ch. 3 row 11).
#include "client/store/verified.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("who was verified and then changed is unverified, until he is verified again") {
  Desk desk;
  const Id member = desk.member("赵连心");
  const auto is_changed = [&] {
    const auto changed = cs::changed_since_verified(*desk.database);
    REQUIRE(changed.ok());
    return std::find(changed->begin(), changed->end(), member) != changed->end();
  };
  CHECK_FALSE(is_changed());  // nobody has verified anything
  desk.clock.advance(10'000);
  desk.put("member", member, {{"verify_level", "branch"}});
  CHECK_FALSE(is_changed());
  desk.clock.advance(10'000);
  desk.put("member", member, {{"remark", "不在表上"}});  // no item of the sheet
  CHECK_FALSE(is_changed());
  desk.clock.advance(10'000);
  desk.put("member", member, {{"home_address", "三合村2组"}});
  CHECK(is_changed());
  desk.clock.advance(10'000);
  desk.put("member", member, {{"verify_level", "committee"}});
  CHECK_FALSE(is_changed());
}

}  // namespace
