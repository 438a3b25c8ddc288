// The two sample rosters against the people they hold, on the laptop of a county officer.
#include "client/app/roster_import.hpp"

#include <doctest/doctest.h>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/client/app/roster_laptop.hpp"

namespace lianxin::client::app {
namespace {

using test::RosterLaptop;

struct Truth {
  std::size_t people = 0;
  std::map<std::string, nlohmann::json> by_row;
};

Truth truth_of(const std::string& stem) {
  Truth truth;
  for (const auto& person : nlohmann::json::parse(test::sample(stem + ".truth.json"))) {
    truth.people += person.value("duplicate", false) ? 0U : 1U;
    truth.by_row[person.at("sheet").get<std::string>() + "!" + std::to_string(person.at("row").get<int>())] =
        person;
  }
  return truth;
}

void check_people(RosterLaptop& laptop, const RosterPlan& plan, const Truth& truth) {
  CHECK(plan.rows.size() == truth.by_row.size());
  for (const RowPlan& row : plan.rows) {
    const auto& source = plan.roster.rows[row.row_index];
    const auto& person = truth.by_row.at(row_name(plan.roster, source));
    CAPTURE(person.dump());
    CHECK((row.fate == RowFate::kDuplicate) == person.value("duplicate", false));
    if (row.fate == RowFate::kQuarantined) continue;
    const auto member = laptop.get(row.member);
    CHECK(member.value("name") == person.at("name").get<std::string>());
    CHECK(laptop.name_of(member.value("home_village_id")) == person.at("village").get<std::string>());
    if (!member.value("id_no").empty()) CHECK(member.value("id_no") == person.at("id").get<std::string>());
  }
}

void check_roster(const std::string& stem, std::size_t quarantined) {
  RosterLaptop laptop(RosterLaptop::county());
  const Truth truth = truth_of(stem);
  const RosterPlan plan = laptop.plan(stem + ".xlsx");
  CHECK(laptop.count("member") == 0);  // a preview writes nothing
  CHECK(laptop.count("import_batch") == 0);
  CHECK(plan.counts().quarantined == quarantined);
  CHECK(plan.counts().outside == 0);

  const RosterApplied applied = laptop.apply(plan);
  CHECK(applied.refused.empty());
  CHECK(applied.rows_written + applied.rows_noted == truth.by_row.size());
  CHECK(applied.rows_noted >= quarantined);
  CHECK(applied.rows_written == plan.rows_with_values());
  CHECK(laptop.count("member") == truth.people - quarantined);
  CHECK(laptop.count("import_row") == truth.by_row.size());
  check_people(laptop, plan, truth);

  // The same file again: nobody and nothing is added.
  const std::size_t changes = laptop.changes();
  const RosterPlan again = laptop.plan(stem + ".xlsx");
  CHECK(again.counts().accepted == 0);
  CHECK(again.rows_to_write() == 0);
  CHECK(laptop.apply(again).batch.is_nil());
  CHECK(laptop.changes() == changes);
}

}  // namespace

TEST_CASE("roster a becomes its people, once") { check_roster("roster-a", 4); }

TEST_CASE("roster b becomes its people, once") { check_roster("roster-b", 4); }

TEST_CASE("rows with ruined numbers are taken without them when a person says so, and only once") {
  RosterLaptop laptop(RosterLaptop::county());
  (void)laptop.apply(laptop.plan("roster-a.xlsx"));
  RosterChoices choices;
  choices.accept_without_number = true;
  const RosterPlan plan = laptop.plan("roster-a.xlsx", choices);
  CHECK(plan.counts().accepted == 4);
  (void)laptop.apply(plan);
  CHECK(laptop.count("member") == truth_of("roster-a").people);
  CHECK(laptop.plan("roster-a.xlsx", choices).rows_to_write() == 0);
}

TEST_CASE("a township's laptop takes its own villages and tells of the others") {
  RosterLaptop laptop(RosterLaptop::township("220622104"));  // 山河村 and 松江村, not 小营子村
  const RosterPlan plan = laptop.plan("roster-a.xlsx");
  CHECK(plan.counts().outside == 16);
  (void)laptop.apply(plan);
  CHECK(laptop.count("member") == 20 - plan.counts().quarantined);
  for (const RowPlan& row : plan.rows) {
    if (row.fate != RowFate::kOutside) continue;
    CHECK(row.reason == "village_outside");
    CHECK(row.edits.empty());
  }
}

TEST_CASE("what a person typed before stays; the roster fills what was blank and tells what differs") {
  RosterLaptop laptop(RosterLaptop::county());
  // 何芳兰 of roster a, with an education the roster does not have.
  const Id known = laptop.put("member", {{"name", "何芳兰"},
                                         {"id_no", "220699196610196876"},
                                         {"education", "20"},
                                         {"home_village_id", laptop.unit("220622104213").text()}});
  const RosterPlan plan = laptop.plan("roster-a.xlsx");
  CHECK(plan.counts().merged == 1);
  (void)laptop.apply(plan);
  CHECK(laptop.get(known).value("education") == "20");
  CHECK_FALSE(laptop.get(known).value("joined_on").empty());
  CHECK(laptop.get(known).children.at("contact_point").size() == 1);
  bool told = false;
  for (const RosterDifference& difference : plan.rows.front().differences)
    told = told || difference.field == "member.education";
  CHECK(told);
}

TEST_CASE("an inflow that has ended is known by its day, also when that was the check-in") {
  RosterLaptop laptop(RosterLaptop::county());
  const Id member = laptop.put(
      "member",
      {{"name", "孙来福"}, {"born_on", "1988-02"}, {"home_village_id", laptop.unit("220622101200").text()}});
  for (const char* day : {"checked_in_on", "left_on"}) {
    laptop.put("mobility_episode", {{"member_id", member.text()},
                                    {"direction", "in"},
                                    {day, day[0] == 'c' ? "2024-05-01" : "2023-04-02"},
                                    {"returned_on", "2024-12-01"},
                                    {"end_kind", "returned"}});
  }
  for (const std::string came : {"2024-05-01", "2023-04-02"}) {
    const RosterPlan plan = laptop.plan_bytes(
        "姓名,出生年月,村（社区）,流入时间,流入原因\n孙来福,1988-02,三合村," + came + ",务工\n", "a.csv");
    REQUIRE(plan.rows.size() == 1);
    CHECK(plan.rows.front().member == member);
    for (const store::Edit& edit : plan.rows.front().edits)
      CHECK_FALSE(edit.create);
  }
}

TEST_CASE("an ID number that belongs to another name here is held for a person") {
  RosterLaptop laptop(RosterLaptop::county());
  (void)laptop.put("member", {{"name", "别的人"},
                              {"id_no", "220699196610196876"},
                              {"home_village_id", laptop.unit("220622104213").text()}});
  const RosterPlan plan = laptop.plan("roster-a.xlsx");
  CHECK(plan.rows.front().fate == RowFate::kQuarantined);
  CHECK(plan.rows.front().reason == "id_on_laptop");
  CHECK(plan.rows.front().can_accept);
}

TEST_CASE("a column map is remembered for files headed alike, once it was used") {
  RosterLaptop laptop(RosterLaptop::county());
  const std::string csv = "姓名,村,某栏,性别\n赵一,三合村,沈阳市,男\n";
  RosterChoices choices;
  choices.map_text = R"({"某栏": "mobility_episode.dest_address"})";
  const RosterPlan plan = laptop.plan_bytes(csv, "a.csv", choices);
  (void)laptop.apply(plan);
  const RosterPlan next = laptop.plan_bytes("姓名,村,某栏,性别\n钱二,三合村,大连市,女\n", "b.csv");
  REQUIRE(next.rows.size() == 1);
  CHECK(next.roster.rows[0].value("mobility_episode.dest_address") == "大连市");
}

}  // namespace lianxin::client::app
