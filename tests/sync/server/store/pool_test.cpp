#include "sync/server/store/sql/pool.hpp"

#include "tests/support/postgres.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a writer that cannot be opened is told, and the next one finds the place free") {
  const TempFolder folder;
  int opened = 0;
  store::SqlPool pool([]() -> Result<std::unique_ptr<store::SqlConnection>> { return fail("store.io"); },
                      [&]() -> Result<std::unique_ptr<store::SqlConnection>> {
                        ++opened;
                        return fail("store.io");
                      },
                      folder.path());
  CHECK(pool.write().error().code == "store.io");
  CHECK(pool.write().error().code == "store.io");
  CHECK(opened == 2);
  CHECK(pool.read().error().code == "store.io");
}

TEST_CASE("a writer whose opening throws leaves the place free as well") {
  const TempFolder temp;
  bool throws = true;
  const auto open = [&]() -> Result<std::unique_ptr<store::SqlConnection>> {
    if (throws) throw std::bad_alloc();
    return fail("store.io");
  };
  store::SqlPool pool(open, open, temp.path());
  CHECK_THROWS_AS((void)pool.write(), std::bad_alloc);
  throws = false;
  CHECK(pool.write().error().code == "store.io");
}

TEST_CASE("a lost line undoes what was not committed, and the next one finds a new line") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const auto at =
      must(store::open_postgres_store(postgres->new_database(), folder.path(), Bytes(32, 'k'), true));
  const auto put = [&](std::string_view value) {
    const auto writer = must(at->write());
    must(writer->put_meta("name", value));
    must(writer->commit());
  };
  put("before");
  {
    const auto writer = must(at->write());
    must(writer->put_meta("name", "lost"));
    postgres->cut_connections();
    CHECK(writer->commit().error().code == "store.unreachable");
  }
  CHECK(must(must(at->read())->meta("name")) == "before");
  // Lost while they lay idle: nobody notices.
  postgres->cut_connections();
  CHECK(must(must(at->read())->meta("name")) == "before");
  put("after");
  CHECK(must(must(at->read())->meta("name")) == "after");
}

}  // namespace
}  // namespace lianxin::test
