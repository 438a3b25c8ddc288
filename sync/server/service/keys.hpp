#pragma once
// The server's own keys, passwords and join codes (libsodium).
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::server {

struct KeyPair {
  Bytes open;  ///< public half
  Bytes secret;
};

[[nodiscard]] KeyPair make_sign_keys();  ///< Ed25519
[[nodiscard]] KeyPair make_seal_keys();  ///< X25519
/// What was sealed to the public half (crypto_box_seal); nullopt = it was not, or is damaged.
[[nodiscard]] std::optional<Bytes> open_sealed(const KeyPair& keys, BytesView sealed);

/// argon2id, interactive limits (64 MiB, about 65 ms); one at a time in this process.
[[nodiscard]] Result<std::string> hash_password(std::string_view password);
[[nodiscard]] bool is_password(const std::string& hash, std::string_view password);

/// One-time code of 10 characters (50 bit) without look-alikes. The first three select the device row, so
/// that wrong tries can be counted; the rest is the secret.
struct JoinCode {
  std::string text;
  [[nodiscard]] std::string selector() const { return text.substr(0, 3); }
};
[[nodiscard]] JoinCode make_join_code();
/// Upper case, without blanks and dashes, as a person may have typed it.
[[nodiscard]] JoinCode read_join_code(std::string_view typed);
[[nodiscard]] Bytes join_hash(const JoinCode& code);

}  // namespace lianxin::sync::server
