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

/// Octets that do not pack, so that a small answer is still one that tells something of the line.
Bytes unpackable(std::size_t size) {
  Bytes out(size, ' ');
  std::uint32_t next = 1;
  for (char& one : out)
    one = static_cast<char>((next = next * 1664525U + 1013904223U) >> 24U);
  return out;
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
    wire::FeedEntry entry;
    entry.values = unpackable(static_cast<std::size_t>(to - from));
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

TEST_CASE("what never came is asked for in half the size, and a sync begins with no more than the usual") {
  CHECK(laptop::smaller_answer_bytes(2 * kMega) == kMega);
  CHECK(laptop::smaller_answer_bytes(300 * 1024) == kAnswerBytesLeast);
  CHECK(laptop::smaller_answer_bytes(kAnswerBytesLeast) == kAnswerBytesLeast);
  CHECK(laptop::smaller_answer_bytes(1024) == 1024);  // as it was set
  CHECK(laptop::smaller_answer_bytes(0) == 0);
  const auto first = [](std::size_t remembered) {
    return laptop::first_answer_bytes(remembered, 2 * kMega, 6 * kMega);
  };
  CHECK(first(0) == 2 * kMega);  // nothing is known
  CHECK(first(300 * 1024) == 300 * 1024);
  CHECK(first(1) == kAnswerBytesLeast);
  // An office's line says nothing of the next village's.
  CHECK(first(6 * kMega) == 2 * kMega);
  CHECK(first(~std::size_t{0}) == 2 * kMega);
  CHECK(laptop::first_answer_bytes(kMega, 1024, 1024) == 1024);
}

/// A line of so many octets a second, which is cut so long after a request was made. The answer tells octets
/// that do not pack.
class CutLine final : public laptop::Transport {
 public:
  CutLine(World& world, std::size_t length) : world_(world), length_(length) {
    world_.transport.server = [this, honest = world_.transport.server](const wire::ExchangeRequest& request) {
      Answer answer = honest(request);
      const std::uint64_t from = request.cursors.empty() ? 0 : request.cursors.front().position;
      const std::uint64_t to = std::min<std::uint64_t>(length_, from + request.answer_bytes_max);
      wire::FeedEntry entry;
      entry.values = unpackable(static_cast<std::size_t>(to - from));
      if (from < to) answer.pages.push_back({Id::make(9), 0, from, to, {std::move(entry)}, {}});
      answer.more = to < length_;
      asked.push_back(request.answer_bytes_max / 1024);
      return answer;
    };
  }
  Result<Bytes> put(const std::string&, BytesView, const laptop::TransferProgress&,
                    const laptop::CancelFlag&) override {
    return fail("net.server", {{"status", "404"}});
  }
  Result<Bytes> post(const std::string& path, BytesView body, const laptop::TransferProgress& progress,
                     const laptop::CancelFlag& cancel) override {
    LX_TRY(Bytes answer, world_.transport.post(path, body, progress, cancel));
    progress(body.size(), 0);
    for (WallMs went = 0; went < static_cast<WallMs>(answer.size() * 1000 / octets_a_second); went += kTick) {
      if (went >= cut_after_ms) return fail("net.unreachable");
      if (cancel) return fail("sync.cancelled");
      if (at_tick) at_tick(went);
      world_.clock.advance(kTick);
      progress(body.size(), octets_a_second * static_cast<std::uint64_t>(went + kTick) / 1000);
    }
    return answer;
  }

  std::uint64_t octets_a_second = 20'000;
  WallMs cut_after_ms = 60'000;
  std::function<void(WallMs)> at_tick;
  std::vector<std::uint64_t> asked;  ///< KB

 private:
  static constexpr WallMs kTick = 500;
  World& world_;
  std::size_t length_;
};

TEST_CASE("a line that is cut before any answer of the usual size is read to its end all the same") {
  World w;
  CutLine line(w, 4 * kMega);
  int broken = 0;
  const auto sync = [&] { return laptop::run_sync(w.replica, line, w.clock, {}, w.cancel).ok(); };
  while (broken < 10 && !sync())
    ++broken;
  CHECK(broken == 1);
  CHECK(w.replica.cursors.front().position == 4 * kMega);
  CHECK(line.asked.at(0) == 2048);
  CHECK(line.asked.at(1) == 1024);
  CHECK(w.replica.answer_size < 2 * kMega);
  // Lines that prove better are asked for more again, and the next sync begins with the usual size.
  w.replica.cursors.clear();
  line.octets_a_second = 50'000'000;
  REQUIRE(sync());
  CHECK(line.asked.back() > 2048);
  line.asked.clear();
  REQUIRE(sync());
  CHECK(line.asked.at(0) == 2048);
}

TEST_CASE("what cannot be the size's fault changes nothing that is remembered") {
  World w;
  CutLine line(w, kMega);
  const auto code = [&] {
    const auto receipt = laptop::run_sync(w.replica, line, w.clock, {}, w.cancel);
    return receipt.ok() ? std::string() : receipt.error().code;
  };
  line.cut_after_ms = 0;  // not an octet comes
  CHECK(code() == "net.unreachable");
  CHECK(w.replica.answer_size == 0);
  line.cut_after_ms = kDayMs;
  line.octets_a_second = 1'000'000;
  line.at_tick = [&](WallMs) { w.cancel = true; };  // somebody has thought better of it
  CHECK(code() == "sync.cancelled");
  CHECK(w.replica.answer_size == 0);
  w.cancel = false;
  line.at_tick = {};
  w.transport.last_number = 99;  // refused, in an answer that came whole
  CHECK(code() == "");
  CHECK(w.replica.answer_size == 0);
}

TEST_CASE("while an answer is long on its way it is remembered that it may never come") {
  World w;
  CutLine line(w, 2 * kMega);
  std::size_t early = 7;
  std::size_t late = 7;
  line.cut_after_ms = kDayMs;
  line.at_tick = [&](WallMs went) { (went <= kSlowAnswerMs ? early : late) = w.replica.answer_size; };
  REQUIRE(laptop::run_sync(w.replica, line, w.clock, {}, w.cancel).ok());
  CHECK(early == 0);
  CHECK(late == kMega);  // as the next sync begins where this one is killed now
  CHECK(w.replica.answer_size == kMega);
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
