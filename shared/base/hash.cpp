#include "shared/base/hash.hpp"

#include <cstring>
#include <sodium.h>

#include "shared/base/sodium_start.hpp"

namespace lianxin {
namespace {

const unsigned char* octets_of(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

static_assert(sizeof(crypto_generichash_state) <= 384);

}  // namespace

void start_sodium() {
  static const int started = sodium_init();
  LX_CHECK(started >= 0, "libsodium does not start");
}

Result<Hash256> Hash256::from_bytes(BytesView bytes) {
  Hash256 out;
  if (bytes.size() != out.octets.size()) return fail("text.not_hex");
  std::memcpy(out.octets.data(), bytes.data(), bytes.size());
  return out;
}

Hash256 hash256(BytesView bytes, BytesView key) {
  start_sodium();
  Hash256 out;
  crypto_generichash(out.octets.data(), out.octets.size(), octets_of(bytes), bytes.size(),
                     key.empty() ? nullptr : octets_of(key), key.size());
  return out;
}

Hash256 sha256(BytesView bytes) {
  start_sodium();
  Hash256 out;
  crypto_hash_sha256(out.octets.data(), octets_of(bytes), bytes.size());
  return out;
}

Digest128& Digest128::operator+=(const Digest128& other) {
  low += other.low;
  high += other.high + (low < other.low ? 1U : 0U);
  return *this;
}

Digest128& Digest128::operator-=(const Digest128& other) {
  const bool borrow = low < other.low;
  low -= other.low;
  high -= other.high + (borrow ? 1U : 0U);
  return *this;
}

Bytes Digest128::bytes() const {
  Bytes out(16, '\0');
  for (std::size_t i = 0; i < 8; ++i) {
    out[i] = static_cast<char>((low >> (8 * i)) & 0xFF);
    out[8 + i] = static_cast<char>((high >> (8 * i)) & 0xFF);
  }
  return out;
}

Result<Digest128> Digest128::from_bytes(BytesView bytes) {
  if (bytes.size() != 16) return fail("text.not_hex");
  Digest128 out;
  for (std::size_t i = 8; i-- > 0;) {
    out.low = out.low << 8 | static_cast<unsigned char>(bytes[i]);
    out.high = out.high << 8 | static_cast<unsigned char>(bytes[8 + i]);
  }
  return out;
}

Digest128 digest128(BytesView bytes) {
  start_sodium();
  Bytes out(16, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), octets_of(bytes), bytes.size(),
                     nullptr, 0);
  return Digest128::from_bytes(out).value();
}

Hasher::Hasher(BytesView key) {
  start_sodium();
  crypto_generichash_init(reinterpret_cast<crypto_generichash_state*>(state_.data()),
                          key.empty() ? nullptr : octets_of(key), key.size(), 32);
}

Hasher& Hasher::add(BytesView bytes) {
  crypto_generichash_update(reinterpret_cast<crypto_generichash_state*>(state_.data()), octets_of(bytes),
                            bytes.size());
  return *this;
}

Hash256 Hasher::finish() {
  Hash256 out;
  crypto_generichash_final(reinterpret_cast<crypto_generichash_state*>(state_.data()), out.octets.data(),
                           out.octets.size());
  return out;
}

}  // namespace lianxin
