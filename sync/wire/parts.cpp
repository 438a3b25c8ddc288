#include "sync/wire/parts.hpp"

#include "sync/wire/serialize.hpp"

namespace lianxin::sync::wire {

template <class A>
void RangeSum::serialize(A& a) {
  codec::Fixed64 low{digest.low};
  codec::Fixed64 high{digest.high};
  a(range, records, low, high);
}

template <class A>
void IdRun::serialize(A& a) {
  serialize_replica(a, replica);
  a(first, last);
}

template <class A>
void AsideId::serialize(A& a) {
  serialize_id(a, id);
}

template <class A>
void Decision::serialize(A& a) {
  serialize_id(a, id);
  a(status, reason, owner);
}

IdRange whole_range() {
  IdRange range;
  range.upto.octets.fill(0xFF);
  return range;
}

std::vector<IdRun> runs_of(const std::vector<ChangeId>& sorted) {
  std::vector<IdRun> runs;
  for (const ChangeId& id : sorted) {
    if (!runs.empty() && runs.back().replica == id.replica && runs.back().last + 1 == id.counter) {
      runs.back().last = id.counter;
    } else {
      runs.push_back({id.replica, id.counter, id.counter});
    }
  }
  return runs;
}

template <class M>
Bytes encode_part(const M& message) {
  return codec::encode(message);
}

template <class M>
Result<M> decode_part(BytesView content) {
  auto message = codec::decode<M>(content, {.string_bytes_max = kMessageBytesMax,
                                            .elements_max = 1'000'000,
                                            .memory_budget_bytes = 128 * 1024 * 1024});
  if (!message.ok()) return fail("wire.malformed", {}, message.error().code);
  return message;
}

template Bytes encode_part(const HealRequest&);
template Bytes encode_part(const HealAnswer&);
template Bytes encode_part(const HealedChanges&);
template Bytes encode_part(const PurgeRequest&);
template Bytes encode_part(const PurgeAnswer&);
template Bytes encode_part(const OfferRequest&);
template Bytes encode_part(const OfferAnswer&);
template Bytes encode_part(const DecisionRequest&);
template Bytes encode_part(const DecisionAnswer&);
template Result<HealRequest> decode_part(BytesView);
template Result<HealAnswer> decode_part(BytesView);
template Result<HealedChanges> decode_part(BytesView);
template Result<PurgeRequest> decode_part(BytesView);
template Result<PurgeAnswer> decode_part(BytesView);
template Result<OfferRequest> decode_part(BytesView);
template Result<OfferAnswer> decode_part(BytesView);
template Result<DecisionRequest> decode_part(BytesView);
template Result<DecisionAnswer> decode_part(BytesView);

}  // namespace lianxin::sync::wire
