#include "client/store/upgrade_steps.hpp"

#include <doctest/doctest.h>
#include <utility>
#include <vector>

#include "tests/support/process.hpp"

namespace lianxin::test {

namespace cs = client::store;

namespace {

/// Every look at it is half a second later.
class RunningClock final : public Clock {
 public:
  [[nodiscard]] WallMs now_ms() const override { return ms_ += 500; }

 private:
  mutable WallMs ms_ = 0;
};

}  // namespace

TEST_CASE("a step that takes long is told again and again while it goes on") {
  const TempFolder folder;
  lianxin::store::OpenOptions how;
  how.path = folder.path() / "store.db";
  how.key = Bytes(32, 'k');
  how.create = true;
  auto database = lianxin::store::Database::open(how);
  REQUIRE(database.ok());
  REQUIRE(database->exec("CREATE TABLE t (n INTEGER)").ok());
  const std::string slow =
      "INSERT INTO t WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 200000) SELECT "
      "n FROM c";
  std::vector<std::pair<std::size_t, std::size_t>> told;
  const RunningClock clock;
  cs::UpgradeSteps steps([&](std::size_t step, std::size_t of) { told.emplace_back(step, of); }, clock);
  {
    const cs::ToldWhileWorking working(*database, steps);
    REQUIRE(database->exec(slow).ok());
    CHECK(told.empty());  // nothing is being brought up to date
    steps.expect(2);
    steps.begin();
    REQUIRE(told.size() == 1);
    REQUIRE(database->exec(slow).ok());
    CHECK(told.size() > 3);
    steps.begin();
    CHECK(told.back() == std::pair<std::size_t, std::size_t>{2, 2});
  }
  const std::size_t before = told.size();
  REQUIRE(database->exec(slow).ok());
  CHECK(told.size() == before);
  for (const auto& [step, of] : told)
    CHECK(of == 2);
}

TEST_CASE("an upgrade is told once a second at most, but each step at once") {
  ManualClock clock{1'000'000};
  int told = 0;
  cs::UpgradeSteps steps([&](std::size_t, std::size_t) { ++told; }, clock);
  steps.expect(2);
  steps.begin();
  steps.still();
  CHECK(told == 1);
  clock.advance(1'000);
  steps.still();
  steps.still();
  CHECK(told == 2);
  steps.begin();
  CHECK(told == 3);
}

}  // namespace lianxin::test
