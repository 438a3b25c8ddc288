// Hostile roster files. The bytes are tried as a whole file, as separated text, and (if they look like it) as
// the sheet inside an otherwise honest workbook, where a zip's checksum does not stop the changes.
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <zip.h>

#include "client/import/roster_reader.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "tests/fuzz/fuzz.hpp"

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

std::string relation(const char* type, const char* target) {
  std::array<char, 256> buffer{};
  std::snprintf(buffer.data(), buffer.size(),
                "<Relationships><Relationship Id=\"a\" Type=\"x/%s\" Target=\"%s\"/></Relationships>", type,
                target);
  return buffer.data();
}

std::string workbook_around(const std::string& sheet) {
  const std::map<std::string, std::string> parts{
      {"_rels/.rels", relation("officeDocument", "xl/workbook.xml")},
      {"xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")},
      {"xl/worksheets/sheet1.xml", sheet}};
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : parts) {
    const auto index =
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  LX_CHECK(zip_close(archive) == 0, "zip in memory");
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
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
