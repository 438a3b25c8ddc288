#include "shared/base/date.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "shared/base/text.hpp"

namespace lianxin {
namespace {

constexpr WallMs kShanghaiMs = 8LL * 3600 * 1000;
constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

WallMs over_a_day(WallMs instant) { return (instant % kDayMs + kDayMs) % kDayMs; }

std::string two(int n) { return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; }

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return value;
}

bool is_month(int year, int month) {
  return year >= kYearMin && year <= kYearMax && month >= 1 && month <= 12;
}

}  // namespace

std::string Date::text() const { return std::to_string(year) + '-' + two(month) + '-' + two(day); }

Result<Date> Date::parse(std::string_view text) {
  if (text.size() != 10) return fail("date.malformed", {{"text", std::string(text)}});
  LX_TRY(const PartialDate date, PartialDate::parse(text));
  return Date{date.year, date.month, date.day};
}

Date Date::of(WallMs instant) {
  // The hours are added to what is over a whole day: the instant itself may be the largest there is.
  const std::int64_t number = floor_div(instant, kDayMs) + (over_a_day(instant) + kShanghaiMs) / kDayMs;
  static const std::int64_t kFirst = Date{kYearMin, 1, 1}.day_number();
  static const std::int64_t kLast = Date{kYearMax, 12, 31}.day_number();
  return from_day_number(std::clamp(number, kFirst, kLast));
}

WallMs Date::begins_ms() const { return day_number() * kDayMs - kShanghaiMs; }

std::int64_t Date::day_number() const {
  using namespace std::chrono;
  return sys_days(std::chrono::year(year) / month / day).time_since_epoch().count();
}

Date Date::from_day_number(std::int64_t days) {
  using namespace std::chrono;
  const year_month_day ymd{sys_days(std::chrono::days(days))};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Date Date::plus_days(int days) const { return from_day_number(day_number() + days); }

Date Date::plus_months(int months) const {
  const std::int64_t total = static_cast<std::int64_t>(year) * 12 + (month - 1) + months;
  Date out{static_cast<int>(floor_div(total, 12)), static_cast<int>(total - floor_div(total, 12) * 12) + 1,
           day};
  const int last = days_in_month(out.year, out.month);
  if (out.day > last) out.day = last;
  return out;
}

int Date::days_in_month(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

int Date::weekday() const {
  const std::int64_t n = day_number() + 3;  // 1970-01-01 was a Thursday
  return static_cast<int>(n - floor_div(n, 7) * 7) + 1;
}

std::string PartialDate::text() const {
  std::string out = std::to_string(year);
  if (month > 0) out += '-' + two(month);
  if (day > 0) out += '-' + two(day);
  return out;
}

Result<PartialDate> PartialDate::parse(std::string_view text) {
  const auto bad = [&] { return fail("date.malformed", {{"text", std::string(text)}}); };
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return bad();
  PartialDate out;
  if (!is_digits(text.substr(0, 4))) return bad();
  out.year = number(text.substr(0, 4));
  if (text.size() >= 7) {
    if (text[4] != '-' || !is_digits(text.substr(5, 2))) return bad();
    out.month = number(text.substr(5, 2));
  }
  if (text.size() == 10) {
    if (text[7] != '-' || !is_digits(text.substr(8, 2))) return bad();
    out.day = number(text.substr(8, 2));
  }
  if (!is_month(out.year, text.size() >= 7 ? out.month : 1)) return bad();
  if (text.size() == 10 && (out.day < 1 || out.day > Date::days_in_month(out.year, out.month))) return bad();
  return out;
}

Date PartialDate::first_day() const { return {year, month > 0 ? month : 1, day > 0 ? day : 1}; }

Date PartialDate::last_day() const {
  const int m = month > 0 ? month : 12;
  return {year, m, day > 0 ? day : Date::days_in_month(year, m)};
}

int second_of_day(WallMs instant) {
  return static_cast<int>((over_a_day(instant) + kShanghaiMs) % kDayMs / 1000);
}

std::string local_time_text(WallMs instant) {
  const int minutes = second_of_day(instant) / 60;
  return two(minutes / 60) + ':' + two(minutes % 60);
}

}  // namespace lianxin
