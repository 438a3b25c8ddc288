// A batch is taken back as a whole, except what somebody has changed since.
#include <algorithm>
#include <doctest/doctest.h>

#include "client/app/roster_import.hpp"
#include "tests/client/app/roster_laptop.hpp"

namespace lianxin::client::app {

using test::RosterLaptop;

TEST_CASE("undo takes a whole batch back and keeps what was changed since") {
  RosterLaptop laptop(RosterLaptop::county());
  const RosterPlan plan = laptop.plan("roster-a.xlsx");
  const RosterApplied applied = laptop.apply(plan);
  const Id changed = plan.rows.front().member;
  laptop.edit("member", changed, {{"home_address", "山河村1组"}});

  const auto undone = laptop.undo(applied.batch);
  CHECK(undone.undone > 0);
  CHECK(std::find(undone.kept.begin(), undone.kept.end(), changed) != undone.kept.end());
  CHECK(laptop.count("member") == 1);
  CHECK(laptop.get(changed).value("name") == "何芳兰");
  REQUIRE(laptop.past().size() == 1);
  CHECK_FALSE(laptop.past().front().undone_on.empty());
  CHECK(laptop.undo_error(applied.batch) == "import.batch_undone");
}

TEST_CASE("after an undo the file can be imported again") {
  RosterLaptop laptop(RosterLaptop::county());
  const RosterApplied first = laptop.apply(laptop.plan("roster-a.xlsx"));
  (void)laptop.undo(first.batch);
  CHECK(laptop.count("member") == 0);
  const RosterApplied second = laptop.apply(laptop.plan("roster-a.xlsx"));
  CHECK(second.batch != first.batch);
  CHECK(laptop.count("member") == 32);
}

TEST_CASE("a batch nobody knows is named") {
  RosterLaptop laptop(RosterLaptop::county());
  CHECK(laptop.undo_error(Id::make(1)) == "import.batch_unknown");
}

}  // namespace lianxin::client::app
