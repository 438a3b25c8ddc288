// That a member has left this laptop is noted, and nothing else of him (sync.md 6).
#include "client/store/moved_on.hpp"

#include <doctest/doctest.h>

#include "client/store/feed_writer.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::size_t moved_since(Desk& desk, const Date& day) {
  const auto moved = cs::moved_on_since(*desk.database, day);
  REQUIRE(moved.ok());
  return moved->size();
}

void leave(Desk& desk, const Id& record) {
  auto transaction = lianxin::store::Transaction::begin(*desk.database);
  cs::FeedWriter feed(*desk.impl);
  REQUIRE(feed.evict({desk.village, 0}, record).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(desk.impl->erase_leaving().ok());
  REQUIRE(transaction->commit().ok());
}

/// As a feed that brings it: its row, and where it stands.
void come_in(Desk& desk, const Id& member) {
  auto row =
      desk.database->prepare("INSERT INTO record(id, kind, parent, scope, stands) VALUES(?, ?, ?, ?, 1)");
  row.bind(1, member).bind(2, int{domain::Catalogue::base().kind("member")->wire});
  REQUIRE(row.bind(3, Id()).bind(4, desk.village).run().ok());
}

}  // namespace

TEST_CASE("a member who left is noted from that day on, until he is back; what hangs on him is not") {
  SmallServer server;
  Desk a(1);
  const Id member = a.member("吴移交");
  const Id phone =
      a.put("contact_point", Id{}, {{"member_id", member.text()}, {"value", "13800001234"}}).records.front();
  a.push(server);
  a.pull(server);
  const Date today = Date::of(a.clock.now_ms());
  CHECK(moved_since(a, {2020, 1, 1}) == 0);
  leave(a, phone);
  leave(a, member);
  CHECK_FALSE(a.records.get(member)->has_value());
  CHECK(moved_since(a, today) == 1);
  CHECK(moved_since(a, today.plus_days(1)) == 0);
  const auto moved = cs::moved_on_since(*a.database, today);
  CHECK(moved->front().record == member);
  CHECK(moved->front().scope == a.village);
  come_in(a, member);
  CHECK(moved_since(a, today) == 0);
}

TEST_CASE("a laptop that came later is told who had left, and on which day") {
  SmallServer server;
  Desk a(1);
  const std::uint16_t member = domain::Catalogue::base().kind("member")->wire;
  const std::uint16_t phone = domain::Catalogue::base().kind("contact_point")->wire;
  const Id person = Id::make(a.clock.now_ms());
  const WallMs at_ms = a.clock.now_ms() - WallMs{40} * 86'400'000;
  const Date day = Date::of(at_ms);
  const auto told = [&](const Id& record, std::uint8_t privacy, const cs::FeedLeft& left) {
    auto transaction = lianxin::store::Transaction::begin(*a.database);
    cs::FeedWriter feed(*a.impl);
    CHECK_FALSE(*feed.evict({a.village, privacy}, record, left));
    REQUIRE(feed.finish().ok());
    REQUIRE(transaction->commit().ok());
  };
  told(person, 0, {member, 0});  // a server that does not tell the day
  told(person, 1, {member, at_ms});
  told(Id::make(2), 0, {phone, at_ms});
  CHECK(moved_since(a, {2020, 1, 1}) == 0);
  told(person, 0, {member, at_ms});
  CHECK(moved_since(a, day) == 1);
  CHECK(moved_since(a, day.plus_days(1)) == 0);
  told(person, 0, {member, at_ms - WallMs{86'400'000}});  // read again in an older village
  CHECK(moved_since(a, day) == 1);
  come_in(a, person);
  CHECK(moved_since(a, day) == 0);
}

TEST_CASE("where only a grant has ended nobody has moved; a unit that has ended let its people go") {
  SmallServer server;
  Desk a(1);
  const Id member = a.member("吴移交");
  a.push(server);
  a.pull(server);
  leave(a, member);
  const Date day{2020, 1, 1};
  CHECK(moved_since(a, day) == 1);
  REQUIRE(a.impl->set_held({}).ok());
  CHECK(moved_since(a, day) == 0);
  const Id ended = a.put("org_unit", Id{}, {{"kind", "village"}, {"name", "大井村"}, {"to", "2026-08-31"}})
                       .records.front();
  const std::uint16_t kind = domain::Catalogue::base().kind("member")->wire;
  REQUIRE(cs::note_moved_on(*a.database, kind, member, ended, a.clock.now_ms()).ok());
  CHECK(moved_since(a, day) == 1);
}
