// The log, records and feeds: reading.
#include <cstring>

#include "sync/server/store/sql/collect.hpp"
#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr const char* kLogColumns =
    "SELECT sequence, replica, counter, action, record, kind, parent, head_scope, privacy, author, device, "
    "body, body_values, "
    "hash, accepted_ms, effective_ms, suspect, status, reason, owner, early FROM change_log ";
constexpr int kLogColumnCount = 21;

Hash256 hash_of(const Bytes& bytes) {
  auto hash = Hash256::from_bytes(bytes);
  return hash.ok() ? *hash : Hash256{};
}

LogRow log_row(const SqlStatement& from) {
  LogRow row;
  row.sequence = from.natural(0);
  row.id = {ReplicaId{from.natural(1)}, from.natural(2)};
  row.action = from.natural(3);
  row.record = from.id(4);
  row.kind = static_cast<std::uint16_t>(from.integer(5));
  row.parent = from.id(6);
  row.head_scope = from.id(7);
  row.privacy = static_cast<std::uint8_t>(from.integer(8));
  row.author = from.id(9);
  row.device = from.id(10);
  row.body = from.blob(11);
  row.values = from.blob(12);
  row.hash = hash_of(from.blob(13));
  row.accepted_ms = from.integer(14);
  row.effective_ms = from.integer(15);
  row.suspect = from.integer(16) != 0;
  row.status = static_cast<ChangeStatus>(from.integer(17));
  row.reason = from.text(18);
  row.owner = from.text(19);
  row.early = from.integer(20) != 0;
  return row;
}

StateRow state_row(const SqlStatement& from) {
  return {from.id(0), static_cast<std::uint8_t>(from.integer(1)), from.id(2), from.blob(3)};
}

FeedHead feed_head_row(const SqlStatement& from) {
  auto digest = Digest128::from_bytes(from.blob(5));
  return {{from.id(0), static_cast<std::uint8_t>(from.integer(1)), from.id(2)},
          from.natural(3),
          from.natural(4),
          digest.ok() ? *digest : Digest128{}};
}

std::uint64_t number_at(const Bytes& bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i)
    number = number << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return number;
}

std::vector<ChangeId> ghosts_of(const Bytes& bytes) {
  std::vector<ChangeId> ids;
  for (std::size_t at = 0; at + 16 <= bytes.size(); at += 16)
    ids.push_back({ReplicaId{number_at(bytes, at)}, number_at(bytes, at + 8)});
  return ids;
}

FeedRow feed_row(const SqlStatement& from, int first = 0) {
  FeedRow row;
  row.position = from.natural(first);
  row.kind = static_cast<FeedKind>(from.integer(first + 1));
  row.change = {ReplicaId{from.natural(first + 2)}, from.natural(first + 3)};
  row.ghosts = ghosts_of(from.blob(first + 4));
  row.record = from.id(first + 5);
  row.record_kind = static_cast<std::uint16_t>(from.integer(first + 6));
  row.parent = from.id(first + 7);
  row.state = from.blob(first + 8);
  return row;
}

}  // namespace

Result<std::optional<Bytes>> SqlSession::meta(std::string_view name) {
  SqlStatement statement = prepare("SELECT value FROM meta WHERE name = ?1");
  statement.bind_text(1, name);
  return first_of<Bytes>(statement, [](const SqlStatement& from) { return from.blob(0); });
}

Result<std::optional<LogRow>> SqlSession::change(const ChangeId& id) {
  SqlStatement statement = prepare(std::string(kLogColumns) + "WHERE replica = ?1 AND counter = ?2");
  statement.bind(1, id.replica.number).bind(2, id.counter);
  return first_of<LogRow>(statement, log_row);
}

Result<bool> SqlSession::has_change(const ChangeId& id) {
  SqlStatement statement = prepare("SELECT 1 FROM change_log WHERE replica = ?1 AND counter = ?2");
  statement.bind(1, id.replica.number).bind(2, id.counter);
  return statement.step();
}

Result<std::vector<LogRow>> SqlSession::changes_of(ReplicaId replica, std::uint64_t first,
                                                   std::size_t limit) {
  SqlStatement statement =
      prepare(std::string(kLogColumns) +
              "WHERE replica = ?1 AND counter >= ?2 AND early = 0 ORDER BY counter LIMIT ?3");
  statement.bind(1, replica.number).bind(2, first).bind(3, static_cast<std::uint64_t>(limit));
  return collect<LogRow>(statement, log_row);
}

Result<std::vector<LogRow>> SqlSession::changes_of_record(const Id& record) {
  SqlStatement statement = prepare(std::string(kLogColumns) + "WHERE record = ?1 ORDER BY sequence");
  statement.bind(1, record);
  return collect<LogRow>(statement, log_row);
}

Result<std::vector<LogRow>> SqlSession::quarantined() {
  SqlStatement statement = prepare(std::string(kLogColumns) + "WHERE status = 1 ORDER BY sequence");
  return collect<LogRow>(statement, log_row);
}

Status SqlSession::each_change(const OnLogRow& take) {
  return connection_->each(std::string(kLogColumns) + "ORDER BY sequence",
                           [&](const SqlStatement& from) { return take(log_row(from)); });
}

Result<std::optional<RecordRow>> SqlSession::record(const Id& id) {
  SqlStatement statement = prepare("SELECT kind, parent, waiting FROM record WHERE id = ?1");
  statement.bind(1, id);
  LX_TRY(auto row, first_of<RecordRow>(statement, [&](const SqlStatement& from) {
           return RecordRow{
               id, static_cast<std::uint16_t>(from.integer(0)), from.id(1), from.integer(2) != 0, {}};
         }));
  if (!row) return row;
  SqlStatement scopes = prepare("SELECT scope FROM membership WHERE record = ?1 ORDER BY scope");
  scopes.bind(1, id);
  LX_TRY(row->scopes, collect<Id>(scopes, [](const SqlStatement& from) { return from.id(0); }));
  return row;
}

Result<std::vector<Id>> SqlSession::children(const Id& parent) {
  SqlStatement statement = prepare("SELECT id FROM record WHERE parent = ?1 ORDER BY id");
  statement.bind(1, parent);
  return collect<Id>(statement, [](const SqlStatement& from) { return from.id(0); });
}

Result<std::vector<StateRow>> SqlSession::states(const Id& record) {
  SqlStatement statement = prepare(
      "SELECT record, privacy, audience, state FROM state WHERE record = ?1 ORDER BY privacy, audience");
  statement.bind(1, record);
  return collect<StateRow>(statement, state_row);
}

Status SqlSession::each_record(const OnRecord& take) {
  return connection_->each("SELECT id FROM record ORDER BY id", [&](const SqlStatement& from) -> Status {
    LX_TRY(const auto row, record(from.id(0)));
    return row ? take(*row) : Status();
  });
}

Result<std::vector<Id>> SqlSession::records_of_kind(std::uint16_t kind) {
  SqlStatement statement = prepare("SELECT id FROM record WHERE kind = ?1 ORDER BY id");
  statement.bind(1, kind);
  return collect<Id>(statement, [](const SqlStatement& from) { return from.id(0); });
}

Result<std::vector<Id>> SqlSession::records_in(const Id& scope) {
  SqlStatement statement = prepare("SELECT record FROM membership WHERE scope = ?1 ORDER BY record");
  statement.bind(1, scope);
  return collect<Id>(statement, [](const SqlStatement& from) { return from.id(0); });
}

Result<FeedHead> SqlSession::feed_head(const FeedKey& key) {
  SqlStatement statement = prepare(
      "SELECT scope, privacy, audience, position, records, digest FROM feed_head "
      "WHERE scope = ?1 AND privacy = ?2 AND audience = ?3");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience);
  LX_TRY(const auto row, first_of<FeedHead>(statement, feed_head_row));
  return row ? *row : FeedHead{key, 0, 0, {}};
}

Result<std::vector<FeedHead>> SqlSession::feed_heads() {
  SqlStatement statement = prepare(
      "SELECT scope, privacy, audience, position, records, digest FROM feed_head ORDER BY scope, privacy, "
      "audience");
  return collect<FeedHead>(statement, feed_head_row);
}

Result<std::vector<FeedRow>> SqlSession::feed(const FeedKey& key, std::uint64_t after, std::size_t limit) {
  SqlStatement statement = prepare(
      "SELECT position, kind, replica, counter, ghosts, record, record_kind, parent, state FROM feed "
      "WHERE scope = ?1 AND privacy = ?2 AND audience = ?3 AND position > ?4 ORDER BY position LIMIT ?5");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience).bind(4, after);
  statement.bind(5, static_cast<std::uint64_t>(limit));
  return collect<FeedRow>(statement, [](const SqlStatement& from) { return feed_row(from); });
}

Result<std::vector<FeedEntryRow>> SqlSession::feed_with_causes(const FeedKey& key, std::uint64_t after,
                                                               std::size_t limit) {
  SqlStatement statement = prepare(
      "SELECT c.sequence, c.replica, c.counter, c.action, c.record, c.kind, c.parent, c.head_scope, "
      "c.privacy, "
      "c.author, c.device, c.body, c.body_values, c.hash, c.accepted_ms, c.effective_ms, c.suspect, "
      "c.status, "
      "c.reason, c.owner, c.early, f.position, f.kind, f.replica, f.counter, f.ghosts, f.record, "
      "f.record_kind, f.parent, f.state FROM feed f LEFT JOIN change_log c ON c.replica = f.replica AND "
      "c.counter = f.counter WHERE f.scope = ?1 AND f.privacy = ?2 AND f.audience = ?3 AND f.position > ?4 "
      "ORDER BY f.position LIMIT ?5");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience).bind(4, after);
  statement.bind(5, static_cast<std::uint64_t>(limit));
  constexpr std::size_t kRowsBytesMax = 16 * 1024 * 1024;  // the rest is read when these are told
  std::size_t bytes = 0;
  std::vector<FeedEntryRow> rows;
  for (;;) {
    LX_TRY(const bool found, statement.step());
    if (!found) return rows;
    if (statement.is_null(0))
      return fail("store.damaged", {}, "a feed names a change that is not in the log");
    rows.push_back({feed_row(statement, kLogColumnCount), log_row(statement)});
    bytes += rows.back().entry.state.size() + rows.back().cause.body.size() + rows.back().cause.values.size();
    if (bytes > kRowsBytesMax) return rows;
  }
}

Result<bool> SqlSession::is_only_in(const Id& record, const Id& scope) {
  SqlStatement statement = prepare(
      "SELECT 1 FROM membership WHERE scope = ?2 AND record = ?1 AND NOT EXISTS (SELECT 1 FROM moved_record "
      "WHERE record = ?1)");
  return statement.bind(1, record).bind(2, scope).step();
}

Result<std::vector<Id>> SqlSession::moves_not_listed() {
  SqlStatement statement = prepare(
      "SELECT record FROM (SELECT record FROM membership GROUP BY record HAVING count(*) > 1 "
      "UNION SELECT l.record FROM change_log l WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.record = "
      "l.record AND m.scope = l.head_scope) UNION SELECT record FROM feed WHERE kind = 3) AS moved "
      "WHERE NOT EXISTS (SELECT 1 FROM moved_record k WHERE k.record = moved.record) ORDER BY record");
  return collect<Id>(statement, [](const SqlStatement& from) { return from.id(0); });
}

Result<std::vector<FeedMark>> SqlSession::feed_marks(const FeedKey& key, std::uint64_t after) {
  SqlStatement statement = prepare(
      "SELECT position, record, replica, kind FROM feed WHERE scope = ?1 AND privacy = ?2 AND audience = ?3 "
      "AND position > ?4 ORDER BY position");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience).bind(4, after);
  return collect<FeedMark>(statement, [](const SqlStatement& from) {
    return FeedMark{from.natural(0), from.id(1), ReplicaId{from.natural(2)},
                    static_cast<FeedKind>(from.integer(3))};
  });
}

Result<std::vector<FeedKey>> SqlSession::feeds_told(const Id& record, std::uint8_t privacy) {
  SqlStatement statement = prepare(kFeedsToldSql);
  statement.bind(1, record).bind(2, privacy);
  return collect<FeedKey>(statement, [&](const SqlStatement& from) {
    return FeedKey{from.id(0), privacy, from.id(1)};
  });
}

Result<std::vector<std::pair<FeedKey, FeedRow>>> SqlSession::turns_of(const Id& record) {
  SqlStatement statement = prepare(kTurnsSql);
  statement.bind(1, record);
  return collect<std::pair<FeedKey, FeedRow>>(statement, [&](const SqlStatement& from) {
    FeedRow row;
    row.position = from.natural(3);
    row.kind = static_cast<FeedKind>(from.integer(4));
    row.change = {ReplicaId{from.natural(5)}, from.natural(6)};
    row.record = record;
    return std::pair(FeedKey{from.id(0), static_cast<std::uint8_t>(from.integer(1)), from.id(2)},
                     std::move(row));
  });
}

Result<std::vector<StateRow>> SqlSession::states_in(const FeedKey& key, const Id& after, std::size_t limit) {
  SqlStatement statement = prepare(
      "SELECT s.record, s.privacy, s.audience, s.state FROM membership m JOIN state s ON s.record = m.record "
      "WHERE m.scope = ?1 AND s.privacy = ?2 AND s.audience = ?3 AND m.record > ?4 ORDER BY m.record LIMIT "
      "?5");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience).bind(4, after);
  statement.bind(5, static_cast<std::uint64_t>(limit));
  return collect<StateRow>(statement, state_row);
}

Result<bool> SqlSession::is_gap_free(const FeedKey& key) {
  LX_TRY(const FeedHead head, feed_head(key));
  SqlStatement statement = prepare(
      "SELECT count(*), coalesce(min(position), 1), coalesce(max(position), 0) FROM feed "
      "WHERE scope = ?1 AND privacy = ?2 AND audience = ?3");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience);
  LX_TRY(const bool found, statement.step());
  return found && statement.natural(0) == head.position && statement.natural(1) == 1 &&
         statement.natural(2) == head.position;
}

}  // namespace lianxin::sync::server::store
