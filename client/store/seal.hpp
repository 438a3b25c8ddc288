#pragma once
// Small pieces sealed with a key of the vault: XChaCha20-Poly1305, a fresh random nonce in front of each.
#include "client/store/identity.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::store {

inline constexpr std::size_t kKeyBytes = 32;
inline constexpr std::size_t kSealBytes = 24 + 16;  ///< what sealing adds

/// nonce | ciphertext | tag. `context` is bound to it and not stored.
[[nodiscard]] Bytes seal(BytesView key, BytesView context, BytesView plain);
/// Error "seal.broken": another key or context, or damaged bytes.
[[nodiscard]] Result<Bytes> unseal(BytesView key, BytesView context, BytesView sealed);
/// 32 bytes derived from `key` for one purpose.
[[nodiscard]] Bytes derive_key(BytesView key, std::string_view purpose);
/// Overwrites a secret's bytes.
void wipe(Bytes& secret);

/// The device's signature. Error "store.key_damaged".
[[nodiscard]] Result<Bytes> sign_as_device(const Identity& identity, BytesView message);

}  // namespace lianxin::client::store
