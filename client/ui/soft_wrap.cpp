#include "client/ui/soft_wrap.hpp"

#include <algorithm>

namespace lianxin::client::ui {
namespace {

std::size_t bytes_of(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  if (byte >= 0xF0) return 4;
  return byte >= 0xE0 ? 3 : 2;
}

bool is_word(char c) { return c > ' ' && static_cast<unsigned char>(c) < 0x7F; }

/// A piece that is not torn: an ASCII word of at most 24 letters, else one character.
std::size_t piece(std::string_view rest) {
  if (!is_word(rest[0])) return std::min(bytes_of(rest[0]), rest.size());
  std::size_t end = 1;
  while (end < rest.size() && end < 24 && is_word(rest[end]))
    ++end;
  return end;
}

}  // namespace

std::string unwrapped(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
      continue;
    }
    plain += text[i];
  }
  return plain;
}

std::size_t unwrapped_place(std::string_view text, std::size_t place) {
  return unwrapped(text.substr(0, std::min(place, text.size()))).size();
}

WrappedText soft_wrapped(std::string_view plain, std::size_t cursor, float width, const Measure& measure) {
  WrappedText result;
  result.cursor = cursor;
  float used = 0;
  for (std::size_t at = 0; at < plain.size();) {
    if (plain[at] == '\n') {
      result.text += '\n';
      ++at;
      used = 0;
      continue;
    }
    const std::string_view part = plain.substr(at, piece(plain.substr(at)));
    const float wide = measure(part);
    if (used > 0 && used + wide > width && part != " ") {
      result.text += "\r\n";
      if (cursor >= at) result.cursor += 2;
      used = 0;
    }
    result.text += part;
    used += wide;
    at += part.size();
  }
  return result;
}

}  // namespace lianxin::client::ui
