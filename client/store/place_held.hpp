#pragma once
// Where a record is saved that this laptop's person does not serve (domain.md 5, situations 7, 8, 14): it is
// saved all the same, and said, because an office looks at it before it counts. The server judges by the
// same places (sync.md 4.3). Internal to this folder.
#include <optional>
#include <set>

#include "client/store/edit_plan.hpp"

namespace lianxin::client::store {

/// What is to be said of a record of the kind in `place` (nil = the shelf); nullopt = it counts as soon as
/// the county has it, or this laptop was not told its places yet. `is_new_member`: a person on no list yet,
/// whom anybody may tell of (design.md 12).
[[nodiscard]] Result<std::optional<domain::Problem>> told_of_place(RecordsImpl& records, Rights& rights,
                                                                   const domain::Kind& kind, const Id& place,
                                                                   bool is_new_member);

/// Says it of the records of one action, of each place once. What hangs on a person this action tells of goes
/// with that person.
class PlacesTold {
 public:
  PlacesTold(RecordsImpl& records, Rights& rights) : records_(records), rights_(rights) {}
  [[nodiscard]] Status look_at(const EditPlan& plan, std::vector<domain::Problem>& problems);

 private:
  RecordsImpl& records_;
  Rights& rights_;
  std::set<Id> new_members_;
};

}  // namespace lianxin::client::store
