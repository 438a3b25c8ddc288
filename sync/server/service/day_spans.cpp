#include "sync/server/service/day_spans.hpp"

#include <algorithm>

namespace lianxin::sync::server {
namespace {

/// Of two ends, each "" = open.
std::string later_end(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? std::string() : std::max(a, b);
}

std::string sooner_end(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty()) return a.empty() ? b : a;
  return std::min(a, b);
}

}  // namespace

DaySpan since(DaySpan span, const std::string& day) {
  span.from = std::max(span.from, day);
  return span;
}

std::vector<DaySpan> joined(std::vector<DaySpan> spans) {
  std::erase_if(spans, [](const DaySpan& span) { return !span.has_days(); });
  std::sort(spans.begin(), spans.end(), [](const DaySpan& a, const DaySpan& b) { return a.from < b.from; });
  std::vector<DaySpan> out;
  for (DaySpan& span : spans) {
    const bool touches = !out.empty() && (out.back().to.empty() || span.from <= out.back().to);
    if (touches)
      out.back().to = later_end(out.back().to, span.to);
    else
      out.push_back(std::move(span));
  }
  return out;
}

std::vector<DaySpan> uncovered(const DaySpan& wanted, const std::vector<DaySpan>& kept) {
  std::vector<DaySpan> out;
  DaySpan rest = wanted;
  for (const DaySpan& span : joined(kept)) {
    const DaySpan gap{rest.from, sooner_end(rest.to, span.from)};
    if (rest.from < span.from && gap.has_days()) out.push_back(gap);
    if (span.to.empty()) return out;
    rest.from = std::max(rest.from, span.to);
    if (!rest.has_days()) return out;
  }
  if (rest.has_days()) out.push_back(std::move(rest));
  return out;
}

}  // namespace lianxin::sync::server
