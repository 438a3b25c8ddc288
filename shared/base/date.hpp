#pragma once
// Civil dates of the county: Asia/Shanghai, UTC+8 without summer time (K1).
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"

namespace lianxin {

/// A day of the Gregorian calendar, years 1900..2199.
struct Date {
  int year = 0;
  int month = 0;
  int day = 0;

  auto operator<=>(const Date&) const = default;
  /// "2026-09-30".
  [[nodiscard]] std::string text() const;
  /// Exactly YYYY-MM-DD and a real day. Error "date.malformed".
  [[nodiscard]] static Result<Date> parse(std::string_view text);
  /// The business day of an instant; of one beyond these years the first or the last day.
  [[nodiscard]] static Date of(WallMs instant);
  /// The instant it begins in the county.
  [[nodiscard]] WallMs begins_ms() const;
  /// Days since 1970-01-01.
  [[nodiscard]] std::int64_t day_number() const;
  [[nodiscard]] static Date from_day_number(std::int64_t days);
  [[nodiscard]] Date plus_days(int days) const;
  /// Calendar months; the day is cut to the month's last (31 Jan + 1 month = 28/29 Feb).
  [[nodiscard]] Date plus_months(int months) const;
  [[nodiscard]] static int days_in_month(int year, int month);
  /// 1 = Monday .. 7 = Sunday.
  [[nodiscard]] int weekday() const;
};

/// A date known to the year, the month or the day. Text keeps the precision: "1979", "1979-03", "1979-03-08".
struct PartialDate {
  int year = 0;
  int month = 0;  ///< 0 = unknown
  int day = 0;    ///< 0 = unknown

  auto operator<=>(const PartialDate&) const = default;
  [[nodiscard]] std::string text() const;
  /// Strict: the three forms above. Error "date.malformed". (How offices write dates:
  /// shared/domain/date_reader.hpp.)
  [[nodiscard]] static Result<PartialDate> parse(std::string_view text);
  [[nodiscard]] Date first_day() const;
  [[nodiscard]] Date last_day() const;
};

/// Seconds since the day of an instant began in the county, 0..86399.
[[nodiscard]] int second_of_day(WallMs instant);
/// "HH:MM" of an instant in the county, for the screen.
[[nodiscard]] std::string local_time_text(WallMs instant);

}  // namespace lianxin
