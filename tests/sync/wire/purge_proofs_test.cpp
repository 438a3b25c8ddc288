#include "sync/wire/purge_proofs.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lianxin;
using namespace lianxin::sync::wire;

TEST_CASE("proofs and proven purges are read as they were written, and cut content is refused") {
  const Bytes proofs = encode_proofs({{Bytes(64, 'p'), Bytes(64, 'q')}});
  const Bytes proven = encode_proven({{{Id::make(1), 3, {20, 21}, Bytes(64, 'p')}}});
  CHECK(encode_proofs(decode_proofs(proofs).value()) == proofs);
  CHECK(encode_proven(decode_proven(proven).value()) == proven);
  for (std::size_t size = 0; size < proofs.size(); ++size)
    CHECK(decode_proofs(BytesView(proofs).substr(0, size)).error().code == "wire.malformed");
  for (std::size_t size = 0; size < proven.size(); ++size)
    CHECK(decode_proven(BytesView(proven).substr(0, size)).error().code == "wire.malformed");
}

TEST_CASE("a request shows a thousand purges and no more, with proofs of a signature's size") {
  ProvenPurges many;
  many.purges.assign(kProvenPurgesMax, {Id::make(1), 3, {20}, Bytes(64, 'p')});
  CHECK(decode_proven(encode_proven(many)).ok());
  many.purges.push_back(many.purges.front());
  CHECK(decode_proven(encode_proven(many)).error().code == "wire.malformed");
  CHECK(decode_proven(encode_proven({{{Id::make(1), 3, {20}, Bytes(65, 'p')}}})).error().code ==
        "wire.malformed");
}

TEST_CASE("what is signed of a purge names the county, the record, the number and the fields") {
  const Id county = Id::make(1);
  const Id record = Id::make(2);
  const Bytes words = purge_to_sign(county, record, 3, {20, 21});
  CHECK(words != purge_to_sign(Id::make(9), record, 3, {20, 21}));
  CHECK(words != purge_to_sign(county, Id::make(9), 3, {20, 21}));
  CHECK(words != purge_to_sign(county, record, 4, {20, 21}));
  CHECK(words != purge_to_sign(county, record, 3, {20}));
}

}  // namespace
