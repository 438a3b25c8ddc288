#include "tests/sync/server/http/fake_steps.hpp"

#include <algorithm>
#include <new>
#include <thread>

namespace lianxin::test {

using sync::server::Pushed;
using sync::server::Verified;

Bytes FakeSteps::message(std::uint64_t number) {
  sync::wire::SignedRequest request;
  request.number = number;
  return sync::wire::pack(request);
}

sync::server::http::ExchangeSteps FakeSteps::steps() {
  sync::server::http::ExchangeSteps out;
  out.verify = [this](BytesView bytes) -> Result<Verified> {
    LX_TRY(const auto request, sync::wire::unpack<sync::wire::SignedRequest>(bytes));
    if (request.number == kBadSignature) return fail("exchange.signature");
    if (request.number == verify_throws_at) throw std::bad_alloc();
    Verified one;
    one.request.number = request.number;
    ++verified;
    return one;
  };
  out.take = [this](const std::vector<Verified>& requests) {
    two_at_once = two_at_once || in_take.fetch_add(1) > 0;
    std::this_thread::sleep_for(take_time);
    for (int ms = 0; may_go_on && !may_go_on() && ms < 20'000; ++ms)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    largest_group = std::max(largest_group.load(), requests.size());
    std::vector<Result<Pushed>> results;
    const bool throws = std::any_of(requests.begin(), requests.end(), [this](const Verified& one) {
      return one.request.number == take_throws_at;
    });
    if (throws) {
      --in_take;
      throw std::bad_alloc();
    }
    for (const Verified& one : requests) {
      under_way_ms = one.under_way_ms;
      if (one.request.number == fails_at) {
        results.emplace_back(fail("exchange.number"));
        continue;
      }
      Pushed pushed;
      pushed.ack.counter = one.request.number;
      results.emplace_back(pushed);
      ++taken;
    }
    --in_take;
    return results;
  };
  out.answer = [this](const Verified& one, const Pushed& pushed) -> Result<sync::wire::ExchangeAnswer> {
    if (one.request.number == answer_throws_at) throw std::bad_alloc();
    sync::wire::ExchangeAnswer answer;
    answer.ack.counter = pushed.ack.counter;
    return answer;
  };
  return out;
}

}  // namespace lianxin::test
