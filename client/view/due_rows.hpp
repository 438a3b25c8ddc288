#pragma once
// Duties as rows of the today page. Store thread.
#include "client/view/due.hpp"
#include "client/view/today_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Fills `due`, `groups` and their counts; the duties are sorted.
[[nodiscard]] Status add_due(const ViewSources& sources, const std::vector<const Duty*>& all,
                             const DueRules& rules, TodayView& view);

}  // namespace lianxin::client::view
