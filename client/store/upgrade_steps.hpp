#pragma once
// How far a store that an earlier program left is brought up to date, for whoever waits for it: with a
// million records that takes a minute.
#include <cstddef>
#include <functional>

namespace lianxin::client::store {

/// Called before each step; the first is 1.
using OnUpgrade = std::function<void(std::size_t step, std::size_t of)>;

/// Steps of one opening; where nothing is to be brought up to date nothing is told.
class UpgradeSteps {
 public:
  explicit UpgradeSteps(OnUpgrade tell) : tell_(std::move(tell)) {}
  void expect(std::size_t steps) { all_ += steps; }
  void begin() {
    if (++step_ <= all_ && tell_) tell_(step_, all_);
  }

 private:
  OnUpgrade tell_;
  std::size_t step_ = 0;
  std::size_t all_ = 0;
};

}  // namespace lianxin::client::store
