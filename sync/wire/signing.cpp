#include "sync/wire/signing.hpp"

#include <sodium.h>

#include "shared/base/check.hpp"
#include "shared/base/sodium_start.hpp"

namespace lianxin::sync::wire {
namespace {

const unsigned char* raw_of(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

}  // namespace

Bytes sign(BytesView secret, BytesView message) {
  start_sodium();
  LX_CHECK(secret.size() == crypto_sign_SECRETKEYBYTES, "a signing key of another size");
  Bytes signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw_of(message),
                       message.size(), raw_of(secret));
  return signature;
}

bool is_signed_by(BytesView open, BytesView message, BytesView signature) {
  start_sodium();
  if (open.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
  return crypto_sign_verify_detached(raw_of(signature), raw_of(message), message.size(), raw_of(open)) == 0;
}

}  // namespace lianxin::sync::wire
