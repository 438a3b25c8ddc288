#include "shared/base/clock.hpp"

#include <chrono>
#include <ctime>

namespace lianxin {

WallMs SystemClock::now_ms() const {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

WallMs SystemClock::steady_ms() const {
  using namespace std::chrono;
#ifdef CLOCK_BOOTTIME
  timespec since{};
  if (clock_gettime(CLOCK_BOOTTIME, &since) == 0)
    return duration_cast<milliseconds>(seconds(since.tv_sec) + nanoseconds(since.tv_nsec)).count();
#endif
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace lianxin
