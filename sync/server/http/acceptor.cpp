#include "sync/server/http/acceptor.hpp"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "shared/base/check.hpp"

namespace lianxin::sync::server::http {
namespace {

constexpr int kFullPauseMs = 20;  // at the limit, or out of file descriptors

}  // namespace

Acceptor::Acceptor(ListenSocket socket, std::function<bool()> may_take,
                   std::function<void(const Accepted&)> take)
    : socket_(std::move(socket)),
      may_take_(std::move(may_take)),
      take_(std::move(take)),
      wake_(eventfd(0, EFD_CLOEXEC)) {
  LX_CHECK(wake_ >= 0, "no event descriptor");
  thread_ = std::thread([this] { run(); });
}

Acceptor::~Acceptor() {
  stop();
  close(wake_);
}

void Acceptor::stop() {
  if (!thread_.joinable()) return;
  LX_CHECK(eventfd_write(wake_, 1) == 0, "the event descriptor is ours");
  thread_.join();
  socket_.close();
}

void Acceptor::run() noexcept {
  for (;;) {
    const bool full = !may_take_();
    std::array<pollfd, 2> waiting = {{{wake_, POLLIN, 0}, {socket_.fd(), POLLIN, 0}}};
    const int ready = poll(waiting.data(), full ? 1 : 2, full ? kFullPauseMs : -1);
    if (waiting[0].revents != 0) return;
    if (ready > 0 && !full) take_waiting();
  }
}

void Acceptor::take_waiting() {
  while (may_take_()) {
    Accepted one;
    one.address_size = sizeof one.address;
    one.fd = accept4(socket_.fd(), reinterpret_cast<sockaddr*>(&one.address), &one.address_size,
                     SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (one.fd >= 0) {
      take_(one);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      std::this_thread::sleep_for(std::chrono::milliseconds(kFullPauseMs));
      return;
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return;  // nobody waits any more
    }
  }
}

}  // namespace lianxin::sync::server::http
