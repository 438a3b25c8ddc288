// Rosters with columns for what the county asks itself.
#include "client/import/own_columns.hpp"

#include <doctest/doctest.h>

#include "client/import/roster_reader.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/extension.hpp"

namespace lianxin::client::import {
namespace {

/// A way to town with choices, a number, a day, and one that is not asked any more.
const domain::Catalogue& county() {
  static const domain::Catalogue kCounty = [] {
    const std::string file =
        "version\t1\ncodes\tride\ncode\tbus\t班车\tBus\ncode\town_car\t自家车\tOwn car\n"
        "kind\tmember\n"
        "field\t10001\town_ride\tcode\treview\tgeneral\t-\t-\town:ride\t-\t1\n"
        "label\town_ride\t来镇方式\tWay to town\npurpose\town_ride\t安排接送\n"
        "field\t10002\town_seats\tinteger\tmax\tgeneral\t-\t-\t-\trange:0..60\t1\n"
        "label\town_seats\t可带人数（人）\tSeats\npurpose\town_seats\t安排车辆\n"
        "field\t10003\town_old\ttext\treview\tgeneral\t-\t-\t-\tlength:0..20\t1\n"
        "label\town_old\t旧栏目\tOld one\npurpose\town_old\t从前要的\nretired\town_old\n"
        "kind\tmobility_episode\n"
        "field\t10001\town_leave_on\tdate\treview\tgeneral\t-\t-\t-\t-\t1\n"
        "label\town_leave_on\t动身日期\tSets out on\npurpose\town_leave_on\t安排送行\n";
    const auto read = domain::read_extension(file);
    REQUIRE(read.ok());
    const domain::Extended extended = domain::extend(domain::Catalogue::base(), read->rows);
    REQUIRE(extended.refused.empty());
    return extended.catalogue;
  }();
  return kCounty;
}

Roster read(const std::string& csv, const std::string& map = {}) {
  RosterOptions options;
  options.own = OwnColumns(county());
  auto parsed = ColumnMap::parse(map, options.own);
  REQUIRE(parsed.ok());
  options.map = *parsed;
  auto roster = read_roster(csv, "三合村.csv", options);
  REQUIRE(roster.ok());
  return *std::move(roster);
}

constexpr const char* kPeople =
    "姓名,性别,来镇方式,可带人数(人),动身日期,旧栏目\n赵连心,男,班车,3,2026年2月3日,甲\n";

}  // namespace

TEST_CASE("what the county calls a field heads its column, in either language") {
  const OwnColumns own(county());
  CHECK(own.targets() ==
        std::vector<std::string>{"member.own_ride", "member.own_seats", "mobility_episode.own_leave_on"});
  CHECK(own.match({"来镇 方式"})->target == "member.own_ride");
  CHECK(own.match({"其他", "Way to town"})->target == "member.own_ride");
  CHECK(own.match({"来镇方式", ""})->target == "member.own_ride");  // merged over two rows of headings
  CHECK_FALSE(own.match({"来镇方式说明"}));
  CHECK_FALSE(own.match({"旧栏目"}));
  CHECK_FALSE(own.match({}));
  CHECK_FALSE(OwnColumns().match({"来镇方式"}));
}

TEST_CASE("its cells are read by its type and list") {
  const RosterRow row = read(kPeople).rows.at(0);
  const auto codes = domain::read_code(county().kind("member")->field("own_ride")->target, "班车");
  REQUIRE(codes.ok());
  CHECK(row.value("member.own_ride") == *codes);
  CHECK(row.value("member.own_seats") == "3");
  CHECK(row.value("mobility_episode.own_leave_on") == "2026-02-03");
  CHECK(row.leftovers.empty());
  CHECK(row.warnings.empty());
}

TEST_CASE("a choice nobody offers is kept as a remark, and said") {
  const RosterRow row = read("姓名,性别,来镇方式\n赵连心,男,骑马\n").rows.at(0);
  CHECK(row.value("member.own_ride").empty());
  REQUIRE(row.warnings.size() == 1);
  CHECK(row.warnings[0].code == "code_unknown");
  REQUIRE(row.leftovers.size() == 1);
  CHECK(row.leftovers[0].text == "骑马");
}

TEST_CASE("a person says which column it is, or that it is none") {
  const RosterRow named =
      read("姓名,性别,怎么来\n赵连心,男,自家车\n", "怎么来\tmember.own_ride\n").rows.at(0);
  CHECK_FALSE(named.value("member.own_ride").empty());
  const RosterRow left_out = read(kPeople, "来镇方式\t-\n").rows.at(0);
  CHECK(left_out.value("member.own_ride").empty());
  CHECK(ColumnMap::parse("怎么来\tmember.own_ride\n").error().code == "import.map_target");
}

TEST_CASE("a county that names a field as rosters head another one means its own") {
  const std::string file =
      "version\t1\nkind\tmember\nfield\t10001\town_gift\ttext\treview\tgeneral\t-\t-\t-\tlength:0..40\t1\n"
      "label\town_gift\t特长\tTalent\npurpose\town_gift\t组织文艺队\n";
  const auto rows = domain::read_extension(file);
  REQUIRE(rows.ok());
  RosterOptions options;
  options.own = OwnColumns(domain::extend(domain::Catalogue::base(), rows->rows).catalogue);
  const auto roster = read_roster("姓名,性别,特长\n赵连心,男,二人转\n", "三合村.csv", options);
  REQUIRE(roster.ok());
  CHECK(roster->rows.at(0).value("member.own_gift") == "二人转");
}

}  // namespace lianxin::client::import
