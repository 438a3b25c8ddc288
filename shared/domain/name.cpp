#include "shared/domain/name.hpp"

#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr char32_t kDot = 0x00B7;

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x00A0 || c == 0x3000 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0xFEFF;
}

/// Signs that stand for the separator of a name, byte A1A4 read as GB2312 among them (U+30FB, measured).
bool is_dot(char32_t c) {
  constexpr std::u32string_view kDots = U".\u00B7\u2022\u2024\u2027\u2219\u22C5\u30FB\uFF65\u2E33\u0387";
  return kDots.find(c) != std::u32string_view::npos;
}

/// One blank for a run, none at the ends.
std::u32string squeezed(std::string_view text) {
  std::u32string out;
  bool gap = false;
  for (const char32_t c : to_utf32(half_width(text))) {
    if (is_blank(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(U' ');
    gap = false;
    out.push_back(c);
  }
  return out;
}

bool hanzi_at(const std::u32string& text, std::size_t place) {
  return place < text.size() && is_hanzi(text[place]);
}

/// Blanks beside a dot or between Hanzi are layout.
std::u32string without_layout(const std::u32string& text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before = !out.empty() && (is_hanzi(out.back()) || is_dot(out.back()));
    const bool after = i + 1 < text.size() && (is_hanzi(text[i + 1]) || is_dot(text[i + 1]));
    if (text[i] == U' ' && before && after) continue;
    out.push_back(text[i]);
  }
  return out;
}

/// Dots between Hanzi; in a piece of a name also those after or before one.
Result<std::string> normalized(std::string_view text, bool is_piece) {
  std::u32string name = without_layout(squeezed(text));
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool before = i == 0 ? is_piece : hanzi_at(name, i - 1);
    const bool after = i + 1 == name.size() ? is_piece : hanzi_at(name, i + 1);
    if (is_dot(name[i]) && before && after) name[i] = kDot;
  }
  if (name.empty()) return fail("name.empty");
  if (name.size() > kNameMax) return fail("name.length", {{"length", std::to_string(name.size())}});
  return to_utf8(name);
}

}  // namespace

bool is_hanzi(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || c == 0x3007 || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xE000 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

Result<std::string> normalize_name(std::string_view text) { return normalized(text, false); }

Result<std::string> normalize_name_piece(std::string_view text) { return normalized(text, true); }

}  // namespace lianxin::domain
