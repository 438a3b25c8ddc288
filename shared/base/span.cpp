#include "shared/base/span.hpp"

namespace lianxin {

Span span_of(std::int64_t ms) {
  // Not std::abs: the smallest number has no positive one.
  const std::uint64_t seconds =
      (ms < 0 ? ~static_cast<std::uint64_t>(ms) + 1 : static_cast<std::uint64_t>(ms)) / 1000;
  struct Unit {
    const char* name;
    std::uint64_t seconds;
  };
  constexpr std::uint64_t kDay = 24 * 3600;
  for (const Unit& unit :
       {Unit{"years", 365 * kDay}, Unit{"days", kDay}, Unit{"hours", 3600}, Unit{"minutes", 60}}) {
    if (seconds >= 2 * unit.seconds) return {unit.name, seconds / unit.seconds};
  }
  return {"seconds", seconds};
}

}  // namespace lianxin
