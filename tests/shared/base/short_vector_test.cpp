#include "shared/base/short_vector.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace {

using lianxin::ShortVector;
using ShortTexts = ShortVector<std::string>;

bool same_texts(const ShortTexts& a, const std::vector<std::string>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

TEST_CASE("a short vector does what a vector does, and so do its copies") {
  std::mt19937 random(11);
  ShortTexts text;
  std::vector<std::string> plain;
  for (int step = 0; step < 4000; ++step) {
    const std::string one = std::to_string(step) + std::string(random() % 30, 'x');
    const auto at = plain.empty() ? 0 : static_cast<std::ptrdiff_t>(random() % plain.size());
    switch (random() % 8) {
      case 0:
      case 1:
        text.push_back(one);
        plain.push_back(one);
        break;
      case 2:
        REQUIRE(*text.insert(text.begin() + at, one) == one);
        plain.insert(plain.begin() + at, one);
        break;
      case 3:
      case 4:
      case 5:
        if (plain.empty()) break;
        REQUIRE(text.erase(text.begin() + at) - text.begin() == at);
        plain.erase(plain.begin() + at);
        break;
      case 6: {
        const ShortTexts copy = text;
        ShortTexts other{"a", "b", "c"};
        other = std::move(text);
        REQUIRE(text.empty());  // NOLINT(bugprone-use-after-move): that is what it promises
        REQUIRE(other == copy);
        text = copy;
        break;
      }
      default:
        if (plain.size() > 3) {
          text.clear();
          plain.clear();
        }
        break;
    }
    REQUIRE(text.size() == plain.size());
    REQUIRE(text.empty() == plain.empty());
    REQUIRE(same_texts(text, plain));
    if (plain.empty()) continue;
    REQUIRE(text.front() == plain.front());
    REQUIRE(text.back() == plain.back());
    REQUIRE(text[plain.size() / 2] == plain[plain.size() / 2]);
  }
}

TEST_CASE("one element of a short vector lies inside it, and what it holds is let go of once") {
  const auto held = std::make_shared<int>(1);
  {
    ShortVector<std::shared_ptr<int>> one{held};
    const auto* place = reinterpret_cast<const char*>(&one.front());
    CHECK(place >= reinterpret_cast<const char*>(&one));
    CHECK(place < reinterpret_cast<const char*>(&one + 1));
    ShortVector<std::shared_ptr<int>> two{held, held, held};
    CHECK(held.use_count() == 5);
    two = one;
    CHECK(held.use_count() == 3);
    one = std::move(two);
    CHECK(held.use_count() == 2);
    CHECK(erase_if(one, [](const auto&) { return true; }) == 1);
    CHECK(held.use_count() == 1);
  }
  CHECK(held.use_count() == 1);
}

TEST_CASE("what is wanted goes from a short vector, the rest keeps its order") {
  ShortVector<int> all{1, 2, 3, 4, 5};
  CHECK(erase_if(all, [](int one) { return one % 2 == 0; }) == 2);
  CHECK(all == ShortVector<int>{1, 3, 5});
  CHECK_FALSE(all == ShortVector<int>{1, 3});
}

}  // namespace
