#pragma once
// A roster file from bytes to rows of values: what `import roster` shows before anything is written. Knows no
// store.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/column_map.hpp"
#include "client/import/roster_layout.hpp"
#include "client/import/roster_rows.hpp"
#include "client/import/workbook.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::import {

struct RosterOptions {
  ColumnMap map;  ///< a person's or a remembered mapping
  OwnColumns own;
  std::string default_village;  ///< for rows that no village is written for (`--village`)
  std::optional<Date> today;    ///< nullopt: no day is called one that is yet to come
  bool hidden_sheets = false;   ///< hidden sheets often hold last year: they are listed, not read
  Limits limits;
};

/// Rows that are no person; `why` is the text key "import.skip.<why>": above_header, repeated_header, blank,
/// total, note, group_row, sample, empty_numbered, continuation, no_table, hidden_sheet.
struct SkippedRows {
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::string why;
  std::string text;  ///< the beginning of the row, to recognise it by
};

struct RosterSheet {
  std::string name;
  bool hidden = false;
  std::vector<RosterTable> tables;  ///< without repeated headings
  std::vector<SkippedRows> skipped;
  std::string no_table;  ///< "", or why there is none: "empty", "no_header", "work_list", "filled_form",
                         ///< "no_roster", "hidden_sheet"
  std::vector<std::string> found;  ///< then: the texts most like headings
};

/// Every row with content is in `rows` (accepted or quarantined), in a sheet's header rows, or in `skipped`.
struct Roster {
  std::string encoding;
  std::vector<RosterSheet> sheets;
  std::vector<RosterRow> rows;
};

/// Workbooks and separated text alike; errors as below.
[[nodiscard]] Result<Workbook> read_workbook(BytesView bytes, std::string_view file_name,
                                             const Limits& limits = {});
/// `file_name` tells separated text from workbooks and names its only sheet. Errors: those of read_xlsx and
/// read_csv, and "import.web_page" (a page saved as .xls), "import.empty" {file}, "import.no_header" {file,
/// found}, "import.no_roster" {file, found}.
[[nodiscard]] Result<Roster> read_roster(BytesView bytes, std::string_view file_name,
                                         const RosterOptions& options = {});
/// The sheet with people but without headings in a file that read_roster refuses as "import.no_header": its
/// columns by their letters, for a person to say what each is. Errors of read_workbook; "import.no_roster".
[[nodiscard]] Result<RosterSheet> sheet_by_letters(BytesView bytes, std::string_view file_name,
                                                   const RosterOptions& options = {});
/// The same from a workbook already read.
[[nodiscard]] Result<Roster> read_roster(const Workbook& workbook, std::string_view file_name,
                                         const RosterOptions& options = {});

}  // namespace lianxin::client::import
