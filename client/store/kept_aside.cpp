#include "client/store/kept_aside.hpp"

#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace wire = sync::wire;
namespace merge = sync::merge;

namespace {

constexpr int kAskedAtOnce = 1000;

Status note_decided(RecordsImpl& records, const wire::Decision& decision, const LoggedChange& known) {
  auto own = records.database().prepare(
      "SELECT 1 FROM change WHERE replica = ? AND counter = ? AND (hash IS NOT NULL OR author = ?)");
  LX_TRY(const OwnState state, records.own());
  own.bind(1, decision.id.replica.number).bind(2, decision.id.counter).bind(3, state.worker);
  LX_TRY(const bool is_own, own.step());
  if (!is_own) return {};
  auto insert = records.database().prepare("INSERT OR IGNORE INTO decided VALUES(?, ?, ?, ?, ?, ?)");
  insert.bind(1, decision.id.replica.number).bind(2, decision.id.counter).bind(3, known.body.record);
  insert.bind(4, decision.status == 0).bind_text(5, decision.status == 0 ? "" : decision.reason);
  return insert.bind(6, records.clock().now_ms()).run();
}

Status take_one(RecordsImpl& records, const wire::Decision& decision) {
  LX_TRY(const auto known, records.log().find(decision.id));
  if (!known || decision.status > 2) return {};
  const auto status = static_cast<ChangeStatus>(decision.status);
  // Accepted: the feed of its scope has just released it, or none that is held here ever will.
  const bool waits_for_feed = status == ChangeStatus::kApplied && known->in_base;
  if (known->status == status && known->reason == decision.reason && known->owner == decision.owner)
    return {};
  if (status != ChangeStatus::kQuarantined) LX_DO(note_decided(records, decision, *known));
  if (waits_for_feed) return {};
  LX_DO(records.log().set_status(decision.id, status, decision.reason, decision.owner));
  LX_TRY(RecordBox box, records.load(known->body.record));
  if (!box.is_known) return {};
  return records.show_again(box);
}

}  // namespace

Result<Bytes> ask_decisions(RecordsImpl& records) {
  wire::DecisionRequest request;
  auto select = records.database().prepare(
      "SELECT replica, counter FROM change INDEXED BY change_not_applied WHERE status <> 0 AND status = 1 "
      "ORDER BY seq LIMIT ?");
  select.bind(1, kAskedAtOnce);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    request.waiting.push_back({{ReplicaId{select.natural(0)}, select.natural(1)}});
  }
  return request.waiting.empty() ? Bytes() : wire::encode_part(request);
}

Status take_decisions(RecordsImpl& records, const wire::DecisionAnswer& answer) {
  for (const wire::Decision& decision : answer.decisions)
    LX_DO(take_one(records, decision));
  return {};
}

Result<std::vector<KeptAside>> Records::kept_aside() {
  std::vector<KeptAside> out;
  auto select = impl_.database().prepare(
      "SELECT replica, counter, body, status, reason, owner, wall_ms, hash IS NOT NULL, vals FROM change "
      "INDEXED BY change_not_applied WHERE status <> 0 ORDER BY seq");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    LX_TRY(const auto body, sync::change::decode_body(select.blob(2)));
    KeptAside one;
    one.change = {ReplicaId{select.natural(0)}, select.natural(1)};
    one.record = body.record;
    one.kind = merge::dump_kind(impl_.catalogue(), body.kind);
    const domain::Kind* kind = impl_.catalogue().kind(body.kind);
    sync::change::ChangeValues values;
    if (!select.is_null(8)) {
      LX_TRY(values, sync::change::decode_values(select.blob(8), body));
    }
    for (std::size_t i = 0; i < body.writes.size(); ++i) {
      const auto& write = body.writes[i];
      const domain::Field* field = kind == nullptr ? nullptr : kind->field(write.field);
      one.fields.push_back(field != nullptr ? field->name : "#" + std::to_string(write.field));
      const std::string written = i < values.values.size() ? values.values[i].value().value_or("") : "";
      one.values.push_back(write.element.empty() ? written : write.element);
    }
    one.is_closed = select.integer(3) == 2;
    one.reason = select.text(4);
    one.owner = select.text(5);
    one.wall_ms = select.integer(6);
    one.is_own = select.integer(7) != 0;
    out.push_back(std::move(one));
  }
}

Result<std::vector<Decided>> Records::decided() {
  std::vector<Decided> out;
  auto select = impl_.database().prepare(
      "SELECT replica, counter, record, accepted, reason, at_ms FROM decided ORDER BY at_ms, replica, "
      "counter");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({{ReplicaId{select.natural(0)}, select.natural(1)},
                   select.id(2),
                   select.integer(3) != 0,
                   select.text(4),
                   select.integer(5)});
  }
}

Status Records::dismiss_decided(const ChangeId& change) {
  auto erase = impl_.database().prepare("DELETE FROM decided WHERE replica = ? AND counter = ?");
  LX_DO(erase.bind(1, change.replica.number).bind(2, change.counter).run());
  return impl_.database().changes() > 0 ? Status{} : Status(fail("told.unknown", {{"id", change.text()}}));
}

}  // namespace lianxin::client::store
