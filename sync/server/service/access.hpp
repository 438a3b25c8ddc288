#pragma once
// Who may hold what: scopes out of grants, privacy classes out of roles (design.md 5, 12).
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server {

enum class Role : std::uint8_t { kWorker, kSecretary, kTownshipOfficer, kCountyOfficer, kAdministrator };

/// "worker", "secretary", "township_officer", "county_officer", "administrator". Error "role.unknown" {role}.
[[nodiscard]] Result<Role> parse_role(std::string_view word);
[[nodiscard]] std::string_view word(Role role);

/// One class of a scope as somebody may hold it; `audience` nil = all of it, else that worker's view: what he
/// wrote, and files of hardship of members he is paired with (pairings.hpp).
struct HeldClass {
  std::uint8_t privacy = 0;
  Id audience;
};

struct Held {
  Id scope;
  std::string code;
  std::vector<HeldClass> classes;  ///< by number
};

/// What a worker may hold and do on a day.
struct Access {
  Id worker;
  std::vector<store::GrantRow> grants;  ///< those in force
  std::vector<Held> scopes;             ///< the shelf first, then by code
  bool writes_shelf = false;            ///< offices may change reference records
  [[nodiscard]] bool holds(const Id& scope) const;
  /// All of a class there, not a view of it.
  [[nodiscard]] bool holds_whole(const Id& scope, std::uint8_t privacy) const;
};

/// True for hardship and notes, of which a worker in the field gets only a view.
[[nodiscard]] bool is_own_only(std::uint8_t privacy);
[[nodiscard]] bool is_in_force(const store::GrantRow& grant, const Date& today);
[[nodiscard]] Result<Access> access_of(store::Reader& reader, const Id& worker, const Date& today);
[[nodiscard]] std::vector<wire::HeldScope> to_wire(const std::vector<Held>& scopes);

}  // namespace lianxin::sync::server
