#pragma once
// Records that are said to be one, as the truth has it: while anybody says so they stand in the villages of
// all.
#include <set>

#include "tests/sim/world.hpp"

namespace lianxin::sim {

/// The record and all that are said to be one with it.
[[nodiscard]] std::set<Id> one_with(const World& world, const Id& record, const Known& known);

}  // namespace lianxin::sim
