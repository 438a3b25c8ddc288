// What the transport says when there is nobody to talk to. Talking to a real server: tests/sync/server/http.
#include <arpa/inet.h>
#include <array>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "sync/laptop/transport.hpp"

namespace lianxin::sync::laptop {
namespace {

constexpr const char* kPin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// A port of this machine that accepts nothing, or connections that never answer.
class Port {
 public:
  explicit Port(bool listening) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(bind(fd_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    if (listening) REQUIRE(listen(fd_, 4) == 0);
    number_ = ntohs(address.sin_port);
  }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;
  ~Port() { close(fd_); }
  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(number_); }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
  int number_ = 0;
};

Result<Bytes> post(const std::string& url, const CancelFlag& cancel = CancelFlag(false),
                   const std::string& pins = kPin) {
  ServerAddress address;
  address.url = url;
  address.key_pins = pins;
  return make_curl_transport(address)->post("/v1/exchange", "body", {}, cancel);
}

TEST_CASE("a server that is gone is called unreachable, with its address") {
  const Port port(false);
  const auto answer = post("https://" + port.host());
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code == "net.unreachable");
  CHECK(answer.error().args.at(0).value == "https://" + port.host());
}

TEST_CASE("nothing is ever sent without encryption, or to a server that nothing vouches for") {
  const Port port(true);
  CHECK_FALSE(post("http://" + port.host()).ok());
  const auto unknown = post("https://" + port.host(), CancelFlag(false), "");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == "net.certificate");
  timeval soon{0, 200'000};
  setsockopt(port.fd(), SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
  CHECK(accept(port.fd(), nullptr, nullptr) < 0);
}

TEST_CASE("what is thrown while a request is under way comes out where it was made, and the next one goes") {
  const Port port(true);
  ServerAddress address;
  address.url = "https://" + port.host();
  address.key_pins = kPin;
  const auto transport = make_curl_transport(address);
  const TransferProgress throws = [](std::uint64_t, std::uint64_t) { throw std::runtime_error("told"); };
  const CancelFlag no(false);
  CHECK_THROWS_AS((void)transport->post("/v1/exchange", "body", throws, no), std::runtime_error);
  const CancelFlag yes(true);
  CHECK(transport->post("/v1/exchange", "body", {}, yes).error().code == "sync.cancelled");
}

TEST_CASE("a person can stop a request that hangs") {
  const Port port(true);
  CancelFlag cancel(false);
  std::thread person([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    cancel = true;
  });
  const auto answer = post("https://" + port.host(), cancel);
  person.join();
  REQUIRE_FALSE(answer.ok());
  CHECK(answer.error().code == "sync.cancelled");
}

}  // namespace
}  // namespace lianxin::sync::laptop
