#pragma once
// Who may see what of the class hardship, from the rules alone (domain.md 2.11): offices all of it, a worker
// in the field what is of members he is paired with on the day, and of the rest what he wrote himself in
// files he began.
#include "tests/sim/world.hpp"

namespace lianxin::sim {

/// Workers paired with each member, at the county; of members in `unsure` rivals or the calendar since the
/// worker last came decide.
struct Pairings {
  std::map<Id, std::set<Id>> workers;
  std::set<Id> unsure;
};
[[nodiscard]] Pairings pairings_at(const World& world, const Known& known);

/// What a worker in the field holds of a record's class hardship.
[[nodiscard]] HardshipView view_of(World& world, const Pairings& pairings, const Id& record,
                                   const Id& worker);
/// Of what is known, what such a view shows.
[[nodiscard]] Known seen_in(const World& world, HardshipView view, const Id& worker, const Known& known);

inline constexpr std::uint8_t kHardship = 3;

}  // namespace lianxin::sim
