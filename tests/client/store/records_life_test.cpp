// What follows the server's word: scopes held, acknowledgement, own changes taken back.
#include <doctest/doctest.h>

#include "client/store/change_log.hpp"
#include "client/store/meta.hpp"
#include "client/store/records_impl.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace change = lianxin::sync::change;

TEST_CASE("own changes the database had lost come back in order, with chain and screen as before") {
  Desk lost;
  const Id id = lost.member("赵一");
  lost.put("member", id, {{"home_address", "东街"}});
  Desk found;
  change::ChainEnd end;
  end.replica = {1};
  for (int round = 0; round < 2; ++round) {
    for (const cs::JournalEntry& entry : lost.tail.entries) {
      auto linked = change::follow(end, entry.body, entry.values);
      if (round == 1) break;
      REQUIRE(linked.ok());
      REQUIRE(found.impl->adopt_own(*linked).ok());
      REQUIRE(found.impl->adopt_own(*linked).ok());
    }
  }
  CHECK(found.value(id, "home_address") == "东街");
  CHECK(found.impl->own()->end == lost.impl->own()->end);
  CHECK(found.dump() == lost.dump());
  CHECK(found.problems().empty());
}

TEST_CASE("an acknowledged record of a scope that is not held leaves the laptop") {
  Desk desk;
  const Id id = desk.member("钱二");
  REQUIRE(desk.impl->set_held({{Id{}, "", "", {0}}}).ok());
  REQUIRE(desk.impl->acknowledge(1).ok());
  CHECK((*desk.records.get(id))->read_only);
  CHECK(*desk.impl->erase_leaving() == 1);
  CHECK(!desk.records.get(id)->has_value());
  CHECK(desk.impl->own()->acknowledged == 1);
  CHECK(desk.problems().empty());
}

TEST_CASE("acknowledged work on what another held village tells of is shown until it comes from there") {
  Desk desk;
  const Id id = desk.member("钱二");
  const Id successor = Id::make(kStart);
  REQUIRE(desk.impl->set_held({{Id{}, "", "", {0}}, {successor, "220622101201", "", {0, 1, 2, 3, 4}}}).ok());
  REQUIRE(desk.impl->membership().add(id, successor).ok());
  REQUIRE(desk.impl->acknowledge(desk.impl->own()->end.counter).ok());
  CHECK(desk.value(id, "name") == "钱二");
  CHECK(desk.problems().empty());
}

TEST_CASE("a record with a draft is not erased") {
  SmallServer server;
  Desk desk;
  const Id id = desk.member("孙三");
  desk.push(server);
  desk.pull(server);
  auto draft = desk.database->prepare("INSERT INTO draft VALUES(?, 'visit', ?, '', '', '', 0)");
  REQUIRE(draft.bind(1, Id::make(kStart)).bind(2, id).run().ok());
  const auto erased = desk.impl->erase(id);
  REQUIRE(erased.ok());
  CHECK(!*erased);
  CHECK((*desk.records.get(id))->read_only);
}

TEST_CASE("scopes held are said with their codes and classes") {
  Desk desk;
  const auto held = desk.records.scopes();
  REQUIRE(held->size() == 2);
  CHECK(held->back().code == kVillageCode);
  CHECK(held->back().classes.size() == 5);
}

TEST_CASE("a class that is no longer held goes with its values, cursor and digest") {
  SmallServer server;
  Desk desk;
  const Id id = desk.put("member", Id{},
                         {{"name", "李四"}, {"home_village_id", kVillageCode}, {"home_address", "东街"}})
                    .records.front();
  desk.push(server);
  desk.pull(server);
  REQUIRE(desk.impl->set_held({{Id{}, "", "", {0}}, {desk.village, kVillageCode, "", {0}}}).ok());
  auto transaction = lianxin::store::Transaction::begin(*desk.database);
  cs::FeedWriter feed(*desk.impl);
  REQUIRE(feed.drop({desk.village, 1}).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(desk.value(id, "name") == "李四");
  CHECK(desk.value(id, "home_address").empty());
  CHECK(desk.problems().empty());
}

TEST_CASE("small facts are kept as they were set") {
  Desk desk;
  cs::Meta meta(*desk.database);
  CHECK(!meta.integer("nothing")->has_value());
  REQUIRE(meta.set("number", -5).ok());
  REQUIRE(meta.set_bytes("bytes", "\x01\x02").ok());
  CHECK(*meta.integer("number") == -5);
  CHECK(*meta.bytes("bytes") == "\x01\x02");
}

TEST_CASE("the overlay is read in the order of writing") {
  Desk desk;
  const Id id = desk.member("周五");
  desk.put("member", id, {{"home_address", "一"}});
  desk.put("member", id, {{"home_address", "二"}});
  std::vector<std::uint64_t> counters;
  REQUIRE(desk.impl->log()
              .overlay_of(id,
                          [&](const cs::LoggedChange& row) -> Status {
                            counters.push_back(row.body.id.counter);
                            return {};
                          })
              .ok());
  CHECK(counters == std::vector<std::uint64_t>{1, 2, 3});
}

}  // namespace
