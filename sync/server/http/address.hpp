#pragma once
// "127.0.0.1:8443", "[::1]:8443", ":8443": where to listen.
#include <string>
#include <sys/socket.h>

#include "shared/base/result.hpp"

namespace lianxin::sync::server::http {

struct ListenAddress {
  std::string host;  ///< a numeric address; "" = every IPv4 address of this machine
  int port = 0;      ///< 0 = any free one
};

/// Error "http.address" {address}.
[[nodiscard]] Result<ListenAddress> parse_address(const std::string& text);
/// The form parse_address reads.
[[nodiscard]] std::string text_of(const ListenAddress& address);

/// A listening socket that does not block, closed by the destructor.
class ListenSocket {
 public:
  /// Errors "http.address" {address}, "http.listen" {address}.
  [[nodiscard]] static Result<ListenSocket> open(const ListenAddress& address);
  ListenSocket(ListenSocket&& other) noexcept;
  ListenSocket& operator=(ListenSocket&&) = delete;
  ListenSocket(const ListenSocket&) = delete;
  ListenSocket& operator=(const ListenSocket&) = delete;
  ~ListenSocket();
  [[nodiscard]] int fd() const { return fd_; }
  void close();
  [[nodiscard]] int port() const { return port_; }

 private:
  ListenSocket(int fd, int port) : fd_(fd), port_(port) {}
  int fd_ = -1;
  int port_ = 0;
};

}  // namespace lianxin::sync::server::http
