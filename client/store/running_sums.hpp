#pragma once
// The running sums of what the feeds brought (sync.md 9), where following each entry does not do.
#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

/// Makes those of a class anew from the states. Whoever holds unwritten parts of them drops these.
[[nodiscard]] Status sum_anew(RecordsImpl& records, std::uint8_t privacy);

}  // namespace lianxin::client::store
