#pragma once
// Builds the page of possible duplicates.
#include "client/view/duplicates_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Pairs that may be one, as they were last found; of a county of 100,000 it takes half a second to find
/// them all.
struct TwinsKept {
  std::uint64_t revision = 0;  ///< store::twins_revision; 0 = never looked
  store::Twins twins;          ///< at most 1000 pairs
};

/// `kept` is looked at, and is what was found; at most 10 pairs are compared at once, and the rest by
/// store::Records::compare_twins. null = nothing is remembered, all are compared.
[[nodiscard]] Result<DuplicatesView> build_duplicates(const ViewSources& sources, TwinsKept* kept = nullptr);
/// How many pairs wait for a person, as far as they are read; at most 1000 are counted.
[[nodiscard]] Result<std::uint32_t> count_duplicates(store::LaptopStore& store, TwinsKept* kept = nullptr);

}  // namespace lianxin::client::view
