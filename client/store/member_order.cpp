#include "client/store/member_order.hpp"

#include <algorithm>

#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

using lianxin::store::Database;

namespace {

/// Scopes in which members are shown, by the code of their unit; found by leaps through the index.
Result<std::vector<Id>> scopes_of_members(Database& database) {
  std::vector<std::pair<std::string, Id>> by_code;
  auto next = database.prepare("SELECT r_scope FROM k_member WHERE r_scope > ? ORDER BY r_scope LIMIT 1");
  Bytes at;
  while (true) {
    LX_TRY(const bool found, next.bind_blob(1, at).step());
    if (!found) break;
    const Id scope = next.id(0);
    next.reset();
    at = Bytes(scope.bytes());
    auto unit = database.prepare("SELECT code FROM k_org_unit WHERE r_id = ?");
    LX_TRY(const bool is_known, unit.bind(1, scope).step());
    by_code.emplace_back(is_known ? unit.text(0) : std::string(), scope);
  }
  std::sort(by_code.begin(), by_code.end());
  std::vector<Id> out;
  out.reserve(by_code.size());
  for (const auto& [code, scope] : by_code)
    out.push_back(scope);
  return out;
}

Result<std::size_t> members_of(Database& database, const Id& scope) {
  auto select = database.prepare("SELECT count(*) FROM k_member WHERE r_scope = ? AND r_flags & 67 = 0");
  LX_TRY(const bool found, select.bind(1, scope).step());
  return found ? static_cast<std::size_t>(select.natural(0)) : std::size_t{0};
}

}  // namespace

Result<std::vector<Id>> members_in_order(Database& database, std::size_t from, std::size_t limit) {
  LX_TRY(const std::vector<Id> scopes, scopes_of_members(database));
  std::vector<Id> out;
  for (const Id& scope : scopes) {
    if (out.size() == limit) break;
    if (from > 0) {
      LX_TRY(const std::size_t here, members_of(database, scope));
      if (here <= from) {
        from -= here;
        continue;
      }
    }
    auto select = database.prepare(
        "SELECT r_id FROM k_member WHERE r_scope = ? AND r_flags & 67 = 0 ORDER BY name COLLATE pinyin, r_id "
        "LIMIT ? OFFSET ?");
    select.bind(1, scope).bind(2, static_cast<std::int64_t>(limit - out.size()));
    select.bind(3, static_cast<std::int64_t>(from));
    from = 0;
    LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  }
  return out;
}

}  // namespace lianxin::client::store
