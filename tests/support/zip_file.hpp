#pragma once
// A zip file in memory, as office files are.
#include <cstdint>
#include <map>
#include <string>

namespace lianxin::test {

enum class Packing : std::uint8_t { kDeflated, kStored };

/// The parts by their names, in that order.
[[nodiscard]] std::string zip_of(const std::map<std::string, std::string>& parts,
                                 Packing packing = Packing::kDeflated);

}  // namespace lianxin::test
