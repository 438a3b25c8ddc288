#pragma once
// Names of persons as they are stored (domain.md 5, case 2 and 10). The caller keeps what was written where
// that matters.
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace lianxin::domain {

/// Code points a name may have: the national notice asks for room for 50.
inline constexpr std::size_t kNameMax = 50;

/// Blanks between Hanzi are layout and go ("张  三" -> "张三"); between other letters one blank stays.
/// Look-alike dots between Hanzi become U+00B7. Rare characters, also beyond the first plane and private
/// ones, stay as they are. Errors "name.empty", "name.length" {length}.
[[nodiscard]] Result<std::string> normalize_name(std::string_view text);
/// A piece of a name as it is looked for: the same, and a look-alike dot at its beginning or end is one too.
[[nodiscard]] Result<std::string> normalize_name_piece(std::string_view text);
/// Chinese characters of all blocks, and private ones that offices' fonts use for missing characters.
[[nodiscard]] bool is_hanzi(char32_t c);

}  // namespace lianxin::domain
