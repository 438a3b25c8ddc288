#include "sync/laptop/session.hpp"

#include <cstdlib>

#include "sync/laptop/request.hpp"
#include "tests/sync/laptop/fakes.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync;
using laptop::test::Answer;
using laptop::test::World;

TEST_CASE("a day's work is one round trip and ends with a receipt") {
  World w;
  w.replica.own = 30;
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(receipt->complete);
  CHECK(receipt->round_trips == 1);
  CHECK(receipt->sent == 30);
  CHECK(receipt->clock_offset_ms == 3000);
  CHECK(receipt->shelf.records == 1);
  REQUIRE(receipt->scopes.size() == 1);
  CHECK(receipt->scopes[0].code == "220622101200");
}

TEST_CASE("a clock is not called wrong for what an answer took, and a wrong one is found on a slow line") {
  constexpr WallMs kMinute = 60'000;
  for (const WallMs error : {WallMs{0}, 60 * kMinute, -60 * kMinute}) {
    for (const bool is_download : {false, true}) {
      CAPTURE(error);
      CAPTURE(is_download);
      World w;
      const auto honest = w.transport.server;
      w.transport.server = [&, honest](const wire::ExchangeRequest& request) {
        if (!is_download) w.clock.advance(10 * kMinute);
        Answer answer = honest(request);
        answer.server_ms = w.clock.now_ms() - error;
        if (is_download) w.clock.advance(10 * kMinute);
        return answer;
      };
      const auto slow = w.sync();
      REQUIRE(slow.ok());
      CHECK(std::abs(slow->clock_offset_ms - error) <= (error == 0 ? 0 : 10 * kMinute));
      CHECK((std::abs(slow->clock_offset_ms) > kClockToleranceMs) == (error != 0));
      // What a quick exchange says is taken as it is, and not lost in the next slow one.
      w.transport.server = [&, honest](const wire::ExchangeRequest& request) {
        Answer answer = honest(request);
        answer.server_ms = w.clock.now_ms() - error;
        return answer;
      };
      CHECK(w.sync()->clock_offset_ms == error);
      w.transport.server = [&, honest](const wire::ExchangeRequest& request) {
        w.clock.advance(5 * kMinute);
        Answer answer = honest(request);
        answer.server_ms = w.clock.now_ms() - error;
        w.clock.advance(5 * kMinute);
        return answer;
      };
      CHECK(w.sync()->clock_offset_ms == error);
    }
  }
}

TEST_CASE("a clock that is set while an answer comes counts as it is then") {
  // The time of the network arrives together with the line.
  for (const WallMs error : {kDayMs / 24, -kDayMs / 24, -6 * 365 * kDayMs}) {
    CAPTURE(error);
    World w;
    const WallMs server_ms = w.clock.now_ms();
    const auto set_by = [&](WallMs by) {
      w.transport.server = [&w, server_ms, by](const wire::ExchangeRequest& request) {
        w.clock.put(by);
        Answer answer;
        answer.ack.counter = request.own_counter;
        answer.server_ms = server_ms;
        return answer;
      };
    };
    w.clock.put(error);
    set_by(0);
    REQUIRE(w.sync()->clock_offset_ms == error);
    set_by(-error);
    CHECK(w.sync()->clock_offset_ms == 0);
    set_by(error);
    CHECK(w.sync()->clock_offset_ms == error);
  }
}

TEST_CASE("what waits while another answer is taken in is no fault of the clock") {
  World w;
  const Id village = Id::make(9);
  const auto honest = w.transport.server;
  w.transport.server = [&, honest](const wire::ExchangeRequest& request) {
    Answer answer = honest(request);
    answer.server_ms = w.clock.now_ms();
    const std::uint64_t from = request.cursors.empty() ? 0 : request.cursors.front().position;
    if (from < 2) answer.pages.push_back({village, 0, from, from + 1, {wire::FeedEntry{}}, {}});
    answer.more = from < 1;
    return answer;
  };
  w.replica.before_taking = [&](std::uint64_t) { w.clock.advance(10 * 60'000); };
  CHECK(w.sync()->clock_offset_ms == 0);
}

TEST_CASE("what is in dispute only while answers are taken is no new dispute") {
  World w;
  w.replica.own = 2;
  w.replica.per_batch = 1;  // two exchanges
  w.replica.in_dispute = {"a", "c"};
  w.replica.in_dispute_after = {{1, {"a", "b", "c"}}, {2, {"c", "d"}}};
  CHECK(w.sync()->conflicts == 1);
  w.replica.in_dispute_after.clear();
  CHECK(w.sync()->conflicts == 0);
}

TEST_CASE("with an older server an older protocol is spoken, and nothing else changes") {
  for (const std::uint16_t newest : {wire::kProtocolInFiles, wire::kProtocolFirst}) {
    CAPTURE(newest);
    World w;
    w.transport.newest = newest;
    w.replica.own = 3;
    const auto receipt = w.sync();
    REQUIRE(receipt.ok());
    CHECK(receipt->complete);
    CHECK(receipt->sent == 3);
    REQUIRE(w.transport.requests.size() == 1U + wire::kProtocol - newest);
    CHECK(w.transport.requests.back().protocol == newest);
    CHECK_FALSE(w.transport.requests.back().folding);
    CHECK(w.transport.requests.back().changes.size() == 3);
    CHECK(w.transport.requests[1].number > w.transport.requests[0].number);

    w.transport.newest = 0;  // understands none
    CHECK(w.sync().error().code == "wire.newer");
  }
}

TEST_CASE("cursors are told along the list of scopes, and by their names to a server that has another one") {
  World w;
  w.replica.held = {{Id{}, "", {0, 1}}, {Id::make(5), "220622101200", {0}}};
  w.replica.cursors = {{Id{}, 1, 12}};
  REQUIRE(w.sync().ok());
  REQUIRE(w.transport.requests.size() == 1);
  CHECK(w.transport.requests[0].cursors.empty());
  CHECK(wire::read_cursors(w.transport.requests[0], w.replica.held));
  REQUIRE(w.transport.requests[0].cursors.size() == 1);
  CHECK(w.transport.requests[0].cursors[0].position == 12);

  w.transport.requests.clear();
  w.transport.folds = [](const wire::ExchangeRequest& request, Answer& answer) {
    answer.more = !request.folding->has_cursors;
    wire::fold(answer, *request.folding);
  };
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(receipt->round_trips == 2);
  REQUIRE(w.transport.requests.size() == 2);
  CHECK(w.transport.requests[1].cursors.size() == 1);
}

TEST_CASE(
    "an answer along a list of scopes that is not the laptop's ends the sync, and nothing is taken of it") {
  World w;
  w.replica.held = {{Id{}, "", {0, 1}}};
  w.replica.cursors = {{Id{}, 1, 12}};
  w.replica.own = 2;
  w.transport.folds = [](const wire::ExchangeRequest&, Answer& answer) {
    answer.scopes = {{Id{}, "", {0}}};
    wire::Folding other;
    other.held = wire::sum_of(answer.scopes);
    other.has_cursors = true;
    wire::fold(answer, other);
  };
  CHECK(w.sync().error().code == "wire.malformed");
  CHECK(w.replica.kept == 0);
}

TEST_CASE("larger work goes on in batches until nothing is left") {
  World w;
  w.replica.own = 250;
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(receipt->round_trips == 3);
  CHECK(receipt->sent == 250);
  CHECK(w.replica.asked_from == std::vector<std::uint64_t>{1, 101, 201});
}

TEST_CASE("a lost answer costs a resend, never a duplicate") {
  World w;
  w.replica.own = 10;
  w.transport.lose = {true};
  CHECK(w.sync().error().code == "net.unreachable");
  CHECK(w.server_has == 10);
  CHECK(w.replica.kept == 0);
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(receipt->complete);
  CHECK(w.server_has == 10);
  CHECK(w.transport.requests[1].first == 1);
  CHECK(w.transport.requests[1].number > w.transport.requests[0].number);
}

TEST_CASE("a server that was restored asks for what it no longer has") {
  World w;
  w.replica.own = 20;
  w.replica.kept = 20;
  w.server_has = 12;
  w.replica.own = 25;
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(w.server_has == 25);
  CHECK(w.replica.asked_from == std::vector<std::uint64_t>{21, 13});
}

TEST_CASE("a laptop put back in time goes on above the exchanges its device has made, in the same sync") {
  World world;
  world.transport.last_number = 40;
  world.replica.own = 3;
  const auto receipt = world.sync();
  REQUIRE(receipt.ok());
  CHECK(receipt->complete);
  CHECK(receipt->sent == 3);
  CHECK(world.transport.requests.back().number == 41);
}

TEST_CASE("whoever is refused by number twice in one sync is told") {
  World world;
  world.transport.last_number = ~std::uint64_t{0};
  CHECK(world.sync().error().code == "exchange.number");
  CHECK(world.transport.requests.size() == 2);
}

TEST_CASE("a forked laptop goes on as a new replica and then finishes") {
  World w;
  w.replica.own = 5;
  int round = 0;
  const auto honest = w.transport.server;
  w.transport.server = [&](const wire::ExchangeRequest& request) {
    Answer answer = honest(request);
    if (round++ == 0) answer.verdict = Answer::Verdict::kFork;
    return answer;
  };
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(w.replica.renamed == 1);
}

TEST_CASE("never is more said to be sent than there is, also where the server has work that was lost here") {
  World w;
  w.replica.own = 2;
  const auto honest = w.transport.server;
  w.transport.server = [&](const wire::ExchangeRequest& request) {
    Answer answer = honest(request);
    if (w.transport.requests.size() > 1) return answer;
    answer.verdict = Answer::Verdict::kBehind;
    answer.ack.counter = w.server_has = 9;
    return answer;
  };
  w.replica.before_taking = [&](std::uint64_t /*number*/) { w.replica.own = 11; };
  std::vector<std::pair<std::uint64_t, std::uint64_t>> told;
  const laptop::OnProgress tell = [&](const laptop::SyncProgress& now) {
    if (told.empty() || told.back() != std::pair(now.changes_sent, now.changes_to_send))
      told.emplace_back(now.changes_sent, now.changes_to_send);
  };
  REQUIRE(laptop::run_sync(w.replica, w.transport, w.clock, tell, w.cancel).ok());
  CHECK(told == std::vector<std::pair<std::uint64_t, std::uint64_t>>{{0, 2}, {9, 11}, {11, 11}});
}

TEST_CASE("unequal digests are never called complete") {
  World w;
  w.replica.equal = false;
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK_FALSE(receipt->complete);
}

TEST_CASE("cancelling ends with its own word, and revocation with its own") {
  World w;
  w.cancel = true;
  CHECK(w.sync().error().code == "sync.cancelled");
  w.cancel = false;
  w.transport.server = [](const wire::ExchangeRequest&) {
    Answer answer;
    answer.verdict = Answer::Verdict::kRevoked;
    return answer;
  };
  CHECK(w.sync().error().code == "sync.revoked");
}

}  // namespace
