#pragma once
// How Hanzi are read, as sorted tables that the build writes from ICU's rules (make_reading_table.cpp).
#include <cstdint>
#include <span>
#include <string_view>

namespace lianxin::client::text {

/// The first of two Hanzi side by side, read otherwise than alone: 令 of 令狐.
struct ReadPair {
  char32_t hanzi;
  char32_t next;
  std::uint32_t syllable;
  bool first_only;  ///< only where a name begins
};

/// Entries are a Hanzi (code point << 11) with the place of its syllable, ascending.
struct ReadingTable {
  std::span<const std::string_view> syllables;
  std::span<const std::uint32_t> usual;
  std::span<const std::uint32_t> first;  ///< what is read otherwise where a name begins: surnames
  std::span<const ReadPair> pairs;
};

inline constexpr unsigned kSyllableBits = 11;

extern const ReadingTable kReadings;

/// The syllable of a Hanzi, ASCII lower case, ü as v; empty = nobody knows how to read it. `first`: a name
/// begins with it; `next`: the Hanzi behind it, 0 = none.
[[nodiscard]] std::string_view syllable_of(char32_t hanzi, char32_t next, bool first);

/// The ranges in which Unicode puts Hanzi, and 〇.
[[nodiscard]] constexpr bool is_hanzi(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) ||
         c == 0x3007;
}

}  // namespace lianxin::client::text
