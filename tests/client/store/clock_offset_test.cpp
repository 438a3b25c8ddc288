// What a store knows of its clock before it asks the server.
#include "client/store/clock_offset.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr WallMs kOneDay = 24LL * 3600 * 1000;
constexpr WallMs kYear = 365 * kOneDay;

void remember_sync(Desk& desk, WallMs at_ms, bool complete) {
  auto insert = desk.database->prepare("INSERT INTO past_sync(at_ms, complete, summary) VALUES(?, ?, '{}')");
  REQUIRE(insert.bind(1, at_ms).bind(2, complete).run().ok());
}

std::int64_t offset(Desk& desk) {
  const auto found = cs::clock_offset_now(*desk.database, desk.clock.now_ms());
  REQUIRE(found.ok());
  const auto status = desk.records.status();
  REQUIRE(status.ok());
  CHECK(status->clock_offset_ms == *found);
  return *found;
}

std::int64_t gone_back(Desk& desk) {
  const auto found = cs::clock_gone_back(*desk.database, desk.clock.now_ms());
  REQUIRE(found.ok());
  return *found;
}

TEST_CASE("a clock that stands before the last sync of this store is known to be slow without asking") {
  Desk desk;
  CHECK(offset(desk) == 0);
  remember_sync(desk, kStart, true);
  CHECK(offset(desk) == 0);
  desk.clock.set(kStart + 3 * kOneDay);
  CHECK(offset(desk) == 0);
  desk.clock.set(kStart - 60 * 1000);
  CHECK(offset(desk) == 0);
  desk.clock.set(kStart - 26 * kYear);
  CHECK(offset(desk) == -26 * kYear);
}

TEST_CASE("a sync that broke off says nothing of the clock: it may have been the clock's fault") {
  Desk desk;
  remember_sync(desk, kStart + 10 * kYear, false);
  CHECK(offset(desk) == 0);
}

TEST_CASE("what a sync that did not end has measured is not counted twice") {
  Desk desk;
  remember_sync(desk, kStart, true);
  auto own = cs::read_own(*desk.database);
  REQUIRE(own.ok());
  own->clock_offset_ms = -26 * kYear;
  REQUIRE(cs::write_own(*desk.database, *own).ok());
  remember_sync(desk, kStart - 26 * kYear, false);
  desk.clock.set(kStart - 26 * kYear);
  CHECK(offset(desk) == -26 * kYear);
}

TEST_CASE(
    "a clock before what was written here and not sent yet: then or now it was wrong, and no more is said") {
  SmallServer server;
  Desk desk;
  remember_sync(desk, kStart - 3 * kOneDay, true);
  desk.member("赵志远");
  CHECK(gone_back(desk) == 0);
  desk.clock.set(kStart - 2 * kOneDay);
  CHECK(offset(desk) == 0);
  CHECK(gone_back(desk) >= 2 * kOneDay);
  CHECK(gone_back(desk) < 3 * kOneDay);
  desk.push(server);
  auto own = cs::read_own(*desk.database);
  REQUIRE(own.ok());
  own->acknowledged = own->end.counter;
  REQUIRE(cs::write_own(*desk.database, *own).ok());
  CHECK(gone_back(desk) == 0);
}

TEST_CASE("what was written while the clock was a year ahead does not make the corrected clock slow") {
  Desk desk;
  remember_sync(desk, kStart, true);
  desk.clock.set(kStart + kYear);
  desk.member("赵志远");
  desk.clock.set(kStart + kOneDay);
  CHECK(offset(desk) == 0);
  CHECK(gone_back(desk) >= kYear - kOneDay);
  desk.member("单立新");  // written with the right clock
  CHECK(gone_back(desk) == 0);
}

TEST_CASE("behind the last sync the clock is slow, whatever was written since") {
  Desk desk;
  remember_sync(desk, kStart, true);
  desk.member("赵志远");
  desk.clock.set(kStart - 26 * kYear);
  CHECK(offset(desk) == -26 * kYear);
  CHECK(gone_back(desk) == 0);
}

TEST_CASE("a clock that was a year ahead at the last sync and was set right is neither fast nor slow") {
  Desk desk;
  auto own = cs::read_own(*desk.database);
  REQUIRE(own.ok());
  own->clock_offset_ms = kYear;
  REQUIRE(cs::write_own(*desk.database, *own).ok());
  remember_sync(desk, kStart + kYear, true);
  desk.clock.set(kStart + kYear + kOneDay);
  CHECK(offset(desk) == kYear);
  desk.clock.set(kStart + 3 * kOneDay);
  CHECK(offset(desk) == 0);
  desk.clock.set(kStart - 3 * kOneDay);
  CHECK(offset(desk) == -3 * kOneDay);
  desk.clock.set(kStart + kYear - kOneDay);  // a day less than it was
  CHECK(offset(desk) == kYear - kOneDay);
}

TEST_CASE("a clock that was years behind and stands where the server was has been set") {
  Desk desk;
  auto own = cs::read_own(*desk.database);
  REQUIRE(own.ok());
  own->clock_offset_ms = -26 * kYear;
  REQUIRE(cs::write_own(*desk.database, *own).ok());
  remember_sync(desk, kStart - 26 * kYear, true);
  desk.clock.set(kStart - 26 * kYear + kOneDay);
  CHECK(offset(desk) == -26 * kYear);
  desk.clock.set(kStart + kOneDay);
  CHECK(offset(desk) == 0);
}

}  // namespace
