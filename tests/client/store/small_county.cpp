#include "tests/client/store/small_county.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "shared/base/hash.hpp"
#include "shared/codec/codec.hpp"
#include "sync/change/hlc.hpp"
#include "sync/wire/folding.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/parts.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::test {

namespace cs = client::store;
namespace merge = sync::merge;
namespace wire = sync::wire;
using Verdict = wire::ExchangeAnswer::Verdict;

SmallCounty::SmallCounty()
    : village(*Id::parse("0199bbbb-0000-7000-8000-000000000001")),
      keys_(sync::laptop::make_device_keys()),
      server_(Id::make(kTestDay)),
      scopes_{Id{}, village} {}

cs::NewStore SmallCounty::enrol(const std::filesystem::path& home) {
  cs::NewStore made;
  made.home = home;
  made.passphrase = kPassphrase;
  made.cost = {1, 1};
  made.replica = ReplicaId::random();
  made.epoch = epoch_;
  made.identity.device = Id::make(kTestDay);
  made.identity.worker = *Id::parse("0199aaaa-0000-7000-8000-000000000001");
  made.identity.worker_name = "顾小满";
  made.identity.server = server_;
  made.identity.server_name = "抚松县";
  made.identity.address = {"https://county", "sha256//x", "", server_, keys_.sign_public, keys_.seal_public};
  const auto device = sync::laptop::make_device_keys();
  made.identity.sign_public = device.sign_public;
  made.identity.sign_secret = device.sign_secret;
  made.identity.seal_public = device.seal_public;
  made.identity.seal_secret = device.seal_secret;
  device_keys_[made.identity.device] = device.sign_public;
  made.scopes = {{Id{}, "", {0, 1}}, {village, kVillageOfTests, {0, 1, 2, 3, 4}}};
  return made;
}

void SmallCounty::hold(const Id& scope, bool yes) {
  if (yes) {
    scopes_.insert(scope);
  } else {
    scopes_.erase(scope);
  }
}

void SmallCounty::restore_from_nothing() {
  ++epoch_;
  log_.clear();
  index_.clear();
  chains_.clear();
  feeds_.clear();
  states_.clear();
}

std::set<ReplicaId> SmallCounty::replicas() const {
  std::set<ReplicaId> out;
  for (const Kept& kept : log_)
    out.insert(kept.id.replica);
  return out;
}

void SmallCounty::merge(Kept& kept) {
  const auto values = sync::change::decode_values(kept.values, kept.body);
  REQUIRE(values.ok());
  merge::RecordState& state = states_[kept.body.record];
  state.record = kept.body.record;
  state.kind = kept.body.kind;
  state.parent = kept.body.parent;
  const merge::IsMissing missing = [&](const ChangeId& id) { return !has(id); };
  const merge::HeadMeta meta{kept.body.hlc, sync::change::hlc_ms(kept.body.hlc), false, kept.body.author,
                             kept.body.cause};
  kept.inert = quarantine.count(kept.id.counter) > 0;
  kept.ghosts = (kept.inert ? merge::apply_inert(state, kept.body, missing)
                            : merge::apply(state, kept.body, *values, meta, missing))
                    .new_ghosts;
}

void SmallCounty::take(const wire::ExchangeRequest& request, wire::ExchangeAnswer& answer) {
  sync::change::ChainEnd& known = chains_[request.replica];
  known.replica = request.replica;
  const auto hash_at = [&](std::uint64_t counter) {
    return counter == 0 ? Hash256{} : log_[index_.at({request.replica, counter})].hash;
  };
  const bool lacks =
      request.changes.empty() ? request.own_counter > known.counter : request.first > known.counter + 1;
  if (lacks) {
    answer.verdict = Verdict::kExpected;
    answer.expected = known.counter + 1;
  } else if (!request.changes.empty()) {
    sync::change::ChainEnd end{request.replica, request.first - 1, request.previous};
    if (hash_at(request.first - 1) != request.previous) answer.verdict = Verdict::kFork;
    for (const wire::PackedChange& packed : request.changes) {
      if (answer.verdict != Verdict::kTaken) break;
      auto linked = sync::change::follow(end, packed.body, packed.values);
      REQUIRE(linked.ok());
      const ChangeId id = linked->body.id;
      if (id.counter <= known.counter) {
        if (hash_at(id.counter) != linked->hash) answer.verdict = Verdict::kFork;
        continue;
      }
      Kept kept{id, linked->body, packed.body, packed.values, linked->hash, false, {}};
      merge(kept);
      if (kept.inert)
        answer.ack.outcomes.push_back({id.counter, wire::Outcome::kQuarantined, "no_right", "office"});
      index_[id] = log_.size();
      feeds_[{kept.body.scope, kept.body.writes.front().privacy}].push_back(log_.size());
      log_.push_back(std::move(kept));
      known = end;
    }
  }
  if (answer.verdict == Verdict::kTaken && request.own_counter < known.counter) {
    answer.verdict = hash_at(request.own_counter) == request.own_hash ? Verdict::kBehind : Verdict::kFork;
    for (std::uint64_t counter = request.own_counter + 1; counter <= known.counter; ++counter) {
      const Kept& kept = log_[index_.at({request.replica, counter})];
      answer.returned.push_back({kept.body_bytes, kept.values});
    }
  }
  answer.ack.replica = request.replica;
  answer.ack.counter = known.counter;
  answer.ack.hash = known.hash;
}

void SmallCounty::read(const wire::ExchangeRequest& request, wire::ExchangeAnswer& answer) {
  wire::ErasedValues erased;
  if (const Bytes* part = wire::find_part(request.parts, wire::kPartErased))
    erased = codec::decode<wire::ErasedValues>(*part).value();
  std::map<Place, std::uint64_t> cursors;
  for (const wire::Cursor& cursor : request.cursors)
    cursors[{cursor.scope, cursor.privacy}] = request.epoch == epoch_ ? cursor.position : 0;
  std::size_t left = page_entries;
  std::map<Place, wire::ScopeDigest> digests;
  for (const auto& [place, feed] : feeds_) {
    if (scopes_.count(place.first) == 0) continue;
    wire::FeedPage page;
    page.scope = place.first;
    page.privacy = place.second;
    page.from = cursors[place];
    page.to = page.from;
    while (page.to < feed.size() && left > 0) {
      const Kept& kept = log_[feed[page.to]];
      wire::FeedEntry entry;
      entry.position = ++page.to;
      entry.id = kept.id;
      entry.effective_ms = sync::change::hlc_ms(kept.body.hlc);
      entry.ghosts = kept.ghosts;
      --left;
      if (kept.id.replica == request.replica && !erased.has(kept.id.counter)) {
        entry.kind = wire::EntryKind::kOwn;
        entry.own_inert = kept.inert;
      } else {
        entry.kind = kept.inert ? wire::EntryKind::kInert : wire::EntryKind::kApplied;
        entry.body = kept.body_bytes;
        if (!kept.inert) entry.values = kept.values;
      }
      page.entries.push_back(std::move(entry));
    }
    answer.more = answer.more || page.to < feed.size();
    wire::ScopeDigest digest{place.first, place.second, page.to, 0, {}};
    std::set<Id> records;
    for (const std::size_t at : feed)
      records.insert(log_[at].body.record);
    for (const Id& record : records) {
      const auto owner = states_.at(record).classes.find(place.second);
      if (owner == states_.at(record).classes.end() || owner->second.empty()) continue;
      digest.digest += merge::digest_leaf(record, place.second, owner->second);
      ++digest.records;
    }
    digests[place] = digest;
    if (page.to != page.from) answer.pages.push_back(std::move(page));
  }
  if (answer.more) return;
  for (const auto& [place, digest] : digests)
    answer.digests.push_back(digest);
}

std::vector<wire::HeldScope> SmallCounty::held_scopes() const {
  std::vector<wire::HeldScope> held;
  for (const Id& scope : scopes_) {
    if (scope.is_nil()) {
      held.push_back({scope, "", {0, 1}});
    } else {
      held.push_back({scope, kVillageOfTests, {0, 1, 2, 3, 4}});
    }
  }
  return held;
}

Result<Bytes> SmallCounty::post(const std::string& path, BytesView body,
                                const sync::laptop::TransferProgress&, const sync::laptop::CancelFlag&) {
  if (path == "/v1/picture") return fail("net.server", {{"status", "404"}});
  REQUIRE(path == "/v1/exchange");
  const auto message = wire::unpack<wire::SignedRequest>(body);
  REQUIRE(message.ok());
  auto request = wire::decode_request(message->payload);
  REQUIRE(request.ok());
  const std::vector<wire::HeldScope> held = held_scopes();
  REQUIRE(wire::unfold(*request).ok());
  const bool reads_cursors = wire::read_cursors(*request, held);
  REQUIRE(sync::wire::is_signed_by(
      device_keys_.at(message->device),
      wire::request_to_sign(server_, request->epoch, message->number, message->payload), message->signature));
  wire::ExchangeAnswer answer;
  answer.server = server_;
  answer.epoch = epoch_;
  answer.server_ms = clock.now_ms();
  take(*request, answer);
  answer.scopes = held;
  answer.more = answer.more || !reads_cursors;
  if (answer.verdict == Verdict::kTaken && reads_cursors) read(*request, answer);
  // After a restore the laptops' own changes are all that was lost here.
  if (wire::find_part(request->parts, wire::kPartOffers) != nullptr)
    answer.parts.push_back({wire::kPartOffers, wire::encode_part(wire::OfferAnswer{})});
  if (before_sending) before_sending(answer);
  answer.ack.epoch = epoch_;
  answer.ack.signature =
      sync::wire::sign(keys_.sign_secret, wire::acknowledgement_to_sign(server_, answer.ack));
  last_answer = answer;
  if (loses_answers) return fail("net.unreachable");
  if (request->folding) wire::fold(answer, *request->folding);
  return wire::pack(answer);
}

Result<sync::laptop::Receipt> SmallCounty::try_sync(cs::LaptopStore& store) {
  clock.advance(1000);
  const sync::laptop::CancelFlag cancel{false};
  return sync::laptop::run_sync(store.replica(), *this, clock, {}, cancel);
}

sync::laptop::Receipt SmallCounty::sync(cs::LaptopStore& store) {
  auto receipt = try_sync(store);
  if (!receipt.ok()) FAIL(receipt.error().code << " " << receipt.error().detail);
  return *receipt;
}

std::unique_ptr<client::store::LaptopStore> TwoLaptops::make(const char* name) {
  auto made = client::store::LaptopStore::create(county.enrol(folder.path() / name), county.clock);
  if (!made.ok()) FAIL(made.error().code << " " << made.error().detail);
  return std::move(*made);
}

Id put_member(cs::LaptopStore& store, const std::string& name) {
  cs::Edit edit;
  edit.kind = "member";
  edit.fields = {{"name", cs::FieldEdit::Op::kSet, name},
                 {"home_village_id", cs::FieldEdit::Op::kSet, kVillageOfTests}};
  const auto saved = store.records().save({edit});
  if (!saved.ok()) FAIL(saved.error().code << " " << saved.error().detail);
  REQUIRE(saved->ok);
  return saved->records.front();
}

std::string name_of(cs::LaptopStore& store, const Id& record) {
  const auto shown = store.records().get(record);
  REQUIRE(shown.ok());
  return shown->has_value() ? (*shown)->value("name") : "";
}

std::string dump_of(cs::LaptopStore& store) {
  std::string out;
  const auto dumped =
      store.records().dump("", true, [&](std::string_view line) { out += std::string(line) + "\n"; });
  REQUIRE(dumped.ok());
  return out;
}

std::string problems_of(cs::LaptopStore& store) {
  std::string out;
  const auto verified = store.verify();
  if (!verified.ok()) FAIL(verified.error().code << " " << verified.error().detail);
  for (const auto& problem : verified->problems)
    out += problem.invariant + " " + problem.record + " " + problem.what + "\n";
  return out;
}

}  // namespace lianxin::test
