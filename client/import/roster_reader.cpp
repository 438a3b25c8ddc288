#include "client/import/roster_reader.hpp"

#include <algorithm>

#include "client/import/csv_reader.hpp"
#include "client/import/roster_duplicates.hpp"
#include "client/import/sheet_walk.hpp"
#include "client/import/xlsx_reader.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

std::string_view base_name(std::string_view file_name) {
  return file_name.substr(file_name.find_last_of("/\\") + 1);
}

std::string extension_of(std::string_view file_name) {
  const std::string_view name = base_name(file_name);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : to_lower_ascii(name.substr(dot + 1));
}

bool starts_with(BytesView bytes, std::string_view magic) { return bytes.substr(0, magic.size()) == magic; }

void read_sheet(const Workbook& workbook, std::size_t index, const RosterOptions& options, Roster& roster) {
  const Sheet& sheet = workbook.sheets[index];
  RosterSheet out;
  out.name = sheet.name;
  out.hidden = sheet.hidden;
  std::vector<RosterTable> tables;
  if (sheet.hidden && !options.hidden_sheets) {
    out.no_table = "hidden_sheet";
  } else {
    tables = find_tables(sheet, options.map, options.own);
    if (tables.empty()) {
      NoTable none = explain_no_table(sheet);
      out.no_table = std::move(none.why);
      out.found = std::move(none.found);
    }
  }
  if (!tables.empty()) {
    SheetWalk(workbook, index, options, out, roster.rows).walk(std::move(tables));
  } else if (!sheet.rows.empty()) {
    const std::string why = out.no_table == "hidden_sheet" ? "hidden_sheet" : "no_table";
    out.skipped.push_back({sheet.rows.front().number, sheet.rows.back().number, why, {}});
  }
  roster.sheets.push_back(std::move(out));
}

std::string first_of_column(const Sheet& sheet, std::uint32_t column, bool epoch_1904) {
  for (const Row& row : sheet.rows) {
    if (const Cell* cell = find_cell(row, column))
      return first_code_points(shown_text(*cell, epoch_1904), 60);
  }
  return {};
}

/// The sentence for a file without any table: people without headings are the nearest miss, then other
/// content.
Error no_roster_error(const Roster& roster, std::string_view file_name) {
  const std::string file(base_name(file_name));
  for (const std::string_view why : {"work_list", "filled_form", "no_header", "no_roster"}) {
    for (const RosterSheet& sheet : roster.sheets) {
      if (sheet.no_table == why) {
        return fail("import." + std::string(why),
                    {{"file", file}, {"sheet", sheet.name}, {"found", join(sheet.found, " ")}});
      }
    }
  }
  return fail("import.empty", {{"file", file}});
}

}  // namespace

// Systems without an Excel library write separated text or a web page and call it .xls.
Result<Workbook> read_workbook(BytesView bytes, std::string_view file_name, const Limits& limits) {
  // What a copy to a stick that was pulled out too early leaves behind.
  if (bytes.empty()) return fail("import.empty", {{"file", std::string(base_name(file_name))}});
  const bool container = starts_with(bytes, "PK\x03\x04") || starts_with(bytes, "\xD0\xCF\x11\xE0");
  const std::string extension = extension_of(file_name);
  if (container || extension == "xlsx" || extension == "xlsm") return read_xlsx(bytes, limits);
  const std::string head = trim(bytes.substr(0, std::min<std::size_t>(bytes.size(), 256)));
  const std::string lower = to_lower_ascii(head);
  if (lower.find("<html") != std::string::npos || lower.find("<table") != std::string::npos ||
      lower.find("<?xml") != std::string::npos || lower.find("<!doctype") != std::string::npos) {
    return fail("import.web_page");
  }
  const std::string_view name = base_name(file_name);
  return read_csv(bytes, name.substr(0, name.rfind('.')), limits);
}

Result<RosterSheet> sheet_by_letters(BytesView bytes, std::string_view file_name,
                                     const RosterOptions& options) {
  LX_TRY(const Workbook workbook, read_workbook(bytes, file_name, options.limits));
  for (const Sheet& sheet : workbook.sheets) {
    const bool passed_over = sheet.hidden && !options.hidden_sheets;
    if (passed_over || explain_no_table(sheet).why != "no_header") continue;
    RosterSheet out;
    out.name = sheet.name;
    out.no_table = "no_header";
    out.tables.push_back(table_by_letters(sheet, options.map, options.own));
    for (RosterColumn& column : out.tables.front().columns)
      column.sample = first_of_column(sheet, column.column, workbook.epoch_1904);
    return out;
  }
  return fail("import.no_roster", {{"file", std::string(base_name(file_name))}, {"found", ""}});
}

Result<Roster> read_roster(BytesView bytes, std::string_view file_name, const RosterOptions& options) {
  LX_TRY(const Workbook workbook, read_workbook(bytes, file_name, options.limits));
  return read_roster(workbook, file_name, options);
}

Result<Roster> read_roster(const Workbook& workbook, std::string_view file_name,
                           const RosterOptions& options) {
  Roster roster;
  roster.encoding = workbook.encoding;
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i)
    read_sheet(workbook, i, options, roster);
  const bool any = std::any_of(roster.sheets.begin(), roster.sheets.end(),
                               [](const RosterSheet& sheet) { return !sheet.tables.empty(); });
  if (!any) return no_roster_error(roster, file_name);
  mark_duplicates(roster.rows);
  return roster;
}

}  // namespace lianxin::client::import
