#include "client/store/store_replica.hpp"

#include <algorithm>

#include "client/store/seal.hpp"
#include "client/store/store_opening.hpp"
#include "client/store/store_take.hpp"
#include "shared/base/log.hpp"
#include "shared/codec/codec.hpp"
#include "shared/store/each_row.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::client::store {

namespace laptop = sync::laptop;
namespace wire = sync::wire;

namespace {

constexpr std::string_view kMetaVerdict = "verdict";
constexpr int kInVainMax = 3;
constexpr std::size_t kPackedOverhead = 8;
constexpr int kPastSyncsKept = 200;

}  // namespace

Result<HeadMark> StoreReplica::mark() {
  LX_TRY(const OwnState own, records_.own());
  return HeadMark{own.end, own.acknowledged};
}

/// Whether the next change of an earlier chain is here and can be linked.
Result<bool> StoreReplica::can_send(const OwnChain& chain) {
  if (chain.acknowledged >= chain.end.counter) return false;
  const auto tried = in_vain_.find(chain.end.replica);
  if (tried != in_vain_.end() && tried->second >= kInVainMax) return false;
  LX_TRY(const auto previous, chains_.hash_at({chain.end.replica, chain.acknowledged}));
  auto next = records_.database().prepare(
      "SELECT 1 FROM change WHERE replica = ? AND counter = ? AND hash IS NOT NULL");
  LX_TRY(const bool found, next.bind(1, chain.end.replica.number).bind(2, chain.acknowledged + 1).step());
  return found && previous;
}

Result<OwnChain> StoreReplica::chain_to_speak_for() {
  LX_TRY(auto chains, chains_.all());
  for (const OwnChain& chain : chains) {
    if (chain.is_present) return chain;
    LX_TRY(const bool sends, can_send(chain));
    if (sends) return chain;
  }
  return chains.back();
}

Result<std::vector<wire::Cursor>> StoreReplica::cursors() {
  std::vector<wire::Cursor> out;
  auto select =
      records_.database().prepare("SELECT scope, privacy, position FROM cursor ORDER BY scope, privacy");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({select.id(0), static_cast<std::uint8_t>(select.integer(1)), select.natural(2)});
  }
}

Result<std::vector<wire::HeldScope>> held_as_told(lianxin::store::Database& database) {
  constexpr std::uint8_t kClassesMax = 63;
  std::vector<wire::HeldScope> out;
  auto select = database.prepare("SELECT scope, code, classes FROM held ORDER BY scope");
  LX_DO(each_row(select, [&] {
    wire::HeldScope one{select.id(0), select.text(1), {}};
    for (std::uint8_t privacy = 0; privacy < kClassesMax; ++privacy) {
      if ((select.integer(2) >> privacy & 1) != 0) one.classes.push_back(privacy);
    }
    out.push_back(std::move(one));
  }));
  return out;
}

/// Where each feed stands here, and the digest of its base.
Result<std::map<FeedPlace, wire::FeedEnd>> StoreReplica::ends() {
  std::map<FeedPlace, wire::FeedEnd> out;
  LX_TRY(const auto read_to, cursors());
  for (const wire::Cursor& cursor : read_to)
    out[{cursor.scope, cursor.privacy}] = {cursor.scope, cursor.privacy, cursor.position, 0, {}};
  auto select = records_.database().prepare("SELECT scope, privacy, records, digest FROM digest");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    wire::FeedEnd& end = out[{select.id(0), static_cast<std::uint8_t>(select.integer(1))}];
    end.scope = select.id(0);
    end.privacy = static_cast<std::uint8_t>(select.integer(1));
    end.records = select.natural(2);
    LX_TRY(end.digest, Digest128::from_bytes(select.blob(3)));
  }
}

/// What left this laptop: stated, and named where its values are gone.
Result<std::vector<wire::Part>> StoreReplica::parts() {
  std::vector<wire::Part> out;
  Erasure erasure(records_.database());
  LX_TRY(stating_, erasure.to_state());
  if (!stating_.scopes.empty()) out.push_back({wire::kPartConfirmed, codec::encode(stating_)});
  LX_TRY(const wire::ErasedValues erased, erasure.erased(speaking_));
  if (!erased.ranges.empty()) out.push_back({wire::kPartErased, codec::encode(erased)});
  return out;
}

/// Erased is erased: neither the journal nor the database's log keeps what a transaction took away.
Status StoreReplica::clean_up() {
  LX_DO(tail_.erased());
  return records_.database().exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<std::uint64_t> StoreReplica::epoch() {
  LX_TRY(const auto epoch, records_.meta().integer(kMetaEpoch));
  return static_cast<std::uint64_t>(epoch.value_or(0));
}

Result<std::uint64_t> StoreReplica::use_number() {
  LX_TRY(const auto used, records_.meta().integer(kMetaExchangeNumber));
  const std::uint64_t number = static_cast<std::uint64_t>(used.value_or(0)) + 1;
  LX_DO(records_.meta().set(kMetaExchangeNumber, static_cast<std::int64_t>(number)));
  return number;
}

Result<bool> StoreReplica::stands_at(const laptop::ExchangeStart& start) {
  LX_TRY(const OwnState own, records_.own());
  LX_TRY(const std::uint64_t now, epoch());
  LX_TRY(const auto read_to, cursors());
  LX_TRY(const auto held, held_as_told(records_.database()));
  return own.end.replica == start.own.replica && now == start.epoch && read_to == start.cursors &&
         wire::sum_of(held) == wire::sum_of(start.held);
}

Result<laptop::ExchangeStart> StoreReplica::begin_exchange() {
  laptop::ExchangeStart start;
  start.address = identity_.address;
  start.device = identity_.device;
  start.catalogue = records_.catalogue().version();
  LX_TRY(start.epoch, epoch());
  LX_TRY(start.number, use_number());
  LX_TRY(const OwnChain chain, chain_to_speak_for());
  start.own = chain.end;
  start.acknowledged = chain.acknowledged;
  start.earlier_replica = !chain.is_present;
  speaking_ = chain.end.replica;
  LX_TRY(start.cursors, cursors());
  LX_TRY(start.held, held_as_told(records_.database()));
  LX_TRY(start.parts, parts());
  LX_TRY(const auto verdict, records_.meta().bytes(kMetaVerdict));
  if (verdict && !verdict->empty()) {
    LX_TRY(start.verdict, codec::decode<wire::Verdict>(*verdict));
  }
  if (!start.earlier_replica) {
    LX_TRY(std::vector<wire::Part> asked, parts_.request());
    for (wire::Part& part : asked)
      start.parts.push_back(std::move(part));
    LX_TRY(Bytes pictures, pictures_.ask());
    if (!pictures.empty()) start.parts.push_back({wire::kPartPictures, std::move(pictures)});
  }
  LX_DO(peers_.add_parts(start.parts, clock_.now_ms()));
  start.each_digest = asks_each_digest_ || wire::find_part(start.parts, wire::kPartHealing) != nullptr;
  return start;
}

Status StoreReplica::skip_exchanges(std::uint64_t last) {
  LX_TRY(const auto number, records_.meta().integer(kMetaExchangeNumber));
  const auto used = static_cast<std::uint64_t>(number.value_or(0));
  // Near the end of all numbers this laptop would be kept away for good. A rebuilt store begins at its
  // clock's milliseconds, which may be of any year.
  constexpr std::uint64_t kNumberMax = std::uint64_t{1} << 52;
  if (last < used || last > kNumberMax) return fail("exchange.number", {{"last", std::to_string(last)}});
  return records_.meta().set(kMetaExchangeNumber, static_cast<std::int64_t>(last));
}

Result<laptop::OutgoingCost> StoreReplica::outgoing_cost() {
  LX_TRY(const OwnChains::Cost cost, chains_.cost());
  LX_TRY(const std::uint64_t offers, parts_.offers().left());
  LX_TRY(const std::uint64_t brought, peers_.unconfirmed());
  return laptop::OutgoingCost{cost.changes + offers, cost.bytes, brought};
}

Result<laptop::Outgoing> StoreReplica::outgoing(std::uint64_t from_counter, std::size_t bytes_max) {
  if (speaking_.number == 0) {
    LX_TRY(const OwnChain chain, chain_to_speak_for());
    speaking_ = chain.end.replica;
  }
  return read_outgoing(records_.database(), chains_, speaking_, from_counter, bytes_max);
}

Result<laptop::Outgoing> read_outgoing(lianxin::store::Database& database, OwnChains& chains,
                                       ReplicaId replica, std::uint64_t from_counter, std::size_t bytes_max) {
  laptop::Outgoing out;
  LX_TRY(const auto chain, chains.find(replica));
  if (chain && from_counter != 0) from_counter = std::max(from_counter, chain->base.counter + 1);
  LX_TRY(const auto previous, chains.hash_at({replica, from_counter - 1}));
  if (from_counter == 0 || !previous) return out;
  out.first = from_counter;
  out.previous = *previous;
  auto select = database.prepare(
      "SELECT counter, action, body, vals FROM change WHERE replica = ? AND counter >= ? AND hash IS NOT "
      "NULL ORDER BY counter");
  select.bind(1, replica.number).bind(2, from_counter);
  std::size_t bytes = 0;
  std::uint64_t action = 0;
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found || select.natural(0) != from_counter + out.changes.size()) break;
    wire::PackedChange change{select.blob(2), select.blob(3)};
    bytes += change.body.size() + change.values.size() + kPackedOverhead;
    if (bytes > bytes_max && !out.changes.empty() && select.natural(1) != action) {
      out.more = true;
      break;
    }
    action = select.natural(1);
    out.changes.push_back(std::move(change));
  }
  if (out.changes.empty()) return laptop::Outgoing{};
  LX_TRY(const wire::SealedValues sealed,
         Erasure(database).sealed(replica, out.first, out.first + out.changes.size() - 1));
  if (!sealed.values.empty()) out.parts.push_back({wire::kPartSealed, codec::encode(sealed)});
  if (chain && chain->base.counter > 0)
    out.parts.push_back({wire::kPartRest, codec::encode(wire::ChainRest{chain->base.counter + 1})});
  return out;
}

Result<Bytes> StoreReplica::sign(BytesView message) { return sign_as_device(identity_, message); }

Result<laptop::Taken> StoreReplica::take(const wire::ExchangeAnswer& answer, const laptop::Asked& asked) {
  // By its acknowledgement and positions an answer says itself where it belongs.
  return take_answer(answer, {nullptr, asked.under_way});
}

Result<laptop::Taken> StoreReplica::take_file(const wire::ExchangeAnswer& answer,
                                              const laptop::FileAnswer& how) {
  speaking_ = how.speaking;
  return take_answer(answer, {&how, {}});
}

Result<laptop::Taken> StoreReplica::take_answer(const wire::ExchangeAnswer& answer, const AnswerWay& way) {
  if (answer.server != identity_.server) return fail("sync.other_server");
  if (!sync::wire::is_signed_by(identity_.address.sign_key,
                                wire::acknowledgement_to_sign(answer.server, answer.ack),
                                answer.ack.signature) ||
      answer.ack.epoch != answer.epoch)
    return fail("sync.signature");
  if (speaking_.number == 0) {
    LX_TRY(const OwnState own, records_.own());
    speaking_ = own.end.replica;
  }
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(records_.database()));
  AnswerTaking taking(records_, answer, speaking_, parts_, peers_, way);
  LX_DO(taking.run());
  LX_DO(pictures_.take(answer));
  LX_DO(Erasure(records_.database()).stated(stating_));
  LX_DO(transaction.commit());
  LX_DO(records_.follow_own_fields());
  stating_ = {};
  if (parts_.take_purged()) {
    LX_DO(records_.database().checkpoint());
    LX_DO(tail_.purged());
  }

  was_fork_ = answer.verdict == wire::ExchangeAnswer::Verdict::kFork;
  branch_is_placed_ = was_fork_ && taking.moved();
  branch_first_ = taking.renamed_from();
  LX_TRY(const HeadMark now, mark());
  if (now.end.replica != speaking_ && !taking.moved()) ++in_vain_[speaking_];
  if (taking.moved()) in_vain_.erase(speaking_);
  if (taking.offers_all()) tail_.offered_again();
  LX_DO(tail_.acknowledged(speaking_, taking.acknowledged(), now));
  const bool is_old = speaking_ != now.end.replica;
  if (is_old && branch_first_ != 0) LX_DO(chains_.end_before(speaking_, branch_first_));
  if (taking.erased()) LX_DO(clean_up());
  // Nothing is written under a counter that is taken already (7.2).
  if (taking.is_copy()) LX_DO(become_new_replica());
  return taking.taken();
}

Status StoreReplica::become_new_replica() {
  LX_TRY(const OwnState own, records_.own());
  if (speaking_ != own.end.replica) {
    // An earlier chain: the server having more of it than we do keeps all that is here.
    if (!was_fork_) LX_DO(chains_.acknowledge(speaking_, ~std::uint64_t{0} >> 1));
    return {};
  }
  {
    LX_TRY(auto transaction, lianxin::store::Transaction::begin(records_.database()));
    // After a fork only the server can find where the chains part: all of it is offered again, unless the
    // branch was begun with this very batch, which proves all before it.
    const bool offers_all = was_fork_ && !branch_is_placed_;
    LX_DO(chains_.begin_anew(offers_all ? std::optional<std::uint64_t>(0) : std::nullopt));
    if (branch_first_ != 0) LX_DO(chains_.end_before(own.end.replica, branch_first_));
    LX_DO(transaction.commit());
  }
  LX_TRY(const HeadMark now, mark());
  speaking_ = now.end.replica;
  return tail_.saved({}, now);
}

/// The server told one sum over all feeds held, and ours is another one.
Result<bool> StoreReplica::differs_by_sum(const wire::ExchangeAnswer& last,
                                          const std::map<FeedPlace, wire::FeedEnd>& ours) {
  if (!last.digest_sum) return false;
  std::vector<wire::FeedEnd> all;
  all.reserve(ours.size());
  for (const auto& [place, end] : ours)
    all.push_back(end);
  LX_TRY(const auto held, held_as_told(records_.database()));
  return wire::sum_of_ends(held, all) != *last.digest_sum;
}

Result<std::vector<laptop::ScopeVerdict>> StoreReplica::compare(const wire::ExchangeAnswer& last,
                                                                std::uint64_t number) {
  std::map<FeedPlace, wire::ScopeDigest> theirs;
  for (const wire::ScopeDigest& digest : last.digests)
    theirs[{digest.scope, digest.privacy}] = digest;
  std::vector<laptop::ScopeVerdict> verdicts;
  std::vector<FeedPlace> unequal;
  LX_DO(parts_.healing().recount_when_due(clock_.now_ms()));
  LX_TRY(auto ours, ends());
  LX_TRY(asks_each_digest_, differs_by_sum(last, ours));
  if (last.digest_sum && !asks_each_digest_) theirs = ours;
  LX_TRY(const auto held, records_.held());
  wire::Verdict verdict{number, !last.more, false};
  for (const HeldScope& scope : held) {
    laptop::ScopeVerdict one;
    one.scope = scope.scope;
    one.code = scope.code;
    one.equal = !last.more && !asks_each_digest_;
    Digest128 ours_sum;
    Digest128 theirs_sum;
    for (const std::uint8_t privacy : scope.classes) {
      const FeedPlace place{scope.scope, privacy};
      const wire::FeedEnd& here = ours[place];
      const wire::FeedEnd& server = theirs[place];
      one.records = std::max(one.records, here.records);
      const bool same_place = !last.more && here.position == server.position;
      if (same_place && here.digest != server.digest) unequal.push_back(place);
      one.equal = one.equal && here.digest == server.digest && same_place;
      ours_sum += here.digest;
      theirs_sum += server.digest;
    }
    one.digest = ours_sum.hex();
    one.server_digest = theirs_sum.hex();
    verdict.equal = verdict.equal && one.equal;
    verdicts.push_back(std::move(one));
  }
  auto overlay = records_.database().prepare("SELECT 1 FROM change WHERE in_overlay = 1 LIMIT 1");
  LX_TRY(const bool has_overlay, overlay.step());
  verdict.overlay_empty = !has_overlay;
  LX_DO(records_.meta().set_bytes(kMetaVerdict, codec::encode(verdict)));
  if (!asks_each_digest_) LX_DO(parts_.healing().compared(unequal));
  return verdicts;
}

Result<std::vector<std::string>> StoreReplica::disputes() {
  std::vector<std::string> out;
  auto select = records_.database().prepare("SELECT id FROM conflict ORDER BY id");
  LX_DO(each_row(select, [&] { out.push_back(select.text(0)); }));
  return out;
}

Result<bool> StoreReplica::wants_exchange() {
  if (asks_each_digest_) return true;
  LX_TRY(const bool parts, parts_.wants_exchange());
  if (parts) return true;
  return peers_.wants_exchange();
}

Result<std::size_t> StoreReplica::answer_bytes() {
  LX_TRY(const auto bytes, records_.meta().integer(kMetaAnswerBytes));
  return static_cast<std::size_t>(std::max<std::int64_t>(bytes.value_or(0), 0));
}

Status StoreReplica::remember_answer_bytes(std::size_t bytes) {
  return records_.meta().set(kMetaAnswerBytes, static_cast<std::int64_t>(bytes));
}

Status StoreReplica::remember_sync(const std::string& summary_json, bool complete) {
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(records_.database()));
  const WallMs now = clock_.now_ms();
  auto insert =
      records_.database().prepare("INSERT INTO past_sync(at_ms, complete, summary) VALUES(?, ?, ?)");
  LX_DO(insert.bind(1, now).bind(2, complete).bind_text(3, summary_json).run());
  auto old =
      records_.database().prepare("DELETE FROM past_sync WHERE id <= (SELECT max(id) FROM past_sync) - ?");
  LX_DO(old.bind(1, kPastSyncsKept).run());
  LX_DO(records_.meta().set(kMetaLastSync, now));
  LX_DO(records_.meta().set(kMetaLastSyncComplete, complete ? 1 : 0));
  return transaction.commit();
}

}  // namespace lianxin::client::store
