#include "sync/server/admin/move_commands.hpp"

#include <doctest/doctest.h>

#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a village that goes up in another is counted, and what is wrong is said with the reason") {
  const Desk desk;
  (void)desk.county_with_worker();
  const auto moved = desk.json(
      {"division", "merge", kSanheCode, "--into", "220622101201", "--on", "2026-01-01", "--preview"});
  CHECK(moved.at("preview") == true);
  CHECK(moved.at("into") == "220622101201");
  CHECK(
      desk.try_json({"division", "merge", kSanheCode, "--into", kSanheCode, "--on", "2026-01-01"}).error() ==
      "merge.self");
  CHECK(desk.try_json({"handover", "0199aaaa-0000-7000-8000-000000000001", "--to", kSanheCode}).error() ==
        "handover.unknown");
}

}  // namespace
}  // namespace lianxin::test
