#include "client/county/chance.hpp"

#include <doctest/doctest.h>
#include <set>

using namespace lianxin;
using client::county::Chance;

TEST_CASE("the same seed and name draw the same, another seed or name does not") {
  Chance one(7, "visits");
  Chance again(7, "visits");
  Chance other_seed(8, "visits");
  Chance other_name(7, "parcels");
  const auto first = one.next();
  CHECK(first == again.next());
  CHECK(first != other_seed.next());
  CHECK(first != other_name.next());
  // Written down once: the same on every machine and in every later program.
  CHECK(Chance(1, "").next() == 0x910A2DEC89025CC1ULL);
}

TEST_CASE("draws stay within their ends and reach them") {
  Chance chance(3, "ends");
  std::set<int> seen;
  for (int i = 0; i < 200; ++i)
    seen.insert(chance.between(2, 5));
  CHECK(seen == std::set<int>{2, 3, 4, 5});
  const Date first{2026, 2, 27};
  const Date last{2026, 3, 1};
  std::set<std::string> days;
  for (int i = 0; i < 200; ++i)
    days.insert(chance.day(first, last).text());
  CHECK(days == std::set<std::string>{"2026-02-27", "2026-02-28", "2026-03-01"});
}

TEST_CASE("ids are UUIDs of version 7 of their day, none twice") {
  Chance chance(1, "ids");
  std::set<Id> all;
  const Date day{2026, 5, 4};
  for (int i = 0; i < 2000; ++i) {
    const Id id = chance.id(day);
    CHECK(all.insert(id).second);
    CHECK(id.text()[14] == '7');
    CHECK((id.octets[8] & 0xC0U) == 0x80U);
  }
  const std::string early = Chance(1, "ids").id(day).text();
  CHECK(early < Chance(1, "ids").id(day.plus_days(2)).text());
}
