#pragma once
// Builds the page of possible duplicates.
#include "client/view/duplicates_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Pairs that may be one, as they were last found; looking through a county of 100,000 takes half a second.
struct TwinsKept {
  std::uint64_t revision = 0;  ///< store::twins_revision; 0 = never looked
  store::Twins twins;          ///< at most 1000 pairs
};

/// `kept` is looked at, and is what was found; null = nothing is remembered.
[[nodiscard]] Result<DuplicatesView> build_duplicates(const ViewSources& sources, TwinsKept* kept = nullptr);
/// How many pairs wait for a person, as far as they are read; at most 1000 are counted.
[[nodiscard]] Result<std::uint32_t> count_duplicates(store::LaptopStore& store, TwinsKept* kept = nullptr);

}  // namespace lianxin::client::view
