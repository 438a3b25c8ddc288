#include "tests/sync/server/store/conformance.hpp"

#include "tests/support/postgres.hpp"

namespace lianxin::test {

std::vector<Fixture> fixtures() {
  std::vector<Fixture> all;
  Fixture sqlite{"sqlite", std::make_unique<TempFolder>(), nullptr};
  sqlite.store = must(store::open_sqlite_store(sqlite.folder->path() / "store.db", Bytes(32, 'k'), true));
  all.push_back(std::move(sqlite));
  if (Postgres* const postgres = Postgres::running(); postgres != nullptr) {
    Fixture one{"postgres", std::make_unique<TempFolder>(), nullptr};
    one.store =
        must(store::open_postgres_store(postgres->new_database(), one.folder->path(), Bytes(32, 'k'), true));
    all.push_back(std::move(one));
  } else {
    MESSAGE("no PostgreSQL here: its store is left out (Debian's package postgresql)");
  }
  return all;
}

Id id_of(std::uint8_t last) {
  Id id;
  id.octets[15] = last;
  return id;
}

store::LogRow log_row(std::uint64_t replica, std::uint64_t counter, const Id& record) {
  store::LogRow row;
  row.id = {{replica}, counter};
  row.action = counter;
  row.record = record;
  row.kind = 7;
  row.parent = id_of(201);
  row.head_scope = id_of(202);
  row.privacy = 1;
  row.author = id_of(203);
  row.device = id_of(204);
  row.body = std::string("body\0with zero", 14);
  row.values = "values";
  row.hash = hash256("head");
  row.accepted_ms = 1794000000000;
  row.effective_ms = 1793999999999;
  row.suspect = true;
  row.reason = "";
  row.owner = "220622";
  return row;
}

store::FeedRow feed_row(const Id& record, const ChangeId& change) {
  store::FeedRow row;
  row.change = change;
  row.record = record;
  row.record_kind = 7;
  row.parent = id_of(201);
  return row;
}

Digest128 digest_of(std::uint64_t low) { return {low, 0}; }

}  // namespace lianxin::test
