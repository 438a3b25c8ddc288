// Whatever the bytes: refused, or a message whose one encoding they are; never more memory than the limits
// say.
#include <doctest/doctest.h>
#include <random>
#include <zstd.h>

#include "sync/wire/serialize.hpp"
#include "tests/sync/wire/samples.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::wire;

namespace {

/// False when a message came out that does not come back to itself.
template <class M>
bool is_refused_or_stable(BytesView bytes) {
  const auto read = unpack<M>(bytes);
  if (!read.ok()) return read.error().code.starts_with("wire.");
  const auto again = unpack<M>(pack(*read));
  return again.ok() && codec::encode(*again) == codec::encode(*read);
}

/// False when the plain bytes inside came out as a message with another encoding.
template <class M>
bool is_refused_or_exact(MessageKind kind, BytesView plain) {
  const auto read = unpack<M>(packed_plain(kind, plain));
  return read.ok() ? codec::encode(*read) == plain : read.error().code == "wire.malformed";
}

template <class M>
void check_cuts_and_flips(const M& message, MessageKind kind) {
  const Bytes packed = pack(message);
  for (std::size_t size = 0; size < packed.size(); ++size)
    REQUIRE(unpack<M>(BytesView(packed).substr(0, size)).error().code == "wire.malformed");
  for (std::size_t at = 0; at < packed.size(); ++at) {
    CAPTURE(at);
    for (int bit = 0; bit < 8; ++bit) {
      Bytes flipped = packed;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      REQUIRE(is_refused_or_stable<M>(flipped));
    }
  }
  const Bytes plain = codec::encode(message);
  for (std::size_t at = 0; at < plain.size(); ++at) {
    CAPTURE(at);
    REQUIRE_FALSE(unpack<M>(packed_plain(kind, BytesView(plain).substr(0, at))).ok());
    Bytes flipped = plain;
    flipped[at] = static_cast<char>(~flipped[at]);
    REQUIRE(is_refused_or_exact<M>(kind, flipped));
    flipped[at] = static_cast<char>(plain[at] ^ 1);
    REQUIRE(is_refused_or_exact<M>(kind, flipped));
  }
  CHECK_FALSE(unpack<M>(packed_plain(kind, plain + '\0')).ok());
}

Bytes random_text(std::mt19937_64& random, std::size_t size) {
  Bytes out(size, '\0');
  for (char& c : out)
    c = static_cast<char>(random() % 4 == 0 ? random() : random() % 4);  // small numbers reach further
  return out;
}

void change_some(Bytes& bytes, std::mt19937_64& random) {
  for (std::uint64_t times = 1 + random() % 4; times > 0 && !bytes.empty(); --times) {
    const std::size_t at = random() % bytes.size();
    const std::uint64_t how = random() % 4;
    if (how == 0) bytes[at] = static_cast<char>(random());
    if (how == 1) bytes.erase(at, 1 + random() % 8);
    if (how == 2) bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 32));
    if (how == 3) bytes[at] = static_cast<char>(bytes[at] + 1);
  }
}

template <class M>
bool survives(std::uint64_t seed, MessageKind kind, const Bytes& plain) {
  std::mt19937_64 random(seed);
  if (seed % 4 == 0) return is_refused_or_stable<M>(random_text(random, random() % 64));
  if (seed % 4 == 1) return is_refused_or_exact<M>(kind, random_text(random, random() % 400));
  if (seed % 4 == 2)
    return is_refused_or_stable<M>(enveloped(kind, random() % 5'000, random_text(random, 80)));
  Bytes changed = plain;
  change_some(changed, random);
  return is_refused_or_exact<M>(kind, changed);
}

std::string code_of(BytesView bytes) {
  const auto read = unpack<SignedRequest>(bytes);
  return read.ok() ? "" : read.error().code;
}

}  // namespace

TEST_CASE("Cut anywhere, a message is refused; changed anywhere, it is refused or another message") {
  check_cuts_and_flips(sample_signed_request(), MessageKind::kSignedRequest);
  check_cuts_and_flips(sample_answer(), MessageKind::kExchangeAnswer);
  check_cuts_and_flips(sample_enrol_request(), MessageKind::kEnrolRequest);
  check_cuts_and_flips(sample_enrol_answer(), MessageKind::kEnrolAnswer);
  check_cuts_and_flips(sample_error(), MessageKind::kError);
}

TEST_CASE("A hundred thousand random inputs: refused, or a message with just this encoding") {
  const Bytes answer = codec::encode(sample_answer());
  const Bytes request = codec::encode(sample_signed_request());
  const Bytes enrol = codec::encode(sample_enrol_answer());
  for (std::uint64_t seed = 0; seed < 100'000; ++seed) {
    const bool good = seed % 3 == 0   ? survives<ExchangeAnswer>(seed, MessageKind::kExchangeAnswer, answer)
                      : seed % 3 == 1 ? survives<SignedRequest>(seed, MessageKind::kSignedRequest, request)
                                      : survives<EnrolAnswer>(seed, MessageKind::kEnrolAnswer, enrol);
    REQUIRE_MESSAGE(good, "seed ", seed);
  }
}

TEST_CASE("The payload of a request is as bounded as the messages") {
  const Bytes payload = encode_request(sample_request());
  for (std::size_t size = 0; size < payload.size(); ++size)
    REQUIRE_FALSE(decode_request(BytesView(payload).substr(0, size)).ok());
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    std::mt19937_64 random(seed);
    Bytes changed = payload;
    change_some(changed, random);
    const auto read = decode_request(changed);
    if (read.ok()) REQUIRE_MESSAGE(encode_request(*read) == changed, "seed ", seed);
  }
}

TEST_CASE("A frame that promises or holds more than it may is refused before memory is taken") {
  const MessageKind kind = MessageKind::kSignedRequest;
  const Bytes frame = pack(sample_signed_request()).substr(8);
  CHECK(code_of(enveloped(kind, kMessageBytesMax + 1, frame)) == "wire.too_large");
  CHECK(code_of(enveloped(kind, 0xFFFFFFFF, frame)) == "wire.too_large");
  CHECK(code_of(enveloped(kind, kMessageBytesMax, frame)) ==
        "wire.malformed");  // the frame says another size
  CHECK(code_of(enveloped(kind, 0, frame)) == "wire.malformed");
  const Bytes bomb = packed_plain(kind, Bytes(kMessageBytesMax, '\0'));
  CHECK(bomb.size() < 4'000);
  CHECK(code_of(bomb) == "wire.malformed");
  const Bytes larger = packed_plain(kind, Bytes(kMessageBytesMax + 1, '\0'));
  CHECK(code_of(larger) == "wire.too_large");
  CHECK(code_of(enveloped(kind, kMessageBytesMax, BytesView(larger).substr(8))) == "wire.malformed");
  const Bytes payload = encode_request(sample_request());
  CHECK(code_of(enveloped(kind, payload.size(), payload)) == "wire.malformed");  // no frame at all
}

TEST_CASE("A frame that hides its size, or goes on in a second one, is refused") {
  const Bytes plain = codec::encode(sample_signed_request());
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  Bytes frame(ZSTD_compressBound(plain.size()), '\0');
  frame.resize(ZSTD_compress2(context, frame.data(), frame.size(), plain.data(), plain.size()));
  ZSTD_freeCCtx(context);
  CHECK(code_of(enveloped(MessageKind::kSignedRequest, plain.size(), frame)) == "wire.malformed");
  const Bytes honest = pack(sample_signed_request());
  CHECK(code_of(honest + honest.substr(8)) == "wire.malformed");
}

TEST_CASE("A count without its content is refused at once, and an answer keeps within its memory") {
  for (const Bytes& count : {Bytes("\xFF\xFF\xFF\xFF\x0F"), Bytes("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F")}) {
    const Bytes plain = Bytes(17, '\0') + count;  // device, number, then a payload of that many bytes
    CHECK(code_of(packed_plain(MessageKind::kSignedRequest, plain)) == "wire.malformed");
  }
  // Pages, digests, more, parts, folded: the five last octets. Each empty page would take an octet here and
  // many in memory.
  for (const std::uint64_t pages : {2'000'000U, 900'000U}) {
    CAPTURE(pages);
    Bytes plain = codec::encode(ExchangeAnswer{});
    plain.resize(plain.size() - 5);
    plain += codec::encode(pages) + Bytes(8'000'000, '\0');
    const auto read = unpack<ExchangeAnswer>(packed_plain(MessageKind::kExchangeAnswer, plain));
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().detail == "codec.limit");
  }
}
