// Everything derived against what it is derived from.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("each invariant that is broken by hand is named") {
  const std::vector<std::pair<std::string, std::string>> harms{
      {"row", "UPDATE k_member SET name = NULL"},
      {"flags", "UPDATE record SET flags = 8"},
      {"state", "UPDATE change SET in_overlay = 0"},
      {"record", "DELETE FROM record"},
      {"counts", "UPDATE kind_count SET counted = counted + 1"},
      {"conflict", "INSERT INTO conflict SELECT 'x', id, 0 FROM record"},
  };
  for (const auto& [names, breaks] : harms) {
    const std::string& invariant = names;  // clang 14 lets no lambda take a structured binding
    const std::string& harm = breaks;
    INFO(harm);
    Desk desk;
    desk.member("甲");
    REQUIRE(desk.database->exec(harm).ok());
    const auto problems = desk.problems();
    CHECK(std::any_of(problems.begin(), problems.end(),
                      [&](const std::string& problem) { return problem.starts_with(invariant); }));
  }
}

}  // namespace
