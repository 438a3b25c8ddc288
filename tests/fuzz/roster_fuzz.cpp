// Hostile roster files: whatever the bytes, an answer within bounds and no crash. The bytes are tried as a
// whole file, as separated text, and (if they look like it) as the sheet inside an otherwise honest workbook,
// where a zip's checksum does not stop the changes. With clang: -fsanitize=fuzzer,address. Without it, this
// program changes the given files itself, in a fixed order:
//   roster_fuzz SECONDS FILE...
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>
#include <zip.h>

#include "client/import/csv_reader.hpp"
#include "client/import/roster_reader.hpp"
#include "client/import/sheet_listener.hpp"
#include "client/import/xlsx_reader.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace {

namespace import = lianxin::client::import;

import::Limits fuzz_limits(){import::Limits limits;
limits.unpacked_bytes = 8U << 20U;
limits.rows = 5'000;
limits.cells = 50'000;
return limits;
}  // namespace

/// What must hold for every roster, however it came about.
void check_roster(const import::Roster& roster) {
  for (std::size_t i = 0; i < roster.rows.size(); ++i) {
    const import::RosterRow& row = roster.rows[i];
    LX_CHECK(row.sheet_index < roster.sheets.size(), "row of no sheet");
    LX_CHECK(!row.quarantine.empty() || !row.value(import::kTargetName).empty(), "accepted without a name");
    LX_CHECK(!row.duplicate_of || row.duplicate_of->row_index < i, "duplicate of a later row");
    for (const auto& value : row.values)
      LX_CHECK(lianxin::is_valid_text(value.value), "value is no text");
  }
}

constexpr const char* kRelation =
    "<Relationships><Relationship Id=\"a\" Type=\"x/%s\" Target=\"%s\"/></Relationships>";

std::string relation(const char* type, const char* target) {
  std::array<char, 256> buffer{};
  std::snprintf(buffer.data(), buffer.size(), kRelation, type, target);
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
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
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
  options.limits = fuzz_limits();
  options.hidden_sheets = true;
  const auto roster = import::read_roster(bytes, name, options);
  if (roster.ok()) check_roster(*roster);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  try_file(bytes, "a.xlsx");
  try_file(bytes, "b.csv");
  if (bytes.find("<row") != std::string::npos) try_file(workbook_around(bytes), "c.xlsx");
  return 0;
}

#ifndef LX_LIBFUZZER
namespace {

std::string read_whole(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void change(std::string& bytes, std::mt19937& random) {
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  for (std::size_t times = 1 + below(6); times > 0 && !bytes.empty(); --times) {
    const std::size_t at = below(bytes.size());
    switch (below(5)) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + below(16));
        break;
      case 2:
        bytes.insert(at, bytes.substr(below(bytes.size()), below(64)));
        break;
      case 3:
        bytes.resize(at);
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  std::vector<std::string> corpus;
  for (int i = 2; i < argc; ++i)
    corpus.push_back(read_whole(argv[i]));
  std::mt19937 random(20260930);
  std::uint64_t runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    std::string bytes = corpus[random() % corpus.size()];
    if (runs >= corpus.size()) change(bytes, random);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  std::printf("%llu runs\n", static_cast<unsigned long long>(runs));
  return 0;
}
#endif
