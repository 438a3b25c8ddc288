#pragma once
// Duties as rows of the today page. Store thread.
#include "client/view/due.hpp"
#include "client/view/today_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Fills `due`, `groups` and their counts.
[[nodiscard]] Status add_due(const ViewSources& sources, const store::DutyFacts& facts, const DueRules& rules,
                             TodayView& view);

}  // namespace lianxin::client::view
