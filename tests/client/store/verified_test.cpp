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

TEST_CASE(
    "who was taken along when his village went up in another stays verified; who was moved alone does not") {
  Desk desk;
  const Id into = desk.put("org_unit", Id{}, {{"kind", "village"}, {"name", "大井村"}}).records.front();
  const Id alone = desk.put("org_unit", Id{}, {{"kind", "village"}, {"name", "龙泉村"}}).records.front();
  const Id old = desk.put("org_unit", Id{}, {{"kind", "village"}, {"name", "三合村"}}).records.front();
  const Id member =
      desk.put("member", Id{}, {{"name", "赵连心"}, {"home_village_id", old.text()}}).records.front();
  desk.clock.advance(10'000);
  desk.put("member", member, {{"verify_level", "branch"}});
  desk.clock.advance(10'000);
  const auto is_changed = [&] {
    const auto changed = cs::changed_since_verified(*desk.database);
    const auto since = cs::unverified_since(*desk.database, Date{2100, 1, 1});
    REQUIRE(changed.ok());
    REQUIRE(since.ok());
    const bool is_listed = std::any_of(since->begin(), since->end(),
                                       [&](const cs::UnverifiedSince& one) { return one.member == member; });
    CHECK(is_listed == (std::find(changed->begin(), changed->end(), member) != changed->end()));
    return is_listed;
  };
  const auto merged =
      desk.records.save({desk.edit("org_unit", old, {{"to", "2026-08-31"}, {"merged_into+", into.text()}}),
                         desk.edit("member", member, {{"home_village_id", into.text()}})});
  REQUIRE(merged.ok());
  REQUIRE(merged->ok);
  CHECK_FALSE(is_changed());
  desk.clock.advance(10'000);
  desk.put("member", member, {{"home_village_id", alone.text()}});
  CHECK(is_changed());
  desk.clock.advance(10'000);
  desk.put("member", member, {{"home_village_id", into.text()}});  // not by the merger
  CHECK(is_changed());
}

TEST_CASE(
    "a village that nobody had verified before it went up in another is unverified after that as well") {
  for (const bool verified_after : {false, true}) {
    CAPTURE(verified_after);
    Desk desk;
    const auto village = [&](const char* name) {
      return desk.put("org_unit", Id{}, {{"kind", "village"}, {"name", name}}).records.front();
    };
    const Id first = village("龙泉村");
    const Id old = village("三合村");
    const Id into = village("大井村");
    const Id member =
        desk.put("member", Id{}, {{"name", "赵连心"}, {"home_village_id", first.text()}}).records.front();
    desk.clock.advance(10'000);
    desk.put("member", member, {{"verify_level", "branch"}});
    desk.clock.advance(10'000);
    const WallMs moved = desk.clock.now_ms();
    desk.put("member", member, {{"home_village_id", old.text()}});
    desk.clock.advance(10'000);
    if (verified_after) desk.put("member", member, {{"verify_level", "committee"}});
    desk.clock.advance(10'000);
    const auto merged =
        desk.records.save({desk.edit("org_unit", old, {{"to", "2026-08-31"}, {"merged_into+", into.text()}}),
                           desk.edit("member", member,
                                     {{"home_village_id", into.text()},
                                      {"former_villages+", old.text()},
                                      {"village_said_at", std::to_string(moved)}})});
    REQUIRE(merged.ok());
    REQUIRE(merged->ok);
    const auto changed = cs::changed_since_verified(*desk.database);
    const auto since = cs::unverified_since(*desk.database, Date{2100, 1, 1});
    REQUIRE(changed.ok());
    REQUIRE(since.ok());
    CHECK(changed->size() == (verified_after ? 0 : 1));
    CHECK(since->size() == (verified_after ? 0 : 1));
    if (!verified_after && !since->empty()) CHECK(since->front().since == Date::of(moved));
  }
}

TEST_CASE("an outflow that was entered in the national register and then changed is to be entered again") {
  Desk desk;
  const Id member = desk.member("赵连心");
  const Id outflow = desk.put("mobility_episode", Id{},
                              {{"member_id", member.text()}, {"direction", "out"}, {"left_on", "2025-01-10"}})
                         .records.front();
  const auto is_changed = [&] {
    const auto changed = cs::changed_since_entered(*desk.database);
    REQUIRE(changed.ok());
    return std::find(changed->begin(), changed->end(), outflow) != changed->end();
  };
  const auto put = [&](const char* field, const char* value) {
    desk.clock.advance(10'000);
    desk.put("mobility_episode", outflow, {{field, value}});
  };
  put("dest_division", "440300");
  CHECK_FALSE(is_changed());  // not entered yet
  put("national_entry_on", "2026-09-01");
  CHECK_FALSE(is_changed());
  put("home_from", "2026-09-10");  // home for the holiday is nothing the register asks for
  CHECK_FALSE(is_changed());
  put("dest_division", "110000");
  CHECK(is_changed());
  put("national_entry_on", "2026-09-20");
  CHECK_FALSE(is_changed());
}

}  // namespace
