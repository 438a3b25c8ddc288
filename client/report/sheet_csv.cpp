#include "client/report/sheet_csv.hpp"

#include <algorithm>
#include <iconv.h>

namespace lianxin::client::report {
namespace {

void name_columns(const std::vector<Heading>& headings, const std::string& above,
                  std::vector<std::string>& out) {
  for (const Heading& heading : headings) {
    const std::string words = above.empty() ? heading.words : above + "/" + heading.words;
    if (heading.below.empty())
      out.push_back(words);
    else
      name_columns(heading.below, words, out);
  }
}

/// "-12", "3.5": digits with at most one point, a minus before them.
bool is_number(const std::string& words) {
  const std::size_t from = words.starts_with('-') ? 1 : 0;
  if (words.size() == from || words.find_first_not_of("0123456789.", from) != std::string::npos) return false;
  return std::count(words.begin(), words.end(), '.') <= 1 && words.back() != '.' && words[from] != '.';
}

std::string cell_of(const std::string& words, CellKind kind) {
  const bool is_formula = !words.empty() && std::string("=+-@\t\r").find(words[0]) != std::string::npos &&
                          !(kind == CellKind::kNumber && is_number(words));
  std::string safe = (is_formula ? "'" : "") + words;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe)
    out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

Result<Bytes> gb18030(const std::string& utf8) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  if (converter == iconv_t(-1)) return fail("sheet.encoding");
  std::string in = utf8;
  Bytes out(utf8.size() * 4, '\0');  // no character of UTF-8 grows more than that
  char* from = in.data();
  char* to = out.data();
  std::size_t from_left = in.size();
  std::size_t to_left = out.size();
  const std::size_t done = iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  if (done == static_cast<std::size_t>(-1)) return fail("sheet.encoding");
  out.resize(out.size() - to_left);
  return out;
}

std::string line_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : ",") + cell_of(words[i], CellKind::kText);
  return text + "\r\n";
}

std::string card_text(const Sheet& sheet) {
  std::string text;
  for (const std::vector<CardCell>& line : sheet.card) {
    std::vector<std::string> words;
    for (const CardCell& cell : line) {
      if (cell.label_columns > 0) words.push_back(cell.label);
      words.push_back(cell.value);
    }
    text += line_of(words);
  }
  return text;
}

/// Headings and rows; nothing when there are no headings.
std::string table_text(const Sheet& sheet) {
  if (heading_rows(sheet) == 0) return "";
  const auto columns = columns_of(sheet);
  std::vector<std::string> names;
  name_columns(sheet.headings, "", names);
  std::string text = line_of(names);
  for (const SheetRow& row : sheet.rows) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      text += (i == 0 ? "" : ",") + cell_of(i < row.cells.size() ? row.cells[i] : "", columns[i].kind);
    text += "\r\n";
  }
  return text;
}

/// The last line of a form: of which days it is, and as what it was handed in (K5, K7).
std::string foot_text(const Sheet& sheet) {
  const std::string foot = foot_of(sheet);
  return foot.empty() ? "" : line_of({foot});
}

Result<Bytes> encoded(const std::string& text, CsvEncoding encoding) {
  if (encoding == CsvEncoding::kUtf8) return Bytes("\xEF\xBB\xBF" + text);
  return gb18030(text);
}

}  // namespace

Result<Bytes> sheet_csv(const Sheet& sheet, CsvEncoding encoding) {
  return encoded(table_text(sheet) + foot_text(sheet), encoding);
}

Result<Bytes> sheets_csv(const std::vector<Sheet>& sheets, CsvEncoding encoding) {
  if (sheets.size() == 1 && sheets.front().card.empty()) return sheet_csv(sheets.front(), encoding);
  std::string text;
  for (const Sheet& sheet : sheets) {
    if (!text.empty()) text += "\r\n";
    text += line_of({sheet.title}) + card_text(sheet) + table_text(sheet) + foot_text(sheet);
  }
  return encoded(text, encoding);
}

}  // namespace lianxin::client::report
