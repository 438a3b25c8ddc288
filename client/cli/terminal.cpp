#include "client/cli/terminal.hpp"

#include <algorithm>
#include <cstdio>

#include "shared/base/date.hpp"
#include "shared/base/text.hpp"
#include "shared/terminal/shown.hpp"

namespace lianxin::client::cli {
namespace {

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool has_no_width(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) ||
         c == 0xFEFF;
}

/// A line break inside a cell would tear the table.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return shown(text);
}

/// A cell wider than this does not push its column: it alone sticks out.
constexpr std::size_t kColumnMax = 40;

}  // namespace

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (const char32_t c : to_utf32(utf8))
    width += has_no_width(c) ? 0U : is_wide(c) ? 2U : 1U;
  return width;
}

std::string time_text(std::int64_t wall_ms) {
  return Date::of(wall_ms).text() + " " + local_time_text(wall_ms);
}

std::string iso_time(std::int64_t wall_ms) {
  const std::int64_t day = wall_ms >= 0 ? wall_ms / kDayMs : (wall_ms - kDayMs + 1) / kDayMs;
  const int seconds = static_cast<int>((wall_ms - day * kDayMs) / 1000);
  char time[24];
  std::snprintf(time, sizeof time, "T%02d:%02d:%02dZ", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return Date::from_day_number(day).text() + time;
}

std::string Terminal::words(std::string_view key, const std::vector<ErrorArg>& args) const {
  return messages_.get(key, args);
}

void Terminal::value(const Json& json) { out_ << text_of(json) << '\n'; }

void Terminal::line(std::string_view text) { out_ << text << '\n'; }

void Terminal::say(std::string_view key, const std::vector<ErrorArg>& args) {
  if (!json_) out_ << shown(words(key, args)) << '\n';
}

void Terminal::table(const std::vector<std::vector<std::string>>& rows) {
  if (json_) return;
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], std::min(kColumnMax, display_width(one_line(row[i]))));
  }
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string cell = one_line(row[i]);
      line += cell;
      const std::size_t width = display_width(cell);
      if (i + 1 < row.size()) line += std::string(std::max(widths[i], width) - width + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out_ << line << '\n';
  }
}

void Terminal::note(std::string_view key, const std::vector<ErrorArg>& args) {
  err_ << shown(words(key, args)) << '\n';
  err_.flush();
}

Status Terminal::flush() {
  out_.flush();
  return out_.good() ? Status{} : fail("output.lost");
}

void Terminal::error(const Error& error, const Json& more) {
  const std::string sentence = messages_.sentence(error);
  if (!json_) {
    err_ << shown(sentence) << '\n';
    return;
  }
  Json body = {{"code", error.code}, {"message", sentence}, {"record", error.record}};
  if (more.is_object()) body.update(more);
  value(Json{{"error", std::move(body)}});
  if (!flush().ok()) err_ << shown(sentence) << '\n';  // nobody reads the JSON
}

}  // namespace lianxin::client::cli
