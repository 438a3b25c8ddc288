#include "sync/server/service/county.hpp"

#include "tests/sync/server/service/office.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a store in which init has not run says so") {
  const TempFolder folder;
  const auto store = must(store::open_sqlite_store(folder.path() / "s.db", store_key(), true));
  CHECK(server::load_county(*must(store->read())).error().code == "server.not_made");
  CHECK(server::check_administrator(*store, "x").error().code == "server.not_made");
  const ManualClock clock(1);
  CHECK(server::Exchange::open(*store, domain::Catalogue::base(), clock).error().code == "server.not_made");
}

}  // namespace
