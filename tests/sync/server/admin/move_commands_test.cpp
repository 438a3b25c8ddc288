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
  CHECK(moved.at("sides").at(0).at("id") == kSanheCode);
  CHECK(moved.at("sides").at(1).at("name") == "大井村");
  CHECK(
      desk.try_json({"division", "merge", kSanheCode, "--into", kSanheCode, "--on", "2026-01-01"}).error() ==
      "merge.self");
  CHECK(desk.try_json({"handover", "0199aaaa-0000-7000-8000-000000000001", "--to", kSanheCode}).error() ==
        "handover.unknown");
}

TEST_CASE("both sides of a replacement are told by name, with what each had and has") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string name = desk.json({"worker", "list"}).back().at("name");
  const std::string next =
      desk.json({"worker", "add", "--name", "接手人", "--role", "worker", "--scope", "220622101201"})
          .at("worker");
  const std::string said = desk.text({"worker", "replace", worker, next, "--on", "2026-01-01", "--preview"});
  CAPTURE(said);
  CHECK(said.find("Grants: 1 moved; " + name + " 1 -> 0, 接手人 1 -> 2") != std::string::npos);
}

TEST_CASE("an ended village is nobody's to work in: the sentence names the one that exists") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  (void)desk.json({"division", "merge", kSanheCode, "--into", "220622101201", "--on", "2026-01-01"});
  const std::string said = run_words({"worker", "grant", worker, "--role", "worker", "--scope", kSanheCode,
                                      "--data", desk.data(), "--lang", "en"})
                               .err;
  CAPTURE(said);
  CHECK(said.find(std::string("(") + kSanheCode + ") has gone up in ") != std::string::npos);
  CHECK(said.find("(220622101201)") != std::string::npos);
  CHECK(desk.try_json({"worker", "add", "--name", "新", "--role", "worker", "--scope", kSanheCode}).error() ==
        "division.gone");
}

}  // namespace
}  // namespace lianxin::test
