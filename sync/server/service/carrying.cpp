#include "sync/server/service/carrying.hpp"

#include <algorithm>
#include <map>

#include "sync/server/service/keys.hpp"
#include "sync/wire/folding.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kAsksMax = 20'000;

/// Puts back values that lay sealed to us since their record left the laptop (6.3).
void unseal(const KeyPair& keys, wire::ExchangeRequest& request) {
  const Bytes* part = wire::find_part(request.parts, wire::kPartSealed);
  if (part == nullptr) return;
  const auto sealed = codec::decode<wire::SealedValues>(*part);
  if (!sealed.ok()) return;  // the heads are taken all the same
  for (const wire::SealedValue& one : sealed->values) {
    if (one.counter < request.first || one.counter - request.first >= request.changes.size()) continue;
    const auto opened = open_sealed(keys, one.values);
    if (opened) request.changes[static_cast<std::size_t>(one.counter - request.first)].values = *opened;
  }
}

/// Scopes and classes both hold in full. The shelf is everybody's and nobody's to pass on.
std::vector<wire::SharedScope> shared_by(const Access& one, const Access& other) {
  std::vector<wire::SharedScope> out;
  for (const Held& held : one.scopes) {
    if (held.scope.is_nil()) continue;
    const auto theirs = std::find_if(other.scopes.begin(), other.scopes.end(),
                                     [&](const Held& their) { return their.scope == held.scope; });
    if (theirs == other.scopes.end()) continue;
    wire::SharedScope scope{held.scope, {}};
    for (const HeldClass& ours : held.classes) {
      const bool both = ours.audience.is_nil() &&
                        std::any_of(theirs->classes.begin(), theirs->classes.end(), [&](const HeldClass& c) {
                          return c.privacy == ours.privacy && c.audience.is_nil();
                        });
      if (both) scope.classes.push_back(ours.privacy);
    }
    if (!scope.classes.empty()) out.push_back(std::move(scope));
  }
  return out;
}

std::uint64_t version_of(const std::vector<wire::DeviceEntry>& devices) {
  const Hash256 hash = hash256(wire::encode_carried(wire::DeviceList{0, devices}));
  std::uint64_t version = 0;
  for (std::size_t i = 0; i < 8; ++i)
    version = version << 8 | hash.octets[i];
  return version == 0 ? 1 : version;
}

Status tell_devices(store::Reader& reader, BytesView asked, const Access& access, const Id& device,
                    const Date& today, wire::ExchangeAnswer& answer) {
  LX_TRY(const auto ask, wire::decode_carried<wire::DeviceListAsk>(asked));
  LX_TRY(wire::DeviceList list, devices_for(reader, access, device, today));
  if (list.version == ask.version) list.devices.clear();
  answer.parts.push_back({wire::kPartDevices, wire::encode_carried(list)});
  return {};
}

/// Kept as part of a branch, which goes by another name (7.2).
Result<bool> is_on_branch(store::Reader& reader, const std::vector<store::ReplicaRow>& replicas,
                          const wire::KnownHead& head) {
  for (const store::ReplicaRow& replica : replicas) {
    if (replica.fork_of != head.id.replica) continue;
    LX_TRY(const auto row, reader.change({replica.replica, head.id.counter}));
    if (row && wire::hash8_of(row->hash) == head.hash8) return true;
  }
  return false;
}

Status tell_peers(store::Reader& reader, BytesView asked, wire::ExchangeAnswer& answer) {
  LX_TRY(const auto ask, wire::decode_carried<wire::PeerAsk>(asked));
  if (ask.heads.size() > kAsksMax) return fail("wire.too_large");
  LX_TRY(const auto replicas, reader.replicas());
  wire::PeerTold told;
  for (const wire::KnownHead& head : ask.heads) {
    LX_TRY(const auto row, reader.change(head.id));
    if (!row) {
      LX_TRY(const bool renamed, is_on_branch(reader, replicas, head));
      if (renamed) told.other.push_back(head);
      continue;
    }
    (wire::hash8_of(row->hash) == head.hash8 ? told.kept : told.other).push_back(head);
  }
  answer.parts.push_back({wire::kPartPeers, wire::encode_carried(told)});
  return {};
}

}  // namespace

Result<wire::ExchangeRequest> read_signed(const County& county, BytesView sign_key,
                                          const wire::SignedRequest& message) {
  LX_TRY(wire::ExchangeRequest request, wire::decode_request(message.payload));
  const Bytes words = wire::request_to_sign(county.server, request.epoch, message.number, message.payload);
  if (request.number != message.number || !wire::is_signed_by(sign_key, words, message.signature))
    return fail("exchange.signature", {{"device", message.device.text()}});
  LX_DO(wire::unfold(request));
  unseal(county.seal_keys, request);
  return request;
}

Status take_segment(store::Writer& writer, const domain::Catalogue& catalogue, const County& county,
                    const wire::Section& section, WallMs now_ms, std::uint64_t& early) {
  if (section.key.empty()) return fail("bundle.malformed", {}, "an open segment");
  LX_TRY(const auto messages, wire::read_section(section, county.seal_keys.open, county.seal_keys.secret));
  for (const Bytes& message : messages) {
    LX_TRY(const auto signed_request, wire::unpack<wire::SignedRequest>(message));
    LX_TRY(const auto device, writer.device(signed_request.device));
    if (!device || device->enrolled_ms == 0)
      return fail("exchange.device", {{"device", signed_request.device.text()}});
    LX_TRY(const auto request, read_signed(county, device->sign_key, signed_request));
    if (request.changes.empty()) continue;
    Intake intake(writer, catalogue, now_ms);
    LX_TRY(const Pushed pushed, intake.take_brought(*device, request, Way::kCarried));
    early += pushed.early;
  }
  return {};
}

Result<std::vector<wire::CarriedTaken::One>> take_carried(store::Writer& writer,
                                                          const domain::Catalogue& catalogue,
                                                          const County& county,
                                                          const wire::ExchangeRequest& request,
                                                          WallMs now_ms) {
  std::vector<wire::CarriedTaken::One> out;
  const Bytes* part = wire::find_part(request.parts, wire::kPartCarried);
  if (part == nullptr) return out;
  LX_TRY(const auto carried, wire::decode_carried<wire::Carried>(*part));
  for (const Bytes& segment : carried.segments) {
    std::uint64_t early = 0;
    LX_DO(writer.begin_savepoint());
    const auto section = wire::decode_carried<wire::Section>(segment);
    const Status taken = section.ok() ? take_segment(writer, catalogue, county, *section, now_ms, early)
                                      : Status(section.error());
    LX_DO(writer.end_savepoint(taken.ok()));
    if (!taken.ok() && taken.error().code.starts_with("store.")) return taken.error();
    out.push_back({hash256(segment), taken.ok() ? std::string() : taken.error().code});
  }
  return out;
}

Result<wire::DeviceList> devices_for(store::Reader& reader, const Access& access, const Id& device,
                                     const Date& today) {
  wire::DeviceList list;
  std::map<Id, Access> by_worker;
  LX_TRY(const auto devices, reader.devices());
  for (const store::DeviceRow& row : devices) {
    if (row.enrolled_ms == 0 || row.id == device) continue;
    auto known = by_worker.find(row.worker);
    if (known == by_worker.end()) {
      LX_TRY(Access theirs, access_of(reader, row.worker, today));
      known = by_worker.emplace(row.worker, std::move(theirs)).first;
    }
    auto shared = shared_by(access, known->second);
    if (shared.empty()) continue;
    list.devices.push_back({row.id, row.replica, row.worker, row.sign_key, row.seal_key, row.revoked_ms != 0,
                            std::move(shared)});
  }
  list.version = version_of(list.devices);
  return list;
}

Status answer_carried(store::Reader& reader, const wire::ExchangeRequest& request, const Pushed& pushed,
                      const Access& access, const Id& device, const Date& today,
                      wire::ExchangeAnswer& answer) {
  if (request.protocol == wire::kProtocolFirst) return {};
  if (!pushed.carried.empty())
    answer.parts.push_back({wire::kPartCarried, wire::encode_carried(wire::CarriedTaken{pushed.carried})});
  if (const Bytes* asked = wire::find_part(request.parts, wire::kPartDevices))
    LX_DO(tell_devices(reader, *asked, access, device, today, answer));
  if (const Bytes* asked = wire::find_part(request.parts, wire::kPartPeers))
    LX_DO(tell_peers(reader, *asked, answer));
  return {};
}

}  // namespace lianxin::sync::server
