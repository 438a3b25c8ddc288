#pragma once
// BLAKE2b, and SHA-256 for the names of pictures (libsodium). All hashes are 256 bit; digest leaves are 128
// bit (design.md 12).
#include <array>
#include <compare>
#include <cstdint>
#include <string>

#include "shared/base/bytes.hpp"

namespace lianxin {

struct Hash256 {
  std::array<std::uint8_t, 32> octets{};
  auto operator<=>(const Hash256&) const = default;
  [[nodiscard]] BytesView bytes() const {
    return {reinterpret_cast<const char*>(octets.data()), octets.size()};
  }
  [[nodiscard]] std::string hex() const { return to_hex(bytes()); }
  [[nodiscard]] static Result<Hash256> from_bytes(BytesView bytes);
};

/// BLAKE2b-256 of the bytes; with a key (<= 64 bytes) the keyed hash.
[[nodiscard]] Hash256 hash256(BytesView bytes, BytesView key = {});

/// SHA-256: names pictures and nothing else (design.md 12).
[[nodiscard]] Hash256 sha256(BytesView bytes);

/// 128-bit unsigned number, little-endian when stored: order-free digests are sums of these modulo 2^128.
struct Digest128 {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  auto operator<=>(const Digest128&) const = default;
  Digest128& operator+=(const Digest128& other);
  Digest128& operator-=(const Digest128& other);
  [[nodiscard]] Bytes bytes() const;
  [[nodiscard]] std::string hex() const { return to_hex(bytes()); }
  [[nodiscard]] static Result<Digest128> from_bytes(BytesView bytes);
};

/// BLAKE2b-128 of the bytes as a number.
[[nodiscard]] Digest128 digest128(BytesView bytes);

/// Streaming BLAKE2b-256 for things that should not be joined first.
class Hasher {
 public:
  explicit Hasher(BytesView key = {});
  Hasher& add(BytesView bytes);
  [[nodiscard]] Hash256 finish();

 private:
  alignas(64) std::array<unsigned char, 384> state_;
};

}  // namespace lianxin
