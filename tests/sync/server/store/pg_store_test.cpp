// What only the PostgreSQL store promises: a database that is fit for it, one writer of all programs, lost
// lines, and the way from and to a file.
#include <thread>

#include "tests/support/postgres.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

const Bytes kStoreKey(32, 'k');

void put(store::Store& in, std::string_view name, BytesView value) {
  const auto writer = must(in.write());
  must(writer->put_meta(name, value));
  must(writer->commit());
}

TEST_CASE("a database is taken once, and one without our tables is not opened") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const std::string url = postgres->new_database();
  CHECK(store::open_postgres_store(url, folder.path(), kStoreKey, false).error().code == "store.missing");
  {
    const auto made = must(store::open_postgres_store(url, folder.path(), kStoreKey, true));
    put(*made, "name", "靖宇");
  }
  CHECK(store::open_postgres_store(url, folder.path(), kStoreKey, true).error().code == "store.exists");
  const auto again = must(store::open_postgres_store(url, folder.path(), kStoreKey, false));
  CHECK(must(must(again->read())->meta("name")) == "靖宇");
  CHECK(again->check_files().ok());
  CHECK(again->empty_log().error().code == "store.log_elsewhere");
}

TEST_CASE("a newer schema, a wrong encoding and a database that is not there are told apart") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const std::string url = postgres->new_database();
  { const auto made = must(store::open_postgres_store(url, folder.path(), kStoreKey, true)); }
  (void)postgres->sql(url, "UPDATE lianxin_schema SET version = 999");
  CHECK(store::open_postgres_store(url, folder.path(), kStoreKey, false).error().code == "store.newer");
  (void)postgres->sql("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
  std::string latin = url;
  latin.replace(latin.find("///") + 3, latin.find('?') - latin.find("///") - 3, "latin");
  CHECK(store::open_postgres_store(latin, folder.path(), kStoreKey, true).error().code == "store.unfit");
  std::string nowhere = url;
  nowhere.replace(nowhere.find("///") + 3, nowhere.find('?') - nowhere.find("///") - 3, "nowhere");
  const Error error = store::open_postgres_store(nowhere, folder.path(), kStoreKey, true).error();
  CHECK(error.code == "store.unreachable");
}

TEST_CASE("two programs write one after the other, and no position is lost") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const std::string url = postgres->new_database();
  const auto one = must(store::open_postgres_store(url, folder.path(), kStoreKey, true));
  const auto two = must(store::open_postgres_store(url, folder.path(), kStoreKey, false));
  const store::FeedKey key{id_of(30), 0, Id{}};
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (std::uint64_t t = 1; t <= 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::uint64_t i = 1; i <= 20; ++i) {
        auto writer = (t % 2 == 0 ? one : two)->write();
        const bool done =
            writer.ok() &&
            (*writer)->append_feed(key, {feed_row(id_of(1), {{t}, i})}, digest_of(1), {}, 0).ok() &&
            (*writer)->commit().ok();
        if (!done) ++failed;
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  CHECK(failed == 0);
  const auto reader = must(one->read());
  CHECK(must(reader->is_gap_free(key)));
  CHECK(must(reader->feed_head(key)).position == 80);
}

TEST_CASE("what failed on its way is told by the savepoint it belongs to, and the rest of the group stands") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const auto at = must(store::open_postgres_store(postgres->new_database(), folder.path(), kStoreKey, true));
  const auto writer = must(at->write());
  must(writer->begin_savepoint());
  must(writer->put_meta("first", "1"));
  must(writer->end_savepoint(true));
  must(writer->begin_savepoint());
  must(writer->append_change(log_row(7, 1, id_of(1))));
  store::FeedRow row = feed_row(id_of(1), {{7}, 1});
  must(writer->append_feed({id_of(30), 0, Id{}}, {row}, digest_of(1), {}, 0));
  store::RecordRow twice;  // two memberships of one name: the key says no
  twice.id = id_of(1);
  twice.scopes = {id_of(30), id_of(30)};
  const bool put_failed = !writer->put_record(twice).ok();
  const bool end_failed = !writer->end_savepoint(true).ok();
  CHECK((put_failed || end_failed));
  must(writer->end_savepoint(false));
  must(writer->put_meta("last", "3"));
  must(writer->commit());
  const auto reader = must(at->read());
  CHECK(must(reader->meta("first")) == "1");
  CHECK(must(reader->meta("last")) == "3");
  CHECK_FALSE(must(reader->has_change({{7}, 1})));
}

}  // namespace
}  // namespace lianxin::test
