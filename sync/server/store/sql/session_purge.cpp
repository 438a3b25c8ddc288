// Purges, and what they touch.
#include "sync/server/store/sql/collect.hpp"
#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr const char* kPurgeColumns = "SELECT sequence, record, number, fields, at_ms, reason FROM purge ";

Bytes field_bytes(const std::vector<std::uint16_t>& fields) {
  Bytes out;
  for (const std::uint16_t field : fields) {
    out += static_cast<char>(field & 0xFF);
    out += static_cast<char>(field >> 8);
  }
  return out;
}

PurgeRow purge_row(const SqlStatement& from) {
  PurgeRow row{from.natural(0), from.id(1), from.natural(2), {}, from.integer(4), from.text(5)};
  const Bytes fields = from.blob(3);
  for (std::size_t at = 0; at + 2 <= fields.size(); at += 2) {
    const unsigned low = static_cast<unsigned char>(fields[at]);
    const unsigned high = static_cast<unsigned char>(fields[at + 1]);
    row.fields.push_back(static_cast<std::uint16_t>(low | high << 8));
  }
  return row;
}

}  // namespace

Result<std::vector<PurgeRow>> SqlSession::purges(std::uint64_t after, std::size_t limit) {
  SqlStatement statement =
      prepare(std::string(kPurgeColumns) + "WHERE sequence > ?1 ORDER BY sequence LIMIT ?2");
  statement.bind(1, after).bind(2, static_cast<std::uint64_t>(limit));
  return collect<PurgeRow>(statement, purge_row);
}

Result<std::uint64_t> SqlSession::last_purge() {
  SqlStatement statement = prepare("SELECT coalesce(max(sequence), 0) FROM purge");
  LX_TRY(const bool found, statement.step());
  return found ? statement.natural(0) : std::uint64_t{0};
}

Result<std::vector<PurgeRow>> SqlSession::purges_of(const Id& record) {
  SqlStatement statement = prepare(std::string(kPurgeColumns) + "WHERE record = ?1 ORDER BY number");
  statement.bind(1, record);
  return collect<PurgeRow>(statement, purge_row);
}

Status SqlSession::put_purge(const PurgeRow& row) {
  SqlStatement clear = prepare("DELETE FROM purge WHERE record = ?1 AND number = ?2 AND sequence <> ?3");
  LX_DO(clear.bind(1, row.record).bind(2, row.number).bind(3, row.sequence).run());
  static const std::string kPut =
      put_row_sql("purge", {"sequence", "record", "number", "fields", "at_ms", "reason"});
  SqlStatement statement = prepare(kPut);
  statement.bind(1, row.sequence)
      .bind(2, row.record)
      .bind(3, row.number)
      .bind_blob(4, field_bytes(row.fields));
  statement.bind(5, row.at_ms).bind_text(6, row.reason);
  LX_DO(statement.run());
  if (lists_ != nullptr) lines_.push_back(line_of(row));
  return {};
}

Status SqlSession::set_change_values(const ChangeId& id, BytesView values) {
  SqlStatement statement =
      prepare("UPDATE change_log SET body_values = ?3 WHERE replica = ?1 AND counter = ?2");
  statement.bind(1, id.replica.number).bind(2, id.counter).bind_blob(3, values);
  has_rewritten_ = true;
  return statement.run();
}

Status SqlSession::settle_early(const ChangeId& id, const Hash256& hash, const Id& device) {
  SqlStatement statement = prepare(
      "UPDATE change_log SET hash = ?3, device = ?4, early = 0 WHERE replica = ?1 AND counter = ?2 AND early "
      "= "
      "1");
  statement.bind(1, id.replica.number).bind(2, id.counter).bind_blob(3, hash.bytes()).bind(4, device);
  has_rewritten_ = true;
  return statement.run();
}

Result<std::vector<std::pair<FeedKey, FeedRow>>> SqlSession::enters_of(const Id& record) {
  SqlStatement statement = prepare(
      "SELECT scope, privacy, audience, position, state FROM feed WHERE record = ?1 AND kind = 3 ORDER BY "
      "scope, privacy, audience, position");
  statement.bind(1, record);
  return collect<std::pair<FeedKey, FeedRow>>(statement, [&](const SqlStatement& from) {
    FeedRow row;
    row.position = from.natural(3);
    row.kind = FeedKind::kEnter;
    row.record = record;
    row.state = from.blob(4);
    return std::pair(FeedKey{from.id(0), static_cast<std::uint8_t>(from.integer(1)), from.id(2)},
                     std::move(row));
  });
}

Status SqlSession::set_entry_state(const FeedKey& key, std::uint64_t position, BytesView state) {
  SqlStatement statement = prepare(
      "UPDATE feed SET state = ?5 WHERE scope = ?1 AND privacy = ?2 AND audience = ?3 AND position = ?4 AND "
      "kind = 3");
  statement.bind(1, key.scope).bind(2, key.privacy).bind(3, key.audience).bind(4, position);
  has_rewritten_ = true;
  return statement.bind_blob(5, state).run();
}

}  // namespace lianxin::sync::server::store
