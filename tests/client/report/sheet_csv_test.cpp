#include "client/report/sheet_csv.hpp"

#include <doctest/doctest.h>

namespace lianxin::test {
namespace {

namespace report = client::report;

report::Sheet sheet() {
  report::Sheet out;
  out.headings = {{"姓名", {}}, {"联系方式", {{"电话", {}}}}, {"数量", {}, 6, report::CellKind::kNumber}};
  return out;
}

std::string csv(const report::Sheet& sheet) {
  const auto made = report::sheet_csv(sheet, report::CsvEncoding::kUtf8);
  REQUIRE(made.ok());
  return *made;
}

}  // namespace

TEST_CASE("a form as CSV: byte order mark, one row of headings with their groups, missing cells blank") {
  report::Sheet form = sheet();
  form.rows = {{{"赵连心", "13800001234", "2"}}, {{"无"}}};
  CHECK(csv(form) == "\xEF\xBB\xBF姓名,联系方式/电话,数量\r\n赵连心,13800001234,2\r\n无,,\r\n");
}

TEST_CASE("the last line says of which days it is and as what it was handed in") {
  report::Sheet form = sheet();
  form.rows = {{{"赵连心", "", "2"}}};
  form.footer = "统计期 2026-01-01 至 2026-09-30";
  form.snapshot = "存档 0190 机内第 1 版";
  CHECK(csv(form).ends_with("赵连心,,2\r\n统计期 2026-01-01 至 2026-09-30  存档 0190 机内第 1 版\r\n"));
}

TEST_CASE("what a spreadsheet would compute stays words, a negative number stays a number") {
  report::Sheet form = sheet();
  form.rows = {{{"=1+1", "+86", "-3"}}, {{"@x", "-2", "-3+cmd"}}, {{"\tx", "", "=A1"}}};
  CHECK(csv(form).ends_with("'=1+1,'+86,-3\r\n'@x,'-2,'-3+cmd\r\n'\tx,,'=A1\r\n"));
}

TEST_CASE("commas, quotes and line ends inside a cell are quoted") {
  report::Sheet form = sheet();
  form.rows = {{{"a,b", "说\"好\"", "x\ny"}}};
  CHECK(csv(form).ends_with("\"a,b\",\"说\"\"好\"\"\",\"x\ny\"\r\n"));
}

TEST_CASE("GB 18030 has the rare characters too, words that are not UTF-8 are refused") {
  report::Sheet form;
  form.headings = {{"无", {}}};
  form.rows = {{{"𠮷"}}};  // U+20BB7, four bytes
  const auto made = report::sheet_csv(form, report::CsvEncoding::kGb18030);
  REQUIRE(made.ok());
  CHECK(*made == "\xCE\xDE\r\n\x95\x34\xB2\x35\r\n");
  form.rows = {{{"\xFF"}}};
  const auto broken = report::sheet_csv(form, report::CsvEncoding::kGb18030);
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().code == "sheet.encoding");
}

}  // namespace lianxin::test
