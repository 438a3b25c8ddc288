#include "client/store/moved_on.hpp"

#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

Status note_moved_on(lianxin::store::Database& database, std::uint16_t kind, const Id& record,
                     const Id& scope, WallMs at_ms) {
  if (kind != domain::Catalogue::base().kind("member")->wire) return {};
  auto upsert = database.prepare(
      "INSERT INTO moved_on VALUES(?, ?, ?) ON CONFLICT DO UPDATE SET scope = excluded.scope, at_ms = "
      "excluded.at_ms WHERE excluded.at_ms >= moved_on.at_ms");
  return upsert.bind(1, record).bind(2, scope).bind(3, at_ms).run();
}

Result<std::vector<MovedOn>> moved_on_since(lianxin::store::Database& database, const Date& since) {
  auto select = database.prepare(
      "SELECT g.record, g.scope, g.at_ms FROM moved_on g WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE "
      "m.record = g.record) AND (EXISTS (SELECT 1 FROM held h WHERE h.scope = g.scope) OR EXISTS (SELECT 1 "
      "FROM k_org_unit u WHERE u.r_id = g.scope AND u.\"to\" IS NOT NULL)) ORDER BY g.record");
  std::vector<MovedOn> out;
  LX_DO(lianxin::store::each_row(select, [&] {
    if (!(Date::of(select.integer(2)) < since)) out.push_back({select.id(0), select.id(1)});
  }));
  return out;
}

}  // namespace lianxin::client::store
