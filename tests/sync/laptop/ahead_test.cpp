#include "sync/laptop/ahead.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "sync/wire/parts.hpp"
#include "tests/sync/laptop/fakes.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync;
using laptop::test::Answer;
using laptop::test::World;

const Id kVillage = Id::make(9);

bool is_ahead(const wire::ExchangeRequest& request) {
  return wire::find_part(request.parts, wire::kPartAhead) != nullptr;
}

/// A feed of `length` entries, one in each answer; what was asked about is kept, with the lock held.
struct LongRead : World {
  std::uint64_t length = 0;
  std::mutex mutex;
  std::condition_variable asked;
  std::vector<std::uint64_t> numbers;
  std::vector<std::uint64_t> positions;
  std::vector<bool> ahead;

  explicit LongRead(std::uint64_t entries) : length(entries) {
    const auto honest = transport.server;
    transport.server = [this, honest](const wire::ExchangeRequest& request) {
      Answer answer = honest(request);
      const std::uint64_t from = request.cursors.empty() ? 0 : request.cursors.front().position;
      if (from < length) answer.pages.push_back({kVillage, 0, from, from + 1, {wire::FeedEntry{}}, {}});
      answer.more = from + 1 < length;
      const std::lock_guard lock(mutex);
      numbers.push_back(request.number);
      positions.push_back(from);
      ahead.push_back(is_ahead(request));
      asked.notify_all();
      return answer;
    };
  }
};

TEST_CASE(
    "a long read asks ahead, reads every entry once and ends with an exchange that leaves nothing out") {
  for (const bool aside : {false, true}) {
    CAPTURE(aside);
    LongRead w(4);
    w.transport.aside = aside;
    w.replica.parts = {{wire::kPartPurges, "p"}};
    const auto receipt = w.sync();
    REQUIRE(receipt.ok());
    CHECK(receipt->complete);
    CHECK(receipt->received == 4);
    CHECK(receipt->round_trips == 5);
    CHECK(w.positions == std::vector<std::uint64_t>{0, 1, 2, 3, 4});
    CHECK(w.ahead == std::vector<bool>{false, true, true, true, false});
    CHECK(std::is_sorted(w.numbers.begin(), w.numbers.end()));
    CHECK(w.replica.taken_numbers == w.numbers);
    // What is purged is asked for each time, and that nothing else was left unsaid in the last.
    for (const wire::ExchangeRequest& request : w.transport.requests)
      CHECK(wire::find_part(request.parts, wire::kPartPurges) != nullptr);
  }
}

TEST_CASE("where the line allows it the next request is made before the answer is taken in") {
  LongRead w(3);
  w.transport.aside = true;
  std::size_t early = 0;
  w.replica.before_taking = [&](std::uint64_t) {
    std::unique_lock lock(w.mutex);
    const std::size_t wanted = w.replica.taken_numbers.size() + 2;
    if (wanted > 3) return;  // the last answer is followed by an exchange of the usual kind
    w.asked.wait(lock, [&] { return w.numbers.size() >= wanted; });
    ++early;
  };
  REQUIRE(w.sync().ok());
  CHECK(early == 2);
}

TEST_CASE("an answer asked for ahead is left alone when the store stands elsewhere by then") {
  LongRead w(5);
  w.replica.after_taking = [&](std::uint64_t number) {
    if (number == 2) w.replica.cursors = {{kVillage, 0, 3}};  // not where the answer's page ended
  };
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(w.replica.taken_numbers == std::vector<std::uint64_t>{1, 2, 4, 5, 6});  // 3 was used up for nothing
  CHECK(w.positions == std::vector<std::uint64_t>{0, 1, 3, 4, 5});
}

TEST_CASE("nothing is asked ahead while own work, another life of the server or a question stands open") {
  laptop::ExchangeStart start;
  start.epoch = 3;
  start.own = {ReplicaId{7}, 12, {}};
  start.acknowledged = 10;
  start.cursors = {{kVillage, 0, 4}, {kVillage, 1, 2}};
  start.held = {{kVillage, "220622101200", {0}}};
  start.parts = {{wire::kPartPurges, "p"}};
  Answer answer;
  answer.verdict = Answer::Verdict::kTaken;
  answer.epoch = 3;
  answer.ack.counter = 12;
  answer.more = true;
  answer.scopes = start.held;
  answer.pages.push_back({kVillage, 0, 4, 9, {wire::FeedEntry{}}, {}});
  answer.pages.push_back({kVillage, 1, 2, 2, {wire::FeedEntry{}}, {}});  // beside the others

  const auto next = laptop::start_after(start, answer);
  REQUIRE(next);
  CHECK(next->cursors == std::vector<wire::Cursor>{{kVillage, 0, 9}, {kVillage, 1, 2}});
  CHECK(next->acknowledged == 12);
  CHECK(wire::find_part(next->parts, wire::kPartAhead) != nullptr);
  CHECK(laptop::start_after(*next, answer));  // and so on

  const auto refused = [&](auto change) {
    laptop::ExchangeStart other = start;
    Answer another = answer;
    change(other, another);
    return !laptop::start_after(other, another);
  };
  CHECK(refused([](auto&, Answer& a) { a.more = false; }));
  CHECK(refused([](auto&, Answer& a) { a.verdict = Answer::Verdict::kBehind; }));
  CHECK(refused([](auto&, Answer& a) { a.epoch = 4; }));
  CHECK(refused([](auto&, Answer& a) { a.ack.counter = 11; }));
  CHECK(refused([](auto&, Answer& a) { a.cursors_unread = true; }));
  CHECK(refused([](auto&, Answer& a) { a.returned.emplace_back(); }));
  CHECK(refused([](auto&, Answer& a) { a.scopes.clear(); }));
  CHECK(refused([](auto& s, Answer&) { s.earlier_replica = true; }));
  CHECK(refused([](auto& s, Answer&) { s.parts.push_back({wire::kPartHealing, "h"}); }));
  CHECK(refused([](auto&, Answer& a) {
    wire::PurgeAnswer told;
    told.purges.emplace_back();
    a.parts.push_back({wire::kPartPurges, wire::encode_part(told)});
  }));
}

TEST_CASE(
    "a line that breaks while one answer is taken in ends the sync with its word, and what came stays") {
  LongRead w(4);
  w.transport.aside = true;
  w.transport.lose = {false, true};
  CHECK(w.sync().error().code == "net.unreachable");
  CHECK(w.replica.taken_numbers == std::vector<std::uint64_t>{1});
  const auto receipt = w.sync();
  REQUIRE(receipt.ok());
  CHECK(receipt->complete);
  CHECK(receipt->received == 3);
}

}  // namespace
