#pragma once
// How far a store that an earlier program left is brought up to date, for whoever waits for it: with a
// million records that takes a minute, and one step of it may take half of that.
#include <cstddef>
#include <functional>
#include <utility>

#include "shared/base/clock.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Called before each step, and again with the same numbers while it goes on; the first is 1.
using OnUpgrade = std::function<void(std::size_t step, std::size_t of)>;

/// Steps of one opening; where nothing is to be brought up to date nothing is told.
class UpgradeSteps {
 public:
  /// `clock` outlives it.
  UpgradeSteps(OnUpgrade tell, const Clock& clock) : tell_(std::move(tell)), clock_(clock) {}
  void expect(std::size_t steps) { all_ += steps; }
  void begin() {
    ++step_;
    tell();
  }
  /// The step goes on: told once a second.
  void still() {
    if (clock_.steady_ms() - told_ms_ >= kEveryMs) tell();
  }

 private:
  static constexpr WallMs kEveryMs = 1'000;

  void tell() {
    if (step_ == 0 || step_ > all_ || !tell_) return;
    told_ms_ = clock_.steady_ms();
    tell_(step_, all_);
  }

  OnUpgrade tell_;
  const Clock& clock_;
  std::size_t step_ = 0;
  std::size_t all_ = 0;
  WallMs told_ms_ = 0;
};

/// For as long as it lives, what this database works on for long is told.
class ToldWhileWorking {
 public:
  ToldWhileWorking(lianxin::store::Database& database, UpgradeSteps& steps) : database_(database) {
    database_.while_working([&steps] { steps.still(); });
  }
  ToldWhileWorking(const ToldWhileWorking&) = delete;
  ToldWhileWorking& operator=(const ToldWhileWorking&) = delete;
  ~ToldWhileWorking() { database_.while_working({}); }

 private:
  lianxin::store::Database& database_;
};

}  // namespace lianxin::client::store
