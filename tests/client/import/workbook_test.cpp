#include "client/import/workbook.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::import {
namespace {

Cell cell(CellKind kind, double number, std::string text = {},
          DatePrecision precision = DatePrecision::kNone) {
  Cell out;
  out.kind = kind;
  out.number = number;
  out.text = std::move(text);
  out.precision = precision;
  return out;
}

TEST_CASE("columns are called as a spreadsheet calls them") {
  CHECK(column_letters(0) == "A");
  CHECK(column_letters(25) == "Z");
  CHECK(column_letters(26) == "AA");
  CHECK(column_letters(255) == "IV");
  CHECK(column_letters(701) == "ZZ");
  CHECK(column_letters(702) == "AAA");
}

TEST_CASE("a cell is found by its column, a blank one is not there") {
  Row row;
  for (const std::uint32_t column : {1U, 4U, 9U}) {
    Cell one;
    one.column = column;
    row.cells.push_back(one);
  }
  REQUIRE(find_cell(row, 4) != nullptr);
  CHECK(find_cell(row, 4)->column == 4);
  for (const std::uint32_t column : {0U, 2U, 10U})
    CHECK(find_cell(row, column) == nullptr);
}

TEST_CASE("numbers are shown as a person sees them; beyond what a number holds, as the file writes them") {
  CHECK(shown_text(cell(CellKind::kNumber, 12), false) == "12");
  CHECK(shown_text(cell(CellKind::kNumber, 0.1 + 0.2), false) == "0.3");
  CHECK(shown_text(cell(CellKind::kNumber, 13800001234.0), false) == "13800001234");
  CHECK(shown_text(cell(CellKind::kNumber, 2.2069919900101e17, "220699199001010000"), false) ==
        "220699199001010000");
  CHECK(shown_text(cell(CellKind::kText, 0, "\u3000赵 连心 "), false) == "赵 连心");
}

TEST_CASE("a date shows as much as its format shows, in both calendars of Excel") {
  CHECK(shown_text(cell(CellKind::kDate, 32994, "", DatePrecision::kDay), false) == "1990-05-01");
  CHECK(shown_text(cell(CellKind::kDate, 32994, "", DatePrecision::kMonth), false) == "1990-05");
  CHECK(shown_text(cell(CellKind::kDate, 32994, "", DatePrecision::kYear), false) == "1990");
  CHECK(shown_text(cell(CellKind::kDate, 32994 - 1462, "", DatePrecision::kDay), true) == "1990-05-01");
}

}  // namespace
}  // namespace lianxin::client::import
