// Writing. Everything between begin and commit is one transaction.
#include <algorithm>

#include "sync/server/store/sql/collect.hpp"
#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

void put_number(Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8)
    out += static_cast<char>(number >> shift & 0xFF);
}

Bytes ghost_bytes(const std::vector<ChangeId>& ghosts) {
  Bytes out;
  for (const ChangeId& id : ghosts) {
    put_number(out, id.replica.number);
    put_number(out, id.counter);
  }
  return out;
}

}  // namespace

/// There is one writer for all processes: its beginning has locked everything already.
Status SqlSession::lock(const std::vector<ReplicaId>&, const std::vector<Id>&) { return {}; }

Status SqlSession::put_meta(std::string_view name, BytesView value) {
  SqlStatement statement = prepare(
      "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = "
      "excluded.value");
  statement.bind_text(1, name).bind_blob(2, value);
  return statement.run();
}

Status SqlSession::append_change(const LogRow& row) {
  LX_TRY(const bool known, has_change(row.id));
  if (known) return fail("store.twice", {{"change", row.id.text()}});
  SqlStatement statement = prepare(
      "INSERT INTO change_log (sequence, replica, counter, action, record, kind, parent, head_scope, "
      "privacy, author, "
      "device, body, "
      "body_values, hash, accepted_ms, effective_ms, suspect, status, reason, owner, early) "
      "VALUES ((SELECT coalesce(max(sequence), 0) + 1 FROM change_log), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
      "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)");
  statement.bind(1, row.id.replica.number).bind(2, row.id.counter).bind(3, row.action).bind(4, row.record);
  statement.bind(5, row.kind)
      .bind(6, row.parent)
      .bind(7, row.head_scope)
      .bind(8, row.privacy)
      .bind(9, row.author);
  statement.bind(10, row.device)
      .bind_blob(11, row.body)
      .bind_blob(12, row.values)
      .bind_blob(13, row.hash.bytes());
  statement.bind(14, row.accepted_ms).bind(15, row.effective_ms).bind(16, row.suspect);
  statement.bind(17, static_cast<int>(row.status)).bind_text(18, row.reason);
  statement.bind_text(19, row.owner).bind(20, row.early);
  LX_DO(statement.run());
  SqlStatement elsewhere = prepare("SELECT 1 FROM membership WHERE record = ?1 AND scope <> ?2");
  LX_TRY(const bool is_elsewhere, elsewhere.bind(1, row.record).bind(2, row.head_scope).step());
  return is_elsewhere ? note_moved(row.record) : Status();
}

/// What was true of it, that its changes told one by one make what it is, is true no longer.
Status SqlSession::note_moved(const Id& record) {
  has_rewritten_ = true;
  SqlStatement statement = prepare("INSERT INTO moved_record (record) VALUES (?1) ON CONFLICT DO NOTHING");
  return statement.bind(1, record).run();
}

/// It stands in another scope than before, in several, or a change of it was written in another.
Result<bool> SqlSession::has_moved(const Id& record, const std::vector<Id>& before,
                                   const std::vector<Id>& now) {
  if (!before.empty() || now.size() > 1) return true;
  if (now.empty()) return false;
  SqlStatement written = prepare("SELECT 1 FROM change_log WHERE record = ?1 AND head_scope <> ?2");
  return written.bind(1, record).bind(2, now.front()).step();
}

Status SqlSession::set_change_status(const ChangeId& id, ChangeStatus status, std::string_view reason) {
  SqlStatement statement =
      prepare("UPDATE change_log SET status = ?3, reason = ?4 WHERE replica = ?1 AND counter = ?2");
  statement.bind(1, id.replica.number)
      .bind(2, id.counter)
      .bind(3, static_cast<int>(status))
      .bind_text(4, reason);
  has_rewritten_ = true;
  return statement.run();
}

Status SqlSession::put_record(const RecordRow& row) {
  SqlStatement statement = prepare(
      "INSERT INTO record (id, kind, parent, waiting) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET "
      "kind = excluded.kind, parent = excluded.parent, waiting = excluded.waiting");
  statement.bind(1, row.id).bind(2, row.kind).bind(3, row.parent).bind(4, row.waiting);
  LX_DO(statement.run());
  SqlStatement here = prepare("SELECT scope FROM membership WHERE record = ?1 ORDER BY scope");
  here.bind(1, row.id);
  LX_TRY(const auto before, collect<Id>(here, [](const SqlStatement& from) { return from.id(0); }));
  std::vector<Id> now = row.scopes;
  std::sort(now.begin(), now.end());
  if (before == now) return {};
  LX_TRY(const bool moved, has_moved(row.id, before, now));
  if (moved) LX_DO(note_moved(row.id));
  SqlStatement clear = prepare("DELETE FROM membership WHERE record = ?1");
  LX_DO(clear.bind(1, row.id).run());
  for (const Id& scope : now) {
    SqlStatement add = prepare("INSERT INTO membership (scope, record) VALUES (?1, ?2)");
    add.bind(1, scope).bind(2, row.id);
    LX_DO(add.run());
  }
  return {};
}

Status SqlSession::put_state(const StateRow& row) {
  SqlStatement statement = prepare(
      "INSERT INTO state (record, privacy, audience, state) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (record, privacy, audience) DO UPDATE SET state = excluded.state");
  statement.bind(1, row.record).bind(2, row.privacy).bind(3, row.audience).bind_blob(4, row.state);
  return statement.run();
}

Status SqlSession::append_feed(const FeedKey& key, const std::vector<FeedRow>& rows, const Digest128& plus,
                               const Digest128& minus, std::int64_t records) {
  LX_TRY(FeedHead head, feed_head(key));
  SqlStatement statement = prepare(
      "INSERT INTO feed (scope, privacy, audience, position, kind, replica, counter, ghosts, record, "
      "record_kind, parent, state) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
  for (const FeedRow& row : rows) {
    statement.reset();
    statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience).bind(4, ++head.position);
    statement.bind(5, static_cast<int>(row.kind))
        .bind(6, row.change.replica.number)
        .bind(7, row.change.counter);
    statement.bind_blob(8, ghost_bytes(row.ghosts))
        .bind(9, row.record)
        .bind(10, row.record_kind)
        .bind(11, row.parent);
    statement.bind_blob(12, row.state);
    LX_DO(statement.run());
    if (row.kind == FeedKind::kEnter) LX_DO(note_moved(row.record));
  }
  head.digest += plus;
  head.digest -= minus;
  head.records = static_cast<std::uint64_t>(static_cast<std::int64_t>(head.records) + records);
  SqlStatement counter = prepare(
      "INSERT INTO feed_head (scope, privacy, audience, position, records, digest) VALUES (?1, ?2, ?3, ?4, "
      "?5, ?6) "
      "ON CONFLICT (scope, privacy, audience) DO UPDATE SET position = excluded.position, records = "
      "excluded.records, "
      "digest = excluded.digest");
  counter.bind(1, key.scope)
      .bind(2, key.privacy)
      .bind(3, key.audience)
      .bind(4, head.position)
      .bind(5, head.records);
  counter.bind_blob(6, head.digest.bytes());
  return counter.run();
}

Status SqlSession::put_replica(const ReplicaRow& row) {
  SqlStatement statement = prepare(
      "INSERT INTO replica (replica, device, counter, hash, fork_of, fork_first) VALUES (?1, ?2, ?3, ?4, ?5, "
      "?6) "
      "ON CONFLICT (replica) DO UPDATE SET device = excluded.device, counter = excluded.counter, hash = "
      "excluded.hash");
  statement.bind(1, row.replica.number)
      .bind(2, row.device)
      .bind(3, row.counter)
      .bind_blob(4, row.hash.bytes());
  statement.bind(5, row.fork_of.number).bind(6, row.fork_first);
  return statement.run();
}

Status SqlSession::put_device(const DeviceRow& row) {
  if (lists_ != nullptr) {
    LX_TRY(const auto before, device(row.id));
    ListLine line = line_of(row);
    if (!before || line.text != line_of(*before).text) lines_.push_back(std::move(line));
  }
  static const std::string kPut = put_row_sql(
      "device", {"id", "worker", "sign_key", "seal_key", "replica", "join_selector", "join_hash",
                 "join_expires_ms", "join_tries", "added_ms", "enrolled_ms", "revoked_ms", "last_number",
                 "last_seen_ms", "verdict_number", "verdict_equal", "clock_offset_ms"});
  SqlStatement statement = prepare(kPut);
  statement.bind(1, row.id).bind(2, row.worker).bind_blob(3, row.sign_key).bind_blob(4, row.seal_key);
  statement.bind(5, row.replica.number).bind_text(6, row.join_selector).bind_blob(7, row.join_hash);
  statement.bind(8, row.join_expires_ms)
      .bind(9, static_cast<std::int64_t>(row.join_tries))
      .bind(10, row.added_ms);
  statement.bind(11, row.enrolled_ms)
      .bind(12, row.revoked_ms)
      .bind(13, row.last_number)
      .bind(14, row.last_seen_ms);
  statement.bind(15, row.verdict_number).bind(16, row.verdict_equal).bind(17, row.clock_offset_ms);
  return statement.run();
}

Status SqlSession::put_device_cursors(const Id& device, const std::vector<DeviceCursor>& cursors) {
  for (const DeviceCursor& cursor : cursors) {
    SqlStatement statement = prepare(
        "INSERT INTO device_cursor (device, scope, privacy, position) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (device, scope, privacy) DO UPDATE SET position = excluded.position "
        "WHERE device_cursor.position <> excluded.position");
    statement.bind(1, device).bind(2, cursor.scope).bind(3, cursor.privacy).bind(4, cursor.position);
    LX_DO(statement.run());
  }
  return {};
}

Status SqlSession::erase_device_cursors(const Id& device, const Id& scope) {
  SqlStatement statement = prepare("DELETE FROM device_cursor WHERE device = ?1 AND scope = ?2");
  return statement.bind(1, device).bind(2, scope).run();
}

Status SqlSession::put_grant(const GrantRow& row) {
  if (lists_ != nullptr) lines_.push_back(line_of(row));
  static const std::string kPut =
      put_row_sql("access_grant", {"id", "worker", "division", "role", "from_date", "to_date"});
  SqlStatement statement = prepare(kPut);
  statement.bind(1, row.id).bind(2, row.worker).bind(3, row.division).bind_text(4, row.role);
  statement.bind_text(5, row.from).bind_text(6, std::string_view(row.to));
  return statement.run();
}

Status SqlSession::put_account(const AccountRow& row) {
  static const std::string kPut = put_row_sql("account", {"name", "worker", "role", "password_hash"});
  SqlStatement statement = prepare(kPut);
  statement.bind_text(1, row.name).bind(2, row.worker).bind_text(3, row.role);
  statement.bind_text(4, row.password_hash);
  return statement.run();
}

Status SqlSession::put_unit(const UnitRow& row) {
  static const std::string kPut = put_row_sql("unit", {"id", "code", "name", "level", "parent"});
  SqlStatement statement = prepare(kPut);
  statement.bind(1, row.id).bind_text(2, row.code).bind_text(3, std::string_view(row.name));
  statement.bind_text(4, row.level).bind(5, row.parent);
  return statement.run();
}

Status SqlSession::append_audit(const AuditRow& row) {
  SqlStatement statement = prepare(
      "INSERT INTO audit (sequence, at_ms, who, action, record, detail) VALUES ((SELECT "
      "coalesce(max(sequence), 0) + "
      "1 FROM audit), ?1, ?2, ?3, ?4, ?5)");
  statement.bind(1, row.at_ms).bind_text(2, row.who).bind_text(3, row.action);
  statement.bind(4, row.record).bind_text(5, row.detail);
  return statement.run();
}

}  // namespace lianxin::sync::server::store
