// A division that went up in another, or ended, takes nothing more; one whose end lies ahead still stands.
#include "sync/server/service/moves.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Ended : Villages {
  FakeLaptop county{office, office.worker("县", "county_officer", kCounty)};
  Id longquan = office.unit(kLongquan);
  server::Moves moves{office.store(), office.catalogue(), office.clock, office.admin().county()};
  Date today() const { return Date::of(office.clock.now_ms()); }
  std::string day(int from_today) const { return today().plus_days(from_today).text(); }

  void merge() { (void)must(moves.merge_divisions({kSanhe}, kDajing, today(), false)); }
  /// What an officer of the county writes on the card of a division.
  void write(const Id& unit, const std::string& field, const std::string& value) {
    county.put("org_unit", unit, Id{}, {{field, value}});
    (void)county.sync();
  }
  std::string add(const std::string& code) {
    const auto added = office.admin().add_worker("新", "worker", code);
    return added.ok() ? "" : added.error().code;
  }
  std::string grant(const server::Administration::Days& days) {
    const auto granted = office.admin().grant(d.worker, "worker", kSanhe, days);
    return granted.ok() ? "" : granted.error().code;
  }
  std::string hand_over(const Id& record) {
    const auto moved = moves.hand_over(record, kSanhe, false);
    return moved.ok() ? "" : moved.error().code;
  }
};

std::string arg(const Error& error, const std::string& name) {
  for (const ErrorArg& one : error.args) {
    if (one.name == name) return one.value;
  }
  return "";
}

TEST_CASE("nothing is handed over to a village that went up in another, wherever it comes from") {
  Ended v;
  const Id came_along = v.a.member("随村", kSanhe);
  const Id from_there = v.d.member("外村", kDajing);
  v.sync_all();
  v.merge();
  FakeLaptop far(v.office, v.office.worker("远", "secretary", kLongquan));
  const Id from_far = far.member("远村", kLongquan);
  (void)far.sync();
  const std::string before = v.office.dump();
  for (const Id& id : {came_along, from_there, from_far}) {
    const auto moved = v.moves.hand_over(id, kSanhe, true);
    REQUIRE_FALSE(moved.ok());
    CHECK(moved.error().code == "division.gone");
    CHECK(v.hand_over(id) == "division.gone");
  }
  CHECK(v.office.dump() == before);
  const auto error = v.moves.hand_over(from_far, kSanhe, false).error();
  CHECK(arg(error, "code") == kSanhe);
  CHECK(arg(error, "into_code") == kDajing);
  CHECK(arg(error, "name") == must(v.office.reader()->unit(v.sanhe))->name);
  CHECK(arg(error, "into") == must(v.office.reader()->unit(v.dajing))->name);
  v.office.prove();
}

TEST_CASE("nobody is given an ended village; days that were before its end may still be written down") {
  Ended v;
  v.merge();
  CHECK(v.add(kSanhe) == "division.gone");
  CHECK(v.grant({}) == "division.gone");
  CHECK(v.grant({v.day(3), ""}) == "division.gone");
  CHECK(v.grant({v.day(-9), ""}) == "division.gone");
  CHECK(v.grant({v.day(-9), v.day(0)}) == "division.gone");
  CHECK(v.grant({v.day(-9), v.day(-1)}).empty());
  CHECK(v.add(kDajing).empty());
  v.office.prove();
}

TEST_CASE("a village whose end lies ahead stands until then, for people and for records") {
  Ended v;
  const Id id = v.d.member("外村", kDajing);
  v.sync_all();
  v.write(v.sanhe, "to", v.day(20));
  CHECK(v.add(kSanhe).empty());
  CHECK(v.grant({}).empty());
  CHECK(v.grant({v.day(20), ""}).empty());
  CHECK(v.grant({v.day(21), ""}) == "division.ended");
  CHECK(v.hand_over(id).empty());
  // Its successor is written down as well: people have it until its end, records are filed there already.
  v.write(v.sanhe, "merged_into:" + v.dajing.text(), "1");
  CHECK(v.grant({v.day(1), ""}).empty());
  CHECK(v.grant({v.day(21), ""}) == "division.gone");
  CHECK(v.hand_over(id) == "division.gone");
  v.office.clock.advance(30LL * 24 * 3600 * 1000);
  CHECK(v.add(kSanhe) == "division.gone");
}

TEST_CASE("a village that ended without a successor takes nothing, and may still go up in another") {
  Ended v;
  const Id id = v.a.member("留村", kSanhe);
  const Id other = v.d.member("外村", kDajing);
  v.sync_all();
  v.write(v.sanhe, "to", v.day(-1));
  CHECK(v.add(kSanhe) == "division.ended");
  CHECK(v.hand_over(other) == "division.ended");
  const auto moved = must(v.moves.merge_divisions({kSanhe}, kDajing, v.today(), false));
  CHECK(moved.kinds.at("member").moved == 1);
  v.sync_all();
  CHECK(v.scopes_of(id) == std::vector<Id>{v.dajing});
  CHECK(v.a.shown(v.sanhe, "to") == v.day(-1));
  v.office.prove();
}

TEST_CASE("a merger may be into a village whose end lies ahead, and not of one that went elsewhere") {
  Ended v;
  v.write(v.dajing, "to", v.day(20));
  CHECK(v.moves.merge_divisions({kSanhe}, kDajing, v.today().plus_days(21), true).error().code ==
        "merge.gone");
  v.merge();
  const auto elsewhere = v.moves.merge_divisions({kSanhe}, kLongquan, v.today(), false);
  REQUIRE_FALSE(elsewhere.ok());
  CHECK(elsewhere.error().code == "merge.gone");
  CHECK(arg(elsewhere.error(), "code") == kSanhe);
  // Where that one goes on to is where this one is now: what has come in since goes along.
  (void)must(v.moves.merge_divisions({kDajing}, kLongquan, v.today(), false));
  CHECK(must(v.moves.merge_divisions({kSanhe}, kLongquan, v.today(), false)).moved == 0);
  v.office.prove();
}

}  // namespace
