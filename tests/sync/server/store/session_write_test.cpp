// Conformance: transactions, savepoints, moments.
#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("what is not committed never was") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    {
      const auto writer = must(at.store->write());
      must(writer->put_meta("a", "1"));
      must(writer->append_feed({id_of(30), 0, Id{}}, {feed_row(id_of(8), {{1}, 1})}, digest_of(1), {}, 1));
    }
    const auto reader = must(at.store->read());
    CHECK(!must(reader->meta("a")).has_value());
    CHECK(must(reader->feed_head({id_of(30), 0, Id{}})).position == 0);
    CHECK(must(reader->feed_heads()).empty());
  }
}

TEST_CASE("a savepoint taken back undoes what came after it and nothing before; they nest") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const store::FeedKey key{id_of(30), 0, Id{}};
    write(at, [&](store::Writer& writer) {
      must(writer.begin_savepoint());
      must(writer.append_feed(key, {feed_row(id_of(1), {{1}, 1})}, digest_of(1), {}, 1));
      must(writer.end_savepoint(true));
      must(writer.begin_savepoint());
      must(writer.append_feed(key, {feed_row(id_of(2), {{1}, 2})}, digest_of(2), {}, 1));
      must(writer.begin_savepoint());
      must(writer.put_meta("inner", "1"));
      must(writer.end_savepoint(true));
      must(writer.end_savepoint(false));
      must(writer.begin_savepoint());
      must(writer.append_feed(key, {feed_row(id_of(3), {{1}, 3})}, digest_of(4), {}, 1));
      must(writer.end_savepoint(true));
    });
    const auto reader = must(at.store->read());
    const auto rows = must(reader->feed(key, 0, 10));
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].position == 2);
    CHECK(rows[1].record == id_of(3));
    CHECK(must(reader->feed_head(key)).digest == digest_of(5));
    CHECK(must(reader->is_gap_free(key)));
    CHECK(!must(reader->meta("inner")).has_value());
  }
}

TEST_CASE("a reader sees one moment, however long it reads; a writer sees what it wrote") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) { must(writer.put_meta("a", "1")); });
    const auto early = must(at.store->read());
    write(at, [](store::Writer& writer) {
      must(writer.lock({ReplicaId{1}}, {id_of(1)}));
      must(writer.put_meta("a", "2"));
      CHECK(must(writer.meta("a")) == "2");
    });
    CHECK(must(early->meta("a")) == "1");
    CHECK(must(must(at.store->read())->meta("a")) == "2");
  }
}

}  // namespace
}  // namespace lianxin::test
