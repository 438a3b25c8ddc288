#pragma once
// The steps of an exchange without a store: slow, failing or well, as a test wants them.
#include <atomic>
#include <chrono>
#include <functional>

#include "sync/server/http/exchange_queue.hpp"

namespace lianxin::test {

struct FakeSteps {
  static constexpr std::uint64_t kBadSignature = 999'999;

  /// A message that `verify` reads as the exchange of this number.
  static Bytes message(std::uint64_t number);
  sync::server::http::ExchangeSteps steps();

  std::chrono::milliseconds take_time{0};
  /// A transaction goes on only when this holds (asked every millisecond, for at most 20 s); empty = at once.
  /// So a test knows what waits behind it, however slow the machine is.
  std::function<bool()> may_go_on;
  std::uint64_t fails_at = kBadSignature;  ///< the exchange that `take` refuses
  /// Exchanges at which a step throws.
  std::uint64_t verify_throws_at = kBadSignature;
  std::uint64_t take_throws_at = kBadSignature;
  std::uint64_t answer_throws_at = kBadSignature;
  std::atomic<std::int64_t> under_way_ms{0};  ///< of the request taken last
  std::atomic<int> verified{0};
  std::atomic<int> taken{0};
  std::atomic<std::size_t> largest_group{0};
  std::atomic<int> in_take{0};
  std::atomic<bool> two_at_once{false};
};

}  // namespace lianxin::test
