#include "client/store/change_log.hpp"

#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace change = sync::change;

namespace {

constexpr std::string_view kInsert =
    "INSERT INTO change(replica, counter, action, record, kind, privacy, author, scope, wall_ms, hlc, "
    "effective_ms, suspect, cause, cause_ref, note, body, vals, hash, status, in_overlay, in_base) "
    "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
constexpr std::string_view kColumns =
    "body, vals, effective_ms, suspect, status, reason, owner, in_overlay, in_base, seq";

/// The body is lent.
void bind_body(lianxin::store::Statement& insert, const change::ChangeBody& body) {
  insert.bind(1, body.id.replica.number).bind(2, body.id.counter).bind(3, body.action).lend(4, body.record);
  insert.bind(5, int{body.kind}).bind(6, int{body.privacy()}).lend(7, body.author).lend(8, body.scope);
  insert.bind(9, body.wall_ms).bind(10, body.hlc);
  insert.bind(13, static_cast<int>(body.cause.kind)).lend(14, body.cause.ref).lend_text(15, body.note);
}

/// All but the hash of a change that has not come in a feed.
void bind_overlay(lianxin::store::Statement& insert, const change::Change& change) {
  bind_body(insert, change.body);
  insert.bind(11, change::hlc_ms(change.body.hlc)).bind(12, false);
  insert.bind_blob(16, change.body_bytes).bind_blob(17, change::encode_values(change.values));
  insert.bind(19, 0).bind(20, true).bind(21, false);
}

struct ForeignVerdict {
  WallMs effective_ms = 0;
  bool suspect = false;
  ChangeStatus status = ChangeStatus::kApplied;
};

/// What has come in a feed; all is lent.
void bind_foreign(lianxin::store::Statement& insert, const change::ChangeBody& body, BytesView body_bytes,
                  BytesView values, const ForeignVerdict& verdict) {
  bind_body(insert, body);
  insert.bind(11, verdict.effective_ms).bind(12, verdict.suspect).lend_blob(16, body_bytes);
  if (values.empty()) {
    insert.bind_null(17);
  } else {
    insert.lend_blob(17, values);
  }
  insert.bind_null(18).bind(19, static_cast<int>(verdict.status)).bind(20, false).bind(21, true);
}

Result<LoggedChange> read_row(const lianxin::store::Statement& row) {
  LoggedChange out;
  LX_TRY(out.body, change::decode_body(row.blob(0)));
  if (!row.is_null(1)) {
    LX_TRY(auto values, change::decode_values(row.blob(1), out.body));
    out.values = std::move(values);
  }
  out.effective_ms = row.integer(2);
  out.suspect = row.integer(3) != 0;
  out.status = static_cast<ChangeStatus>(row.integer(4));
  out.reason = row.text(5);
  out.owner = row.text(6);
  out.in_overlay = row.integer(7) != 0;
  out.in_base = row.integer(8) != 0;
  out.seq = row.integer(9);
  return out;
}

}  // namespace

sync::merge::HeadMeta LoggedChange::meta() const {
  return {body.hlc, effective_ms, suspect, body.author, body.cause};
}

Status ChangeLog::look_ahead() {
  if (glance_) return {};
  Glance glance;
  const auto gather = [&](std::string_view sql, std::unordered_set<Id>& records) {
    auto select = database_.prepare(sql);
    return each_row(select, [&] { records.insert(select.id(0)); });
  };
  LX_DO(gather("SELECT record FROM change WHERE in_overlay = 1", glance.overlay));
  LX_DO(gather("SELECT record FROM change INDEXED BY change_not_applied WHERE status <> 0 AND status = 1",
               glance.aside));
  glance_ = std::move(glance);
  return {};
}

Result<bool> ChangeLog::may_have(const ChangeId& id) {
  if (!glance_ || glance_->written.count(id) > 0) return true;
  auto highest = glance_->highest.find(id.replica.number);
  if (highest == glance_->highest.end()) {
    auto select = database_.prepare("SELECT max(counter) FROM change WHERE replica = ?");
    LX_TRY(const bool found, select.bind(1, id.replica.number).step());
    highest = glance_->highest.emplace(id.replica.number, found ? select.natural(0) : 0).first;
  }
  return id.counter <= highest->second;
}

void ChangeLog::note(const change::ChangeBody& body, bool is_overlay, bool is_aside) {
  if (!glance_) return;
  glance_->written.insert(body.id);
  if (is_overlay) glance_->overlay.insert(body.record);
  if (is_aside) glance_->aside.insert(body.record);
}

Result<bool> ChangeLog::keeps_aside(const Id& record) {
  if (glance_ && glance_->aside.count(record) == 0) return false;
  auto select = database_.prepare("SELECT 1 FROM change WHERE record = ? AND status = 1");
  return select.bind(1, record).step();
}

Result<bool> ChangeLog::keeps_own_aside(const Id& record) {
  if (glance_ && glance_->aside.count(record) == 0) return false;
  auto select =
      database_.prepare("SELECT 1 FROM change WHERE record = ? AND status = 1 AND hash IS NOT NULL");
  return select.bind(1, record).step();
}

Status ChangeLog::append_own(const change::Change& change) {
  note(change.body, true, false);
  auto insert = database_.prepare(kInsert);
  bind_overlay(insert, change);
  return insert.bind_blob(18, change.hash.bytes()).run();
}

Status ChangeLog::put_peer(const change::Change& change) {
  note(change.body, true, false);
  auto insert = database_.prepare(kInsert);
  bind_overlay(insert, change);
  return insert.bind_null(18).run();
}

Result<bool> ChangeLog::put_new(const change::ChangeBody& body, BytesView body_bytes, BytesView values,
                                WallMs effective_ms, bool suspect) {
  static const std::string kInsertNew = std::string(kInsert) + " ON CONFLICT(replica, counter) DO NOTHING";
  auto insert = database_.prepare(kInsertNew);
  bind_foreign(insert, body, body_bytes, values, {effective_ms, suspect, ChangeStatus::kApplied});
  LX_DO(insert.run());
  if (database_.changes() == 0) return false;
  note(body, false, false);
  return true;
}

Status ChangeLog::put_foreign(const change::ChangeBody& body, BytesView body_bytes, BytesView values,
                              WallMs effective_ms, bool suspect, ChangeStatus status) {
  static const std::string kUpsert =
      std::string(kInsert) +
      " ON CONFLICT(replica, counter) DO UPDATE SET vals = coalesce(excluded.vals, vals), "
      "effective_ms = excluded.effective_ms, suspect = excluded.suspect, status = excluded.status, "
      "in_overlay = 0, in_base = 1 WHERE hash IS NULL OR body = excluded.body";
  note(body, false, status == ChangeStatus::kQuarantined);
  auto insert = database_.prepare(kUpsert);
  bind_foreign(insert, body, body_bytes, values, {effective_ms, suspect, status});
  return insert.run();
}

Result<std::optional<LoggedChange>> ChangeLog::find(const ChangeId& id) {
  LX_TRY(const bool may, may_have(id));
  if (!may) return std::optional<LoggedChange>{};
  static const std::string kSelect =
      "SELECT " + std::string(kColumns) + " FROM change WHERE replica = ? AND counter = ?";
  auto select = database_.prepare(kSelect);
  select.bind(1, id.replica.number).bind(2, id.counter);
  LX_TRY(const bool found, select.step());
  if (!found) return std::optional<LoggedChange>{};
  LX_TRY(auto row, read_row(select));
  return std::optional(std::move(row));
}

Result<bool> ChangeLog::has(const ChangeId& id) {
  LX_TRY(const bool may, may_have(id));
  if (!may) return false;
  auto select = database_.prepare("SELECT 1 FROM change WHERE replica = ? AND counter = ?");
  return select.bind(1, id.replica.number).bind(2, id.counter).step();
}

Status ChangeLog::settle(const ChangeId& id, WallMs effective_ms, bool suspect, bool in_base) {
  auto update = database_.prepare(
      "UPDATE OR FAIL change SET effective_ms = ?3, suspect = ?4, in_overlay = 0, in_base = ?5 "
      "WHERE replica = ?1 AND counter = ?2");
  update.bind(1, id.replica.number).bind(2, id.counter).bind(3, effective_ms).bind(4, suspect);
  return update.bind(5, in_base).run();
}

Status ChangeLog::set_status(const ChangeId& id, ChangeStatus status, std::string_view reason,
                             std::string_view owner) {
  look_away();
  auto update = database_.prepare(
      "UPDATE change SET status = ?3, reason = ?4, owner = ?5 WHERE replica = ?1 AND counter = ?2");
  update.bind(1, id.replica.number).bind(2, id.counter).bind(3, static_cast<int>(status));
  return update.bind_text(4, reason).bind_text(5, owner).run();
}

Status ChangeLog::rename(const ChangeId& id, const sync::change::ChangeBody& renamed) {
  look_away();
  auto update = database_.prepare(
      "UPDATE change SET replica = ?3, body = ?4, hash = NULL WHERE replica = ?1 AND counter = ?2");
  update.bind(1, id.replica.number).bind(2, id.counter).bind(3, renamed.id.replica.number);
  LX_DO(update.bind_blob(4, sync::change::encode_body(renamed)).run());
  auto before = database_.prepare("UPDATE before SET replica = ?3 WHERE replica = ?1 AND counter = ?2");
  before.bind(1, id.replica.number).bind(2, id.counter).bind(3, renamed.id.replica.number);
  return before.run();
}

Status ChangeLog::overlay_of(const Id& record, const std::function<Status(const LoggedChange&)>& each) {
  if (glance_ && glance_->overlay.count(record) == 0) return {};
  static const std::string kSelect =
      "SELECT " + std::string(kColumns) + " FROM change WHERE record = ? AND in_overlay = 1 ORDER BY seq";
  auto select = database_.prepare(kSelect);
  select.bind(1, record);
  return each_row(select, [&]() -> Status {
    LX_TRY(const LoggedChange row, read_row(select));
    return each(row);
  });
}

Result<std::vector<LoggedChange>> ChangeLog::of_record(const Id& record) {
  auto select = database_.prepare("SELECT " + std::string(kColumns) +
                                  " FROM change WHERE record = ? ORDER BY hlc, seq");
  select.bind(1, record);
  std::vector<LoggedChange> out;
  LX_DO(each_row(select, [&]() -> Status {
    LX_TRY(LoggedChange row, read_row(select));
    out.push_back(std::move(row));
    return {};
  }));
  return out;
}

}  // namespace lianxin::client::store
