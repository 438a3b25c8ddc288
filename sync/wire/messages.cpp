#include "sync/wire/messages.hpp"

#include <algorithm>

#include "shared/codec/compressed.hpp"
#include "sync/wire/bounded.hpp"
#include "sync/wire/pictures.hpp"
#include "sync/wire/serialize.hpp"

namespace lianxin::sync::wire {
namespace {

constexpr std::string_view kMagic = "LX";
constexpr std::uint8_t kWireVersion = 1;
/// A day's work: a tenth less than at 3 for 0.1 ms; at 14 a tenth less again for 1.5 ms. At 1 large answers
/// are 30 % larger and no work is quicker.
constexpr int kPackLevel = 5;
constexpr std::size_t kHeaderBytes = 8;  // magic 2, version 1, kind 1, unpacked length 4

const codec::Limits kLimits = {.string_bytes_max = kMessageBytesMax,
                               .elements_max = 1'000'000,
                               .memory_budget_bytes = 128 * 1024 * 1024};

template <class M>
struct KindOf;
template <>
struct KindOf<SignedRequest> {
  static constexpr MessageKind kind = MessageKind::kSignedRequest;
};
template <>
struct KindOf<ExchangeAnswer> {
  static constexpr MessageKind kind = MessageKind::kExchangeAnswer;
};
template <>
struct KindOf<EnrolRequest> {
  static constexpr MessageKind kind = MessageKind::kEnrolRequest;
};
template <>
struct KindOf<EnrolAnswer> {
  static constexpr MessageKind kind = MessageKind::kEnrolAnswer;
};
template <>
struct KindOf<WireError> {
  static constexpr MessageKind kind = MessageKind::kError;
};
template <>
struct KindOf<PictureAnswer> {
  static constexpr MessageKind kind = MessageKind::kPictureAnswer;
};

/// Of a clock, thousands of centuries from now: what is reckoned with it stays within its range.
constexpr WallMs kWallMsMost = WallMs{1} << 53;
bool is_of_a_clock(WallMs wall_ms) { return wall_ms >= -kWallMsMost && wall_ms <= kWallMsMost; }

/// Words a message may only take from a list; a number beyond it comes from no program of this version.
template <class M>
bool has_known_words(const M&) {
  return true;
}
template <>
bool has_known_words(const EnrolRequest& request) {
  return is_of_a_clock(request.wall_ms);
}
template <>
bool has_known_words(const ExchangeAnswer& answer) {
  const bool outcomes =
      std::all_of(answer.ack.outcomes.begin(), answer.ack.outcomes.end(),
                  [](const ChangeOutcome& o) { return o.outcome <= Outcome::kQuarantined; });
  const auto is_known = [](const FeedEntry& entry) { return entry.kind <= EntryKind::kEvict; };
  return outcomes && answer.verdict <= ExchangeAnswer::Verdict::kRevoked &&
         std::all_of(answer.pages.begin(), answer.pages.end(), [&](const FeedPage& page) {
           return std::all_of(page.entries.begin(), page.entries.end(), is_known);
         });
}

template <>
bool has_known_words(const PictureAnswer& answer) {
  return is_well_formed(answer);
}

std::size_t length_of(BytesView header) {
  std::size_t length = 0;
  for (std::size_t i = 4; i-- > 0;)
    length = length << 8 | static_cast<unsigned char>(header[4 + i]);
  return length;
}

}  // namespace

const Bytes* find_part(const std::vector<Part>& parts, std::uint16_t tag) {
  const auto found =
      std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.tag == tag; });
  return found == parts.end() ? nullptr : &found->content;
}

Result<MessageKind> kind_of(BytesView bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with(kMagic))
    return fail("wire.malformed", {}, "no message");
  if (static_cast<std::uint8_t>(bytes[2]) > kWireVersion) return fail("wire.newer");
  if (static_cast<std::uint8_t>(bytes[2]) != kWireVersion) return fail("wire.malformed", {}, "version");
  const auto kind = static_cast<std::uint8_t>(bytes[3]);
  if (kind < static_cast<std::uint8_t>(MessageKind::kSignedRequest) ||
      kind > static_cast<std::uint8_t>(MessageKind::kPictureAnswer)) {
    return fail("wire.malformed", {}, "kind");
  }
  return static_cast<MessageKind>(kind);
}

template <class M>
Result<Bytes> pack_bounded(const M& message) {
  const Bytes plain = codec::encode(message);
  if (plain.size() > kMessageBytesMax) return fail("wire.too_large");
  Bytes out(kMagic);
  out += static_cast<char>(kWireVersion);
  out += static_cast<char>(KindOf<M>::kind);
  for (std::size_t i = 0; i < 4; ++i)
    out += static_cast<char>(plain.size() >> (8 * i) & 0xFF);
  return out + codec::compress(plain, kPackLevel);
}

template <class M>
Bytes pack(const M& message) {
  auto packed = pack_bounded(message);
  LX_CHECK(packed.ok(), "a message of ours is too large");
  return std::move(packed).value();
}

template <class M>
Result<M> unpack(BytesView bytes) {
  LX_TRY(const MessageKind kind, kind_of(bytes));
  if (kind != KindOf<M>::kind) return fail("wire.malformed", {}, "another message");
  const std::size_t length = length_of(bytes);
  if (length > kMessageBytesMax) return fail("wire.too_large");
  const auto unpacked = codec::decompress(bytes.substr(kHeaderBytes), length);
  if (!unpacked.ok()) return fail("wire.malformed", {}, unpacked.error().detail);
  const Bytes& plain = *unpacked;
  auto message = codec::decode<M>(plain, kLimits);
  if (!message.ok()) return fail("wire.malformed", {}, message.error().code);
  if (!has_known_words(*message)) return fail("wire.malformed", {}, "unknown word");
  return message;
}

template Result<Bytes> pack_bounded(const ExchangeAnswer&);
template Bytes pack(const SignedRequest&);
template Bytes pack(const ExchangeAnswer&);
template Bytes pack(const EnrolRequest&);
template Bytes pack(const EnrolAnswer&);
template Bytes pack(const WireError&);
template Bytes pack(const PictureAnswer&);
template Result<SignedRequest> unpack(BytesView);
template Result<ExchangeAnswer> unpack(BytesView);
template Result<EnrolRequest> unpack(BytesView);
template Result<EnrolAnswer> unpack(BytesView);
template Result<WireError> unpack(BytesView);
template Result<PictureAnswer> unpack(BytesView);

Bytes encode_request(const ExchangeRequest& request) { return codec::encode(request); }

Result<ExchangeRequest> decode_request(BytesView payload) {
  // The protocol's number comes first and fits an octet: a newer request may have another shape behind it.
  static_assert(kProtocol < 0x80);
  if (!payload.empty() && static_cast<std::uint8_t>(payload.front()) > kProtocol) return fail("wire.newer");
  auto request = codec::decode<ExchangeRequest>(payload, kLimits);
  if (!request.ok()) return fail("wire.malformed", {}, request.error().code);
  if (request->protocol == 0) return fail("wire.malformed", {}, "protocol");
  if (!is_of_a_clock(request->wall_ms)) return fail("wire.malformed", {}, "clock");
  return request;
}

Bytes request_to_sign(const Id& server, std::uint64_t epoch, std::uint64_t number, BytesView payload) {
  Bytes out = "lianxin request 1\n";
  out += server.bytes();
  out += codec::encode(epoch);
  out += codec::encode(number);
  out += hash256(payload).bytes();
  return out;
}

Bytes acknowledgement_to_sign(const Id& server, const Acknowledgement& ack) {
  Acknowledgement unsigned_ack = ack;
  unsigned_ack.signature.clear();
  Bytes out = "lianxin acknowledgement 1\n";
  out += server.bytes();
  out += codec::encode(unsigned_ack);
  return out;
}

WireError WireError::of(const Error& error) {
  WireError out{error.code, {}};
  for (const ErrorArg& arg : error.args)
    out.args.emplace_back(arg.name, arg.value);
  return out;
}

Error WireError::error() const {
  std::vector<ErrorArg> told;
  for (const auto& [name, value] : args)
    told.push_back({name, value});
  return fail(code, std::move(told));
}

}  // namespace lianxin::sync::wire
