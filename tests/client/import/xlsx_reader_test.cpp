#include "client/import/xlsx_reader.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"
#include "tests/support/zip_file.hpp"

namespace lianxin::client::import::test {
namespace {

using lianxin::test::zip_of;

Workbook workbook_of(const std::string& bytes) {
  auto workbook = read_xlsx(bytes);
  REQUIRE(workbook.ok());
  return std::move(workbook).value();
}

const Cell& cell_at(const Sheet& sheet, std::uint32_t row, std::uint32_t column) {
  for (const Row& candidate : sheet.rows) {
    const Cell* cell = candidate.number == row ? find_cell(candidate, column) : nullptr;
    if (cell != nullptr) return *cell;
  }
  FAIL("no cell " << column_letters(column) << row);
  return sheet.rows.front().cells.front();
}

}  // namespace

TEST_CASE("every kind of cell is read as a person sees it") {
  BookMaker maker;
  maker.sheet("甲")
      .text("A1", "王𬭎")
      .number("B1", 45292, "yyyy-mm-dd")
      .number("C1", 45292, "yyyy\"年\"m\"月\"");
  maker.number("D1", 1990.5).boolean("E1", true).formula("F1", "=1+1", 2).number("G1", 0.25, "h:mm");
  maker.merge("A3:C4", "合并").hide_row(3).hide_column("B:C").sheet("乙").text("A1", "x").hide_sheet();
  const Workbook book = workbook_of(maker.bytes());
  REQUIRE(book.sheets.size() == 2);
  const Sheet& sheet = book.sheets[0];
  CHECK(sheet.name == "甲");
  CHECK(cell_at(sheet, 1, 0).text == "王𬭎");
  CHECK(cell_at(sheet, 1, 1).kind == CellKind::kDate);
  CHECK(shown_text(cell_at(sheet, 1, 1), false) == "2024-01-01");
  CHECK(shown_text(cell_at(sheet, 1, 2), false) == "2024-01");
  CHECK(shown_text(cell_at(sheet, 1, 3), false) == "1990.5");
  CHECK(cell_at(sheet, 1, 4).kind == CellKind::kBool);
  CHECK(cell_at(sheet, 1, 5).is_formula);
  CHECK(shown_text(cell_at(sheet, 1, 5), false) == "2");
  CHECK(cell_at(sheet, 1, 6).kind == CellKind::kNumber);  // a time of day is no date
  REQUIRE(sheet.merges.size() == 1);
  CHECK(sheet.merges[0].last_row == 4);
  CHECK(sheet.merges[0].last_column == 2);
  CHECK(sheet.hidden_columns == std::vector<std::uint32_t>{1, 2});
  CHECK(sheet.rows[1].hidden);
  CHECK(book.sheets[1].hidden);
}

TEST_CASE("rich, inline and escaped strings lose only their looks") {
  const std::string strings =
      "<sst><si><r><t>张</t></r><r><t xml:space=\"preserve\"> 三</t></r><rPh><t>zhang</t></rPh></si>"
      "<si><t>a_x000D_b_x005F_c</t></si></sst>";
  const std::string sheet =
      "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
      "<c t=\"inlineStr\"><is><t>李</t></is></c><c t=\"e\"><v>#N/A</v></c><c "
      "t=\"str\"><f>A1</f><v>值</v></c></row>"
      "</sheetData></worksheet>";
  const Workbook book = workbook_of(zip_of(parts_of(sheet, strings)));
  const Sheet& read = book.sheets.at(0);
  CHECK(cell_at(read, 1, 0).text == "张 三");
  CHECK(cell_at(read, 1, 1).text == "ab_c");
  CHECK(cell_at(read, 1, 2).text == "李");
  CHECK(cell_at(read, 1, 3).kind == CellKind::kError);
  CHECK(cell_at(read, 1, 4).text == "值");
}

TEST_CASE("workbooks that count from 1904 are read four years later") {
  const std::string sheet =
      "<worksheet><sheetData><row r=\"2\"><c r=\"B2\"><v>43830</v></c></row></sheetData></worksheet>";
  const Workbook book = workbook_of(zip_of(parts_of(sheet, {}, "<workbookPr date1904=\"1\"/>")));
  CHECK(book.epoch_1904);
  Cell cell = cell_at(book.sheets[0], 2, 1);
  cell.kind = CellKind::kDate;
  cell.precision = DatePrecision::kDay;
  CHECK(shown_text(cell, book.epoch_1904) == "2024-01-01");
}

TEST_CASE("a number with more digits than a number holds stays as written") {
  const std::string sheet =
      "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>220699195103089060</v></c>"
      "<c r=\"B1\"><v>2.2069919510308906E17</v></c><c "
      "r=\"C1\"><v>1.3900001111E10</v></c></row></sheetData></worksheet>";
  const Workbook book = workbook_of(zip_of(parts_of(sheet)));
  CHECK(shown_text(cell_at(book.sheets[0], 1, 0), false) == "220699195103089060");
  CHECK(shown_text(cell_at(book.sheets[0], 1, 1), false) == "2.2069919510308906E17");
  CHECK(shown_text(cell_at(book.sheets[0], 1, 2), false) == "13900001111");
}

TEST_CASE("columns have letters") {
  CHECK(column_letters(0) == "A");
  CHECK(column_letters(25) == "Z");
  CHECK(column_letters(26) == "AA");
  CHECK(column_letters(255) == "IV");
}

}  // namespace lianxin::client::import::test
