#pragma once
// Which optional fields the county has switched off (shared/domain/optional_fields.hpp): nothing more is
// written into them, by hand or from a file; what stands there stays, and may be cleared. What colleagues'
// laptops bring is taken as it is.
#include <set>
#include <string>

#include "client/store/edit_plan.hpp"

namespace lianxin::client::store {

/// "member.native_place": those off on the day.
[[nodiscard]] Result<std::set<std::string>> fields_off(lianxin::store::Database& database, const Date& today);
/// Also one of the county's own that has been retired.
[[nodiscard]] Result<bool> is_off(lianxin::store::Database& database, const domain::Kind& kind,
                                  const domain::Field& field, const Date& today);
/// A value for such a field is refused: a problem "field_off", first in `plan`. Nobody is warned that it is
/// empty.
[[nodiscard]] Status check_fields_off(lianxin::store::Database& database, const domain::Kind& kind,
                                      const Date& today, EditPlan& plan);

}  // namespace lianxin::client::store
