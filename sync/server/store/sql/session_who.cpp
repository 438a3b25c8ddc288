// Replicas, devices, grants, divisions, audit: reading.
#include <limits>

#include "sync/server/store/sql/collect.hpp"
#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr const char* kReplicaColumns =
    "SELECT replica, device, counter, hash, fork_of, fork_first FROM replica ";
constexpr const char* kDeviceColumns =
    "SELECT id, worker, sign_key, seal_key, replica, join_selector, join_hash, join_expires_ms, join_tries, "
    "added_ms, "
    "enrolled_ms, revoked_ms, last_number, last_seen_ms, verdict_number, verdict_equal, clock_offset_ms FROM "
    "device ";
constexpr const char* kGrantColumns =
    "SELECT id, worker, division, role, from_date, to_date FROM access_grant ";
constexpr const char* kUnitColumns = "SELECT id, code, name, level, parent FROM unit ";

ReplicaRow replica_row(const SqlStatement& from) {
  auto hash = Hash256::from_bytes(from.blob(3));
  return {ReplicaId{from.natural(0)}, from.id(1),     from.natural(2), hash.ok() ? *hash : Hash256{},
          ReplicaId{from.natural(4)}, from.natural(5)};
}

DeviceRow device_row(const SqlStatement& from) {
  DeviceRow row;
  row.id = from.id(0);
  row.worker = from.id(1);
  row.sign_key = from.blob(2);
  row.seal_key = from.blob(3);
  row.replica = ReplicaId{from.natural(4)};
  row.join_selector = from.text(5);
  row.join_hash = from.blob(6);
  row.join_expires_ms = from.integer(7);
  row.join_tries = static_cast<std::uint32_t>(from.integer(8));
  row.added_ms = from.integer(9);
  row.enrolled_ms = from.integer(10);
  row.revoked_ms = from.integer(11);
  row.last_number = from.natural(12);
  row.last_seen_ms = from.integer(13);
  row.verdict_number = from.natural(14);
  row.verdict_equal = from.integer(15) != 0;
  row.clock_offset_ms = from.integer(16);
  return row;
}

GrantRow grant_row(const SqlStatement& from) {
  return {from.id(0), from.id(1), from.id(2), from.text(3), from.text(4), from.text(5)};
}

UnitRow unit_row(const SqlStatement& from) {
  return {from.id(0), from.text(1), from.text(2), from.text(3), from.id(4)};
}

}  // namespace

Result<std::optional<ReplicaRow>> SqlSession::replica(ReplicaId replica) {
  SqlStatement statement = prepare(std::string(kReplicaColumns) + "WHERE replica = ?1");
  statement.bind(1, replica.number);
  return first_of<ReplicaRow>(statement, replica_row);
}

Result<std::vector<ReplicaRow>> SqlSession::replicas() {
  SqlStatement statement = prepare(std::string(kReplicaColumns) + "ORDER BY replica");
  return collect<ReplicaRow>(statement, replica_row);
}

Result<std::optional<DeviceRow>> SqlSession::device(const Id& id) {
  SqlStatement statement = prepare(std::string(kDeviceColumns) + "WHERE id = ?1");
  statement.bind(1, id);
  return first_of<DeviceRow>(statement, device_row);
}

Result<std::vector<DeviceRow>> SqlSession::devices() {
  SqlStatement statement = prepare(std::string(kDeviceColumns) + "ORDER BY added_ms, id");
  return collect<DeviceRow>(statement, device_row);
}

Result<std::vector<DeviceRow>> SqlSession::devices_by_selector(std::string_view selector) {
  SqlStatement statement =
      prepare(std::string(kDeviceColumns) + "WHERE join_selector = ?1 AND join_selector <> ''");
  statement.bind_text(1, selector);
  return collect<DeviceRow>(statement, device_row);
}

Result<std::vector<DeviceCursor>> SqlSession::device_cursors(const Id& device) {
  SqlStatement statement =
      prepare("SELECT scope, privacy, position FROM device_cursor WHERE device = ?1 ORDER BY scope, privacy");
  statement.bind(1, device);
  return collect<DeviceCursor>(statement, [](const SqlStatement& from) {
    return DeviceCursor{from.id(0), static_cast<std::uint8_t>(from.integer(1)), from.natural(2)};
  });
}

Result<std::vector<GrantRow>> SqlSession::grants(const Id& worker) {
  SqlStatement statement = prepare(std::string(kGrantColumns) + "WHERE worker = ?1 ORDER BY id");
  statement.bind(1, worker);
  return collect<GrantRow>(statement, grant_row);
}

Result<std::optional<GrantRow>> SqlSession::grant(const Id& id) {
  SqlStatement statement = prepare(std::string(kGrantColumns) + "WHERE id = ?1");
  statement.bind(1, id);
  return first_of<GrantRow>(statement, grant_row);
}

Result<std::optional<AccountRow>> SqlSession::account(std::string_view name) {
  SqlStatement statement = prepare("SELECT name, worker, role, password_hash FROM account WHERE name = ?1");
  statement.bind_text(1, name);
  return first_of<AccountRow>(statement, [](const SqlStatement& from) {
    return AccountRow{from.text(0), from.id(1), from.text(2), from.text(3)};
  });
}

Result<std::optional<UnitRow>> SqlSession::unit(const Id& id) {
  SqlStatement statement = prepare(std::string(kUnitColumns) + "WHERE id = ?1");
  statement.bind(1, id);
  return first_of<UnitRow>(statement, unit_row);
}

Result<std::optional<UnitRow>> SqlSession::unit_by_code(std::string_view code) {
  SqlStatement statement =
      prepare(std::string(kUnitColumns) + "WHERE code = ?1 AND code <> '' ORDER BY id LIMIT 1");
  statement.bind_text(1, code);
  return first_of<UnitRow>(statement, unit_row);
}

Result<std::vector<UnitRow>> SqlSession::units_under(const Id& id) {
  SqlStatement statement = prepare(
      "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT u.id FROM unit u JOIN below b ON u.parent = "
      "b.id) "
      "SELECT u.id, u.code, u.name, u.level, u.parent FROM unit u JOIN below b ON u.id = b.id ORDER BY "
      "u.code, u.id");
  statement.bind(1, id);
  return collect<UnitRow>(statement, unit_row);
}

Result<std::vector<UnitRow>> SqlSession::units_of_level(std::string_view level) {
  SqlStatement statement = prepare(std::string(kUnitColumns) + "WHERE level = ?1 ORDER BY id");
  statement.bind_text(1, level);
  return collect<UnitRow>(statement, unit_row);
}

Result<std::vector<UnitRow>> SqlSession::units(std::size_t limit) {
  SqlStatement statement = prepare(std::string(kUnitColumns) + "ORDER BY code, id LIMIT ?1");
  constexpr auto kAll = std::numeric_limits<std::int64_t>::max();
  statement.bind(1, limit == 0 ? kAll : static_cast<std::int64_t>(limit));
  return collect<UnitRow>(statement, unit_row);
}

Result<std::vector<AuditRow>> SqlSession::audit(const AuditFilter& filter) {
  SqlStatement statement = prepare(
      "SELECT sequence, at_ms, who, action, record, detail FROM audit WHERE (?1 = '' OR who = ?1) "
      "AND (?2 = ?4 OR record = ?2) AND at_ms >= ?3 ORDER BY sequence");
  statement.bind_text(1, filter.who);
  statement.bind(2, filter.record).bind(3, filter.since_ms).bind(4, Id{});
  return collect<AuditRow>(statement, [](const SqlStatement& from) {
    return AuditRow{from.natural(0), from.integer(1), from.text(2), from.text(3), from.id(4), from.text(5)};
  });
}

Result<Counts> SqlSession::counts() {
  SqlStatement statement = prepare(
      "SELECT (SELECT count(*) FROM change_log), (SELECT count(*) FROM change_log WHERE status = 1), "
      "(SELECT count(*) FROM record), (SELECT count(*) FROM record WHERE waiting = 1), (SELECT count(*) FROM "
      "device), "
      "(SELECT count(DISTINCT worker) FROM access_grant), (SELECT count(*) FROM feed_head), (SELECT count(*) "
      "FROM unit),  "
      "(SELECT count(*) FROM change_log WHERE early = 1), (SELECT count(*) FROM purge), "
      "(SELECT count(*) FROM audit WHERE action IN ('exchange.healed', 'store.repaired'))");
  LX_TRY(const bool found, statement.step());
  if (!found) return Counts{};
  return Counts{statement.natural(0), statement.natural(1), statement.natural(2), statement.natural(3),
                statement.natural(4), statement.natural(5), statement.natural(6), statement.natural(7),
                statement.natural(8), statement.natural(9), statement.natural(10)};
}

}  // namespace lianxin::sync::server::store
