#include "client/import/roster_duplicates.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import::test {
namespace {

Roster three_columns(const std::string& lines) {
  return roster_of("姓名,身份证号,出生年月,联系电话\n" + lines, "保安村.csv");
}

}  // namespace

TEST_CASE("the same number and name is certain, and all later rows point to the first") {
  const Roster roster = three_columns(
      "薛海,220699199507142937,,\n薛  海,'220699199507142937,,\n薛海,220699199507142937,,19900001111\n");
  CHECK_FALSE(roster.rows[0].duplicate_of.has_value());
  REQUIRE(roster.rows[1].duplicate_of.has_value());
  CHECK(roster.rows[1].duplicate_of->row_index == 0);
  REQUIRE(roster.rows[2].duplicate_of.has_value());
  CHECK(roster.rows[2].duplicate_of->row_index == 0);
}

TEST_CASE("one number under two names is held") {
  const Roster roster = three_columns("薛海,220699199507142937,,\n张大山,220699199507142937,,\n");
  CHECK(roster.rows[0].quarantine.empty());
  CHECK(roster.rows[1].quarantine == "id_of_other_person");
  CHECK(roster.rows[1].value("member.id_no").empty());
  REQUIRE(roster.rows[1].possible_twins.size() == 1);
  CHECK(roster.rows[1].possible_twins[0].basis == "id_other_name");
}

TEST_CASE("name and birth, or name and telephone, is possible and stays apart") {
  const Roster born = three_columns("薛海,,1995.7,\n薛海,,1995年7月14日,\n");
  CHECK_FALSE(born.rows[1].duplicate_of.has_value());
  REQUIRE(born.rows[1].possible_twins.size() == 1);
  CHECK(born.rows[1].possible_twins[0].basis == "name_born");
  const Roster phone = three_columns("薛海,,,19900001111\n薛海,,,19900001111\n");
  REQUIRE(phone.rows[1].possible_twins.size() == 1);
  CHECK(phone.rows[1].possible_twins[0].basis == "name_phone");
  // A ruined number does not hide the twin.
  const Roster ruined = three_columns("薛海,220699199507142937,,\n薛海,2.20699E+17,1995.7,\n");
  CHECK(ruined.rows[1].possible_twins.size() == 1);
}

TEST_CASE("two people of one name with two numbers, or two births, are two people") {
  const Roster numbers =
      three_columns("薛海,220699199507142937,,19900001111\n薛海,220699196610196876,,19900001111\n");
  CHECK(numbers.rows[1].possible_twins.empty());
  const Roster births = three_columns("薛海,,1995.7,\n薛海,,1995.8,\n");
  CHECK(births.rows[1].possible_twins.empty());
  const Roster couple = three_columns("薛海,,,19900001111\n李梅,,,19900001111\n");
  CHECK(couple.rows[1].possible_twins.empty());
}

}  // namespace lianxin::client::import::test
