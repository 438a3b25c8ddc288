#include "tests/flow/crooked_line.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace lianxin::test {
namespace {

constexpr int kPollMs = 50;
constexpr std::size_t kPiece = 4096;

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool send_all(int socket, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = send(socket, data, size, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

void wait_ms(int ms, const std::atomic<bool>& ends) {
  for (int waited = 0; waited < ms && !ends; waited += kPollMs)
    std::this_thread::sleep_for(std::chrono::milliseconds(std::min(kPollMs, ms - waited)));
}

/// One direction of a connection.
struct Way {
  int from = -1;
  int to = -1;
  bool upwards = true;
  std::uint64_t carried = 0;
};

/// Carries what has come. False = the connection ends.
bool carry_piece(Way& way, const Mishap& mishap, const std::atomic<bool>& ends) {
  std::array<char, kPiece> piece;
  const ssize_t got = recv(way.from, piece.data(), piece.size(), 0);
  if (got <= 0) return false;
  auto size = static_cast<std::size_t>(got);
  const bool is_hit = mishap.kind != Mishap::Kind::kNone && mishap.upwards == way.upwards &&
                      mishap.at_octet < way.carried + size && mishap.at_octet >= way.carried;
  const auto at = static_cast<std::size_t>(mishap.at_octet - way.carried);
  way.carried += size;
  bool goes_on = true;
  if (mishap.kind == Mishap::Kind::kDelay || (is_hit && mishap.kind == Mishap::Kind::kStall)) {
    wait_ms(mishap.wait_ms, ends);
  } else if (is_hit && mishap.kind == Mishap::Kind::kFlip) {
    piece.at(at) = static_cast<char>(piece.at(at) ^ (1 << mishap.bit));
  } else if (is_hit && mishap.kind == Mishap::Kind::kCut) {
    size = at;
    goes_on = false;
  }
  return send_all(way.to, piece.data(), size) && goes_on;
}

void raise_to(std::atomic<std::uint64_t>& most, std::uint64_t value) {
  std::uint64_t known = most;
  while (known < value && !most.compare_exchange_weak(known, value)) {
  }
}

}  // namespace

CrookedLine::CrookedLine(int to_port) : to_port_(to_port) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (listener_ < 0 || bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, SOMAXCONN) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no port for a line");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

CrookedLine::~CrookedLine() {
  ends_ = true;
  acceptor_.join();
  for (std::thread& carrier : carriers_)
    carrier.join();
  close(listener_);
}

void CrookedLine::set(const Mishap& mishap) {
  const std::lock_guard<std::mutex> lock(mutex_);
  mishap_ = mishap;
}

void CrookedLine::accept_all() {
  while (!ends_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (poll(&waiting, 1, kPollMs) <= 0) continue;
    const int laptop = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (laptop < 0) continue;
    const std::lock_guard<std::mutex> lock(mutex_);
    carriers_.emplace_back([this, laptop, mishap = mishap_] { carry(laptop, mishap); });
  }
}

void CrookedLine::carry(int laptop, Mishap mishap) {
  const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(to_port_);
  bool goes_on =
      server >= 0 && connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  Way up{laptop, server, true, 0};
  Way down{server, laptop, false, 0};
  while (goes_on && !ends_) {
    std::array<pollfd, 2> waiting{{{laptop, POLLIN, 0}, {server, POLLIN, 0}}};
    if (poll(waiting.data(), waiting.size(), kPollMs) <= 0) continue;
    if (waiting[0].revents != 0) goes_on = carry_piece(up, mishap, ends_);
    if (goes_on && waiting[1].revents != 0) goes_on = carry_piece(down, mishap, ends_);
  }
  raise_to(longest_up_, up.carried);
  raise_to(longest_down_, down.carried);
  close(laptop);
  if (server >= 0) close(server);
}

}  // namespace lianxin::test
