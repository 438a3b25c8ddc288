// Conformance: the log, records, states and feeds.
#include <map>

#include "tests/sync/server/store/conformance.hpp"

namespace lianxin::test {
namespace {

constexpr std::uint64_t kHigh = 0xFEDCBA9876543210;  // replicas use all 64 bits

TEST_CASE("a change comes back with every field, in order of intake, of its replica and of its record") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      for (std::uint64_t counter = 1; counter <= 3; ++counter)
        must(writer.append_change(log_row(kHigh, counter, id_of(counter == 2 ? 9 : 8))));
      store::LogRow kept = log_row(5, 1, id_of(8));
      kept.status = store::ChangeStatus::kQuarantined;
      kept.reason = "scope";
      must(writer.append_change(kept));
    });
    const auto reader = must(at.store->read());
    const auto row = must(reader->change({{kHigh}, 2}));
    REQUIRE(row.has_value());
    const store::LogRow want = log_row(kHigh, 2, id_of(9));
    CHECK(row->sequence == 2);
    CHECK(row->id == want.id);
    CHECK(row->action == want.action);
    CHECK(row->record == want.record);
    CHECK(row->kind == want.kind);
    CHECK(row->parent == want.parent);
    CHECK(row->head_scope == want.head_scope);
    CHECK(row->privacy == want.privacy);
    CHECK(row->author == want.author);
    CHECK(row->device == want.device);
    CHECK(row->body == want.body);
    CHECK(row->values == want.values);
    CHECK(row->hash == want.hash);
    CHECK(row->accepted_ms == want.accepted_ms);
    CHECK(row->effective_ms == want.effective_ms);
    CHECK(row->suspect);
    CHECK(row->status == store::ChangeStatus::kApplied);
    CHECK(row->owner == want.owner);
    CHECK(!must(reader->change({{kHigh}, 4})).has_value());
    CHECK(must(reader->has_change({{5}, 1})));
    CHECK(!must(reader->has_change({{5}, 2})));
    CHECK(must(reader->changes_of({kHigh}, 2, 10)).size() == 2);
    CHECK(must(reader->changes_of({kHigh}, 1, 1)).size() == 1);
    CHECK(must(reader->changes_of_record(id_of(8))).size() == 3);
    REQUIRE(must(reader->quarantined()).size() == 1);
    CHECK(must(reader->quarantined())[0].reason == "scope");
    std::vector<ChangeId> order;
    must(reader->each_change([&](const store::LogRow& one) {
      order.push_back(one.id);
      return Status{};
    }));
    CHECK(order == std::vector<ChangeId>{{{kHigh}, 1}, {{kHigh}, 2}, {{kHigh}, 3}, {{5}, 1}});
    CHECK(reader->each_change([](const store::LogRow&) { return Status(fail("stop")); }).error().code ==
          "stop");
  }
}

TEST_CASE("a change is kept once, and its status may change") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      must(writer.append_change(log_row(1, 1, id_of(8))));
      CHECK(writer.append_change(log_row(1, 1, id_of(8))).error().code == "store.twice");
      must(writer.set_change_status({{1}, 1}, store::ChangeStatus::kClosed, "doubled"));
    });
    const auto row = must(must(at.store->read())->change({{1}, 1}));
    CHECK(row->status == store::ChangeStatus::kClosed);
    CHECK(row->reason == "doubled");
  }
}

TEST_CASE("a record has its row, its scopes sorted, its children and its states by class and audience") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      must(writer.put_record({id_of(8), 7, id_of(1), true, {id_of(31), id_of(30)}}));
      must(writer.put_record({id_of(8), 7, id_of(2), false, {id_of(32), id_of(30)}}));
      must(writer.put_record({id_of(9), 8, id_of(2), false, {id_of(30)}}));
      must(writer.put_state({id_of(8), 3, id_of(40), "own"}));
      must(writer.put_state({id_of(8), 0, Id{}, "old"}));
      must(writer.put_state({id_of(8), 0, Id{}, "new"}));
    });
    const auto reader = must(at.store->read());
    const auto row = must(reader->record(id_of(8)));
    REQUIRE(row.has_value());
    CHECK(row->kind == 7);
    CHECK(row->parent == id_of(2));
    CHECK(!row->waiting);
    CHECK(row->scopes == std::vector<Id>{id_of(30), id_of(32)});
    CHECK(must(reader->children(id_of(2))) == std::vector<Id>{id_of(8), id_of(9)});
    CHECK(must(reader->children(id_of(1))).empty());
    CHECK(must(reader->records_in(id_of(30))) == std::vector<Id>{id_of(8), id_of(9)});
    CHECK(must(reader->records_in(id_of(31))).empty());
    CHECK(must(reader->records_of_kind(8)) == std::vector<Id>{id_of(9)});
    const auto states = must(reader->states(id_of(8)));
    REQUIRE(states.size() == 2);
    CHECK(states[0].state == "new");
    CHECK(states[1].audience == id_of(40));
    std::size_t records = 0;
    must(reader->each_record([&](const store::RecordRow&) {
      ++records;
      return Status{};
    }));
    CHECK(records == 2);
    CHECK(!must(reader->record(id_of(77))).has_value());
  }
}

TEST_CASE("feeds count from one without a gap, each class and audience for itself") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const store::FeedKey key{id_of(30), 1, Id{}};
    const store::FeedKey own{id_of(30), 1, id_of(40)};
    write(at, [&](store::Writer& writer) {
      store::FeedRow ghostly = feed_row(id_of(8), {{kHigh}, 1});
      ghostly.ghosts = {{{2}, 7}, {{kHigh}, 9}};
      must(writer.append_feed(key, {ghostly, feed_row(id_of(9), {{kHigh}, 2})}, digest_of(5), digest_of(0),
                              2));
      must(writer.append_feed(own, {feed_row(id_of(8), {{kHigh}, 1})}, digest_of(1), digest_of(0), 1));
    });
    write(at, [&](store::Writer& writer) {
      store::FeedRow evict = feed_row(id_of(8), {{kHigh}, 3});
      evict.kind = store::FeedKind::kEvict;
      store::FeedRow enter = feed_row(id_of(8), {{kHigh}, 3});
      enter.kind = store::FeedKind::kEnter;
      enter.state = std::string("a\0b", 3);
      must(writer.append_feed(key, {evict, enter}, digest_of(1), digest_of(3), -1));
    });
    const auto reader = must(at.store->read());
    const store::FeedHead head = must(reader->feed_head(key));
    CHECK(head.position == 4);
    CHECK(head.records == 1);
    CHECK(head.digest == digest_of(3));
    CHECK(must(reader->feed_head(own)).position == 1);
    CHECK(must(reader->feed_head({id_of(31), 1, Id{}})).position == 0);
    CHECK(must(reader->feed_heads()).size() == 2);
    const auto rows = must(reader->feed(key, 0, 10));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].position == 1);
    CHECK(rows[0].ghosts == std::vector<ChangeId>{{{2}, 7}, {{kHigh}, 9}});
    CHECK(rows[2].kind == store::FeedKind::kEvict);
    CHECK(rows[3].state == std::string("a\0b", 3));
    CHECK(rows[3].record_kind == 7);
    CHECK(rows[3].parent == id_of(201));
    CHECK(must(reader->feed(key, 2, 1)).at(0).position == 3);
    const auto marks = must(reader->feed_marks(key, 1));
    REQUIRE(marks.size() == 3);
    CHECK(marks[0].position == 2);
    CHECK(marks[0].record == id_of(9));
    CHECK(marks[0].replica == ReplicaId{kHigh});
    CHECK(must(reader->is_gap_free(key)));
    CHECK(must(reader->is_gap_free({id_of(99), 0, Id{}})));
  }
}

TEST_CASE("entries come with the changes they tell, and a change that is not in the log is damage") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const store::FeedKey key{id_of(30), 1, Id{}};
    write(at, [&](store::Writer& writer) {
      for (std::uint64_t counter = 1; counter <= 3; ++counter)
        must(writer.append_change(log_row(kHigh, counter, id_of(8))));
      store::FeedRow enter = feed_row(id_of(8), {{kHigh}, 3});
      enter.kind = store::FeedKind::kEnter;
      enter.state = "state";
      must(writer.append_feed(key, {feed_row(id_of(8), {{kHigh}, 2}), enter}, digest_of(1), digest_of(0), 1));
    });
    {
      const auto reader = must(at.store->read());
      const auto rows = must(reader->feed_with_causes(key, 0, 10));
      REQUIRE(rows.size() == 2);
      CHECK(rows[0].entry.position == 1);
      CHECK(rows[0].entry.record == id_of(8));
      CHECK(rows[0].cause.sequence == 2);
      CHECK(rows[0].cause.id == ChangeId{{kHigh}, 2});
      CHECK(rows[0].cause.body == log_row(kHigh, 2, id_of(8)).body);
      CHECK(rows[1].entry.state == "state");
      CHECK(rows[1].cause.id == ChangeId{{kHigh}, 3});
      CHECK(must(reader->feed_with_causes(key, 1, 10)).size() == 1);
      CHECK(must(reader->feed_with_causes(key, 0, 1)).size() == 1);
      CHECK(must(reader->feed_with_causes({id_of(31), 1, Id{}}, 0, 10)).empty());
    }
    write(at, [&](store::Writer& writer) {
      must(writer.append_feed(key, {feed_row(id_of(8), {{5}, 9})}, digest_of(1), digest_of(1), 0));
    });
    CHECK(must(at.store->read())->feed_with_causes(key, 0, 10).error().code == "store.damaged");
  }
}

TEST_CASE("a record is only in a scope when it stands there alone and was never written of elsewhere") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const auto only = [&](std::uint8_t record, std::uint8_t scope) {
      return must(must(at.store->read())->is_only_in(id_of(record), id_of(scope)));
    };
    const Id here = log_row(1, 1, id_of(8)).head_scope;
    write(at, [&](store::Writer& writer) {
      must(writer.put_record({id_of(8), 7, Id{}, false, {here}}));
      must(writer.append_change(log_row(1, 1, id_of(8))));
      must(writer.put_record({id_of(9), 7, Id{}, false, {here, id_of(99)}}));
      must(writer.append_change(log_row(1, 2, id_of(9))));
    });
    CHECK(must(must(at.store->read())->is_only_in(id_of(8), here)));
    CHECK_FALSE(only(8, 99));
    CHECK_FALSE(must(must(at.store->read())->is_only_in(id_of(9), here)));
    CHECK_FALSE(only(10, 99));
    write(at, [&](store::Writer& writer) {
      store::LogRow elsewhere = log_row(1, 3, id_of(8));
      elsewhere.head_scope = id_of(99);
      must(writer.append_change(elsewhere));
    });
    CHECK_FALSE(must(must(at.store->read())->is_only_in(id_of(8), here)));
    // In two scopes while two homes were disputed, and back: nothing was ever written of it in the other.
    write(at, [&](store::Writer& writer) {
      must(writer.put_record({id_of(11), 7, Id{}, false, {here}}));
      store::LogRow written = log_row(1, 4, id_of(11));
      must(writer.append_change(written));
    });
    CHECK(must(must(at.store->read())->is_only_in(id_of(11), here)));
    write(at, [&](store::Writer& writer) {
      store::FeedRow enter = feed_row(id_of(11), {{1}, 4});
      enter.kind = store::FeedKind::kEnter;
      must(writer.append_feed({id_of(99), 1, Id{}}, {enter}, digest_of(1), digest_of(0), 1));
    });
    CHECK_FALSE(must(must(at.store->read())->is_only_in(id_of(11), here)));
    // Told as a state where it has always stood: after a purge, or when it came back.
    write(at, [&](store::Writer& writer) {
      must(writer.put_record({id_of(12), 7, Id{}, false, {here}}));
      must(writer.append_change(log_row(1, 5, id_of(12))));
    });
    CHECK(must(must(at.store->read())->is_only_in(id_of(12), here)));
    write(at, [&](store::Writer& writer) {
      store::FeedRow enter = feed_row(id_of(12), {{1}, 5});
      enter.kind = store::FeedKind::kEnter;
      must(writer.append_feed({here, 1, Id{}}, {enter}, digest_of(1), digest_of(0), 1));
    });
    CHECK_FALSE(must(must(at.store->read())->is_only_in(id_of(12), here)));
    // It moves, and moves back.
    write(at, [&](store::Writer& writer) {
      must(writer.append_change(log_row(1, 6, id_of(13))));
      must(writer.put_record({id_of(13), 7, Id{}, false, {here}}));
    });
    CHECK(must(must(at.store->read())->is_only_in(id_of(13), here)));
    write(at, [&](store::Writer& writer) {
      must(writer.put_record({id_of(13), 7, Id{}, false, {id_of(99)}}));
    });
    CHECK_FALSE(only(13, 99));
    write(at, [&](store::Writer& writer) { must(writer.put_record({id_of(13), 7, Id{}, false, {here}})); });
    CHECK_FALSE(must(must(at.store->read())->is_only_in(id_of(13), here)));
    // Written of in one scope, it is placed in another.
    write(at, [&](store::Writer& writer) {
      must(writer.append_change(log_row(1, 7, id_of(14))));
      must(writer.put_record({id_of(14), 7, Id{}, false, {id_of(99)}}));
    });
    CHECK_FALSE(only(14, 99));
    CHECK(must(must(at.store->read())->moves_not_listed()).empty());
  }
}

TEST_CASE("the feeds of hardship and notes that ever told of a record are found, each once") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const store::FeedKey whole{id_of(30), 4, Id{}};
    const store::FeedKey view{id_of(31), 4, id_of(40)};
    write(at, [&](store::Writer& writer) {
      store::FeedRow left = feed_row(id_of(8), {{5}, 3});
      left.kind = store::FeedKind::kEvict;
      must(writer.append_feed(whole, {feed_row(id_of(8), {{5}, 1}), feed_row(id_of(8), {{5}, 2}), left},
                              digest_of(1), digest_of(0), 1));
      must(writer.append_feed(view, {feed_row(id_of(8), {{5}, 1})}, digest_of(1), digest_of(0), 1));
      must(writer.append_feed({id_of(32), 4, Id{}}, {feed_row(id_of(9), {{5}, 4})}, digest_of(1),
                              digest_of(0), 1));
      must(writer.append_feed({id_of(33), 3, Id{}}, {feed_row(id_of(8), {{5}, 1})}, digest_of(1),
                              digest_of(0), 1));
      must(writer.append_feed({id_of(30), 0, Id{}}, {feed_row(id_of(8), {{5}, 1})}, digest_of(1),
                              digest_of(0), 1));
    });
    const auto reader = must(at.store->read());
    CHECK(must(reader->feeds_told(id_of(8), 4)) == std::vector<store::FeedKey>{whole, view});
    CHECK(must(reader->feeds_told(id_of(8), 3)) == std::vector<store::FeedKey>{{id_of(33), 3, Id{}}});
    CHECK(must(reader->feeds_told(id_of(8), 0)).empty());
    CHECK(must(reader->feeds_told(id_of(10), 4)).empty());
  }
}

TEST_CASE(
    "where a record came in and where it left is found in whatever feed, without what was told in between") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    const store::FeedKey here{id_of(30), 0, Id{}};
    const store::FeedKey view{id_of(31), 4, id_of(40)};
    const auto turn = [](std::uint64_t counter, store::FeedKind kind) {
      store::FeedRow row = feed_row(id_of(8), {{kHigh}, counter});
      row.kind = kind;
      row.state = "a state";
      return row;
    };
    write(at, [&](store::Writer& writer) {
      must(writer.append_feed(here,
                              {feed_row(id_of(8), {{5}, 1}), turn(2, store::FeedKind::kEvict),
                               feed_row(id_of(9), {{5}, 3}), turn(4, store::FeedKind::kEnter)},
                              digest_of(1), digest_of(0), 1));
      must(writer.append_feed(view, {turn(2, store::FeedKind::kEvict)}, digest_of(1), digest_of(0), 1));
    });
    const auto reader = must(at.store->read());
    std::map<std::pair<store::FeedKey, std::uint64_t>, std::pair<store::FeedKind, ChangeId>> found;
    for (const auto& [key, row] : must(reader->turns_of(id_of(8)))) {
      CHECK(row.state.empty());
      found[{key, row.position}] = {row.kind, row.change};
    }
    CHECK(found == decltype(found){{{here, 2}, {store::FeedKind::kEvict, {{kHigh}, 2}}},
                                   {{here, 4}, {store::FeedKind::kEnter, {{kHigh}, 4}}},
                                   {{view, 1}, {store::FeedKind::kEvict, {{kHigh}, 2}}}});
    CHECK(must(reader->turns_of(id_of(9))).empty());
  }
}

TEST_CASE("states of a feed come in pages by record") {
  for (const Fixture& at : fixtures()) {
    INFO(at.name);
    write(at, [](store::Writer& writer) {
      for (std::uint8_t i = 1; i <= 5; ++i) {
        must(writer.put_record({id_of(i), 7, Id{}, false, {id_of(30)}}));
        must(writer.put_state({id_of(i), 1, Id{}, std::string(1, static_cast<char>('a' + i))}));
      }
      must(writer.put_state({id_of(1), 2, Id{}, "other class"}));
    });
    const auto reader = must(at.store->read());
    const auto first = must(reader->states_in({id_of(30), 1, Id{}}, Id{}, 3));
    REQUIRE(first.size() == 3);
    const auto rest = must(reader->states_in({id_of(30), 1, Id{}}, first.back().record, 3));
    REQUIRE(rest.size() == 2);
    CHECK(rest[0].state == "e");
  }
}

}  // namespace
}  // namespace lianxin::test
