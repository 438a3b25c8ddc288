#include "client/report/sheet.hpp"

#include <algorithm>
#include <string_view>

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

/// The first column right of these headings.
std::uint32_t place(const std::vector<Heading>& headings, std::uint32_t row, std::uint32_t rows,
                    std::uint32_t column, std::vector<HeadingCell>& out) {
  for (const Heading& heading : headings) {
    const bool is_column = heading.below.empty();
    const std::size_t at = out.size();
    out.push_back({heading.words, row, is_column ? rows - 1 : row, column, column});
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
  std::string words = sheet.page.empty() ? "{page} / {pages}" : sheet.page;
  put_in(words, "{page}", page);
  put_in(words, "{pages}", pages);
  return words;
}

std::vector<Heading> columns_of(const Sheet& sheet) {
  std::vector<Heading> out;
  collect(sheet.headings, out);
  return out;
}

std::uint32_t heading_rows(const Sheet& sheet) { return depth_of(sheet.headings); }

std::vector<HeadingCell> heading_cells(const Sheet& sheet) {
  std::vector<HeadingCell> out;
  (void)place(sheet.headings, 0, heading_rows(sheet), 0, out);
  return out;
}

}  // namespace lianxin::client::report
