#include "sync/server/service/server_clock.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a clock behind what the store has noted, or when a laptop was seen, is no clock to serve by") {
  Office office;
  const WallMs made = office.clock.now_ms();
  constexpr WallMs kDay = WallMs{24} * 3600 * 1000;
  FakeLaptop laptop(office, office.worker("甲", "secretary", kSanhe));
  CHECK(server::check_clock(*office.reader(), made).ok());
  CHECK(server::check_clock(*office.reader(), made - kDay / 2).ok());
  CHECK(server::check_clock(*office.reader(), made - 2 * kDay).error().code == "server.clock_behind");
  office.clock.advance(10 * kDay);
  (void)laptop.sync();  // nothing but that it was here
  CHECK(server::check_clock(*office.reader(), made + 10 * kDay).ok());
  const Status behind = server::check_clock(*office.reader(), made);
  REQUIRE_FALSE(behind.ok());
  CHECK(behind.error().args.front().value == Date::of(made).text());
  CHECK(behind.error().args.back().value == Date::of(made + 10 * kDay).text());
}

TEST_CASE("a clock that somebody sets by more than a day is noticed, and trusted again once it is right") {
  constexpr WallMs kDay = WallMs{24} * 3600 * 1000;
  const WallMs passed = server::passed_ms();
  CHECK(server::passed_ms() >= passed);
  const server::ClockWatch watch(100 * kDay, 7 * kDay);
  CHECK(watch.check(100 * kDay, 7 * kDay).ok());
  CHECK(watch.check(400 * kDay, 307 * kDay).ok());  // it ran for long
  CHECK(watch.check(101 * kDay - 1, 7 * kDay).ok());
  CHECK(watch.check(99 * kDay + 1, 7 * kDay).ok());
  for (const WallMs now : {98 * kDay, 102 * kDay, WallMs{0}}) {
    const Status jumped = watch.check(now + kDay, 8 * kDay);
    REQUIRE_FALSE(jumped.ok());
    CHECK(jumped.error().code == "server.clock_jumped");
    CHECK(jumped.error().args.front().value == Date::of(now + kDay).text());
    CHECK(jumped.error().args.back().value == Date::of(101 * kDay).text());
  }
  CHECK(watch.check(101 * kDay, 8 * kDay).ok());
}

}  // namespace
