#include "client/view/wording.hpp"

#include <cstdio>

#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::client::view {
namespace {

std::string month_key(int month) { return "view.month." + std::to_string(month); }

}  // namespace

std::string Wording::code(std::string_view list, std::string_view code) const {
  return code.empty() ? std::string() : domain::code_name(list, code, short_language());
}

std::string Wording::codes(std::string_view list, std::string_view codes) const {
  std::vector<std::string> names;
  if (codes.empty()) return {};
  for (const std::string& one : split(codes, ','))
    names.push_back(code(list, one));
  return enumerate(names);
}

Choices Wording::choices(std::string_view list) const {
  Choices out;
  const std::vector<domain::Code>* codes = domain::code_list(list);
  if (codes == nullptr) return out;
  for (const domain::Code& one : *codes)
    out.push_back({one.code, language_ == "en" ? one.en : one.zh});
  return out;
}

std::string Wording::label(std::string_view kind, std::string_view field,
                           const domain::Catalogue& catalogue) const {
  const domain::Kind* found = catalogue.kind(kind);
  return found == nullptr ? std::string(field) : domain::field_label(*messages_, *found, field);
}

std::string Wording::enumerate(const std::vector<std::string>& parts) const {
  const std::string between = text("view.between");
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += language_ == "en" ? between + " " : between;
    out += part;
  }
  return out;
}

std::string Wording::dotted(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += " · ";
    out += part;
  }
  return out;
}

std::string Wording::day(std::string_view date, const Date& today) const {
  const auto read = PartialDate::parse(date);
  if (!read.ok()) return std::string(date);
  if (read->day == 0 || read->year != today.year) return partial_day(date);
  return text("view.day", {{"month", text(month_key(read->month))}, {"day", std::to_string(read->day)}});
}

std::string Wording::partial_day(std::string_view date) const {
  const auto read = PartialDate::parse(date);
  if (!read.ok()) return std::string(date);
  const std::string year = std::to_string(read->year);
  if (read->month == 0) return text("view.year", {{"year", year}});
  const std::string month = text(month_key(read->month));
  if (read->day == 0) return text("view.year_month", {{"year", year}, {"month", month}});
  return text("view.year_day", {{"year", year}, {"month", month}, {"day", std::to_string(read->day)}});
}

std::string Wording::moment(WallMs instant, const Date& today) const {
  if (instant == 0) return {};
  return day(Date::of(instant).text(), today) + " " + local_time_text(instant);
}

std::string Wording::clock_time(WallMs instant) {
  const int seconds = second_of_day(instant);
  char out[16];
  std::snprintf(out, sizeof out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return out;
}

std::string Wording::weekday(const Date& day) const {
  return text("view.weekday." + std::to_string(day.weekday()));
}

std::string Wording::size(std::uint64_t bytes) {
  char out[32];
  const double kilobytes = static_cast<double>(bytes) / 1024;
  if (kilobytes < 1024) {
    std::snprintf(out, sizeof out, kilobytes < 10 ? "%.1f KB" : "%.0f KB", kilobytes);
  } else {
    std::snprintf(out, sizeof out, "%.1f MB", kilobytes / 1024);
  }
  return out;
}

std::string Wording::number(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (std::size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, ",");
  return digits;
}

}  // namespace lianxin::client::view
