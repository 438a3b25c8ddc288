#include <doctest/doctest.h>

#include "sync/server/store/lists.hpp"
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {
using namespace lianxin::sync::server::store;

TEST_CASE("purges are kept in order, by record and by sequence") {
  for (const Fixture& at : fixtures()) {
    write(at, [](Writer& writer) {
      must(writer.put_purge({1, id_of(1), 1, {32, 400}, 10, "first"}));
      must(writer.put_purge({2, id_of(2), 1, {33}, 11, "other"}));
      must(writer.put_purge({3, id_of(1), 2, {34}, 12, "again"}));
      must(writer.put_purge({3, id_of(1), 2, {34}, 12, "again"}));
    });
    const auto reader = must(at.store->read());
    CHECK(must(reader->last_purge()) == 3);
    CHECK(must(reader->purges(1, 10)).size() == 2);
    const auto rows = must(reader->purges_of(id_of(1)));
    REQUIRE(rows.size() == 2);
    CHECK(rows.front() == PurgeRow{1, id_of(1), 1, {32, 400}, 10, "first"});
    CHECK(rows.back().number == 2);
  }
}

TEST_CASE("values of a kept change and states told by a feed can be replaced, nothing else of them") {
  for (const Fixture& at : fixtures()) {
    LogRow row = log_row(5, 1, id_of(1));
    write(at, [&](Writer& writer) {
      must(writer.append_change(row));
      FeedRow enter = feed_row(id_of(1), row.id);
      enter.kind = FeedKind::kEnter;
      enter.state = "before";
      must(writer.append_feed({id_of(9), 0, Id{}}, {feed_row(id_of(1), row.id), enter}, {}, {}, 0));
    });
    write(at, [&](Writer& writer) {
      must(writer.set_change_values(row.id, "after"));
      const auto enters = must(writer.enters_of(id_of(1)));
      REQUIRE(enters.size() == 1);
      CHECK(enters.front().second.position == 2);
      must(writer.set_entry_state(enters.front().first, 2, "after"));
    });
    const auto reader = must(at.store->read());
    const auto kept = must(reader->change(row.id));
    REQUIRE(kept);
    CHECK(kept->values == "after");
    CHECK(kept->body == row.body);
    CHECK(must(reader->enters_of(id_of(1))).front().second.state == "after");
  }
}

TEST_CASE("an early change is in the log but not in its replica's chain until the author comes") {
  for (const Fixture& at : fixtures()) {
    LogRow row = log_row(5, 7, id_of(1));
    row.early = true;
    write(at, [&](Writer& writer) { must(writer.append_change(row)); });
    {
      const auto reader = must(at.store->read());
      CHECK(must(reader->has_change(row.id)));
      CHECK(must(reader->changes_of(ReplicaId{5}, 1, 10)).empty());
      CHECK(must(reader->counts()).early == 1);
    }
    write(at, [&](Writer& writer) { must(writer.settle_early(row.id, hash256("known"), id_of(3))); });
    const auto reader = must(at.store->read());
    CHECK(must(reader->changes_of(ReplicaId{5}, 1, 10)).size() == 1);
    CHECK(must(reader->change(row.id))->hash == hash256("known"));
    CHECK(must(reader->counts()).early == 0);
  }
}

TEST_CASE("what is rolled back is not in the lists, what is committed is") {
  for (const Fixture& at : fixtures()) {
    const GrantRow grant{id_of(2), id_of(3), id_of(4), "worker", "2026-01-01", ""};
    {
      const auto writer = must(at.store->write());
      must(writer->put_grant(grant));
    }
    {
      const auto writer = must(at.store->write());
      must(writer->begin_savepoint());
      must(writer->put_grant(grant));
      must(writer->end_savepoint(false));
      must(writer->put_purge({1, id_of(1), 1, {32}, 10, ""}));
      must(writer->commit());
    }
    const Status emptied = at.store->empty_log();
    CHECK((emptied.ok() || emptied.error().code == "store.log_elsewhere"));
    CHECK(must(must(at.store->read())->grants(id_of(3))).empty());
    CHECK(must(must(at.store->read())->last_purge()) == 1);
  }
}

}  // namespace
}  // namespace lianxin::test
