#pragma once
// A form of the office as a value (domain.md 4): headings in groups, rows, totals, notes, lines to sign on.
// Plain data; the writers (sheet_csv.hpp ...) make files of it.
#include <cstdint>
#include <string>
#include <vector>

namespace lianxin::client::report {

enum class CellKind : std::uint8_t { kText, kNumber, kDate };

/// A column, or a group of columns below one heading.
struct Heading {
  std::string words;
  std::vector<Heading> below;  ///< empty = a column
  double width = 8;            ///< of a column, in characters of the everyday font
  CellKind kind = CellKind::kText;
};

/// kNil: the one row of a table without people, "无" (K10).
enum class RowKind : std::uint8_t { kPlain, kNil, kSubtotal, kTotal };

struct SheetRow {
  std::vector<std::string> cells;  ///< one for each column; what is missing is blank
  RowKind kind = RowKind::kPlain;
};

/// A label and its value in a form that shows one record.
struct CardCell {
  std::string label;
  std::string value;
  std::uint32_t label_columns = 1;  ///< 0 = no label
  std::uint32_t value_columns = 1;
  double lines = 1;  ///< of room for the value at least
};

struct Sheet {
  /// Of the tab and the bookmark. Sheets with the same name, one after the other, are pages of one tab: their
  /// columns have the same widths.
  std::string name;
  std::string title;                        ///< centred
  std::string left;                         ///< second line: unit and seal
  std::string right;                        ///< second line: date and unit of measure
  std::vector<std::vector<CardCell>> card;  ///< above the table; each line takes all columns
  std::vector<Heading> headings;            ///< without words they only give the columns' widths
  std::vector<SheetRow> rows;
  std::vector<std::string> notes;       ///< below the table; of a cover, its lines
  std::vector<std::string> signatures;  ///< a line to write on after each; on every page
  std::string footer;                   ///< as-of, on every page
  std::string snapshot;                 ///< beside it: id of the snapshot, "机内第 n 版"; "" = not frozen
  std::string page;                     ///< "第 {page} 页 共 {pages} 页"; "" = "1 / 2"
  std::uint32_t rows_per_page = 0;      ///< at most, in a PDF; 0 = as many as there is room for
  bool landscape = false;
  bool is_cover = false;  ///< a title page: no table
  bool goes_on = false;   ///< pages are numbered on from the sheet before
};

/// What stands at the left foot of every page.
[[nodiscard]] std::string foot_of(const Sheet& sheet);
/// `sheet.page` with the numbers in it; of a workbook they are the program's own codes.
[[nodiscard]] std::string page_words(std::string words, const std::string& page, const std::string& pages);
[[nodiscard]] std::string page_words(const Sheet& sheet, const std::string& page, const std::string& pages);

/// A heading in the rows above the table; both ends inside, from 0.
struct HeadingCell {
  std::string words;
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::uint32_t first_column = 0;
  std::uint32_t last_column = 0;
};

/// The columns, left to right.
[[nodiscard]] std::vector<Heading> columns_of(const Sheet& sheet);
/// How many rows the headings take; 0 = there are none, or none with words.
[[nodiscard]] std::uint32_t heading_rows(const Sheet& sheet);
/// Without gaps or overlaps: a column reaches down to the last row, a group over all its columns.
[[nodiscard]] std::vector<HeadingCell> heading_cells(const Sheet& sheet);
/// Signature lines, as many to a line as fit; with room to sign unless the words have some ("____").
[[nodiscard]] std::vector<std::string> signature_lines(const Sheet& sheet);
/// Columns of the everyday font that words take: Chinese characters are as wide as two digits.
[[nodiscard]] std::size_t width_of(const std::string& words);
/// What the columns take together.
[[nodiscard]] double width_of(const Sheet& sheet);

}  // namespace lianxin::client::report
