#include "client/store/membership.hpp"

#include <algorithm>

#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

Result<std::vector<Standing>> Membership::of(const Id& record) {
  std::vector<Standing> out;
  {
    auto select = database_.prepare("SELECT scope, silent FROM membership WHERE record = ?");
    select.bind(1, record);
    LX_DO(each_row(select, [&] { out.push_back({select.id(0), select.integer(1) != 0}); }));
  }
  std::sort(out.begin(), out.end(), [](const Standing& a, const Standing& b) { return a.scope < b.scope; });
  return out;
}

Result<std::vector<Standing>> Membership::of(const RecordBox& loaded) {
  if ((loaded.stands & kStandsBeside) != 0) return of(loaded.base.record);
  std::vector<Standing> out;
  if ((loaded.stands & kStandsInRow) != 0) out.push_back({loaded.row.scope});
  return out;
}

Result<std::vector<Id>> Membership::scopes_of(const Id& record) {
  LX_TRY(const std::vector<Standing> standings, of(record));
  std::vector<Id> out;
  out.reserve(standings.size());
  for (const Standing& one : standings)
    out.push_back(one.scope);
  return out;
}

Result<std::map<Id, std::vector<Id>>> Membership::by_scope() {
  std::map<Id, std::vector<Id>> out;
  auto select = database_.prepare("SELECT scope, record FROM membership");
  LX_DO(each_row(select, [&] { out[select.id(0)].push_back(select.id(1)); }));
  return out;
}

Status Membership::change(const Id& record, const Change& change) {
  LX_TRY(std::vector<Standing> standings, of(record));
  const std::vector<Standing> before = standings;
  change(standings);
  return standings == before ? Status() : set(record, standings);
}

Status Membership::add(const Id& record, const Id& scope) {
  return change(record, [&](std::vector<Standing>& standings) {
    const bool is_there = std::any_of(standings.begin(), standings.end(),
                                      [&](const Standing& one) { return one.scope == scope; });
    if (!is_there) standings.push_back({scope});
  });
}

Status Membership::end(const Id& record, const Id& scope) {
  return change(record, [&](std::vector<Standing>& standings) {
    std::erase_if(standings, [&](const Standing& one) { return one.scope == scope; });
  });
}

Status Membership::end_others(const Id& record, const Id& scope) {
  return change(record, [&](std::vector<Standing>& standings) {
    std::erase_if(standings, [&](const Standing& one) { return one.scope != scope; });
  });
}

Status Membership::silence_others(const Id& record, const Id& scope) {
  return change(record, [&](std::vector<Standing>& standings) {
    for (Standing& one : standings)
      one.is_silent = one.scope != scope;
  });
}

Status Membership::speak(const Id& record) {
  return change(record, [](std::vector<Standing>& standings) {
    for (Standing& one : standings)
      one.is_silent = false;
  });
}

Status Membership::speak_all() {
  LX_DO(database_.exec("UPDATE membership_beside SET silent = 0 WHERE silent <> 0"));
  return mend();
}

Status Membership::set(const Id& record, const std::vector<Standing>& standings) {
  auto row = database_.prepare("SELECT scope FROM record WHERE id = ?");
  LX_TRY(const bool found, row.bind(1, record).step());
  if (!found) return {};
  const Id shown = row.id(0);
  row.reset();
  LX_DO(erase(record));
  std::uint8_t stands = 0;
  for (const Standing& one : standings) {
    if (one.scope == shown && !one.is_silent) {
      stands |= kStandsInRow;
      continue;
    }
    stands |= kStandsBeside;
    auto insert = database_.prepare("INSERT INTO membership_beside VALUES(?, ?, ?)");
    LX_DO(insert.bind(1, record).bind(2, one.scope).bind(3, one.is_silent).run());
  }
  auto update = database_.prepare("UPDATE record SET stands = ?2 WHERE id = ?1 AND stands <> ?2");
  return update.bind(1, record).bind(2, int{stands}).run();
}

Status Membership::erase(const Id& record) {
  auto erase = database_.prepare("DELETE FROM membership_beside WHERE record = ?");
  return erase.bind(1, record).run();
}

Result<std::vector<Id>> Membership::wrong() {
  std::vector<Id> out;
  auto select = database_.prepare(
      "SELECT b.record FROM membership_beside b LEFT JOIN record r ON r.id = b.record "
      "WHERE r.id IS NULL OR r.stands & 2 = 0 OR (b.scope = r.scope AND (b.silent = 0 OR r.stands & 1)) "
      "UNION SELECT id FROM record WHERE stands > 1 "
      "AND (stands > 3 OR id NOT IN (SELECT record FROM membership_beside))");
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

/// What its own row says of a pair goes before what the table says.
Status Membership::mend() {
  return database_.exec(
      "DELETE FROM membership_beside WHERE record NOT IN (SELECT id FROM record);"
      "UPDATE record SET stands = stands | 1 "
      "WHERE (id, scope) IN (SELECT record, scope FROM membership_beside WHERE silent = 0);"
      "DELETE FROM membership_beside WHERE EXISTS (SELECT 1 FROM record r "
      "WHERE r.id = membership_beside.record AND r.scope = membership_beside.scope AND r.stands & 1);"
      "UPDATE record SET stands = (stands & 1) + 2 * (id IN (SELECT record FROM membership_beside)) "
      "WHERE stands <> (stands & 1) + 2 * (id IN (SELECT record FROM membership_beside))");
}

}  // namespace lianxin::client::store
