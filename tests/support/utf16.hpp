#pragma once
// Text as a spreadsheet saves "Unicode text".
#include <string>
#include <string_view>

#include "shared/base/text.hpp"

namespace lianxin::test {

/// Without a mark: "\xFF\xFE" before it is that of `little`.
[[nodiscard]] inline std::string as_utf16(std::string_view text, bool little = true) {
  std::string out;
  for (const char32_t c : to_utf32(text)) {
    const std::u32string units =
        c < 0x10000 ? std::u32string{c}
                    : std::u32string{0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF)};
    for (const char32_t unit : units) {
      const char high = static_cast<char>(unit >> 8);
      const char low = static_cast<char>(unit & 0xFF);
      out += little ? std::string{low, high} : std::string{high, low};
    }
  }
  return out;
}

}  // namespace lianxin::test
