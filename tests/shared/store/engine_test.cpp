#include "shared/store/engine.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "shared/store/database.hpp"
#include "tests/support/process.hpp"

TEST_CASE("the engine says truly whether it encrypts") {
  using namespace lianxin;
  const test::TempFolder folder;
  store::OpenOptions options;
  options.path = folder.path() / "a.db";
  options.key = Bytes(32, 'k');
  options.create = true;
  {
    auto database = store::Database::open(options);
    REQUIRE(database.ok());
    REQUIRE(database->exec("CREATE TABLE sentence(words TEXT)").ok());
    REQUIRE(database->checkpoint().ok());
  }
  const auto bytes = read_file(options.path, 1 << 20);
  REQUIRE(bytes.ok());
  CHECK((bytes->find("sentence") == Bytes::npos) == store::engine_encrypts());
  CHECK(store::engine_name().starts_with("SQLite 3."));
  CHECK((store::engine_name().find(',') != std::string::npos) == store::engine_encrypts());
}
