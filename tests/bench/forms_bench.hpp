#pragma once
// What the proof county costs: all figures, and the 118 tables of its villages (F1) as a workbook and as a
// PDF.
#include <filesystem>

#include "tests/bench/measure.hpp"

namespace lianxin::bench {

/// Makes the county in an empty folder, which takes minutes, and opens it in one that has it. Throws
/// std::runtime_error with the error's code.
void measure_forms(const std::filesystem::path& folder, const Report& report);

}  // namespace lianxin::bench
