#include "shared/domain/counting.hpp"

namespace lianxin::domain {

RoundedCount rounded_count(std::int64_t exact) {
  if (exact < 10) return {exact, false};
  const std::int64_t step = exact >= 100 ? 100 : 10;
  const std::int64_t number = exact - exact % step;
  return {number, number != exact};
}

}  // namespace lianxin::domain
