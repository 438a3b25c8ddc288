#include "client/text/pinyin.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <unicode/parseerr.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "shared/base/text.hpp"

namespace lianxin::client::text {
namespace {

constexpr std::size_t kReadingsMax = 8;

/// ICU gives one reading; these characters have another that people type (measured against the national table
/// of names).
const std::map<char32_t, std::vector<std::string>>& second_readings() {
  static const std::map<char32_t, std::vector<std::string>> table = {
      {U'缪', {"miao", "mou"}},
      {U'朴', {"piao", "pu"}},
      {U'覃', {"qin", "tan"}},
      {U'曾', {"zeng", "ceng"}},
      {U'单', {"shan", "dan"}},
      {U'解', {"xie", "jie"}},
      {U'仇', {"qiu", "chou"}},
      {U'区', {"ou", "qu"}},
      {U'查', {"zha", "cha"}},
      {U'盖', {"ge", "gai"}},
      {U'乐', {"yue", "le"}},
      {U'翟', {"zhai", "di"}},
      {U'尉', {"yu", "wei"}},
      {U'长', {"chang", "zhang"}},
      {U'重', {"chong", "zhong"}},
      {U'行', {"xing", "hang"}},
      {U'樘', {"tang", "cheng"}},
      {U'员', {"yun", "yuan"}},
      {U'繁', {"po", "fan"}},
      {U'召', {"shao", "zhao"}},
      {U'折', {"she", "zhe"}},
      {U'黑', {"he", "hei"}},
      {U'种', {"chong", "zhong"}},
      {U'燕', {"yan"}},
      {U'冼', {"xian"}},
      {U'逄', {"pang"}},
      {U'那', {"na", "nuo"}},
      {U'柏', {"bai", "bo"}},
      {U'晟', {"sheng", "cheng"}},
      {U'茜', {"qian", "xi"}},
      {U'娜', {"na", "nuo"}},
      {U'芮', {"rui"}},
      {U'贾', {"jia", "gu"}},
      {U'石', {"shi", "dan"}},
      {U'卜', {"bu"}},
      {U'隗', {"wei", "kui"}},
  };
  return table;
}

bool is_hanzi(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF) ||
         c == 0x3007;
}

/// ICU transliterators are not thread-safe: one for all, behind a lock.
std::string latin_of(const std::u32string& hanzi) {
  static std::mutex mutex;
  static const std::unique_ptr<icu::Transliterator> names = [] {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    return std::unique_ptr<icu::Transliterator>(icu::Transliterator::createFromRules(
        "names", ":: Han-Latin/Names; :: NFD; u\\u0308 > v; :: [:Nonspacing Mark:] Remove; :: NFC;",
        UTRANS_FORWARD, where, status));
  }();
  const std::lock_guard lock(mutex);
  if (!names) return {};
  icu::UnicodeString text = icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(hanzi.data()),
                                                          static_cast<std::int32_t>(hanzi.size()));
  names->transliterate(text);
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

/// Syllables of a run of Hanzi; a character ICU cannot read stands for itself.
Reading syllables_of(const std::u32string& hanzi) {
  Reading whole;
  for (std::string& part : split(latin_of(hanzi), ' ')) {
    if (!part.empty()) whole.push_back(to_lower_ascii(part));
  }
  if (whole.size() == hanzi.size()) return whole;
  Reading single;
  for (const char32_t c : hanzi)
    single.push_back(to_lower_ascii(trim(latin_of(std::u32string(1, c)))));
  return single;
}

struct Syllables {
  Reading usual;
  std::vector<char32_t> characters;  ///< 0 where the syllable is not one Hanzi
};

Syllables read_usual(std::string_view name) {
  Syllables out;
  const std::u32string characters = to_utf32(name);
  std::size_t at = 0;
  while (at < characters.size()) {
    std::size_t end = at;
    const bool hanzi = is_hanzi(characters[at]);
    while (end < characters.size() && is_hanzi(characters[end]) == hanzi)
      ++end;
    const std::u32string run = characters.substr(at, end - at);
    if (hanzi) {
      for (std::string& s : syllables_of(run))
        out.usual.push_back(std::move(s));
      out.characters.insert(out.characters.end(), run.begin(), run.end());
    } else if (const std::string word = to_lower_ascii(trim(to_utf8(run))); !word.empty() && run != U"·") {
      out.usual.push_back(word);
      out.characters.push_back(0);
    }
    at = end;
  }
  return out;
}

}  // namespace

std::vector<Reading> name_readings(std::string_view name) {
  const Syllables read = read_usual(name);
  if (read.usual.empty()) return {};
  std::vector<Reading> all = {read.usual};
  for (std::size_t i = 0; i < read.characters.size(); ++i) {
    const auto found = second_readings().find(read.characters[i]);
    if (found == second_readings().end()) continue;
    const std::size_t before = all.size();
    for (std::size_t k = 0; k < before; ++k) {
      for (const std::string& other : found->second) {
        if (other == all[k][i] || all.size() >= kReadingsMax) continue;
        Reading variant = all[k];
        variant[i] = other;
        all.push_back(std::move(variant));
      }
    }
  }
  return all;
}

std::string fold_pinyin(std::string_view typed) {
  std::string out;
  for (const char32_t c : to_utf32(typed)) {
    if (c == U'ü' || c == U'Ü') {
      out += 'v';
    } else if (c < 0x80 && c != U' ' && c != U'\'') {
      out += static_cast<char>(c);
    }
  }
  return to_lower_ascii(out);
}

}  // namespace lianxin::client::text
