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
  const auto first = desk.json({"division", "import", list});
  CHECK(first.at("county") == 1);
  CHECK(first.at("township") == 8);
  CHECK(first.at("village") == 118);
  CHECK(first.at("added") == 127);
  const auto second = desk.json({"division", "import", list});
  CHECK(second.at("village") == 118);
  CHECK(second.at("added") == 0);
  CHECK(second.at("changed") == 0);
  CHECK(desk.json({"division", "list"}).size() == 127);
  const auto township = desk.json({"division", "list", "--scope", "220622101"});
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

TEST_CASE("a list of additions names parents that are here, and what ended says what it became") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  std::ofstream(desk.file("more.csv")) << "code,name,level,parent\n220622101299,新村,village,220622101\n";
  CHECK(desk.json({"division", "import", desk.file("more.csv")}).at("added") == 1);
  std::ofstream(desk.file("lost.csv")) << "code,name,level,parent\n220699101299,新村,village,220699101\n";
  CHECK(desk.try_json({"division", "import", desk.file("lost.csv")}).error() == "division.parent");
  static_cast<void>(
      desk.json({"division", "merge", kSanheCode, "--into", "220622101299", "--on", "2026-01-01"}));
  const auto one = desk.json({"division", "list", "--scope", kSanheCode}).at(0);
  CHECK(one.at("to") == "2025-12-31");
  CHECK(one.at("merged_into") == nlohmann::json{"220622101299"});
  CHECK(desk.text({"division", "list", "--scope", kSanheCode}) ==
        "220622101200  三合村  (until 2025-12-31, now part of 新村 (220622101299))\n");
}

}  // namespace
}  // namespace lianxin::test
