#include "client/store/feed_writer.hpp"

#include <algorithm>

#include "client/store/clock_offset.hpp"
#include "client/store/feed_opened.hpp"
#include "client/store/moved_on.hpp"
#include "client/store/told.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;
namespace change = sync::change;

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
  opened.scope = place.scope;
  LX_TRY(opened.box, records_.load(record));
  if (!opened.box.is_known) {
    opened.box.base.kind = kind;
    opened.box.base.parent = parent;
    opened.box.shown.kind = kind;
    opened.box.shown.parent = parent;
  }
  (void)opened.touch(place.privacy);
  if (opened.box.is_known) LX_DO(look_where_it_stands(opened));
  return opened;
}

Status FeedWriter::look_where_it_stands(Opened& opened) {
  Membership& membership = records_.membership();
  LX_TRY(std::vector<Standing> standings, membership.of(opened.box));
  const auto is_elsewhere = [&](const Standing& one) { return one.scope != opened.scope; };
  // Where a record of our own lives is the server's to say: what was supposed at the save ends here.
  if (!has_base(opened.box) && std::erase_if(standings, is_elsewhere) > 0)
    LX_DO(membership.end_others(opened.box.base.record, opened.scope));
  for (const Standing& one : standings) {
    opened.scopes.push_back(one.scope);
    if (one.scope != opened.scope) continue;
    opened.is_member = true;
    opened.is_silent = one.is_silent;
  }
  return {};
}

/// A record that had left, and is still here for the sake of unsent work, a draft or the rest of the answer,
/// comes in: its new scope tells all of it, be it change by change, which must not be laid over what the old
/// one had told. Own work stays on the screen until it comes back.
Status FeedWriter::begin_anew(const FeedPlace& place, Opened& opened) {
  if (!opened.box.is_known || !opened.scopes.empty() || !has_base(opened.box)) return {};
  LX_TRY(const bool narrowed, narrow(place, opened.box));
  (void)narrowed;
  auto forget = records_.database().prepare(
      "UPDATE change SET in_base = 0, in_overlay = (status = 0 AND (hash IS NOT NULL OR EXISTS (SELECT 1 "
      "FROM peer_change p WHERE p.replica = change.replica AND p.counter = change.counter))) WHERE record = "
      "?");
  LX_DO(forget.bind(1, opened.box.base.record).run());
  records_.log().look_away();
  for (auto& [privacy, owner] : opened.box.base.classes)
    owner = {};
  opened.box.has_overlay = true;
  opened.begins_anew = true;
  return {};
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
  for (const Opened::Touched& one : opened.classes) {
    const Digest128 after = leaf_of(opened.box, one.privacy);
    for (const Id& scope : opened.scopes)
      move(scope, one.privacy, one.leaf, after);
    if (!opened.is_member) move(opened.scope, one.privacy, Digest128{}, after);
  }
  if (opened.is_member) return {};
  for (const auto& [privacy, owner] : opened.box.base.classes) {
    if (!opened.is_touched(privacy)) move(opened.scope, privacy, Digest128{}, leaf_of(opened.box, privacy));
  }
  return {};
}

/// The other classes of a record tell of its turns after the one that every record has.
void FeedWriter::note_turn(const Opened& opened) {
  const std::pair pair{opened.scope, opened.box.base.record};
  if (opened.is_touched(0)) {
    const auto turn = back_again_.find(pair);
    if (turn != back_again_.end()) turn->second = true;
  } else if (!opened.is_member) {
    back_again_.emplace(pair, false);
  }
}

/// The pair comes with the row where that is written for the first time.
Status FeedWriter::enter(Opened& opened) {
  members_.reset();
  if (opened.box.is_known) return records_.membership().add(opened.box.base.record, opened.scope);
  opened.box.enters = opened.scope;
  return {};
}

Status FeedWriter::close(Opened& opened) {
  LX_DO(count(opened));
  note_turn(opened);
  if (!opened.is_member) LX_DO(enter(opened));
  opened.box.flags &= ~static_cast<std::uint32_t>(kLeaving);
  ClassMask classes = 0;
  bool is_all_written = !opened.box.has_overlay;
  for (Opened::Touched& one : opened.classes) {
    classes |= mask_of(one.privacy);
    is_all_written = is_all_written && one.shown_before;
    if (!one.shown_before) one.shown_before = opened.release_shown(one.privacy);
  }
  if (opened.box.is_known) {
    LX_DO(records_.lay_overlay(opened.box));
  } else {
    opened.box.shown = opened.box.base;  // no change of a record without a row is overlay
  }
  // What is written is all that changed, unless own work lies over it.
  const bool is_told =
      is_all_written && !opened.box.has_overlay && !opened.begins_anew && opened.classes.size() == 1;
  LX_DO(records_.store(opened.box, opened.begins_anew ? kAnyClass : classes,
                       is_told ? &*opened.classes.front().shown_before : nullptr));
  LX_TRY(const Id me, worker());
  for (const Opened::Touched& one : opened.classes)
    LX_DO(note_losses(records_, me, *one.shown_before, opened.box.shown, one.privacy));
  return {};
}

Result<Id> FeedWriter::worker() {
  if (!worker_) {
    LX_TRY(const OwnState own, records_.own());
    worker_ = own.worker;
  }
  return *worker_;
}

std::uint64_t FeedWriter::known_of(ReplicaId replica) const {
  const auto found = known_.find(replica.number);
  return found == known_.end() ? 0 : found->second;
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
  LX_DO(store_waiting());
  LX_TRY(merge::ClassState state, merge::decode_class_state(row.state));
  for (const auto& [id, meta] : state.metas)
    learn(id);
  LX_TRY(Opened opened, open(place, row.record, row.kind, row.parent));
  opened.box.base.parent = row.parent;
  const bool changed = opened.box.base.classes[place.privacy] != state;
  LX_DO(begin_anew(place, opened));
  if (opened.box.is_known) LX_DO(settle_row(records_, row, place.privacy, state, own_settled));
  const bool has_others = opened.scopes.size() > (opened.is_member ? 1U : 0U);
  if (has_others || opened.is_silent) LX_DO(records_.membership().silence_others(row.record, place.scope));
  opened.box.base.classes[place.privacy] = std::move(state);
  LX_DO(close(opened));
  return changed;
}

Result<bool> FeedWriter::evict(const FeedPlace& place, const Id& record, const FeedLeft& left) {
  LX_DO(store_waiting());
  LX_TRY(Opened opened, open(place, record, 0, Id{}));
  if (place.privacy == 0) {
    back_again_[{place.scope, record}] = false;
  } else {
    const auto turn = back_again_.find({place.scope, record});
    const auto general = opened.box.base.classes.find(0);
    const bool has_general = general != opened.box.base.classes.end() && !general->second.empty();
    if (turn == back_again_.end() ? has_general : turn->second) return false;
  }
  if (!opened.box.is_known && place.privacy == 0 && left.at_ms != 0)
    LX_DO(note_moved_on(records_.database(), left.kind, record, place.scope, left.at_ms));
  if (!opened.box.is_known || !opened.is_member) return false;
  for (const auto& [privacy, owner] : opened.box.base.classes) {
    const Digest128 leaf = leaf_of(opened.box, privacy);
    if (leaf == Digest128{}) continue;
    Sum& sum = sums_[{place.scope, privacy}];
    sum.minus += leaf;
    --sum.records;
  }
  LX_DO(records_.membership().end(record, place.scope));
  if (opened.scopes.size() > 1) {
    // One that was silent brought nothing: who silenced it still speaks for the others.
    if (!opened.is_silent) LX_DO(records_.membership().speak(record));
    LX_DO(lose_untold(opened));
    return true;
  }
  opened.box.flags |= static_cast<std::uint32_t>(kLeaving);
  LX_TRY(const WallMs at_ms, left_at(left));
  LX_DO(note_moved_on(records_.database(), opened.box.shown.kind, record, place.scope, at_ms));
  LX_DO(records_.store(opened.box));
  return true;
}

/// Whether some other scope of the record may tell this class of it; nullopt = it stands in no other that is
/// held.
Result<std::optional<bool>> FeedWriter::is_told_beside(const FeedPlace& place, const Id& record) {
  std::optional<bool> is_told;
  auto beside = records_.database().prepare(
      "SELECT h.classes >> ? & 1 FROM membership m JOIN held h USING(scope) WHERE m.record = ? AND m.scope "
      "!= "
      "?");
  beside.bind(1, int{place.privacy}).bind(2, record).bind(3, place.scope);
  LX_DO(each_row(beside, [&] { is_told = is_told.value_or(false) || beside.integer(0) != 0; }));
  return is_told;
}

/// Nobody tells this class of the record here any more; own work stays.
Status FeedWriter::lose(Opened& opened, std::uint8_t privacy) {
  opened.box.base.classes[privacy] = {};
  for (const std::string_view sql :
       {"DELETE FROM change WHERE record = ? AND privacy = ? AND hash IS NULL",
        "UPDATE change SET in_base = 0 WHERE record = ? AND privacy = ? AND in_base = 1"}) {
    auto forget = records_.database().prepare(sql);
    LX_DO(forget.bind(1, opened.box.base.record).bind(2, int{privacy}).run());
  }
  return close(opened);
}

/// The scopes that are left may not tell every class of the record: what they do not goes with this one.
Status FeedWriter::lose_untold(const Opened& ended) {
  const Id& record = ended.box.base.record;
  const auto left = std::find_if(ended.scopes.begin(), ended.scopes.end(),
                                 [&](const Id& scope) { return scope != ended.scope; });
  for (const auto& [privacy, owner] : ended.box.base.classes) {
    if (privacy == 0 || owner.empty()) continue;
    LX_TRY(const auto is_told, is_told_beside({ended.scope, privacy}, record));
    if (is_told.value_or(true)) continue;
    LX_TRY(Opened opened, open({*left, privacy}, record, 0, Id{}));
    LX_DO(lose(opened, privacy));
  }
  return {};
}

/// As it was told, else now by the county's clock.
Result<WallMs> FeedWriter::left_at(const FeedLeft& left) {
  if (left.at_ms != 0) return left.at_ms;
  const WallMs now = records_.clock().now_ms();
  LX_TRY(const std::int64_t offset, clock_offset_now(records_.database(), now));
  return now - offset;
}

Status FeedWriter::forget(const FeedPlace& place, const Id& record) {
  LX_DO(store_waiting());
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
  LX_TRY(const bool of_view, is_view(place));
  if (of_view) {
    LX_TRY(const Id me, worker());
    LX_DO(forget_others(place, record, me));
  }
  LX_DO(close(opened));
  if (has_base(opened.box) || opened.box.has_overlay) return {};
  LX_TRY(const bool gone, evict(place, record));
  (void)gone;
  return {};
}

/// A right that ends may take a hundred villages with it: all rows are read once, and not for each of them.
Result<std::vector<Id>> FeedWriter::members_of(const Id& scope) {
  if (!members_) {
    LX_TRY(members_, records_.membership().by_scope());
  }
  const auto found = members_->find(scope);
  return found == members_->end() ? std::vector<Id>() : found->second;
}

Status FeedWriter::drop(const FeedPlace& place) {
  LX_DO(store_waiting());
  LX_TRY(const std::vector<Id> members, members_of(place.scope));
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
    // Only a class ends: the record stays without it, unless another scope tells it. That one may have been
    // silent beside this one.
    LX_TRY(Opened opened, open(place, record, 0, Id{}));
    if (!opened.is_member) continue;
    LX_TRY(const auto is_told, is_told_beside(place, record));
    const bool stays = is_told.value_or(false);
    if (stays && !opened.is_silent) LX_DO(records_.membership().speak(record));
    if (!stays) LX_DO(lose(opened, place.privacy));
  }
  auto cursor = records_.database().prepare("DELETE FROM cursor WHERE scope = ? AND privacy = ?");
  LX_DO(cursor.bind(1, place.scope).bind(2, int{place.privacy}).run());
  if (!scope_goes) return {};  // the sum counts what is held of the records that stand there, as everywhere
  if (members_) members_->erase(place.scope);
  sums_.erase(place);
  auto digest = records_.database().prepare("DELETE FROM digest WHERE scope = ? AND privacy = ?");
  return digest.bind(1, place.scope).bind(2, int{place.privacy}).run();
}

Status FeedWriter::finish() {
  LX_DO(store_waiting());
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
