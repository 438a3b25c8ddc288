// A bundle arrives whole, from its sender, for its receiver, or it is refused with the reason.
#include "sync/wire/bundle.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include "shared/base/sodium_start.hpp"
#include "tests/sync/change/sample.hpp"

using namespace lianxin;
using namespace lianxin::sync::wire;
using namespace lianxin::test;

namespace {

struct Keys {
  Bytes sign_public = Bytes(crypto_sign_PUBLICKEYBYTES, '\0');
  Bytes sign_secret = Bytes(crypto_sign_SECRETKEYBYTES, '\0');
  Bytes seal_public = Bytes(crypto_box_PUBLICKEYBYTES, '\0');
  Bytes seal_secret = Bytes(crypto_box_SECRETKEYBYTES, '\0');
  Keys() {
    start_sodium();
    const auto raw = [](Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); };
    crypto_sign_keypair(raw(sign_public), raw(sign_secret));
    crypto_box_keypair(raw(seal_public), raw(seal_secret));
  }
};

BundleHeader sample_header(const Keys& sender) {
  BundleHeader header;
  header.kind = BundleKind::kFromServer;
  header.bundle = Id::make(1'790'000'000'000);
  header.server = Id::make(1'790'000'000'001);
  header.epoch = 3;
  header.made_ms = 1'790'000'000'000;
  header.to_device = Id::make(1'790'000'000'002);
  header.to_replica = ReplicaId{0x1122334455667788};
  header.sign_key = sender.sign_public;
  header.number = 17;
  header.entries = 2;
  header.ranges = {{header.server, 1, 5, 9}};
  return header;
}

Bytes sample_file(const Keys& sender, const Keys& receiver) {
  return *encode_bundle({sample_header(sender), {seal_section(receiver.seal_public, {"one", "two"})}},
                        sender.sign_secret);
}

}  // namespace

/// Keys that are the same everywhere.
Keys keys_of(char seed) {
  Keys keys;
  const auto raw = [](Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); };
  Bytes bytes(crypto_sign_SEEDBYTES, seed);
  crypto_sign_seed_keypair(raw(keys.sign_public), raw(keys.sign_secret), raw(bytes));
  crypto_box_seed_keypair(raw(keys.seal_public), raw(keys.seal_secret), raw(bytes));
  return keys;
}

TEST_CASE("a bundle of the first program that made them is still read") {
  const Keys sender = keys_of('s');
  const Keys receiver = keys_of('r');
  const std::string kept = golden("wire/bundle_1.hex");
  CHECK_MESSAGE(!kept.empty(), to_hex(sample_file(sender, receiver)));
  const auto bytes = from_hex(kept);
  REQUIRE(bytes.ok());
  const auto read = decode_bundle(*bytes);
  REQUIRE(read.ok());
  CHECK(read->header.kind == BundleKind::kFromServer);
  CHECK(read->header.epoch == 3);
  CHECK(read->header.to_replica.number == 0x1122334455667788);
  CHECK(read->header.number == 17);
  REQUIRE(read->header.ranges.size() == 1);
  CHECK(read->header.ranges[0].from == 5);
  const auto messages = read_section(read->sections.at(0), receiver.seal_public, receiver.seal_secret);
  REQUIRE(messages.ok());
  CHECK(*messages == std::vector<Bytes>{"one", "two"});
}

TEST_CASE("a bundle comes back as it was made, its header readable by anybody, its content by the receiver") {
  const Keys sender;
  const Keys receiver;
  const auto read = decode_bundle(sample_file(sender, receiver));
  REQUIRE(read.ok());
  CHECK(read->header.kind == BundleKind::kFromServer);
  CHECK(read->header.to_replica.number == 0x1122334455667788);
  CHECK(read->header.number == 17);
  REQUIRE(read->header.ranges.size() == 1);
  CHECK(read->header.ranges[0].to == 9);
  const auto messages = read_section(read->sections.at(0), receiver.seal_public, receiver.seal_secret);
  REQUIRE(messages.ok());
  CHECK(*messages == std::vector<Bytes>{"one", "two"});
  CHECK(read_section(read->sections.at(0), sender.seal_public, sender.seal_secret).error().code ==
        "bundle.not_for_us");
  CHECK(read_section(read->sections.at(0), {}, {}).error().code == "bundle.not_for_us");
}

TEST_CASE("a bundle cut at any octet is refused") {
  const Keys sender;
  const Keys receiver;
  const Bytes file = sample_file(sender, receiver);
  for (std::size_t size = 0; size < file.size(); ++size) {
    CAPTURE(size);
    REQUIRE(decode_bundle(BytesView(file).substr(0, size)).error().code == "bundle.cut");
  }
  CHECK(decode_bundle(file + "x").error().code == "bundle.damaged");
}

TEST_CASE("a bundle with any bit of any octet flipped is refused") {
  const Keys sender;
  const Keys receiver;
  const Bytes file = sample_file(sender, receiver);
  for (std::size_t at = 0; at < file.size(); ++at) {
    CAPTURE(at);
    for (int bit = 0; bit < 8; ++bit) {
      Bytes flipped = file;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      const auto read = decode_bundle(flipped);
      REQUIRE_FALSE(read.ok());
      REQUIRE(read.error().code.starts_with("bundle."));
    }
  }
}

TEST_CASE("nobody can put another sender's name or another receiver on a bundle") {
  const Keys sender;
  const Keys receiver;
  const Keys thief;
  auto bundle = *decode_bundle(sample_file(sender, receiver));
  bundle.header.to_device = Id{};
  // Signed by another key than the header names.
  CHECK(decode_bundle(*encode_bundle(bundle, thief.sign_secret)).error().code == "bundle.damaged");
}

TEST_CASE("a section of many pieces comes back; cut or changed between two pieces it does not") {
  const Keys receiver;
  const Bytes large(200'000, 'x');
  const Section section = seal_section(receiver.seal_public, {large, "end"});
  CHECK(section.key.size() == crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES);
  const auto read = read_section(section, receiver.seal_public, receiver.seal_secret);
  REQUIRE(read.ok());
  CHECK(read->at(0) == large);
  constexpr std::size_t kPiece = 64 * 1024 + crypto_secretstream_xchacha20poly1305_ABYTES;
  constexpr std::size_t kStart = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
  Section cut = section;
  cut.content.resize(kStart + 2 * kPiece);
  CHECK(read_section(cut, receiver.seal_public, receiver.seal_secret).error().code == "bundle.damaged");
  Section swapped = section;
  swapped.content = section.content.substr(0, kStart) + section.content.substr(kStart + kPiece, kPiece) +
                    section.content.substr(kStart, kPiece) + section.content.substr(kStart + 2 * kPiece);
  CHECK(read_section(swapped, receiver.seal_public, receiver.seal_secret).error().code == "bundle.damaged");
}

TEST_CASE("what is no bundle, of a newer program, or above the limit is named as such") {
  const Keys sender;
  const Keys receiver;
  CHECK(decode_bundle("PK\x03\x04 some other file of the stick").error().code == "bundle.not_one");
  Bytes newer = sample_file(sender, receiver);
  newer[3] = 2;
  CHECK(decode_bundle(newer).error().code == "bundle.newer");
  CHECK(decode_bundle("LXBACK01" + Bytes(200, 'x')).error().code == "bundle.not_one");  // a laptop's backup
  CHECK(decode_bundle(Bytes(kBundleBytesMax + 1, 'L')).error().code == "bundle.too_large");
  Bundle huge{sample_header(sender), {Section{"k", Bytes(kBundleBytesMax, 'c')}}};
  CHECK(encode_bundle(huge, sender.sign_secret).error().code == "bundle.too_large");
}
