#include "sync/server/service/worker_cards.hpp"

#include <set>

namespace lianxin::sync::server {

std::string worker_role(Role role) {
  switch (role) {
    case Role::kWorker:
      return "grid_worker";
    case Role::kSecretary:
      return "secretary";
    case Role::kTownshipOfficer:
    case Role::kCountyOfficer:
      return "officer";
    case Role::kAdministrator:
      return "admin";
  }
  return "officer";
}

Result<std::string> first_day_without(const store::GrantRow& grant) {
  if (grant.to.empty()) return std::string();
  LX_TRY(const Date last, Date::parse(grant.to));
  return last.plus_days(1).text();
}

Status write_role(OwnChanges& own, const store::GrantRow& grant, const std::string& to) {
  const auto role = parse_role(grant.role);
  if (!role.ok()) return {};
  std::vector<FieldValue> values{{"worker_id", grant.worker.text()},
                                 {"role", worker_role(*role)},
                                 {"org_id", grant.division.text()},
                                 {"from", grant.from}};
  values.push_back({"to", to.empty() ? std::nullopt : std::optional(to)});
  return own.write("worker_role", grant.id, values);
}

Status write_card_roles(store::Reader& reader, OwnChanges& own, const Id& worker, const Date& today) {
  std::set<std::string> held;
  std::set<std::string> ended;
  LX_TRY(const auto grants, reader.grants(worker));
  for (const store::GrantRow& grant : grants) {
    const auto role = parse_role(grant.role);
    if (!role.ok()) continue;
    (grant.to.empty() && grant.from <= today.text() ? held : ended).insert(worker_role(*role));
  }
  std::vector<FieldValue> values;
  values.reserve(held.size() + ended.size());
  for (const std::string& role : held)
    values.push_back({"roles", "1", role});
  for (const std::string& role : ended) {
    if (held.count(role) == 0) values.push_back({"roles", std::nullopt, role});
  }
  return values.empty() ? Status() : own.write("worker", worker, values);
}

}  // namespace lianxin::sync::server
