#pragma once
// Wakes the sleeping window when the input method says something by itself.
#include <thread>

namespace lianxin::client::platform {

/// A thread that waits on a descriptor and reads nothing from it. -1: no thread.
class BusWatch {
 public:
  explicit BusWatch(int descriptor);
  ~BusWatch();
  BusWatch(const BusWatch&) = delete;
  BusWatch& operator=(const BusWatch&) = delete;

 private:
  int stop_ = -1;  ///< eventfd
  std::thread thread_;
};

}  // namespace lianxin::client::platform
