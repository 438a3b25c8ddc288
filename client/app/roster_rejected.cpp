#include "client/app/roster_rejected.hpp"

#include <map>
#include <utility>

#include "client/app/left_file.hpp"
#include "client/app/roster_file.hpp"
#include "client/import/written_rows.hpp"
#include "client/report/sheet_xlsx.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

constexpr std::size_t kTabCharactersMax = 28;  // of 31, for a number behind it

struct Rejected {
  std::string reason;
  std::string village;  ///< as it was read: in the row, above it, or said by --village
};
/// By row number.
using Reasons = std::map<std::uint32_t, Rejected>;

std::string reason_of(const RowPlan& row, const Messages& messages) {
  const char* prefix = row.fate == RowFate::kOutside ? "import.outside." : "import.reason.";
  return messages.get(prefix + row.reason);
}

Reasons reasons_between(const RosterPlan& plan, std::size_t sheet_index, std::uint32_t first,
                        std::uint32_t last, const Messages& messages) {
  Reasons out;
  for (const RowPlan& row : plan.rows) {
    const import::RosterRow& read = plan.roster.rows[row.row_index];
    const bool held = row.fate == RowFate::kQuarantined || row.fate == RowFate::kOutside;
    const bool here = read.sheet_index == sheet_index && read.row > first && read.row <= last;
    if (held && here) out.emplace(read.row, Rejected{reason_of(row, messages), read.village});
  }
  return out;
}

/// "联系方式/本人电话" and "联系方式/家庭电话" stand below one heading.
std::vector<report::Heading> headings_of(const import::RosterTable& table, bool with_village,
                                         const Messages& messages) {
  std::vector<report::Heading> out;
  for (const import::RosterColumn& column : table.columns) {
    const std::size_t slash = column.heading.find('/');
    if (slash == std::string::npos) {
      out.push_back({column.heading, {}, 14});
      continue;
    }
    const std::string group = column.heading.substr(0, slash);
    if (out.empty() || out.back().words != group || out.back().below.empty()) out.push_back({group, {}, 14});
    out.back().below.push_back({column.heading.substr(slash + 1), {}, 14});
  }
  if (with_village) out.push_back({messages.get("import.rejected.village"), {}, 14});
  out.push_back({messages.get("import.rejected.row"), {}, 9});
  out.push_back({messages.get("import.rejected.why"), {}, 40});
  return out;
}

report::Sheet sheet_of(const import::Workbook& workbook, const std::string& name,
                       const import::RosterTable& table, const Reasons& reasons, const Messages& messages) {
  report::Sheet out;
  out.landscape = true;
  // A village that stood in the title or the tab is not given back with the rows: it gets a column.
  bool has_village = false;
  std::set<std::uint32_t> wanted;
  for (const auto& [row, rejected] : reasons) {
    wanted.insert(row);
    has_village = has_village || !rejected.village.empty();
  }
  const bool with_village = has_village && table.column_for(import::kTargetVillage) == nullptr;
  out.headings = headings_of(table, with_village, messages);
  for (import::WrittenRow& row : import::written_rows(workbook, name, table, wanted)) {
    report::SheetRow line{std::move(row.cells)};
    const Rejected& rejected = reasons.at(row.row);
    if (with_village) line.cells.push_back(rejected.village);
    line.cells.push_back(std::to_string(row.row));
    line.cells.push_back(rejected.reason);
    out.rows.push_back(std::move(line));
  }
  return out;
}

}  // namespace

Result<std::vector<report::Sheet>> rejected_rows(const RosterPlan& plan, BytesView bytes,
                                                 const Messages& messages) {
  LX_TRY(const import::Workbook workbook, import::read_workbook(bytes, plan.file_name));
  std::vector<report::Sheet> out;
  for (std::size_t i = 0; i < plan.roster.sheets.size(); ++i) {
    const import::RosterSheet& read = plan.roster.sheets[i];
    for (std::size_t t = 0; t < read.tables.size(); ++t) {
      const std::uint32_t last =
          t + 1 < read.tables.size() ? read.tables[t + 1].first_header_row : UINT32_MAX;
      const Reasons reasons = reasons_between(plan, i, read.tables[t].last_header_row, last, messages);
      if (reasons.empty()) continue;
      report::Sheet sheet = sheet_of(workbook, read.name, read.tables[t], reasons, messages);
      sheet.name =
          first_code_points(read.name, kTabCharactersMax) + (t == 0 ? "" : "-" + std::to_string(t + 1));
      out.push_back(std::move(sheet));
    }
  }
  if (out.empty()) return fail("import.none_rejected");
  return out;
}

Result<RejectedFile> save_rejected(store::LaptopStore& store, const RosterPlan& plan,
                                   const std::filesystem::path& roster,
                                   const std::filesystem::path& documents, const Messages& messages) {
  LX_TRY(const Bytes bytes, roster_bytes(roster));
  LX_TRY(const std::vector<report::Sheet> sheets, rejected_rows(plan, bytes, messages));
  const std::string name = messages.get("import.rejected.file", {{"file", roster.stem().string()}}) + ".xlsx";
  const auto leave = [&](const std::filesystem::path& file) -> Result<RejectedFile> {
    LX_TRY(const Bytes made, report::xlsx_bytes(sheets, file.string()));
    LX_TRY(std::filesystem::path kept, leave_file(store, file, made, messages));
    return RejectedFile{file, std::move(kept)};
  };
  auto beside = leave(roster.parent_path() / name);
  return beside.ok() ? beside : leave(documents / name);
}

}  // namespace lianxin::client::app
