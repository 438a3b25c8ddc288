#pragma once
// What every page and search of the window costs on a laptop that holds a whole county and its years of work.
#include <cstddef>
#include <filesystem>

#include "tests/bench/measure.hpp"

namespace lianxin::bench {

/// So many members with ten facts each; `folder` must be empty. Throws std::runtime_error with the error's
/// code.
void measure_window(const std::filesystem::path& folder, std::size_t members, const Report& report);

}  // namespace lianxin::bench
