#pragma once
// Periods of the office: a month, a quarter, a year.
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::figures {

enum class PeriodKind : std::uint8_t { kMonth, kQuarter, kYear };

struct Period {
  PeriodKind kind = PeriodKind::kYear;
  Date first;
  Date last;
};

/// "2026-09", "2026Q3" or "2026", years 1900 to 2199. Error "period.malformed" {text}.
[[nodiscard]] Result<Period> parse_period(std::string_view text);
/// The one a day lies in.
[[nodiscard]] Period period_of(PeriodKind kind, const Date& day);
/// "month", "quarter" or "year": of texts "period.<word>" and of the forms' definitions.
[[nodiscard]] std::string_view word_of(PeriodKind kind);

}  // namespace lianxin::client::figures
