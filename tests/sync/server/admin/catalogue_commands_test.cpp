#include "sync/server/admin/catalogue_commands.hpp"

#include <doctest/doctest.h>
#include <fstream>

#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("the example of a county's own fields: looked at first, given out, shown, and kept in a backup") {
  const Desk desk;
  desk.init();
  const std::string file = source_file("tests/data/extension.tsv");
  CHECK(desk.json({"catalogue", "show"}).at("version") == 0);
  const auto preview = desk.json({"catalogue", "extend", file, "--preview"});
  CHECK(preview.at("preview") == true);
  CHECK(preview.at("new") == 4);
  CHECK(desk.json({"catalogue", "show"}).at("fields").empty());
  const auto given = desk.json({"catalogue", "extend", file});
  CHECK(given.at("version") == 1);
  CHECK(given.at("fields").at(0).at("step") == "new");
  CHECK(desk.json({"catalogue", "extend", file}).at("new") == 0);
  const auto shown = desk.json({"catalogue", "show"});
  REQUIRE(shown.at("fields").size() == 4);
  CHECK(shown.at("fields").at(0).at("purpose") != "");
  CHECK(desk.text({"catalogue", "show"})
            .find("Member: Broadband at home (member.own_home_broadband, number "
                  "10003)") != std::string::npos);
  CHECK(desk.text({"audit"}).find("version 1 of the county's own fields given out: 4 new") !=
        std::string::npos);
  CHECK(desk.json({"verify"}).at("ok") == true);
}

TEST_CASE("a file with a fault is refused in one line that names file and line") {
  const Desk desk;
  desk.init();
  const std::string file = desk.file("own.tsv");
  std::ofstream(file) << "version\t1\nkind\tmember\nfield\t77\town_a\ttext\treview\tgeneral\t-\t-\t-\t-\t1\n"
                         "label\town_a\t甲\tA\npurpose\town_a\t安排接送车辆\n";
  const Answer refused = desk.try_json({"catalogue", "extend", file});
  CHECK(refused.exit_code == 1);
  CHECK(refused.error() == "extension.number");
  CHECK(refused.json().at("error").at("record") == file);
  CHECK(desk.try_json({"catalogue", "extend", desk.file("none.tsv")}).exit_code == 1);
}

}  // namespace
}  // namespace lianxin::test
