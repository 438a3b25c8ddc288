// Hostile roster files. The bytes are tried as a whole file, as separated text, and (if they look like it) as
// the sheet inside an otherwise honest workbook, where a zip's checksum does not stop the changes.
#include <string>

#include "client/import/roster_reader.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/package.hpp"

namespace lianxin::test::fuzz {

namespace import = client::import;

namespace {

/// What must hold for every roster, however it came about.
void check_roster(const import::Roster& roster) {
  for (std::size_t i = 0; i < roster.rows.size(); ++i) {
    const import::RosterRow& row = roster.rows[i];
    LX_CHECK(row.sheet_index < roster.sheets.size(), "row of no sheet");
    LX_CHECK(!row.quarantine.empty() || !row.value(import::kTargetName).empty(), "accepted without a name");
    LX_CHECK(!row.duplicate_of || row.duplicate_of->row_index < i, "duplicate of a later row");
    for (const auto& value : row.values)
      LX_CHECK(is_valid_text(value.value), "value is no text");
  }
}

std::string workbook_around(const std::string& sheet) {
  return package_of(
      {{"_rels/.rels", relation("officeDocument", "xl/workbook.xml")},
       {"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")},
       {"xl/worksheets/sheet1.xml", sheet}});
}

void try_file(const std::string& bytes, const char* name) {
  import::RosterOptions options;
  options.limits.unpacked_bytes = 8U << 20U;
  options.limits.rows = 5'000;
  options.limits.cells = 50'000;
  options.hidden_sheets = true;
  const auto roster = import::read_roster(bytes, name, options);
  if (roster.ok()) check_roster(*roster);
}

}  // namespace

int fuzz_roster(BytesView view) {
  const std::string bytes(view);
  if (bytes.starts_with("PK")) {
    try_file(bytes, "a.xlsx");
  } else if (bytes.find("<row") != std::string::npos) {
    try_file(workbook_around(bytes), "c.xlsx");
  } else {
    try_file(bytes, "b.csv");
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
