#pragma once
// Connections that must have got on by a certain moment; those that did not are cut. A client that sends one
// byte now and then would otherwise keep its place for ever.
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

namespace lianxin::sync::server::http {

/// Thread-safe. `cut` is called on a thread of its own, while the connection is certainly still registered;
/// it may not throw.
class Deadlines {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  using Key = const void*;

  explicit Deadlines(std::function<void(int fd)> cut);
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;
  ~Deadlines();

  void open(Key connection, int fd, Moment deadline);
  /// Moves the deadline of an open connection; Moment::max() = it waits for us, not we for it.
  void set(Key connection, Moment deadline);
  void close(Key connection);

 private:
  struct Entry {
    int fd = -1;
    Moment deadline = Moment::max();
  };
  void watch() noexcept;
  [[nodiscard]] Moment cut_late(Moment now);

  std::function<void(int)> cut_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Key, Entry> open_;
  bool stopping_ = false;
  std::thread watcher_;
};

}  // namespace lianxin::sync::server::http
