#include "sync/server/admin/passphrase.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

using sync::server::admin::read_passphrase;

TEST_CASE("a named file goes before the environment; only its first line counts") {
  const TempFolder temp;
  setenv("LIANXIN_PASSPHRASE", "from environment", 1);
  CHECK(read_passphrase("", "?").value() == "from environment");
  for (const char* content : {"from file", "from file\n", "from file\r\nsecond line\n"}) {
    REQUIRE(replace_file(temp.path() / "p", content).ok());
    CHECK(read_passphrase((temp.path() / "p").string(), "?").value() == "from file");
  }
  CHECK(read_passphrase((temp.path() / "none").string(), "?").error().code == "passphrase.file");
}

}  // namespace
}  // namespace lianxin::test
