#include "client/import/written_rows.hpp"

#include <algorithm>

namespace lianxin::client::import {
namespace {

/// The cell itself, or the one whose merged area reaches down to it.
const Cell* cell_at(const Sheet& sheet, const Row& row, std::uint32_t column) {
  if (const Cell* cell = find_cell(row, column)) return cell;
  const Merge* area = merge_around(sheet.merges, row.number, column);
  if (area == nullptr || area->first_row >= row.number) return nullptr;
  const auto first =
      std::lower_bound(sheet.rows.begin(), sheet.rows.end(), area->first_row,
                       [](const Row& one, std::uint32_t number) { return one.number < number; });
  const bool there = first != sheet.rows.end() && first->number == area->first_row;
  return there ? find_cell(*first, area->first_column) : nullptr;
}

}  // namespace

std::vector<WrittenRow> written_rows(const Workbook& workbook, std::string_view sheet_name,
                                     const RosterTable& table, const std::set<std::uint32_t>& rows) {
  std::vector<WrittenRow> out;
  const auto sheet = std::find_if(workbook.sheets.begin(), workbook.sheets.end(),
                                  [&](const Sheet& one) { return one.name == sheet_name; });
  if (sheet == workbook.sheets.end()) return out;
  for (const Row& row : sheet->rows) {
    if (!rows.contains(row.number)) continue;
    WrittenRow written{row.number, {}};
    for (const RosterColumn& column : table.columns) {
      const Cell* cell = cell_at(*sheet, row, column.column);
      written.cells.push_back(cell == nullptr ? std::string() : shown_text(*cell, workbook.epoch_1904));
    }
    out.push_back(std::move(written));
  }
  return out;
}

}  // namespace lianxin::client::import
