// Hostile messages: refused, or a message with just this encoding. The first octet chooses the message; the
// rest is tried as a packed message, and as the plain bytes inside an honest envelope, where zstd does not
// stop the changes.
#include "shared/base/check.hpp"
#include "sync/wire/folding.hpp"
#include "sync/wire/serialize.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/package.hpp"

namespace lianxin::test::fuzz {

using namespace sync::wire;

namespace {

template <class M>
void try_message(MessageKind kind, BytesView bytes) {
  const auto packed = unpack<M>(bytes);
  if (packed.ok()) {
    const auto again = unpack<M>(pack(*packed));
    LX_CHECK(again.ok() && codec::encode(*again) == codec::encode(*packed), "a message changes on its way");
  }
  const auto plain = unpack<M>(message_of(kind, bytes));
  LX_CHECK(!plain.ok() || codec::encode(*plain) == bytes, "a message has two encodings");
}

/// Along this list pages are told.
std::vector<HeldScope> known_scopes() {
  Id village;
  village.octets = {1, 0x98, 2, 3, 4, 5, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 4};
  Id other = village;
  other.octets.back() = 5;
  return {{{}, "", {0}}, {village, "220699001001", {0, 1, 4}}, {other, "220699001002", {0, 1}}};
}

void try_folded_request(BytesView bytes) {
  ExchangeRequest request;
  request.folded = Bytes(bytes);
  if (bytes.empty() || !unfold(request).ok()) return;
  if (!read_cursors(request, known_scopes())) return;
  const bool along_list = request.folding->held.has_value();
  fold(request, along_list ? known_scopes() : std::vector<HeldScope>(), request.folding->each_digest);
  LX_CHECK(request.folded == bytes, "a request is folded in two ways");
}

void try_folded_answer(BytesView bytes) {
  ExchangeAnswer answer;
  answer.folded = Bytes(bytes);
  if (bytes.empty() || !unfold(answer, known_scopes()).ok() || answer.digest_sum) return;
  Folding asked;
  asked.each_digest = true;
  asked.has_cursors = !answer.cursors_unread;
  if (!answer.scopes.empty()) asked.held = sum_of(known_scopes());
  fold(answer, asked);
  LX_CHECK(answer.folded == bytes, "an answer is folded in two ways");
}

void try_request(BytesView bytes) {
  const auto request = decode_request(bytes);
  LX_CHECK(!request.ok() || encode_request(*request) == bytes, "a request has two encodings");
}

}  // namespace

int fuzz_wire(BytesView all) {
  if (all.empty()) return -1;
  const BytesView bytes = all.substr(1);
  switch (static_cast<unsigned char>(all[0]) % 8) {
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
    case 5:
      try_request(bytes);
      break;
    case 6:
      try_folded_request(bytes);
      break;
    default:
      try_folded_answer(bytes);
  }
  return 0;
}

}  // namespace lianxin::test::fuzz
