#include "client/report/sheet_xlsx.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

#include "client/import/xlsx_reader.hpp"

namespace lianxin::test {
namespace {

namespace report = client::report;
namespace import = client::import;

report::Sheet village(const std::string& name) {
  report::Sheet out;
  out.name = name;
  out.title = "流动党员信息登记表";
  out.headings = {{"身份证号", {}, 20},
                  {"联系方式", {{"本人电话", {}, 14}, {"家庭电话", {}, 14}}},
                  {"数量", {}, 6, report::CellKind::kNumber}};
  out.rows = {{{"220699197903070012", "13800001234", "=1+1", "12"}}};
  out.footer = "A & B";
  return out;
}

struct File {
  std::string path =
      (std::filesystem::temp_directory_path() / ("lx-sheet-" + std::to_string(::getpid()) + ".xlsx"))
          .string();
  ~File() { std::filesystem::remove(path); }
  [[nodiscard]] Bytes bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

}  // namespace

TEST_CASE("a workbook read back: IDs and would-be formulas are text, numbers numbers, headings merged") {
  const File file;
  REQUIRE(report::write_xlsx({village("三合村"), village("东兴村")}, file.path).ok());
  const auto book = import::read_xlsx(file.bytes());
  REQUIRE(book.ok());
  REQUIRE(book->sheets.size() == 2);
  const import::Sheet& sheet = book->sheets[0];
  CHECK(sheet.name == "三合村");
  const import::Row& row = sheet.rows.back();
  REQUIRE(row.cells.size() == 4);
  CHECK(row.number == 5);
  CHECK((row.cells[0].kind == import::CellKind::kText && row.cells[0].text == "220699197903070012"));
  CHECK((row.cells[2].kind == import::CellKind::kText && row.cells[2].text == "=1+1"));
  CHECK_FALSE(row.cells[2].is_formula);
  CHECK((row.cells[3].kind == import::CellKind::kNumber && row.cells[3].text == "12"));
  CHECK(sheet.merges.size() == 4);  // title, group, two columns that reach down
}

TEST_CASE("the same forms give the same workbook") {
  const File file;
  REQUIRE(report::write_xlsx({village("三合村")}, file.path).ok());
  const Bytes first = file.bytes();
  REQUIRE(report::write_xlsx({village("三合村")}, file.path).ok());
  CHECK(first == file.bytes());
}

TEST_CASE("a tab named twice is refused and leaves no file") {
  const File file;
  const Status status =
      report::write_xlsx({village("三合村"), village("东兴村"), village("三合村")}, file.path);
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == "sheet.failed");
  CHECK_FALSE(std::filesystem::exists(file.path));
}

TEST_CASE("forms of one name are pages of one tab, a card stands above its table") {
  const File file;
  report::Sheet first = village("赵志远");
  first.headings = {{"", {}, 10}, {"", {}, 10}, {"", {}, 10}, {"", {}, 10}};
  first.rows.clear();
  first.card = {{{"姓名", "=赵志远", 1, 1}, {"性别", "男", 1, 1}}, {{"住址", "三合村1组3号", 1, 3, 4}}};
  report::Sheet second = village("赵志远");
  second.headings = {
      {"时间", {}, 10}, {"内容", {}, 10}, {"金额", {}, 10, report::CellKind::kNumber}, {"签字", {}, 10}};
  second.rows = {{{"2026-02-11", "慰问金", "500", ""}}};
  REQUIRE(report::write_xlsx({first, second}, file.path).ok());
  const auto book = import::read_xlsx(file.bytes());
  REQUIRE(book.ok());
  REQUIRE(book->sheets.size() == 1);
  std::vector<std::string> words;
  for (const import::Row& row : book->sheets[0].rows)
    for (const import::Cell& cell : row.cells)
      if (!cell.text.empty()) words.push_back(cell.text);
  CHECK(words == std::vector<std::string>{"流动党员信息登记表", "姓名", "=赵志远", "性别", "男", "住址",
                                          "三合村1组3号", "流动党员信息登记表", "时间", "内容", "金额",
                                          "签字", "2026-02-11", "慰问金", "500"});
}

}  // namespace lianxin::test
