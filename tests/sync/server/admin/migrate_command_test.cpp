#include "sync/server/admin/migrate_command.hpp"

#include <doctest/doctest.h>
#include <filesystem>

#include "shared/base/file.hpp"
#include "tests/support/postgres.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

std::string dump_of(const Desk& desk) { return desk.try_json({"dump", "--shelf"}).out; }

TEST_CASE("a county moves into a database and back: nothing differs, and the old place is named") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const std::string url = postgres->new_database();
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  const std::string before = dump_of(desk);

  const auto moved = desk.json({"migrate", "--to", url});
  CHECK(moved.at("store") == "postgresql");
  CHECK(moved.at("records") == 129);
  CHECK(std::filesystem::exists(moved.at("kept").get<std::string>()));
  CHECK_FALSE(std::filesystem::exists(desk.data() + "/server.db"));
  CHECK(dump_of(desk) == before);
  CHECK(desk.json({"verify"}).at("ok") == true);
  CHECK(desk.try_json({"migrate", "--to", url}).error() == "server.store_same");

  // It goes on there, and what is written comes back with it.
  static_cast<void>(desk.json({"worker", "add", "--name", "乙", "--role", "worker", "--scope", kSanheCode}));
  const std::string later = dump_of(desk);
  CHECK(later != before);
  CHECK(desk.json({"migrate", "--to", "sqlite"}).at("store") == "sqlite");
  CHECK(dump_of(desk) == later);
  CHECK(desk.json({"verify"}).at("ok") == true);
  CHECK_FALSE(std::filesystem::exists(desk.data() + "/store.url"));
}

TEST_CASE("a county can begin in a database, be backed up from it and restored into another") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const Desk desk;
  const std::string url = postgres->new_database();
  static_cast<void>(desk.json(
      {"init", "--name", "靖宇", "--host", "127.0.0.1", "--listen", "127.0.0.1:8443", "--store", url}));
  CHECK_FALSE(std::filesystem::exists(desk.data() + "/server.db"));
  static_cast<void>(desk.json({"division", "import", source_file("assets/divisions/divisions-220622.csv")}));
  const std::string dump = dump_of(desk);
  CHECK(desk.try_json({"init", "--name", "靖宇", "--host", "127.0.0.1", "--listen", "127.0.0.1:8443",
                       "--store", postgres->new_database()})
            .error() == "server.made");

  const std::string file = desk.file("county.lxsb");
  static_cast<void>(desk.json({"backup", file}));
  const Desk in_database;
  static_cast<void>(in_database.json({"restore", file, "--store", postgres->new_database()}));
  const Desk in_file;
  static_cast<void>(in_file.json({"restore", file}));
  for (const Desk* const restored : {&in_database, &in_file}) {
    CHECK(dump_of(*restored) == dump);
    CHECK(restored->json({"verify"}).at("ok") == true);
  }
  // Not over another county.
  const Desk third;
  CHECK(third.try_json({"restore", file, "--store", url}).error() == "store.exists");
  CHECK(third.try_json({"stats"}).error() == "server.not_made");
}

TEST_CASE(
    "what is no store, an address where nothing answers and a damaged note of it are told, and nothing "
    "moves") {
  const Desk desk;
  desk.init();
  const std::string before = dump_of(desk);
  CHECK(desk.try_json({"migrate", "--to", "mysql://x/y"}).error() == "server.store_kind");
  CHECK(desk.try_json({"migrate", "--to", "sqlite"}).error() == "server.store_same");
  CHECK(desk.try_json({"migrate", "--to", "postgresql:///x?host=" + desk.file("nobody")}).error() ==
        "store.unreachable");
  CHECK(dump_of(desk) == before);
  REQUIRE(replace_file(desk.data() + "/store.url", "nonsense").ok());
  CHECK(desk.try_json({"stats"}).error() == "server.store_url");
}

}  // namespace
}  // namespace lianxin::test
