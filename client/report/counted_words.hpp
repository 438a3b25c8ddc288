#pragma once
// Numbers that stand in words: "250次", "２００余人", "五十条". Dates, "1+N" and "第3次" are none.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/message.hpp"

namespace lianxin::client::report {

/// How numbers are written in a text (texts "report.measure_words", "report.number_words").
struct NumberWords {
  std::vector<std::u32string> measures;
  std::u32string numerals;  ///< characters that are digits
  std::u32string tens;      ///< those of them that make a number of more than one digit
  std::u32string over;      ///< between number and measure word: "余"
  std::u32string ordinal;   ///< before a number that counts nothing
  std::u32string month;     ///< behind a measure word that counts nothing
};
[[nodiscard]] NumberWords number_words(const Messages& messages);

/// Bytes of the words; `begin` is their end and `length` 0 where there is no such number.
struct CountedWords {
  std::size_t begin = 0;
  std::size_t length = 0;
};

/// The first number followed by one of the measure words. Numbers in characters need a ten or a hundred in
/// them: "一村一表" counts nothing.
[[nodiscard]] CountedWords find_counted(std::string_view words, const NumberWords& known);

}  // namespace lianxin::client::report
