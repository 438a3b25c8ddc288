#include "sync/server/http/service_steps.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <sstream>
#include <thread>

#include "shared/base/log.hpp"
#include "sync/laptop/session.hpp"
#include "sync/server/service/administration.hpp"
#include "sync/wire/signing.hpp"
#include "tests/support/process.hpp"
#include "tests/sync/server/http/running.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file
using sync::server::Administration;
using sync::server::Exchange;

/// A real county in a real store behind a real server.
struct RealCounty {
  RealCounty() {
    set_log_target("off");
    store = sync::server::store::open_sqlite_store(folder.path() / "db", Bytes(32, 'k'), true).value();
    const auto& catalogue = domain::Catalogue::base();
    static const std::string kept = sync::server::kept_password("a passphrase").value();  // takes long
    REQUIRE(sync::server::make_county(*store, catalogue, clock,
                                      {"county", "https://127.0.0.1:1", "127.0.0.1:1", kept})
                .ok());
    office.emplace(Administration::open(*store, catalogue, clock).value());
    std::string list =
        "code,name,level,parent\n220622,c,county,\n220622101,t,township,220622\n220622101200,v,village,"
        "220622101\n";
    REQUIRE(office->import_divisions([&]() -> Result<std::string> { return std::exchange(list, ""); }).ok());
    worker = office->add_worker("worker", "worker", "220622101200").value();
    exchange.emplace(Exchange::open(*store, catalogue, clock).value());
    api.emplace(steps_of(*store, *exchange, clock), QueueLimits{}, metrics);
    running.emplace(
        [this](Request request, Reply reply) { api->on_request(std::move(request), std::move(reply)); });
  }
  ~RealCounty() {
    running->server->stop();
    api->stop();
    set_log_target("");
  }

  TempFolder folder;
  SystemClock clock;
  std::unique_ptr<sync::server::store::Store> store;
  std::optional<Administration> office;
  Id worker;
  std::optional<Exchange> exchange;
  Metrics metrics;
  std::optional<Api> api;
  std::optional<Running> running;
};

/// One laptop from its join code to `rounds` exchanges; how many were taken.
int visit(RealCounty& county, const std::string& code, std::uint64_t rounds) {
  namespace laptop = sync::laptop;
  namespace wire = sync::wire;
  const laptop::DeviceKeys keys = laptop::make_device_keys();
  const laptop::CancelFlag never{false};
  const auto transport = county.running->laptop();
  const ReplicaId replica = ReplicaId::random();
  const auto enrolled = laptop::enrol(*transport, {"", code, ""}, replica, keys, county.clock, never);
  int taken = 0;
  for (std::uint64_t number = 1; enrolled.ok() && number <= rounds; ++number) {
    wire::ExchangeRequest request;
    request.replica = replica;
    request.number = number;
    request.epoch = enrolled->epoch;
    request.wall_ms = county.clock.now_ms();
    wire::SignedRequest message{enrolled->device, number, wire::encode_request(request), {}};
    message.signature = sync::wire::sign(
        keys.sign_secret, wire::request_to_sign(enrolled->server, request.epoch, number, message.payload));
    const auto answer = post(*transport, "/v1/exchange", wire::pack(message));
    const auto read = answer.ok() ? wire::unpack<wire::ExchangeAnswer>(*answer) : answer.error();
    taken += read.ok() && read->verdict == wire::ExchangeAnswer::Verdict::kTaken ? 1 : 0;
  }
  return taken;
}

TEST_CASE("twelve laptops enrol and sync at once against a real store, while the office works") {
  RealCounty county;
  std::vector<std::string> codes;
  for (int i = 0; i < 12; ++i)
    codes.push_back(county.office->add_device(county.worker)->code);
  std::atomic<int> taken{0};
  std::vector<std::thread> laptops;
  for (const std::string& code : codes)
    laptops.emplace_back([&county, &taken, code] { taken += visit(county, code, 4); });
  for (int i = 0; i < 5; ++i)
    CHECK(county.office->add_device(county.worker).ok());
  for (std::thread& laptop : laptops)
    laptop.join();
  CHECK(taken == 48);
  CHECK(county.metrics.exchanges == 48);
  CHECK(county.metrics.enrolments == 12);
}

TEST_CASE("while the server's clock is not what it was nothing is taken, and later it is") {
  RealCounty county;
  ManualClock clock(county.clock.now_ms());
  WallMs passed = 0;
  ApiSteps steps = steps_of(*county.store, *county.exchange, clock);
  add_clock_watch(steps, clock, [&passed] { return passed; });
  CHECK_FALSE(steps.put_picture);
  const auto code = [](const auto& answer) { return answer.ok() ? "" : answer.error().code; };
  CHECK(steps.health().ok());
  CHECK(code(steps.exchange.verify("not a message")) != "server.clock_jumped");
  clock.advance(400LL * 24 * 3600 * 1000);
  CHECK(code(steps.health()) == "server.clock_jumped");
  CHECK(code(steps.exchange.verify("not a message")) == "server.clock_jumped");
  CHECK(code(steps.enrol({})) == "server.clock_jumped");
  passed += 400LL * 24 * 3600 * 1000;
  CHECK(steps.health().ok());
  CHECK(code(steps.enrol({})) != "server.clock_jumped");
}

TEST_CASE("health asks the store, and nobody enrols with a code that was never given") {
  RealCounty county;
  CHECK(steps_of(*county.store, *county.exchange, county.clock).health().ok());
  CHECK(visit(county, "AAAAAAAAAA", 1) == 0);
  CHECK(county.metrics.enrolments == 0);
}

}  // namespace
}  // namespace lianxin::test
