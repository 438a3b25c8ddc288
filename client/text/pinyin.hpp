#pragma once
// Pinyin of people's names for search (reading_table.hpp; a table of second readings beside it, notes in
// README).
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::client::text {

/// One way to read a name: its syllables in order, ASCII lower case ("ou", "yang", "jian"); ü is "v".
using Reading = std::vector<std::string>;

/// Every reading worth finding: the usual one first, then those with a second reading of the surname or of
/// one character (at most 8). Characters that are no Hanzi stay as one syllable each run. Thread-safe.
[[nodiscard]] std::vector<Reading> name_readings(std::string_view name);

/// What a person may have typed for ü: "lu", "lü", "lv" are one.
[[nodiscard]] std::string fold_pinyin(std::string_view typed);

}  // namespace lianxin::client::text
