#pragma once
// One row of a roster as values of the catalogue, with everything that was odd about it. Knows no store.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/roster_layout.hpp"
#include "client/import/workbook.hpp"
#include "shared/base/date.hpp"

namespace lianxin::client::import {

enum class ValueSource : std::uint8_t {
  kCell,
  kMerged,    ///< the cell is part of an area merged down from a row above
  kDitto,     ///< "同上"
  kIdNumber,  ///< not written: birth and gender out of the ID number
};

struct RosterValue {
  std::string kind;
  std::string field;
  std::string value;     ///< canonical where the catalogue knows the field, else trimmed text
  std::string original;  ///< as written, when that differs from `value`; else empty
  ValueSource source = ValueSource::kCell;
};

struct RosterPhone {
  std::string value;  ///< as normalize_phone writes it
  bool is_mobile = false;
  bool is_family = false;
  std::string owner_note;  ///< "妻子": who it is, as written
  std::string original;
};

/// A problem that does not stop the row; `code` is the text key "import.warning.<code>" with {heading} and
/// {text}.
struct RosterWarning {
  std::string code;
  std::string heading;
  std::string text;
};

/// Written in the row but without a field to go to (an unreadable phone, a note behind the name). The writer
/// adds it to the remark, so that nothing is lost.
struct RosterLeftover {
  std::string heading;
  std::string text;
};

enum class VillageSource : std::uint8_t {
  kNone,
  kColumn,
  kMerged,
  kGroupRow,
  kTitle,
  kSheetName,
  kAffiliation,
  kOption
};

/// Another row of the same file that seems to be the same person.
struct RosterTwin {
  std::size_t row_index = 0;  ///< into Roster::rows, always an earlier row
  std::string basis;          ///< "id", "name_born", "name_phone", "id_other_name"
};

struct RosterRow {
  std::size_t sheet_index = 0;
  std::uint32_t row = 0;  ///< 1-based, as on the screen
  std::string village;    ///< name or division code as written, cleaned
  VillageSource village_source = VillageSource::kNone;
  std::vector<RosterValue> values;
  std::vector<RosterPhone> phones;
  std::vector<std::string> masked_phones;  ///< "138****1234": his, as a list of ours prints it
  OwnList list = OwnList::kNone;           ///< then nobody is new
  bool is_printed = false;                 ///< in the register this program prints
  bool inflow = false;                     ///< its mobility_episode is one of those who came here
  std::string liaison_name;
  std::string liaison_phone;
  std::vector<RosterLeftover> leftovers;
  std::vector<RosterWarning> warnings;
  bool id_missing = false;  ///< blank or "无": accepted, the writer sets id_missing_reason
  /// Empty = accepted, else the text key "import.reason.<quarantine>". All values but the bad one are there,
  /// so that "accept without the number" needs no second reading.
  std::string quarantine;
  std::string quarantined_text;
  std::optional<RosterTwin> duplicate_of;  ///< certain: same ID number and name (the earlier row stands)
  std::vector<RosterTwin> possible_twins;  ///< stay separate, a person decides

  /// Empty when the row has no such value. `target` as in roster_headings.tsv.
  [[nodiscard]] std::string_view value(std::string_view target) const;
};

/// What the reading of one row needs besides its cells.
struct RowContext {
  const Sheet& sheet;
  const RosterTable& table;
  const OwnColumns& own;
  bool epoch_1904 = false;
  std::optional<Date> today;  ///< days after it, where only past ones make sense, are warned of
  /// Shown texts of the row above by place in table.columns, for "同上"; updated by the reading.
  std::vector<std::string>* previous = nullptr;
  /// Areas merged down, by their first column; ascending.
  const std::vector<std::vector<Merge>>* merged_down = nullptr;
};

/// Reads the values of a data row. The village is only what the row itself says; duplicates are found later.
[[nodiscard]] RosterRow read_row(const RowContext& context, const Row& row);
/// Adds what a second row of the same person says (his name is merged over both): phones, and the rest as
/// leftovers.
void add_continuation(const RowContext& context, const Row& row, RosterRow& person);

}  // namespace lianxin::client::import
