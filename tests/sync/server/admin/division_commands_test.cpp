#include "sync/server/admin/division_commands.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("the sample county comes in whole, and again changes nothing") {
  const Desk desk;
  desk.init();
  const std::string list = source_file("assets/divisions/divisions-220622.csv");
  const Json first = desk.json({"division", "import", list});
  CHECK(first.at("county") == 1);
  CHECK(first.at("township") == 8);
  CHECK(first.at("village") == 118);
  CHECK(first.at("added") == 127);
  const Json second = desk.json({"division", "import", list});
  CHECK(second.at("village") == 118);
  CHECK(second.at("added") == 0);
  CHECK(second.at("changed") == 0);
  CHECK(desk.json({"division", "list"}).size() == 127);
  const Json township = desk.json({"division", "list", "--scope", "220622101"});
  CHECK(township.at(0).at("code") == "220622101");
  CHECK(township.at(1).at("parent") == "220622101");
  CHECK(desk.text({"division", "list", "--scope", kSanheCode}).starts_with(kSanheCode));
}

TEST_CASE("a file that is no list, or not there, is told apart and named") {
  const Desk desk;
  desk.init();
  CHECK(desk.try_json({"division", "import", desk.file("none.csv")}).error() == "server.file");
  std::ofstream(desk.file("wrong.csv")) << "a,b\n1,2\n";
  const Answer wrong = desk.try_json({"division", "import", desk.file("wrong.csv")});
  CHECK(wrong.error() == "division.heading");
  CHECK(wrong.json().at("error").at("record") == desk.file("wrong.csv"));
  CHECK(desk.json({"division", "list"}).empty());
  CHECK(desk.try_json({"division", "list", "--scope", "999999"}).error() == "division.unknown");
}

}  // namespace
}  // namespace lianxin::test
