#include "client/report/sheet_xlsx.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <xlsxwriter.h>

#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

constexpr double kLineHeight = 14;  // points, of the font below
constexpr double kFontSize = 10;

struct Styles {
  lxw_format* title;
  lxw_format* line;
  lxw_format* line_right;
  lxw_format* heading;
  lxw_format* cell;
  lxw_format* total;
  lxw_format* number;
  lxw_format* number_total;
};

lxw_format* bordered(lxw_workbook* book, bool is_strong, const char* shape = "@") {
  lxw_format* format = workbook_add_format(book);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_text_wrap(format);
  format_set_font_size(format, kFontSize);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_num_format(format, shape);
  if (is_strong) format_set_bold(format);
  return format;
}

Styles styles_of(lxw_workbook* book) {
  Styles out{workbook_add_format(book),  workbook_add_format(book), workbook_add_format(book),
             bordered(book, true),       bordered(book, false),     bordered(book, true),
             bordered(book, false, "0"), bordered(book, true, "0")};
  format_set_bold(out.title);
  format_set_font_size(out.title, 16);
  format_set_align(out.title, LXW_ALIGN_CENTER);
  format_set_align(out.line_right, LXW_ALIGN_RIGHT);
  format_set_align(out.heading, LXW_ALIGN_CENTER);
  return out;
}

bool is_whole(const std::string& words) {
  const std::size_t from = words.starts_with('-') ? 1 : 0;
  return words.size() > from && words.size() <= from + 15 &&
         words.find_first_not_of("0123456789", from) == std::string::npos;
}

/// Lines that words take in a column: Chinese characters are as wide as two digits.
double lines_in(const std::string& words, double width) {
  std::size_t taken = 0;
  for (const char32_t c : to_utf32(words))
    taken += c >= 0x2E80 ? 2 : 1;
  return std::max(1.0, std::ceil(static_cast<double>(taken) * 1.1 / std::max(width, 1.0)));
}

/// The first error is kept; afterwards nothing is written.
class Writer {
 public:
  Writer(lxw_worksheet* page, const Styles& styles) : page_(page), styles_(styles) {}

  lxw_error write(const Sheet& sheet) {
    const auto columns = columns_of(sheet);
    last_ = static_cast<lxw_col_t>(std::max<std::size_t>(columns.size(), 2) - 1);
    span(0, 0, 0, last_, sheet.title, styles_.title);
    text(1, 0, sheet.left, styles_.line);
    text(1, last_, sheet.right, styles_.line_right);
    headings(sheet, columns);
    lxw_row_t row = kTop + heading_rows(sheet);
    for (const SheetRow& one : sheet.rows)
      cells(row++, one, columns);
    for (const std::string& note : sheet.notes)
      text(row++, 0, note, styles_.line);
    if (!sheet.signatures.empty()) {
      std::string line;
      for (const std::string& signature : sheet.signatures)
        line += signature + "  ________________      ";
      text(row + 1, 0, line, styles_.line);
    }
    set_up(sheet, columns);
    return error_;
  }

 private:
  static constexpr lxw_row_t kTop = 2;

  void keep(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }
  void text(lxw_row_t row, std::uint32_t column, const std::string& words, lxw_format* format) {
    keep(worksheet_write_string(page_, row, static_cast<lxw_col_t>(column), words.c_str(), format));
  }
  void span(lxw_row_t row, lxw_row_t last_row, std::uint32_t column, std::uint32_t last_column,
            const std::string& words, lxw_format* format) {
    if (row == last_row && column == last_column) return text(row, column, words, format);
    keep(worksheet_merge_range(page_, row, static_cast<lxw_col_t>(column), last_row,
                               static_cast<lxw_col_t>(last_column), words.c_str(), format));
  }
  void headings(const Sheet& sheet, const std::vector<Heading>& columns) {
    std::vector<double> lines(heading_rows(sheet), 1);
    for (const HeadingCell& cell : heading_cells(sheet)) {
      span(kTop + cell.first_row, kTop + cell.last_row, cell.first_column, cell.last_column, cell.words,
           styles_.heading);
      double width = 0;
      for (std::uint32_t i = cell.first_column; i <= cell.last_column; ++i)
        width += columns[i].width;
      const double rows = cell.last_row - cell.first_row + 1;
      const double each = std::ceil(lines_in(cell.words, width) / rows);
      for (std::uint32_t i = cell.first_row; i <= cell.last_row; ++i)
        lines[i] = std::max(lines[i], each);
    }
    for (std::size_t i = 0; i < lines.size(); ++i)
      keep(worksheet_set_row(page_, kTop + static_cast<lxw_row_t>(i), lines[i] * kLineHeight + 4, nullptr));
  }
  void cells(lxw_row_t row, const SheetRow& one, const std::vector<Heading>& columns) {
    const bool is_plain = one.kind == RowKind::kPlain || one.kind == RowKind::kNil;
    lxw_format* format = is_plain ? styles_.cell : styles_.total;
    lxw_format* number = is_plain ? styles_.number : styles_.number_total;
    double lines = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string words = i < one.cells.size() ? one.cells[i] : "";
      const auto column = static_cast<lxw_col_t>(i);
      lines = std::max(lines, lines_in(words, columns[i].width));
      if (columns[i].kind == CellKind::kNumber && is_whole(words))
        keep(worksheet_write_number(page_, row, column, std::strtod(words.c_str(), nullptr), number));
      else
        text(row, column, words, format);
    }
    keep(worksheet_set_row(page_, row, lines * kLineHeight + 2, nullptr));
  }
  void set_up(const Sheet& sheet, const std::vector<Heading>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      keep(worksheet_set_column(page_, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), columns[i].width,
                                nullptr));
    constexpr std::uint8_t kA4 = 9;
    worksheet_set_paper(page_, kA4);
    if (sheet.landscape) worksheet_set_landscape(page_);
    worksheet_fit_to_pages(page_, 1, 0);
    if (const auto rows = heading_rows(sheet); rows > 0)
      keep(worksheet_repeat_rows(page_, 0, kTop + rows - 1));
    std::string footer;
    for (const char c : foot_of(sheet))
      footer += c == '&' ? std::string("&&") : std::string(1, c);
    keep(worksheet_set_footer(page_, ("&L" + footer + "&R" + page_words(sheet, "&P", "&N")).c_str()));
  }

  lxw_worksheet* page_;
  const Styles& styles_;
  lxw_col_t last_ = 0;
  lxw_error error_ = LXW_NO_ERROR;
};

lxw_error write_all(lxw_workbook* book, const std::vector<Sheet>& sheets) {
  lxw_doc_properties properties{};
  properties.created = 1'577'836'800;  // a fixed day: the form says its own
  workbook_set_properties(book, &properties);
  const Styles styles = styles_of(book);
  for (const Sheet& sheet : sheets) {
    if (const lxw_error error = workbook_validate_sheet_name(book, sheet.name.c_str())) return error;
    lxw_worksheet* page = workbook_add_worksheet(book, sheet.name.c_str());
    if (page == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (const lxw_error error = Writer(page, styles).write(sheet)) return error;
  }
  return LXW_NO_ERROR;
}

}  // namespace

Status write_xlsx(const std::vector<Sheet>& sheets, const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  if (book == nullptr) return fail("sheet.failed", {{"why", "workbook_new"}});
  const lxw_error written = write_all(book, sheets);
  const lxw_error closed = workbook_close(book);
  const lxw_error error = written != LXW_NO_ERROR ? written : closed;
  if (error == LXW_NO_ERROR) return {};
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return fail("sheet.failed", {{"why", lxw_strerror(error)}});
}

}  // namespace lianxin::client::report
