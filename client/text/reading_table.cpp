#include "client/text/reading_table.hpp"

#include <algorithm>

namespace lianxin::client::text {
namespace {

constexpr std::uint32_t kSyllableMask = (1U << kSyllableBits) - 1;

std::string_view found_in(std::span<const std::uint32_t> entries, char32_t hanzi) {
  const std::uint32_t lowest = static_cast<std::uint32_t>(hanzi) << kSyllableBits;
  const auto at = std::lower_bound(entries.begin(), entries.end(), lowest);
  if (at == entries.end() || *at >> kSyllableBits != hanzi) return {};
  return kReadings.syllables[*at & kSyllableMask];
}

}  // namespace

std::string_view syllable_of(char32_t hanzi, char32_t next, bool first) {
  for (const ReadPair& pair : kReadings.pairs) {
    if (pair.hanzi == hanzi && pair.next == next && (first || !pair.first_only))
      return kReadings.syllables[pair.syllable];
  }
  if (first) {
    if (const std::string_view surname = found_in(kReadings.first, hanzi); !surname.empty()) return surname;
  }
  return found_in(kReadings.usual, hanzi);
}

}  // namespace lianxin::client::text
