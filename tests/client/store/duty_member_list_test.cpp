#include <doctest/doctest.h>

#include "client/store/duty_queries.hpp"
#include "shared/base/id.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::client::store;

DutyMember member(WallMs made_ms) {
  DutyMember out;
  out.contact.member = Id::make(made_ms);
  return out;
}

}  // namespace

TEST_CASE("members stand by id, and each stays where it is while others come and go") {
  const DutyMember first = member(1000);
  const DutyMember second = member(2000);
  const DutyMember third = member(3000);
  DutyMemberList list{first, third};
  const DutyMember* const before = list.find(third.contact.member);
  REQUIRE(before != nullptr);
  CHECK(list.find(second.contact.member) == nullptr);
  list.add({second});
  CHECK(list.find(third.contact.member) == before);
  std::vector<Id> order;
  for (const DutyMember& one : list)
    order.push_back(one.contact.member);
  CHECK(order == std::vector<Id>{first.contact.member, second.contact.member, third.contact.member});
  list.remove({first.contact.member, second.contact.member});
  CHECK(list.size() == 1);
  CHECK(&list.front() == before);
  list.remove({first.contact.member});  // not there any more
  CHECK(list.size() == 1);
}
