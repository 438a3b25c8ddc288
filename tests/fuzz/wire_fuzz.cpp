// Hostile messages: whatever the bytes, refused or a message with just this encoding. The first octet chooses
// the message; the rest is tried as a packed message, and as the plain bytes inside an honest envelope, where
// zstd does not stop the changes. With clang: -fsanitize=fuzzer,address,undefined -DLX_LIBFUZZER. Without it,
// this program changes the given files (tests/golden/wire, as octets) itself, in a fixed order:
//   wire_fuzz SECONDS FILE...
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>
#include <zstd.h>

#include "shared/base/check.hpp"
#include "sync/wire/serialize.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync::wire;

Bytes in_envelope(MessageKind kind, BytesView plain) {
  Bytes frame(ZSTD_compressBound(plain.size()), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 1));
  Bytes out = "LX\x01";
  out += static_cast<char>(kind);
  for (std::size_t i = 0; i < 4; ++i)
    out += static_cast<char>(plain.size() >> (8 * i) & 0xFF);
  return out + frame;
}

template <class M>
void try_message(MessageKind kind, BytesView bytes) {
  const auto packed = unpack<M>(bytes);
  if (packed.ok()) {
    const auto again = unpack<M>(pack(*packed));
    LX_CHECK(again.ok() && codec::encode(*again) == codec::encode(*packed), "a message changes on its way");
  }
  const auto plain = unpack<M>(in_envelope(kind, bytes));
  LX_CHECK(!plain.ok() || codec::encode(*plain) == bytes, "a message has two encodings");
}

void try_change(BytesView bytes) {
  const auto body = sync::change::decode_body(bytes);
  LX_CHECK(!body.ok() || sync::change::encode_body(*body) == bytes, "a body has two encodings");
  const auto request = decode_request(bytes);
  LX_CHECK(!request.ok() || encode_request(*request) == bytes, "a request has two encodings");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      try_message<SignedRequest>(MessageKind::kSignedRequest, bytes);
      break;
    case 1:
      try_message<ExchangeAnswer>(MessageKind::kExchangeAnswer, bytes);
      break;
    case 2:
      try_message<EnrolRequest>(MessageKind::kEnrolRequest, bytes);
      break;
    case 3:
      try_message<EnrolAnswer>(MessageKind::kEnrolAnswer, bytes);
      break;
    case 4:
      try_message<WireError>(MessageKind::kError, bytes);
      break;
    default:
      try_change(bytes);
  }
  return 0;
}

#ifndef LX_LIBFUZZER
namespace {

/// Octets of a file, or what its hex digits stand for.
Bytes read_seed(const char* path) {
  std::ifstream in(path, std::ios::binary);
  Bytes text{std::istreambuf_iterator<char>(in), {}};
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  auto octets = from_hex(text);
  return octets.ok() ? std::move(octets).value() : text;
}

void change(Bytes& bytes, std::mt19937& random) {
  for (std::size_t times = 1 + random() % 6; times > 0 && !bytes.empty(); --times) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 5) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + random() % 16);
        break;
      case 2:
        bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 64));
        break;
      case 3:
        bytes.resize(at);
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
  }
}

/// A packed message as what is inside it: changes there reach further.
Bytes plain_of(const Bytes& bytes) {
  if (!kind_of(bytes).ok()) return bytes;
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data() + 8, bytes.size() - 8);
  if (size > kMessageBytesMax) return bytes;
  Bytes plain(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(plain.data(), plain.size(), bytes.data() + 8, bytes.size() - 8);
  return ZSTD_isError(got) == 0 ? plain : bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(argv[1]));
  std::vector<Bytes> corpus;
  for (int i = 2; i < argc; ++i) {
    corpus.push_back(read_seed(argv[i]));
    corpus.push_back(plain_of(corpus.back()));
  }
  std::mt19937 random(20260930);
  std::uint64_t runs = 0;
  for (; std::chrono::steady_clock::now() < end; ++runs) {
    Bytes bytes = corpus[random() % corpus.size()];
    if (runs >= corpus.size()) change(bytes, random);
    bytes.insert(bytes.begin(), static_cast<char>(random() % 6));
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  std::printf("%llu runs\n", static_cast<unsigned long long>(runs));
  return 0;
}
#endif
