#pragma once
// Ed25519, as laptops and server sign with it. What is signed begins with words of its own (messages.hpp).
#include "shared/base/bytes.hpp"

namespace lianxin::sync::wire {

/// `secret` has the size of a signing key.
[[nodiscard]] Bytes sign(BytesView secret, BytesView message);
/// Keys and signatures of any size come from outside: another size is nobody's.
[[nodiscard]] bool is_signed_by(BytesView open, BytesView message, BytesView signature);

}  // namespace lianxin::sync::wire
