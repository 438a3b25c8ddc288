#include "shared/base/clock.hpp"

#include <chrono>

namespace lianxin {

WallMs SystemClock::now_ms() const {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace lianxin
