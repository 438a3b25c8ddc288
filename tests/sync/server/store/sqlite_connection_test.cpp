#include "sync/server/store/sqlite/sqlite_connection.hpp"

#include <algorithm>

#include "sync/server/store/sql/session.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("its tables are read off the schema, whatever a later step adds") {
  const TempFolder folder;
  const auto at = must(store::SqliteConnection::open(folder.path() / "s.db", Bytes(32, 'k'), true));
  must(at->migrate());
  must(at->exec("CREATE TABLE later (a INTEGER, b TEXT, c BLOB)"));
  const auto tables = must(at->tables());
  const auto later =
      std::find_if(tables.begin(), tables.end(), [](const auto& one) { return one.name == "later"; });
  REQUIRE(later != tables.end());
  CHECK(later->columns ==
        std::vector<std::pair<std::string, store::SqlType>>{
            {"a", store::SqlType::kInteger}, {"b", store::SqlType::kText}, {"c", store::SqlType::kOctets}});
  CHECK(must(store::count_rows(tables, *at)) == 0);
}

/// What is read how, line by line.
std::string plan_of(store::SqliteConnection& at, std::string_view sql) {
  store::SqlStatement plan(at.prepare("EXPLAIN QUERY PLAN " + std::string(sql)));
  std::string lines;
  constexpr int kDetail = 3;
  while (must(plan.step()))
    lines += plan.text(kDetail) + "\n";
  return lines;
}

TEST_CASE("where a record was told of, came in or left is read along an index, however long the feeds are") {
  const TempFolder folder;
  const auto at = must(store::SqliteConnection::open(folder.path() / "s.db", Bytes(32, 'k'), true));
  must(at->migrate());
  CHECK(plan_of(*at, store::kFeedsToldSql).find("SEARCH feed USING INDEX feed_told") != std::string::npos);
  const std::string turns = plan_of(*at, store::kTurnsSql);
  CHECK(turns.find("SEARCH feed USING INDEX feed_enter") != std::string::npos);
  CHECK(turns.find("SEARCH feed USING INDEX feed_evict") != std::string::npos);
  CHECK(turns.find("SCAN") == std::string::npos);
}

TEST_CASE("a moment is that of its beginning, not of its first question") {
  const TempFolder folder;
  const auto file = folder.path() / "s.db";
  const auto writer = must(store::SqliteConnection::open(file, Bytes(32, 'k'), true));
  must(writer->migrate());
  const auto reader = must(store::SqliteConnection::open(file, Bytes(32, 'k')));
  must(reader->begin_reading());
  must(writer->begin_writing());
  must(writer->exec("INSERT INTO meta VALUES ('name', x'00'); COMMIT"));
  store::SqlStatement read(reader->prepare("SELECT count(*) FROM meta"));
  REQUIRE(must(read.step()));
  CHECK(read.integer(0) == 0);
}

}  // namespace
}  // namespace lianxin::test
