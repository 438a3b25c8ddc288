// What may be counted twice is said where it is counted, and no longer once somebody has decided.
#include "client/figures/undecided.hpp"

#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

const Messages& chinese_words() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

std::vector<figures::Undecided> undecided(CountyDesk& desk, const Id& unit) {
  while (*desk.records.read_twins(100)) {
  }
  const auto found = figures::undecided(desk.records, *desk.database, unit);
  REQUIRE(found.ok());
  return *found;
}

TEST_CASE("two entries that may be one are named in both their units and above, nowhere else") {
  CountyDesk desk;
  const Id one = desk.add(
      "member", {{"name", "赵连心"}, {"home_village_id", desk.sanhe.text()}, {"born_on", "1979-03"}});
  const Id other = desk.add(
      "member", {{"name", "赵连心"}, {"home_village_id", desk.linhe.text()}, {"born_on", "1979-03"}});
  for (const Id& unit : {desk.sanhe, desk.linhe, desk.east, desk.county, Id{}})
    CHECK(undecided(desk, unit).size() == 1);
  CHECK(undecided(desk, desk.west).empty());
  CHECK(figures::undecided_words(undecided(desk, desk.county), chinese_words()) ==
        "含 1 组疑似重复，待核：赵连心 (三合村) / 赵连心 (临河村)");
  CHECK(figures::undecided_words({}, chinese_words()).empty());
  for (const auto word : {client::store::TwinWord::kSame, client::store::TwinWord::kUnsaid,
                          client::store::TwinWord::kDifferent}) {
    REQUIRE(desk.records.say_twins(one, other, word).ok());
    const bool waits = word == client::store::TwinWord::kUnsaid;
    CHECK(undecided(desk, desk.county).size() == (waits ? 1 : 0));
  }
}

TEST_CASE("pairs that go by the same words are named once, with how many they are") {
  const figures::Undecided visits{"visit", Id(), Id(), Id(), Id(), "赵连心 2026-09-10"};
  figures::Undecided parcels = visits;
  parcels.kind = "delivery";
  figures::Undecided another = visits;
  another.names = "钱一 2026-09-11";
  CHECK(figures::undecided_words({visits, another, parcels}, chinese_words()) ==
        "含 3 组疑似重复，待核：赵连心 2026-09-10 ×2、钱一 2026-09-11");
}

TEST_CASE("two visits that may be one occasion are named by whom they were to, and when") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  for (const char* content : {"送书三本", "送书"})
    (void)desk.add("visit", {{"members+", member.text()},
                             {"occurred_on", "2026-09-10"},
                             {"purposes+", "study"},
                             {"mode", "door"},
                             {"outcome", "met"},
                             {"content", content}});
  const auto found = undecided(desk, desk.county);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == "visit");
  CHECK(found[0].names == "赵连心 2026-09-10");
  CHECK(figures::is_in_period(found[0], {2026, 9, 10}, {2026, 9, 30}));
  CHECK_FALSE(figures::is_in_period(found[0], {2026, 9, 11}, {2026, 9, 30}));
  CHECK_FALSE(figures::is_in_period(found[0], {2026, 8, 1}, {2026, 9, 9}));
  CHECK(undecided(desk, desk.west).empty());
}

TEST_CASE("a figure says so when one of them is in its list; more than five names are counted, not said") {
  CountyDesk desk;
  std::vector<Id> members;
  for (int n = 0; n < 4; ++n)
    members.push_back(desk.mobile_member("钱守信", desk.sanhe));
  const auto all = undecided(desk, desk.county);
  CHECK(all.size() == 6);                                             // each with each
  CHECK(figures::is_in_period(all[0], {2026, 9, 1}, {2026, 9, 30}));  // people have no day
  CHECK(figures::undecided_words(all, chinese_words()) == "含 6 组疑似重复，待核：钱守信 (三合村) ×6");
  std::vector<figures::Undecided> many(6);
  for (std::size_t i = 0; i < many.size(); ++i)
    many[i].names = std::to_string(i);
  CHECK(figures::undecided_words(many, chinese_words()) == "含 6 组疑似重复，待核：0、1、2、3、4等");
  figures::Figure figure;
  CHECK(figures::undecided_in(figure, all).empty());
  figure.counted.push_back({members[0].text(), 1});
  CHECK(figures::undecided_in(figure, all).size() == 3);
}

}  // namespace
