#pragma once
// Pictures of attachments, as the truth has them (sync/wire/pictures.hpp).
#include "tests/sim/world.hpp"

namespace lianxin::sim {

/// After a green receipt: none waits here, each that is here is at the county too and is its record's, and
/// none is of a record that left, or was purged as far as this laptop has heard.
void check_pictures(World& world, Laptop& laptop);
/// At the end: the county has what some laptop still has, and nothing that no record names.
void check_county_pictures(World& world);

}  // namespace lianxin::sim
