#include "client/figures/period.hpp"

#include <doctest/doctest.h>

namespace lianxin::test {

namespace figures = client::figures;

namespace {

std::string span(const char* text) {
  const auto period = figures::parse_period(text);
  if (!period.ok()) return period.error().code;
  return std::string(figures::word_of(period->kind)) + " " + period->first.text() + " " + period->last.text();
}

}  // namespace

TEST_CASE("a month, a quarter and a year from their words, to their last day") {
  CHECK(span("2026-09") == "month 2026-09-01 2026-09-30");
  CHECK(span("2028-02") == "month 2028-02-01 2028-02-29");
  CHECK(span("2026Q1") == "quarter 2026-01-01 2026-03-31");
  CHECK(span("2026Q4") == "quarter 2026-10-01 2026-12-31");
  CHECK(span("2026") == "year 2026-01-01 2026-12-31");
}

TEST_CASE("other words are no period") {
  for (const char* text : {"", "26", "2026-", "2026-13", "2026-00", "2026-9", "2026Q0", "2026Q5", "2026q1",
                           "2026Q", "2026-09-30", "2026年", "9999", "abcd", "2026 "}) {
    CAPTURE(text);
    CHECK(span(text) == "period.malformed");
  }
}

TEST_CASE("the period a day lies in") {
  const Date day{2026, 9, 30};
  CHECK(figures::period_of(figures::PeriodKind::kMonth, day).first == Date{2026, 9, 1});
  CHECK(figures::period_of(figures::PeriodKind::kQuarter, day).first == Date{2026, 7, 1});
  CHECK(figures::period_of(figures::PeriodKind::kQuarter, day).last == day);
  CHECK(figures::period_of(figures::PeriodKind::kYear, day).last == Date{2026, 12, 31});
}

}  // namespace lianxin::test
