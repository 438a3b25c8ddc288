// Hostile bundles: refused with a word of its own, or a bundle with just this encoding. First octet: which
// reader of the file. Changed octets of a signed file never come past the signature, so the body and what is
// inside a section are also tried under an honest one. Alone, with clang: -fsanitize=fuzzer,address,undefined
// -DLX_LIBFUZZER. Without it, this program changes the given seeds (tests/fuzz/corpus/bundle) itself, in a
// fixed order:  bundle_fuzz SECONDS FILE...
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <sodium.h>

#include "shared/base/check.hpp"
#include "shared/base/sodium_start.hpp"
#include "sync/wire/bundle.hpp"
#include "sync/wire/bundle_serialize.hpp"
#include "sync/wire/carried.hpp"

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

#ifdef LX_LIBFUZZER
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return lianxin::test::fuzz::fuzz_bundle({reinterpret_cast<const char*>(data), size});
}
#elif !defined(LX_FUZZ_TARGETS)
int main(int argc, char** argv) {
  using lianxin::Bytes;
  if (argc < 3) return 2;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  std::vector<Bytes> corpus;
  for (int i = 2; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::mt19937 random(20260930);
  std::uint64_t runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    Bytes bytes = corpus[random() % corpus.size()];
    for (std::size_t times = runs < corpus.size() ? 0 : 1 + random() % 6; times > 0 && !bytes.empty();
         --times) {
      const std::size_t at = random() % bytes.size();
      const auto how = random() % 4;
      if (how == 0) bytes[at] = static_cast<char>(random());
      if (how == 1) bytes.erase(at, 1 + random() % 16);
      if (how == 2) bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 64));
      if (how == 3) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
    (void)lianxin::test::fuzz::fuzz_bundle(bytes);
  }
  std::printf("%llu executions\n", static_cast<unsigned long long>(runs));
  return 0;
}
#endif
