#include "client/store/feed_writer.hpp"

#include <algorithm>

#include "client/store/erasure.hpp"
#include "client/store/purging.hpp"
#include "client/store/told.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;
namespace change = sync::change;

/// One record while an entry is taken in.
struct FeedWriter::Opened {
  FeedPlace place;
  RecordBox box;
  std::vector<Id> scopes;
  Digest128 leaf;  ///< of the place's class in the base, before
  bool is_member = false;
  bool is_silent = false;
  std::optional<merge::ClassState> shown_before;  ///< of the place's class: what may change of it

  merge::ClassState release_shown() {
    return std::exchange(box.shown.classes[place.privacy], merge::ClassState{});
  }
  /// Before a change is merged: of what is shown only the registers it writes are kept, so that the base is
  /// nobody else's and changes in place.
  void keep_written(const change::ChangeBody& body);
};

void FeedWriter::Opened::keep_written(const change::ChangeBody& body) {
  const merge::ClassState all = release_shown();
  shown_before.emplace();
  if (!box.is_known) return;
  for (const change::WriteHead& write : body.writes) {
    const auto found = all.registers.find({write.field, write.element});
    merge::Register& before = shown_before->registers[{write.field, write.element}];
    if (found == all.registers.end()) continue;
    before = found->second;
    for (const merge::Head& head : found->second.heads)
      shown_before->metas[head.id] = all.metas.at(head.id);
  }
}

namespace {

Digest128 leaf_of(const RecordBox& box, std::uint8_t privacy) {
  const auto owner = box.base.classes.find(privacy);
  if (owner == box.base.classes.end() || owner->second.empty()) return {};
  return merge::digest_leaf(box.base.record, privacy, owner->second);
}

merge::IsMissing among(const std::vector<ChangeId>& ghosts) {
  return
      [&ghosts](const ChangeId& id) { return std::find(ghosts.begin(), ghosts.end(), id) != ghosts.end(); };
}

Result<std::vector<Id>> members_of(lianxin::store::Database& database, const Id& scope) {
  std::vector<Id> members;
  auto select = database.prepare("SELECT record FROM membership WHERE scope = ?");
  select.bind(1, scope);
  LX_DO(each_row(select, [&] { members.push_back(select.id(0)); }));
  return members;
}

/// Another scope has brought the record with this change in it: this feed, which tells of own work whatever
/// has become of it, says next what the record is here.
template <class O>
bool is_in_already(const O& opened) {
  return !opened.is_member && has_base(opened.box);
}

merge::HeadMeta meta_of(const change::ChangeBody& body, const FeedVerdict& verdict) {
  return {body.hlc, verdict.effective_ms, verdict.suspect, body.author, body.cause};
}

}  // namespace

Result<std::vector<FeedPlace>> feed_places(lianxin::store::Database& database) {
  std::vector<FeedPlace> places;
  auto select = database.prepare("SELECT scope, privacy FROM cursor");
  LX_DO(each_row(select, [&] {
    places.push_back({select.id(0), static_cast<std::uint8_t>(select.integer(1))});
  }));
  return places;
}

Result<FeedWriter::Opened> FeedWriter::open(const FeedPlace& place, const Id& record, std::uint16_t kind,
                                            const Id& parent) {
  Opened opened;
  opened.place = place;
  LX_TRY(opened.box, records_.load(record));
  if (!opened.box.is_known) {
    opened.box.base.kind = kind;
    opened.box.base.parent = parent;
    opened.box.shown.kind = kind;
    opened.box.shown.parent = parent;
  }
  // Where a record of our own lives is the server's to say: what was supposed at the save ends here.
  if (!opened.box.is_known) return opened;
  if (!has_base(opened.box)) {
    auto suppose = records_.database().prepare("DELETE FROM membership WHERE record = ? AND scope != ?");
    LX_DO(suppose.bind(1, record).bind(2, place.scope).run());
  }
  auto select = records_.database().prepare("SELECT scope, silent FROM membership WHERE record = ?");
  select.bind(1, record);
  LX_DO(each_row(select, [&] {
    opened.scopes.push_back(select.id(0));
    if (opened.scopes.back() != place.scope) return;
    opened.is_member = true;
    opened.is_silent = select.integer(1) != 0;
  }));
  opened.leaf = leaf_of(opened.box, place.privacy);
  return opened;
}

/// Moves the digests by what one entry changed.
Status FeedWriter::count(const Opened& opened) {
  const auto move = [&](const Id& scope, std::uint8_t privacy, const Digest128& before,
                        const Digest128& after) {
    if (before == after) return;
    Sum& sum = sums_[{scope, privacy}];
    sum.minus += before;
    sum.plus += after;
    sum.records += (after == Digest128{} ? 0 : 1) - (before == Digest128{} ? 0 : 1);
  };
  const Digest128 after = leaf_of(opened.box, opened.place.privacy);
  for (const Id& scope : opened.scopes)
    move(scope, opened.place.privacy, opened.leaf, after);
  if (opened.is_member) return {};
  for (const auto& [privacy, owner] : opened.box.base.classes)
    move(opened.place.scope, privacy, Digest128{},
         privacy == opened.place.privacy ? after : leaf_of(opened.box, privacy));
  return {};
}

Status FeedWriter::close(Opened& opened) {
  // It had left, and was still here for the sake of unsent work, a draft or the rest of the answer.
  bool narrowed = false;
  if (opened.box.is_known && opened.scopes.empty()) {
    LX_TRY(narrowed, narrow(opened.place, opened.box));
  }
  LX_DO(count(opened));
  const std::pair pair{opened.place.scope, opened.box.base.record};
  if (opened.place.privacy == 0) {
    const auto turn = back_again_.find(pair);
    if (turn != back_again_.end()) turn->second = true;
  } else if (!opened.is_member) {
    back_again_.emplace(pair, false);
  }
  if (!opened.is_member) LX_DO(records_.add_membership(opened.box.base.record, opened.place.scope));
  opened.box.flags &= ~static_cast<std::uint32_t>(kLeaving);
  const bool is_all_written = opened.shown_before && !opened.box.has_overlay;
  if (!opened.shown_before) opened.shown_before = opened.release_shown();
  if (opened.box.is_known) {
    LX_DO(records_.lay_overlay(opened.box));
  } else {
    opened.box.shown = opened.box.base;  // no change of a record without a row is overlay
  }
  // What is written is all that changed, unless own work lies over it.
  const bool is_told = is_all_written && !opened.box.has_overlay;
  const auto only = narrowed ? std::nullopt : std::optional(opened.place.privacy);
  LX_DO(records_.store(opened.box, only, is_told && !narrowed ? &*opened.shown_before : nullptr));
  LX_TRY(const Id me, worker());
  return note_losses(records_, me, *opened.shown_before, opened.box.shown, opened.place.privacy);
}

Result<Id> FeedWriter::worker() {
  if (!worker_) {
    LX_TRY(const OwnState own, records_.own());
    worker_ = own.worker;
  }
  return *worker_;
}

void FeedWriter::learn(const ChangeId& id) {
  std::uint64_t& counter = known_[id.replica.number];
  counter = std::max(counter, id.counter);
}

std::uint64_t FeedWriter::known_of(ReplicaId replica) const {
  const auto found = known_.find(replica.number);
  return found == known_.end() ? 0 : found->second;
}

/// A page of a file may be older than a purge that is known here (11).
Result<bool> FeedWriter::lose_purged(const change::ChangeBody& body, change::ChangeValues& values) {
  if (!has_purges_) {
    auto select = records_.database().prepare("SELECT 1 FROM purge LIMIT 1");
    LX_TRY(has_purges_, select.step());
  }
  if (!*has_purges_) return false;
  return drop_purged(records_.database(), body, values);
}

/// What the log has of it. Under its name may stand what a server had taken before it was restored: that
/// makes way, as no id has two bodies (12).
Result<std::optional<LoggedChange>> FeedWriter::found_as(const change::ChangeBody& body) {
  LX_TRY(auto known, records_.log().find(body.id));
  if (!known || (known->body.record == body.record && known->body.hlc == body.hlc)) return known;
  auto erase =
      records_.database().prepare("DELETE FROM change WHERE replica = ? AND counter = ? AND hash IS NULL");
  LX_DO(erase.bind(1, body.id.replica.number).bind(2, body.id.counter).run());
  LX_TRY(const bool is_own, records_.log().has(body.id));
  // Over a line the chains are compared before anything is told; a file nobody asked for has compared
  // nothing.
  if (is_own && in_file_) return fail("bundle.other_copy");
  if (is_own) return known;
  LX_TRY(RecordBox box, records_.load(known->body.record));
  if (box.is_known) LX_DO(records_.show_again(box));
  return std::optional<LoggedChange>();
}

Result<bool> FeedWriter::applied(const FeedPlace& place, const change::ChangeBody& body, BytesView body_bytes,
                                 BytesView values_bytes, const FeedVerdict& verdict) {
  LX_TRY(change::ChangeValues values, change::decode_values(values_bytes, body));
  LX_TRY(const bool lost, lose_purged(body, values));
  Bytes left;
  if (lost) {
    left = change::encode_values(values);
    values_bytes = left;
  }
  learn(body.id);
  if (!verdict.suspect) newest_stamp_ = std::max(newest_stamp_, body.hlc);
  LX_TRY(const auto known, found_as(body));
  LX_TRY(Opened opened, open(place, body.record, body.kind, body.parent));
  if (opened.is_silent) return false;
  const bool is_here = known && known->in_base && known->status == ChangeStatus::kApplied;
  if (is_here && opened.is_member) return false;
  if (!is_here) {
    LX_DO(records_.log().put_foreign(body, body_bytes, values_bytes, verdict.effective_ms, verdict.suspect,
                                     ChangeStatus::kApplied));
    if (known) LX_DO(Erasure(records_.database()).came_back(body.id));
  }
  if (is_in_already(opened)) {
    LX_DO(records_.show_again(opened.box));
    return false;
  }
  if (!is_here) {
    opened.keep_written(body);
    (void)merge::apply(opened.box.base, body, values, meta_of(body, verdict), among(verdict.ghosts));
  }
  LX_DO(close(opened));
  // Own work that comes back, also under a branch's name, is no news.
  return !known || known->status != ChangeStatus::kApplied;
}

Status FeedWriter::keep(BytesView body_bytes, BytesView values_bytes, const FeedVerdict& verdict) {
  LX_TRY(const change::ChangeBody body, change::decode_body(body_bytes));
  LX_TRY(change::ChangeValues values, change::decode_values(values_bytes, body));
  LX_TRY(const bool lost, lose_purged(body, values));
  learn(body.id);
  if (!verdict.suspect) newest_stamp_ = std::max(newest_stamp_, body.hlc);
  LX_TRY(const auto known, found_as(body));
  LX_DO(records_.log().put_foreign(body, body_bytes,
                                   lost ? change::encode_values(values) : Bytes(values_bytes),
                                   verdict.effective_ms, verdict.suspect, ChangeStatus::kApplied));
  return known ? Erasure(records_.database()).came_back(body.id) : Status();
}

Result<bool> FeedWriter::inert(const FeedPlace& place, BytesView body_bytes, const FeedVerdict& verdict) {
  LX_TRY(const change::ChangeBody body, change::decode_body(body_bytes));
  learn(body.id);
  LX_TRY(const auto known, found_as(body));
  LX_TRY(Opened opened, open(place, body.record, body.kind, body.parent));
  if (opened.is_silent || (known && known->in_base) || is_in_already(opened)) return false;
  opened.keep_written(body);
  (void)merge::apply_inert(opened.box.base, body, among(verdict.ghosts));
  LX_DO(records_.log().put_foreign(body, body_bytes, {}, verdict.effective_ms, verdict.suspect,
                                   ChangeStatus::kQuarantined));
  LX_DO(close(opened));
  return true;
}

Result<bool> FeedWriter::own(const FeedPlace& place, const ChangeId& id, bool is_inert,
                             const FeedVerdict& verdict) {
  learn(id);
  LX_TRY(const auto known, records_.log().find(id));
  if (!known) return fail("feed.own_missing", {{"id", id.text()}});
  LX_TRY(Opened opened, open(place, known->body.record, known->body.kind, known->body.parent));
  if (opened.is_silent) return false;
  if (is_in_already(opened)) {
    LX_DO(records_.log().settle(id, verdict.effective_ms, verdict.suspect, true));
    LX_DO(records_.show_again(opened.box));
    return false;
  }
  const bool was_inert = known->status != ChangeStatus::kApplied;
  const bool is_here = known->in_base && (is_inert || !was_inert);
  if (is_here && opened.is_member) return false;
  if (!is_here) opened.keep_written(known->body);
  if (!is_here && is_inert) {
    (void)merge::apply_inert(opened.box.base, known->body, among(verdict.ghosts));
    if (!was_inert)
      LX_DO(records_.log().set_status(id, ChangeStatus::kQuarantined, known->reason, known->owner));
  } else if (!is_here && known->values) {
    (void)merge::apply(opened.box.base, known->body, *known->values, meta_of(known->body, verdict),
                       among(verdict.ghosts));
    if (was_inert) LX_DO(records_.log().set_status(id, ChangeStatus::kApplied, "", ""));
  }
  LX_DO(records_.log().settle(id, verdict.effective_ms, verdict.suspect, true));
  LX_DO(close(opened));
  return !is_here && was_inert && !is_inert;  // only what was kept aside and is released now is news
}

namespace {

/// Which own changes a row has taken in: those that are heads in it, and the old ones.
Status settle_row(RecordsImpl& records, const FeedRow& row, std::uint8_t privacy,
                  const merge::ClassState& state, std::uint64_t own_settled) {
  {
    // Most records of a snapshot have nothing in the log.
    auto any = records.database().prepare("SELECT 1 FROM change WHERE record = ?");
    LX_TRY(const bool has_changes, any.bind(1, row.record).step());
    if (!has_changes) return {};
  }
  LX_TRY(const OwnState own, records.own());
  auto clear = records.database().prepare(
      "UPDATE change SET in_base = 0 WHERE record = ? AND privacy = ? AND in_base = 1");
  LX_DO(clear.bind(1, row.record).bind(2, int{privacy}).run());
  auto settled = records.database().prepare(
      "UPDATE change SET in_overlay = 0, in_base = 1 WHERE record = ? AND privacy = ? AND replica = ? AND "
      "counter <= ?");
  settled.bind(1, row.record).bind(2, int{privacy}).bind(3, own.end.replica.number).bind(4, own_settled);
  LX_DO(settled.run());
  for (const auto& [id, meta] : state.metas) {
    auto head = records.database().prepare(
        "UPDATE change SET in_overlay = 0, in_base = 1, effective_ms = ?, suspect = ? WHERE replica = ? AND "
        "counter = ?");
    head.bind(1, meta.effective_ms).bind(2, meta.suspect).bind(3, id.replica.number).bind(4, id.counter);
    LX_DO(head.run());
  }
  return {};
}

}  // namespace

Result<bool> FeedWriter::row(const FeedPlace& place, const FeedRow& row, std::uint64_t own_settled) {
  LX_TRY(merge::ClassState state, merge::decode_class_state(row.state));
  for (const auto& [id, meta] : state.metas)
    learn(id);
  LX_TRY(Opened opened, open(place, row.record, row.kind, row.parent));
  opened.box.base.parent = row.parent;
  const bool changed = opened.box.base.classes[place.privacy] != state;
  if (opened.box.is_known) LX_DO(settle_row(records_, row, place.privacy, state, own_settled));
  const bool has_others = opened.scopes.size() > (opened.is_member ? 1U : 0U);
  if (has_others || opened.is_silent) {
    auto silence = records_.database().prepare("UPDATE membership SET silent = scope != ? WHERE record = ?");
    LX_DO(silence.bind(1, place.scope).bind(2, row.record).run());
  }
  opened.box.base.classes[place.privacy] = std::move(state);
  LX_DO(close(opened));
  return changed;
}

Result<bool> FeedWriter::evict(const FeedPlace& place, const Id& record) {
  LX_TRY(Opened opened, open(place, record, 0, Id{}));
  if (place.privacy == 0) {
    back_again_[{place.scope, record}] = false;
  } else {
    const auto turn = back_again_.find({place.scope, record});
    const auto general = opened.box.base.classes.find(0);
    const bool has_general = general != opened.box.base.classes.end() && !general->second.empty();
    if (turn == back_again_.end() ? has_general : turn->second) return false;
  }
  if (!opened.box.is_known || !opened.is_member) return false;
  for (const auto& [privacy, owner] : opened.box.base.classes) {
    const Digest128 leaf = leaf_of(opened.box, privacy);
    if (leaf == Digest128{}) continue;
    Sum& sum = sums_[{place.scope, privacy}];
    sum.minus += leaf;
    --sum.records;
  }
  auto erase = records_.database().prepare("DELETE FROM membership WHERE record = ? AND scope = ?");
  LX_DO(erase.bind(1, record).bind(2, place.scope).run());
  if (opened.scopes.size() > 1) {
    auto speak = records_.database().prepare("UPDATE membership SET silent = 0 WHERE record = ?");
    LX_DO(speak.bind(1, record).run());
    return true;
  }
  opened.box.flags |= static_cast<std::uint32_t>(kLeaving);
  LX_DO(records_.store(opened.box));
  return true;
}

Status FeedWriter::forget(const FeedPlace& place, const Id& record) {
  LX_TRY(Opened opened, open(place, record, 0, Id{}));
  if (!opened.is_member) return {};
  // The class that every record has is not told here: the record stands in its other scopes alone.
  if (place.privacy == 0 && opened.scopes.size() > 1) {
    LX_TRY(const bool left, evict(place, record));
    (void)left;
    return {};
  }
  opened.box.base.classes[place.privacy] = {};
  auto told = records_.database().prepare("UPDATE change SET in_base = 0 WHERE record = ? AND privacy = ?");
  LX_DO(told.bind(1, record).bind(2, int{place.privacy}).run());
  LX_DO(close(opened));
  if (has_base(opened.box) || opened.box.has_overlay) return {};
  LX_TRY(const bool gone, evict(place, record));
  (void)gone;
  return {};
}

Status FeedWriter::drop(const FeedPlace& place) {
  LX_TRY(const std::vector<Id> members, members_of(records_.database(), place.scope));
  auto held = records_.database().prepare("SELECT classes FROM held WHERE scope = ?");
  LX_TRY(const bool found, held.bind(1, place.scope).step());
  const std::int64_t classes = found ? held.integer(0) : 0;
  const bool scope_goes = (classes & ~(std::int64_t{1} << place.privacy)) == 0;
  for (const Id& record : members) {
    if (scope_goes) {
      back_again_[{place.scope, record}] = false;
      LX_DO(evict(place, record));
      continue;
    }
    // Only a class ends: the record stays without it.
    LX_TRY(Opened opened, open(place, record, 0, Id{}));
    if (opened.scopes.size() > 1) continue;
    opened.box.base.classes[place.privacy] = {};
    auto forget =
        records_.database().prepare("DELETE FROM change WHERE record = ? AND privacy = ? AND hash IS NULL");
    LX_DO(forget.bind(1, record).bind(2, int{place.privacy}).run());
    LX_DO(close(opened));
  }
  sums_.erase(place);
  for (const std::string_view sql : {"DELETE FROM cursor WHERE scope = ? AND privacy = ?",
                                     "DELETE FROM digest WHERE scope = ? AND privacy = ?"}) {
    auto statement = records_.database().prepare(sql);
    LX_DO(statement.bind(1, place.scope).bind(2, int{place.privacy}).run());
  }
  return {};
}

Status FeedWriter::finish() {
  for (const auto& [place, sum] : sums_) {
    Digest128 digest;
    std::int64_t records = 0;
    {
      auto select =
          records_.database().prepare("SELECT records, digest FROM digest WHERE scope = ? AND privacy = ?");
      LX_TRY(const bool found, select.bind(1, place.scope).bind(2, int{place.privacy}).step());
      if (found) {
        records = select.integer(0);
        LX_TRY(digest, Digest128::from_bytes(select.blob(1)));
      }
    }
    digest += sum.plus;
    digest -= sum.minus;
    auto upsert = records_.database().prepare(
        "INSERT INTO digest VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET records = excluded.records, "
        "digest = excluded.digest");
    upsert.bind(1, place.scope).bind(2, int{place.privacy}).bind(3, records + sum.records);
    LX_DO(upsert.bind_blob(4, digest.bytes()).run());
  }
  for (const auto& [replica, counter] : known_) {
    auto upsert = records_.database().prepare(
        "INSERT INTO known VALUES(?, ?) ON CONFLICT DO UPDATE SET counter = max(counter, excluded.counter)");
    LX_DO(upsert.bind(1, replica).bind(2, counter).run());
  }
  return {};
}

}  // namespace lianxin::client::store
