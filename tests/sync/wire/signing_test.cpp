#include "sync/wire/signing.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

using namespace lianxin;
using namespace lianxin::sync::wire;

namespace {

struct Keys {
  explicit Keys(char seed) {
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(open.data()),
                             reinterpret_cast<unsigned char*>(secret.data()),
                             reinterpret_cast<const unsigned char*>(Bytes(32, seed).data()));
  }
  Bytes open = Bytes(crypto_sign_PUBLICKEYBYTES, '\0');
  Bytes secret = Bytes(crypto_sign_SECRETKEYBYTES, '\0');
};

}  // namespace

TEST_CASE("a signature is of one key over one message") {
  const Keys keys('a');
  const Bytes signature = sign(keys.secret, "message");
  CHECK(signature.size() == 64);
  CHECK(is_signed_by(keys.open, "message", signature));
  CHECK_FALSE(is_signed_by(keys.open, "messagE", signature));
  CHECK_FALSE(is_signed_by(Keys('b').open, "message", signature));
  CHECK_FALSE(is_signed_by("short", "message", signature));
  CHECK_FALSE(is_signed_by(keys.open, "message", "short"));
  CHECK_FALSE(is_signed_by("", "", ""));
}
