#include "shared/domain/code_reader.hpp"

#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kCodeWordsMin = 3;
constexpr std::size_t kCodeWordsMax = 4;

Error malformed(std::size_t line, std::string why) {
  return fail("codes.malformed", {{"line", std::to_string(line)}, {"why", std::move(why)}});
}

/// A word may stand twice for one code (its English name is often the code), never for two.
bool add_word(CodeList& list, std::string_view word, std::size_t place) {
  const std::string plain = plain_code_word(word);
  return !plain.empty() && list.by_word.emplace(plain, place).first->second == place;
}

Status add_code(CodeList& list, const std::vector<std::string>& words, std::size_t line) {
  if (words.size() < kCodeWordsMin || words.size() > kCodeWordsMax) return malformed(line, "columns");
  Code code{words[0], words[1], words[2], {}};
  if (words.size() == kCodeWordsMax) code.synonyms = split(words[3], '|');
  const std::size_t place = list.codes.size();
  std::vector<std::string> all = code.synonyms;
  all.insert(all.end(), {code.code, code.zh, code.en});
  for (const std::string& word : all) {
    if (!add_word(list, word, place)) return malformed(line, "word twice: " + word);
  }
  list.codes.push_back(std::move(code));
  return {};
}

}  // namespace

std::string plain_code_word(std::string_view text) {
  std::u32string plain;
  for (const char32_t c : to_utf32(half_width(text))) {
    const bool blank =
        c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0x00A0 || c == 0x200B || c == 0xFEFF;
    if (!blank) plain.push_back(c);
  }
  return to_lower_ascii(to_utf8(plain));
}

Status read_code_lists(std::string_view tsv, CodeLists& into) {
  CodeList* list = nullptr;
  std::size_t number = 0;
  for (const std::string& line : split(tsv, '\n')) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> words = split(line, '\t');
    if (words.front() == "list") {
      if (words.size() != 2) return malformed(number, "list");
      const auto [place, fresh] = into.try_emplace(words[1]);
      if (!fresh) return malformed(number, "list twice: " + words[1]);
      list = &place->second;
    } else if (list == nullptr) {
      return malformed(number, "a code before the first list");
    } else {
      LX_DO(add_code(*list, words, number));
    }
  }
  return {};
}

}  // namespace lianxin::domain
