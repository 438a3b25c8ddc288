// The parts of requests and answers: what stands in their bytes is read by whoever knows the tag. The first
// octet chooses the part.
#include <iterator>

#include "shared/base/check.hpp"
#include "shared/codec/codec.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/parts.hpp"
#include "sync/wire/purge_proofs.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

using namespace sync::wire;

namespace {

void is_one_encoding(bool is_read, const Bytes& again, BytesView bytes) {
  LX_CHECK(!is_read || again == bytes, "a part has two encodings");
}

template <class M>
void try_part(BytesView bytes) {
  const auto read = decode_part<M>(bytes);
  is_one_encoding(read.ok(), read.ok() ? encode_part(*read) : Bytes(), bytes);
}

template <class M>
void try_plain(BytesView bytes) {
  const auto read = codec::decode<M>(bytes);
  is_one_encoding(read.ok(), read.ok() ? codec::encode(*read) : Bytes(), bytes);
}

void try_proofs(BytesView bytes) {
  const auto read = decode_proofs(bytes);
  is_one_encoding(read.ok(), read.ok() ? encode_proofs(*read) : Bytes(), bytes);
}

void try_proven(BytesView bytes) {
  const auto read = decode_proven(bytes);
  is_one_encoding(read.ok(), read.ok() ? encode_proven(*read) : Bytes(), bytes);
}

using Try = void (*)(BytesView bytes);
constexpr Try kParts[] = {
    try_part<HealRequest>,
    try_part<HealAnswer>,
    try_part<HealedChanges>,
    try_part<PurgeRequest>,
    try_part<PurgeAnswer>,
    try_part<OfferRequest>,
    try_part<OfferAnswer>,
    try_part<DecisionRequest>,
    try_part<DecisionAnswer>,
    try_proofs,
    try_proven,
    try_plain<Confirmed>,
    try_plain<ErasedValues>,
    try_plain<SealedValues>,
    try_plain<BackupReach>,
    try_plain<ChainRest>,
    try_plain<BranchNames>,
};

}  // namespace

int fuzz_parts(BytesView all) {
  if (all.empty()) return -1;
  kParts[static_cast<unsigned char>(all[0]) % std::size(kParts)](all.substr(1));
  return 0;
}

}  // namespace lianxin::test::fuzz
