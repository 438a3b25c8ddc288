#pragma once
// Duties as rows of the today page. Store thread.
#include "client/view/duty_book.hpp"
#include "client/view/today_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Fills `due`, `groups` and their counts, of the book and of what else a person must decide (sorted).
[[nodiscard]] Status add_due(const ViewSources& sources, const DutyBook& book,
                             const std::vector<Duty>& decisions, TodayView& view);

}  // namespace lianxin::client::view
