#pragma once
// Names that changed here: what this laptop wrote under a name that another copy of it used too goes by a
// branch's name from some sync on (sync.md 7.2). A form that was open then knows what it showed by the old
// name, under which the store now has what the other copy wrote, if anything.
#include <vector>

#include "client/store/own_chains.hpp"
#include "client/store/records.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Over the laptop's database; inside the caller's transaction if there is one. One thread.
class Renamings {
 public:
  explicit Renamings(lianxin::store::Database& database) : database_(database) {}
  /// What the chain has from each of these points on goes by that name now; by counter.
  [[nodiscard]] Status note(ReplicaId replica, const std::vector<OwnChains::BranchPoint>& points);
  /// How often that has happened.
  [[nodiscard]] Result<std::uint64_t> count();
  /// What a form showed, by the names of now.
  [[nodiscard]] Status bring_up(ShownHeads& shown);
  /// The same of one change that was shown after so many renamings.
  [[nodiscard]] Result<ChangeId> name_of_now(const ChangeId& id, const std::optional<std::uint64_t>& since);
  [[nodiscard]] Result<std::optional<ShownHeads>> by_names_of_now(const ShownHeads* shown);

 private:
  lianxin::store::Database& database_;
};

}  // namespace lianxin::client::store
