// A number says what went along with people who were handed over.
#include "client/figures/handed_over.hpp"

#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "client/figures/words.hpp"
#include "client/store/moved_on.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::size_t count_of(CountyDesk& desk, const Id& unit, const Date& from) {
  auto ledger = figures::Ledger::open(*desk.database, {unit, from, {2100, 1, 1}, false});
  REQUIRE(ledger.ok());
  const auto count = figures::handed_over_since(*desk.database, *ledger, from);
  REQUIRE(count.ok());
  return *count;
}

}  // namespace

TEST_CASE("who left a unit is told by the unit and those above it, in periods that go on until then") {
  CountyDesk desk;
  const Id member = Id::make(desk.clock.now_ms());
  const auto kind =
      client::store::note_moved_on(*desk.database, domain::Catalogue::base().kind("member")->wire, member,
                                   desk.sanhe, desk.clock.now_ms());
  REQUIRE(kind.ok());
  REQUIRE(client::store::note_moved_on(*desk.database, domain::Catalogue::base().kind("visit")->wire,
                                       Id::make(2), desk.sanhe, desk.clock.now_ms())
              .ok());
  REQUIRE(desk.impl->set_held({{desk.sanhe, "", "", {0}}, {desk.baishan, "", "", {0}}}).ok());
  const Date today = Date::of(desk.clock.now_ms());
  for (const Id& unit : {desk.sanhe, desk.east, desk.county})
    CHECK(count_of(desk, unit, today) == 1);
  CHECK(count_of(desk, desk.west, today) == 0);
  CHECK(count_of(desk, desk.sanhe, today.plus_days(1)) == 0);
}

TEST_CASE("figures of work say it beside them, those of people do not, and row 16 says how it is counted") {
  CountyDesk desk;
  const Messages messages = *Messages::parse(assets::texts("zh-CN"));
  const std::string words = figures::handed_over_words(2, {2026, 1, 1}, messages);
  CHECK(words.find("2 名党员") != std::string::npos);
  CHECK(figures::handed_over_words(0, {2026, 1, 1}, messages).empty());
  CHECK(figures::note_of(desk.figure(45), words, messages) == words);
  CHECK(figures::note_of(desk.figure(45), "", messages).empty());
  CHECK(figures::note_of(desk.figure(20), words, messages).empty());
  CHECK(figures::note_of(desk.figure(16), words, messages) == messages.get("figure.16.note"));
}
