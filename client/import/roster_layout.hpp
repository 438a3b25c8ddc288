#pragma once
// Where the tables of a sheet are and what their columns mean: header rows (one to three, with merged group
// headings), titles above, several tables one under another.
#include <cstdint>
#include <string>
#include <vector>

#include "client/import/column_map.hpp"
#include "client/import/roster_headings.hpp"
#include "client/import/workbook.hpp"

namespace lianxin::client::import {

struct RosterColumn {
  std::uint32_t column = 0;
  std::string heading;  ///< path from the top heading, "联系方式/本人电话"
  std::string key;      ///< names it in a ColumnMap; unlike that of every other column of its table
  std::string target;   ///< "" = not understood, its cells are not taken
  std::string sample;   ///< what the first person has there, as shown; "" = blank in the first rows
  Reading reading = Reading::kNone;
  int confidence = 0;   ///< 0..100; 100 also when a person said so
  bool chosen = false;  ///< by the column map
  bool hidden = false;
};

/// A list this program prints of people it knows already (register of certificates F14, members in hardship
/// F6b, pairing F16), told by its headings.
enum class OwnList : std::uint8_t { kNone, kCertificates, kHardship, kPairing };

struct RosterTable {
  std::uint32_t first_header_row = 0;  ///< 1-based, as on the screen
  std::uint32_t last_header_row = 0;
  std::vector<RosterColumn> columns;  ///< ascending
  /// Same for every file whose columns are headed alike: under it a mapping may be remembered.
  std::string fingerprint;
  /// Such a list without a column of ID numbers: nobody in it is new.
  OwnList list = OwnList::kNone;
  bool inflow = false;      ///< a register of members who came here (流入), not of those who left
  bool is_printed = false;  ///< the register this program prints (F10), without a column of ID numbers

  [[nodiscard]] const RosterColumn* column_for(std::string_view target) const;
};

/// All tables of a sheet in order; a repeated heading is a table with the same fingerprint again. With
/// letters in the map ("@B" is the name) a sheet without headings is one table from its first row on (header
/// rows 0).
[[nodiscard]] std::vector<RosterTable> find_tables(const Sheet& sheet, const ColumnMap& map,
                                                   const OwnColumns& own = {});

/// Every column of a sheet that nothing heads ("@A", "@B" ...), with what the map says of it.
[[nodiscard]] RosterTable table_by_letters(const Sheet& sheet, const ColumnMap& map,
                                           const OwnColumns& own = {});

/// Why a sheet holds no table: "empty", "no_header" (people, but nothing heads the columns), "work_list",
/// "filled_form" (work_forms.hpp), "no_roster" (other content). `found` are the headings of its most
/// heading-like row, for the message.
struct NoTable {
  std::string why;
  std::vector<std::string> found;
};
[[nodiscard]] NoTable explain_no_table(const Sheet& sheet);

/// The merged area a cell lies in, nullptr when none; only areas of more than one cell count.
[[nodiscard]] const Merge* merge_around(const std::vector<Merge>& merges, std::uint32_t row,
                                        std::uint32_t column);
/// Seven or more digits in a row, or a number of that size: a phone, an ID number, a serial: never a heading.
[[nodiscard]] bool has_long_number(const Cell& cell);

}  // namespace lianxin::client::import
