#include "client/report/sheet_xlsx.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <limits>
#include <unistd.h>
#include <xlsxwriter.h>

#include "client/import/xlsx_package.hpp"
#include "shared/base/file.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

constexpr double kLineHeight = 14;  // points, of the font below
constexpr double kFontSize = 10;
constexpr double kTitleHeight = 26;
constexpr double kCardEdge = 10;  // above and below a value together
constexpr double kBeside = 0.45;  // inches, beside the sheet
constexpr lxw_col_t kCoverColumns = 10;
constexpr double kCoverWidth = 12;  // of each, in characters

struct Styles {
  lxw_format* title;
  lxw_format* line;
  lxw_format* line_right;
  lxw_format* note;
  lxw_format* heading;
  lxw_format* cell;
  lxw_format* total;
  lxw_format* number;
  lxw_format* number_total;
  lxw_format* decimal;
  lxw_format* decimal_total;
  lxw_format* cover_title;
  lxw_format* cover_line;
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
  Styles out{workbook_add_format(book),
             workbook_add_format(book),
             workbook_add_format(book),
             workbook_add_format(book),
             bordered(book, true),
             bordered(book, false),
             bordered(book, true),
             bordered(book, false, "0"),
             bordered(book, true, "0"),
             bordered(book, false, "General"),
             bordered(book, true, "General"),
             workbook_add_format(book),
             workbook_add_format(book)};
  format_set_bold(out.title);
  format_set_font_size(out.title, 16);
  format_set_align(out.title, LXW_ALIGN_CENTER);
  format_set_align(out.line_right, LXW_ALIGN_RIGHT);
  format_set_text_wrap(out.note);
  format_set_align(out.note, LXW_ALIGN_VERTICAL_TOP);
  format_set_align(out.heading, LXW_ALIGN_CENTER);
  for (lxw_format* number : {out.number, out.number_total, out.decimal, out.decimal_total})
    format_set_align(number, LXW_ALIGN_CENTER);
  format_set_bold(out.cover_title);
  format_set_font_size(out.cover_title, 28);
  format_set_font_size(out.cover_line, 14);
  for (lxw_format* cover : {out.cover_title, out.cover_line}) {
    format_set_text_wrap(cover);
    format_set_align(cover, LXW_ALIGN_CENTER);
    format_set_align(cover, LXW_ALIGN_VERTICAL_CENTER);
  }
  return out;
}

bool is_whole(const std::string& words) {
  const std::size_t from = words.starts_with('-') ? 1 : 0;
  return words.size() > from && words.size() <= from + 15 &&
         words.find_first_not_of("0123456789", from) == std::string::npos;
}

/// "3.5": figures on both sides of one point.
bool is_decimal(const std::string& words) {
  const std::size_t point = words.find('.');
  return point != std::string::npos && words.size() <= 15 && is_whole(words.substr(0, point)) &&
         is_whole(words.substr(point + 1)) && words[point + 1] != '-';
}

/// Lines that words take in a column.
double lines_in(const std::string& words, double width) {
  double lines = 0;
  constexpr double kBroken = 1.1;  // room that is left at the ends of lines
  for (const std::string& line : split(words, '\n')) {
    const auto wide = static_cast<double>(width_of(line));
    lines += wide <= width ? 1.0 : std::ceil(wide * kBroken / std::max(width, 1.0));
  }
  return lines;
}

/// The pages of one tab. The first error is kept; afterwards nothing is written.
class Writer {
 public:
  Writer(lxw_worksheet* page, const Styles& styles) : page_(page), styles_(styles) {}

  lxw_error write(const Sheet* first, const Sheet* end) {
    for (const Sheet* sheet = first; sheet != end; ++sheet) {
      if (sheet != first) breaks_.push_back(row_);
      if (sheet->is_cover)
        write_cover(*sheet);
      else
        write_page(*sheet);
    }
    set_up(*first, end - first > 1);
    return error_;
  }

 private:
  static constexpr lxw_row_t kTop = 2;

  void write_page(const Sheet& sheet) {
    const auto columns = columns_of(sheet);
    last_ = static_cast<lxw_col_t>(std::max<std::size_t>(columns.size(), 2) - 1);
    span(row_, row_, 0, last_, sheet.title, styles_.title);
    keep(worksheet_set_row(page_, row_, kTitleHeight, nullptr));
    text(row_ + 1, 0, sheet.left, styles_.line);
    text(row_ + 1, last_, sheet.right, styles_.line_right);
    row_ += kTop;
    for (const std::vector<CardCell>& line : sheet.card)
      card(line, columns);
    headings(sheet, columns);
    for (const SheetRow& one : sheet.rows)
      cells(row_++, one, columns);
    for (const std::string& note : sheet.notes)
      note_line(note, width_of(sheet));
    if (!sheet.signatures.empty()) ++row_;
    for (const std::string& line : signature_lines(sheet)) {
      text(row_, 0, line, styles_.line);
      keep(worksheet_set_row(page_, row_++, kLineHeight + 8, nullptr));
    }
    ++row_;
  }

  void write_cover(const Sheet& sheet) {
    constexpr double kAbove = 120;
    constexpr double kTitle = 90;
    constexpr double kLine = 26;
    last_ = kCoverColumns - 1;
    const auto put = [&](const std::string& words, lxw_format* format, double height) {
      span(row_, row_, 0, last_, words, format);
      keep(worksheet_set_row(page_, row_++, height, nullptr));
    };
    keep(worksheet_set_row(page_, row_++, kAbove, nullptr));
    put(sheet.title, styles_.cover_title, kTitle);
    for (const std::string* words : {&sheet.left, &sheet.right})
      if (!words->empty()) put(*words, styles_.cover_line, kLine);
    for (const std::string& note : sheet.notes)
      put(note, styles_.cover_line, kLine * lines_in(note, kCoverColumns * kCoverWidth / 1.5));
    keep(worksheet_set_column(page_, 0, last_, kCoverWidth, nullptr));
  }

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
  void note_line(const std::string& words, double width) {
    span(row_, row_, 0, last_, words, styles_.note);
    keep(worksheet_set_row(page_, row_++, lines_in(words, width) * kLineHeight + 2, nullptr));
  }
  static double width_of_span(const std::vector<Heading>& columns, std::uint32_t first, std::uint32_t last) {
    double width = 0;
    for (std::uint32_t i = first; i <= last && i < columns.size(); ++i)
      width += columns[i].width;
    return width;
  }
  void card(const std::vector<CardCell>& line, const std::vector<Heading>& columns) {
    std::uint32_t at = 0;
    double lines = 1;
    const auto put = [&](const std::string& words, std::uint32_t count, lxw_format* format) {
      if (count == 0) return;
      span(row_, row_, at, at + count - 1, words, format);
      lines = std::max(lines, lines_in(words, width_of_span(columns, at, at + count - 1)));
      at += count;
    };
    for (const CardCell& cell : line) {
      put(cell.label, cell.label_columns, styles_.heading);
      put(cell.value, cell.value_columns, styles_.cell);
      lines = std::max(lines, cell.lines);
    }
    keep(worksheet_set_row(page_, row_++, lines * kLineHeight + kCardEdge, nullptr));
  }
  void headings(const Sheet& sheet, const std::vector<Heading>& columns) {
    std::vector<double> lines(heading_rows(sheet), 1);
    for (const HeadingCell& cell : heading_cells(sheet)) {
      span(row_ + cell.first_row, row_ + cell.last_row, cell.first_column, cell.last_column, cell.words,
           styles_.heading);
      const double rows = cell.last_row - cell.first_row + 1;
      const double width = width_of_span(columns, cell.first_column, cell.last_column);
      const double each = std::ceil(lines_in(cell.words, width) / rows);
      for (std::uint32_t i = cell.first_row; i <= cell.last_row; ++i)
        lines[i] = std::max(lines[i], each);
    }
    for (const double each : lines)
      keep(worksheet_set_row(page_, row_++, each * kLineHeight + 4, nullptr));
  }
  void cells(lxw_row_t row, const SheetRow& one, const std::vector<Heading>& columns) {
    const bool is_plain = one.kind == RowKind::kPlain || one.kind == RowKind::kNil;
    lxw_format* format = is_plain ? styles_.cell : styles_.total;
    lxw_format* whole = is_plain ? styles_.number : styles_.number_total;
    lxw_format* decimal = is_plain ? styles_.decimal : styles_.decimal_total;
    double lines = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const std::string words = i < one.cells.size() ? one.cells[i] : "";
      const auto column = static_cast<lxw_col_t>(i);
      lines = std::max(lines, lines_in(words, columns[i].width));
      const bool is_number = columns[i].kind == CellKind::kNumber && (is_whole(words) || is_decimal(words));
      if (is_number)
        keep(worksheet_write_number(page_, row, column, std::strtod(words.c_str(), nullptr),
                                    is_whole(words) ? whole : decimal));
      else
        text(row, column, words, format);
    }
    keep(worksheet_set_row(page_, row, lines * kLineHeight + 2, nullptr));
  }
  void set_up(const Sheet& sheet, bool has_pages) {
    const auto columns = columns_of(sheet);
    for (std::size_t i = 0; i < columns.size(); ++i)
      keep(worksheet_set_column(page_, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), columns[i].width,
                                nullptr));
    constexpr std::uint8_t kA4 = 9;
    constexpr double kAboveAndBelow = 0.7;  // inches
    worksheet_set_paper(page_, kA4);
    worksheet_set_margins(page_, kBeside, kBeside, kAboveAndBelow, kAboveAndBelow);
    worksheet_center_horizontally(page_);
    if (sheet.landscape) worksheet_set_landscape(page_);
    if (has_pages) {
      break_pages(sheet);
    } else {
      worksheet_fit_to_pages(page_, 1, 0);
      const auto card = static_cast<lxw_row_t>(sheet.card.size());
      if (const auto rows = heading_rows(sheet); rows > 0)
        repeat_headings(card == 0 ? 0 : kTop + card, kTop + card + rows);
    }
    std::string footer;
    for (const char c : foot_of(sheet))
      footer += c == '&' ? std::string("&&") : std::string(1, c);
    keep(worksheet_set_footer(page_, ("&L" + footer + "&R" + page_words(sheet, "&P", "&N")).c_str()));
  }
  /// On each page of paper, and on the screen while the rows go by.
  void repeat_headings(lxw_row_t first, lxw_row_t end) {
    keep(worksheet_repeat_rows(page_, first, end - 1));
    constexpr lxw_row_t kHighest = 8;  // higher ones would leave no room on a small screen
    if (end <= kHighest) worksheet_freeze_panes(page_, end, 0);
  }
  /// Excel forgets page breaks of a sheet that is fitted to a page's width: so a scale instead.
  void break_pages(const Sheet& sheet) {
    constexpr double kCharacter = 10.0 / 96;  // inches of a digit in the widest everyday font
    constexpr double kEdge = 5.0 / 96;        // and what a column has beside
    const double paper = (sheet.landscape ? 11.69 : 8.27) - 2 * kBeside;
    const double wide = width_of(sheet) * kCharacter + static_cast<double>(columns_of(sheet).size()) * kEdge;
    worksheet_set_print_scale(
        page_, static_cast<std::uint16_t>(std::clamp(std::floor(paper / wide * 100), 10.0, 100.0)));
    breaks_.push_back(0);  // ends the list
    keep(worksheet_set_h_pagebreaks(page_, breaks_.data()));
  }

  lxw_worksheet* page_;
  const Styles& styles_;
  lxw_row_t row_ = 0;
  lxw_col_t last_ = 0;
  std::vector<lxw_row_t> breaks_;
  lxw_error error_ = LXW_NO_ERROR;
};

lxw_error write_all(lxw_workbook* book, const std::vector<Sheet>& sheets) {
  lxw_doc_properties properties{};
  properties.created = 1'577'836'800;  // a fixed day: the form says its own
  workbook_set_properties(book, &properties);
  const Styles styles = styles_of(book);
  const Sheet* const end = sheets.data() + sheets.size();
  for (const Sheet* sheet = sheets.data(); sheet != end;) {
    const Sheet* next = std::find_if(sheet, end, [&](const Sheet& one) { return one.name != sheet->name; });
    if (const lxw_error error = workbook_validate_sheet_name(book, sheet->name.c_str())) return error;
    lxw_worksheet* page = workbook_add_worksheet(book, sheet->name.c_str());
    if (page == nullptr) return LXW_ERROR_MEMORY_MALLOC_FAILED;
    if (const lxw_error error = Writer(page, styles).write(sheet, next)) return error;
    sheet = next;
  }
  return LXW_NO_ERROR;
}

/// The library says what fails on standard error, in English; people are told by us. What another thread says
/// meanwhile is lost with it.
class QuietLibrary {
 public:
  QuietLibrary() {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    kept_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (kept_ >= 0) dup2(nowhere, STDERR_FILENO);
    close(nowhere);
  }
  QuietLibrary(const QuietLibrary&) = delete;
  QuietLibrary& operator=(const QuietLibrary&) = delete;
  ~QuietLibrary() {
    if (kept_ < 0) return;
    dup2(kept_, STDERR_FILENO);
    close(kept_);
  }

 private:
  int kept_ = -1;
};

/// What the system said, where the library says that it failed.
struct Closed {
  lxw_error error = LXW_NO_ERROR;
  int said = 0;
};

Closed write_book(lxw_workbook* book, const std::vector<Sheet>& sheets) {
  const QuietLibrary quiet;
  errno = 0;
  const lxw_error written = write_all(book, sheets);
  const lxw_error closed = workbook_close(book);
  return {written != LXW_NO_ERROR ? written : closed, errno};
}

/// An empty file that nobody else may read: what the library then writes into it stays so.
Status begin_private(const std::string& beside, const std::string& path) {
  unlink(beside.c_str());  // of a write that was cut
  const int fd = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail("file.unwritable", {{"path", path}, {"why", why_key(errno)}});
  close(fd);
  return {};
}

/// Hears only whether a part is whole.
class Whole final : public import::XmlListener {
 public:
  void on_start(std::string_view /*name*/, const import::XmlAttributes& /*attributes*/) override {}
  void on_end(std::string_view /*name*/) override {}
  void on_text(std::string_view /*text*/) override {}
};

/// The library writes each page into a file of its own first and does not look whether all of it went there:
/// on a full disk it packs what is cut off.
Result<Bytes> read_back(const std::string& path) {
  constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint32_t>::max();
  import::Limits limits;
  limits.file_bytes = limits.unpacked_bytes = limits.ratio = kNoLimit;
  LX_TRY(Bytes bytes, read_file(path, kNoLimit));
  LX_TRY(import::XlsxPackage package, import::XlsxPackage::open(bytes, limits));
  Whole whole;
  LX_DO(package.read("xl/sharedStrings.xml", whole));
  for (int page = 1;; ++page) {
    const std::string part = "xl/worksheets/sheet" + std::to_string(page) + ".xml";
    if (!package.has(part)) return bytes;
    LX_DO(package.read(part, whole));
  }
}

}  // namespace

Result<Bytes> xlsx_bytes(const std::vector<Sheet>& sheets, const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  lxw_workbook_options options{};
  options.tmpdir = folder.data();
  const std::string beside = path + ".lianxin-new";
  LX_DO(begin_private(beside, path));
  if (sheets.empty()) {
    // The library makes a workbook of nothing, which then looks as if a full disk had cut it.
    unlink(beside.c_str());
    return fail("sheet.empty");
  }
  lxw_workbook* book = workbook_new_opt(beside.c_str(), &options);
  if (book == nullptr) return fail("sheet.failed", {{"why", why_key(ENOMEM)}});
  const Closed closed = write_book(book, sheets);
  Result<Bytes> made = fail("sheet.failed", {{"why", why_key(closed.said)}}, lxw_strerror(closed.error));
  if (closed.error == LXW_NO_ERROR) made = read_back(beside);
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  if (!made.ok() && made.error().code != "sheet.failed")
    return fail("sheet.failed", {{"why", why_key(ENOSPC)}}, made.error().code);
  return made;
}

Status write_xlsx(const std::vector<Sheet>& sheets, const std::string& path) {
  LX_TRY(const Bytes made, xlsx_bytes(sheets, path));
  return replace_file(path, made);
}

}  // namespace lianxin::client::report
