#pragma once
// What there may be once only (domain.md 2): one open outflow, file of hardship, liaison of a member, one
// parcel of a tracking number; and what must be whole: a red package with its books, a stock not below
// nothing. A person who saves is told and may leave it so; nothing of it is refused. What comes from others
// becomes a duty (duty_queries.hpp) or a pair that may be one (duplicates.cpp). Internal to this folder;
// inside the action.
#include <string>
#include <vector>

#include "client/store/edit_plan.hpp"

namespace lianxin::client::store {

/// Warnings of the records just written, appended. Reads by index what there are thousands of.
[[nodiscard]] Status warn_of_twice(RecordsImpl& records, const std::vector<Id>& written,
                                   std::vector<domain::Problem>& problems);

/// The later one of two records with one number, wherever they came from; only kinds of which there are not
/// many. Parcels of one tracking number are pairs that may be one.
struct StandsTwice {
  Id record;
  Id scope;
  std::string kind;
  std::string text;  ///< the number
};
[[nodiscard]] Result<std::vector<StandsTwice>> stands_twice(lianxin::store::Database& database,
                                                            const domain::Catalogue& catalogue);

/// A unit that would lie below itself is refused: a problem "unit_circle", first in `plan`.
[[nodiscard]] Status check_circle(lianxin::store::Database& database, const domain::Kind& kind,
                                  EditPlan& plan);

}  // namespace lianxin::client::store
