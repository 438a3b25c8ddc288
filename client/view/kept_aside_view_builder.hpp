#pragma once
// Builds KeptAsideView in the person's words. Store thread.
#include "client/view/kept_aside_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

[[nodiscard]] Result<KeptAsideView> build_kept_aside(const ViewSources& sources);

}  // namespace lianxin::client::view
