#include "client/app/roster_villages.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::app {
namespace {

RosterUnit unit(const char* code, const char* name, const char* kind, bool held, Id merged_into = {}) {
  return {Id::make(1), code, name, kind, merged_into, held};
}

RosterVillages sample() {
  RosterUnit kept = unit("220622100206", "保安村", "village", true);
  RosterUnit gone = unit("220622100207", "前进村", "village", false, kept.id);
  return RosterVillages(
      {unit("220622", "靖宇县", "county", false), unit("220622100", "靖宇镇", "township", true), kept, gone,
       unit("220622100201", "河南社区", "community", true), unit("220622101200", "三合村", "village", false),
       unit("220622105200", "东兴村", "village", true), unit("220622104200", "东兴村", "village", true),
       unit("220622101207", "永生村", "village", false), unit("220622100209", "永生村", "village", true)});
}

}  // namespace

TEST_CASE("villages are found by name, code and the ways offices write them") {
  const RosterVillages villages = sample();
  for (const char* written : {"保安村", "220622100206", " 保 安 村", "保安村委会", "保安", "保安村党支部"}) {
    CAPTURE(written);
    const auto found = villages.find(written);
    REQUIRE(found.unit != nullptr);
    CHECK(found.problem.empty());
    CHECK(found.unit->code == "220622100206");
  }
  CHECK(villages.find("河南社区居委会").unit->code == "220622100201");
}

TEST_CASE("of several with one name the laptop's own is meant; several own ones are not guessed") {
  const RosterVillages villages = sample();
  CHECK(villages.find("永生村").unit->code == "220622100209");
  CHECK(villages.find("东兴村").problem == "village_ambiguous");
  CHECK(villages.find("东兴村").unit == nullptr);
}

TEST_CASE("what is not this laptop's is told apart from what nobody knows") {
  const RosterVillages villages = sample();
  CHECK(villages.find("三合村").problem == "village_outside");
  CHECK(villages.find("没有村").problem == "village_unknown");
  CHECK(villages.find("220622999999").problem == "village_unknown");
  CHECK(villages.find("  ").problem == "village_missing");
}

TEST_CASE("a village merged into another speaks for that one") {
  CHECK(sample().find("前进村").unit->code == "220622100206");
}

TEST_CASE("a batch is filed at the smallest unit above all its villages that the laptop holds") {
  const RosterVillages villages = sample();
  CHECK(villages.above({"220622100206"})->code == "220622100206");
  CHECK(villages.above({"220622100206", "220622100201"})->code == "220622100");
  CHECK(villages.above({"220622100206", "220622105200"}) == nullptr);
}

}  // namespace lianxin::client::app
