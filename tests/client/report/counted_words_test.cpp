// Numbers with a measure word in running text, and what only looks like one.
#include "client/report/counted_words.hpp"

#include <doctest/doctest.h>

#include "assets/assets.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::client::report;

std::string found(std::string_view words) {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  const auto at = find_counted(words, number_words(kMessages));
  return std::string(words.substr(at.begin, at.length));
}

TEST_CASE("a number with a measure word is found, in every way offices write it") {
  CHECK(found("走访250次。") == "250次");
  CHECK(found("走访２００余人次，") == "２００余人次");
  CHECK(found("走访1,250 次") == "1,250 次");
  CHECK(found("占80.5%") == "80.5%");
  CHECK(found("走访二百余次") == "二百余次");
  CHECK(found("visited 25 times") == "25 times");
}

TEST_CASE("days, ordinals, months, slogans and lone numerals count nothing") {
  for (const char* words : {"2026年9月30日", "实行“1+N”结对", "第3次会议", "3个月内",
                            "一村一表、两条线、三招", "百分之八十", "", "次次250"})
    CHECK(found(words).empty());
}

}  // namespace
