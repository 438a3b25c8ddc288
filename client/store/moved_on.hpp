#pragma once
// Members that left this laptop (sync.md 6): that they went, and nothing else of them. Inside the caller's
// transaction; one thread.
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// The last pair of a record of this kind (its number) has ended at that moment of the county's clock, be it
/// before this laptop came; only members are noted. Of several scopes he left the last one counts.
[[nodiscard]] Status note_moved_on(lianxin::store::Database& database, std::uint16_t kind, const Id& record,
                                   const Id& scope, WallMs at_ms);

struct MovedOn {
  Id record;
  Id scope;  ///< which he left
};
/// Who left on that day or after it and is not back, by id, out of scopes that are still held or belong to a
/// unit that has ended: where only a grant has ended nobody has moved.
[[nodiscard]] Result<std::vector<MovedOn>> moved_on_since(lianxin::store::Database& database,
                                                          const Date& since);

}  // namespace lianxin::client::store
