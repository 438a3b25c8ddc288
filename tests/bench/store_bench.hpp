#pragma once
// What the laptop's store costs, beside a plain loop of prepared statements over the same values.
#include <cstddef>
#include <filesystem>

#include "tests/bench/measure.hpp"

namespace lianxin::bench {

/// `folder` must be empty. Throws std::runtime_error with the error's code when the store refuses something.
void measure_store(const std::filesystem::path& folder, std::size_t rows, const Report& report);

}  // namespace lianxin::bench
