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

TEST_CASE("a log that a lost store left behind is no part of the one that is restored or made anew") {
  TempFolder folder;
  SmallCounty county;
  const HomePaths first(folder.path() / "home");
  const HomePaths other(folder.path() / "other");
  const fs::path backup = folder.path() / "backup.lx";
  auto store = LaptopStore::create(county.enrol(first.folder), county.clock);
  REQUIRE(store.ok());
  const Id before = put_member(**store, "郑全");
  REQUIRE((*store)->backup(backup).ok());
  const Id after = put_member(**store, "其后");
  const auto leave_log = [&] {
    fs::copy_file(first.database().string() + "-wal", other.database().string() + "-wal");
  };
  fs::create_directory(other.folder);
  leave_log();
  auto restored = LaptopStore::restore(backup, other.folder, kPassphrase, county.clock);
  REQUIRE(restored.ok());
  CHECK(name_of(**restored, before) == "郑全");
  CHECK(name_of(**restored, after) == "");
  CHECK(problems_of(**restored) == "");
  restored->reset();
  fs::remove(other.database());
  leave_log();
  OpenReport report;
  const auto again = LaptopStore::open(other.folder, kPassphrase, county.clock, report);
  REQUIRE(again.ok());
  CHECK(name_of(**again, after) == "");
  CHECK(problems_of(**again) == "");
}
