// Hostile messages: refused, or a message with just this encoding. The first octet chooses the message; the
// rest is tried as a packed message, and as the plain bytes inside an honest envelope, where zstd does not
// stop the changes.
#include <zstd.h>

#include "shared/base/check.hpp"
#include "sync/wire/serialize.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

using namespace sync::wire;

namespace {

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

void try_request(BytesView bytes) {
  const auto request = decode_request(bytes);
  LX_CHECK(!request.ok() || encode_request(*request) == bytes, "a request has two encodings");
}

}  // namespace

int fuzz_wire(BytesView all) {
  if (all.empty()) return -1;
  const BytesView bytes = all.substr(1);
  switch (static_cast<unsigned char>(all[0]) % 6) {
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
      try_request(bytes);
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
