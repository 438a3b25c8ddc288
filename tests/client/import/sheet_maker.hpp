#pragma once
// Workbooks for tests: honest ones by libxlsxwriter, crooked ones part by part.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "client/import/roster_reader.hpp"

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace lianxin::client::import::test {

/// Rows and columns as on the screen: cell("B3").
class BookMaker {
 public:
  BookMaker();
  BookMaker(const BookMaker&) = delete;
  BookMaker& operator=(const BookMaker&) = delete;
  ~BookMaker();

  BookMaker& sheet(const std::string& name);
  BookMaker& text(const std::string& cell, const std::string& value);
  BookMaker& number(const std::string& cell, double value, const std::string& format = {});
  BookMaker& boolean(const std::string& cell, bool value);
  BookMaker& formula(const std::string& cell, const std::string& formula, double result);
  BookMaker& merge(const std::string& area, const std::string& value);
  /// Texts from a cell to the right; "" leaves a cell out.
  BookMaker& row(const std::string& first_cell, const std::vector<std::string>& values);
  BookMaker& hide_row(std::uint32_t row);
  BookMaker& hide_column(const std::string& columns);
  BookMaker& hide_sheet();
  /// Closes the workbook and gives its bytes.
  [[nodiscard]] std::string bytes();

 private:
  std::string path_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
};

/// An .xlsx whose only sheet has this XML; `strings` and `workbook_extra` go where they belong.
[[nodiscard]] std::map<std::string, std::string> parts_of(const std::string& sheet_xml,
                                                          const std::string& strings_xml = {},
                                                          const std::string& workbook_extra = {});
/// The whole file `tests/data/<name>`.
[[nodiscard]] std::string data_file(const std::string& name);
/// Reads and requires success.
[[nodiscard]] Roster roster_of(const std::string& bytes, const std::string& file_name = "花名册.xlsx",
                               const RosterOptions& options = {});
/// The row with this name; fails the test when there is none.
[[nodiscard]] const RosterRow& person(const Roster& roster, const std::string& name);
/// Why a row of the first sheet was skipped, "" when it was not.
[[nodiscard]] std::string why_skipped(const Roster& roster, std::uint32_t row, std::size_t sheet = 0);
[[nodiscard]] bool has_warning(const RosterRow& row, const std::string& code);

}  // namespace lianxin::client::import::test
