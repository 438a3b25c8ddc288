// The part of RecordsImpl that follows the server's word: scopes held, acknowledgement, erasure.
#include <algorithm>

#include "client/store/pictures.hpp"
#include "client/store/purging.hpp"
#include "client/store/records_impl.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

Status RecordsImpl::set_held(const std::vector<HeldScope>& held) {
  LX_DO(database_.exec("DELETE FROM held"));
  for (const HeldScope& scope : held) {
    std::int64_t classes = 0;
    for (const std::uint8_t privacy : scope.classes)
      classes |= std::int64_t{1} << privacy;
    auto insert = database_.prepare("INSERT INTO held VALUES(?, ?, ?)");
    LX_DO(insert.bind(1, scope.scope).bind_text(2, scope.code).bind(3, classes).run());
  }
  return {};
}

Result<std::vector<HeldScope>> RecordsImpl::held() {
  std::vector<HeldScope> out;
  auto select = database_.prepare(
      "SELECT h.scope, coalesce(u.code, h.code), coalesce(u.name, ''), h.classes FROM held h "
      "LEFT JOIN k_org_unit u ON u.r_id = h.scope ORDER BY h.code");
  constexpr int kClassesMax = 63;
  LX_DO(each_row(select, [&] {
    HeldScope scope{select.id(0), select.text(1), select.text(2), {}};
    for (int privacy = 0; privacy < kClassesMax; ++privacy) {
      if ((select.integer(3) >> privacy & 1) != 0)
        scope.classes.push_back(static_cast<std::uint8_t>(privacy));
    }
    out.push_back(std::move(scope));
  }));
  return out;
}

Status RecordsImpl::adopt_own(const change::Change& change) {
  LX_TRY(const bool here, log_.has(change.body.id));
  if (here) return {};
  LX_TRY(OwnState own_state, own());
  change::Change kept = change;
  LX_TRY(const bool lost, drop_purged(database_, kept.body, kept.values));
  if (lost) log_event("record.purged_on_arrival", {{"record", kept.body.record.text()}});
  LX_DO(log_.append_own(kept));
  if (change.body.id.replica == own_state.end.replica && change.body.id.counter > own_state.end.counter) {
    own_state.end = {change.body.id.replica, change.body.id.counter, change.hash};
    own_state.hlc.last = std::max(own_state.hlc.last, change.body.hlc);
    LX_DO(set_own(own_state));
  }
  LX_TRY(RecordBox box, load(change.body.record));
  if (!box.is_known) {
    box.base.kind = change.body.kind;
    box.base.parent = change.body.parent;
    box.shown = box.base;
    box.enters = change.body.scope;
  }
  LX_DO(lay_overlay(box));
  LX_DO(store(box));
  return {};
}

namespace {

Result<bool> is_held(lianxin::store::Database& database, const Id& scope, std::uint8_t privacy) {
  auto held = database.prepare("SELECT 1 FROM held WHERE scope = ? AND classes >> ? & 1");
  return held.bind(1, scope).bind(2, int{privacy}).step();
}

}  // namespace

Status RecordsImpl::set_outcome(const ChangeId& id, bool quarantined, std::string_view reason,
                                std::string_view owner) {
  LX_TRY(const auto known, log_.find(id));
  if (!known || !quarantined) return {};
  LX_DO(log_.set_status(id, ChangeStatus::kQuarantined, reason, owner));
  const std::uint8_t privacy =
      known->body.writes.empty() ? std::uint8_t{0} : known->body.writes.front().privacy;
  LX_TRY(const bool comes_back, is_held(database_, known->body.scope, privacy));
  if (!comes_back) LX_DO(log_.settle(id, known->effective_ms, known->suspect, false));
  LX_TRY(RecordBox box, load(known->body.record));
  if (!box.is_known) return {};
  LX_DO(show_again(box));
  return {};
}

Status RecordsImpl::acknowledge(std::uint64_t counter) {
  LX_TRY(OwnState own_state, own());
  if (counter <= own_state.acknowledged) return {};
  own_state.acknowledged = std::min(counter, own_state.end.counter);
  LX_DO(set_own(own_state));
  std::vector<std::pair<ChangeId, Id>> homeless;
  {
    auto select = database_.prepare(
        "SELECT counter, record FROM change WHERE replica = ?1 AND counter <= ?2 AND in_overlay = 1 AND NOT "
        "EXISTS (SELECT 1 FROM held WHERE held.scope = change.scope AND classes >> change.privacy & 1) AND "
        "NOT EXISTS (SELECT 1 FROM membership m JOIN held USING(scope) WHERE m.record = change.record AND "
        "m.scope != x'00000000000000000000000000000000' AND classes >> change.privacy & 1)");
    select.bind(1, own_state.end.replica.number).bind(2, own_state.acknowledged);
    LX_DO(each_row(select, [&] {
      homeless.push_back({{own_state.end.replica, select.natural(0)}, select.id(1)});
    }));
  }
  for (const auto& [id, record] : homeless) {
    LX_TRY(const auto known, log_.find(id));
    if (known) LX_DO(log_.settle(id, known->effective_ms, known->suspect, false));
  }
  std::vector<Id> records;
  for (const auto& [id, record] : homeless) {
    auto member = database_.prepare(
        "SELECT 1 FROM membership JOIN held USING(scope) WHERE record = ? AND scope != "
        "x'00000000000000000000000000000000'");
    LX_TRY(const bool stays, member.bind(1, record).step());
    if (!stays) records.push_back(record);
  }
  // What another scope's feed tells of comes back there, and is shown until then. Of the others something may
  // still come in the same answer: they go when all has been read.
  for (const Id& record : records) {
    LX_TRY(RecordBox box, load(record));
    if (!box.is_known) continue;
    box.flags |= kLeaving;
    LX_DO(lay_overlay(box));
    LX_DO(store(box));
  }
  return {};
}

/// Something of the record, or of anything that hangs on it, is unsent, its picture too, or a draft is about
/// it (6.2).
Result<bool> RecordsImpl::is_needed(const Id& record, int depth) {
  {
    auto unsent = database_.prepare("SELECT 1 FROM unsent WHERE record = ?");
    LX_TRY(const bool found, unsent.bind(1, record).step());
    if (found) return true;
  }
  {
    auto draft = database_.prepare("SELECT 1 FROM draft WHERE subject = ?");
    LX_TRY(const bool found, draft.bind(1, record).step());
    if (found) return true;
  }
  LX_TRY(const bool picture, is_picture_unsent(database_, record));
  if (picture) return true;
  if (depth >= kDepthMax) return false;
  LX_TRY(const std::vector<Id> children, children_of(record));
  for (const Id& child : children) {
    LX_TRY(const bool needed, is_needed(child, depth + 1));
    if (needed) return true;
  }
  return false;
}

/// What no feed has told of leaves with what it hangs on, and comes back with it.
Status RecordsImpl::take_along(const Id& record, bool leaves, int depth) {
  if (depth >= kDepthMax) return {};
  LX_TRY(const std::vector<Id> children, children_of(record));
  for (const Id& child : children) {
    LX_TRY(RecordBox box, load(child));
    const bool follows = !has_base(box) && ((box.flags & kLeaving) != 0) != leaves;
    if (!follows) continue;
    box.flags ^= static_cast<std::uint32_t>(kLeaving);
    LX_DO(store(box));
    LX_DO(take_along(child, leaves, depth + 1));
  }
  return {};
}

/// Unsent work that left with what it hangs on, and that has come back.
Status RecordsImpl::stay_with_parents() {
  std::set<Id> parents;
  auto select = database_.prepare(
      "SELECT p.id FROM record r JOIN unsent ON unsent.record = r.id JOIN record p ON p.id = r.parent WHERE "
      "r.flags & 60 != 0 AND r.flags & 32 != 0 AND p.flags & 32 = 0");
  LX_DO(each_row(select, [&] { parents.insert(select.id(0)); }));
  for (const Id& parent : parents)
    LX_DO(take_along(parent, false, 0));
  return {};
}

Result<std::uint64_t> RecordsImpl::erase_leaving() {
  LX_DO(stay_with_parents());
  std::vector<Id> records;
  {
    auto leaving = database_.prepare("SELECT id FROM record WHERE flags & 60 != 0 AND flags & 32 != 0");
    LX_DO(each_row(leaving, [&] { records.push_back(leaving.id(0)); }));
  }
  std::uint64_t gone = 0;
  for (const Id& record : records) {
    LX_TRY(const bool erased, erase(record));
    gone += erased ? 1U : 0U;
  }
  return gone;
}

Result<bool> RecordsImpl::erase(const Id& record) {
  LX_TRY(const bool stays, is_needed(record, 0));
  if (!stays) {
    LX_DO(remove(record));
    return true;
  }
  LX_TRY(RecordBox box, load(record));
  if (!box.is_known) return false;
  box.flags |= kLeaving;
  // No feed tells of a purge where it is now (11).
  LX_TRY(const bool dropped, drop_purged(*this, box));
  if (dropped) LX_DO(lay_overlay(box));
  LX_DO(store(box));
  LX_DO(take_along(record, true, 0));
  return false;
}

}  // namespace lianxin::client::store
