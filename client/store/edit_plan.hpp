#pragma once
// What one edit comes to: canonical values, problems, place, writes. Internal to this folder.
#include <vector>

#include "client/store/action.hpp"
#include "client/store/rights.hpp"

namespace lianxin::client::store {

struct EditPlan {
  RecordBox box;
  Id scope;  ///< where the author sees the record
  std::vector<NewWrite> writes;
  std::vector<domain::Problem> problems;  ///< blocking ones first
  [[nodiscard]] bool is_blocked() const { return !problems.empty() && problems.front().blocks; }
};

/// Errors "record.kind" {kind}, "record.field" {kind, field}, "record.unknown" {id}, "record.exists" {id},
/// "record.read_only" {id}, "record.fact_author", "record.fact_closed" {days}. What the person of this laptop
/// may not fill in blocks (`Rights`); nothing of the action is saved then.
[[nodiscard]] Result<EditPlan> plan_edit(RecordsImpl& records, const OwnState& own, Rights& rights,
                                         const Edit& edit, const ShownHeads* shown);

}  // namespace lianxin::client::store
