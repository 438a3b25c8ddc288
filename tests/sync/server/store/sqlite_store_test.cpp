// What only the SQLite store promises: the file, its key, its copy; and one writer among threads.
#include <fstream>
#include <sstream>
#include <thread>

#include "shared/store/database.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

const Bytes kKey(32, 'k');

TEST_CASE("creating refuses an existing file, opening a missing one and a wrong key") {
  const TempFolder folder;
  const auto file = folder.path() / "store.db";
  CHECK(store::open_sqlite_store(file, kKey, false).error().code == "store.missing");
  { const auto made = must(store::open_sqlite_store(file, kKey, true)); }
  CHECK(store::open_sqlite_store(file, kKey, true).error().code == "store.exists");
  // A cipher cannot tell a wrong key from a damaged first page.
  const std::string code = store::open_sqlite_store(file, Bytes(32, 'x'), false).error().code;
  CHECK((code == "store.damaged" || code == "store.wrong_key"));
  CHECK(must(store::open_sqlite_store(file, kKey, false))->check_files().ok());
}

TEST_CASE(
    "a program of before the mark of rewrites may not write behind the backs of servers that keep feeds in "
    "memory") {
  const TempFolder folder;
  const auto file = folder.path() / "store.db";
  { const auto made = must(store::open_sqlite_store(file, kKey, true)); }
  ::lianxin::store::OpenOptions options;
  options.path = file;
  options.key = kKey;
  auto database = must(::lianxin::store::Database::open(options));
  constexpr int kBeforeTheMark = 7;
  CHECK(database.migrate({{kBeforeTheMark, ""}}).error().code == "store.newer");
}

TEST_CASE("what has moved in a store of before is listed as it is opened") {
  const TempFolder folder;
  const auto file = folder.path() / "store.db";
  const Id here = log_row(1, 1, id_of(8)).head_scope;
  {
    const auto made = must(store::open_sqlite_store(file, kKey, true));
    const auto writer = must(made->write());
    for (std::uint8_t record = 8; record <= 10; ++record) {
      must(writer->append_change(log_row(1, record, id_of(record))));
      must(writer->put_record({id_of(record), 7, Id{}, false, {record == 9 ? id_of(99) : here}}));
    }
    store::FeedRow enter = feed_row(id_of(10), {{1}, 10});
    enter.kind = store::FeedKind::kEnter;
    must(writer->append_feed({here, 1, Id{}}, {enter}, digest_of(1), digest_of(0), 1));
    must(writer->commit());
  }
  {
    ::lianxin::store::OpenOptions options;
    options.path = file;
    options.key = kKey;
    auto database = must(::lianxin::store::Database::open(options));
    must(database.exec("DROP TABLE moved_record; PRAGMA user_version = 10"));
  }
  const auto at = must(store::open_sqlite_store(file, kKey, false));
  const auto reader = must(at->read());
  CHECK(must(reader->moves_not_listed()).empty());
  CHECK(must(reader->is_only_in(id_of(8), here)));
  CHECK_FALSE(must(reader->is_only_in(id_of(9), id_of(99))));
  CHECK_FALSE(must(reader->is_only_in(id_of(10), here)));
}

TEST_CASE("the file holds nothing readable, and its copy is whole and consistent while work goes on") {
  const TempFolder folder;
  const auto at = must(store::open_sqlite_store(folder.path() / "store.db", kKey, true));
  {
    const auto writer = must(at->write());
    must(writer->put_meta("name", "赵连心的资料"));
    must(writer->commit());
  }
  const auto writer = must(at->write());
  must(writer->put_meta("name", "later"));
  must(at->backup(folder.path() / "copy.db"));
  CHECK(!at->backup(folder.path() / "copy.db").ok());
  must(writer->commit());
  const auto copy = must(store::open_sqlite_store(folder.path() / "copy.db", kKey, false));
  CHECK(must(must(copy->read())->meta("name")) == "赵连心的资料");
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::stringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    CHECK(text.str().find("赵连心") == std::string::npos);
  }
}

TEST_CASE("writers of many threads come one after the other, readers beside them, and no position is lost") {
  const TempFolder folder;
  const auto at = must(store::open_sqlite_store(folder.path() / "store.db", kKey, true));
  const store::FeedKey key{id_of(30), 0, Id{}};
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (std::uint64_t t = 1; t <= 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 1; i <= 20; ++i) {
        auto writer = at->write();
        if (!writer.ok() ||
            !(*writer)->append_feed(key, {feed_row(id_of(1), {{t}, i})}, digest_of(1), {}, 0).ok() ||
            !(*writer)->commit().ok())
          ++failed;
        auto reader = at->read();
        if (!reader.ok() || !(*reader)->is_gap_free(key).ok()) ++failed;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(failed == 0);
  const auto reader = must(at->read());
  CHECK(must(reader->feed_head(key)).position == 80);
  CHECK(must(reader->is_gap_free(key)));
}

TEST_CASE("another store of the same file waits for the writer and then sees its work") {
  const TempFolder folder;
  const auto file = folder.path() / "store.db";
  const auto one = must(store::open_sqlite_store(file, kKey, true));
  const auto two = must(store::open_sqlite_store(file, kKey, false));
  auto first = must(one->write());
  must(first->put_meta("a", "1"));
  std::thread other([&] {
    auto second = two->write();
    if (!second.ok()) return;
    (void)(*second)->put_meta("b", "2");
    (void)(*second)->commit();
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  must(first->commit());
  first.reset();
  other.join();
  CHECK(must(must(one->read())->meta("a")) == "1");
  CHECK(must(must(one->read())->meta("b")) == "2");
}

}  // namespace
}  // namespace lianxin::test
