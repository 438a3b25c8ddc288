#include "client/report/counted_words.hpp"

#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

bool is_in(std::u32string_view list, char32_t letter) { return list.find(letter) != list.npos; }
bool is_figure(char32_t letter) {
  constexpr char32_t kWideZero = 0xFF10;  // full-width digits
  return (letter >= U'0' && letter <= U'9') || (letter >= kWideZero && letter <= kWideZero + 9);
}

/// Where the number that begins here ends; `from` = there is none.
std::size_t number_end(std::u32string_view text, std::size_t from, const NumberWords& known) {
  std::size_t end = from;
  if (is_figure(text[from])) {
    const auto goes_on = [&](std::size_t at) {
      return is_figure(text[at]) ||
             (is_in(U".,", text[at]) && at + 1 < text.size() && is_figure(text[at + 1]));
    };
    while (end < text.size() && goes_on(end))
      ++end;
    return end;
  }
  bool has_ten = false;
  while (end < text.size() && is_in(known.numerals, text[end]))
    has_ten = is_in(known.tens, text[end++]) || has_ten;
  return has_ten ? end : from;
}

/// Where the measure word behind a number ends; 0 = there is none.
std::size_t measure_end(std::u32string_view text, std::size_t at, const NumberWords& known) {
  while (at < text.size() && (is_in(known.over, text[at]) || text[at] == U' '))
    ++at;
  for (const std::u32string& word : known.measures) {
    const std::size_t end = at + word.size();
    const bool is_months = end < text.size() && is_in(known.month, text[end]);
    if (!word.empty() && text.substr(at, word.size()) == word && !is_months) return end;
  }
  return 0;
}

}  // namespace

NumberWords number_words(const Messages& messages) {
  NumberWords known;
  for (const std::string& word : split(messages.get("report.measure_words"), ' '))
    known.measures.push_back(to_utf32(word));
  std::vector<std::string> parts = split(messages.get("report.number_words"), ' ');
  parts.resize(5);
  known.numerals = to_utf32(parts[0]);
  known.tens = to_utf32(parts[1]);
  known.over = to_utf32(parts[2]);
  known.ordinal = to_utf32(parts[3]);
  known.month = to_utf32(parts[4]);
  return known;
}

CountedWords find_counted(std::string_view words, const NumberWords& known) {
  const std::u32string text = to_utf32(words);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t number = number_end(text, at, known);
    if (number == at) {
      ++at;
      continue;
    }
    const bool is_ordinal = at > 0 && is_in(known.ordinal, text[at - 1]);
    const std::size_t end = is_ordinal ? 0 : measure_end(text, number, known);
    if (end != 0) return {to_utf8(text.substr(0, at)).size(), to_utf8(text.substr(at, end - at)).size()};
    at = number;
  }
  return {words.size(), 0};
}

}  // namespace lianxin::client::report
