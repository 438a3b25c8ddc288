#include "client/text/reading_table.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

#include "client/text/icu_reader.hpp"
#include "shared/base/text.hpp"

namespace {

using namespace lianxin::client::text;

/// What the tables say of Hanzi side by side; one without a syllable stands for itself.
std::vector<std::string> read_by_tables(const std::u32string& hanzi) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < hanzi.size(); ++i) {
    const auto syllable = syllable_of(hanzi[i], i + 1 < hanzi.size() ? hanzi[i + 1] : 0, i == 0);
    out.push_back(syllable.empty() ? lianxin::to_utf8(hanzi.substr(i, 1)) : std::string(syllable));
  }
  return out;
}

void check_same(const IcuReader& icu, const std::u32string& hanzi) {
  INFO(lianxin::to_utf8(hanzi));
  CHECK(read_by_tables(hanzi) == icu.read(hanzi));
}

TEST_CASE("the tables read every name as ICU's rules do") {
  const IcuReader icu;
  std::mt19937 dice(20261130);
  std::uniform_int_distribution<std::uint32_t> any(0x4E00, 0x9FA5);
  for (int i = 0; i < 2000; ++i) {
    std::u32string name;
    for (std::size_t length = 1 + dice() % 4; name.size() < length;)
      name += static_cast<char32_t>(any(dice));
    check_same(icu, name);
  }
  // What ICU's rules name, first, in the middle and twice.
  for (const ReadPair& pair : kReadings.pairs) {
    const std::u32string two = {pair.hanzi, pair.next};
    check_same(icu, two);
    check_same(icu, two + two);
    check_same(icu, U"王" + two);
    check_same(icu, std::u32string(1, pair.hanzi) + U"一" + two);
  }
  for (const std::uint32_t entry : kReadings.first) {
    const std::u32string surname(1, static_cast<char32_t>(entry >> kSyllableBits));
    check_same(icu, surname);
    check_same(icu, surname + surname);
    check_same(icu, U"王" + surname);
  }
}

TEST_CASE("the tables know the Hanzi of the national standard, and nothing that is no Hanzi") {
  CHECK(kReadings.usual.size() > 40000);
  CHECK(kReadings.first.size() >= 15);
  CHECK(kReadings.pairs.size() >= 8);
  std::size_t unread = 0;
  for (char32_t c = 0x4E00; c <= 0x9FA5; ++c)
    unread += syllable_of(c, 0, false).empty() ? 1 : 0;
  CHECK(unread < 200);
  CHECK(syllable_of(U'〇', 0, false) == "ling");
  CHECK(syllable_of(U'a', 0, true).empty());
  CHECK(syllable_of(0x10FFFF, 0, true).empty());
}

TEST_CASE("ICU names the pairs that are read otherwise than alone") {
  const auto pairs = IcuReader().pairs();
  CHECK(std::find(pairs.begin(), pairs.end(), std::pair{U'令', U'狐'}) != pairs.end());
  CHECK(syllable_of(U'令', U'狐', true) == "ling");
  CHECK(syllable_of(U'万', U'俟', true) == "mo");
  CHECK(syllable_of(U'万', 0, true) == "wan");
}

}  // namespace
