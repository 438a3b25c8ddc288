// What feeds bring (sync.md 3.10, 5.3, 6): any order of returns gives the server's merge.
#include "client/store/feed_writer.hpp"

#include <doctest/doctest.h>
#include <random>

#include "client/store/own_chains.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace change = lianxin::sync::change;
namespace merge = lianxin::sync::merge;

merge::RecordState without_empty(merge::RecordState state) {
  std::erase_if(state.classes, [](const auto& one) { return one.second.empty(); });
  return state;
}

/// Base of a laptop that has read everything is the server's state; with nothing unsent so is what is shown.
void check_equal(Desk& desk, const SmallServer& server) {
  for (const auto& [record, state] : server.states()) {
    const auto box = desk.impl->load(record);
    REQUIRE(box.ok());
    CHECK(without_empty(box->base).classes == without_empty(state).classes);
    CHECK(without_empty(box->shown).classes == without_empty(state).classes);
  }
}

TEST_CASE(
    "random histories of three laptops end equal to the server's merge, with every row as its state says") {
  const std::uint64_t seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937_64 random(seed);
  SmallServer server;
  Desk a(1, "0199aaaa-0000-7000-8000-000000000001");
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  Desk c(3, "0199aaaa-0000-7000-8000-000000000003");
  std::vector<Desk*> desks{&a, &b, &c};
  std::vector<Id> members{a.member("赵一"), a.member("钱二")};
  a.push(server);
  for (Desk* desk : desks)
    desk->pull(server);
  const std::vector<std::string> fields{"home_address", "occupation", "standing_doc_no", "post_code",
                                        "remark"};
  const std::vector<std::string> tags{"planting", "breeding", "craft"};
  for (int step = 0; step < 120; ++step) {
    Desk& desk = *desks[random() % desks.size()];
    const Id member = members[random() % members.size()];
    switch (random() % 7) {
      case 0:
        desk.push(server);
        break;
      case 1:
        desk.pull(server, random() % 5);
        break;
      case 2:
        desk.put("member", member,
                 {{random() % 2 == 0 ? "talent_tags+" : "talent_tags-", tags[random() % 3]}});
        break;
      case 3: {
        const auto conflicts = desk.records.conflicts();
        REQUIRE(conflicts.ok());
        if (conflicts->empty() || conflicts->front().what != merge::ConflictKind::kValues) break;
        cs::ResolveHow how;
        how.take = conflicts->front().heads.front().change;
        REQUIRE(desk.records.resolve(conflicts->front().id, how).ok());
        break;
      }
      default: {
        const std::string& field = fields[random() % fields.size()];
        const std::string value = field == "occupation" ? "farmer" : "值" + std::to_string(step);
        if (field != "occupation") desk.put("member", member, {{field, value}});
      }
    }
    if (step % 10 == 0) CHECK(desk.problems().empty());
  }
  for (int round = 0; round < 2; ++round) {
    for (Desk* desk : desks) {
      desk->push(server);
      desk->pull(server);
    }
  }
  for (Desk* desk : desks) {
    check_equal(*desk, server);
    CHECK(desk->problems().empty());
    CHECK(desk->records.status()->unsent == 0);
  }
  CHECK(a.dump() == b.dump());
  CHECK(b.dump() == c.dump());
}

TEST_CASE("who only reads has every row as its state says, whatever a change did") {
  SmallServer server;
  Desk a(1, "0199aaaa-0000-7000-8000-000000000001");
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  Desk reader(3, "0199aaaa-0000-7000-8000-000000000003");
  const Id member = a.member("赵一");
  const auto tell = [&](Desk& from, const std::vector<std::pair<std::string, std::string>>& fields) {
    from.put("member", member, fields);
    from.push(server);
    reader.pull(server);
    CHECK(reader.problems().empty());
    CHECK(!(*reader.impl->load(member)).has_overlay);
  };
  a.push(server);
  b.pull(server);
  tell(a, {{"home_address", "三合村1组3号"}});
  tell(a, {{"home_address", ""}, {"remark", "不在家"}, {"talent_tags+", "planting"}});
  tell(a, {{"talent_tags+", "craft"}, {"talent_tags-", "planting"}, {"post_code", "134500"}});
  tell(b, {{"home_address", "三合村2组"}, {"remark", "在家"}});  // b has seen nothing of it
  b.pull(server);
  CHECK(reader.records.conflicts()->size() == 2);
  const auto conflicts = b.records.conflicts();
  REQUIRE(conflicts.ok());
  for (const cs::ConflictItem& conflict : *conflicts) {
    cs::ResolveHow how;
    how.take = conflict.heads.front().change;
    REQUIRE(b.records.resolve(conflict.id, how).ok());
  }
  b.push(server);
  reader.pull(server);
  CHECK(reader.problems().empty());
  CHECK(reader.records.conflicts()->empty());
  REQUIRE(b.records.void_record(member, "重复登记").ok());
  b.push(server);
  reader.pull(server);
  CHECK(reader.problems().empty());
  check_equal(reader, server);
}

TEST_CASE("what was read from the feed twice changes nothing") {
  SmallServer server;
  Desk a(1);
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id id = a.member("孙三");
  a.push(server);
  b.pull(server);
  const std::string before = b.dump();
  auto transaction = lianxin::store::Transaction::begin(*b.database);
  cs::FeedWriter feed(*b.impl);
  const Kept& kept = server.log().front();
  const auto body = sync::change::decode_body(kept.body);
  REQUIRE(body.ok());
  const auto again = feed.applied({b.village, 0}, *body, kept.body, kept.values, {});
  REQUIRE(again.ok());
  CHECK(!*again);
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(b.dump() == before);
  CHECK(b.problems().empty());
  CHECK(b.value(id, "name") == "孙三");
}

TEST_CASE("a snapshot row gives the same as the feed, and unsent work lies over it") {
  SmallServer server;
  Desk a(1);
  const Id id = a.member("李四");
  a.push(server);
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const merge::RecordState& state = server.states().at(id);
  const auto load = [&](Desk& desk) {
    auto transaction = lianxin::store::Transaction::begin(*desk.database);
    cs::FeedWriter feed(*desk.impl);
    for (const auto& [privacy, owner] : state.classes) {
      const Bytes bytes = merge::encode_class_state(owner);
      REQUIRE(feed.row({desk.village, privacy}, {id, state.kind, state.parent, bytes}, 0).ok());
    }
    REQUIRE(feed.finish().ok());
    REQUIRE(transaction->commit().ok());
  };
  load(b);
  CHECK(b.value(id, "name") == "李四");
  b.put("member", id, {{"post_code", "组长"}});
  load(b);
  CHECK(b.value(id, "post_code") == "组长");
  CHECK(b.records.status()->unsent == 1);
  CHECK(b.problems().empty());
}

TEST_CASE("a quarantined change leaves the overlay, and what it wrote is not shown as settled") {
  SmallServer server;
  Desk a(1);
  const Id id = a.member("周五");
  a.push(server);
  a.pull(server);
  a.put("member", id, {{"post_code", "一组"}});
  server.push(a.tail.entries.back(), true);
  REQUIRE(a.impl->set_outcome(a.tail.entries.back().id, true, "no_right", "county").ok());
  a.push(server);
  a.pull(server);
  CHECK(a.value(id, "post_code").empty());
  CHECK((*a.records.get(id))->quarantined);
  CHECK(a.records.status()->quarantined == 1);
  CHECK(a.records.history(id)->back().quarantine == "no_right");
  CHECK(a.problems().empty());
}

TEST_CASE("own work that another scope's row has taken in already is not shown beside what replaced it") {
  SmallServer server;
  Desk a(1);
  const Id other = *Id::parse("0199bbbb-0000-7000-8000-000000000002");
  const Id id = a.member("先后");
  a.put("member", id, {{"post_code", "一组"}});
  a.put("member", id, {{"post_code", "二组"}});
  a.push(server);
  const merge::RecordState& state = server.states().at(id);
  auto transaction = lianxin::store::Transaction::begin(*a.database);
  cs::FeedWriter feed(*a.impl);
  const Bytes bytes = merge::encode_class_state(state.classes.at(0));
  REQUIRE(feed.row({other, 0}, {id, state.kind, state.parent, bytes}, 0).ok());
  for (const Kept& kept : server.log())
    REQUIRE(feed.own({a.village, 0}, kept.id, false, {kStart, false, {}}).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  const auto box = a.impl->load(id);
  CHECK(box->shown.classes == box->base.classes);
  CHECK(a.value(id, "post_code") == "二组");
  CHECK(a.problems().empty());
}

TEST_CASE("own work told with its bytes is not laid over another scope's row, which may have replaced it") {
  SmallServer server;
  Desk a(1);
  const Id other = *Id::parse("0199bbbb-0000-7000-8000-000000000002");
  const Id id = a.member("先后");
  a.put("member", id, {{"post_code", "一组"}});
  a.put("member", id, {{"post_code", "二组"}});
  a.push(server);
  const merge::RecordState& state = server.states().at(id);
  // A disk that was ruined: what it wrote comes back as everybody's does.
  Desk b(2);
  auto transaction = lianxin::store::Transaction::begin(*b.database);
  cs::FeedWriter feed(*b.impl);
  const Bytes bytes = merge::encode_class_state(state.classes.at(0));
  REQUIRE(feed.row({other, 0}, {id, state.kind, state.parent, bytes}, 0).ok());
  for (const Kept& kept : server.log()) {
    const auto body = change::decode_body(kept.body);
    REQUIRE(body.ok());
    REQUIRE(feed.applied({b.village, 0}, *body, kept.body, kept.values, {kStart, false, {}}).ok());
  }
  REQUIRE(feed.evict({b.village, 0}, id).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  const auto box = b.impl->load(id);
  CHECK(box->base.classes.at(0) == state.classes.at(0));
  CHECK(b.value(id, "post_code") == "二组");
  CHECK(b.problems().empty());
}

TEST_CASE("what another copy of a laptop wrote under one of its names takes nothing from its own work") {
  Desk a(1);
  Desk copy(1);
  SmallServer server;
  const Id own = a.member("自己的");
  a.put("member", own, {{"post_code", "134500"}, {"remark", "不在家"}});
  (void)copy.member("副本的");
  copy.put("member", copy.member("副本又写的"), {{"post_code", "134501"}});
  copy.push(server);
  std::vector<Bytes> before;
  for (const Kept& kept : server.log())
    before.push_back(change::encode_values(*(*a.impl->log().find(kept.id))->values));
  REQUIRE_FALSE(before.empty());
  const auto tell = [&](bool in_file) -> Status {
    auto transaction = lianxin::store::Transaction::begin(*a.database);
    cs::FeedWriter feed(*a.impl, in_file);
    for (const Kept& kept : server.log()) {
      LX_TRY(const auto body, change::decode_body(kept.body));
      LX_DO(feed.applied({a.village, 0}, body, kept.body, kept.values, {kStart, false, {}}));
    }
    LX_DO(feed.finish());
    return transaction->commit();
  };
  const Status refused = tell(true);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "bundle.other_copy");
  REQUIRE(tell(false).ok());
  std::vector<Bytes> after;
  for (const Kept& kept : server.log())
    after.push_back(change::encode_values(*(*a.impl->log().find(kept.id))->values));
  CHECK(after == before);
}

TEST_CASE("an evicted record is erased when nothing of it is unsent, else it stays and only reads") {
  SmallServer server;
  Desk a(1);
  const Id gone = a.member("吴六");
  const Id busy = a.member("郑七");
  a.push(server);
  a.pull(server);
  a.put("member", busy, {{"post_code", "二组"}});
  auto transaction = lianxin::store::Transaction::begin(*a.database);
  cs::FeedWriter feed(*a.impl);
  REQUIRE(feed.evict({a.village, 0}, gone).ok());
  REQUIRE(feed.evict({a.village, 0}, busy).ok());
  REQUIRE(feed.finish().ok());
  CHECK(*a.impl->erase_leaving() == 1);
  REQUIRE(transaction->commit().ok());
  CHECK(!a.records.get(gone)->has_value());
  CHECK((*a.records.get(busy))->read_only);
  CHECK(a.records.save({a.edit("member", busy, {{"post_code", "三组"}})}).error().code == "record.read_only");
  a.push(server);
  CHECK(*a.impl->erase_leaving() == 1);
  CHECK(!a.records.get(busy)->has_value());
  CHECK(a.problems().empty());
}

TEST_CASE("what had left and waits comes in again as all of it says, be it told change by change") {
  for (const bool with_bytes : {false, true}) {
    CAPTURE(with_bytes);
    SmallServer server;
    Desk a(1);
    const Id id = a.member("去而复返");
    a.put("member", id, {{"post_code", "一组"}});
    a.put("member", id, {{"post_code", "二组"}});
    a.push(server);
    const merge::RecordState state = without_empty(server.states().at(id));
    auto transaction = lianxin::store::Transaction::begin(*a.database);
    {
      cs::FeedWriter feed(*a.impl);
      for (const auto& [privacy, owner] : state.classes) {
        const Bytes bytes = merge::encode_class_state(owner);
        REQUIRE(feed.row({a.village, privacy}, {id, state.kind, state.parent, bytes}, 0).ok());
      }
      REQUIRE(feed.evict({a.village, 0}, id).ok());
      REQUIRE(feed.finish().ok());
    }
    CHECK(a.records.get(id)->value().read_only);
    cs::FeedWriter feed(*a.impl);
    for (const Kept& kept : server.log()) {
      const auto body = change::decode_body(kept.body);
      REQUIRE(body.ok());
      const cs::FeedPlace place{a.village, body->privacy()};
      if (with_bytes) {
        REQUIRE(feed.applied(place, *body, kept.body, kept.values, {kStart, false, {}}).ok());
      } else {
        REQUIRE(feed.own(place, kept.id, false, {kStart, false, {}}).ok());
      }
    }
    REQUIRE(feed.finish().ok());
    CHECK(*a.impl->erase_leaving() == 0);
    REQUIRE(transaction->commit().ok());
    CHECK_FALSE(a.records.get(id)->value().read_only);
    CHECK(a.value(id, "post_code") == "二组");
    CHECK(without_empty(a.impl->load(id)->base).classes.size() == state.classes.size());
    for (const auto& [privacy, owner] : state.classes) {
      auto sum = a.database->prepare("SELECT digest FROM digest WHERE scope = ? AND privacy = ?");
      REQUIRE(*sum.bind(1, a.village).bind(2, int{privacy}).step());
      CHECK(*Digest128::from_bytes(sum.blob(0)) == merge::digest_leaf(id, privacy, owner));
    }
    CHECK(a.problems().empty());
  }
}

TEST_CASE("a record that left and came back in one reading stays, whichever class tells it last") {
  SmallServer server;
  Desk a(1);
  const Id id =
      a.put("member", Id{}, {{"name", "来回"}, {"home_village_id", kVillageCode}, {"home_address", "东街"}})
          .records.front();
  a.push(server);
  a.pull(server);
  auto box = a.impl->load(id);
  REQUIRE(box->base.classes.size() >= 2);
  auto transaction = lianxin::store::Transaction::begin(*a.database);
  cs::FeedWriter feed(*a.impl);
  for (const auto& [privacy, state] : box->base.classes) {
    const Bytes bytes = lianxin::sync::merge::encode_class_state(state);
    (void)feed.evict({a.village, privacy}, id);
    REQUIRE(feed.row({a.village, privacy}, {id, box->base.kind, Id{}, bytes}, 0).ok());
  }
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(*a.impl->erase_leaving() == 0);
  CHECK(a.value(id, "name") == "来回");
  CHECK(a.value(id, "home_address") == "东街");
  CHECK(a.problems().empty());
}

TEST_CASE("a record that left a scope long ago is not left there by a class that tells its story once more") {
  SmallServer server;
  Desk a(1);
  const Id id =
      a.put("member", Id{}, {{"name", "迁出"}, {"home_village_id", kVillageCode}, {"home_address", "东街"}})
          .records.front();
  a.push(server);
  a.pull(server);
  auto box = a.impl->load(id);
  REQUIRE(box->base.classes.size() >= 2);
  const Id left = Id::make(kStart);
  auto transaction = lianxin::store::Transaction::begin(*a.database);
  cs::FeedWriter feed(*a.impl);
  const auto& [privacy, state] = *box->base.classes.rbegin();
  REQUIRE(privacy != 0);
  const Bytes bytes = lianxin::sync::merge::encode_class_state(state);
  REQUIRE(feed.row({left, privacy}, {id, box->base.kind, Id{}, bytes}, 0).ok());
  REQUIRE(feed.evict({left, privacy}, id).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  auto where = a.database->prepare("SELECT scope FROM membership WHERE record = ?");
  where.bind(1, id);
  REQUIRE(*where.step());
  CHECK(where.id(0) == a.village);
  CHECK_FALSE(*where.step());
  CHECK(a.problems().empty());
}

TEST_CASE("a feed that begins anew as a view erases what others wrote, unless another scope tells it whole") {
  SmallServer server;
  Desk a(1, "0199aaaa-0000-7000-8000-000000000001");
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = a.member("吴六");
  a.push(server);
  b.pull(server);
  b.put("member", member, {{"post_code", "二组"}});
  b.push(server);
  const auto others = [&] {
    auto select = b.database->prepare("SELECT count(*) FROM change WHERE record = ? AND hash IS NULL");
    REQUIRE(*select.bind(1, member).step());
    return select.integer(0);
  };
  REQUIRE(others() > 0);
  const std::int64_t before = others();
  const auto begin_view = [&] {
    cs::FeedWriter feed(*b.impl);
    REQUIRE(feed.begin_view({b.village, 0}, std::uint64_t{3} << cs::kViewShift).ok());
    REQUIRE(feed.finish().ok());
  };
  const Id office = Id::make(1);
  REQUIRE(b.impl->membership().add(member, office).ok());
  auto whole = b.database->prepare("INSERT INTO cursor(scope, privacy, position) VALUES(?, 0, 7)");
  REQUIRE(whole.bind(1, office).run().ok());
  begin_view();
  CHECK(others() == before);
  auto view = b.database->prepare("UPDATE cursor SET position = position + (1 << 40) WHERE scope = ?");
  REQUIRE(view.bind(1, office).run().ok());
  begin_view();
  CHECK(others() == 0);
}

TEST_CASE("a new replica has nothing settled: a row brings none of its work") {
  SmallServer server;
  Desk a(1);
  const Id member = a.member("吴六");
  a.push(server);
  a.pull(server);
  REQUIRE(a.impl->meta().set(cs::kMetaSettled, std::int64_t{500}).ok());
  REQUIRE(cs::OwnChains(*a.database).begin_anew().ok());
  CHECK(*a.impl->meta().integer(cs::kMetaSettled) == 0);
  // Nor is unsent work let go with its record, whatever the overlay says.
  a.put("member", member, {{"post_code", "二组"}});
  REQUIRE(a.database->exec("UPDATE change SET in_overlay = 0").ok());
  CHECK_FALSE(*a.impl->erase(member));
  CHECK(a.records.get(member)->has_value());
}

TEST_CASE("rebuilding everything from base and log changes nothing") {
  SmallServer server;
  Desk a(1);
  const Id id = a.member("王八");
  a.push(server);
  a.pull(server);
  a.put("member", id, {{"home_address", "北街"}, {"talent_tags+", "craft"}});
  const std::string before = a.dump();
  REQUIRE(a.impl->rebuild().ok());
  CHECK(a.dump() == before);
  CHECK(a.problems().empty());
}

}  // namespace
