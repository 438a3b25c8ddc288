#include "sync/server/http/address.hpp"

#include <charconv>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>
#include <utility>

namespace lianxin::sync::server::http {
namespace {

constexpr int kBacklog = 512;

struct FreeList {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using AddressList = std::unique_ptr<addrinfo, FreeList>;

Result<AddressList> numeric(const ListenAddress& address) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_family = address.host.empty() ? AF_INET : AF_UNSPEC;
  addrinfo* list = nullptr;
  const std::string port = std::to_string(address.port);
  const char* host = address.host.empty() ? nullptr : address.host.c_str();
  if (getaddrinfo(host, port.c_str(), &hints, &list) != 0)
    return fail("http.address", {{"address", text_of(address)}});
  return AddressList(list);
}

int bound_port(int fd) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
  if (storage.ss_family == AF_INET6) return ntohs(reinterpret_cast<sockaddr_in6*>(&storage)->sin6_port);
  return ntohs(reinterpret_cast<sockaddr_in*>(&storage)->sin_port);
}

}  // namespace

Result<ListenAddress> parse_address(const std::string& text) {
  const Error wrong = fail("http.address", {{"address", text}});
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return wrong;
  ListenAddress address;
  address.host = text.substr(0, colon);
  if (address.host.starts_with('[') && address.host.ends_with(']'))
    address.host = address.host.substr(1, address.host.size() - 2);
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, address.port);
  if (error != std::errc() || stop != end || address.port < 0 || address.port > 65535) return wrong;
  LX_DO(numeric(address));
  return address;
}

std::string text_of(const ListenAddress& address) {
  const bool six = address.host.find(':') != std::string::npos;
  return (six ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

Result<ListenSocket> ListenSocket::open(const ListenAddress& address) {
  LX_TRY(const AddressList list, numeric(address));
  const int fd = socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const int on = 1;
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
      bind(fd, list->ai_addr, list->ai_addrlen) != 0 || listen(fd, kBacklog) != 0) {
    const std::string detail = std::strerror(errno);
    if (fd >= 0) ::close(fd);
    return fail("http.listen", {{"address", text_of(address)}}, detail);
  }
  return ListenSocket(fd, bound_port(fd));
}

ListenSocket::ListenSocket(ListenSocket&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), port_(other.port_) {}

ListenSocket::~ListenSocket() { close(); }

void ListenSocket::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

}  // namespace lianxin::sync::server::http
