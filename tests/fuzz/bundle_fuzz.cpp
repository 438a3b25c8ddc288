// Hostile bundles: refused with a word of its own, or a bundle with just this encoding. First octet: which
// reader of the file, and which message travels in it. Changed octets of a signed file never come past the
// signature, so the body and what is inside a section are also tried under an honest one.
#include <iterator>
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

void read_sections(const std::vector<Section>& sections) {
  for (const Section& section : sections)
    (void)read_section(section, keys().open, keys().open);
}

/// The bytes as a body, and as one that somebody really signed: a signature takes longer than all the rest.
void try_body(BytesView body, bool is_signed) {
  auto read = codec::decode<BundleBody>(body);
  if (!read.ok()) return;
  LX_CHECK(codec::encode(*read) == body, "a body has two encodings");
  if (!is_signed) return read_sections(read->sections);
  read->header.sign_key = keys().open;
  const auto file = encode_bundle({read->header, read->sections}, keys().secret);
  if (!file.ok()) return;
  const auto again = decode_bundle(*file);
  LX_CHECK(again.ok() || again.error().code == "bundle.malformed", "a signed bundle is refused");
  if (again.ok()) read_sections(again->sections);
}

template <class M>
void try_carried(BytesView bytes) {
  const auto read = decode_carried<M>(bytes);
  LX_CHECK(!read.ok() || encode_carried(*read) == bytes, "a message has two encodings");
}

using TryCarried = void (*)(BytesView bytes);
constexpr TryCarried kCarried[] = {
    try_carried<DeviceList>, try_carried<PeerChanges>, try_carried<Carried>,    try_carried<CarriedTaken>,
    try_carried<PeerAsk>,    try_carried<PeerTold>,    try_carried<EnrolOffer>, try_carried<Section>,
};

}  // namespace

int fuzz_bundle(BytesView bytes) {
  if (bytes.empty()) return -1;
  const BytesView rest = bytes.substr(1);
  const auto chosen = static_cast<unsigned char>(bytes[0]);
  switch (chosen % 4) {
    case 0: {
      const auto read = decode_bundle(rest);
      LX_CHECK(read.ok() || read.error().code.starts_with("bundle."), "a bundle is refused without a word");
      break;
    }
    case 1:
      try_body(rest, chosen / 4 % 8 == 0);
      break;
    case 2:
      (void)read_section(Section{{}, Bytes(rest)}, {}, {});
      break;
    default:
      kCarried[chosen / 4 % std::size(kCarried)](rest);
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
