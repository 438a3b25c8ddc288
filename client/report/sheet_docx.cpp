#include "client/report/sheet_docx.hpp"

#include <algorithm>
#include <cmath>

#include "client/report/docx_package.hpp"

namespace lianxin::client::report {
namespace {

// In twentieths of a point: A4, its margins, and what a cell keeps free at both sides.
constexpr int kPageShort = 11906;
constexpr int kPageLong = 16838;
constexpr int kDocxMargin = 850;
constexpr int kCellSpare = 120;
constexpr std::string_view kCellMargins =
    R"(<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>)";
constexpr std::string_view kRules =
    R"(<w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>)";

int room_of(const Sheet& sheet) {
  const int across = sheet.landscape ? kPageLong : kPageShort;
  return across - 2 * kDocxMargin;
}

/// What the page gives each column, by what the columns ask for.
std::vector<int> column_widths(const Sheet& sheet) {
  std::vector<int> out;
  const double all = std::max(1.0, width_of(sheet));
  for (const Heading& column : columns_of(sheet))
    out.push_back(std::max(1, static_cast<int>(room_of(sheet) * column.width / all)));
  return out;
}

/// Half points that let the widest row of columns hold its characters; a digit is half as wide as high.
int letter_size(const Sheet& sheet) {
  constexpr int kSmallest = 12;
  constexpr int kEveryday = 21;
  const double free = room_of(sheet) - kCellSpare * static_cast<double>(columns_of(sheet).size());
  return std::clamp(static_cast<int>(std::floor(free / (5 * std::max(1.0, width_of(sheet))))), kSmallest,
                    kEveryday);
}

struct DocxCell {
  std::string words;
  std::uint32_t columns = 1;
  bool is_centred = false;
  bool is_bold = false;
  std::string merge;  ///< "restart" = goes on in the rows below, "continue" = is one of those
};

std::string look_of(int size, bool is_bold) {
  const std::string half_points = std::to_string(size);
  return "<w:rPr>" + std::string(is_bold ? "<w:b/>" : "") + "<w:sz w:val=\"" + half_points +
         "\"/><w:szCs w:val=\"" + half_points + "\"/></w:rPr>";
}

/// A line break inside a cell stays one.
std::string lines_of(std::string_view words, const std::string& look) {
  std::string out;
  for (std::size_t from = 0; from <= words.size();) {
    const std::size_t end = std::min(words.find('\n', from), words.size());
    if (from > 0) out += "<w:r><w:br/></w:r>";
    out += docx_run(words.substr(from, end - from), look);
    from = end + 1;
  }
  return out;
}

std::string line_of(std::string_view words, const std::string& look, std::string_view settings = "") {
  return "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/>" + std::string(settings) + "</w:pPr>" +
         lines_of(words, look) + "</w:p>";
}

std::string cell_of(const DocxCell& cell, int width, int size) {
  std::string out = "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/>";
  if (cell.columns > 1) out += "<w:gridSpan w:val=\"" + std::to_string(cell.columns) + "\"/>";
  if (!cell.merge.empty()) out += "<w:vMerge w:val=\"" + cell.merge + "\"/>";
  out += "<w:vAlign w:val=\"center\"/></w:tcPr>";
  return out +
         line_of(cell.words, look_of(size, cell.is_bold), cell.is_centred ? "<w:jc w:val=\"center\"/>" : "") +
         "</w:tc>";
}

std::string row_of(const std::vector<DocxCell>& cells, const std::vector<int>& widths, int size,
                   bool is_heading, int height = 0) {
  std::string out = "<w:tr><w:trPr><w:cantSplit/>";
  if (height > 0) out += "<w:trHeight w:val=\"" + std::to_string(height) + "\" w:hRule=\"atLeast\"/>";
  if (is_heading) out += "<w:tblHeader/>";
  out += "</w:trPr>";
  std::size_t at = 0;
  for (const DocxCell& cell : cells) {
    int width = 0;
    for (std::uint32_t i = 0; i < cell.columns && at < widths.size(); ++i)
      width += widths[at++];
    out += cell_of(cell, width, size);
  }
  return out + "</w:tr>";
}

std::vector<DocxCell> heading_row(const std::vector<HeadingCell>& all, std::uint32_t row,
                                  std::uint32_t columns) {
  std::vector<DocxCell> out;
  for (std::uint32_t column = 0; column < columns;) {
    const auto here = std::find_if(all.begin(), all.end(), [&](const HeadingCell& one) {
      return one.first_row <= row && row <= one.last_row && one.first_column <= column &&
             column <= one.last_column;
    });
    if (here == all.end()) break;
    const bool begins = here->first_row == row;
    const bool goes_on = here->last_row > here->first_row;
    out.push_back({begins ? here->words : "", here->last_column - here->first_column + 1, true, true,
                   !goes_on ? ""
                   : begins ? "restart"
                            : "continue"});
    column = here->last_column + 1;
  }
  return out;
}

/// A line of labels and values, filled up to all columns.
std::vector<DocxCell> card_row(const std::vector<CardCell>& line, std::uint32_t columns) {
  std::vector<DocxCell> out;
  std::uint32_t taken = 0;
  for (const CardCell& one : line) {
    if (one.label_columns > 0) out.push_back({one.label, one.label_columns, true, false, ""});
    out.push_back({one.value, std::max(1U, one.value_columns), false, false, ""});
    taken += one.label_columns + std::max(1U, one.value_columns);
  }
  if (taken < columns) out.push_back({"", columns - taken, false, false, ""});
  return out;
}

std::vector<DocxCell> table_row_of(const SheetRow& row, const std::vector<Heading>& columns) {
  std::vector<DocxCell> out;
  const bool is_sum = row.kind == RowKind::kSubtotal || row.kind == RowKind::kTotal;
  for (std::size_t i = 0; i < columns.size(); ++i)
    out.push_back(
        {i < row.cells.size() ? row.cells[i] : "", 1, columns[i].kind != CellKind::kText, is_sum, ""});
  return out;
}

std::string table_of(const Sheet& sheet) {
  const std::vector<Heading> columns = columns_of(sheet);
  const auto count = static_cast<std::uint32_t>(columns.size());
  const std::vector<int> widths = column_widths(sheet);
  const int size = letter_size(sheet);
  if (count == 0 || sheet.is_cover) return "";
  std::string out = "<w:tbl><w:tblPr><w:tblW w:w=\"" + std::to_string(room_of(sheet)) +
                    "\" w:type=\"dxa\"/>" + std::string(kRules) + "<w:tblLayout w:type=\"fixed\"/>" +
                    std::string(kCellMargins) + "</w:tblPr><w:tblGrid>";
  for (const int width : widths)
    out += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
  out += "</w:tblGrid>";
  constexpr int kLineHeight = 320;
  std::string rows;
  for (const std::vector<CardCell>& line : sheet.card) {
    double lines = 1;
    for (const CardCell& one : line)
      lines = std::max(lines, one.lines);
    rows += row_of(card_row(line, count), widths, size, false, static_cast<int>(lines * kLineHeight));
  }
  const std::vector<HeadingCell> headings = heading_cells(sheet);
  for (std::uint32_t row = 0; row < heading_rows(sheet); ++row)
    rows += row_of(heading_row(headings, row, count), widths, size, sheet.card.empty());
  for (const SheetRow& row : sheet.rows)
    rows += row_of(table_row_of(row, columns), widths, size, false);
  return rows.empty() ? "" : out + rows + "</w:tbl>";
}

std::string section_of(const Sheet& sheet, std::size_t foot) {
  const int across = sheet.landscape ? kPageLong : kPageShort;
  const int down = sheet.landscape ? kPageShort : kPageLong;
  const std::string margin = std::to_string(kDocxMargin);
  return "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"" + docx_footer_id(foot) +
         "\"/><w:pgSz w:w=\"" + std::to_string(across) + "\" w:h=\"" + std::to_string(down) + "\"" +
         (sheet.landscape ? " w:orient=\"landscape\"" : "") + "/><w:pgMar w:top=\"" + margin +
         "\" w:right=\"" + margin + "\" w:bottom=\"" + margin + "\" w:left=\"" + margin +
         "\" w:header=\"425\" w:footer=\"425\" w:gutter=\"0\"/></w:sectPr>";
}

std::string page_of(const Sheet& sheet) {
  const std::string look = look_of(letter_size(sheet), false);
  std::string out = "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>" + docx_run(sheet.title) + "</w:p>";
  if (!sheet.left.empty() || !sheet.right.empty()) {
    const std::string tab =
        "<w:tabs><w:tab w:val=\"right\" w:pos=\"" + std::to_string(room_of(sheet)) + "\"/></w:tabs>";
    out += "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/>" + tab + "</w:pPr>" + docx_run(sheet.left, look) +
           "<w:r><w:tab/></w:r>" + docx_run(sheet.right, look) + "</w:p>";
  }
  out += table_of(sheet);
  for (const std::string& note : sheet.notes)
    out += line_of(note, look, sheet.is_cover ? "<w:jc w:val=\"center\"/>" : "");
  for (const std::string& line : signature_lines(sheet))
    out += line_of(line, look, "<w:spacing w:before=\"240\"/>");
  return out;
}

std::string foot_below(const Sheet& sheet) {
  const std::string open = "<w:p><w:pPr><w:pStyle w:val=\"Foot\"/></w:pPr>";
  return open + docx_run(foot_of(sheet)) + "</w:p>" + open +
         docx_page_numbers(sheet.page.empty() ? "{page} / {pages}" : sheet.page) + "</w:p>";
}

}  // namespace

Result<Bytes> sheets_docx(const std::vector<Sheet>& sheets) {
  std::string body;
  std::vector<std::string> feet;
  for (const Sheet& sheet : sheets) {
    const std::string foot = foot_below(sheet);
    auto known = std::find(feet.begin(), feet.end(), foot);
    if (known == feet.end()) known = feet.insert(feet.end(), foot);
    const std::string section = section_of(sheet, static_cast<std::size_t>(known - feet.begin()));
    body += page_of(sheet);
    // The last section stands in the body, each before it in the last paragraph of its own.
    body += &sheet == &sheets.back() ? line_of("", "") + section
                                     : "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/>" + section + "</w:pPr></w:p>";
  }
  return docx_package(body, feet);
}

}  // namespace lianxin::client::report
