#include "client/store/home_check.hpp"

#include <doctest/doctest.h>
#include <filesystem>

#include "client/store/laptop_store.hpp"
#include "tests/client/store/small_county.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using namespace lianxin::test;
namespace fs = std::filesystem;

TEST_CASE("either key file opens a store; without both the work is still known to be there") {
  TempFolder folder;
  SmallCounty county;
  const HomePaths paths(folder.path() / "home");
  CHECK_FALSE(holds_work(paths));
  CHECK(must_open(paths).error().code == "store.missing");
  Id member;
  {
    auto store = LaptopStore::create(county.enrol(paths.folder), county.clock);
    REQUIRE(store.ok());
    member = put_member(**store, "钥匙在");
  }
  fs::remove(paths.key_file());
  CHECK(must_open(paths).ok());
  {
    OpenReport report;
    auto store = LaptopStore::open(paths.folder, kPassphrase, county.clock, report);
    REQUIRE(store.ok());
    CHECK(name_of(**store, member) == "钥匙在");
  }
  CHECK(fs::exists(paths.key_file()));
  fs::remove(paths.key_file());
  fs::remove(paths.key_file().string() + ".1");
  CHECK(holds_work(paths));
  CHECK(must_open(paths).error().code == "store.keyless");
  CHECK(LaptopStore::create(county.enrol(paths.folder), county.clock).error().code == "store.exists");
}
