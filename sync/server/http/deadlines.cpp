#include "sync/server/http/deadlines.hpp"

#include <algorithm>

namespace lianxin::sync::server::http {
namespace {

/// Deadlines are looked at this often at most, however many connections move theirs.
constexpr std::chrono::milliseconds kStep{100};

}  // namespace

Deadlines::Deadlines(std::function<void(int fd)> cut) : cut_(std::move(cut)), watcher_([this] { watch(); }) {}

Deadlines::~Deadlines() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  watcher_.join();
}

void Deadlines::open(Key connection, int fd, Moment deadline) {
  const std::lock_guard lock(mutex_);
  open_[connection] = {fd, deadline};
  changed_.notify_one();
}

void Deadlines::set(Key connection, Moment deadline) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(connection);
  if (found == open_.end()) return;
  const bool sooner = deadline < found->second.deadline;
  found->second.deadline = deadline;
  if (sooner) changed_.notify_one();
}

void Deadlines::close(Key connection) {
  const std::lock_guard lock(mutex_);
  open_.erase(connection);
}

/// Cuts whoever is late and tells when to look again.
Deadlines::Moment Deadlines::cut_late(Moment now) {
  Moment next = Moment::max();
  for (auto& [connection, entry] : open_) {
    if (entry.deadline <= now) {
      cut_(entry.fd);
      entry.deadline = Moment::max();  // once; the library notices and closes
    }
    next = std::min(next, entry.deadline);
  }
  return next;
}

void Deadlines::watch() noexcept {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const Moment now = std::chrono::steady_clock::now();
    const Moment next = cut_late(now);
    if (next == Moment::max()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, std::max(next, now + kStep));
    }
  }
}

}  // namespace lianxin::sync::server::http
