#pragma once
// One story: a month of a small county, then a quiet end in which everything promised must hold.
#include <cstdint>
#include <string>
#include <vector>

#include "tests/sim/groundwork.hpp"
#include "tests/sim/world.hpp"

namespace lianxin::sim {

struct Told {
  std::string broken;              ///< the promise that did not hold; "" = all held
  std::vector<std::string> story;  ///< what happened, in order
  double device_days = 0;
  std::size_t commits = 0;
  /// What everybody sees in the end, without what clocks may decide: the heads of every register.
  std::string outcome;
};

[[nodiscard]] Told tell_story(const Groundwork& ground, const StoryOptions& options);

}  // namespace lianxin::sim
