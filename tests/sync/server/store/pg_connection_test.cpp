#include "sync/server/store/postgres/pg_connection.hpp"

#include "tests/support/postgres.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("an address is shown without what is secret in it") {
  CHECK(store::pg_place("postgresql://zhang:secret@db.example:5433/county") == "db.example:5433/county");
  CHECK(store::pg_place("postgresql:///county") == "localhost/county");
  CHECK(store::pg_place("postgresql://[x") == "?");
}

TEST_CASE("a text that the database cannot hold does not stop what it came with") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const auto connection = must(store::PgConnection::open(postgres->new_database()));
  must(connection->exec("CREATE TABLE t (s TEXT)"));
  for (const std::string_view text : {std::string_view("a\0b", 3), std::string_view("\xff")}) {
    store::SqlStatement put(connection->prepare("INSERT INTO t (s) VALUES (?1)"));
    must(put.bind_text(1, text).run());
  }
  store::SqlStatement read(connection->prepare("SELECT s FROM t"));
  REQUIRE(must(read.step()));
  CHECK(read.text(0) == "?");
  REQUIRE(must(read.step()));
}

TEST_CASE("the end of a transaction in which something failed is no success") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const auto connection = must(store::PgConnection::open(postgres->new_database()));
  must(connection->exec("CREATE TABLE t (i BIGINT PRIMARY KEY)"));
  must(connection->exec("BEGIN"));
  for (int i = 0; i < 2; ++i) {
    store::SqlStatement put(connection->prepare("INSERT INTO t (i) VALUES (?1)"));
    must(put.bind(1, 1).run());
  }
  CHECK_FALSE(connection->settle().ok());
  CHECK(connection->exec("COMMIT").error().code == "store.failed");
  CHECK_FALSE(connection->in_transaction());
  CHECK_FALSE(connection->is_lost());
}

TEST_CASE("hundreds of writes are sent ahead, each done once and in order") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  const auto connection = must(store::PgConnection::open(postgres->new_database()));
  must(connection->exec("CREATE TABLE t (i BIGINT PRIMARY KEY, last BIGINT)"));
  for (std::int64_t i = 1; i <= 500; ++i) {
    store::SqlStatement put(
        connection->prepare("INSERT INTO t (i, last) VALUES (?1, (SELECT coalesce(max(i), 0) FROM t))"));
    must(put.bind(1, i).run());
  }
  store::SqlStatement read(
      connection->prepare("SELECT count(*), count(*) FILTER (WHERE last = i - 1) FROM t"));
  REQUIRE(must(read.step()));
  CHECK(read.integer(0) == 500);
  CHECK(read.integer(1) == 500);
}

}  // namespace
}  // namespace lianxin::test
