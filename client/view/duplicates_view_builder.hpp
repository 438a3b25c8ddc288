#pragma once
// Builds the page of possible duplicates.
#include "client/view/duplicates_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

[[nodiscard]] Result<DuplicatesView> build_duplicates(const ViewSources& sources);
/// How many pairs wait for a person, as far as they are read; at most 1000 are counted.
[[nodiscard]] Result<std::uint32_t> count_duplicates(store::LaptopStore& store);

}  // namespace lianxin::client::view
