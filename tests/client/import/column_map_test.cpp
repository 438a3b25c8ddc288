#include "client/import/column_map.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import::test {

TEST_CASE("a map as JSON or as lines") {
  const auto json =
      ColumnMap::parse(R"({"columns": {"乡下的名字": "member.name", "@C": "member.gender", "杂": null}})");
  REQUIRE(json.ok());
  CHECK(*json->find(0, {"乡下的 名字"}) == "member.name");
  CHECK(*json->find(2, {"什么"}) == "member.gender");
  CHECK(*json->find(5, {"杂"}) == "-");
  CHECK(json->find(5, {"别的"}) == nullptr);
  const auto lines = ColumnMap::parse("# 说明\n联系方式/本人电话\tcontact_point.family\n备注\t\n");
  REQUIRE(lines.ok());
  CHECK(*lines->find(1, {"联系方式", "本人电话"}) == "contact_point.family");
  CHECK(lines->find(1, {"本人电话"}) == nullptr);
  CHECK(*lines->find(1, {"备注"}) == "-");
}

TEST_CASE("a map with a word nobody knows is refused") {
  CHECK(ColumnMap::parse("姓名\tmember.no_such").error().code == "import.map_target");
  CHECK(ColumnMap::parse("{\"a\": 1}").error().code == "import.map_malformed");
  CHECK(ColumnMap::parse("{\"a\": ").error().code == "import.map_malformed");
  CHECK(ColumnMap::parse("姓名").error().code == "import.map_malformed");
}

TEST_CASE("a person's word beats the vocabulary, and may name what nobody heads so") {
  RosterOptions options;
  REQUIRE(options.map.set("称呼", "member.name").ok());
  REQUIRE(options.map.set("备注", "member.home_address").ok());
  const Roster roster = roster_of("称呼,性别,备注\n张大山,男,一组3号\n", "a.csv", options);
  CHECK(person(roster, "张大山").value("member.home_address") == "一组3号");
  CHECK(roster.sheets[0].tables[0].columns[2].chosen);
}

TEST_CASE("letters read a sheet that has no headings") {
  RosterOptions options;
  REQUIRE(options.map.set("@a", "member.name").ok());
  REQUIRE(options.map.set("@B", "member.id_no").ok());
  const Roster roster = roster_of("薛海,220699199507142937\n张大山,\n", "保安村.csv", options);
  CHECK(person(roster, "薛海").value("member.id_no") == "220699199507142937");
  CHECK(person(roster, "张大山").id_missing);
}

}  // namespace lianxin::client::import::test
