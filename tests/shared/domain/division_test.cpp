#include "shared/domain/division.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <string>

#include "shared/base/file.hpp"
#include "tests/support/divisions.hpp"
#include "tests/support/utf16.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

const std::string kHead = "code,name,level,parent\n";
const std::string kCounty = "220699,甲县,county,\n";

std::string fault(const std::string& csv) {
  const auto list = test::all_divisions(csv);
  return list.ok() ? "read" : list.error().code + " " + list.error().args.at(0).value;
}

TEST_CASE("a list is read whole") {
  const auto list = test::all_divisions(
      "\xEF\xBB\xBF" + kHead + kCounty +
      "220699100,乙镇,township,220699\r\n\n220699100200,\"丙,\"\"老\"\"村\",village,220699100");
  REQUIRE(list.ok());
  REQUIRE(list->size() == 3);
  CHECK(list->at(0).parent.empty());
  CHECK(list->at(1).level == "township");
  CHECK(list->at(2).name == "丙,\"老\"村");
  CHECK(list->at(2).parent == "220699100");
}

TEST_CASE("the county's list: one county, eight townships, 118 villages") {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  const auto text = read_file(std::string(root) + "/assets/divisions/divisions-220622.csv", 1 << 20);
  REQUIRE(text.ok());
  const auto list = test::all_divisions(*text);
  REQUIRE(list.ok());
  std::size_t townships = 0;
  std::size_t villages = 0;
  for (const Division& division : *list) {
    townships += division.level == "township" ? 1 : 0;
    villages += division.level == "village" ? 1 : 0;
  }
  CHECK(townships == 8);
  CHECK(villages == 118);
}

TEST_CASE("the line of a fault is named") {
  CHECK(fault("") == "division.heading 1");
  CHECK(fault("name,code\n") == "division.heading 1");
  CHECK(fault(kHead + kCounty + "220699100,乙镇,township\n") == "division.columns 3");
  CHECK(fault(kHead + "2206,甲,county,\n") == "division.code 2");
  CHECK(fault(kHead + "22069a,甲,county,\n") == "division.code 2");
  CHECK(fault(kHead + "220699,,county,\n") == "division.name 2");
  CHECK(fault(kHead + "220699,甲,planet,\n") == "division.level 2");
  CHECK(fault(kHead + kCounty + kCounty) == "division.twice 3");
  CHECK(fault(kHead + "220699100,乙镇,township,220699\n") == "division.parent 2");
  CHECK(fault(kHead + "220699,\"甲,county,\n") == "division.columns 2");
  // Nothing lies in itself, also where the county knows the code already.
  CHECK(fault(kHead + kCounty + "220699100,乙镇,township,220699100\n") == "division.above 3");
  CHECK(fault(kHead + kCounty + "220699100,乙镇,township,220699100200\n") == "division.above 3");
  CHECK(fault(kHead + "220699,\xC3\x28,county,\n") == "division.encoding 2");
  CHECK(fault("\xFF\xFE" + test::as_utf16(kHead + kCounty) + "x") == "division.encoding 3");
  CHECK(fault("\xFF\xFE" + test::as_utf16("co\n")) == "division.heading 1");
  CHECK(fault(kHead + std::string(2000, 'x')) == "division.too_long 2");
}

TEST_CASE(
    "a list is read as a spreadsheet saves it: Unicode text with tabs, with and without mark, GB 18030") {
  const std::string tabs =
      "code\tname\tlevel\tparent\r\n220699\t甲县\tcounty\t2206\r\n220699100\t\"乙,镇\"\ttownship\t220699\r\n";
  const std::string gb =
      kHead + "220699,\xBC\xD7\xCF\xD8,county,\n220699100,\"\xD2\xD2,\xD5\xF2\",township,220699\n";
  for (const std::string& file :
       {tabs, "\xFF\xFE" + test::as_utf16(tabs), "\xFE\xFF" + test::as_utf16(tabs, false),
        test::as_utf16(tabs), test::as_utf16(tabs, false), gb}) {
    const auto list = test::all_divisions(file);
    REQUIRE(list.ok());
    REQUIRE(list->size() == 2);
    CHECK((*list)[0].name == "甲县");
    CHECK((*list)[1].name == "乙,镇");
    CHECK((*list)[1].parent == "220699");
  }
}

TEST_CASE("a long list in another encoding is read from its beginning on, and its fault has its line") {
  std::string text = "code\tname\tlevel\tparent\n220699\t甲县\tcounty\t\n220699100\t乙镇\ttownship\t220699\n";
  constexpr int kVillages = 899;
  for (int v = 1; v <= kVillages; ++v)
    text +=
        "220699100" + std::to_string(100 + v) + "\t" + std::string(60, 'x') + "丙村\tvillage\t220699100\n";
  const auto list = test::all_divisions("\xFF\xFE" + test::as_utf16(text));
  REQUIRE(list.ok());
  CHECK(list->size() == kVillages + 2);
  CHECK(list->back().name.ends_with("丙村"));
  CHECK(fault(test::as_utf16(text) + std::string("\x00\xD8\x0A\x00", 4)) == "division.encoding 903");
}

TEST_CASE("pieces of any size give the same list, one division at a time") {
  const std::string csv =
      kHead + kCounty + "220699100,乙镇,township,220699\n220699100200,丙村,village,220699100";
  for (std::size_t size = 1; size < csv.size(); ++size) {
    std::string names;
    DivisionReader reader([&](Division&& division) -> Status {
      names += division.name;
      return {};
    });
    for (std::size_t at = 0; at < csv.size(); at += size)
      REQUIRE(reader.feed(std::string_view(csv).substr(at, size)).ok());
    REQUIRE(reader.finish().ok());
    CHECK(names == "甲县乙镇丙村");
  }
}

TEST_CASE("what the taker refuses ends the reading") {
  DivisionReader reader([](Division&&) -> Status { return fail("store.full"); });
  Status status = reader.feed(kHead + kCounty);
  if (status.ok()) status = reader.finish();
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == "store.full");
}

TEST_CASE("a list of a country's size is read in one go") {
  constexpr int kTownships = 999;
  constexpr int kVillages = 99;
  std::size_t count = 0;
  DivisionReader reader([&](Division&&) -> Status {
    ++count;
    return {};
  });
  REQUIRE(reader.feed(kHead + kCounty).ok());
  for (int t = 1; t <= kTownships; ++t) {
    const std::string code = "220699" + std::to_string(1000 + t).substr(1);
    std::string piece = code + ",镇,township,220699\n";
    for (int v = 1; v <= kVillages; ++v)
      piece += code + std::to_string(1000 + v).substr(1) + ",村,village," + code + "\n";
    REQUIRE(reader.feed(piece).ok());
  }
  REQUIRE(reader.finish().ok());
  CHECK(count == 1 + kTownships * (kVillages + 1));
}

}  // namespace
