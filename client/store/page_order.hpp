#pragma once
// In which order the entries of a feed's page are taken in.
#include <vector>

#include "sync/change/change.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::store {

/// Where the changes end that follow one another from `from` on and are told as changes: not passed over for
/// a row of the same position, which says what the record is with them.
[[nodiscard]] std::size_t end_of_changes(const std::vector<sync::wire::FeedEntry>& entries, std::size_t from);
/// A row of the same position says what the record is with this change in it.
[[nodiscard]] bool is_in_row(const std::vector<sync::wire::FeedEntry>& entries, std::size_t at);

/// Indexes of the bodies, records by id: what thousands of them write in a tree then lies beside what was
/// written last. Changes of one record stay in their order, and what hangs on another record of these comes
/// after it.
[[nodiscard]] std::vector<std::size_t> by_record(const std::vector<sync::change::ChangeBody>& bodies);

}  // namespace lianxin::client::store
