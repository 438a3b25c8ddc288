#pragma once
// Packing of what grows with its content.
#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

/// As `pack`; error "wire.too_large" above kMessageBytesMax. For ExchangeAnswer.
template <class M>
[[nodiscard]] Result<Bytes> pack_bounded(const M& message);

}  // namespace lianxin::sync::wire
