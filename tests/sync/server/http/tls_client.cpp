#include "tests/sync/server/http/tls_client.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lianxin::test {

struct TlsClient::Impl {
  int fd = -1;
  gnutls_session_t session = nullptr;
  gnutls_certificate_credentials_t credentials = nullptr;
  bool open = false;
  bool closed = false;

  /// One read; "" on a time-out or the end.
  std::string read_some(int timeout_ms) {
    gnutls_record_set_timeout(session, static_cast<unsigned>(timeout_ms));
    char buffer[16384];
    for (;;) {
      const ssize_t n = gnutls_record_recv(session, buffer, sizeof buffer);
      if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED) continue;
      if (n > 0) return {buffer, static_cast<std::size_t>(n)};
      if (n != GNUTLS_E_TIMEDOUT) closed = true;
      return {};
    }
  }
};

TlsClient::TlsClient(int port, const std::string& priorities) : impl_(std::make_unique<Impl>()) {
  impl_->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (connect(impl_->fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return;
  gnutls_certificate_allocate_credentials(&impl_->credentials);
  gnutls_init(&impl_->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  gnutls_priority_set_direct(impl_->session, priorities.c_str(), nullptr);
  gnutls_credentials_set(impl_->session, GNUTLS_CRD_CERTIFICATE, impl_->credentials);
  gnutls_transport_set_int(impl_->session, impl_->fd);
  gnutls_handshake_set_timeout(impl_->session, 10'000);
  int code = 0;
  do {
    code = gnutls_handshake(impl_->session);
  } while (code < 0 && gnutls_error_is_fatal(code) == 0);
  impl_->open = code == 0;
}

TlsClient::~TlsClient() {
  if (impl_->session != nullptr) gnutls_deinit(impl_->session);
  if (impl_->credentials != nullptr) gnutls_certificate_free_credentials(impl_->credentials);
  close(impl_->fd);
}

bool TlsClient::is_open() const { return impl_->open; }

bool TlsClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = gnutls_record_send(impl_->session, bytes.data(), bytes.size());
    if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

std::string TlsClient::read_all(int timeout_ms) {
  std::string all;
  for (std::string some = impl_->read_some(timeout_ms); !some.empty(); some = impl_->read_some(timeout_ms))
    all += some;
  return all;
}

std::string TlsClient::read_until(std::string_view text, int timeout_ms) {
  std::string all;
  while (all.find(text) == std::string::npos) {
    const std::string some = impl_->read_some(timeout_ms);
    if (some.empty()) break;
    all += some;
  }
  return all;
}

bool TlsClient::is_closed_within(int timeout_ms) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeout_ms);
  while (!impl_->closed && std::chrono::steady_clock::now() < end)
    impl_->read_some(50);
  return impl_->closed;
}

}  // namespace lianxin::test
