#include "client/figures/units.hpp"

#include <algorithm>
#include <set>

#include "client/store/unit_line.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::figures {
namespace {

/// The unit and all above it, the highest last; a ring in wrong data ends at its second meeting.
Result<std::vector<Id>> path_of(lianxin::store::Database& database, const Id& id) {
  std::vector<Id> path;
  Id at = id;
  while (std::find(path.begin(), path.end(), at) == path.end()) {
    LX_TRY(const auto found, unit(database, at));
    if (!found) break;
    path.push_back(at);
    const auto parent = Id::parse(found->parent);
    if (!parent.ok()) break;
    at = *parent;
  }
  return path;
}

/// It is held, or has gone up in one that is: its records are there.
Result<bool> is_held_in_line(lianxin::store::Database& database, const Id& id, const std::vector<Id>& held) {
  LX_TRY(const std::vector<Id> line, store::unit_line(database, id));
  return std::any_of(line.begin(), line.end(),
                     [&](const Id& unit) { return std::find(held.begin(), held.end(), unit) != held.end(); });
}

}  // namespace

Result<std::optional<Unit>> unit(lianxin::store::Database& database, const Id& id) {
  auto select = database.prepare("SELECT name, parent_id FROM k_org_unit WHERE r_id = ? AND r_flags & 3 = 0");
  LX_TRY(const bool found, select.bind(1, id).step());
  if (!found) return std::optional<Unit>();
  return std::optional<Unit>(Unit{id, select.text(0), select.text(1)});
}

Result<bool> is_in_unit(lianxin::store::Database& database, Id scope, const Id& unit) {
  constexpr int kLevelsMax = 20;
  if (unit.is_nil()) return true;
  for (int level = 0; level < kLevelsMax && !scope.is_nil(); ++level) {
    if (scope == unit) return true;
    LX_TRY(const auto found, figures::unit(database, scope));
    if (!found) return false;
    const auto parent = Id::parse(found->parent);
    scope = parent.ok() ? *parent : Id{};
  }
  return false;
}

Result<std::vector<Unit>> units_below(lianxin::store::Database& database, const Id& id,
                                      std::string_view today) {
  auto select = database.prepare(
      "SELECT r_id, name, parent_id FROM k_org_unit WHERE parent_id = ?1 AND r_flags & 3 = 0 AND kind IN "
      "('county', 'township', 'street', 'village', 'community') AND (\"to\" IS NULL OR \"to\" >= ?2) "
      "ORDER BY code, name, r_id");
  select.bind_text(1, id.text()).bind_text(2, today);
  std::vector<Unit> out;
  LX_DO(each_row(select, [&] { out.push_back({select.id(0), select.text(1), select.text(2)}); }));
  return out;
}

std::vector<Id> held_units(const std::vector<store::HeldScope>& scopes) {
  std::vector<Id> out;
  for (const store::HeldScope& scope : scopes) {
    if (!scope.scope.is_nil()) out.push_back(scope.scope);
  }
  return out;
}

std::optional<Error> holding_problem(const Holding& holding, const std::string& unit_name) {
  if (holding.missing.empty()) return std::nullopt;
  if (holding.is_nothing()) return fail("figures.not_held", {{"unit", unit_name}});
  return fail("figures.partly_held", {{"unit", unit_name},
                                      {"count", std::to_string(holding.missing.size())},
                                      {"units", std::to_string(holding.units)}});
}

Result<Holding> holding_of(lianxin::store::Database& database, const Id& id, const std::vector<Id>& held,
                           std::string_view today) {
  Holding out;
  LX_TRY(const auto top, unit(database, id));
  if (!top || held.empty()) return out;
  std::vector<Unit> next{*top};
  std::set<Id> seen;
  while (!next.empty()) {
    const Unit one = std::move(next.back());
    next.pop_back();
    if (!seen.insert(one.id).second) continue;
    ++out.units;
    LX_TRY(const bool is_held, is_held_in_line(database, one.id, held));
    if (!is_held) out.missing.push_back(one);
    LX_TRY(const auto below, units_below(database, one.id, today));
    next.insert(next.end(), below.begin(), below.end());
  }
  return out;
}

Result<std::optional<Unit>> unit_of_laptop(lianxin::store::Database& database, const std::vector<Id>& held) {
  std::vector<Id> common;
  bool first = true;
  for (const Id& scope : held) {
    LX_TRY(const std::vector<Id> path, path_of(database, scope));
    if (path.empty()) continue;
    if (first) {
      common = path;
    } else {
      std::erase_if(common,
                    [&](const Id& id) { return std::find(path.begin(), path.end(), id) == path.end(); });
    }
    first = false;
  }
  if (common.empty()) return std::optional<Unit>();
  return unit(database, common.front());
}

}  // namespace lianxin::client::figures
