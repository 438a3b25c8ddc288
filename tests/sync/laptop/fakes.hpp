#pragma once
// A laptop, a line and a server that keeps whatever comes, for the session alone.
#include <deque>
#include <doctest/doctest.h>
#include <functional>
#include <map>

#include "sync/laptop/session.hpp"
#include "sync/wire/folding.hpp"

namespace lianxin::sync::laptop::test {

using Answer = wire::ExchangeAnswer;

/// A laptop with `own` changes of which the server keeps `kept`; remembers what it was asked.
class FakeReplica final : public Replica {
 public:
  std::uint64_t own = 0;
  std::uint64_t kept = 0;
  std::uint64_t per_batch = 100;
  std::uint64_t number = 0;
  int renamed = 0;
  bool equal = true;
  std::vector<std::uint64_t> asked_from;
  std::vector<wire::HeldScope> held;
  std::vector<wire::Cursor> cursors;
  std::vector<std::string> in_dispute;
  std::map<std::uint64_t, std::vector<std::string>> in_dispute_after;  ///< by number of the exchange
  std::function<void(std::uint64_t)> before_taking;
  std::function<void(std::uint64_t)> after_taking;
  std::vector<std::uint64_t> taken_numbers;
  std::vector<wire::Part> parts;
  WallMs offset_ms = 0;
  std::size_t answer_size = 0;  ///< as it was told to remember

  Result<std::size_t> answer_bytes() override { return answer_size; }
  Status remember_answer_bytes(std::size_t bytes) override {
    answer_size = bytes;
    return {};
  }
  Result<ExchangeStart> begin_exchange() override {
    ExchangeStart start;
    start.number = ++number;
    start.own = {ReplicaId{7}, own, {}};
    start.acknowledged = kept;
    start.held = held;
    start.cursors = cursors;
    start.parts = parts;
    return start;
  }
  Status skip_exchanges(std::uint64_t last) override {
    number = std::max(number, last);
    return {};
  }
  Result<std::uint64_t> use_number() override { return ++number; }
  Result<bool> stands_at(const ExchangeStart& start) override {
    return start.own.replica == ReplicaId{7} && start.cursors == cursors;
  }
  Result<OutgoingCost> outgoing_cost() override { return OutgoingCost{own - kept, (own - kept) * 100}; }
  Result<Outgoing> outgoing(std::uint64_t from, std::size_t) override {
    asked_from.push_back(from);
    Outgoing out;
    out.first = from;
    for (std::uint64_t n = from; n <= own && out.changes.size() < per_batch; ++n)
      out.changes.push_back({"b", "v"});
    out.more = from + out.changes.size() <= own;
    return out;
  }
  Result<Bytes> sign(BytesView) override { return Bytes("s"); }
  Result<Taken> take(const Answer& answer, const Asked& asked) override {
    const std::uint64_t number_taken = asked.number;
    REQUIRE(asked.under_way);
    offset_ms = offset_by(offset_ms, *asked.under_way, answer.server_ms);
    if (in_dispute_after.count(number_taken) > 0) in_dispute = in_dispute_after.at(number_taken);
    kept = std::max(kept, answer.ack.counter);
    Taken taken;
    taken.clock_offset_ms = offset_ms;
    if (before_taking) before_taking(number_taken);
    for (const auto& page : answer.pages) {
      taken.received += page.entries.size();
      if (page.from != page.to) cursors = {{page.scope, page.privacy, page.to}};
    }
    if (after_taking) after_taking(number_taken);
    taken_numbers.push_back(number_taken);
    return taken;
  }
  Status become_new_replica() override {
    ++renamed;
    return {};
  }
  Result<std::vector<ScopeVerdict>> compare(const Answer&, std::uint64_t) override {
    return std::vector<ScopeVerdict>{{Id{}, "", 1, "aa", "aa", true},
                                     {Id{}, "220622101200", 2, "bb", equal ? "bb" : "cc", equal}};
  }
  Result<std::vector<std::string>> disputes() override { return in_dispute; }
  Status remember_sync(const std::string&, bool) override { return {}; }
};

/// Answers every request by a function; can be told to lose answers.
class FakeTransport final : public Transport {
 public:
  std::function<Answer(const wire::ExchangeRequest&)> server;
  std::function<void(const wire::ExchangeRequest&, Answer&)> folds;  ///< how an answer is packed
  std::uint16_t newest = wire::kProtocol;
  std::uint64_t last_number = 0;  ///< requests numbered so or lower are old ones to the server
  std::deque<bool> lose;          ///< per request: true = the answer is lost
  std::vector<wire::ExchangeRequest> requests;
  bool aside = false;

  bool runs_aside() const override { return aside; }

  Result<Bytes> put(const std::string&, BytesView, const TransferProgress&, const CancelFlag&) override {
    return fail("net.server", {{"status", "404"}});
  }
  Result<Bytes> post(const std::string& path, BytesView body, const TransferProgress&,
                     const CancelFlag&) override {
    REQUIRE(path == "/v1/exchange");
    const auto message = wire::unpack<wire::SignedRequest>(body);
    REQUIRE(message.ok());
    requests.push_back(wire::decode_request(message->payload).value());
    REQUIRE(wire::unfold(requests.back()).ok());
    if (requests.back().protocol > newest) return wire::pack(wire::WireError{"wire.newer", {}});
    if (requests.back().number <= last_number)
      return wire::pack(wire::WireError{"exchange.number", {{"last", std::to_string(last_number)}}});
    Answer answer = server(requests.back());
    if (folds) folds(requests.back(), answer);
    if (!lose.empty()) {
      const bool lost = lose.front();
      lose.pop_front();
      if (lost) return fail("net.unreachable");
    }
    return wire::pack(answer);
  }
};

struct World {
  FakeReplica replica;
  FakeTransport transport;
  ManualClock clock{1'790'000'000'000};
  CancelFlag cancel{false};
  std::uint64_t server_has = 0;

  World() {
    transport.server = [this](const wire::ExchangeRequest& request) {
      Answer answer;
      answer.server_ms = clock.now_ms() - 3000;
      if (request.first > server_has + 1) {
        answer.verdict = Answer::Verdict::kExpected;
        answer.expected = server_has + 1;
      } else if (request.first > 0) {
        server_has = std::max(server_has, request.first + request.changes.size() - 1);
      }
      answer.ack.counter = server_has;
      return answer;
    };
  }
  Result<Receipt> sync() { return laptop::run_sync(replica, transport, clock, {}, cancel); }
};

}  // namespace lianxin::sync::laptop::test
