#include "sync/server/service/access.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "shared/domain/catalogue.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::array<std::string_view, 5> kRoleWords = {"worker", "secretary", "township_officer",
                                                        "county_officer", "administrator"};

constexpr std::size_t kIdLetters = 36;  ///< a unit without a code goes by its id

struct Reach {
  store::UnitRow unit;
  bool whole = false;  ///< all classes in full; else hardship and notes only as far as own
};

std::vector<HeldClass> classes_of(bool whole, const Id& worker) {
  std::vector<HeldClass> classes;
  for (std::uint8_t privacy = 0; privacy < domain::kPrivacyClassCount; ++privacy)
    classes.push_back({privacy, !whole && is_own_only(privacy) ? worker : Id{}});
  return classes;
}

/// The stores the worker keeps: a bag goes with its keeper, wherever it hangs in the tree.
Result<std::vector<store::UnitRow>> stores_kept_by(store::Reader& reader, const Id& worker) {
  std::vector<store::UnitRow> kept;
  const domain::Kind* kind = domain::Catalogue::base().kind("org_unit");
  const domain::Field* keeper = kind != nullptr ? kind->field("keeper_id") : nullptr;
  if (keeper == nullptr) return kept;
  LX_TRY(const auto units, reader.units_of_level("store"));
  for (const store::UnitRow& unit : units) {
    LX_TRY(const auto states, reader.states(unit.id));
    for (const store::StateRow& row : states) {
      if (row.privacy != static_cast<std::uint8_t>(keeper->privacy) || !row.audience.is_nil()) continue;
      LX_TRY(const merge::ClassState state, merge::decode_class_state(row.state));
      const auto reg = state.registers.find({keeper->wire, ""});
      if (reg == state.registers.end()) continue;
      const auto shown = merge::shown(reg->second, keeper->policy, state);
      if (shown.value == worker.text()) kept.push_back(unit);
    }
  }
  return kept;
}

}  // namespace

Result<Role> parse_role(std::string_view text) {
  for (std::size_t i = 0; i < kRoleWords.size(); ++i) {
    if (kRoleWords[i] == text) return static_cast<Role>(i);
  }
  return fail("role.unknown", {{"role", std::string(text)}});
}

std::string_view word(Role role) { return kRoleWords[static_cast<std::size_t>(role)]; }

bool Access::holds(const Id& scope) const {
  return std::any_of(scopes.begin(), scopes.end(), [&](const Held& held) { return held.scope == scope; });
}

bool Access::holds_whole(const Id& scope, std::uint8_t privacy) const {
  return std::any_of(scopes.begin(), scopes.end(), [&](const Held& held) {
    return held.scope == scope &&
           std::any_of(held.classes.begin(), held.classes.end(),
                       [&](const HeldClass& one) { return one.privacy == privacy && one.audience.is_nil(); });
  });
}

bool is_own_only(std::uint8_t privacy) {
  return privacy >= static_cast<std::uint8_t>(domain::PrivacyClass::kHardship);
}

bool is_in_force(const store::GrantRow& grant, const Date& today) {
  const std::string day = today.text();
  return (grant.from.empty() || grant.from <= day) && (grant.to.empty() || day <= grant.to);
}

Result<Access> access_of(store::Reader& reader, const Id& worker, const Date& today) {
  Access access;
  access.worker = worker;
  LX_TRY(const auto grants, reader.grants(worker));
  std::map<Id, Reach> reach;
  for (const store::GrantRow& grant : grants) {
    const auto role = parse_role(grant.role);
    if (!role.ok() || !is_in_force(grant, today)) continue;
    access.grants.push_back(grant);
    access.writes_shelf =
        access.writes_shelf || *role == Role::kCountyOfficer || *role == Role::kAdministrator;
    LX_TRY(const auto units, reader.units_under(grant.division));
    for (const store::UnitRow& unit : units) {
      Reach& one = reach[unit.id];
      one.unit = unit;
      one.whole = one.whole || *role != Role::kWorker;
    }
  }
  if (access.grants.empty()) return access;
  LX_TRY(const auto kept, stores_kept_by(reader, worker));
  for (const store::UnitRow& unit : kept)
    reach[unit.id].unit = unit;
  for (const auto& [id, one] : reach)
    access.scopes.push_back({id, one.unit.code, classes_of(one.whole, worker)});
  std::sort(access.scopes.begin(), access.scopes.end(), [](const Held& a, const Held& b) {
    const std::size_t length_a = a.code.size() == kIdLetters ? 1 : 0;  // stores stand after the divisions
    const std::size_t length_b = b.code.size() == kIdLetters ? 1 : 0;
    return std::tie(length_a, a.code, a.scope) < std::tie(length_b, b.code, b.scope);
  });
  access.scopes.insert(access.scopes.begin(), Held{Id{}, "", classes_of(true, worker)});
  return access;
}

std::vector<wire::HeldScope> to_wire(const std::vector<Held>& scopes) {
  std::vector<wire::HeldScope> out;
  for (const Held& held : scopes) {
    wire::HeldScope one{held.scope, held.code, {}};
    for (const HeldClass& held_class : held.classes)
      one.classes.push_back(held_class.privacy);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace lianxin::sync::server
