#include "client/app/roster_people.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::app {
namespace {

const Id kHere = Id::make(1);
const Id kThere = Id::make(2);

RosterPerson person(const char* name, const char* id_no, const char* born, const Id& village = kHere) {
  return {Id::make(3), name, id_no, born, village};
}

RosterPeople people_with(std::vector<RosterPerson> known) {
  RosterPeople people;
  for (RosterPerson& one : known)
    people.add(std::move(one));
  return people;
}

}  // namespace

TEST_CASE("the same ID number and name is the same person, wherever he lives") {
  const RosterPerson known = person("赵一", "220699196610196876", "1966-10-19");
  RosterPeople people = people_with({known});
  const auto match = people.match(person("赵一", "220699196610196876", "", kThere));
  CHECK(match.same == known.id);
  CHECK(match.basis == "id");
}

TEST_CASE("an ID number under another name is nobody's and held") {
  RosterPeople people = people_with({person("赵一", "220699196610196876", "1966-10-19")});
  const auto match = people.match(person("钱二", "220699196610196876", ""));
  CHECK(match.same.is_nil());
  CHECK(match.other_name);
}

TEST_CASE("without a number, name, village and birth month decide") {
  const RosterPerson known = person("赵一", "", "1966-10-19");
  CHECK(people_with({known}).match(person("赵一", "220699196610196876", "1966-10")).same == known.id);
  CHECK(people_with({known}).match(person("赵一", "", "1966-11")).same.is_nil());
  CHECK(people_with({person("孙三", "", "")}).match(person("孙三", "", "")).basis == "name");
}

TEST_CASE("two numbers never make one person") {
  RosterPeople people = people_with({person("赵一", "220699196610196876", "1966-10-19")});
  const auto match = people.match(person("赵一", "220699195112183859", "1966-10-19"));
  CHECK(match.same.is_nil());
  CHECK(match.lookalikes.empty());
}

TEST_CASE("a year alone, or another village, makes a lookalike and not a match") {
  const RosterPerson known = person("赵一", "", "1966-10-19");
  const auto year = people_with({known}).match(person("赵一", "", "1966"));
  CHECK(year.same.is_nil());
  REQUIRE(year.lookalikes.size() == 1);
  CHECK(year.lookalikes[0] == known.id);
  const auto elsewhere = people_with({known}).match(person("赵一", "", "1966-10", kThere));
  CHECK(elsewhere.same.is_nil());
  CHECK(elsewhere.lookalikes.size() == 1);
  CHECK(people_with({known}).match(person("赵一", "", "1966", kThere)).lookalikes.empty());
}

TEST_CASE("name, village and his own mobile number are one person, unless the births differ") {
  RosterPerson known = person("赵一", "", "1966");
  known.mobiles = {"19900001111"};
  RosterPerson row = person("赵一", "", "1966");
  row.mobiles = {"19900002222", "19900001111"};
  CHECK(people_with({known}).match(row).same == known.id);
  CHECK(people_with({known}).match(row).basis == "name_phone");
  row.village = kThere;
  CHECK(people_with({known}).match(row).same.is_nil());
  row.village = kHere;
  row.born = "1970";
  CHECK(people_with({known}).match(row).same.is_nil());
}

TEST_CASE("two of one name in one file stay two") {
  const RosterPerson first = person("赵一", "", "");
  RosterPeople people = people_with({first});
  CHECK(people.match(person("赵一", "", "")).same == first.id);
  CHECK(people.match(person("赵一", "", "")).same.is_nil());
}

}  // namespace lianxin::client::app
