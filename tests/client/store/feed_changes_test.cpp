// Others' changes as they come: what waits of a record is stored once (feed_changes.cpp,
// store_take_pages.cpp); what is kept aside stands in no list.
#include <doctest/doctest.h>

#include "client/store/laptop_store.hpp"
#include "tests/client/store/small_county.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using namespace lianxin::test;

namespace {

std::uint64_t number_of(LaptopStore& store, const char* sql) {
  auto select = store.database().prepare(sql);
  REQUIRE(select.step().ok());
  return select.natural(0);
}

}  // namespace

TEST_CASE("what comes of a record in several classes, or several times, is stored with one row written") {
  TwoLaptops two;
  const Id member = put_member(*two.a, "赵连心");
  Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"home_address", FieldEdit::Op::kSet, "某村一组"},
                 {"remark", FieldEdit::Op::kSet, "只在两台电脑上"}};
  REQUIRE(two.a->records().save({edit})->ok);
  edit.fields = {{"name", FieldEdit::Op::kSet, "赵连新"}, {"home_address", FieldEdit::Op::kSet, "某村二组"}};
  REQUIRE(two.a->records().save({edit})->ok);
  CHECK(two.county.sync(*two.a).complete);
  two.b->database().count_writes("k_member");
  const std::uint64_t before = two.b->database().counted_writes();
  CHECK(two.county.sync(*two.b).complete);
  CHECK(two.b->database().counted_writes() - before == 1);
  CHECK(number_of(*two.b, "SELECT count(DISTINCT privacy) FROM change") > 1);
  CHECK(name_of(*two.b, member) == "赵连新");
  CHECK(dump_of(*two.a) == dump_of(*two.b));
  CHECK(problems_of(*two.b) == "");
}

namespace {

std::size_t listed(LaptopStore& store, const std::string& kind) {
  ListQuery query;
  query.kind = kind;
  query.with_void = true;
  query.with_aliased = true;
  const auto rows = store.records().list(query);
  REQUIRE(rows.ok());
  const auto counted = number_of(store, ("SELECT ifnull(sum(counted), 0) FROM kind_count k WHERE kind = " +
                                         std::to_string(domain::Catalogue::base().kind(kind)->wire))
                                            .c_str());
  CHECK(counted == rows->size());
  return rows->size();
}

}  // namespace

TEST_CASE("a record made only by what is kept aside is in no list of others until something of it applies") {
  TwoLaptops two;
  two.county.quarantine = {1};
  const Id member = put_member(*two.a, "甲某");
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.sync(*two.b).complete);
  CHECK(listed(*two.b, "member") == 0);
  REQUIRE(two.b->records().get(member)->has_value());
  CHECK((*two.b->records().get(member))->quarantined);
  CHECK(two.b->records().kept_aside()->size() == 1);
  CHECK(problems_of(*two.b) == "");
  // Its author sees that it waits.
  CHECK(listed(*two.a, "member") == 1);
  CHECK(two.a->records().kept_aside()->size() == 1);
  CHECK(problems_of(*two.a) == "");

  Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"education", FieldEdit::Op::kSet, "21"}};
  REQUIRE(two.a->records().save({edit})->ok);
  CHECK(two.county.sync(*two.a).complete);
  CHECK(two.county.sync(*two.b).complete);
  CHECK(listed(*two.b, "member") == 1);
  CHECK(problems_of(*two.b) == "");
}

TEST_CASE("what is kept aside of a member does not stand among what hangs on him") {
  TwoLaptops two;
  const Id member = put_member(*two.a, "甲某");
  CHECK(two.county.sync(*two.a).complete);
  two.county.quarantine = {2, 3, 4};  // a change for each class
  Edit edit;
  edit.kind = "contact_point";
  edit.fields = {{"member_id", FieldEdit::Op::kSet, member.text()},
                 {"value", FieldEdit::Op::kSet, "13800001234"}};
  REQUIRE(two.a->records().save({edit})->ok);
  CHECK(two.county.sync(*two.a).quarantined > 0);
  CHECK(two.county.sync(*two.b).complete);
  CHECK((*two.b->records().get(member))->children.empty());
  CHECK((*two.a->records().get(member))->children.size() == 1);
  CHECK(problems_of(*two.b) == "");
}
