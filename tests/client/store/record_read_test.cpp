// One record as it is shown, and where it comes from.
#include <doctest/doctest.h>
#include <set>

#include "client/store/own_chains.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("history tells every change, oldest first, with what it wrote and whether it is unsent") {
  SmallServer server;
  Desk desk;
  const Id id = desk.member("赵一");
  desk.push(server);
  desk.pull(server);
  desk.put("member", id, {{"home_address", "东街"}});
  const auto history = desk.records.history(id);
  REQUIRE(history.ok());
  REQUIRE(history->size() == 2);
  CHECK(!history->front().unsent);
  CHECK(history->back().unsent);
  CHECK(history->back().writes.front().field == "home_address");
  CHECK(history->back().writes.front().value == "东街");
  CHECK(history->back().author == desk.worker);
  CHECK((*desk.records.get(id))->unsent);
  CHECK(desk.records.history(Id::make(kStart)).error().code == "record.unknown");
}

TEST_CASE("what is unsent of a record is what is to be sent, also of a chain that ended") {
  SmallServer server;
  Desk desk;
  const Id id = desk.member("赵一");
  const Id other = desk.member("钱二");
  desk.push(server);
  desk.pull(server);
  desk.put("member", id, {{"home_address", "东街"}});
  {
    auto transaction = lianxin::store::Transaction::begin(*desk.database);
    REQUIRE(cs::OwnChains(*desk.database).begin_anew().ok());
    REQUIRE(transaction->commit().ok());
  }
  desk.put("member", id, {{"home_address", "西街"}});
  desk.put("member", other, {{"home_address", "南街"}});
  for (const Id& one : {id, other}) {
    std::set<ChangeId> to_send;
    auto select = desk.database->prepare("SELECT replica, counter FROM unsent WHERE record = ?");
    select.bind(1, one);
    while (*select.step())
      to_send.insert({{select.natural(0)}, select.natural(1)});
    std::set<ChangeId> told;
    const auto history = desk.records.history(one);
    REQUIRE(history.ok());
    for (const cs::HistoryEntry& entry : *history) {
      if (entry.unsent) told.insert(entry.change);
    }
    CHECK(told.size() == (one == id ? 2 : 1));
    CHECK(told == to_send);
  }
}

TEST_CASE("a record that came with a snapshot has its living values in the history") {
  SmallServer server;
  Desk a(1);
  const Id id = a.member("钱二");
  a.push(server);
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const auto& state = server.states().at(id);
  auto transaction = lianxin::store::Transaction::begin(*b.database);
  cs::FeedWriter feed(*b.impl);
  const Bytes bytes = sync::merge::encode_class_state(state.classes.at(0));
  REQUIRE(feed.row({b.village, 0}, {id, state.kind, state.parent, bytes}, 0).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  const auto history = b.records.history(id);
  REQUIRE(history->size() == 1);
  CHECK(history->front().author == a.worker);
  CHECK(history->front().writes.size() == 2);
}

TEST_CASE("a record is found by its id, a unit by its code") {
  Desk desk;
  const Id id = desk.member("孙三");
  CHECK(*desk.records.find_id(id.text()) == id);
  CHECK(*desk.records.find_id(kVillageCode) == desk.village);
  CHECK(desk.records.find_id("999").error().code == "record.unknown");
  CHECK(!desk.records.get(Id::make(kStart))->has_value());
}

}  // namespace
