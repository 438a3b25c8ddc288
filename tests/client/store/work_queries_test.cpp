#include "client/store/work_queries.hpp"

#include <doctest/doctest.h>

#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cs = client::store;

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
