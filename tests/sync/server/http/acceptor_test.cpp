#include "sync/server/http/acceptor.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <unistd.h>

namespace lianxin::test {
namespace {

using namespace sync::server::http;  // NOLINT: a test's own file
using namespace std::chrono_literals;

/// A connection to a port of this machine; closed at the end.
struct Caller {
  explicit Caller(int port) : fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    connected = connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;
  ~Caller() { close(fd); }
  int fd;
  bool connected = false;
};

bool becomes(const std::atomic<int>& value, int wanted) {
  for (int i = 0; i < 500 && value != wanted; ++i)
    std::this_thread::sleep_for(5ms);
  return value == wanted;
}

TEST_CASE("newcomers wait while there is no place, and nobody comes after the stop") {
  ListenSocket socket = ListenSocket::open({"127.0.0.1", 0}).value();
  const int port = socket.port();
  std::atomic<int> places{2};
  std::atomic<int> taken{0};
  Acceptor acceptor(
      std::move(socket), [&] { return taken < places; },
      [&](const Accepted& one) {
        ++taken;
        close(one.fd);
      });
  const Caller one(port);
  const Caller two(port);
  const Caller three(port);
  CHECK(three.connected);  // by the system, not by us
  CHECK(becomes(taken, 2));
  std::this_thread::sleep_for(50ms);
  CHECK(taken == 2);
  places = 3;
  CHECK(becomes(taken, 3));
  acceptor.stop();
  acceptor.stop();
  CHECK_FALSE(Caller(port).connected);
}

}  // namespace
}  // namespace lianxin::test
