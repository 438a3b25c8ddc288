#pragma once
// Where a member went on, read from the history of his outflow: a destination that was written over within
// one outflow is a change of the quarter too (F8).
#include "client/figures/ledger.hpp"
#include "client/store/records.hpp"

namespace lianxin::client::report {

/// Fills table `destination_change` of the ledger for those who were mobile at the begin or the end of the
/// period: every day on which the shown destination became another one, but the day it was first entered. A
/// laptop that joined later does not know what stood before; it is "" then.
[[nodiscard]] Status fill_destination_changes(store::Records& records, figures::Ledger& ledger);

}  // namespace lianxin::client::report
