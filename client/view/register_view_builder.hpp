#pragma once
// Builds the plain registers: visits and calls, deliveries, questions and consultations, members in care.
// Store thread.
#include "client/view/register_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

class DutyBook;

/// Pages that have a register.
[[nodiscard]] bool has_register(Page page);
/// Rows a register begins with, so many as are read at once, and what it grows to as it is read to its end.
inline constexpr std::size_t kRegisterRows = 300;
inline constexpr std::size_t kRegisterRowsMax = 16000;
/// `page` must have a register. `duties` knows when people were last reached; null = it is read. Rows from
/// `first` on, up to `rows_max` in all: a long one is put together of pieces (client/app/more_rows.cpp).
[[nodiscard]] Result<RegisterView> build_register(const ViewSources& sources, Page page,
                                                  DutyBook* duties = nullptr,
                                                  std::size_t rows_max = kRegisterRows,
                                                  std::size_t first = 0);

}  // namespace lianxin::client::view
