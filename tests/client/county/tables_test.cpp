#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("each village hands in one table for the quarter, each township a register with all of them") {
  MadeCounty& county = shared_county();
  std::map<std::string, std::set<std::string>> tables;
  for (const Live& table : county.live("village_table")) {
    CHECK(table.at("state") != "open");
    CHECK(table.at("state") != "filled");
    CHECK(table.at("confirmed_on") <= kAsOf.text());
    CHECK(table.at("nil_return") == (table.at("row_count") == "0" ? "1" : "0"));
    CHECK(tables[table.at("quarter")].insert(table.at("village_id")).second);
  }
  REQUIRE(tables.size() == 3);
  CHECK(tables.at("2026Q3").size() == kVillagesOfCounty);  // also those outside the share: they say "none"
  std::size_t registers = 0;
  for (const Live& one : county.live("township_register"))
    if (one.at("quarter") == "2026Q3" && one.at("state") == "township_checked") ++registers;
  CHECK(county.made().townships < kTownshipsOfCounty);
  CHECK(registers == kTownshipsOfCounty);
}

TEST_CASE("months whose close was due are closed, by each township and the county") {
  MadeCounty& county = shared_county();
  std::map<std::string, std::size_t> closed;
  for (const Live& close : county.live("month_close"))
    if (close.at("state") == "closed") ++closed[close.at("month")];
  REQUIRE(closed.size() == 8);
  for (const auto& month : closed)
    CHECK_MESSAGE(month.second == kTownshipsOfCounty + 1, month.first);
}
