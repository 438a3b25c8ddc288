// Hostile bundles: refused with a word of its own, or a bundle with just this encoding. First octet: which
// reader of the file. Changed octets of a signed file never come past the signature, so the body and what is
// inside a section are also tried under an honest one.
#include <sodium.h>

#include "shared/base/check.hpp"
#include "shared/base/sodium_start.hpp"
#include "sync/wire/bundle.hpp"
#include "sync/wire/bundle_serialize.hpp"
#include "sync/wire/carried.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

using namespace sync::wire;

namespace {

struct Keys {
  Bytes open = Bytes(crypto_sign_PUBLICKEYBYTES, '\0');
  Bytes secret = Bytes(crypto_sign_SECRETKEYBYTES, '\0');
  Keys() {
    start_sodium();
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(open.data()),
                             reinterpret_cast<unsigned char*>(secret.data()),
                             reinterpret_cast<const unsigned char*>("a seed of thirty-two octets long"));
  }
};

const Keys& keys() {
  static const Keys kKeys;
  return kKeys;
}

/// The bytes as a body that somebody really signed.
void try_signed(BytesView body) {
  auto read = codec::decode<BundleBody>(body);
  if (!read.ok()) return;
  LX_CHECK(codec::encode(*read) == body, "a body has two encodings");
  read->header.sign_key = keys().open;
  const auto file = encode_bundle({read->header, read->sections}, keys().secret);
  if (!file.ok()) return;
  const auto again = decode_bundle(*file);
  LX_CHECK(again.ok() || again.error().code == "bundle.malformed", "a signed bundle is refused");
  if (!again.ok()) return;
  for (const Section& section : again->sections)
    (void)read_section(section, keys().open, keys().open);
}

template <class M>
void try_carried(BytesView bytes) {
  const auto read = decode_carried<M>(bytes);
  LX_CHECK(!read.ok() || encode_carried(*read) == bytes, "a message has two encodings");
}

}  // namespace

int fuzz_bundle(BytesView bytes) {
  if (bytes.empty()) return -1;
  const BytesView rest = bytes.substr(1);
  switch (static_cast<unsigned char>(bytes[0]) % 4) {
    case 0: {
      const auto read = decode_bundle(rest);
      LX_CHECK(read.ok() || read.error().code.starts_with("bundle."), "a bundle is refused without a word");
      break;
    }
    case 1:
      try_signed(rest);
      break;
    case 2:
      (void)read_section(Section{{}, Bytes(rest)}, {}, {});
      break;
    default:
      try_carried<DeviceList>(rest);
      try_carried<PeerChanges>(rest);
      try_carried<Carried>(rest);
      try_carried<CarriedTaken>(rest);
      try_carried<PeerAsk>(rest);
      try_carried<PeerTold>(rest);
      try_carried<EnrolOffer>(rest);
      try_carried<Section>(rest);
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
