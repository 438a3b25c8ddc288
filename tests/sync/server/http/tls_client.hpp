#pragma once
// A TLS client that may misbehave: what curl would never send.
#include <memory>
#include <string>
#include <string_view>

namespace lianxin::test {

class TlsClient {
 public:
  /// Connects to a port of this machine; `priorities` as GnuTLS writes them. Not connected = is_open() false.
  explicit TlsClient(int port, const std::string& priorities = "NORMAL");
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;
  ~TlsClient();
  [[nodiscard]] bool is_open() const;
  /// False when the other side is gone.
  bool send(std::string_view bytes);
  /// Everything until the other side closes or `timeout_ms` pass without a byte.
  std::string read_all(int timeout_ms);
  /// Until `text` has come; what was read so far when it does not.
  std::string read_until(std::string_view text, int timeout_ms);
  /// True once the other side has closed, waiting at most so long.
  bool is_closed_within(int timeout_ms);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lianxin::test
