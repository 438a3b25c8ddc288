// Records: taking back, by ordinary changes (no machine ever takes anything out of the log).
#include <algorithm>
#include <map>
#include <set>

#include "client/store/action.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/children.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

namespace {

/// What stood before own writes, of several changes, by (counter, field, element).
struct Before {
  bool made_record = false;
  std::map<merge::RegisterKey, std::optional<std::string>> values;
};

Result<Before> before_of(RecordsImpl& records, const ChangeId& id) {
  auto select = records.database().prepare(
      "SELECT field, element, value FROM before WHERE replica = ? AND counter = ?");
  select.bind(1, id.replica.number).bind(2, id.counter);
  Before out;
  LX_DO(each_row(select, [&] {
    const auto field = static_cast<std::uint16_t>(select.integer(0));
    if (field == 0) {
      out.made_record = true;
    } else {
      out.values[{field, select.text(1)}] = select.text_or_null(2);
    }
  }));
  return out;
}

/// True iff this laptop wrote and signed what goes by that id here.
Result<bool> is_own(RecordsImpl& records, const ChangeId& id) {
  auto select = records.database().prepare(
      "SELECT 1 FROM change WHERE replica = ? AND counter = ? AND hash IS NOT NULL");
  return select.bind(1, id.replica.number).bind(2, id.counter).step();
}

bool is_among(const std::vector<LoggedChange>& rows, const ChangeId& id) {
  return std::any_of(rows.begin(), rows.end(), [&](const LoggedChange& row) { return row.body.id == id; });
}

/// True iff what the changes wrote is still all there is: nobody else has written the same registers since.
/// One of them may have gone over another: two rows of a roster about one person.
bool stands(const RecordBox& box, const std::vector<LoggedChange>& rows) {
  return std::all_of(rows.begin(), rows.end(), [&](const LoggedChange& row) {
    return std::all_of(row.body.writes.begin(), row.body.writes.end(), [&](const change::WriteHead& write) {
      const merge::Register* reg = box.shown.find(write.field, write.element);
      return reg != nullptr && reg->heads.size() == 1 && is_among(rows, reg->heads.front().id);
    });
  });
}

/// True iff every value of the record comes from these changes.
bool is_all(const RecordBox& box, const std::vector<LoggedChange>& rows) {
  return std::all_of(box.shown.classes.begin(), box.shown.classes.end(), [&](const auto& one) {
    return std::all_of(one.second.metas.begin(), one.second.metas.end(),
                       [&](const auto& meta) { return is_among(rows, meta.first); });
  });
}

/// The inverse of several changes of one record; nothing when somebody has changed the same since.
Result<std::vector<NewWrite>> inverse(RecordsImpl& records, const RecordBox& box,
                                      const std::vector<LoggedChange>& rows) {
  std::vector<NewWrite> writes;
  if (!stands(box, rows)) return writes;
  std::set<merge::RegisterKey> done;  // by the first of the changes: before it stood what comes back
  for (const LoggedChange& row : rows) {
    LX_TRY(const Before before, before_of(records, row.body.id));
    if (before.made_record) {
      if (!is_all(box, rows)) return std::vector<NewWrite>{};
      NewWrite deletion;
      deletion.field = domain::kFieldDeleted;
      deletion.privacy = mark_class_of(records.catalogue(), row.body.kind);
      deletion.value = "1";
      deletion.seen = merge::heads_of(box.shown, {domain::kFieldDeleted, ""});
      deletion.group_seen = merge::all_heads_of(box.shown);
      return std::vector<NewWrite>{std::move(deletion)};
    }
    const domain::Kind* kind = records.catalogue().kind(row.body.kind);
    for (const change::WriteHead& write : row.body.writes) {
      if (merge::is_naming(write.field, write.element)) continue;  // a removal says anew what it names
      if (!done.insert({write.field, write.element}).second) continue;
      NewWrite back;
      back.field = write.field;
      back.element = write.element;
      back.privacy = write.privacy;
      const auto old = before.values.find({write.field, write.element});
      if (old != before.values.end()) back.value = old->second;
      back.seen = merge::heads_of(box.shown, {write.field, write.element});
      const domain::Field* field = field_of(records.catalogue(), row.body.kind, write.field);
      const bool removes = write.field == domain::kFieldDeleted || write.field == domain::kFieldVoided;
      if (removes) back.group_seen = merge::all_heads_of(box.shown);
      if (!removes && kind != nullptr && field != nullptr)
        back.group_seen = group_seen_of(box, nullptr, *kind, *field);
      if (!removes) add_removals(box, nullptr, back.group_seen);
      writes.push_back(std::move(back));
    }
  }
  return writes;
}

using ByRecord = std::map<Id, std::vector<LoggedChange>>;

Result<bool> take_back(RecordsImpl& records, Action& action, const Id& record,
                       const std::vector<LoggedChange>& rows) {
  LX_TRY(RecordBox box, records.load(record));
  if (!box.is_known || (box.flags & kLeaving) != 0) return false;
  LX_TRY(const std::vector<NewWrite> writes, inverse(records, box, rows));
  if (writes.empty()) return false;
  WriteCause why{{change::CauseKind::kCorrection, Id{}}, "", 0};
  LX_TRY(why.scope_position, position_for(records, box.scope, writes));
  LX_DO(action.write(box, box.scope, writes, why));
  return true;
}

}  // namespace

Result<Saved> Records::undo(std::string_view undo_token) {
  LX_TRY(const UndoToken token, UndoToken::parse(undo_token));
  ByRecord records;
  std::vector<Id> order;
  for (std::uint64_t counter = token.first; counter <= token.last; ++counter) {
    LX_TRY(auto row, impl_.log().find({token.replica, counter}));
    LX_TRY(const bool is_written_here, is_own(impl_, {token.replica, counter}));
    if (!row || !is_written_here) {
      // What was written under an earlier name may go by a branch's now, and that name be another copy's
      // (7.2).
      LX_TRY(const OwnState own, impl_.own());
      return fail(token.replica == own.end.replica ? "token.malformed" : "undo.copied");
    }
    if (records.count(row->body.record) == 0) order.push_back(row->body.record);
    records[row->body.record].push_back(std::move(*row));
  }
  // Children before what they hang on.
  std::reverse(order.begin(), order.end());
  LX_TRY(Action action, Action::begin(impl_));
  Saved saved;
  for (const Id& record : order) {
    LX_TRY(const bool taken, take_back(impl_, action, record, records.at(record)));
    if (!taken) return fail("undo.too_late", {{"id", record.text()}});
    saved.records.push_back(record);
  }
  return action.commit(std::move(saved));
}

Result<Records::BatchUndone> Records::undo_batch(const Id& batch) {
  ByRecord records;
  {
    LX_TRY(const OwnState own, impl_.own());
    auto select = impl_.database().prepare(
        "SELECT replica, counter FROM change WHERE cause_ref = ? AND cause_ref != "
        "x'00000000000000000000000000000000' AND cause = ? AND hash IS NOT NULL ORDER BY counter");
    select.bind(1, batch).bind(2, static_cast<int>(change::CauseKind::kImport));
    LX_DO(each_row(select, [&]() -> Status {
      LX_TRY(auto row, impl_.log().find({{select.natural(0)}, select.natural(1)}));
      if (row && row->body.id.replica == own.end.replica)
        records[row->body.record].push_back(std::move(*row));
      return {};
    }));
  }
  if (records.empty()) return fail("undo.batch_unknown", {{"id", batch.text()}});
  BatchUndone out;
  LX_TRY(Action action, Action::begin(impl_));
  for (const auto& [record, rows] : records) {
    LX_TRY(const bool taken, take_back(impl_, action, record, rows));
    if (taken) {
      ++out.undone;
    } else {
      LX_TRY(const RecordBox box, impl_.load(record));
      if ((box.flags & kDeleted) == 0) out.kept.push_back(record);
    }
  }
  LX_DO(action.commit({}));
  return out;
}

}  // namespace lianxin::client::store
