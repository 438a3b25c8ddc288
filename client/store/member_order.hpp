#pragma once
// The order in which members are listed, and a part of it: a person scrolls through all of them, the window
// asks for what is seen. One thread.
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// At most `limit` members from the place `from` on: by the code of their unit, there by the pinyin of their
/// names. Members of the units before are counted, not sorted.
[[nodiscard]] Result<std::vector<Id>> members_in_order(lianxin::store::Database& database, std::size_t from,
                                                       std::size_t limit);

}  // namespace lianxin::client::store
