#pragma once
// `lianxin-bench sync`: the fixed works through the real store, wire, TLS and server, beside the plain loop.
#include <filesystem>
#include <string>

#include "tests/bench/measure.hpp"

namespace lianxin::bench {

struct SyncWanted {
  std::string work;         ///< "w1", "w2t", "w3", "w4", "first"
  double share = 1;         ///< of laptops (W2t: whole townships) or members (W3, W4, first)
  std::size_t at_once = 2;  ///< W2t: laptops that sync at the same time
};
/// `folder` must be empty. Throws std::runtime_error when something fails or a correctness figure is wrong.
void measure_sync(const std::filesystem::path& folder, const SyncWanted& wanted, const Report& report);

}  // namespace lianxin::bench
