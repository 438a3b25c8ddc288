#pragma once
// One message of every kind with every field in use, the same in every run; and envelopes made by hand.
#include "sync/wire/messages.hpp"

namespace lianxin::test {

[[nodiscard]] sync::wire::ExchangeRequest sample_request();
[[nodiscard]] sync::wire::SignedRequest sample_signed_request();
/// Holds a feed entry of every kind, a snapshot row, a digest, an unusual outcome.
[[nodiscard]] sync::wire::ExchangeAnswer sample_answer();
[[nodiscard]] sync::wire::EnrolRequest sample_enrol_request();
[[nodiscard]] sync::wire::EnrolAnswer sample_enrol_answer();
[[nodiscard]] sync::wire::WireError sample_error();

/// For folding (protocol 3): changes and entries of every form, scopes both sides know, digests at the end.
[[nodiscard]] std::vector<sync::wire::HeldScope> sample_held();
[[nodiscard]] sync::wire::ExchangeRequest sample_folding_request();
[[nodiscard]] sync::wire::ExchangeAnswer sample_folding_answer();

/// An honest header around any frame.
[[nodiscard]] Bytes enveloped(sync::wire::MessageKind kind, std::size_t length, BytesView frame);
/// The same around a frame made of `plain`.
[[nodiscard]] Bytes packed_plain(sync::wire::MessageKind kind, BytesView plain);

}  // namespace lianxin::test
