#pragma once
// Days as records of who is paired with whom have them: figures count a pair from `from` on, and on `to` no
// more.
#include <string>
#include <vector>

namespace lianxin::sync::server {

struct DaySpan {
  std::string from;  ///< "" = ever
  std::string to;    ///< the first day without; "" = open

  /// False for one that ends on or before the day on which it begins.
  [[nodiscard]] bool has_days() const { return to.empty() || from < to; }
  friend bool operator==(const DaySpan&, const DaySpan&) = default;
};

/// What of it lies on `day` or later.
[[nodiscard]] DaySpan since(DaySpan span, const std::string& day);
/// The same days with nothing twice, in order; those that touch are one.
[[nodiscard]] std::vector<DaySpan> joined(std::vector<DaySpan> spans);
/// The days of `wanted` that are in none of `kept`, in order.
[[nodiscard]] std::vector<DaySpan> uncovered(const DaySpan& wanted, const std::vector<DaySpan>& kept);

}  // namespace lianxin::sync::server
