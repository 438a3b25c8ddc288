#pragma once
// Units one may ask about: the tree of divisions as this laptop holds it.
#include <optional>
#include <string>
#include <vector>

#include "client/store/records.hpp"
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
/// It is this unit or below it; of nil, any is. What is not known here is in none.
[[nodiscard]] Result<bool> is_in_unit(lianxin::store::Database& database, Id scope, const Id& unit);
/// Counties, townships and villages right below, by code; those that ended are left out.
[[nodiscard]] Result<std::vector<Unit>> units_below(lianxin::store::Database& database, const Id& id,
                                                    std::string_view today);
/// Whether the records of a unit are on this laptop.
struct Holding {
  std::size_t units = 0;      ///< it and the counties, townships and villages below it that exist
  std::vector<Unit> missing;  ///< of them those whose scope is not held, nor that of a unit they went up in
  [[nodiscard]] bool is_nothing() const { return units > 0 && missing.size() == units; }
};
/// Without the reference shelf.
[[nodiscard]] std::vector<Id> held_units(const std::vector<store::HeldScope>& scopes);
/// Of a laptop that has not been told what it holds nothing is missing.
[[nodiscard]] Result<Holding> holding_of(lianxin::store::Database& database, const Id& id,
                                         const std::vector<Id>& held, std::string_view today);
/// Numbers of records that are not here would be noughts (K10): "figures.not_held" {unit}, of a part of them
/// "figures.partly_held" {unit, count, units}; nullopt = all are here.
[[nodiscard]] std::optional<Error> holding_problem(const Holding& holding, const std::string& unit_name);
/// The smallest unit that covers every scope this laptop holds; nullopt = it holds none.
[[nodiscard]] Result<std::optional<Unit>> unit_of_laptop(lianxin::store::Database& database,
                                                         const std::vector<Id>& held);

}  // namespace lianxin::client::figures
