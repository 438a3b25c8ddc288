#pragma once
// Names of what a copied laptop wrote (sync.md 7.2). A branch may itself part from a branch: a copy of a
// copy.
#include <utility>
#include <vector>

#include "sync/change/change.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// One replica with the names that counters of its chain go by.
struct Branch {
  store::ReplicaRow row;
  /// First counter and name of every branch on the way, by counter; empty = not a branch.
  std::vector<std::pair<std::uint64_t, ReplicaId>> names;
};

/// Name of a renamed branch: first 8 bytes of the hash of its first differing head (7.2).
[[nodiscard]] ReplicaId branch_name(const Hash256& first_differing);
/// Follows a replica back to where its chain began. Errors of the store.
[[nodiscard]] Result<Branch> branch_of(store::Reader& reader, const store::ReplicaRow& row);
/// The same for a replica by name; an unknown one is no branch.
[[nodiscard]] Result<Branch> branch_named(store::Reader& reader, ReplicaId replica);
/// The body under the names everyone uses: own id and every `seen` into the same branches renamed (7.2), and
/// a head named with its hash (2.6) by the name of the one of several copies that wrote it, as far as it was
/// kept before `order` (order of intake). Errors of the store.
[[nodiscard]] Result<change::ChangeBody> renamed(store::Reader& reader, const change::ChangeBody& body,
                                                 const Branch& branch, std::uint64_t order);
/// The body names a head with its hash (2.6).
[[nodiscard]] bool names_by_hash(const change::ChangeBody& body);
inline constexpr std::uint64_t kAllSoFar = ~std::uint64_t{0};

}  // namespace lianxin::sync::server
