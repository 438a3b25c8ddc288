#include <doctest/doctest.h>
#include <functional>

#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {
using namespace lianxin::sync::server::store;

/// A store with one record in one scope and a feed of its own, and whether a transaction moved the mark.
struct Marked {
  const Fixture& at;
  const Id record = id_of(8);
  const LogRow row = log_row(1, 1, record);
  const FeedKey feed{row.head_scope, 0, Id{}};

  explicit Marked(const Fixture& fixture) : at(fixture) {
    FeedRow enter = feed_row(record, row.id);
    enter.kind = FeedKind::kEnter;
    enter.state = "before";
    write(at, [&](Writer& writer) {
      must(writer.put_record({record, 7, Id{}, false, {row.head_scope}}));
      must(writer.append_change(row));
      must(writer.append_feed(feed, {enter}, {}, {}, 1));
    });
  }
  [[nodiscard]] std::uint64_t mark() const { return must(must(at.store->read())->mark_of_rewrites()); }
  [[nodiscard]] bool moves(const std::function<void(Writer&)>& work) const {
    const std::uint64_t before = mark();
    write(at, work);
    return mark() != before;
  }
};

TEST_CASE("the mark moves with everything that feeds had told otherwise") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const Marked marked(at);
    const ChangeId id = marked.row.id;
    CHECK(marked.moves([&](Writer& writer) { must(writer.set_change_values(id, "after")); }));
    CHECK(marked.moves([&](Writer& writer) { must(writer.set_entry_state(marked.feed, 1, "after")); }));
    CHECK(
        marked.moves([&](Writer& writer) { must(writer.set_change_status(id, ChangeStatus::kClosed, "")); }));
    CHECK(marked.moves([&](Writer& writer) { must(writer.settle_early(id, hash256("known"), id_of(3))); }));
  }
}

TEST_CASE("the mark moves with everything that ends a record's being in one scope only") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const Marked marked(at);
    const Id here = marked.row.head_scope;
    LogRow elsewhere = log_row(1, 2, marked.record);
    elsewhere.head_scope = id_of(99);
    CHECK(marked.moves([&](Writer& writer) { must(writer.append_change(elsewhere)); }));
    CHECK(marked.moves([&](Writer& writer) {
      must(writer.put_record({marked.record, 7, Id{}, false, {here, id_of(99)}}));
    }));
    CHECK(marked.moves([&](Writer& writer) {
      must(writer.put_record({marked.record, 7, Id{}, false, {id_of(99)}}));
    }));
    FeedRow enter = feed_row(marked.record, marked.row.id);
    enter.kind = FeedKind::kEnter;
    CHECK(marked.moves([&](Writer& writer) { must(writer.append_feed(marked.feed, {enter}, {}, {}, 0)); }));
  }
}

TEST_CASE("the mark stays while work only comes, and while what was rewritten is not committed") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const Marked marked(at);
    const Id here = marked.row.head_scope;
    CHECK_FALSE(marked.moves([&](Writer& writer) {
      must(writer.put_record({marked.record, 7, id_of(5), true, {here}}));
      must(writer.put_record({id_of(9), 7, Id{}, false, {here}}));
      must(writer.append_change(log_row(1, 2, marked.record)));
      must(writer.append_change(log_row(1, 3, id_of(9))));
      must(writer.append_feed(marked.feed, {feed_row(marked.record, {{1}, 2})}, {}, {}, 0));
    }));
    CHECK(must(must(at.store->read())->record(marked.record))->waiting);
    const std::uint64_t before = marked.mark();
    {
      const auto writer = must(at.store->write());
      must(writer->set_change_values(marked.row.id, "undone"));
    }
    CHECK(marked.mark() == before);
    CHECK(before != 0);
  }
}

}  // namespace
}  // namespace lianxin::test
