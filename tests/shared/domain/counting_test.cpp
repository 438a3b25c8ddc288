#include "shared/domain/counting.hpp"

#include <doctest/doctest.h>

namespace {

using lianxin::domain::rounded_count;

TEST_CASE("K6: the five phrases of the county's report, exact multiples, and small numbers") {
  struct Row {
    std::int64_t exact;
    std::int64_t number;
    bool is_over;
  };
  // 200余, 400余, 50余, 30余, 10余; exact multiples without; below ten as they are.
  for (const Row& row : {Row{231, 200, true}, Row{418, 400, true}, Row{56, 50, true}, Row{34, 30, true},
                         Row{12, 10, true}, Row{200, 200, false}, Row{100, 100, false}, Row{99, 90, true},
                         Row{10, 10, false}, Row{9, 9, false}, Row{0, 0, false}, Row{1348, 1300, true}}) {
    CAPTURE(row.exact);
    CHECK(rounded_count(row.exact).number == row.number);
    CHECK(rounded_count(row.exact).is_over == row.is_over);
  }
}

}  // namespace
