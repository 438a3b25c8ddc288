#pragma once
// Rows of a file as they were written, for the list of those that were not taken.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/roster_reader.hpp"

namespace lianxin::client::import {

struct WrittenRow {
  std::uint32_t row = 0;           ///< 1-based, as on the screen
  std::vector<std::string> cells;  ///< one for each column of the table, as shown; merged areas filled down
};

/// `rows` of the sheet with this name, ascending, in the columns of `table`. Rows that are not there are left
/// out.
[[nodiscard]] std::vector<WrittenRow> written_rows(const Workbook& workbook, std::string_view sheet,
                                                   const RosterTable& table,
                                                   const std::set<std::uint32_t>& rows);

}  // namespace lianxin::client::import
