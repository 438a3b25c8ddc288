#pragma once
// Verified, then changed, is unverified again; entered in the national register, then changed, is to be
// entered again (domain.md ch. 3 rows 11 and 26).
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Members who were verified, and of whom one of the items that are verified was written after that, by id.
/// As far as this laptop sees: fields of classes it does not hold change nothing. Verifying again (also by
/// confirming the field) settles it. Reads the states of all verified members.
[[nodiscard]] Result<std::vector<Id>> changed_since_verified(lianxin::store::Database& database);

struct UnverifiedSince {
  Id member;
  Date since;  ///< the day his oldest unverified item was written
};
/// Of every member with an item nobody has verified since it was written (neither his card nor the item was
/// confirmed), until that day; by id. As far as this laptop sees (row 33).
[[nodiscard]] Result<std::vector<UnverifiedSince>> unverified_since(lianxin::store::Database& database,
                                                                    const Date& until);
/// The same as changed_since_verified of outflows that were entered in the national register by hand, and
/// what stands there.
[[nodiscard]] Result<std::vector<Id>> changed_since_entered(lianxin::store::Database& database);

}  // namespace lianxin::client::store
