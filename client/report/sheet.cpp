#include "client/report/sheet.hpp"

#include <algorithm>
#include <string_view>

#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

void collect(const std::vector<Heading>& headings, std::vector<Heading>& out) {
  for (const Heading& heading : headings) {
    if (heading.below.empty())
      out.push_back(heading);
    else
      collect(heading.below, out);
  }
}

std::uint32_t depth_of(const std::vector<Heading>& headings) {
  std::uint32_t depth = 0;
  for (const Heading& heading : headings)
    depth = std::max(depth, 1 + depth_of(heading.below));
  return depth;
}

bool has_words(const std::vector<Heading>& headings) {
  return std::any_of(headings.begin(), headings.end(), [](const Heading& heading) {
    return !heading.words.empty() || has_words(heading.below);
  });
}

double width_below(const Heading& heading) {
  if (heading.below.empty()) return heading.width;
  double width = 0;
  for (const Heading& one : heading.below)
    width += width_below(one);
  return width;
}

/// "慰问金（元）" where it does not fit in one line: the bracket goes to the next one whole.
std::string broken_before_bracket(const std::string& words, double width) {
  constexpr double kOfBold = 1.1;
  constexpr std::string_view kOpens = "\uFF08";  // the wide brackets
  constexpr std::string_view kCloses = "\uFF09";
  const std::size_t at = words.rfind(kOpens);
  const bool has_bracket = at != std::string::npos && at > 0 && words.ends_with(kCloses);
  if (!has_bracket || static_cast<double>(width_of(words)) * kOfBold <= width) return words;
  return words.substr(0, at) + "\n" + words.substr(at);
}

/// The first column right of these headings.
std::uint32_t place(const std::vector<Heading>& headings, std::uint32_t row, std::uint32_t rows,
                    std::uint32_t column, std::vector<HeadingCell>& out) {
  for (const Heading& heading : headings) {
    const bool is_column = heading.below.empty();
    const std::size_t at = out.size();
    out.push_back({broken_before_bracket(heading.words, width_below(heading)), row,
                   is_column ? rows - 1 : row, column, column});
    column = is_column ? column + 1 : place(heading.below, row + 1, rows, column, out);
    out[at].last_column = column - 1;
  }
  return column;
}

void put_in(std::string& words, std::string_view mark, const std::string& value) {
  if (const auto at = words.find(mark); at != std::string::npos) words.replace(at, mark.size(), value);
}

}  // namespace

std::string foot_of(const Sheet& sheet) {
  if (sheet.snapshot.empty()) return sheet.footer;
  return sheet.footer.empty() ? sheet.snapshot : sheet.footer + "  " + sheet.snapshot;
}

std::string page_words(const Sheet& sheet, const std::string& page, const std::string& pages) {
  return page_words(sheet.page, page, pages);
}

std::string page_words(std::string words, const std::string& page, const std::string& pages) {
  if (words.empty()) words = "{page} / {pages}";
  put_in(words, "{page}", page);
  put_in(words, "{pages}", pages);
  return words;
}

std::vector<Heading> columns_of(const Sheet& sheet) {
  std::vector<Heading> out;
  collect(sheet.headings, out);
  return out;
}

std::uint32_t heading_rows(const Sheet& sheet) {
  return has_words(sheet.headings) ? depth_of(sheet.headings) : 0;
}

std::vector<HeadingCell> heading_cells(const Sheet& sheet) {
  std::vector<HeadingCell> out;
  if (heading_rows(sheet) == 0) return out;
  (void)place(sheet.headings, 0, heading_rows(sheet), 0, out);
  return out;
}

std::size_t width_of(const std::string& words) {
  std::size_t taken = 0;
  for (const char32_t c : to_utf32(words))
    taken += c >= 0x2E80 ? 2 : 1;
  return taken;
}

double width_of(const Sheet& sheet) {
  double width = 0;
  for (const Heading& column : columns_of(sheet))
    width += column.width;
  return width;
}

std::vector<std::string> signature_lines(const Sheet& sheet) {
  std::vector<std::string> out;
  for (const std::string& signature : sheet.signatures) {
    const bool has_room = signature.find('_') != std::string::npos;
    const std::string one = signature + (has_room ? "    " : "  ______________    ");
    if (out.empty() || static_cast<double>(width_of(out.back() + one)) > width_of(sheet)) out.emplace_back();
    out.back() += one;
  }
  return out;
}

}  // namespace lianxin::client::report
