#pragma once
// The county's own fields of a story.
#include <cstdint>
#include <string>
#include <vector>

namespace lianxin::sim {

struct OwnField {
  const char* name;
  std::uint16_t wire;
  const char* how;                 ///< type to checks, as a line of a file has them
  std::vector<std::string> codes;  ///< empty = any text
};
/// Of members; those of a number are the same in every life of the county.
[[nodiscard]] const std::vector<OwnField>& own_fields();

}  // namespace lianxin::sim
