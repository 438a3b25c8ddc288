#include "client/text/pinyin.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "shared/base/text.hpp"

namespace {

using lianxin::client::text::fold_pinyin;
using lianxin::client::text::name_readings;

bool reads(std::string_view name, std::string_view joined) {
  const auto all = name_readings(name);
  return std::any_of(all.begin(), all.end(), [&](const auto& r) { return lianxin::join(r, " ") == joined; });
}

TEST_CASE("surnames are read as surnames") {
  CHECK(lianxin::join(name_readings("单立新").front(), " ") == "shan li xin");
  CHECK(lianxin::join(name_readings("曾红梅").front(), " ") == "zeng hong mei");
  CHECK(lianxin::join(name_readings("尉迟远").front(), " ") == "yu chi yuan");
}

TEST_CASE("a second reading is found as well as the usual one") {
  CHECK(reads("缪春", "miao chun"));
  CHECK(reads("缪春", "mou chun"));
  CHECK(reads("朴顺姬", "piao shun ji"));
  CHECK(reads("覃海", "qin hai"));
  CHECK(reads("单立新", "dan li xin"));
}

TEST_CASE("the number of readings is bounded") { CHECK(name_readings("曾单解仇区查盖乐").size() <= 8); }

TEST_CASE("rare characters and dots do not stop the reading") {
  CHECK(reads("王𬭎", "wang hong"));
  const auto dotted = name_readings("阿依古丽·买买提");
  REQUIRE(!dotted.empty());
  CHECK(dotted.front().size() == 7);
  CHECK(name_readings("").empty());
}

TEST_CASE("u with dots is v, however it was typed") {
  CHECK(lianxin::join(name_readings("吕梅").front(), " ") == "lv mei");
  CHECK(fold_pinyin("Lü Mei") == "lvmei");
  CHECK(fold_pinyin("lv'mei") == "lvmei");
}

}  // namespace
