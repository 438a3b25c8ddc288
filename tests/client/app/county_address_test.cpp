#include "client/app/county_address.hpp"

#include <doctest/doctest.h>

namespace lianxin::test {

using namespace client::app;  // NOLINT: a test's own file

TEST_CASE("an address of the county is a scheme, a host and a port, however it is typed") {
  CHECK(county_address("https://10.1.9.9:8443").value() == "https://10.1.9.9:8443");
  CHECK(county_address("  https://10.1.9.9:8443//\n").value() == "https://10.1.9.9:8443");
  CHECK(county_address("https://[::1]:8443").value() == "https://[::1]:8443");
  for (const char* wrong :
       {"", " ", "10.1.9.9:8443", "https://", "http://10.1.9.9:8443", "https://10.1.9.9/x", "https://a b",
        "ftp://10.1.9.9", "https://u@h:1", "https://h:1#code#pin"})
    CHECK(county_address(wrong).error().code == "words.server");
}

TEST_CASE("what the county answers is no reason to look for it elsewhere") {
  CHECK(may_have_moved(fail("net.unreachable")));
  CHECK(may_have_moved(fail("net.timeout")));
  CHECK(may_have_moved(fail("net.certificate")));
  CHECK_FALSE(may_have_moved(fail("net.server")));
  CHECK_FALSE(may_have_moved(fail("sync.cancelled")));
}

}  // namespace lianxin::test
