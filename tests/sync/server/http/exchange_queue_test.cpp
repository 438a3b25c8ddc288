#include "sync/server/http/exchange_queue.hpp"

#include <atomic>
#include <chrono>
#include <doctest/doctest.h>
#include <set>
#include <thread>

#include "shared/base/log.hpp"
#include "tests/sync/server/http/fake_steps.hpp"
#include "tests/sync/server/http/running.hpp"

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file
using namespace std::chrono_literals;

/// A server with nothing but the queue behind it.
struct Queued {
  explicit Queued(FakeSteps& fake, const QueueLimits& limits = {})
      : queue(fake.steps(), limits, metrics), running([this](Request request, Reply reply) {
          queue.submit(std::move(request.body), request.arriving_ms + arriving_ms, std::move(reply));
          ++arrived;
        }) {
    set_log_target("off");
  }
  ~Queued() {
    running.server->stop();
    queue.stop();
    set_log_target("");
  }
  std::atomic<int> arrived{0};
  std::atomic<std::int64_t> arriving_ms{0};
  Metrics metrics;
  ExchangeQueue queue;
  Running running;
};

/// The number of the exchange that was answered, or the code of the error.
std::string answer_to(Queued& queued, std::uint64_t number) {
  const auto answer = post(*queued.running.laptop(), "/v1/exchange", FakeSteps::message(number));
  if (!answer.ok()) return answer.error().code;
  const auto read = sync::wire::unpack<sync::wire::ExchangeAnswer>(*answer);
  return read.ok() ? std::to_string(read->ack.counter) : read.error().code;
}

TEST_CASE("a step that throws ends the requests it was about, and nothing else") {
  FakeSteps fake;
  fake.verify_throws_at = 1;
  fake.take_throws_at = 2;
  fake.answer_throws_at = 3;
  // A place or a thread that is lost is missed; a place is free only a moment after its answer has gone.
  Queued queued(fake, {.waiting = 3, .workers = 1});
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t number = 1; number <= 3; ++number)
      CHECK(answer_to(queued, number) == "server.failed");
    CHECK(answer_to(queued, 4) == "4");
  }
}

TEST_CASE(
    "what waits while a transaction runs goes together into the next, and everyone gets the own answer") {
  FakeSteps fake;
  fake.may_go_on = [&] { return fake.verified >= 24; };
  Queued queued(fake);
  std::atomic<int> right{0};
  std::vector<std::thread> laptops;
  for (std::uint64_t i = 1; i <= 24; ++i)
    laptops.emplace_back([&, i] { right += answer_to(queued, i) == std::to_string(i) ? 1 : 0; });
  for (std::thread& laptop : laptops)
    laptop.join();
  CHECK(right == 24);
  CHECK(fake.taken == 24);
  CHECK(queued.metrics.commits < 24);
  CHECK(fake.largest_group > 1);
  CHECK_FALSE(fake.two_at_once);
}

TEST_CASE("how long a request was under way is known when it is taken, its time in the queue included") {
  FakeSteps fake;
  Queued queued(fake);
  queued.arriving_ms = 300'000;
  CHECK(answer_to(queued, 1) == "1");
  CHECK(fake.under_way_ms >= 300'000);
  CHECK(fake.under_way_ms < 360'000);
  // What comes while another is taken waits.
  fake.may_go_on = [&] {
    if (fake.verified < 3) return false;
    std::this_thread::sleep_for(30ms);
    return true;
  };
  queued.arriving_ms = 0;
  std::thread other([&] { CHECK(answer_to(queued, 2) == "2"); });
  while (fake.in_take == 0)
    std::this_thread::sleep_for(1ms);
  CHECK(answer_to(queued, 3) == "3");
  other.join();
  CHECK(fake.under_way_ms >= 30);
}

TEST_CASE("a group is never larger than its limit") {
  FakeSteps fake;
  fake.may_go_on = [&] { return fake.verified >= 16; };
  Queued queued(fake, {.waiting = 256, .group = 3, .workers = 4});
  std::vector<std::thread> laptops;
  for (std::uint64_t i = 1; i <= 16; ++i)
    laptops.emplace_back([&, i] { answer_to(queued, i); });
  for (std::thread& laptop : laptops)
    laptop.join();
  CHECK(fake.taken == 16);
  CHECK(fake.largest_group == 3);
}

TEST_CASE("more than can wait is turned away with 'busy', and what was not turned away is taken") {
  FakeSteps fake;
  std::atomic<int> busy{0};
  fake.may_go_on = [&] { return busy > 0; };
  Queued queued(fake, {.waiting = 4, .group = 2, .workers = 2});
  std::atomic<int> right{0};
  std::vector<std::thread> laptops;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    laptops.emplace_back([&, i] {
      const std::string answer = answer_to(queued, i);
      busy += answer == "server.busy" ? 1 : 0;
      right += answer == std::to_string(i) ? 1 : 0;
    });
  }
  for (std::thread& laptop : laptops)
    laptop.join();
  CHECK(busy > 0);
  CHECK(busy + right == 20);
  CHECK(fake.taken == right);
  CHECK(queued.metrics.turned_away == static_cast<std::uint64_t>(busy));
}

TEST_CASE("one that fails fails alone: its code comes to its laptop, the neighbours are answered") {
  FakeSteps fake;
  fake.take_time = 30ms;
  fake.fails_at = 3;
  Queued queued(fake);
  std::vector<std::string> answers(6);
  std::vector<std::thread> laptops;
  for (std::uint64_t i = 0; i < 6; ++i)
    laptops.emplace_back([&, i] { answers[i] = answer_to(queued, i); });
  for (std::thread& laptop : laptops)
    laptop.join();
  for (std::size_t i = 0; i < 6; ++i)
    CHECK(answers[i] == (i == 3 ? "exchange.number" : std::to_string(i)));
  CHECK(answer_to(queued, FakeSteps::kBadSignature) == "exchange.signature");
}

TEST_CASE("a stop while busy answers everything that was taken") {
  FakeSteps fake;
  fake.take_time = 100ms;
  std::vector<std::string> answers(12);
  std::vector<std::thread> laptops;
  {
    Queued queued(fake);
    for (std::uint64_t i = 0; i < 12; ++i)
      laptops.emplace_back([&, i] { answers[i] = answer_to(queued, i); });
    while (queued.arrived < 12)
      std::this_thread::sleep_for(1ms);
    queued.running.server->stop();
    queued.queue.stop();
    for (std::thread& laptop : laptops)
      laptop.join();
  }
  for (std::size_t i = 0; i < 12; ++i)
    CHECK(answers[i] == std::to_string(i));
}

}  // namespace
}  // namespace lianxin::test
