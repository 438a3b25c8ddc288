// When members were reached: of all, and of some persons read by index.
#include <doctest/doctest.h>

#include "client/store/duty_facts.hpp"
#include "client/store/persons.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cs = client::store;

TEST_CASE(
    "only the member himself resets the contact; days in vain count once each, from the family's word on") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto call = [&](int before, const char* outcome) {
    put(*work.store, "contact_attempt",
        {{"member_id", member.text()},
         {"occurred_on", day(*work.store, before)},
         {"channel", "phone"},
         {"outcome", outcome}});
  };
  call(20, "reached_self");
  call(9, "no_answer");
  call(9, "switched_off");
  call(5, "reached_family");
  call(3, "no_answer");
  call(3, "switched_off");
  const auto contacts = cs::member_contacts(work.store->database());
  REQUIRE(contacts.ok());
  REQUIRE(contacts->size() == 1);
  CHECK(contacts->front().last_reached == day(*work.store, 20));
  CHECK(contacts->front().failed_days == 1);
  CHECK(contacts->front().last_failed == day(*work.store, 3));
  CHECK(contacts->front().last_visit.empty());
}

TEST_CASE("some persons are read as among all, by any record of theirs and by what hangs on them") {
  WorkStore work;
  auto& database = work.store->database();
  const Id one = put_member(*work.store, "赵志远");
  const Id twin = put_member(*work.store, "赵志远");
  const Id other = put_member(*work.store, "单立新");
  REQUIRE(work.store->records().say_twins(one, twin, cs::TwinWord::kSame).ok());
  put(*work.store, "visit",
      {{"members+", twin.text()},
       {"members+", other.text()},
       {"occurred_on", day(*work.store, 4)},
       {"outcome", "met"}});
  const Id call =
      put(*work.store, "contact_attempt",
          {{"member_id", other.text()}, {"occurred_on", day(*work.store, 2)}, {"outcome", "reached_self"}});
  const auto all = cs::member_contacts(database);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 2);
  const Id stands = std::min(one, twin);
  for (const auto& [asked, wanted] :
       {std::pair(one, stands), std::pair(twin, stands), std::pair(call, other)}) {
    const auto persons = cs::Persons::only(database, {asked});
    REQUIRE(persons.ok());
    const auto some = cs::member_contacts(database, day(*work.store, 0), *persons);
    REQUIRE(some.ok());
    REQUIRE(some->size() == 1);
    CHECK(some->front().member == wanted);
    const cs::MemberContact& whole = all->front().member == wanted ? all->front() : all->back();
    CHECK(some->front().last_reached == whole.last_reached);
    CHECK(some->front().last_visit == whole.last_visit);
    CHECK_FALSE(some->front().last_reached.empty());
  }
}

}  // namespace lianxin::test
