#include "sync/server/admin/passphrase.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

using sync::server::admin::read_passphrase;

TEST_CASE("a named file goes before the environment") {
  const TempFolder temp;
  setenv("LIANXIN_PASSPHRASE", "from environment", 1);
  CHECK(read_passphrase("", "?").value() == "from environment");
  REQUIRE(replace_file(temp.path() / "p", "from file\n").ok());
  CHECK(read_passphrase((temp.path() / "p").string(), "?").value() == "from file");
  CHECK(read_passphrase((temp.path() / "none").string(), "?").error().code == "file.missing");
}

}  // namespace
}  // namespace lianxin::test
