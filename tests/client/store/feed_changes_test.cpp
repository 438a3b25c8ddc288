// Others' changes as they come: what waits of a record is stored once (feed_changes.cpp,
// store_take_pages.cpp).
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
