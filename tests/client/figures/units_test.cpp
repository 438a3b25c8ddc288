#include "client/figures/units.hpp"

#include <doctest/doctest.h>

#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("the laptop serves the smallest unit that covers what it holds") {
  CountyDesk desk;
  const auto of = [&](const std::vector<Id>& held) {
    const auto unit = figures::unit_of_laptop(*desk.database, held);
    REQUIRE(unit.ok());
    return *unit ? (*unit)->name : std::string();
  };
  CHECK(of({desk.sanhe}) == "三合村");
  CHECK(of({desk.sanhe, desk.linhe}) == "三合镇");
  CHECK(of({desk.east, desk.sanhe}) == "三合镇");
  CHECK(of({desk.sanhe, desk.baishan}) == "靖宇县");
  CHECK(of({}) == "");
  CHECK(of({Id::make(1)}) == "");
}

TEST_CASE("units below, without those that ended or are stores; a ring of parents ends") {
  CountyDesk desk;
  desk.unit("store", "仓库", desk.east);
  desk.put("org_unit", desk.linhe, {{"to", "2026-04-01"}});
  const auto below = figures::units_below(*desk.database, desk.east, "2026-05-01");
  REQUIRE(below.ok());
  REQUIRE(below->size() == 1);
  CHECK(below->front().name == "三合村");
  CHECK(figures::units_below(*desk.database, desk.east, "2026-04-01")->size() == 2);  // its last day
  CHECK(figures::units_below(*desk.database, desk.east, "2026-04-02")->size() == 1);
  // No person may save it; two who write offline may bring it about.
  REQUIRE(desk.database
              ->exec("UPDATE k_org_unit SET parent_id = '" + desk.sanhe.text() + "' WHERE id_text(r_id) = '" +
                     desk.county.text() + "'")
              .ok());
  CHECK((*figures::unit_of_laptop(*desk.database, {desk.sanhe}))->name == "三合村");
}

TEST_CASE("of a unit is told what of it this laptop does not hold") {
  CountyDesk desk;
  const auto of = [&](const Id& id, const std::vector<Id>& held, const char* today = "2026-05-01") {
    const auto holding = figures::holding_of(*desk.database, id, held, today);
    REQUIRE(holding.ok());
    return *holding;
  };
  CHECK(of(desk.sanhe, {desk.sanhe}).missing.empty());
  CHECK(of(desk.linhe, {desk.sanhe}).is_nothing());
  const figures::Holding town = of(desk.east, {desk.east, desk.sanhe});
  CHECK(town.units == 3);
  REQUIRE(town.missing.size() == 1);
  CHECK(town.missing.front().name == "临河村");
  CHECK_FALSE(town.is_nothing());
  desk.put("org_unit", desk.linhe, {{"to", "2026-04-01"}});
  CHECK(of(desk.east, {desk.east, desk.sanhe}).missing.empty());  // it ended
  CHECK(of(desk.linhe, {desk.sanhe}).is_nothing());
  desk.put("org_unit", desk.linhe, {{"merged_into+", desk.sanhe.text()}});
  CHECK(of(desk.linhe, {desk.sanhe}).missing.empty());  // its records went there
  CHECK(of(desk.linhe, {desk.baishan}).is_nothing());
  // Split into two it stands for itself, as at the server: neither of them has its records.
  desk.put("org_unit", desk.linhe, {{"merged_into+", desk.baishan.text()}});
  CHECK(of(desk.linhe, {desk.sanhe, desk.baishan}).is_nothing());
  CHECK(of(desk.linhe, {desk.linhe}).missing.empty());
  CHECK(of(desk.east, {}).missing.empty());                 // not told what it holds
  CHECK_FALSE(of(Id::make(1), {desk.sanhe}).is_nothing());  // a unit nobody knows
}

}  // namespace
