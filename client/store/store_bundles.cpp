#include "client/store/store_bundles.hpp"

#include <algorithm>

#include "client/store/store_opening.hpp"

namespace lianxin::client::store {

namespace laptop = sync::laptop;
namespace wire = sync::wire;

namespace {

constexpr std::size_t kPeerBytesMax = 32 * 1024 * 1024;
constexpr std::uint64_t kViewBits =
    ~((std::uint64_t{1} << 40) - 1);  ///< above positions (server's own views)

}  // namespace

Result<laptop::BundleSelf> StoreBundles::self() {
  laptop::BundleSelf self;
  const Identity& identity = vault_.identity();
  self.address = identity.address;
  self.device = identity.device;
  self.worker = identity.worker;
  LX_TRY(const OwnState own, records_.own());
  self.replica = own.end.replica;
  LX_TRY(const auto epoch, records_.meta().integer(kMetaEpoch));
  self.epoch = static_cast<std::uint64_t>(epoch.value_or(0));
  self.sign_public = identity.sign_public;
  self.sign_secret = identity.sign_secret;
  self.seal_public = identity.seal_public;
  self.seal_secret = identity.seal_secret;
  if (identity.arrival) self.enrolment = identity.arrival->request;
  return self;
}

Status StoreBundles::county_answered() {
  if (!vault_.identity().arrival) return {};
  Identity identity = vault_.identity();
  identity.arrival.reset();
  return vault_.set_identity(identity);
}

Result<std::vector<wire::DeviceEntry>> StoreBundles::devices() { return peers_.devices(); }

Status StoreBundles::want_devices() { return peers_.want_devices(); }

Result<std::string> StoreBundles::scope_code(const Id& scope) { return records_.code_of(scope); }

Result<std::vector<laptop::ChainToSend>> StoreBundles::chains() {
  std::vector<laptop::ChainToSend> out;
  LX_TRY(const auto all, chains_.all());
  for (const OwnChain& chain : all) {
    if (chain.is_present || chain.acknowledged < chain.end.counter)
      out.push_back({chain.end, chain.acknowledged});
  }
  return out;
}

Result<laptop::Outgoing> StoreBundles::outgoing_of(ReplicaId replica, std::uint64_t from_counter,
                                                   std::size_t bytes_max) {
  return read_outgoing(records_.database(), chains_, replica, from_counter, bytes_max);
}

Result<std::uint64_t> StoreBundles::next_number() {
  LX_TRY(const auto number, records_.meta().integer(kMetaExchangeNumber));
  const std::int64_t next = number.value_or(0) + 1;
  LX_DO(records_.meta().set(kMetaExchangeNumber, next));
  return static_cast<std::uint64_t>(next);
}

/// Lives are numbered by the second in which they begin: one that began while the server's clock was fast has
/// a higher number than those that follow. Who asked in the one he knows is answered by that or by a later
/// one.
Result<bool> StoreBundles::is_older_life(std::uint64_t epoch, std::uint64_t number) {
  LX_TRY(const auto known, records_.meta().integer(kMetaEpoch));
  const auto ours = static_cast<std::uint64_t>(known.value_or(0));
  if (epoch == ours) return false;
  LX_TRY(const auto over, records_.meta().integer(std::string(kMetaEpochOver) + std::to_string(epoch)));
  if (over.value_or(0) != 0 || epoch > ours) return over.value_or(0) != 0;
  LX_TRY(const auto since, records_.meta().integer(kMetaEpochSince));
  return !since || static_cast<std::int64_t>(number) < *since;
}

/// A range that begins behind our cursor would leave a hole (8.1). Another view of a feed begins at its
/// start.
Result<std::vector<wire::FeedRange>> StoreBundles::missing_before(
    std::uint64_t epoch, const std::vector<wire::FeedRange>& ranges) {
  std::vector<wire::FeedRange> missing;
  LX_TRY(const auto known, records_.meta().integer(kMetaEpoch));
  const bool same_life = static_cast<std::uint64_t>(known.value_or(0)) == epoch;
  for (const wire::FeedRange& range : ranges) {
    auto select = records_.database().prepare("SELECT position FROM cursor WHERE scope = ? AND privacy = ?");
    LX_TRY(const bool found, select.bind(1, range.scope).bind(2, int{range.privacy}).step());
    const std::uint64_t cursor = found && same_life ? select.natural(0) : 0;
    const bool same_view = !found || (cursor & kViewBits) == (range.from & kViewBits);
    const std::uint64_t have = same_view ? cursor & ~kViewBits : 0;
    if ((range.from & ~kViewBits) > have)
      missing.push_back({range.scope, range.privacy, have, range.from & ~kViewBits});
  }
  return missing;
}

Result<bool> StoreBundles::is_newest(WallMs server_ms, std::uint64_t number) {
  LX_TRY(const auto used, records_.meta().integer(kMetaExchangeNumber));
  if (number != 0 && static_cast<std::int64_t>(number) == used.value_or(0)) return true;
  LX_TRY(const auto last, records_.meta().integer(kMetaAnswerMs));
  return server_ms >= last.value_or(0);
}

Result<laptop::Taken> StoreBundles::take_from_file(const wire::ExchangeAnswer& answer,
                                                   const laptop::FileAnswer& how) {
  return replica_.take_file(answer, how);
}

Status StoreBundles::park(const laptop::ParkedBundle& parked) {
  auto insert = records_.database().prepare("INSERT OR REPLACE INTO parked VALUES(?, ?, ?, ?)");
  insert.bind(1, parked.bundle).bind_blob(2, parked.file).bind_text(3, parked.missing);
  return insert.bind(4, clock_.now_ms()).run();
}

Result<std::vector<laptop::ParkedBundle>> StoreBundles::parked() {
  std::vector<laptop::ParkedBundle> out;
  auto select = records_.database().prepare("SELECT id, file, missing FROM parked ORDER BY id");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({select.id(0), select.blob(1), select.text(2)});
  }
}

Status StoreBundles::unpark(const Id& bundle) {
  auto erase = records_.database().prepare("DELETE FROM parked WHERE id = ?");
  return erase.bind(1, bundle).run();
}

Result<bool> StoreBundles::may_see(const wire::DeviceEntry& to, const Id& record, const Id& scope,
                                   std::uint8_t privacy) {
  LX_TRY(std::vector<Id> scopes, records_.membership().scopes_of(record));
  if (scopes.empty()) scopes.push_back(scope);
  return std::any_of(to.shared.begin(), to.shared.end(), [&](const wire::SharedScope& shared) {
    return std::count(scopes.begin(), scopes.end(), shared.scope) > 0 &&
           std::count(shared.classes.begin(), shared.classes.end(), privacy) > 0;
  });
}

Result<wire::PeerChanges> StoreBundles::changes_for(const wire::DeviceEntry& to) {
  wire::PeerChanges out;
  LX_TRY(const OwnState own, records_.own());
  out.replica = own.end.replica;
  std::size_t bytes = 0;
  auto select = records_.database().prepare(
      "SELECT replica, counter, record, scope, privacy, body, vals FROM change WHERE in_overlay = 1 AND "
      "status = 0 AND hash IS NOT NULL AND vals IS NOT NULL ORDER BY seq");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    LX_TRY(const bool may,
           may_see(to, select.id(2), select.id(3), static_cast<std::uint8_t>(select.integer(4))));
    if (!may) continue;
    const ChangeId before{ReplicaId{select.natural(0)}, select.natural(1) - 1};
    LX_TRY(const auto previous, chains_.hash_at(before));
    if (!previous) continue;
    wire::PeerChange change{select.blob(5), select.blob(6), *previous};
    bytes += change.body.size() + change.values.size();
    if (bytes > kPeerBytesMax) return fail("bundle.too_large");
    out.changes.push_back(std::move(change));
  }
}

Result<laptop::PeerTaken> StoreBundles::take_peer(const wire::DeviceEntry& from,
                                                  const wire::PeerChanges& changes,
                                                  const std::vector<Bytes>& segments) {
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(records_.database()));
  LX_TRY(const laptop::PeerTaken taken, peers_.take(from, changes, segments, clock_.now_ms()));
  LX_DO(transaction.commit());
  return taken;
}

}  // namespace lianxin::client::store
