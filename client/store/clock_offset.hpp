#pragma once
// How far this laptop's clock is off, as far as the store can tell without asking the server.
#include "client/store/meta.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Laptop minus server: as measured at the last sync, and less by what the clock has gone back since. A clock
/// that stands more than kClockToleranceMs before the last complete sync has gone back for certain; one that
/// was far off and stands where the server was has been set. One that was set ahead since is not noticed
/// before the next sync.
[[nodiscard]] Result<std::int64_t> clock_offset_now(lianxin::store::Database& database, WallMs now_ms);

/// How far the clock stands before an own change that was not sent yet, where it is not known to be slow: it
/// was ahead when that was written, or is behind now, and only the server can say which. 0 = it does not.
[[nodiscard]] Result<std::int64_t> clock_gone_back(lianxin::store::Database& database, WallMs now_ms);

}  // namespace lianxin::client::store
