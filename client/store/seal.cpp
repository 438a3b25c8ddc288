#include "client/store/seal.hpp"

#include <sodium.h>

#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "shared/base/sodium_start.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::client::store {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kSealBytes == kNonceBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(kKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* octets_of(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* octets_of(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

Bytes seal(BytesView key, BytesView context, BytesView plain) {
  LX_CHECK(key.size() == kKeyBytes, "a key of 32 bytes");
  start_sodium();
  Bytes out = random_bytes(kNonceBytes);
  const Bytes nonce = out;
  out.resize(kSealBytes + plain.size());
  crypto_aead_xchacha20poly1305_ietf_encrypt(octets_of(out) + kNonceBytes, nullptr, octets_of(plain),
                                             plain.size(), octets_of(context), context.size(), nullptr,
                                             octets_of(nonce), octets_of(key));
  return out;
}

Result<Bytes> unseal(BytesView key, BytesView context, BytesView sealed) {
  LX_CHECK(key.size() == kKeyBytes, "a key of 32 bytes");
  if (sealed.size() < kSealBytes) return fail("seal.broken");
  start_sodium();
  Bytes out(sealed.size() - kSealBytes, '\0');
  const BytesView rest = sealed.substr(kNonceBytes);
  const int code = crypto_aead_xchacha20poly1305_ietf_decrypt(
      octets_of(out), nullptr, nullptr, octets_of(rest), rest.size(), octets_of(context), context.size(),
      octets_of(sealed), octets_of(key));
  if (code != 0) return fail("seal.broken");
  return out;
}

Bytes derive_key(BytesView key, std::string_view purpose) {
  return Bytes(hash256("lx-key:" + std::string(purpose), key).bytes());
}

void wipe(Bytes& secret) {
  sodium_memzero(secret.data(), secret.size());
  secret.clear();
}

Result<Bytes> sign_as_device(const Identity& identity, BytesView message) {
  if (identity.sign_secret.size() != crypto_sign_SECRETKEYBYTES) return fail("store.key_damaged");
  return sync::wire::sign(identity.sign_secret, message);
}

}  // namespace lianxin::client::store
