#pragma once
// How counts are printed (domain.md 0, K6).
#include <cstdint>
#include <string>

namespace lianxin::domain {

/// A count as reports print it: rounded down to hundreds from 100 on, to tens from 10 on; `is_over` = the
/// real number is greater, and 余 follows.
struct RoundedCount {
  std::int64_t number = 0;
  bool is_over = false;
};
[[nodiscard]] RoundedCount rounded_count(std::int64_t exact);

}  // namespace lianxin::domain
