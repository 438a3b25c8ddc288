#include "client/platform/bus_watch.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "client/platform/window.hpp"

namespace lianxin::client::platform {
namespace {

/// Between waking the window and looking again: it needs that long to read.
constexpr int kPauseMs = 20;

void watch(int descriptor, int stop) noexcept {
  std::array<pollfd, 2> waiting = {pollfd{descriptor, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
  while (poll(waiting.data(), waiting.size(), -1) > 0 || errno == EINTR) {
    if (waiting[1].revents != 0) return;
    if ((waiting[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) return;
    if ((waiting[0].revents & POLLIN) == 0) continue;
    wake_window();
    pollfd only_stop{stop, POLLIN, 0};
    if (poll(&only_stop, 1, kPauseMs) > 0) return;
  }
}

}  // namespace

BusWatch::BusWatch(int descriptor) {
  if (descriptor < 0) return;
  stop_ = eventfd(0, EFD_CLOEXEC);
  if (stop_ < 0) return;
  thread_ = std::thread(watch, descriptor, stop_);
}

BusWatch::~BusWatch() {
  if (stop_ < 0) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = write(stop_, &one, sizeof one);
  if (thread_.joinable()) thread_.join();
  close(stop_);
}

}  // namespace lianxin::client::platform
