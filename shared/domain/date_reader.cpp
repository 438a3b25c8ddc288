#include "shared/domain/date_reader.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2199;
/// Two-digit years below this are of the 2000s. Nobody on a list was born before 1930, nobody joins after
/// 2029 in two digits.
constexpr int kCenturyTurn = 30;

/// What stands between the numbers: signs, and the characters for year, month, day.
bool is_separator(char32_t c) {
  constexpr std::u32string_view kSigns =
      U".-/\\, \t\u3001\u00B7\u2014\u2013\u2010\u2212\u3002\u5E74\u6708\u65E5\u53F7";
  return kSigns.find(c) != std::u32string_view::npos;
}

/// "1990-05-03 00:00:00", "1990-05-03T00:00:00.000Z": the time is no part of the day.
std::string without_time(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return text;
  const std::size_t gap = text.find_last_of(" T", colon);
  return gap == std::string::npos ? text : text.substr(0, gap);
}

/// Value of a Chinese numeral's letter; -1 = none. The letters for ten and twenty are 10 and 20.
int chinese_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"\u3007\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D";
  if (c == U'\u25CB' || c == U'\u96F6') return 0;
  if (c == U'\u5143') return 1;  // the first month
  if (c == U'\u5341') return 10;
  if (c == U'\u5EFF') return 20;
  const std::size_t at = kDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

/// A row of Chinese numerals as digits: 二〇〇五 is 2005, 十二 12, 二十五 25. A row that is neither is left
/// out of reading: nullopt.
std::optional<std::string> chinese_number(std::u32string_view row) {
  const auto is_tens = [](char32_t c) { return chinese_digit(c) >= 10; };
  const std::size_t tens_at =
      static_cast<std::size_t>(std::find_if(row.begin(), row.end(), is_tens) - row.begin());
  if (tens_at == row.size()) {
    std::string digits;
    for (const char32_t c : row)
      digits += static_cast<char>('0' + chinese_digit(c));
    return digits;
  }
  if (tens_at > 1 || row.size() > tens_at + 2) return std::nullopt;
  int value = chinese_digit(row[tens_at]);
  if (tens_at == 1) value = value == 10 ? chinese_digit(row[0]) * 10 : 0;
  if (row.size() == tens_at + 2) value += is_tens(row.back()) ? 100 : chinese_digit(row.back());
  if (value < 10 || value > 99) return std::nullopt;
  return std::to_string(value);
}

/// Chinese numerals turned into digits; nullopt when a row of them is no number.
std::optional<std::u32string> with_digits(const std::u32string& text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && chinese_digit(text[end]) >= 0)
      ++end;
    if (end == at) {
      out += text[at++];
      continue;
    }
    const auto digits = chinese_number(std::u32string_view(text).substr(at, end - at));
    if (!digits) return std::nullopt;
    out.append(digits->begin(), digits->end());
    at = end;
  }
  return out;
}

/// The rows of digits; nullopt when anything else is written.
std::optional<std::vector<std::string>> numbers_in(std::string_view text) {
  std::vector<std::string> numbers;
  bool open = false;
  const auto plain = with_digits(to_utf32(without_time(half_width(trim(text)))));
  if (!plain) return std::nullopt;
  for (const char32_t c : *plain) {
    if (c >= U'0' && c <= U'9') {
      if (!open) numbers.emplace_back();
      open = true;
      numbers.back().push_back(static_cast<char>(c));
    } else if (is_separator(c)) {
      open = false;
    } else {
      return std::nullopt;
    }
  }
  return numbers;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits)
    value = value * 10 + (c - '0');
  return value;
}

std::optional<PartialDate> valid(int year, int month, int day) {
  if (year < kYearMin || year > kYearMax || month < 0 || month > 12) return std::nullopt;
  if (day != 0 && (month == 0 || day < 1 || day > Date::days_in_month(year, month))) return std::nullopt;
  return PartialDate{year, month, day};
}

/// A month or day that is written has to be one: 0 is not "unknown" here.
std::optional<PartialDate> written(int year, int month, int day) {
  if (month == 0 || day == 0) return std::nullopt;
  return valid(year, month, day);
}

std::optional<int> year_of(std::string_view digits) {
  if (digits.size() == 4) return number(digits);
  if (digits.size() != 2) return std::nullopt;
  const int year = number(digits);
  return year + (year < kCenturyTurn ? 2000 : 1900);
}

std::optional<PartialDate> from_serial(double serial, bool epoch_1904) {
  const double whole = std::floor(serial);
  if (!(whole >= 1) || whole > 120000) return std::nullopt;
  const auto days = static_cast<int>(whole);
  if (epoch_1904) {
    const Date date = Date{1904, 1, 1}.plus_days(days);
    return valid(date.year, date.month, date.day);
  }
  // Excel counts a 29 February 1900 that never was: day 60 is no day, the days before it are one later.
  if (days == 60) return std::nullopt;
  const Date date = Date{1900, 1, 1}.plus_days(days - (days > 60 ? 2 : 1));
  return valid(date.year, date.month, date.day);
}

/// 19905 may be May 1990 or the serial of a day in 1954: nobody can know, so it is not read.
bool is_year_and_month(std::string_view digits) {
  const int year = number(digits.substr(0, 4));
  return year >= kYearMin && year <= kYearMax && digits[4] != '0';
}

std::optional<PartialDate> from_digits(std::string_view digits) {
  switch (digits.size()) {
    case 4:
      return valid(number(digits), 0, 0);
    case 5:
      if (is_year_and_month(digits)) return std::nullopt;
      return from_serial(number(digits), false);
    case 6: {
      const auto month = written(number(digits.substr(0, 4)), number(digits.substr(4)), 1);
      if (month) return PartialDate{month->year, month->month, 0};
      return written(*year_of(digits.substr(0, 2)), number(digits.substr(2, 2)), number(digits.substr(4)));
    }
    case 8:
      return written(number(digits.substr(0, 4)), number(digits.substr(4, 2)), number(digits.substr(6)));
    default:
      return std::nullopt;
  }
}

bool is_small(std::string_view digits) { return digits.size() <= 2; }

std::optional<PartialDate> from_two(std::string_view first, std::string_view second) {
  const bool month_first = is_small(first) && second.size() == 4;  // 5/1990
  const auto year = year_of(month_first ? second : first);
  const std::string_view month = month_first ? first : second;
  if (!year || !is_small(month)) return std::nullopt;
  const auto date = written(*year, number(month), 1);
  if (!date) return std::nullopt;
  return PartialDate{date->year, date->month, 0};
}

std::optional<PartialDate> from_three(const std::vector<std::string>& parts) {
  // 5/3/1990 is March or May, depending on the writer's country: not read.
  const auto year = year_of(parts[0]);
  if (!year || !is_small(parts[1]) || !is_small(parts[2])) return std::nullopt;
  return written(*year, number(parts[1]), number(parts[2]));
}

std::optional<PartialDate> read(std::string_view text) {
  const auto parts = numbers_in(text);
  if (!parts) return std::nullopt;
  if (parts->size() == 1) return from_digits(parts->front());
  if (parts->size() == 2) return from_two((*parts)[0], (*parts)[1]);
  if (parts->size() == 3) return from_three(*parts);
  return std::nullopt;
}

}  // namespace

Result<PartialDate> read_office_date(std::string_view text) {
  const auto date = read(text);
  if (!date) return fail("date.unreadable", {{"text", std::string(text)}});
  return *date;
}

Result<PartialDate> read_excel_serial(double serial, bool epoch_1904) {
  const auto date = from_serial(serial, epoch_1904);
  if (!date) return fail("date.unreadable", {{"text", std::to_string(serial)}});
  return *date;
}

}  // namespace lianxin::domain
