#pragma once
// The messages as JSON text (design.md 6), for people who look at them and for programs of others. Nothing is
// left out and nothing added: ids as UUIDs, replicas 16 hex digits, changes "replica:counter", hashes hex,
// octets base64, enumerations words. The names are those of messages.hpp, final like the order of fields.
//
// What a device signs stays the encoded request: a SignedRequest shows it as "request" where its encoding
// gives back just these octets, else as "payload". Pictures have no such form: they are octets.
#include <string>

#include "shared/base/result.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

inline constexpr std::size_t kJsonDepthMax = 16;

/// For SignedRequest, ExchangeRequest, ExchangeAnswer, EnrolRequest, EnrolAnswer, WireError. A folded message
/// shows its columns as they are.
template <class M>
[[nodiscard]] std::string to_json(const M& message);
/// Every field must be there, with its type; others are refused. Errors "wire.malformed" {field}: the first
/// that is not right, "" = the text is no JSON; "wire.newer" for a protocol this program does not know.
template <class M>
[[nodiscard]] Result<M> from_json(BytesView text);

}  // namespace lianxin::sync::wire
