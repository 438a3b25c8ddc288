#pragma once
// Units one may ask about: the tree of divisions as this laptop holds it.
#include <optional>
#include <string>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::figures {

struct Unit {
  Id id;
  std::string name;
  std::string parent;  ///< id, "" = none
};

/// nullopt = not known here.
[[nodiscard]] Result<std::optional<Unit>> unit(lianxin::store::Database& database, const Id& id);
/// Counties, townships and villages right below, by code; those that ended are left out.
[[nodiscard]] Result<std::vector<Unit>> units_below(lianxin::store::Database& database, const Id& id,
                                                    std::string_view today);
/// The smallest unit that covers every scope this laptop holds; nullopt = it holds none.
[[nodiscard]] Result<std::optional<Unit>> unit_of_laptop(lianxin::store::Database& database,
                                                         const std::vector<Id>& held);

}  // namespace lianxin::client::figures
