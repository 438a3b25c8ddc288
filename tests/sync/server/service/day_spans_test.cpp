// Spans of days with open ends: what lies in none of the others.
#include "sync/server/service/day_spans.hpp"

#include <doctest/doctest.h>

namespace {

using lianxin::sync::server::DaySpan;
using Spans = std::vector<DaySpan>;

TEST_CASE("days are joined where they overlap or touch, and what has none is dropped") {
  using lianxin::sync::server::joined;
  CHECK(joined({{"2026-03", "2026-05"}, {"", "2026-02"}, {"2026-05", "2026-06"}, {"2026-09", "2026-09"}}) ==
        Spans{{"", "2026-02"}, {"2026-03", "2026-06"}});
  CHECK(joined({{"2026-01", ""}, {"2026-03", "2026-05"}}) == Spans{{"2026-01", ""}});
}

TEST_CASE("days that nobody keeps: before, between, after, all, none") {
  using lianxin::sync::server::uncovered;
  const DaySpan year{"2026-01", "2027-01"};
  CHECK(uncovered(year, {}) == Spans{year});
  CHECK(uncovered(year, {{"2025-01", "2026-01"}, {"2027-01", ""}}) == Spans{year});
  CHECK(uncovered(year, {{"2026-04", "2026-05"}, {"2026-07", "2026-08"}}) ==
        Spans{{"2026-01", "2026-04"}, {"2026-05", "2026-07"}, {"2026-08", "2027-01"}});
  CHECK(uncovered(year, {{"", "2026-05"}, {"2026-05", ""}}).empty());
  CHECK(uncovered({"2026-01", ""}, {{"2026-03", "2026-05"}}) ==
        Spans{{"2026-01", "2026-03"}, {"2026-05", ""}});
  CHECK(uncovered({"2026-01", "2026-01"}, {}).empty());
}

}  // namespace
