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

TEST_CASE("a state that lies in the log as a change of another record, or as none, is named") {
  for (const char* harm :
       {"UPDATE state SET base = 4711", "UPDATE state SET base = (SELECT max(seq) FROM change)"}) {
    INFO(harm);
    SmallServer server;
    Desk writer(1, "0199aaaa-0000-7000-8000-000000000001");
    writer.member("甲");
    writer.member("乙");
    writer.push(server);
    Desk reader(2, "0199aaaa-0000-7000-8000-000000000002");
    reader.pull(server);
    REQUIRE(reader.problems().empty());
    REQUIRE(reader.database->exec(harm).ok());
    const auto problems = reader.problems();
    CHECK(std::any_of(problems.begin(), problems.end(),
                      [](const std::string& problem) { return problem.starts_with("told"); }));
  }
}

}  // namespace
