#include "client/import/village_name.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

constexpr std::size_t kNameMax = 12;

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         c == U'〇';
}

std::u32string without_blanks(std::string_view text) {
  std::u32string out;
  for (const char32_t c : to_utf32(half_width(text))) {
    if (c > 0x20 && c != 0xA0 && c != 0x200B && c != 0xFEFF) out.push_back(c);
  }
  return out;
}

/// Cuts the larger places before the village: "吉林省某县某镇保安村" -> "保安村". A sign that begins the
/// rest, or would leave no name, belongs to the name ("镇东村").
void cut_larger_places(std::u32string& name) {
  for (const std::u32string_view place : {U"省", U"自治州", U"市", U"县", U"街道", U"镇", U"乡", U"区"}) {
    const std::size_t at = name.find(place);
    const bool community = at != std::u32string::npos && at > 0 && name.compare(at - 1, 2, U"社区") == 0;
    if (at == std::u32string::npos || at == 0 || community) continue;
    const std::size_t after = at + place.size();
    if (name.size() >= after + 2) name.erase(0, after);
  }
}

/// Words in which 村 names no village.
bool is_general_word(const std::u32string& name) {
  static const std::array<std::u32string_view, 22> kGeneral{
      U"本村",   U"全村", U"各村", U"农村", U"驻村",   U"行政村", U"一村", U"我村",
      U"该村",   U"每村", U"他村", U"外村", U"回村",   U"在村",   U"离村", U"各社区",
      U"本社区", U"社区", U"村",   U"乡村", U"所在村", U"自然村"};
  return std::find(kGeneral.begin(), kGeneral.end(), name) != kGeneral.end();
}

/// The run of Han characters that ends with the sign at `at`.
std::u32string name_ending_at(const std::u32string& text, std::size_t at, std::size_t sign) {
  std::size_t first = at;
  while (first > 0 && is_han(text[first - 1]) && at - first < kNameMax)
    --first;
  std::u32string name = text.substr(first, at - first + sign);
  const bool after_digit = first > 0 && text[first - 1] >= U'0' && text[first - 1] <= U'9';
  // "2026年度保安村": the sign of the date before it.
  while (after_digit && name.size() > sign + 1 &&
         std::u32string_view(U"年月日度季").find(name.front()) != std::u32string_view::npos) {
    name.erase(0, 1);
  }
  cut_larger_places(name);
  for (const std::u32string_view label : {U"填报单位", U"所属", U"单位", U"关于"}) {
    if (name.rfind(label, 0) == 0) name.erase(0, label.size());
  }
  return name;
}

}  // namespace

std::string village_in(std::string_view text) {
  const std::u32string line = without_blanks(text.substr(0, 600));
  for (const std::u32string_view sign : {U"村", U"社区", U"居委会"}) {
    for (std::size_t at = line.find(sign); at != std::u32string::npos; at = line.find(sign, at + 1)) {
      // "村民", "村干部" and "村级" speak of people and ranks; a second 村 or 屯 belongs to the name before
      // it.
      const char32_t next = at + sign.size() < line.size() ? line[at + sign.size()] : U'\0';
      if (sign == U"村" && (next == U'民' || next == U'干' || next == U'级' || next == U'镇')) continue;
      const std::u32string name = name_ending_at(line, at, sign.size());
      if (name.size() > sign.size() && !is_general_word(name)) return to_utf8(name);
    }
  }
  return {};
}

std::string village_of_cell(std::string_view text) {
  const std::string plain = to_utf8(without_blanks(text));
  const std::string named = village_in(plain);
  return named.empty() ? plain : named;
}

std::string village_stem(std::string name) {
  static constexpr std::array<std::string_view, 9> kEndings{
      "村民委员会", "居民委员会", "村委会", "居委会", "社区", "村", "党总支", "党支部", "委员会"};
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view ending : kEndings) {
      if (name.size() <= ending.size() || !name.ends_with(ending)) continue;
      name.resize(name.size() - ending.size());
      cut = true;
      break;
    }
  }
  return name;
}

}  // namespace lianxin::client::import
