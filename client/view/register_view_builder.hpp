#pragma once
// Builds the plain registers: visits and calls, deliveries, questions and consultations, members in care.
// Store thread.
#include "client/view/register_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

class DutyBook;

/// Pages that have a register.
[[nodiscard]] bool has_register(Page page);
/// Rows a register begins with, and what it grows to as it is read to its end.
inline constexpr std::size_t kRegisterRows = 500;
inline constexpr std::size_t kRegisterRowsMax = 16000;
/// `page` must have a register. `duties` knows when people were last reached; null = it is read.
[[nodiscard]] Result<RegisterView> build_register(const ViewSources& sources, Page page,
                                                  DutyBook* duties = nullptr,
                                                  std::size_t rows_max = kRegisterRows);

}  // namespace lianxin::client::view
