#include "sync/server/admin/office_commands.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a dump is the same bytes every time, with the reference shelf only where asked") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  const Answer village = desk.try_json({"dump", "--scope", kSanheCode});
  CHECK(village.exit_code == 0);
  CHECK(village.out.empty());
  const Answer shelf = desk.try_json({"dump", "--shelf"});
  CHECK(std::count(shelf.out.begin(), shelf.out.end(), '\n') >= 128);  // 127 divisions and the worker
  CHECK(nlohmann::json::parse(shelf.out.substr(0, shelf.out.find('\n'))).contains("fields"));
  CHECK(desk.try_json({"dump", "--shelf"}).out == shelf.out);
  CHECK(desk.try_json({"dump", "--scope", "1"}).error() == "division.unknown");
}

TEST_CASE("verify says that everything agrees, and what it looked at") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  const auto found = desk.json({"verify"});
  CHECK(found.at("ok") == true);
  CHECK(found.at("checked").at("records") >= 128);
  CHECK(found.at("problems").empty());
  CHECK(desk.text({"verify"}) == "Everything agrees.\n");
}

TEST_CASE("stats count, and the audit names who did what since when") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto stats = desk.json({"stats"});
  CHECK(stats.at("divisions") == 127);
  CHECK(stats.at("serving") == "");
  const auto all = desk.json({"audit"});
  CHECK(all.size() >= 3);
  CHECK(desk.json({"audit", "--record", worker}).size() == 1);
  CHECK(desk.json({"audit", "--who", "nobody"}).empty());
  CHECK(desk.json({"audit", "--since", "2199-01-01"}).empty());
  CHECK(desk.json({"audit", "--since", "1999-01-01"}).size() == all.size());
  const Answer no_day = desk.try_json({"audit", "--since", "yesterday"});
  CHECK(no_day.error() == "date.malformed");
  CHECK(no_day.exit_code == 2);
}

TEST_CASE("an empty quarantine is an empty list; what is not in it cannot be decided") {
  const Desk desk;
  desk.init();
  CHECK(desk.json({"quarantine", "list"}).empty());
  CHECK(desk.try_json({"quarantine", "accept", "0123456789abcdef:4"}).error() == "quarantine.unknown");
  CHECK(desk.try_json({"quarantine", "accept", "x"}).error() == "quarantine.change");
  CHECK(desk.try_json({"quarantine", "close", "0123456789abcdef:4", "--reason", "r"}).error() ==
        "quarantine.unknown");
}

}  // namespace
}  // namespace lianxin::test
