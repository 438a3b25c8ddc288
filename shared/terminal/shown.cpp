#include "shared/terminal/shown.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace lianxin {
namespace {

bool is_obeyed(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E ||
         c == 0x200F || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string shown(std::string_view text) {
  std::u32string points = to_utf32(text);
  if (std::none_of(points.begin(), points.end(), is_obeyed)) return std::string(text);
  std::replace_if(points.begin(), points.end(), is_obeyed, U'\uFFFD');
  return to_utf8(points);
}

}  // namespace lianxin
