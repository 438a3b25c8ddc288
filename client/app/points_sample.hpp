#pragma once
// The sample set of points rules (assets/codes/points_sample.tsv). It ships switched off: the parameter
// `points_on` decides (domain.md 2.12). Store thread.
#include <cstddef>

#include "client/store/laptop_store.hpp"

namespace lianxin::client::app {

/// Writes the rules of the set whose code no rule of the county has yet, holding from today; how many.
/// Errors "points.sample_right" (rules are the county's), "points.not_saved" {field}.
[[nodiscard]] Result<std::size_t> add_points_sample(store::LaptopStore& store);

}  // namespace lianxin::client::app
