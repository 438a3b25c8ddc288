#include "client/import/written_rows.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import {

TEST_CASE("a row is given back as it was written, with what is merged down to it") {
  const std::string bytes = test::BookMaker()
                                .sheet("名册")
                                .row("A1", {"村", "姓名", "出生日期", "备注"})
                                .merge("A2:A3", "三合村")
                                .row("B2", {"赵一", "1979.3", "常回家"})
                                .row("B3", {"钱二", "", "=1+1"})
                                .bytes();
  const auto workbook = read_workbook(bytes, "a.xlsx");
  REQUIRE(workbook.ok());
  const auto roster = read_roster(*workbook, "a.xlsx");
  REQUIRE(roster.ok());
  const RosterTable& table = roster->sheets.front().tables.front();
  const std::vector<WrittenRow> rows = written_rows(*workbook, "名册", table, {3, 9});
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].row == 3);
  CHECK(rows[0].cells == std::vector<std::string>{"三合村", "钱二", "", "=1+1"});
  CHECK(written_rows(*workbook, "没有这张表", table, {3}).empty());
}

}  // namespace lianxin::client::import
