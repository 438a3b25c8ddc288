#include "client/store/work_queries.hpp"

#include <doctest/doctest.h>

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

TEST_CASE("voided facts are in no list and no count") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id visit = put(*work.store, "visit",
                       {{"members+", member.text()},
                        {"occurred_on", day(*work.store, 1)},
                        {"mode", "door"},
                        {"outcome", "met"},
                        {"content", "好"}});
  CHECK(*cs::count_of(work.store->database(), "visit") == 1);
  REQUIRE(work.store->records().void_record(visit, "误登记").ok());
  CHECK(*cs::count_of(work.store->database(), "visit") == 0);
  CHECK(cs::contact_lines(work.store->database(), member, 10)->empty());
  CHECK(cs::member_contacts(work.store->database())->front().last_visit.empty());
}

TEST_CASE("the bag holds the sum of its movements, also below zero") {
  WorkStore work;
  const Id bag = *cs::bag_of(work.store->database(), work.store->identity().worker);
  CHECK(bag == work.bag);
  put(*work.store, "stock_movement",
      {{"occurred_on", day(*work.store, 0)},
       {"store_id", bag.text()},
       {"material_id", work.material.text()},
       {"delta", "-9"},
       {"reason", "hand_out"}});
  const auto sums = cs::stock_in_bag(work.store->database(), bag, day(*work.store, 0));
  REQUIRE(sums->size() == 1);
  CHECK(sums->front().in_bag == -3);
}

}  // namespace lianxin::test
