#include "client/app/roster_people.hpp"

#include <cstdint>
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

TEST_CASE("in a register of ours a year as it stands here decides, where one alone has the name") {
  const RosterPerson known = person("赵一", "", "1966");
  CHECK(people_with({known}).match(person("赵一", "", "1966"), true).same == known.id);
  CHECK(people_with({known}).match(person("赵一", "", "1966"), true).basis == "name_born");
  CHECK(people_with({person("赵一", "", "1966-10")}).match(person("赵一", "", "1966"), true).same.is_nil());
  CHECK(people_with({known}).match(person("赵一", "", "1966", kThere), true).same.is_nil());
  RosterPeople two = people_with({known, person("赵一", "", "1966")});
  const auto either = two.match(person("赵一", "", "1966"), true);
  CHECK(either.same.is_nil());
  CHECK(either.lookalikes.size() == 2);
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

TEST_CASE("a list of people we know: one of that name and village, told apart by the printed telephone") {
  const auto known = [](std::int64_t at, const char* name, const char* born, std::vector<std::string> numbers,
                        const Id& village = kHere) {
    RosterPerson out{Id::make(at), name, "", born, village};
    out.numbers = std::move(numbers);
    return out;
  };
  const RosterPerson one = known(3, "赵一", "1966-10-19", {"19900001111"});
  const RosterPerson other = known(4, "赵一", "1980-02", {"19900002222"});
  const RosterPerson alone = known(5, "钱二", "", {"19900003333"});
  RosterPerson same = known(6, "钱二", "", {"19900003333"});
  same.stands = false;  // another record of the same person
  const RosterPeople people = people_with({one, other, alone, same});
  const auto matched = [&](const char* name, const char* born, std::vector<std::string> masked,
                           const Id& village = kHere) {
    return people.match_listed({{}, name, "", born, village}, masked);
  };
  CHECK(matched("钱二", "", {}).same == alone.id);
  CHECK(matched("钱二", "", {}).same == alone.id);  // a name may come again
  CHECK(matched("钱二", "", {"199****3333"}).basis == "name_phone");
  CHECK(matched("钱二", "", {"199****9999"}).reason == "listed_unsure");
  CHECK(matched("赵一", "", {"199****2222"}).same == other.id);
  CHECK(matched("赵一", "1966-10", {}).same == one.id);
  CHECK(matched("赵一", "", {}).reason == "listed_several");
  CHECK(matched("赵一", "", {}).lookalikes == std::vector<Id>{one.id, other.id});
  const auto elsewhere = matched("钱二", "", {}, kThere);
  CHECK(elsewhere.reason == "listed_nobody");
  CHECK(elsewhere.lookalikes == std::vector<Id>{alone.id});
  CHECK(matched("孙三", "", {}).lookalikes.empty());
}

}  // namespace lianxin::client::app
