#pragma once
// Verified, then changed, is unverified again; entered in the national register, then changed, is to be
// entered again (domain.md ch. 3 rows 11 and 26).
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Members who were verified, and of whom one of the items that are verified was written after that, by id.
/// As far as this laptop sees: fields of classes it does not hold change nothing. Verifying again (also by
/// confirming the field) settles it. Reads the states of all verified members.
[[nodiscard]] Result<std::vector<Id>> changed_since_verified(lianxin::store::Database& database);
/// The same of outflows that were entered in the national register by hand, and what stands there.
[[nodiscard]] Result<std::vector<Id>> changed_since_entered(lianxin::store::Database& database);

}  // namespace lianxin::client::store
