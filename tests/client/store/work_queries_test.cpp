#include "client/store/work_queries.hpp"

#include <doctest/doctest.h>

#include "client/store/member_order.hpp"
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

TEST_CASE("members of a village stand by the pinyin of their names, those in care too") {
  WorkStore work;
  std::vector<Id> by_pinyin;
  for (const char* name : {"安心", "陈一", "欧阳志远", "章丽", "赵志远"})
    by_pinyin.push_back(put_member(*work.store, name));
  for (auto at = by_pinyin.rbegin(); at != by_pinyin.rend(); ++at) {
    cs::Edit edit;
    edit.kind = "member";
    edit.record = *at;
    edit.fields = {{"care_flag", cs::FieldEdit::Op::kSet, "hardship"}};
    REQUIRE(work.store->records().save({edit})->ok);
  }
  CHECK(*cs::members_in_order(work.store->database(), 0, 10) == by_pinyin);
  CHECK(*cs::members_in_order(work.store->database(), 0, 2) == std::vector<Id>{by_pinyin[0], by_pinyin[1]});
  CHECK(*cs::members_in_care(work.store->database(), 10) == by_pinyin);
  CHECK(*cs::members_in_care(work.store->database(), 2, 1) == std::vector<Id>{by_pinyin[1], by_pinyin[2]});
  CHECK(*cs::count_in_care(work.store->database()) == by_pinyin.size());
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
