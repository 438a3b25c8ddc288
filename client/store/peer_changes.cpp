#include "client/store/peer_changes.hpp"

#include <algorithm>
#include <set>

#include "client/store/feed_writer.hpp"
#include "client/store/own_chains.hpp"
#include "client/store/purging.hpp"
#include "client/store/rights.hpp"
#include "shared/base/log.hpp"
#include "sync/change/hlc.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace wire = sync::wire;

namespace {

constexpr std::string_view kMetaDevicesVersion = "devices_version";
constexpr std::string_view kMetaDevicesAsked = "devices_asked_ms";
constexpr WallMs kListLifeMs = 60 * 60 * 1000;
constexpr std::size_t kSegmentsBytesMax = 2 * 1024 * 1024;  ///< in one request
constexpr int kAsksMax = 20'000;

}  // namespace

Result<std::optional<std::array<std::uint8_t, 8>>> peer_hash8(lianxin::store::Database& database,
                                                              const ChangeId& id) {
  std::optional<std::array<std::uint8_t, 8>> out;
  auto select = database.prepare("SELECT hash FROM peer_change WHERE replica = ? AND counter = ?");
  LX_TRY(const bool found, select.bind(1, id.replica.number).bind(2, id.counter).step());
  if (!found) return out;
  LX_TRY(const Hash256 hash, Hash256::from_bytes(select.blob(0)));
  out = wire::hash8_of(hash);
  return out;
}

Result<bool> PeerChanges::any() {
  auto select = records_.database().prepare("SELECT 1 FROM peer_change LIMIT 1");
  return select.step();
}

Result<std::uint64_t> PeerChanges::unconfirmed() {
  auto select = records_.database().prepare(
      "SELECT count(*) FROM peer_change JOIN change USING(replica, counter) WHERE in_overlay = 1");
  LX_TRY(const bool found, select.step());
  return found ? select.natural(0) : std::uint64_t{0};
}

Status PeerChanges::add_parts(std::vector<wire::Part>& parts, WallMs now_ms) {
  LX_TRY(const auto asked, records_.meta().integer(kMetaDevicesAsked));
  if (now_ms - asked.value_or(0) >= kListLifeMs || now_ms < asked.value_or(0)) {
    LX_TRY(const auto version, records_.meta().integer(kMetaDevicesVersion));
    const wire::DeviceListAsk ask{static_cast<std::uint64_t>(version.value_or(0))};
    parts.push_back({wire::kPartDevices, wire::encode_carried(ask)});
  }
  wire::Carried carried;
  std::size_t bytes = 0;
  auto segments = records_.database().prepare("SELECT segment FROM carried ORDER BY at_ms, hash");
  for (;;) {
    LX_TRY(const bool found, segments.step());
    if (!found) break;
    Bytes segment = segments.blob(0);
    if (bytes > 0 && bytes + segment.size() > kSegmentsBytesMax) break;
    bytes += segment.size();
    carried.segments.push_back(std::move(segment));
  }
  if (!carried.segments.empty()) parts.push_back({wire::kPartCarried, wire::encode_carried(carried)});
  wire::PeerAsk ask;
  auto heads = records_.database().prepare("SELECT replica, counter, hash FROM peer_change LIMIT ?");
  heads.bind(1, kAsksMax);
  for (;;) {
    LX_TRY(const bool found, heads.step());
    if (!found) break;
    LX_TRY(const Hash256 hash, Hash256::from_bytes(heads.blob(2)));
    ask.heads.push_back({{ReplicaId{heads.natural(0)}, heads.natural(1)}, wire::hash8_of(hash)});
  }
  if (!ask.heads.empty()) parts.push_back({wire::kPartPeers, wire::encode_carried(ask)});
  return {};
}

Status PeerChanges::take_parts(const wire::ExchangeAnswer& answer, bool is_whole, WallMs now_ms) {
  moved_ = false;
  if (const Bytes* part = wire::find_part(answer.parts, wire::kPartDevices)) {
    LX_TRY(const auto list, wire::decode_carried<wire::DeviceList>(*part));
    LX_DO(take_list(list, now_ms));
  }
  if (const Bytes* part = wire::find_part(answer.parts, wire::kPartCarried)) {
    LX_TRY(const auto taken, wire::decode_carried<wire::CarriedTaken>(*part));
    for (const wire::CarriedTaken::One& one : taken.segments) {
      if (!one.refused.empty()) log_event("bundle.segment_refused", {{"why", one.refused}});
      if (one.refused == "wire.newer") continue;  // a county that is brought up to date takes it
      auto erase = records_.database().prepare("DELETE FROM carried WHERE hash = ?");
      LX_DO(erase.bind_blob(1, one.segment.bytes()).run());
      moved_ = true;
    }
  }
  if (const Bytes* part = wire::find_part(answer.parts, wire::kPartPeers)) {
    LX_TRY(const auto told, wire::decode_carried<wire::PeerTold>(*part));
    LX_DO(take_told(told, is_whole));
  }
  return {};
}

Result<bool> PeerChanges::wants_exchange() {
  if (!moved_) return false;
  auto select = records_.database().prepare("SELECT 1 FROM carried LIMIT 1");
  return select.step();
}

Status PeerChanges::take_list(const wire::DeviceList& list, WallMs now_ms) {
  LX_DO(records_.meta().set(kMetaDevicesAsked, now_ms));
  LX_TRY(const auto version, records_.meta().integer(kMetaDevicesVersion));
  if (version && static_cast<std::uint64_t>(*version) == list.version) return {};
  LX_DO(records_.database().exec("DELETE FROM device"));
  for (const wire::DeviceEntry& entry : list.devices) {
    auto insert = records_.database().prepare("INSERT OR REPLACE INTO device VALUES(?, ?)");
    LX_DO(insert.bind(1, entry.device).bind_blob(2, wire::encode_carried(entry)).run());
  }
  return records_.meta().set(kMetaDevicesVersion, static_cast<std::int64_t>(list.version));
}

Status PeerChanges::want_devices() { return records_.meta().set(kMetaDevicesAsked, std::int64_t{0}); }

Result<std::vector<wire::DeviceEntry>> PeerChanges::devices() {
  std::vector<wire::DeviceEntry> out;
  auto select = records_.database().prepare("SELECT entry FROM device ORDER BY id");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    LX_TRY(auto entry, wire::decode_carried<wire::DeviceEntry>(select.blob(0)));
    out.push_back(std::move(entry));
  }
}

/// What the county keeps is no overlay once everything has been read (3.10). What it keeps under that id with
/// another body comes under the branch's name.
Status PeerChanges::take_told(const wire::PeerTold& told, bool is_whole) {
  std::set<Id> records;
  const auto settle = [&](const wire::KnownHead& head, std::string_view sql) -> Status {
    LX_TRY(const auto hash8, peer_hash8(records_.database(), head.id));
    if (!hash8 || *hash8 != head.hash8) return {};
    LX_TRY(const auto known, records_.log().find(head.id));
    if (known) records.insert(known->body.record);
    auto statement = records_.database().prepare(sql);
    return statement.bind(1, head.id.replica.number).bind(2, head.id.counter).run();
  };
  for (const wire::KnownHead& head : told.other)
    LX_DO(settle(head, "DELETE FROM change WHERE replica = ? AND counter = ? AND in_base = 0"));
  for (const wire::KnownHead& head : told.kept) {
    if (!is_whole) break;
    LX_DO(settle(head, "UPDATE change SET in_overlay = 0 WHERE replica = ? AND counter = ?"));
  }
  LX_DO(sweep());
  for (const Id& record : records)
    LX_DO(lay(record));
  return {};
}

Status PeerChanges::sweep() {
  return records_.database().exec(
      "DELETE FROM peer_change WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.replica = "
      "peer_change.replica AND c.counter = peer_change.counter AND c.in_overlay = 1)");
}

Status PeerChanges::make_way(const ChangeId& id, BytesView body) {
  LX_TRY(const auto hash8, peer_hash8(records_.database(), id));
  if (!hash8) return {};
  LX_TRY(const auto known, records_.log().find(id));
  if (!known || change::encode_body(known->body) == body) return {};
  auto erase =
      records_.database().prepare("DELETE FROM change WHERE replica = ? AND counter = ? AND in_base = 0");
  LX_DO(erase.bind(1, id.replica.number).bind(2, id.counter).run());
  return known->body.record.is_nil() ? Status() : lay(known->body.record);
}

Status PeerChanges::lay(const Id& record, const change::ChangeBody* first) {
  LX_TRY(RecordBox box, records_.load(record));
  if (!box.is_known) {
    if (first == nullptr) return {};
    box.base.kind = first->kind;
    box.base.parent = first->parent;
    box.shown.kind = first->kind;
    box.shown.parent = first->parent;
    box.enters = first->scope;
  }
  LX_DO(records_.show_again(box));
  return {};
}

/// Of hardship and notes whoever is a worker there holds a view: as the feed said, or, where it has told
/// nothing yet, by his role.
Result<bool> PeerChanges::holds_view(const Id& scope, std::uint8_t privacy) {
  if (privacy < static_cast<std::uint8_t>(domain::PrivacyClass::kHardship)) return false;
  auto select =
      records_.database().prepare("SELECT position >> ? & 1 FROM cursor WHERE scope = ? AND privacy = ?");
  select.bind(1, kViewShift).bind(2, scope).bind(3, int{privacy});
  LX_TRY(const bool was_told, select.step());
  if (was_told) return select.integer(0) != 0;
  LX_TRY(const bool is_secretary,
         Rights(records_.database(), records_.clock()).may(domain::EditRole::kVillage, scope));
  return !is_secretary;
}

/// Its record stands in a scope of ours with this class, and not as a view of it, or is told of for the first
/// time in one (6.3): the colleague may not have heard that we hold less now.
Result<bool> PeerChanges::is_ours_to_hold(const change::ChangeBody& body) {
  if (body.writes.empty()) return false;
  LX_TRY(std::vector<Id> scopes, records_.membership().scopes_of(body.record));
  if (scopes.empty()) scopes.push_back(body.scope);
  LX_TRY(const auto held, records_.held());
  for (const HeldScope& scope : held) {
    const bool is_held = !scope.scope.is_nil() && std::count(scopes.begin(), scopes.end(), scope.scope) > 0 &&
                         std::count(scope.classes.begin(), scope.classes.end(), body.privacy()) > 0;
    LX_TRY(const bool is_view, is_held ? holds_view(scope.scope, body.privacy()) : Result<bool>(true));
    if (!is_view) return true;
  }
  return false;
}

Result<bool> PeerChanges::take_one(const wire::DeviceEntry& from, const wire::PeerChange& packed,
                                   ReplicaId replica, sync::laptop::PeerTaken& out, WallMs now_ms) {
  LX_TRY(const change::ChangeBody body, change::decode_body(packed.body));
  LX_TRY(const change::ChangeValues values, change::decode_values(packed.values, body));
  if (body.id.replica != replica || body.author != from.worker) return fail("bundle.malformed", {}, "author");
  change::ChainEnd end{replica, body.id.counter - 1, packed.previous};
  LX_TRY(change::Change linked, change::follow(end, packed.body, packed.values));
  // What a feed has told of by its state alone, or what has left since, is not here and no news either.
  LX_TRY(const bool missing, records_.is_missing(body.id));
  if (!missing) {
    ++out.known;
    return false;
  }
  LX_TRY(const bool ours, is_ours_to_hold(body));
  if (!ours) {
    ++out.outside;
    return false;
  }
  LX_DO(drop_purged(records_.database(), body, linked.values));
  LX_DO(records_.log().put_peer(linked));
  auto insert = records_.database().prepare("INSERT INTO peer_change VALUES(?, ?, ?, ?, ?)");
  insert.bind(1, body.id.replica.number).bind(2, body.id.counter).bind_blob(3, linked.hash.bytes());
  LX_DO(insert.bind(4, from.device).bind(5, now_ms).run());
  LX_DO(lay(body.record, &body));
  ++out.fresh;
  return true;
}

Result<sync::laptop::PeerTaken> PeerChanges::take(const wire::DeviceEntry& from,
                                                  const wire::PeerChanges& changes,
                                                  const std::vector<Bytes>& segments, WallMs now_ms) {
  sync::laptop::PeerTaken out;
  OwnChains chains(records_.database());
  LX_TRY(const auto other_devices, devices());
  for (const wire::PeerChange& one : changes.changes) {
    LX_TRY(const change::ChangeBody body, change::decode_body(one.body));
    const ReplicaId replica = body.id.replica;
    LX_TRY(const auto own, chains.find(replica));
    const bool is_others =
        std::any_of(other_devices.begin(), other_devices.end(), [&](const wire::DeviceEntry& entry) {
          return entry.device != from.device && entry.replica == replica;
        });
    if (own || is_others) return fail("bundle.malformed", {}, "another's name");
    LX_TRY(const bool fresh, take_one(from, one, replica, out, now_ms));
    if (!fresh) continue;
    LX_TRY(OwnState state, records_.own());
    state.hlc.absorb(body.hlc, false, now_ms - state.clock_offset_ms);
    LX_DO(records_.set_own(state));
  }
  for (const Bytes& segment : segments) {
    auto insert = records_.database().prepare("INSERT OR IGNORE INTO carried VALUES(?, ?, ?, ?)");
    insert.bind_blob(1, hash256(segment).bytes()).bind_blob(2, segment).bind(3, from.device);
    LX_DO(insert.bind(4, now_ms).run());
  }
  return out;
}

}  // namespace lianxin::client::store
