#include "sync/wire/carried.hpp"

#include <algorithm>

#include "sync/wire/bundle_serialize.hpp"

namespace lianxin::sync::wire {
namespace {

const codec::Limits kCarriedLimits = {.string_bytes_max = kMessageBytesMax,
                                      .elements_max = 1'000'000,
                                      .memory_budget_bytes = 128 * 1024 * 1024};

}  // namespace

template <class A>
void Speaking::serialize(A& a) {
  serialize_replica(a, replica);
}

template <class A>
void DeviceEntry::serialize(A& a) {
  a(device.octets);
  serialize_replica(a, replica);
  a(worker.octets, sign_key, seal_key, revoked, shared);
}

template <class A>
void PeerChanges::serialize(A& a) {
  serialize_replica(a, replica);
  a(changes);
}

template <class A>
void KnownHead::serialize(A& a) {
  serialize_id(a, id);
  a(hash8);
}

template <class A>
void EnrolOffer::serialize(A& a) {
  a(code, url, key_pins, answer);
}

template <class M>
Bytes encode_carried(const M& message) {
  return codec::encode(message);
}

template <class M>
Result<M> decode_carried(BytesView bytes) {
  auto message = codec::decode<M>(bytes, kCarriedLimits);
  if (!message.ok()) return fail("wire.malformed", {}, message.error().code);
  return message;
}

#define LX_CARRIED(M)                      \
  template Bytes encode_carried(const M&); \
  template Result<M> decode_carried(BytesView)
LX_CARRIED(DeviceListAsk);
LX_CARRIED(DeviceEntry);
LX_CARRIED(DeviceList);
LX_CARRIED(PeerChanges);
LX_CARRIED(Carried);
LX_CARRIED(CarriedTaken);
LX_CARRIED(PeerAsk);
LX_CARRIED(PeerTold);
LX_CARRIED(EnrolOffer);
LX_CARRIED(Section);
LX_CARRIED(Speaking);
#undef LX_CARRIED

std::array<std::uint8_t, 8> hash8_of(const Hash256& hash) {
  std::array<std::uint8_t, 8> out{};
  std::copy_n(hash.octets.begin(), out.size(), out.begin());
  return out;
}

}  // namespace lianxin::sync::wire
