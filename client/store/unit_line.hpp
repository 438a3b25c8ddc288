#pragma once
// Which unit stands for one that has gone up in another (domain.md 5, situation 7), as the server follows it
// (sync.md 4.3): asked of this one function wherever a laptop looks for the records of a unit.
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// The unit, then the one it went up in, and so on; never one twice. One that was split into several stands
/// for itself: a person says who goes where, and until then its records are its own.
[[nodiscard]] Result<std::vector<Id>> unit_line(lianxin::store::Database& database, const Id& unit);

}  // namespace lianxin::client::store
