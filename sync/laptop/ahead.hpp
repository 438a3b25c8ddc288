#pragma once
// A long read asks for the next answer while the one before is taken in: with the request that would follow
// anyway, said a little earlier. Internal to this folder.
#include <atomic>
#include <future>
#include <optional>

#include "sync/laptop/replica.hpp"
#include "sync/laptop/transport.hpp"

namespace lianxin::sync::laptop {

/// What came for one request.
struct Arrived {
  wire::ExchangeAnswer answer;
  std::uint64_t bytes_up = 0;
  std::uint64_t bytes_down = 0;
  WallMs took_ms = 0;  ///< from its first octet on
  ClockSpan under_way;
};

/// Sends a packed request and reads the answer; `held` = the list along which it was told. Errors: those of
/// Transport, the server's own, "wire.malformed".
[[nodiscard]] Result<Arrived> fetch(Transport& transport, const Clock& clock, BytesView packed,
                                    const std::vector<wire::HeldScope>& held,
                                    const TransferProgress& on_bytes, const CancelFlag& cancel);

/// Where the next exchange begins once `answer` to the one that began at `start` has been taken in, but for
/// its number. nullopt = that is not certain, or more than pages is to be said and asked.
[[nodiscard]] std::optional<ExchangeStart> start_after(const ExchangeStart& start,
                                                       const wire::ExchangeAnswer& answer);

/// A request under way. Where the transport cannot run aside it goes when it is waited for; one that nobody
/// waits for is broken off.
class Ahead {
 public:
  /// `transport`, `clock` and `cancel` outlive it.
  Ahead(Transport& transport, const Clock& clock, ExchangeStart start, Bytes packed,
        const CancelFlag& cancel);
  ~Ahead();
  Ahead(const Ahead&) = delete;
  Ahead& operator=(const Ahead&) = delete;
  [[nodiscard]] const ExchangeStart& start() const { return start_; }
  /// Once.
  [[nodiscard]] Result<Arrived> wait() { return arrived_.get(); }
  /// Octets of the answer so far.
  [[nodiscard]] std::uint64_t came() const { return came_; }

 private:
  ExchangeStart start_;
  Bytes packed_;
  CancelFlag is_dropped_{false};
  std::atomic<std::uint64_t> came_{0};
  std::future<Result<Arrived>> arrived_;
};

}  // namespace lianxin::sync::laptop
