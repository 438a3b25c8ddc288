// What went and came with people since a paper was made.
#include "client/report/moved_along.hpp"

#include <doctest/doctest.h>
#include <optional>
#include <set>

#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

report::Snapshot paper_of(CountyDesk& desk, const Id& unit, const report::ColumnShares& columns) {
  auto ledger = figures::Ledger::open(*desk.database, {unit, {2026, 1, 1}, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  auto counting = report::count_all(*ledger, *desk.database, columns);
  REQUIRE(counting.ok());
  report::Snapshot out;
  out.made_ms = desk.clock.now_ms();
  out.records = std::move(counting->records);
  out.numbers = std::move(counting->numbers);
  return out;
}

report::ColumnShares shares_of(CountyDesk& desk, const Id& unit) {
  auto ledger = figures::Ledger::open(*desk.database, {unit, {2026, 1, 1}, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  auto shares = report::column_shares(*ledger, *report::form_definition("f7"));
  REQUIRE(shares.ok());
  return *std::move(shares);
}

std::int64_t sum_of(const report::ColumnShares& shares, const std::string& column) {
  std::int64_t sum = 0;
  for (const figures::Counted& one : shares.at(column))
    sum += one.amount;
  return sum;
}

}  // namespace

TEST_CASE("the shares of a column are kept with a paper, and add up to the column") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id other = desk.mobile_member("乙", desk.sanhe);
  desk.visit({{"members", member.text() + "," + other.text()},
              {"occurred_on", "2026-03-02"},
              {"outcome", "met"},
              {"purposes", "study"},
              {"mode", "door"}});
  const report::ColumnShares shares = shares_of(desk, desk.county);
  CHECK(sum_of(shares, "members") == 2);
  CHECK(sum_of(shares, "visits") == 1);
  CHECK(sum_of(shares, "study_persons") == 2);
  CHECK(sum_of(shares, "households") == 2);
  const report::Snapshot then = paper_of(desk, desk.county, shares);
  const report::ColumnShares kept = report::column_shares(then);
  CHECK(sum_of(kept, "study_persons") == 2);
  CHECK(kept.at("hardship").empty());
  CHECK(report::column_shares(paper_of(desk, desk.county, {})).empty());
}

TEST_CASE("who scored in two lines of the form adds to the column in both") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const auto score = [&](const char* day) {
    desk.add(
        "points_entry",
        {{"member_id", member.text()}, {"occurred_on", day}, {"state", "approved"}, {"points_tenths", "10"}});
  };
  score("2026-03-02");
  score("2026-03-03");
  CHECK(sum_of(shares_of(desk, desk.county), "scorers") == 1);
  desk.put("member", member, {{"home_village_id", desk.baishan.text()}});
  score("2026-03-04");
  CHECK(sum_of(shares_of(desk, desk.county), "scorers") == 2);
  CHECK(sum_of(shares_of(desk, desk.east), "scorers") == 1);
}

TEST_CASE("who left is still counted, who came with his village is not, who was there and is new is") {
  CountyDesk desk;
  const Id comes = desk.mobile_member("甲", desk.baishan);
  desk.clock.advance(10'000);
  report::Snapshot then = paper_of(desk, desk.east, shares_of(desk, desk.east));
  const Id left = *Id::parse("7fffffff-ffff-7fff-bfff-ffffffffffff");
  for (report::FrozenNumber& number : then.numbers) {
    if (number.row == report::kColumnRow && number.part == "visits")
      number.shares.push_back({static_cast<std::uint32_t>(then.records.size()), 3});
  }
  then.records.push_back({left, 1});
  desk.clock.advance(10'000);
  desk.put("member", comes, {{"home_village_id", desk.linhe.text()}});
  const Id fresh = desk.mobile_member("乙", desk.sanhe);
  report::MovedAlong along(desk.records, *desk.database, then);
  CHECK(*along.went(left));
  CHECK_FALSE(*along.went(comes));
  CHECK(*along.came(comes));
  CHECK_FALSE(*along.came(fresh));
  const report::ColumnShares now = shares_of(desk, desk.east);
  CHECK(sum_of(now, "members") == 2);
  const auto moved = report::moved_shares(along, then, now);
  REQUIRE(moved.ok());
  CHECK(moved->at("visits") == 3);
  CHECK(moved->at("members") == -1);
}

TEST_CASE(
    "who was handed over out of the unit is no minus where both units are held; who was voided is one") {
  CountyDesk desk;
  const Id goes = desk.mobile_member("甲", desk.sanhe);
  const Id moves = desk.mobile_member("乙", desk.sanhe);
  const Id voided = desk.mobile_member("丙", desk.sanhe);
  desk.clock.advance(10'000);
  report::Snapshot then = paper_of(desk, desk.east, shares_of(desk, desk.east));
  then.scope = desk.east;
  desk.clock.advance(10'000);
  desk.put("member", goes, {{"home_village_id", desk.baishan.text()}});
  desk.put("member", moves, {{"home_village_id", desk.linhe.text()}});  // still in the township
  REQUIRE(desk.records.void_record(voided, "误登记")->ok);
  report::MovedAlong along(desk.records, *desk.database, then);
  CHECK(*along.went(goes));
  CHECK_FALSE(*along.went(moves));
  CHECK_FALSE(*along.went(voided));
  const auto moved = report::moved_shares(along, then, shares_of(desk, desk.east));
  REQUIRE(moved.ok());
  for (const char* column : {"members", "mobile", "out"})
    CHECK(moved->at(column) == 1);
}

namespace {

/// Two of one address, met in March, and the paper of that.
struct SharedDoor {
  CountyDesk desk;
  Id stands = desk.mobile_member("甲", desk.sanhe);
  Id stays = desk.mobile_member("乙", desk.sanhe);
  std::optional<report::Snapshot> then;

  SharedDoor() {
    for (const Id& member : {stands, stays})
      desk.put("member", member, {{"home_address", "前街七号"}});
    visit(stands);
    visit(stays);
  }
  void visit(const Id& member) {
    desk.visit(
        {{"members", member.text()}, {"occurred_on", "2026-03-02"}, {"outcome", "met"}, {"mode", "door"}});
  }
  void freeze() {
    desk.clock.advance(10'000);
    then = paper_of(desk, desk.sanhe, shares_of(desk, desk.sanhe));
    then->scope = desk.sanhe;
    desk.clock.advance(10'000);
  }
  std::int64_t moved() {
    report::MovedAlong along(desk.records, *desk.database, *then);
    const auto shares = report::moved_shares(along, *then, shares_of(desk, desk.sanhe));
    REQUIRE(shares.ok());
    const auto found = shares->find("households");
    return found == shares->end() ? 0 : found->second;
  }
  std::int64_t counted() { return sum_of(shares_of(desk, desk.sanhe), "households"); }
  /// The laptop does not hold him any more, nor what hangs on him.
  void leave(const Id& member) {
    const auto shown = desk.records.get(member);
    REQUIRE(shown.ok());
    for (const auto& [kind, children] : (*shown)->children) {
      for (const Id& child : children)
        REQUIRE(desk.impl->remove(child).ok());
    }
    REQUIRE(desk.impl->remove(member).ok());
  }
};

}  // namespace

TEST_CASE("a household of which somebody stays is one household, whoever stood for it") {
  SharedDoor at;
  CHECK(at.counted() == 1);
  at.freeze();
  CHECK(at.moved() == 0);
  at.leave(std::min(at.stands, at.stays));
  CHECK(at.counted() == 1);
  CHECK(at.moved() == 0);
  at.leave(std::max(at.stands, at.stays));
  CHECK(at.counted() == 0);
  CHECK(at.moved() == 1);
}

TEST_CASE("a visit counts the household of the village it was made in, wherever its people live now") {
  SharedDoor at;
  at.freeze();
  for (const Id& member : {at.stands, at.stays}) {
    at.desk.put("member", member, {{"home_village_id", at.desk.baishan.text()}});
    CHECK(at.counted() == 1);
    CHECK(at.moved() == 0);
  }
  CHECK(sum_of(shares_of(at.desk, at.desk.county), "households") == 1);
  CHECK(sum_of(shares_of(at.desk, at.desk.baishan), "households") == 0);
}

TEST_CASE("who came to an address that was counted is no second household, and takes none away") {
  SharedDoor at;
  const Id comes = at.desk.mobile_member("丙", at.desk.baishan);
  at.freeze();
  at.desk.put("member", comes, {{"home_village_id", at.desk.sanhe.text()}, {"home_address", "前街七号"}});
  at.visit(comes);
  CHECK(at.counted() == 1);
  CHECK(at.moved() == 0);
}

TEST_CASE("a paper of before the addresses were kept knows who stood for each") {
  SharedDoor at;
  CHECK(report::doors_of(shares_of(at.desk, at.desk.sanhe)) ==
        std::vector<std::set<Id>>{{at.stands, at.stays}});
  CHECK(report::doors_of({{"households", {{at.stands.text(), 1}, {at.stays.text(), 1}}}}).size() == 2);
  CHECK(report::doors_of({}).empty());
}
