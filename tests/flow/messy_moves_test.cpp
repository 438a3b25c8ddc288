// Messy moves (domain.md 5: situations 7 and 8): a village gets a new number while its laptops are on the
// road, and a worker's whole load goes to another in the middle of a month.
#include "shared/base/date.hpp"
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::test::messy;

constexpr const char* kNewNumber = "220622101290";

/// Who is, all the same, is taken, and told.
void entered_under_the_old_number(Desk& d) {
  const Json late = d.office.ctl({"put", "member", "name=李后来", "home_village_id=" + std::string(kSanhe)});
  REQUIRE(late.at("warnings").size() >= 1);
  CHECK(late.at("warnings").dump().find("已并入“三合村”") != std::string::npos);
  const Json then = d.office.ctl(
      {"put", "activity", "org_id=" + std::string(kSanhe), "occurred_on=2026-01-05", "kind=theme_day"});
  CHECK(then.dump().find("已并入") == std::string::npos);  // it was a village on that day
}

TEST_CASE("messy 7: a village is renumbered while both its laptops are on the road") {
  Desk d;
  Laptop other = d.county.laptop("戊", "worker", kSanhe);
  const auto settle = [&] { d.county.settle({&d.a, &other, &d.town, &d.office}); };
  const std::string one = mobile(d.a, "赵旧号", kSanhe, {"current_address=原住处"});
  const std::string two = mobile(d.a, "钱旧号", kSanhe);
  const std::string before = study_visit(d.a, one, "2026-05-01");
  settle();
  // Both are on the road: a visit each, the same field, somebody new, and a parcel.
  const std::string first = study_visit(d.a, one, "2026-09-10");
  d.a.ctl({"put", "member", "--id", one, "current_address=沈阳"});
  const std::string newcomer = mobile(d.a, "孙新来", kSanhe);
  const std::string second = study_visit(other, two, "2026-09-11");
  other.ctl({"put", "member", "--id", one, "current_address=长春"});
  put(other, {"delivery", "member_id=" + two, "mode=by_hand", "dispatched_on=2026-09-11"});

  const std::string list = (d.county.folder() / "renumbered.csv").string();
  std::ofstream(list) << "code,name,level,parent\n220622,靖宇县,county,\n220622101,三道湖镇,township,220622\n"
                      << kNewNumber << ",三合村,village," << kTown << "\n";
  d.county.server({"division", "import", list});
  const std::string on = today(d.county);
  const Words renumber = {"division", "merge", kSanhe, "--into", kNewNumber, "--on", on};
  Words preview = renumber;
  preview.emplace_back("--preview");
  const Json expected = d.county.server(preview);
  const Json moved = d.county.server(renumber);
  CHECK(expected.at("kinds") == moved.at("kinds"));  // it did what the preview said
  const Json people = moved.at("kinds").at("member");
  CHECK(people.at("from") == Json({{"before", 2}, {"after", 0}}));
  CHECK(people.at("into") == Json({{"before", 0}, {"after", 2}}));
  CHECK(moved.at("grants") == 2);

  settle();
  for (const Laptop* laptop : {&d.a, &other})
    CHECK(laptop->ctl({"status"}).at("scopes") == Json::array({kNewNumber}));
  CHECK(listed(d.county, {"quarantine", "list"}).empty());
  CHECK(d.a.dump() == other.dump());
  // What came late was written to the old number and counts under the new one.
  for (const std::string& id : {one, two})
    CHECK(other.ctl({"get", id}).at("scope") == kNewNumber);
  CHECK(mobiles(d.office, kNewNumber, on) == 3);
  CHECK(mobiles(d.office, kSanhe, on) == 0);
  CHECK(mobiles(d.office, kNewNumber) == 0);  // on a day before they stand under the number of that day
  CHECK(mobiles(d.office, kSanhe) == 3);
  for (const char* day : {on.c_str(), kAsOf})
    CHECK(mobiles(d.town, kTown, day) == 3);
  // Every visit counts once, under whichever number it was made.
  const Json visits = figure(d.office, kCountyCode, 45);
  CHECK(visits.at("value") == 3);
  for (const std::string& visit : {before, first, second})
    CHECK(counts(visits, visit));
  CHECK(value(d.office, kSanhe, 45) + value(d.office, kNewNumber, 45) == 3);
  CHECK(figure(d.office, kNewNumber, 45, kAsOf, {"--current-divisions"}).at("value") == 3);
  for (const std::string& day : {on, std::string(kAsOf), Date::parse(on).value().plus_days(-1).text()})
    CHECK(figure(d.office, kCountyCode, 14, day).at("denominator") == 118);  // one went, one came
  // The clash of the two on the road is one card, and a person ends it on the new number.
  const Json cards = d.a.ctl({"conflict", "list"});
  REQUIRE(cards.size() == 1);
  d.a.ctl({"conflict", "resolve", cards[0].at("id"), "--value", "长春"});
  settle();
  for (const Laptop* laptop : {&d.a, &other, &d.office})
    CHECK(field(*laptop, one, "current_address") == "长春");
  CHECK(d.county.server(renumber).at("moved") == 0);  // nothing was left behind
  CHECK(mobiles(d.office, kNewNumber, on) == 3);
  settle();
  entered_under_the_old_number(d);
  settle();
}

TEST_CASE("messy 7: three villages become one of a new number: what was before stands as it was") {
  Desk d;
  Laptop c = d.county.laptop("丙", "worker", "220622101202");
  const auto settle = [&] { d.county.settle({&d.a, &d.b, &c, &d.town, &d.office}); };
  mobile(d.a, "赵一", kSanhe);
  mobile(d.b, "钱二", kLinhe);
  const std::string third = mobile(c, "孙三", "220622101202");
  settle();
  const std::string list = (d.county.folder() / "joined.csv").string();
  std::ofstream(list) << "code,name,level,parent\n220622,靖宇县,county,\n220622101,三道湖镇,township,220622\n"
                      << kNewNumber << ",合并村,village," << kTown << "\n";
  d.county.server({"division", "import", list});
  const std::string on = today(d.county);
  d.county.server({"division", "merge", kSanhe, kLinhe, "220622101202", "--into", kNewNumber, "--on", on});
  settle();
  const std::string last = Date::parse(on).value().plus_days(-1).text();
  CHECK(figure(d.office, kCountyCode, 14, kAsOf).at("denominator") == 118);
  CHECK(figure(d.office, kCountyCode, 14, last).at("denominator") == 118);
  CHECK(figure(d.office, kCountyCode, 14, on).at("denominator") == 116);
  for (const char* village : {kSanhe, kLinhe, "220622101202"}) {
    CHECK(mobiles(d.office, village, last) == 1);
    CHECK(mobiles(d.office, village, on) == 0);
  }
  CHECK(mobiles(d.office, kNewNumber, last) == 0);
  CHECK(mobiles(d.office, kNewNumber, on) == 3);
  for (const std::string& day : {std::string(kAsOf), last, on})
    CHECK(mobiles(d.town, kTown, day) == 3);
  CHECK(times(printed(d.county, d.town, "f1", kTown), "孙三") == 1);
  CHECK(field(d.office, third, "former_villages") ==
        Json::array({d.office.ctl({"get", "220622101202"}).at("id")}));
  // When his village was said before that is told as day and hour, not as it is kept.
  const std::string said = field(d.office, third, "village_said_at").get<std::string>();
  REQUIRE(said.size() == 13);
  const std::string file = d.office.text({"get", third});
  CHECK(file.find(said) == std::string::npos);
  CHECK(file.find(Date::of(std::stoll(said)).text()) != std::string::npos);
}

TEST_CASE(
    "messy 8: a worker's whole load goes to another in the middle of a month, counts equal on both sides") {
  Desk d;
  Laptop next = d.county.laptop("新", "worker", kLinhe);
  const auto settle = [&] { d.county.settle({&d.a, &next, &d.town, &d.office}); };
  const std::string leaves = d.county.worker_id("甲");
  std::vector<std::string> people;
  for (const char* name : {"周一", "周二", "周三"}) {
    people.push_back(mobile(d.a, name, kSanhe));
  }
  const std::string unsent_pair = mobile(d.a, "周四", kSanhe);
  settle();
  for (const std::string& id : people)
    put(d.town, {"liaison_assignment", "member_id=" + id, "worker_id=" + leaves, "from=2026-01-01",
                 "reason=initial"});
  put(d.a, {"case_item", "member_id=" + people[0], "opened_on=2026-09-01", "kind=question",
            "topic=affiliation", "raised_via=visit", "level=village", "owner_id=" + leaves});
  study_visit(d.a, people[0], "2026-09-02");
  settle();
  // Done before he handed over and not sent yet: still his, and it counts.
  const std::string late = study_visit(d.a, people[1], "2026-09-14");
  d.a.ctl({"put", "member", "--id", people[2], "home_address=交接前改的"});
  put(d.town, {"liaison_assignment", "member_id=" + unsent_pair, "worker_id=" + leaves, "from=2026-09-14",
               "reason=initial"});

  const Words replace = {"worker", "replace", leaves, d.county.worker_id("新"), "--on", today(d.county)};
  Words preview = replace;
  preview.emplace_back("--preview");
  const Json expected = d.county.server(preview);
  CHECK(value(d.office, kCountyCode, 30) == 3);  // a preview moves nothing
  const Json moved = d.county.server(replace);
  CHECK(expected.at("kinds") == moved.at("kinds"));
  for (const auto& [kind, sides] : moved.at("kinds").items()) {
    const std::string& of_kind = kind;
    CAPTURE(of_kind);
    CHECK(sides.at("from").at("before").get<int>() - sides.at("from").at("after").get<int>() ==
          sides.at("moved"));
    CHECK(sides.at("into").at("after").get<int>() - sides.at("into").at("before").get<int>() ==
          sides.at("moved"));
  }
  CHECK(moved.at("kinds").at("liaison_assignment").at("moved") == 3);

  settle();
  CHECK(listed(d.county, {"quarantine", "list"}).empty());
  CHECK(history(d.office, late).at(0).at("author") == "甲");  // his work stays his
  CHECK(field(next, people[2], "home_address") == "交接前改的");
  CHECK(value(d.office, kCountyCode, 45) == 2);
  CHECK(next.ctl({"get", unsent_pair}).at("fields").at("name").at("value") == "周四");
  // What was paired with him while it went on is handed over when the step is done again.
  const Json again = d.county.server(replace);
  CHECK(again.at("kinds").at("liaison_assignment").at("moved") == 1);
  settle();
  const std::string on = today(d.county);
  CHECK(value(d.office, kCountyCode, 30, on) == 4);
  for (const std::string& id : people)
    CHECK(counts(figure(d.office, kCountyCode, 31, on), id));
  // His laptop ends empty and says so; the new one holds all of it.
  CHECK(d.a.ctl({"status"}).at("may_be_handed_on") == true);
  CHECK(d.a.try_ctl({"get", people[0]}).exit_code == 1);
  CHECK(mobiles(next, kSanhe) == 4);
}

}  // namespace
