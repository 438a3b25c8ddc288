#pragma once
// An office file in memory, stored without compression, so that a zip's checksum does not stop the changes.
#include <map>
#include <string>

namespace lianxin::test::fuzz {

[[nodiscard]] std::string relation(const std::string& type, const std::string& target);
[[nodiscard]] std::string package_of(const std::map<std::string, std::string>& parts);

}  // namespace lianxin::test::fuzz
