#include "shared/domain/festival.hpp"

#include <charconv>

#include "assets/assets.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kFestivalWords = 5;
constexpr std::size_t kDayWords = 3;
constexpr std::size_t kDaysMaxDigits = 2;
/// Any leap year: it makes "MM-DD" a date.
constexpr std::string_view kLeapYear = "2024-";

std::optional<int> days(const std::string& text) {
  if (!is_digits(text) || text.size() > kDaysMaxDigits) return std::nullopt;
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

const FestivalCalendar& FestivalCalendar::base() {
  static const FestivalCalendar kBase = [] {
    auto parsed = parse(assets::file("assets/codes/festivals.tsv"));
    LX_CHECK(parsed.ok(), "the program's own festival table is malformed");
    return std::move(parsed).value();
  }();
  return kBase;
}

Result<FestivalCalendar> FestivalCalendar::parse(std::string_view tsv) {
  FestivalCalendar calendar;
  std::size_t number = 0;
  for (const std::string& line : split(tsv, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (!calendar.add(split(line, '\t')))
      return fail("festivals.malformed", {{"line", std::to_string(number)}});
  }
  return calendar;
}

bool FestivalCalendar::add(const std::vector<std::string>& words) {
  if (words.front() == "festival" && words.size() == kFestivalWords) {
    const auto before = days(words[3]);
    const auto after = days(words[4]);
    if (!is_code("festival", words[1]) || !before || !after) return false;
    Festival festival{words[1], *before, *after, 0, 0, {}};
    if (words[2] != "table") {
      const auto date = Date::parse(std::string(kLeapYear) + words[2]);
      if (!date.ok()) return false;
      festival.month = date->month;
      festival.day = date->day;
    }
    festivals_.push_back(std::move(festival));
    return true;
  }
  if (words.front() != "day" || words.size() != kDayWords) return false;
  const auto date = Date::parse(words[2]);
  for (Festival& festival : festivals_) {
    if (festival.code != words[1] || festival.month != 0 || !date.ok()) continue;
    return festival.days.emplace(date->year, *date).second;
  }
  return false;
}

std::optional<Date> FestivalCalendar::day_in(const Festival& festival, int year) {
  if (festival.month != 0) return Date{year, festival.month, festival.day};
  const auto found = festival.days.find(year);
  if (found == festival.days.end()) return std::nullopt;
  return found->second;
}

std::optional<Date> FestivalCalendar::day_of(std::string_view code, int year) const {
  for (const Festival& festival : festivals_) {
    if (festival.code == code) return day_in(festival, year);
  }
  return std::nullopt;
}

std::vector<FestivalWindow> FestivalCalendar::windows(const Date& day,
                                                      const std::vector<CountyFestival>& county) const {
  std::vector<FestivalWindow> out;
  for (const Festival& festival : festivals_) {
    // A window may reach over New Year.
    for (int year = day.year - 1; year <= day.year + 1; ++year) {
      const auto window = window_in(festival, year, county);
      if (window) out.push_back(*window);
    }
  }
  return out;
}

std::optional<FestivalWindow> FestivalCalendar::window_in(const Festival& festival, int year,
                                                          const std::vector<CountyFestival>& county) {
  const auto around = [&](const Date& on) {
    return FestivalWindow{festival.code, on, on.plus_days(-festival.days_before),
                          on.plus_days(festival.days_after)};
  };
  std::optional<FestivalWindow> out;
  if (const auto on = day_in(festival, year)) out = around(*on);
  for (const CountyFestival& own : county) {
    const auto on = Date::parse(own.on);
    if (own.festival != festival.code || !on.ok() || on->year != year) continue;
    out = around(*on);
    if (const auto from = Date::parse(own.from); from.ok()) out->from = *from;
    if (const auto to = Date::parse(own.to); to.ok()) out->to = *to;
  }
  return out;
}

std::optional<std::string> FestivalCalendar::proposed(const Date& day) const {
  const auto nearest = nearest_window(windows(day), day);
  return nearest ? std::optional(nearest->festival) : std::nullopt;
}

std::optional<FestivalWindow> nearest_window(const std::vector<FestivalWindow>& windows, const Date& day) {
  std::optional<FestivalWindow> nearest;
  const auto distance = [&](const FestivalWindow& one) {
    return std::abs(one.on.day_number() - day.day_number());
  };
  for (const FestivalWindow& one : windows) {
    if (day < one.from || day > one.to) continue;
    if (!nearest || distance(one) < distance(*nearest)) nearest = one;
  }
  return nearest;
}

}  // namespace lianxin::domain
