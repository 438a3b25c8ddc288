#include "shared/base/flat_map.hpp"

#include <doctest/doctest.h>
#include <map>
#include <random>
#include <string>

namespace {

using lianxin::FlatMap;
using Numbers = FlatMap<int, std::string>;

TEST_CASE("a flat map does what an ordered map does, and so do its copies") {
  std::mt19937 random(7);
  Numbers flat;
  std::map<int, std::string> plain;
  Numbers flat_before;
  std::map<int, std::string> plain_before;
  const auto same = [](const Numbers& a, const std::map<int, std::string>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
      return x.first == y.first && x.second == y.second;
    });
  };
  for (int step = 0; step < 2000; ++step) {
    const int key = static_cast<int>(random() % 40);
    switch (random() % 4) {
      case 0:
        flat.erase(key);
        plain.erase(key);
        break;
      case 1:  // a copy shares the entries until one side is written
        flat_before = flat;
        plain_before = plain;
        break;
      default:
        flat[key] += std::to_string(step);
        plain[key] += std::to_string(step);
        break;
    }
    REQUIRE(same(flat, plain));
    REQUIRE(same(flat_before, plain_before));
    REQUIRE((flat == flat_before) == (plain == plain_before));
    REQUIRE((std::as_const(flat).find(key) != std::as_const(flat).end()) == (plain.count(key) == 1));
  }
}

TEST_CASE("writing through one copy of a flat map leaves the other alone") {
  Numbers one;
  one[1] = "a";
  Numbers two = one;
  one.at(1) = "b";
  CHECK(two.at(1) == "a");
  for (auto& [key, text] : two)
    text = "c";
  CHECK(one.at(1) == "b");
  Numbers three = two;
  three.erase(2);  // nothing to write
  CHECK(three == two);
  three.find(1)->second = "d";
  CHECK(two.at(1) == "c");
}

Numbers::Gathering gathered(std::initializer_list<std::pair<int, std::string>> entries) {
  Numbers::Gathering all(2);
  for (const auto& [key, text] : entries)
    all.add(key, text);
  return all;
}

TEST_CASE("a flat map of gathered entries sorts them and refuses a key that comes twice") {
  const auto made = gathered({{3, "c"}, {1, "a"}, {2, "b"}}).taken();
  REQUIRE(made);
  CHECK(made->size() == 3);
  CHECK(made->begin()->first == 1);
  CHECK(made->lower_bound(3)->second == "c");
  CHECK_FALSE(gathered({{1, "a"}, {2, "b"}, {1, "b"}}).taken());
  // Runs that are sorted already, few and many.
  for (const int length : {1, 2, 5, 16, 40}) {
    CAPTURE(length);
    Numbers::Gathering all(40);
    for (int run = 0; run * length < 40; ++run) {
      for (int key = 40 - (run + 1) * length; key < 40 - run * length; ++key)
        all.add(key, std::to_string(key));
    }
    const auto runs = all.taken();
    REQUIRE(runs);
    int before = runs->begin()->first - 1;
    for (const auto& [key, text] : *runs) {
      CHECK(key == before + 1);
      CHECK(text == std::to_string(key));
      before = key;
    }
    CHECK(before == 39);
  }
  CHECK(gathered({}).taken()->empty());
}

TEST_CASE("room made in a flat map keeps what it has and leaves its copies alone") {
  Numbers one;
  one.reserve(3);
  CHECK(one.empty());
  one[1] = "a";
  const Numbers two = one;
  one.reserve(100);
  one[2] = "b";
  CHECK(two.size() == 1);
  CHECK(one.size() == 2);
  CHECK(one.at(1) == "a");
  Numbers three = std::move(one);
  CHECK(three.at(2) == "b");
  one = three;
  CHECK(one == three);
  one.reserve(1);
  CHECK(one == three);
}

}  // namespace
