#pragma once
// Telephone numbers in a cell: often two, with whose they are, or split by blanks.
#include <string>
#include <string_view>
#include <vector>

#include "client/import/roster_rows.hpp"
#include "client/import/workbook.hpp"

namespace lianxin::client::import {

struct ReadPhones {
  std::vector<RosterPhone> phones;
  std::vector<std::string> unread;  ///< pieces that are no number: kept by the caller
  bool zero_added = false;          ///< a number cell had eaten the area code's 0
};

/// All numbers of a phone cell. `is_family`: what the column says; a word like "妻子" beside a number says so
/// too.
[[nodiscard]] ReadPhones read_phones(const Cell& cell, std::string_view shown, bool is_family);
/// Numbers with a relative's word before or behind them inside a remark ("妻子电话13900001111").
[[nodiscard]] std::vector<RosterPhone> family_phones_in(std::string_view remark);

}  // namespace lianxin::client::import
