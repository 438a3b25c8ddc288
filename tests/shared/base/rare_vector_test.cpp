#include "shared/base/rare_vector.hpp"

#include <doctest/doctest.h>
#include <random>
#include <string>

namespace {

using lianxin::RareVector;
using RareTexts = RareVector<std::string>;

TEST_CASE("a rare vector does what a vector does, and so do its copies") {
  std::mt19937 random(12);
  RareTexts text;
  std::vector<std::string> plain;
  for (int step = 0; step < 3000; ++step) {
    const std::string one = std::to_string(step) + std::string(random() % 30, 'x');
    const auto at = plain.empty() ? 0 : static_cast<std::ptrdiff_t>(random() % plain.size());
    switch (random() % 6) {
      case 0:
        text.push_back(one);
        plain.push_back(one);
        REQUIRE(text.back() == one);
        break;
      case 1:
        REQUIRE(*text.insert(text.begin() + at, one) == one);
        plain.insert(plain.begin() + at, one);
        break;
      case 2:
      case 3:
        if (plain.empty()) break;
        REQUIRE(text.erase(text.begin() + at) - text.begin() == at);
        plain.erase(plain.begin() + at);
        break;
      case 4: {
        const RareTexts copy = text;
        RareTexts other{"a", "b", "c"};
        other = std::move(text);
        REQUIRE(text.empty());  // NOLINT(bugprone-use-after-move): that is what it promises
        REQUIRE(other == copy);
        text = copy;
        break;
      }
      default:
        if (plain.size() < 4) break;
        text.clear();
        plain.clear();
        break;
    }
    REQUIRE(text == RareTexts(plain));
    REQUIRE(text.size() == plain.size());
    REQUIRE(text.empty() == plain.empty());
    REQUIRE((plain.empty() || (text.front() == plain.front() && text[plain.size() - 1] == plain.back())));
  }
}

TEST_CASE("an empty one takes the room of a pointer and equals one that was emptied") {
  CHECK(sizeof(RareTexts) == sizeof(void*));
  RareTexts emptied{"a"};
  emptied.erase(emptied.begin());
  CHECK(emptied == RareTexts());
  CHECK(emptied.begin() == emptied.end());
  CHECK(RareTexts().begin() == RareTexts().end());
}

}  // namespace
