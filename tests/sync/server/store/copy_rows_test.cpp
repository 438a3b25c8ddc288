#include "sync/server/store/sql/copy_rows.hpp"

#include <set>
#include <sstream>

#include "sync/server/store/postgres/pg_connection.hpp"
#include "sync/server/store/sqlite/sqlite_connection.hpp"
#include "tests/support/postgres.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

const Bytes kCopyKey(32, 'k');

TEST_CASE("both engines have the same tables with the same columns, of types that carry the same values") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const std::string url = postgres->new_database();
  { const auto made = must(store::open_postgres_store(url, folder.path(), kCopyKey, true)); }
  const auto sqlite = must(store::SqliteConnection::open(folder.path() / "s.db", kCopyKey, true));
  must(sqlite->migrate());
  std::string wanted;
  for (const store::SqlTable& table : must(sqlite->tables())) {
    for (const auto& [column, type] : table.columns)
      wanted += table.name + "." + column +
                (type == store::SqlType::kInteger ? " bigint"
                 : type == store::SqlType::kText  ? " text"
                                                  : " bytea") +
                "\n";
  }
  CHECK(wanted.find("change_log.early bigint") != std::string::npos);
  const std::string there = postgres->sql(url,
                                          "SELECT table_name || '.' || column_name || ' ' || data_type FROM "
                                          "information_schema.columns WHERE table_schema = "
                                          "'public' AND table_name NOT IN ('writer', 'lianxin_schema')");
  const auto sorted_lines = [](const std::string& text) {
    std::set<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
      lines.insert(line);
    return lines;
  };
  CHECK(sorted_lines(there) == sorted_lines(wanted));
}

TEST_CASE("everything goes from a file into a database and back into a file") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const TempFolder folder;
  const auto file = folder.path() / "server.db";
  const std::string url = postgres->new_database();
  const store::FeedKey key{id_of(30), 1, id_of(31)};
  {
    const auto from = must(store::open_sqlite_store(file, kCopyKey, true));
    const auto writer = must(from->write());
    must(writer->put_meta("name", Bytes("a\0b", 3)));
    for (std::uint64_t i = 1; i <= 700; ++i)
      must(writer->append_change(log_row(~std::uint64_t{0} - 5, i, id_of(static_cast<std::uint8_t>(i % 7)))));
    must(writer->append_feed(key, {feed_row(id_of(1), {{9}, 1})}, digest_of(5), {}, 1));
    must(writer->commit());
  }
  { const auto made = must(store::open_postgres_store(url, folder.path(), kCopyKey, true)); }
  CHECK(must(store::fill_postgres_store(file, kCopyKey, url)) == 703);
  CHECK(store::fill_postgres_store(file, kCopyKey, url).error().code == "store.exists");
  const auto there = must(store::open_postgres_store(url, folder.path(), kCopyKey, false));
  must(there->backup(folder.path() / "back.db"));
  const auto back = must(store::open_sqlite_store(folder.path() / "back.db", kCopyKey, false));
  for (store::Store* const at : {there.get(), back.get()}) {
    const auto reader = must(at->read());
    CHECK(must(reader->meta("name")) == Bytes("a\0b", 3));
    std::uint64_t rows = 0;
    must(reader->each_change([&](const store::LogRow& row) -> Status {
      CHECK(row.sequence == ++rows);
      CHECK(row.body == Bytes("body\0with zero", 14));
      return {};
    }));
    CHECK(rows == 700);
    CHECK(must(reader->feed_head(key)).digest == digest_of(5));
    CHECK(must(reader->feed(key, 0, 10)).size() == 1);
  }
  // The log goes on where it was.
  const auto writer = must(there->write());
  must(writer->append_change(log_row(3, 1, id_of(1))));
  CHECK(must(writer->change({{3}, 1}))->sequence == 701);
}

}  // namespace
}  // namespace lianxin::test
