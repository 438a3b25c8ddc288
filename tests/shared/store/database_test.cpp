#include "shared/store/database.hpp"

#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

#include "shared/base/file.hpp"
#include "shared/store/each_row.hpp"
#include "tests/support/process.hpp"

namespace lianxin::store {
namespace {

using test::TempFolder;

OpenOptions options(const TempFolder& folder, bool create) {
  OpenOptions out;
  out.path = folder.path() / "store.db";
  out.key = Bytes(32, 'k');
  out.create = create;
  out.busy_timeout_ms = 50;
  return out;
}

Database make(const TempFolder& folder) {
  auto made = Database::open(options(folder, true));
  REQUIRE(made.ok());
  REQUIRE(made->exec("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, data BLOB)").ok());
  return std::move(made).value();
}

std::int64_t count(Database& database) {
  Statement statement = database.prepare("SELECT count(*) FROM t");
  REQUIRE(statement.step().value());
  return statement.integer(0);
}

TEST_CASE("a new store refuses an existing file, an old one a missing file") {
  const TempFolder folder;
  CHECK(Database::open(options(folder, false)).error().code == "store.missing");
  { Database database = make(folder); }
  CHECK(Database::open(options(folder, true)).error().code == "store.exists");
  CHECK(Database::open(options(folder, false)).ok());
}

/// From here on the calling thread may not write what nobody may write, which root may.
bool give_up_override() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> rights{};
  if (syscall(SYS_capget, &header, rights.data()) != 0) return false;
  for (std::uint32_t* set : {&rights[0].effective, &rights[0].permitted, &rights[0].inheritable})
    *set &= ~((1U << CAP_DAC_OVERRIDE) | (1U << CAP_DAC_READ_SEARCH));
  return syscall(SYS_capset, &header, rights.data()) == 0;
}

void check_named_and_opened_again(const TempFolder& folder) {
  using std::filesystem::perms;
  const auto file = options(folder, false).path;
  const auto refused_where = [&](const std::filesystem::path& path) {
    const auto opened = Database::open(options(folder, false));
    CHECK_FALSE(opened.ok());
    if (opened.ok()) return;
    CHECK(opened.error().code == "file.unwritable");
    CHECK(opened.error().args.at(0).value == path.string());
    CHECK(opened.error().args.at(1).value == "why.not_allowed");
  };
  std::filesystem::permissions(file, perms::owner_read);
  refused_where(file);
  std::filesystem::permissions(file, perms::owner_read | perms::owner_write);
  CHECK(Database::open(options(folder, false)).ok());

  std::filesystem::permissions(folder.path(), perms::owner_read | perms::owner_exec);
  refused_where(folder.path());
  std::filesystem::permissions(folder.path(), perms::owner_all);
  const auto opened = Database::open(options(folder, false));
  CHECK(opened.ok());
}

TEST_CASE("a store that may not be written is named, and opens again as soon as it may be") {
  const TempFolder folder;
  { Database database = make(folder); }
  bool gave_up = false;
  std::thread nobody([&] {  // rights are a thread's own
    gave_up = give_up_override();
    if (gave_up) check_named_and_opened_again(folder);
  });
  nobody.join();
  CHECK(gave_up);
}

TEST_CASE("rows come one after another, until one of them is answered with an error") {
  const TempFolder folder;
  Database database = make(folder);
  REQUIRE(database.exec("INSERT INTO t (name) VALUES ('甲'), ('乙'), ('丙')").ok());
  std::string names;
  Statement all = database.prepare("SELECT name FROM t ORDER BY id");
  REQUIRE(each_row(all, [&] { names += all.text(0); }).ok());
  CHECK(names == "甲乙丙");
  names.clear();
  Statement again = database.prepare("SELECT name FROM t ORDER BY id");
  const Status ended = each_row(again, [&]() -> Status {
    names += again.text(0);
    return again.text(0) == "乙" ? Status(fail("test.enough")) : Status{};
  });
  CHECK(ended.error().code == "test.enough");
  CHECK(names == "甲乙");
  Statement wrong = database.prepare("SELECT abs(-9223372036854775808)");
  CHECK_FALSE(each_row(wrong, [] {}).ok());
}

TEST_CASE("nothing readable stands in the file or its log, and another key opens nothing") {
  const TempFolder folder;
  Database database = make(folder);
  Statement insert = database.prepare("INSERT INTO t (name) VALUES (?1)");
  REQUIRE(insert.bind_text(1, "赵连心 13800001234").run().ok());
  for (const char* name : {"store.db", "store.db-wal"}) {
    const Bytes bytes = read_file(folder.path() / name, 1 << 24).value();
    CHECK(bytes.find("13800001234") == Bytes::npos);
    CHECK(bytes.find("赵连心") == Bytes::npos);
    CHECK(bytes.find("CREATE TABLE") == Bytes::npos);
  }
  OpenOptions other = options(folder, false);
  other.key = Bytes(32, 'x');
  CHECK(Database::open(other).error().code == "store.damaged");
}

TEST_CASE("values come back as they went in: text, bytes with zeros, ids, nothing") {
  const TempFolder folder;
  Database database = make(folder);
  const Id id = Id::make(1);
  {
    Statement insert = database.prepare("INSERT INTO t (id, name, data) VALUES (?1, ?2, ?3)");
    REQUIRE(insert.bind(1, -5).bind_text(2, "").bind(3, id).run().ok());
    insert.reset();
    REQUIRE(insert.bind(1, 6).bind_text_or_null(2, std::nullopt).bind_blob(3, Bytes("\0x", 2)).run().ok());
    insert.reset();
    const std::string lent = "借来的字";
    REQUIRE(insert.bind(1, 7).lend_text(2, lent).lend(3, id).run().ok());
    insert.reset();
    REQUIRE(insert.bind(1, 8).lend_text(2, {}).lend_blob(3, {}).run().ok());
    insert.reset();  // nothing lent before is left
    REQUIRE(insert.bind(1, 9).run().ok());
  }
  Statement read = database.prepare("SELECT id, name, data FROM t ORDER BY id");
  REQUIRE(read.step().value());
  CHECK(read.integer(0) == -5);
  CHECK(read.text_or_null(1) == std::optional<std::string>(""));
  CHECK(read.id(2) == id);
  REQUIRE(read.step().value());
  CHECK(read.is_null(1));
  CHECK(read.blob(2) == Bytes("\0x", 2));
  CHECK(read.id(2).is_nil());
  REQUIRE(read.step().value());
  CHECK(read.text(1) == "借来的字");
  CHECK(read.id(2) == id);
  REQUIRE(read.step().value());
  CHECK(read.text_or_null(1) == std::optional<std::string>(""));
  CHECK_FALSE(read.is_null(2));
  REQUIRE(read.step().value());
  CHECK(read.is_null(1));
  CHECK(read.is_null(2));
  CHECK_FALSE(read.step().value());
}

TEST_CASE("texts can be listed in an order of ours") {
  const TempFolder folder;
  Database database = make(folder);
  database.add_order("by_end", [](std::string_view a, std::string_view b) {
    return std::string_view(a).substr(a.size() - 1).compare(b.substr(b.size() - 1));
  });
  auto select =
      database.prepare("SELECT column1 FROM (VALUES ('az'), ('bx'), ('cy')) ORDER BY 1 COLLATE by_end");
  std::string all;
  while (*select.step())
    all += select.text(0);
  CHECK(all == "bxcyaz");
}

TEST_CASE("a function of ours serves queries, views and triggers") {
  const TempFolder folder;
  Database database = make(folder);
  database.add_function("between_bars", 2, [](const Database::Arguments& of) -> std::optional<Bytes> {
    if (of.is_null(0)) return std::nullopt;
    return "|" + Bytes(of.view(0)) + std::to_string(of.integer(1)) + "|";
  });
  REQUIRE(database
              .exec("CREATE VIEW barred AS SELECT between_bars(name, 7) AS name FROM t;"
                    "CREATE TRIGGER bars AFTER INSERT ON t WHEN new.name = 'once' BEGIN "
                    "INSERT INTO t(name) VALUES(between_bars(new.name, 1)); END;"
                    "INSERT INTO t(name) VALUES('once')")
              .ok());
  auto select =
      database.prepare("SELECT group_concat(name, '') FROM (SELECT name FROM barred ORDER BY name)");
  REQUIRE(*select.step());
  CHECK(select.text(0) == "|once7|||once1|7|");
  auto none = database.prepare("SELECT between_bars(NULL, 1) IS NULL");
  REQUIRE(*none.step());
  CHECK(none.integer(0) == 1);
}

TEST_CASE("what is not committed never was; a savepoint undoes its own part only") {
  const TempFolder folder;
  Database database = make(folder);
  {
    auto transaction = Transaction::begin(database);
    REQUIRE(transaction.ok());
    REQUIRE(database.exec("INSERT INTO t (name) VALUES ('gone')").ok());
  }
  CHECK(count(database) == 0);
  auto transaction = Transaction::begin(database);
  REQUIRE(transaction.ok());
  REQUIRE(database.exec("INSERT INTO t (name) VALUES ('kept')").ok());
  {
    auto savepoint = Savepoint::begin(database);
    REQUIRE(savepoint.ok());
    REQUIRE(database.exec("INSERT INTO t (name) VALUES ('undone')").ok());
  }
  auto savepoint = Savepoint::begin(database);
  REQUIRE(savepoint.ok());
  REQUIRE(database.exec("INSERT INTO t (name) VALUES ('kept too')").ok());
  REQUIRE(savepoint->keep().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(count(database) == 2);
}

TEST_CASE("rows written in one table are counted, whatever way the write takes") {
  const TempFolder folder;
  Database database = make(folder);
  REQUIRE(database.exec("CREATE TABLE other(a)").ok());
  CHECK(database.counted_writes() == 0);
  CHECK_FALSE(database.counts_writes());
  database.count_writes("t");
  CHECK(database.counts_writes());
  REQUIRE(database.exec("INSERT INTO t(name) VALUES('a'), ('b'); INSERT INTO other VALUES(1)").ok());
  CHECK(database.counted_writes() == 2);
  REQUIRE(database.exec("UPDATE t SET name = 'c' WHERE name = 'b'; SELECT * FROM t").ok());
  CHECK(database.counted_writes() == 3);
  REQUIRE(database.exec("BEGIN; DELETE FROM t WHERE name = 'c'; ROLLBACK").ok());
  CHECK(database.counted_writes() == 4);
  Database moved = std::move(database);
  REQUIRE(moved.exec("DELETE FROM t WHERE name = 'a'").ok());
  CHECK(moved.counted_writes() == 5);
}

TEST_CASE("rows that no index led to are counted once their statement is at rest") {
  const TempFolder folder;
  Database database = make(folder);
  REQUIRE(database.exec("CREATE INDEX t_name ON t(name)").ok());
  for (int i = 0; i < 50; ++i)
    REQUIRE(database.exec("INSERT INTO t(name) VALUES('a')").ok());
  const std::uint64_t before = database.rows_scanned();
  REQUIRE(database.prepare("SELECT id FROM t WHERE name = ?").bind_text(1, "b").run().ok());
  CHECK(database.rows_scanned() == before);
  REQUIRE(database.prepare("SELECT id FROM t WHERE name || '' = ?").bind_text(1, "b").run().ok());
  CHECK(database.rows_scanned() >= before + 49);
}

TEST_CASE("a second writer is told to wait, then that it is busy") {
  const TempFolder folder;
  Database first = make(folder);
  auto second = Database::open(options(folder, false));
  REQUIRE(second.ok());
  auto held = Transaction::begin(first);
  REQUIRE(held.ok());
  CHECK(Transaction::begin(*second).error().code == "store.busy");
  REQUIRE(held->commit().ok());
  CHECK(Transaction::begin(*second).ok());
}

TEST_CASE("schema steps run once and in order; a newer file is named as such") {
  const TempFolder folder;
  Database database = make(folder);
  const std::vector<Migration> two = {{1, "a", "CREATE TABLE a (x)"},
                                      {2, "b", "CREATE TABLE b (x); INSERT INTO b VALUES (1)"}};
  REQUIRE(database.migrate(two).ok());
  REQUIRE(database.migrate(two).ok());
  CHECK(database.version().value() == 2);
  CHECK(database.migrate({two[0]}).error().code == "store.newer");
  std::vector<Migration> broken = two;
  broken.push_back({3, "c", "CREATE TABLE c (x); INSERT INTO no_such_table VALUES (1)"});
  CHECK_FALSE(database.migrate(broken).ok());
  CHECK(database.version().value() == 2);
  Statement tables = database.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'c'");
  REQUIRE(tables.step().value());
  CHECK(tables.integer(0) == 0);
}

TEST_CASE("a copy is whole, encrypted, and never over an existing file") {
  const TempFolder folder;
  Database database = make(folder);
  REQUIRE(database.exec("INSERT INTO t (name) VALUES ('kept')").ok());
  const auto copy = folder.path() / "copy.db";
  REQUIRE(database.vacuum_into(copy).ok());
  CHECK(database.vacuum_into(copy).error().code == "store.exists");
  OpenOptions open_copy = options(folder, false);
  open_copy.path = copy;
  auto opened = Database::open(open_copy);
  REQUIRE(opened.ok());
  CHECK(count(*opened) == 1);
  CHECK(opened->integrity_check().ok());
  CHECK_FALSE(database.exec("ATTACH '" + (folder.path() / "plain.db").string() + "' AS p KEY ''").ok());
}

TEST_CASE("a flipped bit anywhere is noticed, never read as data") {
  const TempFolder folder;
  {
    Database database = make(folder);
    for (int i = 0; i < 200; ++i)
      REQUIRE(database.exec("INSERT INTO t (name) VALUES ('0123456789012345678901234567890123456789')").ok());
    REQUIRE(database.checkpoint().ok());
  }
  const auto path = folder.path() / "store.db";
  const Bytes whole = read_file(path, 1 << 24).value();
  for (std::size_t at = 17; at < whole.size(); at += whole.size() / 40) {
    Bytes flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
    REQUIRE(replace_file(path, flipped).ok());
    auto opened = Database::open(options(folder, false));
    if (!opened.ok()) {
      CHECK(opened.error().code == "store.damaged");
      continue;
    }
    CHECK_MESSAGE(opened->integrity_check().error().code == "store.damaged", at);
  }
}

}  // namespace
}  // namespace lianxin::store
