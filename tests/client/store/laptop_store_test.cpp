#include "client/store/laptop_store.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/store/backup_file.hpp"
#include "client/store/journal_tail.hpp"
#include "client/store/machine_mark.hpp"
#include "client/store/replay.hpp"
#include "client/store/store_opening.hpp"
#include "client/store/store_verify.hpp"
#include "shared/base/text.hpp"
#include "tests/client/store/small_county.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using namespace lianxin::test;
namespace fs = std::filesystem;

namespace {

struct Bench {
  TempFolder folder;
  fs::path home = folder.path() / "home";
  SmallCounty county;

  std::unique_ptr<LaptopStore> create() {
    auto made = LaptopStore::create(county.enrol(home), county.clock);
    if (!made.ok()) FAIL(made.error().code << " " << made.error().detail);
    return std::move(*made);
  }
  std::unique_ptr<LaptopStore> open(OpenReport& report) { return open(home, report); }
  std::unique_ptr<LaptopStore> open(const fs::path& at, OpenReport& report) {
    auto opened = LaptopStore::open(at, kPassphrase, county.clock, report);
    if (!opened.ok()) FAIL(opened.error().code << " " << opened.error().detail);
    return std::move(*opened);
  }
  std::unique_ptr<LaptopStore> open() {
    OpenReport report;
    return open(report);
  }
  void copy_home(const fs::path& to) const { fs::copy(home, to, fs::copy_options::recursive); }
};

void ruin(const fs::path& file, std::uint64_t at, std::size_t bytes = 8) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(static_cast<std::streamoff>(at));
  stream << std::string(bytes, '\x5a');
}

}  // namespace

TEST_CASE("a store is made once, opens with its passphrase, and for one process at a time") {
  Bench bench;
  Id member;
  {
    auto store = bench.create();
    member = put_member(*store, "冯未传");
    CHECK(store->copies() == 2);
    OpenReport report;
    CHECK(LaptopStore::open(bench.home, kPassphrase, bench.county.clock, report).error().code ==
          "store.in_use");
  }
  CHECK(LaptopStore::create(bench.county.enrol(bench.home), bench.county.clock).error().code ==
        "store.exists");
  OpenReport report;
  CHECK(LaptopStore::open(bench.home, "not the passphrase", bench.county.clock, report).error().code ==
        "store.wrong_passphrase");
  CHECK(LaptopStore::open(bench.folder.path() / "no", kPassphrase, bench.county.clock, report).error().code ==
        "store.missing");
  auto store = bench.open(report);
  CHECK_FALSE(report.repaired);
  CHECK_FALSE(report.is_copy);
  CHECK(report.from_journal == 0);
  CHECK(name_of(*store, member) == "冯未传");
  CHECK(problems_of(*store) == "");
}

TEST_CASE("a creation that fails leaves nothing behind") {
  Bench bench;
  NewStore made = bench.county.enrol(bench.home);
  made.passphrase = "short";
  CHECK(LaptopStore::create(made, bench.county.clock).error().code == "store.passphrase_short");
  CHECK_FALSE(fs::exists(bench.home));
}

TEST_CASE("no file of a store holds a readable name or number") {
  Bench bench;
  {
    auto store = bench.create();
    put_member(*store, "冯未传");
    bench.county.sync(*store);
    put_member(*store, "郑不识");
    Draft draft{Id::make(1), "member", Id{}, "冯", "{\"phone\":\"13900002222\"}", "", 1};
    REQUIRE(store->drafts().stash(draft).ok());
    REQUIRE(store->backup(bench.folder.path() / "backup").ok());
    for (const auto& file : fs::recursive_directory_iterator(bench.folder.path())) {
      if (!file.is_regular_file()) continue;
      std::ifstream in(file.path(), std::ios::binary);
      const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      CAPTURE(file.path().string());
      for (const char* word : {"冯未传", "郑不识", "13900002222", "顾小满", "SQLite format"})
        CHECK(bytes.find(word) == std::string::npos);
    }
  }
}

TEST_CASE("a database that lost its last changes gets them back from the journal and goes on") {
  Bench bench;
  Id first;
  Id second;
  ReplicaId replica;
  const fs::path old_copy = bench.folder.path() / "old.db";
  {
    auto store = bench.create();
    first = put_member(*store, "甲某");
    replica = store->records().status()->replica;
  }
  fs::copy_file(bench.home / "store.db", old_copy);
  {
    auto store = bench.open();
    second = put_member(*store, "乙某");
  }
  fs::copy_file(old_copy, bench.home / "store.db", fs::copy_options::overwrite_existing);
  OpenReport report;
  auto store = bench.open(report);
  CHECK(report.from_journal > 0);
  CHECK(report.missing == 0);
  CHECK_FALSE(report.repaired);
  CHECK(store->records().status()->replica == replica);
  CHECK(name_of(*store, first) == "甲某");
  CHECK(name_of(*store, second) == "乙某");
  CHECK(problems_of(*store) == "");
  const auto receipt = bench.county.sync(*store);
  CHECK(receipt.complete);
}

TEST_CASE("a database that went back behind the county's receipt still sends what only the journal has") {
  Bench bench;
  const fs::path old_copy = bench.folder.path() / "old.db";
  {
    auto store = bench.create();
    put_member(*store, "甲某");
    bench.county.sync(*store);
  }
  fs::copy_file(bench.home / "store.db", old_copy);
  Id unsent;
  {
    auto store = bench.open();
    put_member(*store, "乙某");
    bench.county.sync(*store);
    unsent = put_member(*store, "丙某");
  }
  fs::copy_file(old_copy, bench.home / "store.db", fs::copy_options::overwrite_existing);
  OpenReport report;
  auto store = bench.open(report);
  CHECK(report.from_journal > 0);
  CHECK(report.missing == 0);
  CHECK(name_of(*store, unsent) == "丙某");
  CHECK(problems_of(*store) == "");
  CHECK(bench.county.sync(*store).complete);
  CHECK(store->records().status()->unsent == 0);
  CHECK(problems_of(*store) == "");
}

TEST_CASE(
    "a database behind its head mark without a journal goes on as a new replica and says what is missing") {
  Bench bench;
  const fs::path old_copy = bench.folder.path() / "old.db";
  ReplicaId replica;
  Id first;
  {
    auto store = bench.create();
    first = put_member(*store, "甲某");
    replica = store->records().status()->replica;
  }
  fs::copy_file(bench.home / "store.db", old_copy);
  std::uint64_t lost = 0;
  {
    auto store = bench.open();
    const std::uint64_t before = store->records().status()->unsent;
    put_member(*store, "乙某");
    lost = store->records().status()->unsent - before;
  }
  fs::copy_file(old_copy, bench.home / "store.db", fs::copy_options::overwrite_existing);
  fs::remove(bench.home / "journal.lx");
  SUBCASE("as the mark says") {}
  SUBCASE("as far as anybody knows: the mark cannot be read") {
    ruin(bench.home / "head.lx", 0);
    lost = 0;
  }
  SUBCASE("as far as anybody knows: the mark is gone") {
    fs::remove(bench.home / "head.lx");
    lost = 0;
  }
  OpenReport report;
  auto store = bench.open(report);
  CHECK(report.missing == lost);
  CHECK(store->records().status()->replica != replica);
  put_member(*store, "丙某");
  CHECK(bench.county.sync(*store).complete);
  CHECK(name_of(*store, first) == "甲某");
  CHECK(bench.county.replicas().size() == 2);
  CHECK(problems_of(*store) == "");
}

TEST_CASE(
    "who has read of an own change beyond the own end, and was stopped then, goes on as a new replica") {
  Bench bench;
  ReplicaId replica;
  {
    auto store = bench.create();
    put_member(*store, "甲某");
    replica = store->records().status()->replica;
    auto known = store->database().prepare("INSERT INTO known VALUES(?, 100)");
    REQUIRE(known.bind(1, replica.number).run().ok());
  }
  auto store = bench.open();
  CHECK(store->records().status()->replica != replica);
  CHECK(bench.county.sync(*store).complete);
  CHECK(problems_of(*store) == "");
}

TEST_CASE("a database ruined anywhere is set aside and comes back from journal and server") {
  const std::uint64_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 4; ++round) {
    CAPTURE(round);
    Bench bench;
    Id sent;
    Id unsent;
    std::string before;
    {
      auto store = bench.create();
      sent = put_member(*store, "郑全");
      bench.county.sync(*store);
      unsent = put_member(*store, "冯未传");
      before = dump_of(*store);
    }
    const auto size = fs::file_size(bench.home / "store.db");
    if (round == 0) {
      fs::remove(bench.home / "store.db");
    } else {
      ruin(bench.home / "store.db", round == 1 ? 100 : 200 + random() % (size - 300));
    }
    OpenReport report;
    auto store = bench.open(report);
    CHECK(report.repaired);
    CHECK(report.missing == 0);
    CHECK(report.from_journal > 0);
    CHECK((round == 0) == report.set_aside.empty());
    CHECK(name_of(*store, unsent) == "冯未传");
    const auto receipt = bench.county.sync(*store);
    CHECK(receipt.complete);
    CHECK(name_of(*store, sent) == "郑全");
    CHECK(dump_of(*store) == before);
    CHECK(problems_of(*store) == "");
    // Nothing was issued twice: all of it is in the county, and new work as well.
    put_member(*store, "新来");
    CHECK(bench.county.sync(*store).complete);
  }
}

TEST_CASE("a copied folder goes on as a new replica; the original stays what it was") {
  Bench bench;
  Id shared;
  {
    auto store = bench.create();
    put_member(*store, "已送");
    bench.county.sync(*store);
    shared = put_member(*store, "未送");
  }
  bench.copy_home(bench.folder.path() / "copy");
  OpenReport report;
  auto original = bench.open(report);
  CHECK_FALSE(report.is_copy);
  OpenReport copy_report;
  auto copy = bench.open(bench.folder.path() / "copy", copy_report);
  CHECK(copy_report.is_copy);
  CHECK(copy->records().status()->replica != original->records().status()->replica);
  const Id here = put_member(*original, "原机");
  const Id there = put_member(*copy, "副本");
  CHECK(bench.county.sync(*copy).complete);
  CHECK(bench.county.sync(*original).complete);
  CHECK(bench.county.sync(*copy).complete);
  CHECK(name_of(*copy, here) == "原机");
  CHECK(name_of(*original, there) == "副本");
  CHECK(name_of(*copy, shared) == "未送");
  CHECK(dump_of(*copy) == dump_of(*original));
  CHECK(problems_of(*copy) == "");
  CHECK(problems_of(*original) == "");
  copy.reset();
  OpenReport again;
  copy = bench.open(bench.folder.path() / "copy", again);
  CHECK_FALSE(again.is_copy);
}

TEST_CASE("a moved folder is no copy") {
  Bench bench;
  { auto store = bench.create(); }
  fs::rename(bench.home, bench.folder.path() / "moved");
  OpenReport report;
  auto store = bench.open(bench.folder.path() / "moved", report);
  CHECK_FALSE(report.is_copy);
  CHECK(is_marked_here(bench.folder.path() / "moved", store->identity().machine_mark));
  CHECK_FALSE(is_marked_here(bench.folder.path() / "moved", "another secret"));
}

TEST_CASE("a backup brings everything back, under a new name") {
  Bench bench;
  const fs::path file = bench.folder.path() / "backup.lx";
  const fs::path other = bench.folder.path() / "other";
  Id sent;
  Id unsent;
  auto store = bench.create();
  sent = put_member(*store, "郑全");
  bench.county.sync(*store);
  unsent = put_member(*store, "冯未传");
  REQUIRE(store->backup(file).ok());
  CHECK(store->backup(file).error().code == "store.exists");
  CHECK(LaptopStore::restore(file, bench.home, kPassphrase, bench.county.clock).error().code ==
        "store.exists");
  CHECK(LaptopStore::restore(file, other, "not the passphrase", bench.county.clock).error().code ==
        "store.wrong_passphrase");
  CHECK_FALSE(fs::exists(other / "store.db"));
  put_member(*store, "其后");
  bench.county.sync(*store);
  auto restored = LaptopStore::restore(file, other, kPassphrase, bench.county.clock);
  REQUIRE(restored.ok());
  CHECK(name_of(**restored, unsent) == "冯未传");
  CHECK((*restored)->records().status()->replica != store->records().status()->replica);
  put_member(**restored, "再写");
  CHECK(bench.county.sync(**restored).complete);
  CHECK(bench.county.sync(*store).complete);
  CHECK(dump_of(**restored) == dump_of(*store));
  CHECK(problems_of(**restored) == "");
}

TEST_CASE("a damaged backup is refused and leaves nothing behind") {
  Bench bench;
  const fs::path file = bench.folder.path() / "backup.lx";
  auto store = bench.create();
  REQUIRE(store->backup(file).ok());
  const auto size = fs::file_size(file);
  for (const std::uint64_t at :
       {std::uint64_t{0}, std::uint64_t{9}, std::uint64_t{100}, size / 2, size - 8}) {
    CAPTURE(at);
    const fs::path bad = bench.folder.path() / "bad.lx";
    const fs::path home = bench.folder.path() / "other";
    fs::copy_file(file, bad, fs::copy_options::overwrite_existing);
    ruin(bad, at);
    CHECK(LaptopStore::restore(bad, home, kPassphrase, bench.county.clock).error().code ==
          "backup.malformed");
    CHECK_FALSE(fs::exists(home));
  }
}

TEST_CASE("recover rebuilds from key file and journal even when the database opens") {
  Bench bench;
  Id unsent;
  {
    auto store = bench.create();
    put_member(*store, "郑全");
    bench.county.sync(*store);
    unsent = put_member(*store, "冯未传");
  }
  const fs::path stick = bench.folder.path() / "rescued.journal";
  fs::rename(bench.home / "journal.lx", stick);
  OpenReport report;
  auto store = LaptopStore::recover(bench.home, stick, kPassphrase, bench.county.clock, report);
  REQUIRE(store.ok());
  CHECK(report.repaired);
  CHECK(fs::exists(report.set_aside));
  CHECK(name_of(**store, unsent) == "冯未传");
  CHECK(bench.county.sync(**store).complete);
  CHECK(problems_of(**store) == "");
}

TEST_CASE("a journal folder that goes away costs no save, and is caught up when it is back") {
  Bench bench;
  const fs::path stick = bench.folder.path() / "stick";
  const fs::path away = bench.folder.path() / "away";
  fs::create_directory(stick);
  auto store = bench.create();
  put_member(*store, "一");
  REQUIRE(store->set_journal_folder(stick).ok());
  CHECK_FALSE(fs::exists(bench.home / "journal.lx"));
  CHECK(store->set_journal_folder(bench.folder.path() / "nowhere").error().code == "journal.no_folder");
  fs::rename(stick, away);
  put_member(*store, "二");
  CHECK(store->copies() == 1);
  put_member(*store, "三");
  fs::rename(away, stick);
  put_member(*store, "四");
  CHECK(store->copies() == 2);
  CHECK(problems_of(*store) == "");
  // Without the stick the store opens; with it, what the database lost comes back.
  store.reset();
  fs::rename(stick, away);
  store = bench.open();
  CHECK(store->copies() == 1);
  store.reset();
  fs::rename(away, stick);
  ruin(bench.home / "store.db", 0, 64);
  OpenReport report;
  store = bench.open(report);
  CHECK(report.missing == 0);
  CHECK(store->records().counts()->at("member") == 4);
  REQUIRE(store->set_journal_folder("").ok());
  CHECK(fs::exists(bench.home / "journal.lx"));
  CHECK(problems_of(*store) == "");
}

TEST_CASE("killed at any moment, every save that was reported is there and the store fits together") {
  const std::uint64_t seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  Bench bench;
  { auto store = bench.create(); }
  std::set<std::string> reported;
  for (int round = 0; round < 5; ++round) {
    CAPTURE(round);
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      close(ends[0]);
      OpenReport report;
      auto store = LaptopStore::open(bench.home, kPassphrase, bench.county.clock, report);
      for (int i = 0; store.ok(); ++i) {
        const std::string line = put_member(**store, "甲某" + std::to_string(i)).text() + "\n";
        if (write(ends[1], line.data(), line.size()) < 0) break;
      }
      _exit(1);
    }
    close(ends[1]);
    std::string said;
    char buffer[4096];
    const std::size_t wanted = 37 * (1 + random() % 6);
    while (said.size() < wanted) {
      const ssize_t got = read(ends[0], buffer, sizeof buffer);
      if (got <= 0) break;
      said.append(buffer, static_cast<std::size_t>(got));
    }
    usleep(static_cast<useconds_t>(random() % 30000));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    for (ssize_t got = 1; got > 0;) {
      got = read(ends[0], buffer, sizeof buffer);
      if (got > 0) said.append(buffer, static_cast<std::size_t>(got));
    }
    close(ends[0]);
    for (const std::string& line : split(said, '\n')) {
      if (!line.empty()) reported.insert(line);
    }
    OpenReport report;
    auto store = bench.open(report);
    CHECK_FALSE(report.repaired);
    CHECK(report.missing == 0);
    for (const std::string& id : reported)
      REQUIRE_FALSE(name_of(*store, *Id::parse(id)).empty());
    CHECK(problems_of(*store) == "");
  }
  CHECK(reported.size() >= 5);
}

TEST_CASE("a changed passphrase opens the same store") {
  Bench bench;
  Id member;
  {
    auto store = bench.create();
    member = put_member(*store, "甲某");
    setenv("LIANXIN_KDF_MIB", "8", 1);
    REQUIRE(store->change_passphrase(kPassphrase, "quite another passphrase").ok());
  }
  OpenReport report;
  CHECK(LaptopStore::open(bench.home, kPassphrase, bench.county.clock, report).error().code ==
        "store.wrong_passphrase");
  auto store = LaptopStore::open(bench.home, "quite another passphrase", bench.county.clock, report);
  REQUIRE(store.ok());
  CHECK(name_of(**store, member) == "甲某");
}

TEST_CASE("verify names what does not fit") {
  Bench bench;
  auto store = bench.create();
  put_member(*store, "甲某");
  REQUIRE(problems_of(*store) == "");
  REQUIRE(store->database().exec("UPDATE change SET hash = zeroblob(32) WHERE counter = 1").ok());
  CHECK_FALSE(problems_of(*store).empty());
}
