#include "tests/client/import/sheet_maker.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <xlsxwriter.h>

namespace lianxin::client::import::test {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string temporary_path() {
  static int count = 0;
  const auto name = "lx-import-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".xlsx";
  return (std::filesystem::temp_directory_path() / name).string();
}

}  // namespace

BookMaker::BookMaker() : path_(temporary_path()), book_(workbook_new(path_.c_str())) {}

BookMaker::~BookMaker() {
  if (book_ != nullptr) workbook_close(book_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

BookMaker& BookMaker::sheet(const std::string& name) {
  sheet_ = workbook_add_worksheet(book_, name.c_str());
  REQUIRE(sheet_ != nullptr);
  return *this;
}

BookMaker& BookMaker::text(const std::string& cell, const std::string& value) {
  REQUIRE(worksheet_write_string(sheet_, CELL(cell.c_str()), value.c_str(), nullptr) == LXW_NO_ERROR);
  return *this;
}

BookMaker& BookMaker::number(const std::string& cell, double value, const std::string& format) {
  lxw_format* style = nullptr;
  if (!format.empty()) {
    style = workbook_add_format(book_);
    format_set_num_format(style, format.c_str());
  }
  REQUIRE(worksheet_write_number(sheet_, CELL(cell.c_str()), value, style) == LXW_NO_ERROR);
  return *this;
}

BookMaker& BookMaker::boolean(const std::string& cell, bool value) {
  REQUIRE(worksheet_write_boolean(sheet_, CELL(cell.c_str()), value ? 1 : 0, nullptr) == LXW_NO_ERROR);
  return *this;
}

BookMaker& BookMaker::formula(const std::string& cell, const std::string& formula, double result) {
  REQUIRE(worksheet_write_formula_num(sheet_, CELL(cell.c_str()), formula.c_str(), nullptr, result) ==
          LXW_NO_ERROR);
  return *this;
}

BookMaker& BookMaker::merge(const std::string& area, const std::string& value) {
  REQUIRE(worksheet_merge_range(sheet_, RANGE(area.c_str()), value.c_str(), nullptr) == LXW_NO_ERROR);
  return *this;
}

BookMaker& BookMaker::row(const std::string& first_cell, const std::vector<std::string>& values) {
  const lxw_row_t row = lxw_name_to_row(first_cell.c_str());
  lxw_col_t column = lxw_name_to_col(first_cell.c_str());
  for (const std::string& value : values) {
    if (!value.empty()) {
      REQUIRE(worksheet_write_string(sheet_, row, column, value.c_str(), nullptr) == LXW_NO_ERROR);
    }
    ++column;
  }
  return *this;
}

BookMaker& BookMaker::hide_row(std::uint32_t row) {
  lxw_row_col_options options{};
  options.hidden = 1;
  worksheet_set_row_opt(sheet_, row - 1, LXW_DEF_ROW_HEIGHT, nullptr, &options);
  return *this;
}

BookMaker& BookMaker::hide_column(const std::string& columns) {
  lxw_row_col_options options{};
  options.hidden = 1;
  worksheet_set_column_opt(sheet_, COLS(columns.c_str()), 9, nullptr, &options);
  return *this;
}

BookMaker& BookMaker::hide_sheet() {
  worksheet_hide(sheet_);
  return *this;
}

std::string BookMaker::bytes() {
  REQUIRE(workbook_close(book_) == LXW_NO_ERROR);
  book_ = nullptr;
  return slurp(path_);
}

std::map<std::string, std::string> parts_of(const std::string& sheet_xml, const std::string& strings_xml,
                                            const std::string& workbook_extra) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
  const auto relation = [&](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + office + type + "\" Target=\"" + target + "\"/>";
  };
  std::map<std::string, std::string> parts;
  parts["_rels/.rels"] =
      "<Relationships>" + relation("r1", "officeDocument", "xl/workbook.xml") + "</Relationships>";
  parts["xl/workbook.xml"] = "<workbook xmlns:r=\"x\">" + workbook_extra +
                             "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
  std::string relations = "<Relationships>" + relation("a", "worksheet", "worksheets/sheet1.xml");
  if (!strings_xml.empty()) {
    parts["xl/sharedStrings.xml"] = strings_xml;
    relations += relation("b", "sharedStrings", "sharedStrings.xml");
  }
  parts["xl/_rels/workbook.xml.rels"] = relations + "</Relationships>";
  parts["xl/worksheets/sheet1.xml"] = sheet_xml;
  return parts;
}

std::string data_file(const std::string& name) {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  return slurp(std::filesystem::path(root) / "tests" / "data" / name);
}

Roster roster_of(const std::string& bytes, const std::string& file_name, const RosterOptions& options) {
  auto roster = read_roster(bytes, file_name, options);
  if (!roster.ok()) MESSAGE(roster.error().code << " " << roster.error().detail);
  REQUIRE(roster.ok());
  return std::move(roster).value();
}

const RosterRow& person(const Roster& roster, const std::string& name) {
  for (const RosterRow& row : roster.rows) {
    if (row.value(kTargetName) == name) return row;
  }
  FAIL("no person " << name);
  return roster.rows.front();
}

std::string why_skipped(const Roster& roster, std::uint32_t row, std::size_t sheet) {
  for (const SkippedRows& skipped : roster.sheets.at(sheet).skipped) {
    if (row >= skipped.first_row && row <= skipped.last_row) return skipped.why;
  }
  return {};
}

bool has_warning(const RosterRow& row, const std::string& code) {
  return std::any_of(row.warnings.begin(), row.warnings.end(),
                     [&](const RosterWarning& w) { return w.code == code; });
}

}  // namespace lianxin::client::import::test
