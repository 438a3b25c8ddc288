#pragma once
// Builds the plain registers: visits and calls, deliveries, questions and consultations, members in care.
// Store thread.
#include "client/view/register_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

class DutyBook;

/// Pages that have a register.
[[nodiscard]] bool has_register(Page page);
/// At most 2,000 rows; `page` must have a register. `duties` knows when people were last reached; null =
/// it is read.
[[nodiscard]] Result<RegisterView> build_register(const ViewSources& sources, Page page,
                                                  DutyBook* duties = nullptr);

}  // namespace lianxin::client::view
