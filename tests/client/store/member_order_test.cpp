// Parts of the members' list against the whole of it (member_order.hpp).
#include "client/store/member_order.hpp"

#include <doctest/doctest.h>
#include <random>

#include "client/store/work_queries.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cs = client::store;

TEST_CASE("parts of the list, one after the other, are the whole list, whatever was written") {
  WorkStore work;
  std::mt19937 random(5);
  const char* const names[] = {"安心", "陈一", "欧阳志远", "章丽", "赵志远", "单雄", "Zhao"};
  std::vector<Id> members;
  for (int step = 0; step < 60; ++step) {
    INFO("step " << step);
    members.push_back(put_member(*work.store, names[random() % 7]));
    const auto any = [&] { return members[random() % members.size()]; };
    if (step % 5 == 4) (void)work.store->records().say_twins(any(), any(), cs::TwinWord::kSame);
    if (step % 7 == 6) (void)work.store->records().void_record(any(), "记错了");
    const auto whole = cs::members_in_order(work.store->database(), 0, 1000);
    REQUIRE(whole.ok());
    REQUIRE(whole->size() == *cs::count_of(work.store->database(), "member"));
    const std::size_t part = 1 + random() % 9;
    std::vector<Id> parts;
    for (std::size_t from = 0; from <= whole->size(); from += part) {
      const auto some = cs::members_in_order(work.store->database(), from, part);
      REQUIRE(some.ok());
      parts.insert(parts.end(), some->begin(), some->end());
    }
    CHECK(parts == *whole);
    CHECK(cs::members_in_order(work.store->database(), whole->size(), 5)->empty());
  }
}

}  // namespace lianxin::test
