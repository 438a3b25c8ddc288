#include "client/text/pinyin.hpp"

#include <map>

#include "client/text/reading_table.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::text {
namespace {

constexpr std::size_t kReadingsMax = 8;

/// The tables give one reading; these characters have another that people type (measured against the national
/// table of names).
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

/// Syllables of a run of Hanzi; one that nobody knows how to read stands for itself.
Reading syllables_of(std::u32string_view hanzi) {
  Reading whole;
  for (std::size_t i = 0; i < hanzi.size(); ++i) {
    const std::string_view syllable = syllable_of(hanzi[i], i + 1 < hanzi.size() ? hanzi[i + 1] : 0, i == 0);
    whole.push_back(syllable.empty() ? to_utf8(hanzi.substr(i, 1)) : std::string(syllable));
  }
  return whole;
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
