#include "client/import/workbook.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "shared/base/text.hpp"
#include "shared/domain/date_reader.hpp"

namespace lianxin::client::import {
namespace {

/// 15 digits are what a spreadsheet's number really holds.
constexpr double kExactBelow = 1e15;

std::string number_text(const Cell& cell) {
  if (!std::isfinite(cell.number) || std::fabs(cell.number) >= kExactBelow) return cell.text;
  std::array<char, 64> buffer{};
  const bool whole = std::floor(cell.number) == cell.number;
  std::snprintf(buffer.data(), buffer.size(), whole ? "%.0f" : "%.10g", cell.number);
  return buffer.data();
}

std::string date_text(const Cell& cell, bool epoch_1904) {
  auto date = domain::read_excel_serial(cell.number, epoch_1904);
  if (!date.ok()) return number_text(cell);
  if (cell.precision != DatePrecision::kDay) date->day = 0;
  if (cell.precision == DatePrecision::kYear) date->month = 0;
  return date->text();
}

}  // namespace

const Cell* find_cell(const Row& row, std::uint32_t column) {
  const auto at =
      std::lower_bound(row.cells.begin(), row.cells.end(), column,
                       [](const Cell& cell, std::uint32_t wanted) { return cell.column < wanted; });
  return at != row.cells.end() && at->column == column ? &*at : nullptr;
}

std::string shown_text(const Cell& cell, bool epoch_1904) {
  switch (cell.kind) {
    case CellKind::kNumber:
      return number_text(cell);
    case CellKind::kDate:
      return date_text(cell, epoch_1904);
    default:
      return trim(cell.text);
  }
}

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

}  // namespace lianxin::client::import
