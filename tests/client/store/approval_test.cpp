// Who approved an entry of points is another than who proposed it, whatever program wrote it.
#include "client/store/approval.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {
namespace {

/// An entry as a program without this rule would write it.
Id entry_of(Desk& desk, const Id& member, const std::string& state) {
  return desk
      .put("points_entry", Id{},
           {{"member_id", member.text()},
            {"occurred_on", "2026-09-20"},
            {"points_tenths", "20"},
            {"state", state},
            {"approved_by", "0199aaaa-0000-7000-8000-000000000009"},
            {"reason", "参加志愿服务"}})
      .records.front();
}

std::set<Id> uncounted(Desk& desk) {
  auto found = cs::own_approvals(*desk.database);
  REQUIRE(found.ok());
  return *found;
}

}  // namespace

TEST_CASE("an approval by who wrote the entry is none, here and on every laptop it comes to") {
  SmallServer server;
  Desk author(1);
  Desk other(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = author.member("冯六");
  const Id own = entry_of(author, member, "approved");
  const Id proposed = entry_of(author, member, "proposed");
  CHECK(uncounted(author) == std::set<Id>{own});
  author.push(server);
  other.pull(server);
  CHECK(uncounted(other) == std::set<Id>{own});
  // Approved by another it counts; whoever it is that is named in the entry.
  other.put("points_entry", proposed, {{"state", "approved"}, {"approved_on", "2026-09-21"}});
  CHECK(uncounted(other) == std::set<Id>{own});
  other.push(server);
  author.pull(server);
  CHECK(uncounted(author) == std::set<Id>{own});
  for (Desk* desk : {&author, &other})
    CHECK(desk->problems().empty());
}

TEST_CASE("what an older program kept is judged at the next opening") {
  Desk desk;
  const Id own = entry_of(desk, desk.member("冯六"), "approved");
  REQUIRE(desk.database
              ->exec("UPDATE k_points_entry SET r_flags = 0; UPDATE record SET flags = 0; "
                     "DELETE FROM meta WHERE name = 'approvals_judged'")
              .ok());
  REQUIRE(uncounted(desk).empty());
  const auto again = cs::RecordsImpl::open(*desk.database, desk.clock, domain::Catalogue::base());
  REQUIRE(again.ok());
  CHECK(uncounted(desk) == std::set<Id>{own});
}

}  // namespace lianxin::test
