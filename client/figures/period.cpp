#include "client/figures/period.hpp"

namespace lianxin::client::figures {
namespace {

constexpr std::size_t kYearDigits = 4;

/// Of 1 to 12 months, the first of them being `month`.
Period months_from(PeriodKind kind, int year, int month, int months) {
  const Date first{year, month, 1};
  const int last_month = month + months - 1;
  return {kind, first, {year, last_month, Date::days_in_month(year, last_month)}};
}

}  // namespace

Result<Period> parse_period(std::string_view text) {
  const auto refused = [&] { return fail("period.malformed", {{"text", std::string(text)}}); };
  if (text.size() < kYearDigits) return refused();
  const auto year = Date::parse(std::string(text.substr(0, kYearDigits)) + "-01-01");
  if (!year.ok()) return refused();
  const std::string_view rest = text.substr(kYearDigits);
  if (rest.empty()) return period_of(PeriodKind::kYear, *year);
  if (rest.size() == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4')
    return months_from(PeriodKind::kQuarter, year->year, (rest[1] - '1') * 3 + 1, 3);
  const auto month = Date::parse(std::string(text) + "-01");
  if (!month.ok()) return refused();
  return period_of(PeriodKind::kMonth, *month);
}

Period period_of(PeriodKind kind, const Date& day) {
  switch (kind) {
    case PeriodKind::kMonth:
      return months_from(kind, day.year, day.month, 1);
    case PeriodKind::kQuarter:
      return months_from(kind, day.year, (day.month - 1) / 3 * 3 + 1, 3);
    default:
      return months_from(kind, day.year, 1, 12);
  }
}

std::string_view word_of(PeriodKind kind) {
  return kind == PeriodKind::kMonth ? "month" : kind == PeriodKind::kQuarter ? "quarter" : "year";
}

}  // namespace lianxin::client::figures
