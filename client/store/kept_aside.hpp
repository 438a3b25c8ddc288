#pragma once
// Changes the server keeps aside (sync.md 3.3), and what the office decided about them. One thread.
#include "client/store/records_impl.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::client::store {

/// Content of the part that asks how everything kept aside here stands now; empty = nothing is.
[[nodiscard]] Result<Bytes> ask_decisions(RecordsImpl& records);
/// Inside the transaction of the answer, after its pages. What is accepted comes back through the feeds; what
/// is closed is shown as closed from now on. Own ones are told until looked at.
[[nodiscard]] Status take_decisions(RecordsImpl& records, const sync::wire::DecisionAnswer& answer);

}  // namespace lianxin::client::store
