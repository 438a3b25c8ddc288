#pragma once
// Text of people and records on a terminal.
#include <string>
#include <string_view>

namespace lianxin {

/// The text without what a terminal would obey instead of show: controls (line breaks and tabs stay), and
/// marks that turn the direction of what follows. U+FFFD stands for each.
[[nodiscard]] std::string shown(std::string_view text);

}  // namespace lianxin
