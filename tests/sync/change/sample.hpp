#pragma once
// A change with everything in it, the same in every run.
#include <string>

#include "sync/change/change.hpp"

namespace lianxin::test {

[[nodiscard]] Id id_of(std::uint8_t last);
/// Writes of three fields (text, cleared, element of a set) by replica 0x0102030405060708, counter 7.
[[nodiscard]] sync::change::ChangeBody sample_body();
/// The same after the fields no head ever changes are set to the plainest: one write, nothing seen.
[[nodiscard]] sync::change::ChangeBody plain_body();
[[nodiscard]] sync::change::ChangeValues sample_values();
/// "name hex" lines of tests/golden/<path>; every program run by hand needs LX_SOURCE_DIR.
[[nodiscard]] std::string golden(const std::string& path);

}  // namespace lianxin::test
