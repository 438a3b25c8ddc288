// What a row of the report says in its own words, and no more (domain.md 3).
#include <doctest/doctest.h>

#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

}  // namespace

TEST_CASE("row 3: required are the member's own fields, a way to reach him, and those of his outflow") {
  CountyDesk desk;
  const Id member = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  CHECK(desk.figure(3).of == 11);
  CHECK(desk.number(3) == 1);
  desk.add("contact_point", {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}});
  CHECK(desk.number(3) == 2);
  const Id other = desk.add(
      "member", {{"name", "乙"}, {"home_village_id", desk.sanhe.text()}, {"no_phone_reason", "none"}});
  CHECK(desk.number(3) == 4);
  desk.add("contact_point",
           {{"member_id", other.text()}, {"kind", "mobile"}, {"value", "13800001235"}, {"valid", "dead"}});
  CHECK(desk.number(3) == 4);
  const Id outflow = desk.add(
      "mobility_episode",
      {{"member_id", member.text()}, {"direction", "out"}, {"left_on", "2026-01-10"}, {"reason", "work"}});
  CHECK(desk.figure(3).of == 27);
  CHECK(desk.number(3) == 6);
  desk.put("mobility_episode", outflow, {{"abroad_on", "2026-01-10"}});
  CHECK(desk.number(3) == 7);
  desk.put("mobility_episode", outflow, {{"returned_on", "2026-02-10"}, {"end_kind", "returned"}});
  CHECK(desk.figure(3).of == 22);
}

TEST_CASE("row 42: who staffs the teams by origin, and how often they were at activities") {
  CountyDesk desk;
  const auto worker = [&](const char* origin) {
    return desk.add("worker", {{"name", origin}, {"org_id", desk.sanhe.text()}, {"origin", origin}});
  };
  const Id veteran = worker("veteran");
  const Id working = worker("working_member");
  const Id activity = desk.add(
      "activity", {{"org_id", desk.sanhe.text()}, {"occurred_on", "2026-05-01"}, {"kind", "volunteer"}});
  for (const Id& one : {veteran, working, worker("staff")})
    desk.add("attendance", {{"activity_id", activity.text()},
                            {"worker_id", one.text()},
                            {"status", "present"},
                            {"occurred_on", "2026-05-01"}});
  CHECK(desk.number(42) == 0);
  CHECK(desk.part(42, "veteran_times") == 1);
  CHECK(desk.part(42, "working_times") == 1);
}

TEST_CASE("row 43: a grid of village groups does not reach into estates and buildings") {
  CountyDesk desk;
  int no = 0;
  const auto grid = [&](const std::string& scope) {
    desk.add("grid", {{"village_id", desk.sanhe.text()},
                      {"no", std::to_string(++no)},
                      {"name", "网格"},
                      {"from", "2020-01-01"},
                      {"scope_text", scope}});
  };
  grid("三合村一组至三组");
  CHECK(desk.number(43) == 0);
  CHECK(desk.figure(43).of == 1);
  for (const char* scope : {"幸福小区", "长江社区二期7至12号楼", "3栋2单元", "供销社家属院", "滨河公寓"})
    grid(scope);
  CHECK(desk.number(43) == 5);
  CHECK(desk.part(43, "described") == 6);
}

TEST_CASE("row 46: venues by level, and the activities of each level") {
  CountyDesk desk;
  const auto venue = [&](const char* level) {
    return desk.add("venue", {{"org_id", desk.sanhe.text()}, {"name", level}, {"level", level}});
  };
  const Id street = venue("street");
  venue("village");
  const auto activity = [&](Fields fields) {
    fields.insert(fields.end(),
                  {{"org_id", desk.sanhe.text()}, {"occurred_on", "2026-05-01"}, {"kind", "lecture"}});
    desk.add("activity", fields);
  };
  activity({{"venue_id", street.text()}});
  activity({{"venue_level", "new_sector"}});
  activity({{"venue_id", street.text()}, {"venue_level", "village"}});  // said itself
  activity({});
  CHECK(desk.number(46) == 2);
  CHECK(desk.part(46, "events") == 3);
  CHECK(desk.part(46, "street_events") == 1);
  CHECK(desk.part(46, "village_events") == 1);
  CHECK(desk.part(46, "new_sector_events") == 1);
}

TEST_CASE("row 34: beside whom one talked to stands how many there are to talk to") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  desk.mobile_member("乙", desk.sanhe);
  desk.visit({{"members+", member.text()}, {"purposes+", "talk"}});
  CHECK(desk.number(34) == 1);
  CHECK(desk.part(34, "persons") == 1);
  CHECK(desk.part(34, "mobile") == 2);
}
