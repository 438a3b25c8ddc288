#include "client/report/sheet.hpp"

#include <doctest/doctest.h>
#include <set>
#include <utility>

namespace lianxin::test {

namespace report = client::report;

TEST_CASE("headings cover every cell above the table once, groups over their columns") {
  report::Sheet sheet;
  sheet.headings = {
      {"序号", {}}, {"外出情况", {{"时间", {}}, {"去向", {{"省", {}}, {"市", {}}}}}}, {"备注", {}}};
  REQUIRE(report::heading_rows(sheet) == 3);
  REQUIRE(report::columns_of(sheet).size() == 5);
  CHECK(report::columns_of(sheet)[3].words == "市");
  std::set<std::pair<std::uint32_t, std::uint32_t>> covered;
  for (const report::HeadingCell& cell : report::heading_cells(sheet)) {
    for (auto row = cell.first_row; row <= cell.last_row; ++row) {
      for (auto column = cell.first_column; column <= cell.last_column; ++column)
        CHECK(covered.emplace(row, column).second);
    }
  }
  CHECK(covered.size() == 15);
  const report::HeadingCell group = report::heading_cells(sheet)[1];
  CHECK(group.words == "外出情况");
  CHECK((group.first_column == 1 && group.last_column == 3 && group.last_row == 0));
}

TEST_CASE("a unit in brackets that does not fit beside its heading stands whole on a line of its own") {
  report::Sheet sheet;
  sheet.headings = {{"慰问金（元）", {}, 8},
                    {"慰问金（元）", {}, 14},
                    {"（元）", {}, 4},
                    {"问题（件）", {{"提出", {}, 3}, {"答复", {}, 3}}}};
  const auto cells = report::heading_cells(sheet);
  CHECK(cells[0].words == "慰问金\n（元）");
  CHECK(cells[1].words == "慰问金（元）");
  CHECK(cells[2].words == "（元）");
  CHECK(cells[3].words == "问题\n（件）");
}

TEST_CASE("the foot of a page: as-of, the snapshot beside it, page n of m in the form's words") {
  report::Sheet sheet;
  sheet.footer = "统计期";
  CHECK(report::foot_of(sheet) == "统计期");
  sheet.snapshot = "机内第 2 版";
  CHECK(report::foot_of(sheet) == "统计期  机内第 2 版");
  CHECK(report::page_words(sheet, "2", "5") == "2 / 5");
  sheet.page = "第 {page} 页 共 {pages} 页";
  CHECK(report::page_words(sheet, "2", "5") == "第 2 页 共 5 页");
}

TEST_CASE("a form without headings takes no rows for them") {
  CHECK(report::heading_rows({}) == 0);
  CHECK(report::heading_cells({}).empty());
}

}  // namespace lianxin::test
