// Forms on paper: pages counted, headings again, nothing lost, limits told.
#include "client/report/sheet_pdf.hpp"

#include <doctest/doctest.h>

#include "client/report/sheet_plan.hpp"

namespace lianxin::test {
namespace {

namespace report = client::report;

report::Sheet village(std::size_t rows) {
  report::Sheet out;
  out.name = "三合村";
  out.title = "流动党员信息登记表";
  out.left = "填报单位（盖章）：三合村";
  out.right = "填报日期：2026年9月30日  单位：人";
  out.headings = {{"序号", {}, 5}, {"姓名", {}, 10}, {"联系方式", {{"本人电话", {}, 14}, {"备注", {}, 20}}}};
  for (std::size_t i = 0; i < rows; ++i)
    out.rows.push_back({{std::to_string(i + 1), "王小明", "138****1234", "无"}});
  out.signatures = {"填表人", "审核人"};
  out.footer = "统计期 2026-01-01 至 2026-09-30";
  out.landscape = true;
  return out;
}

/// How many pages the file says it has.
int pages_of(const Bytes& pdf) {
  const std::size_t at = pdf.find("/Count ", pdf.find("/Type /Pages"));
  REQUIRE(at != Bytes::npos);
  return std::stoi(pdf.substr(at + 7, 5));
}

report::SheetPlan plan_of(const report::Sheet& sheet) {
  Bytes out;
  const report::Surface surface = report::pdf_surface(out, "", "2020-01-01");
  const report::Cairo cairo(cairo_create(surface.get()));
  report::Typesetter types(cairo.get());
  return report::plan_sheet(types, sheet);
}

/// Every line of every row stands on some page, once and in order, and no page is filled beyond its end.
void check_whole(const report::SheetPlan& plan, std::size_t rows) {
  std::size_t next = 0;
  int line = 0;
  for (const report::PlannedPage& page : plan.pages) {
    double y = plan.body;
    for (const report::Strip& strip : page.strips) {
      REQUIRE(strip.row == next);
      REQUIRE(strip.first_line == line);
      line += static_cast<int>((strip.height - 2 * report::kRowPad) / plan.face.line() + 1e-6);
      if (line >= plan.lines[next]) {
        line = 0;
        ++next;
      }
      y += strip.height;
    }
    CHECK(y <= plan.bottom + 0.1);
  }
  CHECK(next == rows);
}

}  // namespace

TEST_CASE("each form begins a page; pages of at most so many rows as the form says") {
  report::Sheet long_one = village(40);
  long_one.rows_per_page = 15;
  const auto pdf = report::sheets_pdf({village(3), long_one});
  REQUIRE(pdf.ok());
  CHECK(pdf->starts_with("%PDF-"));
  CHECK(pages_of(*pdf) == 4);
  const report::SheetPlan plan = plan_of(long_one);
  REQUIRE(plan.pages.size() == 3);
  CHECK(plan.pages[0].strips.size() == 15);
  CHECK(plan.pages[2].strips.size() == 10);
  check_whole(plan, 40);
}

TEST_CASE("no form at all and a form without columns are pages too") {
  CHECK(report::sheets_pdf({}).ok());
  report::Sheet cover;
  cover.title = "流动党员管理台账";
  cover.is_cover = true;
  cover.notes = {"三合镇", "2026年第三季度"};
  const auto pdf = report::sheets_pdf({cover});
  REQUIRE(pdf.ok());
  CHECK(pages_of(*pdf) == 1);
}

TEST_CASE("a long cell makes its row high and is never cut; taller than a page, it goes on") {
  report::Sheet sheet = village(3);
  for (int i = 0; i < 40; ++i)
    sheet.rows[1].cells[3] += "家中老人由邻居照看，";
  report::SheetPlan plan = plan_of(sheet);
  CHECK(plan.pages.size() == 1);
  CHECK(plan.lines[1] > 5);
  check_whole(plan, 3);
  for (int i = 0; i < 400; ++i)
    sheet.rows[1].cells[3] += "家中老人由邻居照看，";
  plan = plan_of(sheet);
  CHECK(plan.pages.size() > 2);
  check_whole(plan, 3);
}

TEST_CASE("notes go below the table; where there is no room the last row goes with them to another page") {
  report::Sheet sheet = village(5);
  sheet.notes = {"补报 2 条"};
  CHECK(plan_of(sheet).pages.size() == 1);
  report::Sheet full = village(300);
  const std::size_t first = plan_of(full).pages.front().strips.size();
  full = village(first);
  full.notes = {"补报 2 条"};
  const report::SheetPlan plan = plan_of(full);
  REQUIRE(plan.pages.size() == 2);
  CHECK(plan.pages[1].has_notes);
  CHECK(plan.pages[1].table == plan.top);  // headings below the title, not across it
  REQUIRE(plan.pages[1].strips.size() == 1);
  CHECK(plan.pages[1].strips.front().row == first - 1);
  check_whole(plan, first);
}

TEST_CASE("the same forms give the same bytes, other words other ones") {
  const auto first = report::sheets_pdf({village(20)});
  const auto again = report::sheets_pdf({village(20)});
  REQUIRE((first.ok() && again.ok()));
  CHECK(*first == *again);
  report::Sheet frozen = village(20);
  frozen.snapshot = "存档 0198 机内第 2 版";
  CHECK(*report::sheets_pdf({frozen}) != *first);
}

TEST_CASE("what cannot be printed is told: too many columns, too many pages") {
  report::Sheet wide = village(1);
  for (int i = 0; i < 20; ++i)
    wide.headings.push_back({"栏", {}, 12});
  const auto refused = report::sheets_pdf({wide});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "sheet.too_wide");
  const auto endless = report::sheets_pdf(std::vector<report::Sheet>(report::kSheetPagesMax + 1, village(1)));
  REQUIRE_FALSE(endless.ok());
  CHECK(endless.error().code == "sheet.too_long");
}

TEST_CASE("names with characters beyond the first plane, empty cells and missing cells are set") {
  report::Sheet sheet = village(0);
  sheet.rows = {{{"1", "𠮷𡈽㛃", "", "䶮·艾克拜尔"}}, {{"2"}}, {{}}};
  const auto pdf = report::sheets_pdf({sheet});
  REQUIRE(pdf.ok());
  check_whole(plan_of(sheet), 3);
}

}  // namespace lianxin::test
