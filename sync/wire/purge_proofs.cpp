#include "sync/wire/purge_proofs.hpp"

#include "shared/codec/codec.hpp"

namespace lianxin::sync::wire {
namespace {

constexpr std::size_t kElementsMax = 200'000;  // proofs of one answer, or fields of a thousand purges

template <class M>
Result<M> decode_own(BytesView content) {
  auto message = codec::decode<M>(
      content,
      {.string_bytes_max = 64, .elements_max = kElementsMax, .memory_budget_bytes = 8 * 1024 * 1024});
  if (!message.ok()) return fail("wire.malformed", {}, message.error().code);
  return message;
}

}  // namespace

Bytes purge_to_sign(const Id& server, const Id& record, std::uint64_t number,
                    const std::vector<std::uint16_t>& fields) {
  Bytes out = "lianxin purge 1\n";
  out += server.bytes();
  out += codec::encode(ProvenPurge{record, number, fields, {}});
  return out;
}

Bytes encode_proofs(const PurgeProofs& proofs) { return codec::encode(proofs); }
Bytes encode_proven(const ProvenPurges& purges) { return codec::encode(purges); }

Result<PurgeProofs> decode_proofs(BytesView content) { return decode_own<PurgeProofs>(content); }

Result<ProvenPurges> decode_proven(BytesView content) {
  LX_TRY(ProvenPurges shown, decode_own<ProvenPurges>(content));
  if (shown.purges.size() > kProvenPurgesMax) return fail("wire.malformed", {}, "too many purges");
  return shown;
}

}  // namespace lianxin::sync::wire
