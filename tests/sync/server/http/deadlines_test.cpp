#include "sync/server/http/deadlines.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <vector>

namespace lianxin::test {
namespace {

using sync::server::http::Deadlines;
using namespace std::chrono_literals;

/// What was cut, in order.
struct Cuts {
  std::mutex mutex;
  std::vector<int> fds;
  Deadlines deadlines{[this](int fd) {
    const std::lock_guard lock(mutex);
    fds.push_back(fd);
  }};
  bool has(int fd) {
    const std::lock_guard lock(mutex);
    return std::find(fds.begin(), fds.end(), fd) != fds.end();
  }
  bool has_within(int fd, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!has(fd) && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(5ms);
    return has(fd);
  }
};

TEST_CASE("who is late is cut once; who moved the deadline, closed or waits for us is not") {
  int keys[4] = {};
  Cuts cuts;
  const auto soon = std::chrono::steady_clock::now() + 50ms;
  for (int i = 0; i < 4; ++i)
    cuts.deadlines.open(&keys[i], i, soon);
  cuts.deadlines.set(&keys[1], soon + 1h);
  cuts.deadlines.close(&keys[2]);
  cuts.deadlines.set(&keys[3], Deadlines::Moment::max());
  CHECK(cuts.has_within(0, 5s));
  std::this_thread::sleep_for(250ms);
  const std::lock_guard lock(cuts.mutex);
  CHECK(cuts.fds == std::vector<int>{0});
}

TEST_CASE("a deadline brought forward is kept, one of an unknown connection is nobody's") {
  int key = 0;
  int unknown = 0;
  Cuts cuts;
  cuts.deadlines.open(&key, 7, std::chrono::steady_clock::now() + 1h);
  cuts.deadlines.set(&unknown, std::chrono::steady_clock::now());
  cuts.deadlines.set(&key, std::chrono::steady_clock::now() + 10ms);
  CHECK(cuts.has_within(7, 5s));
}

}  // namespace
}  // namespace lianxin::test
