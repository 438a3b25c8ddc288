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

}  // namespace

Result<Bytes> sheet_csv(const Sheet& sheet, CsvEncoding encoding) {
  const auto columns = columns_of(sheet);
  std::vector<std::string> names;
  name_columns(sheet.headings, "", names);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : ",") + cell_of(names[i], CellKind::kText);
  text += "\r\n";
  for (const SheetRow& row : sheet.rows) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      text += (i == 0 ? "" : ",") + cell_of(i < row.cells.size() ? row.cells[i] : "", columns[i].kind);
    text += "\r\n";
  }
  if (encoding == CsvEncoding::kUtf8) return Bytes("\xEF\xBB\xBF" + text);
  return gb18030(text);
}

}  // namespace lianxin::client::report
