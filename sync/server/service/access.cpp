#include "sync/server/service/access.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "shared/domain/catalogue.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::array<std::string_view, 5> kRoleWords = {"worker", "secretary", "township_officer",
                                                        "county_officer", "administrator"};

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
  for (const auto& [id, one] : reach)
    access.scopes.push_back({id, one.unit.code, classes_of(one.whole, worker)});
  std::sort(access.scopes.begin(), access.scopes.end(), [](const Held& a, const Held& b) {
    return std::tie(a.code, a.scope) < std::tie(b.code, b.scope);
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
