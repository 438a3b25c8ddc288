#pragma once
// What a spreadsheet file holds, whichever format it came in: sheets, rows, cells, merged areas. No meaning
// yet.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::client::import {

/// Bounds that keep a hostile or wrong file from eating the laptop (512 MB of memory at most). Beyond:
/// "import.too_large".
struct Limits {
  std::uint64_t file_bytes = 50ULL << 20U;
  std::uint64_t unpacked_bytes = 512ULL << 20U;
  std::uint64_t ratio = 100;  ///< unpacked : packed, asked only of parts above `ratio_from`
  std::uint64_t ratio_from = 1ULL << 20U;
  std::uint64_t text_bytes = 64ULL << 20U;        ///< of all cells together
  std::uint64_t cell_text_bytes = 128ULL << 10U;  ///< of one cell (Excel itself stops at 32,767 characters)
  std::uint64_t cells = 4'000'000;
  std::uint32_t rows = 200'000;  ///< rows with content, all sheets together
  std::uint32_t columns = 256;   ///< content further right is refused; empty styled cells are not counted
  std::uint32_t merges = 100'000;
  std::uint32_t sheets = 200;
};

enum class CellKind : std::uint8_t {
  kText,
  kNumber,  ///< `text` is the number exactly as the file writes it
  kDate,    ///< a number whose style shows a date; `precision` tells how much of it
  kBool,    ///< "1" or "0"
  kError,   ///< "#N/A" and the like
};

/// How much of a date the cell's number format shows.
enum class DatePrecision : std::uint8_t { kNone, kYear, kMonth, kDay };

struct Cell {
  std::string text;
  double number = 0;
  std::uint32_t column = 0;  ///< 0 = A
  CellKind kind = CellKind::kText;
  DatePrecision precision = DatePrecision::kNone;
  bool is_formula = false;  ///< `text` is then the value the program that saved the file had computed
};

/// Only rows with content are kept; cells ascend by column and are never blank.
struct Row {
  std::uint32_t number = 0;  ///< 1-based, as on the screen
  bool hidden = false;
  std::vector<Cell> cells;
};

/// Rows 1-based, columns 0-based, both ends inside. Columns are cut to Limits::columns.
struct Merge {
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::uint32_t first_column = 0;
  std::uint32_t last_column = 0;
};

struct Sheet {
  std::string name;
  bool hidden = false;
  std::vector<Row> rows;  ///< ascending
  std::vector<Merge> merges;
  std::vector<std::uint32_t> hidden_columns;  ///< ascending
};

struct Workbook {
  std::vector<Sheet> sheets;
  bool epoch_1904 = false;
  std::string encoding;  ///< "xlsx", "utf-8", "gb18030" or "utf-16"
};

/// nullptr when the cell is blank.
[[nodiscard]] const Cell* find_cell(const Row& row, std::uint32_t column);
/// What a person sees: numbers without exponent and without the noise of binary fractions, dates as
/// YYYY-MM-DD (cut to what the format shows), text trimmed. An 18-digit number stays as written, so that its
/// loss can be seen.
[[nodiscard]] std::string shown_text(const Cell& cell, bool epoch_1904);
/// "A", "AB": for messages.
[[nodiscard]] std::string column_letters(std::uint32_t column);

}  // namespace lianxin::client::import
