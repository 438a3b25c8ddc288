#include "sync/laptop/answer_size.hpp"

#include <algorithm>

#include "sync/laptop/ahead.hpp"
#include "tests/sync/laptop/fakes.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::sync;
using laptop::kAnswerBytesLeast;
using laptop::kQuickAnswerMs;
using laptop::kSlowAnswerMs;
using laptop::next_answer_bytes;
using laptop::test::Answer;
using laptop::test::World;

constexpr std::size_t kMega = 1024 * 1024;

TEST_CASE(
    "a quick answer of about the asked size is followed by one of twice as much, up to the most there is") {
  const auto after = [](std::size_t asked, WallMs took_ms, std::size_t told) {
    return next_answer_bytes(asked, 8 * kMega, {took_ms, told / 4, told});
  };
  CHECK(after(2 * kMega, 0, 2 * kMega) == 4 * kMega);
  CHECK(after(2 * kMega, kQuickAnswerMs, kMega) == 4 * kMega);
  CHECK(after(6 * kMega, 0, 6 * kMega) == 8 * kMega);
  CHECK(after(8 * kMega, 0, 8 * kMega) == 8 * kMega);
  CHECK(after(2 * kMega, kQuickAnswerMs + 1, 2 * kMega) == 2 * kMega);
  CHECK(after(2 * kMega, 0, kMega - 1) == 2 * kMega);  // it says nothing of how a large one would come
  CHECK(next_answer_bytes(1024, 1024, {0, 500, 2000}) == 1024);
  CHECK(next_answer_bytes(2 * kMega, 1024, {0, 500, 2 * kMega}) == 2 * kMega);
}

TEST_CASE("after an answer that took long half is asked for, down to the least") {
  const auto after = [](std::size_t asked, std::uint64_t packed) {
    return next_answer_bytes(asked, 8 * kMega, {kSlowAnswerMs + 1, packed, asked});
  };
  CHECK(after(2 * kMega, 400'000) == kMega);
  CHECK(after(300 * 1024, 60'000) == kAnswerBytesLeast);
  CHECK(after(kAnswerBytesLeast, 60'000) == kAnswerBytesLeast);
  CHECK(after(1024, 60'000) == 1024);  // as it was set
  CHECK(after(2 * kMega, laptop::kTellingBytes) == kMega);
  CHECK(after(2 * kMega, laptop::kTellingBytes - 1) == 2 * kMega);  // it waited for something else
  CHECK(next_answer_bytes(2 * kMega, 8 * kMega, {kSlowAnswerMs, 400'000, 2 * kMega}) == 2 * kMega);
}

/// A long read over a line that takes `ms_per_mega` for a million octets of records; what was asked for, in
/// KB.
std::string asked_over(WallMs ms_per_mega, std::size_t length, bool aside,
                       laptop::SessionLimits limits = {}) {
  World w;
  const Id village = Id::make(9);
  w.transport.aside = aside;
  const auto honest = w.transport.server;
  w.transport.server = [&, honest](const wire::ExchangeRequest& request) {
    Answer answer = honest(request);
    const std::uint64_t from = request.cursors.empty() ? 0 : request.cursors.front().position;
    const std::uint64_t to = std::min<std::uint64_t>(length, from + request.answer_bytes_max);
    // Octets that do not pack, so that a small answer is still one that tells something of the line.
    std::string values(static_cast<std::size_t>(to - from), ' ');
    std::uint32_t next = 1;
    for (char& one : values)
      one = static_cast<char>((next = next * 1664525U + 1013904223U) >> 24U);
    wire::FeedEntry entry;
    entry.values = std::move(values);
    if (from < to) answer.pages.push_back({village, 0, from, to, {std::move(entry)}, {}});
    answer.more = to < length;
    w.clock.advance(ms_per_mega * static_cast<WallMs>(to - from) / static_cast<WallMs>(kMega));
    return answer;
  };
  REQUIRE(laptop::run_sync(w.replica, w.transport, w.clock, {}, w.cancel, limits).ok());
  std::string asked;
  for (const wire::ExchangeRequest& request : w.transport.requests)
    asked += (asked.empty() ? "" : " ") + std::to_string(request.answer_bytes_max / 1024);
  return asked;
}

TEST_CASE(
    "a long read asks for more on a quick line, for less on a slow one, and for no more than is allowed") {
  for (const bool aside : {false, true}) {
    CAPTURE(aside);
    // The last is the usual exchange that ends a long read.
    CHECK(asked_over(100, 18 * kMega, aside) == "2048 4096 6144 6144 6144");
    CHECK(asked_over(5'000, 6 * kMega, aside) == "2048 2048 2048 2048");
    CHECK(asked_over(45'000, 4 * kMega, aside) == "2048 1024 512 256 256 256");
    laptop::SessionLimits limits;
    limits.answer_bytes_max = limits.answer_bytes;
    CHECK(asked_over(100, 6 * kMega, aside, limits) == "2048 2048 2048 2048");
  }
}

/// The request goes up for a minute, and the answer comes within one second.
class SlowUp final : public laptop::Transport {
 public:
  explicit SlowUp(ManualClock& clock) : clock_(clock) {}
  Result<Bytes> put(const std::string&, BytesView, const laptop::TransferProgress&,
                    const laptop::CancelFlag&) override {
    return fail("net.server", {{"status", "404"}});
  }
  Result<Bytes> post(const std::string&, BytesView body, const laptop::TransferProgress& progress,
                     const laptop::CancelFlag&) override {
    clock_.advance(60'000);
    progress(body.size(), 0);
    clock_.advance(1'000);
    clock_.put(kDayMs);  // as the time of the network comes
    progress(body.size(), 100);
    return wire::pack(Answer{});
  }

 private:
  ManualClock& clock_;
};

TEST_CASE("what an answer takes is counted from its first octet, not from the request's") {
  ManualClock clock(kDayMs);
  SlowUp line(clock);
  const laptop::CancelFlag cancel{false};
  const auto arrived = laptop::fetch(line, clock, "a request", {}, {}, cancel);
  REQUIRE(arrived.ok());
  CHECK(arrived->took_ms == 1'000);
}

}  // namespace
