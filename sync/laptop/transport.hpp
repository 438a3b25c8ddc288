#pragma once
// One request, one answer. The curl implementation is curl_transport.cpp; tests use one in memory.
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::sync::laptop {

/// Bytes so far of the request under way. Called on the transport's thread.
using TransferProgress = std::function<void(std::uint64_t sent, std::uint64_t received)>;

/// Set from any thread; the request under way ends with "sync.cancelled" and nothing is lost.
using CancelFlag = std::atomic<bool>;

class Transport {
 public:
  virtual ~Transport() = default;
  /// POST to `path` ("/v1/exchange"). Errors: "net.unreachable", "net.certificate" (pin or CA wrong: nothing
  /// was sent), "net.portal" (this network wants a log-in page), "net.timeout", "net.server" {status},
  /// "sync.cancelled".
  [[nodiscard]] virtual Result<Bytes> post(const std::string& path, BytesView body,
                                           const TransferProgress& progress, const CancelFlag& cancel) = 0;
  /// PUT, otherwise the same.
  [[nodiscard]] virtual Result<Bytes> put(const std::string& path, BytesView body,
                                          const TransferProgress& progress, const CancelFlag& cancel) = 0;
  /// `post` may run on another thread while its owner does something else, one request at a time.
  [[nodiscard]] virtual bool runs_aside() const { return false; }
};

/// libcurl: TLS 1.3 only, https only, pin and CA, connect time-out 10 s, stalled (< 64 B/s for 20 s) ends the
/// request, no total time-out; proxy from settings or environment. One request at a time, on any thread.
[[nodiscard]] std::unique_ptr<Transport> make_curl_transport(const ServerAddress& address);

}  // namespace lianxin::sync::laptop
