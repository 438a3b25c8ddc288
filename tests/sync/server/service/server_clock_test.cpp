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

}  // namespace
