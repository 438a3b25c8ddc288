#pragma once
// Builds the plain registers: visits and calls, deliveries, questions and consultations, members in care.
// Store thread.
#include "client/view/register_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Pages that have a register.
[[nodiscard]] bool has_register(Page page);
/// At most 2,000 rows; `page` must have a register.
[[nodiscard]] Result<RegisterView> build_register(const ViewSources& sources, Page page);

}  // namespace lianxin::client::view
