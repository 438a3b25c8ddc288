#include <doctest/doctest.h>

#include "sync/laptop/session.hpp"
#include "sync/wire/signing.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync::laptop;

TEST_CASE("a join line gives address, code and pins") {
  const auto join = parse_join_line("https://10.1.2.3:8443/#ABCDE23456#sha256//abc=;sha256//def=");
  REQUIRE(join.ok());
  CHECK(join->url == "https://10.1.2.3:8443");
  CHECK(join->code == "ABCDE23456");
  CHECK(join->key_pins == "sha256//abc=;sha256//def=");
}

TEST_CASE("anything else is refused") {
  for (const char* line : {"", "https://x", "https://x/#code", "http://x/#code#sha256//a",
                           "https:///#code#sha256//a", "https://x/##sha256//a", "https://x/#code#md5//a"}) {
    CHECK_MESSAGE(!parse_join_line(line).ok(), line);
  }
}

TEST_CASE("device keys sign, and each laptop has its own") {
  const DeviceKeys keys = make_device_keys();
  const Bytes signature = sync::wire::sign(keys.sign_secret, "message");
  CHECK(sync::wire::is_signed_by(keys.sign_public, "message", signature));
  CHECK_FALSE(sync::wire::is_signed_by(make_device_keys().sign_public, "message", signature));
}

}  // namespace
