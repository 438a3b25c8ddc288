#include "shared/base/date.hpp"

#include <doctest/doctest.h>
#include <limits>

namespace lianxin {
namespace {

TEST_CASE("every day from 1900 to 2199 is its own number, one after the other") {
  std::int64_t number = Date{1900, 1, 1}.day_number();
  for (int year = 1900; year < 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      for (int day = 1; day <= Date::days_in_month(year, month); ++day, ++number) {
        const Date date{year, month, day};
        REQUIRE(date.day_number() == number);
        REQUIRE(Date::from_day_number(number) == date);
        REQUIRE(Date::parse(date.text()).value() == date);
      }
    }
  }
  CHECK(Date{1970, 1, 1}.day_number() == 0);
}

TEST_CASE("what is no day is refused") {
  for (const char* text : {"", "2026", "2026-9-30", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-00",
                           "26-01-01", "2026-01-01 ", "2026/01/01", "1899-12-31", "2200-01-01", "2026-01-0a"})
    CHECK_MESSAGE(Date::parse(text).error().code == "date.malformed", text);
  CHECK(Date::parse("2024-02-29").ok());
}

TEST_CASE("the business day is the one in the county, eight hours ahead (K1)") {
  constexpr WallMs kMidnightUtc = 1790726400000;  // 2026-09-30 00:00 UTC
  CHECK(Date::of(kMidnightUtc).text() == "2026-09-30");
  CHECK(Date::of(kMidnightUtc + 15 * 3600 * 1000 + 3599 * 1000).text() == "2026-09-30");
  CHECK(Date::of(kMidnightUtc + 16 * 3600 * 1000).text() == "2026-10-01");
  CHECK(Date::of(-1).text() == "1970-01-01");
  CHECK(local_time_text(kMidnightUtc) == "08:00");
}

TEST_CASE("an instant no year of ours has is the first or the last day, and its time is one of a day") {
  constexpr WallMs kLeast = std::numeric_limits<WallMs>::min();
  constexpr WallMs kMost = std::numeric_limits<WallMs>::max();
  CHECK(Date::of(kLeast).text() == "1900-01-01");
  CHECK(Date::of(kMost).text() == "2199-12-31");
  CHECK(Date::of(Date{2199, 12, 31}.begins_ms() + kDayMs).text() == "2199-12-31");
  for (const WallMs instant : {kLeast, kMost, WallMs{-1}}) {
    CHECK(second_of_day(instant) >= 0);
    CHECK(second_of_day(instant) < 24 * 3600);
  }
  CHECK(second_of_day(-1) == 8 * 3600 - 1);
}

TEST_CASE("a day begins at midnight in the county") {
  const WallMs begins = Date{2026, 9, 30}.begins_ms();
  CHECK(Date::of(begins).text() == "2026-09-30");
  CHECK(Date::of(begins - 1).text() == "2026-09-29");
  CHECK(local_time_text(begins) == "00:00");
}

TEST_CASE("months added end in the month, never beyond it") {
  CHECK((Date{2026, 1, 31}.plus_months(1)) == Date{2026, 2, 28});
  CHECK((Date{2024, 1, 31}.plus_months(1)) == Date{2024, 2, 29});
  CHECK((Date{2026, 11, 30}.plus_months(3)) == Date{2027, 2, 28});
  CHECK((Date{2026, 1, 15}.plus_months(-1)) == Date{2025, 12, 15});
  CHECK((Date{2026, 12, 31}.plus_days(1)) == Date{2027, 1, 1});
  CHECK((Date{2026, 11, 24}.weekday()) == 2);
  CHECK((Date{2026, 11, 29}.weekday()) == 7);
}

TEST_CASE("a partial date keeps what is known and knows its first and last day") {
  for (const char* text : {"1979", "1979-03", "1979-03-08"})
    CHECK(PartialDate::parse(text).value().text() == text);
  CHECK(PartialDate::parse("1980").value().first_day() == Date{1980, 1, 1});
  CHECK(PartialDate::parse("1980").value().last_day() == Date{1980, 12, 31});
  CHECK(PartialDate::parse("1980-02").value().last_day() == Date{1980, 2, 29});
  for (const char* text : {"", "79", "1979-3", "1979-13", "1979-02-30", "1979-03-08x"})
    CHECK_FALSE(PartialDate::parse(text).ok());
}

}  // namespace
}  // namespace lianxin
