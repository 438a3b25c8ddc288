#pragma once
// How long, in the unit that fits: nobody reads 13665599 minutes.
#include <cstdint>
#include <string>

namespace lianxin {

/// "years", "days", "hours", "minutes" or "seconds", and how many, rounded down; the sign is left out. Below
/// two of a unit the next smaller one is said ("90 minutes", "119 seconds").
struct Span {
  std::string unit;
  std::uint64_t count = 0;
  [[nodiscard]] std::string key() const { return "view.span." + unit; }
};

[[nodiscard]] Span span_of(std::int64_t ms);

}  // namespace lianxin
