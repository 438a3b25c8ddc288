// Values and errors of one statement, the same on both engines.
#include "sync/server/store/sql/statement.hpp"

#include <limits>

#include "sync/server/store/postgres/pg_connection.hpp"
#include "sync/server/store/sqlite/sqlite_connection.hpp"
#include "tests/support/postgres.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

struct Engine {
  std::string name;
  std::unique_ptr<TempFolder> folder;
  std::unique_ptr<store::SqlConnection> connection;
};

std::vector<Engine> engines() {
  std::vector<Engine> all;
  Engine sqlite{"sqlite", std::make_unique<TempFolder>(), nullptr};
  sqlite.connection =
      must(store::SqliteConnection::open(sqlite.folder->path() / "s.db", Bytes(32, 'k'), true));
  must(sqlite.connection->exec("CREATE TABLE t (i INTEGER PRIMARY KEY, s TEXT, b BLOB)"));
  all.push_back(std::move(sqlite));
  if (Postgres* const postgres = Postgres::running(); postgres != nullptr) {
    Engine other{"postgres", nullptr, must(store::PgConnection::open(postgres->new_database()))};
    must(other.connection->exec("CREATE TABLE t (i BIGINT PRIMARY KEY, s TEXT COLLATE \"C\", b BYTEA)"));
    all.push_back(std::move(other));
  }
  return all;
}

Status insert(store::SqlConnection& into, std::int64_t number, std::string_view text, BytesView octets) {
  store::SqlStatement put(into.prepare("INSERT INTO t (i, s, b) VALUES (?1, ?2, ?3)"));
  return put.bind(1, number).bind_text(2, text).bind_blob(3, octets).run();
}

TEST_CASE("numbers, texts and octets come back as they went in, the smallest and the empty too") {
  for (const Engine& at : engines()) {
    CAPTURE(at.name);
    const Bytes all_octets = [] {
      Bytes out;
      for (int i = 0; i < 256; ++i)
        out += static_cast<char>(i);
      return out;
    }();
    const std::vector<std::tuple<std::int64_t, std::string, Bytes>> rows = {
        {std::numeric_limits<std::int64_t>::min(), "", ""},
        {-1, "赵连心𠮷", all_octets},
        {0, "'; DROP TABLE t; --", Bytes(70000, '\0')},
        {std::numeric_limits<std::int64_t>::max(), "$1 ?2", "x"}};
    for (const auto& [number, text, octets] : rows)
      must(insert(*at.connection, number, text, octets));
    store::SqlStatement read(at.connection->prepare("SELECT i, s, b, NULL FROM t ORDER BY i"));
    for (const auto& [number, text, octets] : rows) {
      REQUIRE(must(read.step()));
      CHECK(read.integer(0) == number);
      CHECK(read.text(1) == text);
      CHECK(read.blob(2) == octets);
      CHECK(read.is_null(3));
      CHECK_FALSE(read.is_null(1));
      CHECK(read.id(1).is_nil());
    }
    CHECK_FALSE(must(read.step()));
  }
}

TEST_CASE("what is refused is told at the latest by settle, and the connection goes on") {
  for (const Engine& at : engines()) {
    CAPTURE(at.name);
    must(insert(*at.connection, 1, "a", ""));
    must(at.connection->settle());
    Status told = insert(*at.connection, 1, "b", "");
    if (told.ok()) told = at.connection->settle();
    CHECK_FALSE(told.ok());
    must(insert(*at.connection, 2, "c", ""));
    must(at.connection->settle());
    store::SqlStatement count(at.connection->prepare("SELECT count(*) FROM t"));
    REQUIRE(must(count.step()));
    CHECK(count.integer(0) == 2);
  }
}

TEST_CASE("a long walk takes every row once, lets others ask meanwhile, and ends where it is told to") {
  for (const Engine& at : engines()) {
    CAPTURE(at.name);
    must(at.connection->exec("BEGIN"));
    for (std::int64_t i = 1; i <= 1203; ++i)
      must(insert(*at.connection, i, "", ""));
    std::int64_t sum = 0;
    must(at.connection->each("SELECT i FROM t ORDER BY i", [&](const store::SqlStatement& row) -> Status {
      store::SqlStatement other(at.connection->prepare("SELECT count(*) FROM t WHERE i < ?1"));
      other.bind(1, row.integer(0));
      REQUIRE(must(other.step()));
      CHECK(other.integer(0) == row.integer(0) - 1);
      sum += row.integer(0);
      return {};
    }));
    CHECK(sum == 1203 * 1204 / 2);
    int seen = 0;
    const Status stopped = at.connection->each("SELECT i FROM t", [&](const store::SqlStatement&) -> Status {
      return ++seen == 3 ? Status(fail("enough")) : Status();
    });
    CHECK(stopped.error().code == "enough");
    CHECK(seen == 3);
    must(at.connection->exec("ROLLBACK"));
    CHECK_FALSE(at.connection->in_transaction());
  }
}

}  // namespace
}  // namespace lianxin::test
