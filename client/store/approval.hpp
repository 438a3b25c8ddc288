#pragma once
// An entry of points is approved by another than who wrote it, or it counts for nothing (domain.md 2.12, K):
// whatever wrote it, an older program on another laptop too.
#include <set>

#include "client/store/record_row.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Bit of record.flags and r_flags, of points entries: approved by who wrote them, so not counted.
inline constexpr std::uint32_t kOwnApproval = 256;

/// True iff the shown state is "approved" and its author also wrote the points, the rule or the member.
/// Entries taken over as they stood (cause import) are not meant.
[[nodiscard]] bool is_own_approval(const sync::merge::RecordState& shown, const domain::Kind& kind);
/// All of this laptop.
[[nodiscard]] Result<std::set<Id>> own_approvals(lianxin::store::Database& database);

}  // namespace lianxin::client::store
