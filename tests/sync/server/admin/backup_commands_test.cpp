#include "sync/server/admin/backup_commands.hpp"

#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <thread>

#include "shared/base/file.hpp"
#include "sync/server/admin/data_folder.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a backup brings everything back on an empty machine, as the next epoch under the same keys") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  const std::string dump = desk.try_json({"dump", "--shelf"}).out;
  const std::string file = desk.file("county.lxsb");
  CHECK(desk.json({"backup", file}).at("bytes") > 1000);

  const Desk other;
  const auto restored = other.json({"restore", file});
  CHECK(restored.at("epoch") > desk.json({"stats"}).at("epoch"));
  CHECK(other.json({"stats"}).at("epoch") == restored.at("epoch"));
  CHECK(other.try_json({"dump", "--shelf"}).out == dump);
  CHECK(other.json({"verify"}).at("ok") == true);
  CHECK(read_file(other.data() + "/certificate.pem", 10000).value() ==
        read_file(desk.data() + "/certificate.pem", 10000).value());
  CHECK(other.try_json({"restore", file}).error() == "server.made");
}

TEST_CASE("a backup is never written over a file, nor sealed with a wrong passphrase") {
  const Desk desk;
  desk.init();
  REQUIRE(replace_file(desk.file("mine"), "mine").ok());
  CHECK(desk.try_json({"backup", desk.file("mine")}).error() == "backup.exists");
  CHECK(read_file(desk.file("mine"), 100).value() == "mine");
  setenv("LIANXIN_PASSPHRASE", "a slip of the finger", 1);
  CHECK(desk.try_json({"backup", desk.file("b")}).error() == "server.login");
  CHECK_FALSE(std::filesystem::exists(desk.file("b")));
  setenv("LIANXIN_PASSPHRASE", kAdminPassphrase, 1);
  CHECK(desk.try_json({"backup", desk.file("no/folder/b")}).error() == "file.unwritable");
}

TEST_CASE("a backup leaves nothing beside it, and clears away what others left that were cut short") {
  const Desk desk;
  desk.init();
  const std::string file = desk.file("b");
  const std::string now = Id::make(SystemClock().now_ms()).text();
  const std::string long_ago = Id::make(SystemClock().now_ms() - 3LL * 24 * 60 * 60 * 1000).text();
  const std::vector<std::string> goes = {"b.store-" + now, "b.part-" + now,
                                         "b.part-" + now + ".verify-" + now, "a.store-" + long_ago,
                                         "a.part-" + long_ago};
  // Somebody may be making a, and the last ones are nobody's of ours.
  const std::vector<std::string> stays = {"a.store-" + now, "b.store-", "b.store-mine", "b.other-" + now,
                                          "a"};
  for (const auto* names : {&goes, &stays})
    for (const std::string& name : *names)
      REQUIRE(replace_file(desk.file(name), "x").ok());
  static_cast<void>(desk.json({"backup", file}));
  for (const std::string& name : goes)
    CHECK_FALSE(std::filesystem::exists(desk.file(name)));
  for (const std::string& name : stays)
    CHECK(std::filesystem::exists(desk.file(name)));
  std::size_t beside = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(file).parent_path()))
    beside += entry.path().filename().string().starts_with("b.") ? 1 : 0;
  CHECK(beside == 3);
}

TEST_CASE("a second backup waits for the first to end, whose files are not left over") {
  const Desk desk;
  desk.init();
  const std::string writing = desk.file("b.part-" + Id::make(SystemClock().now_ms()).text());
  REQUIRE(replace_file(writing, "x").ok());
  {
    const auto first = FileLock::take(desk.data() + "/backup.lock");
    REQUIRE(first.ok());
    CHECK(desk.try_json({"backup", desk.file("b")}).error() == "backup.running");
    CHECK(std::filesystem::exists(writing));
  }
  CHECK(desk.json({"backup", desk.file("b")}).at("bytes") > 1000);
}

TEST_CASE("where the copy beside a backup finds its disk full, that one is named and not the county's") {
  using sync::server::admin::copied_beside;
  const Status full = copied_beside(fail("store.full", {{"path", "/county/server.db"}}), "/stick/b");
  REQUIRE_FALSE(full.ok());
  CHECK(full.error().code == "file.unwritable");
  CHECK(full.error().args.front().value == "/stick/b");
  CHECK(full.error().args.back().value == "why.no_space");
  // Neither is a stick that may not be written, or is gone; the county's own disk stays what is said of it.
  const Status gone = copied_beside(fail("store.io", {{"path", "/county/server.db"}}), "/stick/b");
  CHECK(gone.error().code == "file.unwritable");
  CHECK(gone.error().args.front().value == "/stick/b");
  CHECK(gone.error().args.back().value == "why.not_there");
  const Desk desk;
  CHECK(copied_beside(fail("store.io"), desk.file("b")).error().code == "store.io");
  CHECK(copied_beside({}, "/stick/b").ok());
}

TEST_CASE("lists that are asked for and not there stop a restore before it begins") {
  const Desk desk;
  desk.init();
  const std::string file = desk.file("b");
  static_cast<void>(desk.json({"backup", file}));
  const Desk other;
  CHECK(other.try_json({"restore", file, "--lists", desk.file("none")}).error() == "restore.lists");
  CHECK_FALSE(std::filesystem::exists(other.data()));
  CHECK(other.json({"restore", file}).at("lists") == false);
}

TEST_CASE("lists that are brought to a restore are the county's own afterwards, whoever could read them") {
  const Desk desk;
  desk.init();
  const std::string file = desk.file("b");
  static_cast<void>(desk.json({"backup", file}));
  const std::filesystem::path lost = desk.file("lost");
  std::filesystem::create_directory(lost);
  REQUIRE(replace_file(lost / "grants.list", "a line\n").ok());
  std::filesystem::permissions(lost / "grants.list", std::filesystem::perms{0644});
  const Desk other;
  const auto restored = other.json({"restore", file, "--lists", lost.string()});
  CHECK(restored.at("lists") == true);
  CHECK(restored.at("lines_passed_over") == 1);
  const std::filesystem::path brought = std::filesystem::path(other.data()) / "grants.list";
  CHECK(read_file(brought, 1'000'000).value().starts_with("a line\n"));
  CHECK(std::filesystem::status(brought).permissions() == std::filesystem::perms{0600});
}

TEST_CASE("what a store of before left behind its file is no part of the one that is restored") {
  using namespace sync::server;
  const Desk desk;
  desk.init();
  const std::string backup = desk.file("b");
  static_cast<void>(desk.json({"backup", backup}));
  const admin::DataFolder folder(desk.data());
  {
    // The machine stops here: the write-ahead log stands beside the file. Then the file is thrown away.
    const auto store = folder.open_store();
    REQUIRE(store.ok());
    const auto writer = (*store)->write();
    REQUIRE(writer.ok());
    REQUIRE((*writer)->put_meta("after the backup", "1").ok());
    REQUIRE((*writer)->commit().ok());
    std::filesystem::copy_file(folder.store().string() + "-wal", desk.file("log"));
  }
  std::filesystem::remove(folder.store());
  std::filesystem::copy_file(desk.file("log"), folder.store().string() + "-wal");
  static_cast<void>(desk.json({"restore", backup}));
  const auto store = folder.open_store();
  REQUIRE(store.ok());
  const auto reader = (*store)->read();
  REQUIRE(reader.ok());
  CHECK_FALSE((*reader)->meta("after the backup").value());
  CHECK((*store)->check_files().ok());
}

TEST_CASE("what cannot be restored leaves an empty folder that can be restored into") {
  const Desk desk;
  desk.init();
  const std::string file = desk.file("b");
  static_cast<void>(desk.json({"backup", file}));
  Bytes damaged = read_file(file, 100'000'000).value();
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
  REQUIRE(replace_file(desk.file("damaged"), damaged).ok());

  const Desk other;
  CHECK(other.try_json({"restore", desk.file("none")}).error() == "backup.read");
  CHECK(other.try_json({"restore", desk.file("damaged")}).error() == "backup.damaged");
  CHECK_FALSE(std::filesystem::exists(other.data() + "/server.db"));
  CHECK(other.try_json({"stats"}).error() == "server.not_made");
  const auto epoch = other.json({"restore", file}).at("epoch").get<std::uint64_t>();
  CHECK(epoch > 1);
  // The same backup in another second is another life: no laptop takes one for the other.
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));
  const Desk third;
  CHECK(third.json({"restore", file}).at("epoch").get<std::uint64_t>() > epoch);
}

}  // namespace
}  // namespace lianxin::test
