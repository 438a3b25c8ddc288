#include "client/store/store_take.hpp"

#include <algorithm>
#include <set>

#include "client/store/erasure.hpp"
#include "client/store/purging.hpp"
#include "client/store/renamings.hpp"
#include "client/store/store_opening.hpp"
#include "shared/store/each_row.hpp"
#include "sync/change/change.hpp"
#include "sync/change/hlc.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace wire = sync::wire;
using Verdict = wire::ExchangeAnswer::Verdict;

Status AnswerTaking::run() {
  LX_TRY(const bool is_for_another, answers_another_copy());
  if (is_for_another) return fail("bundle.other_copy");
  LX_DO(note_epoch());
  if (file_ == nullptr) LX_DO(note_clock());
  LX_DO(note_newest());
  LX_TRY(const auto settled, records_.meta().integer(kMetaSettled));
  own_settled_ = static_cast<std::uint64_t>(settled.value_or(0));
  LX_DO(take_acknowledgement());
  if (answer_.verdict != Verdict::kTaken) return feeds_.finish();
  if (is_newest()) LX_DO(take_scopes());
  LX_DO(take_backup());
  LX_TRY(const OwnState own, records_.own());
  const bool was_asked = file_ == nullptr || file_->asked;
  if (was_asked && speaking_ != own.end.replica) {
    LX_DO(peers_.take_parts(answer_, false, records_.clock().now_ms()));
    return feeds_.finish();
  }
  LX_DO(parts_.take_first(answer_));
  LX_TRY(has_peers_, peers_.any());
  LX_DO(begin_views());
  const LookingAhead looking(records_.log());
  LX_DO(take_pages());
  LX_DO(parts_.take(answer_, feeds_, taken_));
  is_copy_ = feeds_.known_of(own.end.replica) > own.end.counter;
  LX_DO(feeds_.finish());
  LX_DO(peers_.take_parts(answer_, !answer_.more && is_newest(), records_.clock().now_ms()));
  if (has_peers_) LX_DO(peers_.sweep());
  // What a colleague had brought of a class that is a view now is no overlay any more, and no feed tells it.
  if (has_peers_ && !answer_.more && is_newest()) LX_DO(feeds_.forget_untold());
  LX_DO(absorb_stamps());
  if (!answer_.more && is_newest()) LX_DO(settle());
  return {};
}

/// The file answers a chain that is not the one here, under the same name: that of a copied disk, or of this
/// one before it was put back. It tells that one's work by name alone, which is other work here, or none.
Result<bool> AnswerTaking::answers_another_copy() {
  const wire::Acknowledgement& ack = answer_.ack;
  if (file_ == nullptr || !file_->asked || answer_.verdict != Verdict::kTaken || ack.replica != speaking_)
    return false;
  LX_TRY(const auto chain, chains_.find(speaking_));
  if (!chain) return false;
  LX_TRY(const auto ours, chains_.hash_at({speaking_, ack.counter}));
  return ack.counter > chain->end.counter || (ours && *ours != ack.hash);
}

/// A late file must not undo what a newer answer said. This is the newest there is, even if the server's
/// clock was fast before: else every file that follows would pass for old.
Status AnswerTaking::note_newest() {
  if (!is_newest()) return {};
  return records_.meta().set(kMetaAnswerMs, answer_.server_ms);
}

/// Another life of the server (7.1): feeds begin anew, and everything is offered again.
Status AnswerTaking::note_epoch() {
  LX_TRY(const auto known, records_.meta().integer(kMetaEpoch));
  const auto epoch = static_cast<std::int64_t>(answer_.epoch);
  if (known && *known == epoch) return {};
  if (known && *known != 0) {
    LX_DO(offer_what_is_lost());
    LX_DO(begin_all_anew());
    LX_DO(records_.meta().set(std::string(kMetaEpochOver) + std::to_string(*known), std::int64_t{1}));
  }
  LX_DO(records_.meta().set(std::string(kMetaEpochOver) + std::to_string(epoch), std::int64_t{0}));
  LX_TRY(const auto used, records_.meta().integer(kMetaExchangeNumber));
  LX_DO(records_.meta().set(kMetaEpochSince, used.value_or(0) + 1));
  return records_.meta().set(kMetaEpoch, epoch);
}

/// After another life of the server has begun, or where it was put back without being told so: it is seen to
/// stand before what it had told.
Status AnswerTaking::offer_what_is_lost() {
  if (offers_all_) return {};
  offers_all_ = true;
  LX_DO(chains_.offer_all());
  LX_DO(parts_.offers().gather());
  LX_DO(Purging(records_).gather());
  // A server that has lost its list numbers anew; hearing of a purge twice is harmless.
  LX_DO(records_.meta().set(kMetaPurgesHeld, std::int64_t{0}));
  return records_.meta().set(kMetaSettled, std::int64_t{0});
}

Status AnswerTaking::note_clock() {
  LX_TRY(OwnState own, records_.own());
  const WallMs now = records_.clock().now_ms();
  const WallMs offset = sync::laptop::offset_by(
      own.clock_offset_ms, under_way_.value_or(sync::laptop::ClockSpan{now, now}), answer_.server_ms);
  taken_.clock_offset_ms = offset;
  if (own.clock_offset_ms == offset) return {};
  own.clock_offset_ms = offset;
  return records_.set_own(own);
}

/// What is written here next is to be shown after what has been read (3.6).
Status AnswerTaking::absorb_stamps() {
  LX_TRY(OwnState own, records_.own());
  const std::uint64_t before = own.hlc.last;
  own.hlc.absorb(feeds_.newest_stamp(), false, records_.clock().now_ms() - own.clock_offset_ms);
  return own.hlc.last == before ? Status() : records_.set_own(own);
}

/// What the server has of the present chain beyond ours (5.2): a laptop restored from an image.
Status AnswerTaking::take_returned(const OwnChain& chain) {
  if (!chain.is_present) return {};
  change::ChainEnd end = chain.end;
  for (const wire::PackedChange& packed : answer_.returned) {
    LX_TRY(const change::ChangeBody body, change::decode_body(packed.body));
    if (body.id.replica == end.replica && body.id.counter <= end.counter) continue;
    change::ChainEnd next = end;
    const auto linked = change::follow(next, packed.body, packed.values);
    if (!linked.ok()) break;  // the rest comes back through the feeds
    LX_DO(records_.adopt_own(*linked));
    end = next;
    ++taken_.received;
  }
  return {};
}

/// The highest counter up to which the server keeps exactly the bytes that are here: its hash must be ours.
Result<std::uint64_t> AnswerTaking::provably_kept(const OwnChain& chain) {
  const std::uint64_t counter = answer_.ack.counter;
  if (counter <= chain.acknowledged) return chain.acknowledged;
  LX_TRY(const auto ours, chains_.hash_at({speaking_, counter}));
  if (ours) return *ours == answer_.ack.hash ? counter : chain.acknowledged;
  const bool same_chain = answer_.ack.replica == speaking_;
  // The server compared the ends: it has all of ours and more.
  if (counter > chain.end.counter && same_chain && answer_.verdict == Verdict::kBehind)
    return chain.end.counter;
  // Below the part that is still here there is nothing to lose.
  if (counter <= chain.base.counter && same_chain) return counter;
  return chain.acknowledged;
}

Status AnswerTaking::take_acknowledgement() {
  LX_TRY(const auto before, chains_.find(speaking_));
  if (!before) return {};
  if (answer_.verdict == Verdict::kBehind) LX_DO(take_returned(*before));
  LX_TRY(const auto chain, chains_.find(speaking_));
  LX_TRY(const std::uint64_t kept, provably_kept(*chain));
  acknowledged_ = kept;
  moved_ = kept > chain->acknowledged;
  LX_DO(take_outcomes());
  LX_DO(note_branch());
  if (!moved_) return {};
  taken_.acknowledged = kept - chain->acknowledged;
  LX_DO(chain->is_present ? records_.acknowledge(kept) : chains_.acknowledge(speaking_, kept));
  // Who is revoked does not go on as a new replica, so nothing of the present chain may go by another name.
  const bool is_branch = answer_.ack.replica != speaking_ && answer_.verdict == Verdict::kFork;
  return is_branch && kept == chain->end.counter ? rename_branch(*chain) : Status();
}

Status AnswerTaking::take_outcomes() {
  for (const wire::ChangeOutcome& outcome : answer_.ack.outcomes) {
    if (outcome.outcome != wire::Outcome::kQuarantined || outcome.counter > acknowledged_) continue;
    const ChangeId id{speaking_, outcome.counter};
    LX_TRY(const auto known, records_.log().find(id));
    if (!known || known->status != ChangeStatus::kApplied || !known->in_overlay) continue;
    LX_DO(records_.set_outcome(id, true, outcome.reason, outcome.owner));
    ++taken_.quarantined;
  }
  return {};
}

/// The chain is a branch as far as the server has proved to have it.
Status AnswerTaking::note_branch() {
  if (answer_.verdict != Verdict::kFork || answer_.ack.replica == speaking_ || answer_.expected == 0)
    return {};
  LX_TRY(const auto ours, chains_.hash_at({speaking_, answer_.ack.counter}));
  if (!ours || *ours != answer_.ack.hash) return {};
  LX_DO(chains_.note_branch(speaking_, {answer_.expected, answer_.ack.replica}));
  const Bytes* part = wire::find_part(answer_.parts, wire::kPartBranches);
  if (part == nullptr) return {};
  LX_TRY(const auto told, codec::decode<wire::BranchNames>(*part));
  for (const wire::BranchName& one : told.names)
    LX_DO(chains_.note_branch(speaking_, {one.first, one.name}));
  return {};
}

/// A branch goes by another name everywhere (7.2); here too, once the server has all of it. The signed bytes
/// were for sending; from now on the feeds know these changes by the new name.
Status AnswerTaking::rename_branch(const OwnChain& chain) {
  LX_TRY(const auto points, chains_.branch_points(speaking_));
  if (points.empty()) return {};
  const auto rename_one = [&](ChangeId& id) {
    const ReplicaId before = id.replica;
    for (const auto& point : points) {
      if (before == speaking_ && id.counter >= point.first) id.replica = point.name;
    }
  };
  const auto rename = [&](std::vector<change::SeenRef>& refs) {
    for (change::SeenRef& ref : refs)
      rename_one(ref.id);
    std::sort(refs.begin(), refs.end());
  };
  std::set<Id> records;
  for (std::uint64_t counter = points.front().first; counter <= chain.end.counter; ++counter) {
    LX_TRY(const auto known, records_.log().find({speaking_, counter}));
    if (!known) continue;
    change::ChangeBody body = known->body;
    rename_one(body.id);
    for (change::WriteHead& write : body.writes) {
      rename(write.seen);
      rename(write.group_seen);
    }
    LX_DO(records_.log().rename({speaking_, counter}, body));
    LX_DO(Erasure(records_.database()).rename({speaking_, counter}, body.id.replica));
    records.insert(body.record);
  }
  LX_DO(chains_.rename_in_drafts(speaking_, points));
  LX_DO(Renamings(records_.database()).note(speaking_, points));
  for (const Id& record : records)
    LX_DO(settle_record(record));
  renamed_from_ = points.front().first;
  return {};
}

/// What this laptop may hold; nothing at all when its last grant has ended. What it may not hold any more
/// goes (6.2), and the server is told how far our chain went when we learnt of it (4.3).
Status AnswerTaking::take_scopes() {
  LX_TRY(const auto before, records_.held());
  std::vector<HeldScope> now;
  std::set<FeedPlace> places;
  for (const wire::HeldScope& scope : answer_.scopes) {
    now.push_back({scope.scope, scope.code, "", scope.classes});
    for (const std::uint8_t privacy : scope.classes)
      places.insert({scope.scope, privacy});
  }
  LX_DO(records_.set_held(now));
  for (const HeldScope& scope : before) {
    const bool stays =
        std::any_of(now.begin(), now.end(), [&](const HeldScope& one) { return one.scope == scope.scope; });
    if (!stays && !scope.scope.is_nil()) LX_DO(Erasure(records_.database()).note_left(scope.scope, 0));
    for (const std::uint8_t privacy : scope.classes) {
      const FeedPlace place{scope.scope, privacy};
      if (places.count(place) > 0) continue;
      LX_DO(feeds_.drop(place));
      erased_ = true;
    }
  }
  return {};
}

/// What lies here sealed is needed no longer once a backup has it (6.3).
Status AnswerTaking::take_backup() {
  const Bytes* part = wire::find_part(answer_.parts, wire::kPartBackup);
  if (part == nullptr) return {};
  LX_TRY(const auto reach, codec::decode<wire::BackupReach>(*part));
  return Erasure(records_.database()).backed_up(speaking_, reach.counter, answer_.server_ms);
}

Status AnswerTaking::settle_record(const Id& record) {
  LX_TRY(RecordBox box, records_.load(record));
  if (!box.is_known) return {};
  auto member =
      records_.database().prepare("SELECT 1 FROM membership JOIN held USING(scope) WHERE record = ?");
  LX_TRY(const bool stays, member.bind(1, record).step());
  if (!stays) {
    LX_TRY(const bool gone, records_.erase(record));
    if (gone) {
      ++taken_.evicted;
      return {};
    }
    LX_TRY(box, records_.load(record));
  }
  LX_DO(records_.show_again(box));
  return {};
}

/// Everything has been read: what the server keeps of ours is in the base, or belongs to a scope that is not
/// held here. Either way it is not overlay any more (3.10).
Status AnswerTaking::settle() {
  LX_TRY(const auto chains, chains_.all());
  std::map<ReplicaId, std::uint64_t> kept;
  for (const OwnChain& chain : chains)
    kept[chain.end.replica] = chain.acknowledged;
  std::vector<ChangeId> done;
  std::set<Id> records;
  {
    auto select = records_.database().prepare(
        "SELECT replica, counter, record FROM change c WHERE in_overlay = 1 AND NOT EXISTS (SELECT 1 FROM "
        "peer_change p WHERE p.replica = c.replica AND p.counter = c.counter)");
    LX_DO(each_row(select, [&] {
      const ChangeId id{ReplicaId{select.natural(0)}, select.natural(1)};
      const auto chain = kept.find(id.replica);
      if (chain != kept.end() && id.counter > chain->second) return;
      done.push_back(id);
      records.insert(select.id(2));
    }));
  }
  for (const ChangeId& id : done) {
    auto update =
        records_.database().prepare("UPDATE change SET in_overlay = 0 WHERE replica = ? AND counter = ?");
    LX_DO(update.bind(1, id.replica.number).bind(2, id.counter).run());
  }
  for (const Id& record : records)
    LX_DO(settle_record(record));
  LX_TRY(const OwnState own, records_.own());
  LX_DO(records_.meta().set(kMetaSettled, static_cast<std::int64_t>(own.acknowledged)));
  LX_TRY(const std::uint64_t gone, records_.erase_leaving());
  taken_.evicted += gone;
  return sweep();
}

/// Records of which nothing is left here: no feed brought them again after it began anew, or all that was
/// written of them is kept aside elsewhere.
Status AnswerTaking::sweep() {
  LX_TRY(const auto wanted, records_.meta().integer(kMetaSweep));
  if (wanted.value_or(0) != 0) LX_DO(feeds_.forget_untold());
  // While something is still offered to a restored server, a record may only be on its way back.
  LX_TRY(const std::uint64_t offers, parts_.offers().left());
  if (wanted.value_or(0) == 0 || offers > 0) return {};
  std::vector<Id> gone;
  {
    auto select = records_.database().prepare(
        "SELECT id FROM record r WHERE NOT EXISTS (SELECT 1 FROM class_state WHERE record = r.id AND "
        "length(base) > 0) AND NOT EXISTS (SELECT 1 FROM change WHERE record = r.id AND in_overlay = 1)");
    LX_DO(each_row(select, [&] { gone.push_back(select.id(0)); }));
  }
  for (const Id& record : gone)
    LX_DO(records_.erase(record));
  return records_.meta().set(kMetaSweep, std::int64_t{0});
}

}  // namespace lianxin::client::store
