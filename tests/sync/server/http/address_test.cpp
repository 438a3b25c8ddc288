#include "sync/server/http/address.hpp"

#include <doctest/doctest.h>

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file

TEST_CASE("an address is read as it is written, whole machine and IPv6 included") {
  for (const char* text : {"127.0.0.1:8443", ":0", "[::1]:65535", "0.0.0.0:1"}) {
    INFO(text);
    const auto address = parse_address(text);
    REQUIRE(address.ok());
    CHECK(text_of(*address) == text);
  }
  CHECK(parse_address("[::1]:80")->host == "::1");
  for (const char* text :
       {"", ":", "::1", "127.0.0.1", "127.0.0.1:-1", "127.0.0.1:65536", "127.0.0.1: 80", "host:80"}) {
    INFO(text);
    REQUIRE_FALSE(parse_address(text).ok());
    CHECK(parse_address(text).error().code == "http.address");
  }
}

TEST_CASE("port 0 takes a free port, which is told; a taken one is refused") {
  const auto first = ListenSocket::open({"127.0.0.1", 0});
  REQUIRE(first.ok());
  CHECK(first->port() > 0);
  CHECK(ListenSocket::open({"127.0.0.1", first->port()}).error().code == "http.listen");
}

}  // namespace
}  // namespace lianxin::test
