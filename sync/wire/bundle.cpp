#include "sync/wire/bundle.hpp"

#include <algorithm>
#include <sodium.h>

#include "shared/base/hash.hpp"
#include "shared/base/sodium_start.hpp"
#include "sync/wire/bundle_serialize.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::sync::wire {
namespace {

constexpr std::string_view kBundleMagic = "LXB";
constexpr std::size_t kPrefixBytes = 8;  // magic 3, version 1, length 4
constexpr std::size_t kSignatureBytes = crypto_sign_BYTES;
constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::size_t kStreamKeyBytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t kStreamHeaderBytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t kPieceExtra = crypto_secretstream_xchacha20poly1305_ABYTES;

const codec::Limits kBundleLimits = {
    .string_bytes_max = kBundleBytesMax, .elements_max = 100'000, .memory_budget_bytes = 3 * kBundleBytesMax};

const unsigned char* octets_of(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets_of(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// What a section holds, before sealing.
struct Content {
  std::vector<Bytes> messages;
  template <class A>
  void serialize(A& a) {
    a(messages);
  }
};

/// Stream header and pieces; the last one is marked, so a stream cut between pieces is noticed.
Bytes encrypt(const Bytes& key, BytesView plain) {
  crypto_secretstream_xchacha20poly1305_state state;
  Bytes out(kStreamHeaderBytes, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state, octets_of(out), octets_of(key));
  std::size_t at = 0;
  do {
    const BytesView piece = plain.substr(at, kPieceBytes);
    at += piece.size();
    const bool is_last = at == plain.size();
    const std::size_t end = out.size();
    out.resize(end + piece.size() + kPieceExtra);
    crypto_secretstream_xchacha20poly1305_push(&state, octets_of(out) + end, nullptr, octets_of(piece),
                                               piece.size(), nullptr, 0,
                                               is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                       : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  } while (at < plain.size());
  return out;
}

Result<Bytes> decrypt(const Bytes& key, BytesView sealed) {
  crypto_secretstream_xchacha20poly1305_state state;
  if (sealed.size() < kStreamHeaderBytes ||
      crypto_secretstream_xchacha20poly1305_init_pull(&state, octets_of(sealed), octets_of(key)) != 0)
    return fail("bundle.damaged");
  Bytes out;
  out.reserve(sealed.size());
  bool is_over = false;
  for (std::size_t at = kStreamHeaderBytes; at < sealed.size();) {
    const BytesView piece = sealed.substr(at, kPieceBytes + kPieceExtra);
    if (is_over || piece.size() < kPieceExtra) return fail("bundle.damaged");
    const std::size_t end = out.size();
    out.resize(end + piece.size() - kPieceExtra);
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(&state, octets_of(out) + end, nullptr, &tag,
                                                   octets_of(piece), piece.size(), nullptr, 0) != 0)
      return fail("bundle.damaged");
    is_over = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    at += piece.size();
  }
  if (!is_over) return fail("bundle.damaged");
  return out;
}

Bytes words_to_sign(BytesView all_before) {
  return Bytes("lianxin bundle 1\n").append(hash256(all_before).bytes());
}

std::size_t body_length(BytesView prefix) {
  std::size_t length = 0;
  for (std::size_t i = 4; i-- > 0;)
    length = length << 8 | static_cast<unsigned char>(prefix[4 + i]);
  return length;
}

}  // namespace

Section seal_section(BytesView to_key, const std::vector<Bytes>& messages) {
  start_sodium();
  LX_CHECK(to_key.size() == crypto_box_PUBLICKEYBYTES, "a sealing key of another size");
  Bytes key(kStreamKeyBytes, '\0');
  crypto_secretstream_xchacha20poly1305_keygen(octets_of(key));
  Section section;
  section.key.resize(crypto_box_SEALBYTES + key.size());
  const int sealed = crypto_box_seal(octets_of(section.key), octets_of(key), key.size(), octets_of(to_key));
  LX_CHECK(sealed == 0, "a sealing key that is none");
  section.content = encrypt(key, codec::encode(Content{messages}));
  sodium_memzero(key.data(), key.size());
  return section;
}

Section open_section(const std::vector<Bytes>& messages) {
  return Section{{}, codec::encode(Content{messages})};
}

Result<std::vector<Bytes>> read_section(const Section& section, BytesView open_key, BytesView secret_key) {
  start_sodium();
  Bytes plain;
  if (section.key.empty()) {
    plain = section.content;
  } else {
    if (section.key.size() != crypto_box_SEALBYTES + kStreamKeyBytes) return fail("bundle.malformed");
    if (open_key.size() != crypto_box_PUBLICKEYBYTES || secret_key.size() != crypto_box_SECRETKEYBYTES)
      return fail("bundle.not_for_us");
    Bytes key(kStreamKeyBytes, '\0');
    if (crypto_box_seal_open(octets_of(key), octets_of(section.key), section.key.size(), octets_of(open_key),
                             octets_of(secret_key)) != 0)
      return fail("bundle.not_for_us");
    auto decrypted = decrypt(key, section.content);
    sodium_memzero(key.data(), key.size());
    LX_TRY(plain, std::move(decrypted));
  }
  auto content = codec::decode<Content>(plain, kBundleLimits);
  if (!content.ok() || content->messages.size() > kBundleMessagesMax) return fail("bundle.malformed");
  return std::move(content->messages);
}

Result<Bytes> encode_bundle(const Bundle& bundle, BytesView sign_secret) {
  const Bytes body = codec::encode(BundleBody{bundle.header, bundle.sections});
  if (kPrefixBytes + body.size() + kSignatureBytes > kBundleBytesMax) return fail("bundle.too_large");
  Bytes out(kBundleMagic);
  out += static_cast<char>(kBundleVersion);
  for (std::size_t i = 0; i < 4; ++i)
    out += static_cast<char>(body.size() >> (8 * i) & 0xFF);
  out += body;
  return out + sign(sign_secret, words_to_sign(out));
}

std::string_view word_of(BundleKind kind) {
  switch (kind) {
    case BundleKind::kToServer:
      return "to_server";
    case BundleKind::kFromServer:
      return "from_server";
    case BundleKind::kToPeer:
      return "to_laptop";
    case BundleKind::kOffer:
      return "offer";
  }
  return "offer";
}

bool looks_like_bundle(BytesView bytes) { return bytes.starts_with(kBundleMagic); }

Result<Bundle> decode_bundle(BytesView bytes) {
  if (bytes.size() > kBundleBytesMax) return fail("bundle.too_large");
  if (bytes.size() >= kBundleMagic.size() && !looks_like_bundle(bytes)) return fail("bundle.not_one");
  const auto cut = [&](std::size_t want) {
    return fail("bundle.cut", {{"have", std::to_string(bytes.size())}, {"want", std::to_string(want)}});
  };
  if (bytes.size() < kPrefixBytes) return cut(kPrefixBytes + kSignatureBytes);
  const auto version = static_cast<std::uint8_t>(bytes[3]);
  if (version >= ' ') return fail("bundle.not_one");  // a letter: a backup, a journal, a key file
  if (version > kBundleVersion) return fail("bundle.newer");
  if (version != kBundleVersion) return fail("bundle.not_one");
  const std::size_t body_end = kPrefixBytes + body_length(bytes);
  if (bytes.size() < body_end + kSignatureBytes) return cut(body_end + kSignatureBytes);
  if (bytes.size() != body_end + kSignatureBytes) return fail("bundle.damaged", {}, "octets behind the end");
  auto body = codec::decode<BundleBody>(bytes.substr(kPrefixBytes, body_end - kPrefixBytes), kBundleLimits);
  // Octets that do not even make a header were hardly signed by anybody.
  if (!body.ok()) return fail("bundle.damaged", {}, body.error().code);
  const BundleHeader& header = body->header;
  if (!is_signed_by(header.sign_key, words_to_sign(bytes.substr(0, body_end)), bytes.substr(body_end)))
    return fail("bundle.damaged");
  if (header.kind < BundleKind::kToServer || header.kind > BundleKind::kOffer)
    return fail("bundle.malformed", {}, "kind");
  return Bundle{std::move(body->header), std::move(body->sections)};
}

}  // namespace lianxin::sync::wire
