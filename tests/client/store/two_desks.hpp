#pragma once
// Two laptops of one village with one member, and their server.
#include <doctest/doctest.h>
#include <string>

#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {

struct Two {
  SmallServer server;
  Desk a{1, "0199aaaa-0000-7000-8000-000000000001"};
  Desk b{2, "0199aaaa-0000-7000-8000-000000000002"};
  Id member;

  Two() {
    member = a.put("member", Id{},
                   {{"name", "赵连心"}, {"home_village_id", kVillageCode}, {"home_address", "三合村1组3号"}})
                 .records.front();
    settle();
  }
  void settle() {
    for (int round = 0; round < 2; ++round) {
      a.push(server);
      a.pull(server);
      b.push(server);
      b.pull(server);
    }
  }
  void disagree(const std::string& field, const std::string& at_a, const std::string& at_b) {
    a.put("member", member, {{field, at_a}});
    b.put("member", member, {{field, at_b}});
    settle();
  }
};

inline void check_settled_and_voided(Two& two) {
  CHECK(two.a.records.conflicts()->empty());
  CHECK(two.b.records.conflicts()->empty());
  CHECK((*two.a.records.get(two.member))->voided);
}

}  // namespace lianxin::test
