#pragma once
// Records of a kind that carry what few of many thousands do (removed, another's, an own approval), found by
// leaps through the index of them.
#include <functional>

#include "client/store/approval.hpp"
#include "client/store/record_row.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// The bits that are rare; the SQL names their sum.
inline constexpr std::uint32_t kRareFlags = kNotCounted | kOwnApproval;

/// Calls `take` for every record of the kind that has one of `wanted`, which are among the rare bits.
[[nodiscard]] Status each_flagged(lianxin::store::Database& database, std::uint16_t kind,
                                  std::uint32_t wanted, const std::function<void(const Id& record)>& take);

}  // namespace lianxin::client::store
