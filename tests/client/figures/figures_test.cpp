// Rows of the report that have traps (domain.md 3): what counts, and what looks like it and does not.
#include <doctest/doctest.h>

#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::int64_t mobiles(CountyDesk& desk, const std::string& as_of = "2026-09-30") {
  return desk.figure(30, {}, as_of).of.value_or(-1);
}

TEST_CASE("mobile is derived: six calendar months, verified, not transferred, not ended") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"left_on", "2026-03-31"}});
  CHECK(mobiles(desk, "2026-09-29") == 0);
  CHECK(mobiles(desk, "2026-09-30") == 1);  // 31 March and six months is the last of September
  desk.mobile_member("乙", desk.sanhe, {{"state", "reported"}});
  CHECK(mobiles(desk) == 1);
  desk.mobile_member("丙", desk.sanhe, {{"returned_on", "2026-05-01"}, {"state", "ended"}});
  CHECK(mobiles(desk) == 1);
  CHECK(mobiles(desk, "2026-04-30") == 1);  // still out then, while 甲 was not yet six months gone
  const Id moved = desk.mobile_member("丁", desk.sanhe);
  CHECK(mobiles(desk) == 2);
  desk.add("transfer_request", {{"member_id", moved.text()},
                                {"asked_on", "2026-02-01"},
                                {"state", "done"},
                                {"done_on", "2026-03-01"}});
  CHECK(mobiles(desk) == 1);
  const Id dead = desk.mobile_member("戊", desk.sanhe);
  CHECK(mobiles(desk) == 2);
  desk.put("member", dead, {{"standing", "deceased"}});
  CHECK(mobiles(desk) == 1);
}

TEST_CASE("a partial date counts from its last day: nobody is mobile before it is certain") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"left_on", "2026-03"}});
  CHECK(mobiles(desk, "2026-09-29") == 0);
  CHECK(mobiles(desk, "2026-09-30") == 1);
  desk.mobile_member("乙", desk.sanhe, {{"left_on", "2025"}});
  CHECK(mobiles(desk, "2026-06-29") == 0);
  CHECK(mobiles(desk, "2026-06-30") == 1);
}

TEST_CASE("rows 14 and 15: a draft is no table, an empty one is, and a register needs all of its villages") {
  CountyDesk desk;
  const auto table = [&](const Id& village, const std::string& state, const Fields& more = {}) {
    Fields fields = {{"village_id", village.text()}, {"quarter", "2026Q3"}, {"state", state}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("village_table", fields);
  };
  table(desk.sanhe, "village_confirmed");
  table(desk.sanhe, "county_accepted");  // the same village twice is one table
  const Id draft = table(desk.linhe, "filled");
  table(desk.baishan, "township_checked", {{"nil_return", "1"}});
  CHECK(desk.number(14) == 2);
  CHECK(desk.figure(14).of == 3);
  CHECK(desk.part(14, "nil_return") == 1);
  CHECK(desk.number(14, {}, "2026-06-30") == 0);  // of another quarter
  for (const Id& township : {desk.east, desk.west})
    desk.add("township_register",
             {{"township_id", township.text()}, {"quarter", "2026Q3"}, {"state", "township_checked"}});
  CHECK(desk.number(15) == 1);
  desk.put("village_table", draft, {{"state", "village_confirmed"}});
  CHECK(desk.number(15) == 2);
  desk.put("village_table", draft, {{"confirmed_on", "2026-09-28"}});
  CHECK(desk.number(14, {}, "2026-09-28") == 3);
  CHECK(desk.number(14, {}, "2026-09-27") == 2);  // who confirmed later had not
  CHECK(desk.number(15, {}, "2026-09-27") == 1);
}

TEST_CASE("row 19: a joint meeting serves both groups, two meetings of a month serve one month") {
  CountyDesk desk;
  const Id one =
      desk.add("contact_group", {{"org_id", desk.sanhe.text()}, {"name", "一群"}, {"from", "2025-01-01"}});
  const Id other =
      desk.add("contact_group", {{"org_id", desk.linhe.text()}, {"name", "二群"}, {"from", "2026-03-15"}});
  const auto meeting = [&](const std::string& day, const std::vector<Id>& groups) {
    Fields fields = {{"org_id", desk.sanhe.text()}, {"occurred_on", day}, {"kind", "topic_meeting"}};
    for (const Id& group : groups)
      fields.emplace_back("group_ids+", group.text());
    desk.add("activity", fields);
  };
  meeting("2026-01-10", {one});
  meeting("2026-01-20", {one});
  meeting("2026-03-10", {one, other});
  const auto figure = desk.figure(19, {}, "2026-03-31");
  CHECK(figure.value == 3);                          // one: January and March; other: March
  CHECK(figure.of == 4);                             // one: three months; other: the month it began in
  CHECK(desk.figure(19, {}, "2026-03-30").of == 2);  // a month that is not over is not due
}

TEST_CASE(
    "rows 20, 23: only the member himself counts, family clears to yellow, and the interval is the "
    "county's") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const auto call = [&](const std::string& day, const std::string& outcome,
                        const std::string& channel = "phone") {
    desk.add(
        "contact_attempt",
        {{"member_id", member.text()}, {"occurred_on", day}, {"outcome", outcome}, {"channel", channel}});
  };
  call("2026-09-20", "reached_family");
  call("2026-09-21", "reached_self", "employer");  // not a contact with the member
  CHECK(desk.number(20) == 0);
  CHECK(desk.part(20, "family_only") == 1);
  CHECK(desk.number(23) == 0);  // yellow: his family was reached
  call("2026-09-01", "reached_self");
  CHECK(desk.number(20) == 1);
  CHECK(desk.number(23) == 0);
  for (const char* day : {"2026-09-22", "2026-09-22", "2026-09-23"})
    call(day, "no_answer");
  CHECK(desk.number(23) == 0);  // three attempts on two days
  call("2026-09-24", "switched_off");
  CHECK(desk.number(23) == 1);
}

TEST_CASE("rows 30, 31: exactly one open pairing") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const auto pair = [&](const Fields& more) {
    Fields fields = {{"member_id", member.text()}, {"worker_id", desk.worker.text()}, {"from", "2026-01-01"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("liaison_assignment", fields);
  };
  CHECK(desk.part(31, "without") == 1);
  const Id first = pair({});
  CHECK(desk.number(30) == 1);
  CHECK(desk.part(30, "per_liaison_max") == 1);
  pair({});
  CHECK(desk.number(30) == 0);
  CHECK(desk.number(31) == 1);
  desk.put("liaison_assignment", first, {{"to", "2026-06-01"}});
  CHECK(desk.number(30) == 1);
}

TEST_CASE("row 37: answered in the period; collected beside it; a lead is no question") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const auto question = [&](const Fields& more) {
    Fields fields = {{"member_id", member.text()},
                     {"opened_on", "2026-02-01"},
                     {"kind", "question"},
                     {"topic", "child_care"}};
    for (const auto& [name, value] : more)
      std::erase_if(fields, [&n = name](const auto& f) { return f.first == n; });
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("case_item", fields);
  };
  question({{"answered_on", "2026-03-01"}, {"answer", "已答复"}});
  question({});
  question({{"opened_on", "2025-11-01"}, {"answered_on", "2026-01-05"}, {"answer", "已答复"}});
  question({{"kind", "lead"}, {"answered_on", "2026-03-01"}});
  CHECK(desk.number(37) == 2);
  CHECK(desk.part(37, "collected") == 2);
  CHECK(desk.number(67) == 3);
  CHECK(desk.number(71) == 1);
}

TEST_CASE("row 45: a visit is one however many came; nobody at home is an attempt; a call is no visit") {
  CountyDesk desk;
  const Id a = desk.mobile_member("甲", desk.sanhe);
  const Id b = desk.mobile_member("乙", desk.sanhe);
  const auto study = [&](const Fields& more) {
    Fields fields = {{"members+", a.text()}, {"purposes+", "study"}};
    fields.insert(fields.end(), more.begin(), more.end());
    desk.visit(fields);
  };
  study({{"members+", b.text()}, {"workers+", desk.worker.text()}, {"workers+", Id::make(7).text()}});
  study({{"outcome", "met_family"}, {"mode", "workplace"}});
  study({{"outcome", "nobody"}});
  study({{"mode", "phone"}});
  study({{"mode", "venue"}});
  desk.visit({{"members+", a.text()}, {"purposes+", "talk"}});
  CHECK(desk.number(45) == 2);
  CHECK(desk.part(45, "family") == 1);
  CHECK(desk.part(45, "person_times") == 3);
  desk.add("parameter", {{"name", "family_study_counts"}, {"value", "0"}});
  CHECK(desk.number(45) == 1);
}

TEST_CASE("row 52: an item in three channels and two groups is one") {
  CountyDesk desk;
  const Id first = desk.add("content_push", {{"org_id", desk.sanhe.text()},
                                             {"pushed_on", "2026-02-01"},
                                             {"title", "党章"},
                                             {"channels+", "group"},
                                             {"channels+", "study_app"}});
  desk.add("content_push", {{"org_id", desk.linhe.text()},
                            {"pushed_on", "2026-02-02"},
                            {"title", "党章"},
                            {"content_id", first.text()},
                            {"channels+", "group"}});
  CHECK(desk.number(52) == 1);
  CHECK(desk.part(52, "pushes") == 2);
  CHECK(desk.part(48, "group") == 1);
  CHECK(desk.part(48, "study_app") == 1);
}

TEST_CASE(
    "rows 53, 54: sent, not received; a parcel sent again counts once; packs by hand count, cancelled ones "
    "do not") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id red = desk.add("material", {{"code", "R"}, {"name", "红色包裹"}, {"kind", "red_package"}});
  const Id pack = desk.add("material", {{"code", "P"}, {"name", "学习资料包"}, {"kind", "study_pack"}});
  const auto deliver = [&](const Id& material, const std::string& qty, const Fields& more) {
    Fields fields = {{"member_id", member.text()}};
    fields.insert(fields.end(), more.begin(), more.end());
    const Id delivery = desk.add("delivery", fields);
    desk.add("delivery_line",
             {{"delivery_id", delivery.text()}, {"material_id", material.text()}, {"qty", qty}});
    return delivery;
  };
  const Id returned = deliver(red, "1", {{"mode", "courier"}, {"dispatched_on", "2026-03-01"}});
  desk.add("delivery_event",
           {{"delivery_id", returned.text()}, {"occurred_on", "2026-03-09"}, {"kind", "returned"}});
  deliver(red, "1", {{"mode", "courier"}, {"dispatched_on", "2026-03-12"}, {"resend_of", returned.text()}});
  deliver(red, "1", {{"mode", "by_hand"}, {"dispatched_on", "2026-03-12"}});
  const Id cancelled = deliver(red, "1", {{"mode", "courier"}, {"dispatched_on", "2026-03-12"}});
  desk.add("delivery_event",
           {{"delivery_id", cancelled.text()}, {"occurred_on", "2026-03-13"}, {"kind", "cancelled"}});
  deliver(red, "1", {{"mode", "courier"}});  // planned
  CHECK(desk.number(53) == 1);
  CHECK(desk.part(53, "returned") == 1);
  CHECK(desk.part(53, "resent") == 1);
  CHECK(desk.number(50) == 2);
  deliver(pack, "3", {{"mode", "by_hand"}, {"received_on", "2026-04-01"}});
  deliver(pack, "2", {{"mode", "courier"}, {"dispatched_on", "2026-04-01"}});
  CHECK(desk.number(54) == 5);
}

TEST_CASE("row 60: a session counts when a mobile member was there, late is there, absent is not") {
  CountyDesk desk;
  const Id away = desk.mobile_member("甲", desk.sanhe);
  const Id home = desk.add("member", {{"name", "乙"}, {"home_village_id", desk.sanhe.text()}});
  const auto session = [&](const Id& who, const std::string& status) {
    const Id activity = desk.add(
        "activity", {{"org_id", desk.sanhe.text()}, {"occurred_on", "2026-05-01"}, {"kind", "volunteer"}});
    desk.add("attendance", {{"activity_id", activity.text()},
                            {"member_id", who.text()},
                            {"occurred_on", "2026-05-01"},
                            {"activity_kind", "volunteer"},
                            {"status", status}});
  };
  session(away, "late");
  session(away, "absent");
  session(home, "present");
  CHECK(desk.number(60) == 1);
  CHECK(desk.part(60, "without_mobile") == 2);
  CHECK(desk.part(60, "person_times") == 1);  // of the session that counts
}

TEST_CASE("rows 61, 62: approved entries; what a counter-entry took back counts no more") {
  CountyDesk desk;
  const Id one = desk.mobile_member("赵一", desk.sanhe);
  const Id two = desk.mobile_member("钱二", desk.linhe);
  const Id rule = desk.add("points_rule", {{"code", "V1"}, {"name", "志愿服务"}, {"class", "volunteer"}});
  const auto entry = [&](const Id& member, const std::string& day, const std::string& tenths,
                         const std::string& state, const std::string& reverses) {
    return desk.add("points_entry", {{"member_id", member.text()},
                                     {"rule_id", rule.text()},
                                     {"occurred_on", day},
                                     {"points_tenths", tenths},
                                     {"state", state},
                                     {"reason", "清雪"},
                                     {"reverses", reverses}});
  };
  entry(one, "2026-03-01", "20", "proposed", "");
  CHECK(desk.number(61) == 0);
  entry(one, "2026-03-01", "20", "approved", "");
  const Id wrong = entry(two, "2026-03-02", "30", "approved", "");
  CHECK(desk.number(61) == 2);
  CHECK(desk.number(62) == 50);
  entry(two, "2026-04-01", "-30", "proposed", wrong.text());
  CHECK(desk.number(61) == 2);
  entry(two, "2026-04-02", "-30", "approved", wrong.text());
  CHECK(desk.number(61) == 1);
  CHECK(desk.number(62) == 20);
}

TEST_CASE("rows 61, 62: an entry whose author also approved it counts for nothing") {
  CountyDesk desk;
  const Id one = desk.mobile_member("赵一", desk.sanhe);
  const Id rule = desk.add("points_rule", {{"code", "V1"}, {"name", "志愿服务"}, {"class", "volunteer"}});
  (void)desk.put("points_entry", Id{},
                 {{"member_id", one.text()},
                  {"rule_id", rule.text()},
                  {"occurred_on", "2026-03-01"},
                  {"points_tenths", "20"},
                  {"state", "approved"},
                  {"reason", "清雪"}});
  CHECK(desk.number(61) == 0);
  CHECK(desk.number(62) == 0);
}

TEST_CASE("row 65: recognised files only, relieved ones no more; row 66: by festival") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const auto file = [&](const Fields& more) {
    Fields fields = {
        {"member_id", member.text()}, {"active", "1"}, {"cause_class", "illness"}, {"level", "general"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("hardship_record", fields);
  };
  file({});
  const Id recognised = file({{"recognised_on", "2026-01-15"}});
  CHECK(desk.number(65) == 1);
  CHECK(desk.part(65, "unrecognised") == 1);
  desk.put("hardship_record", recognised, {{"relieved_on", "2026-08-01"}, {"relieved_reason", "脱困"}});
  CHECK(desk.number(65) == 0);
  CHECK(desk.figure(65, {}, "2026-07-31").value == 1);
  const Id care = desk.visit({{"members+", member.text()},
                              {"purposes+", "care"},
                              {"festival", "spring_festival"},
                              {"occurred_on", "2026-02-10"},
                              {"gift_amount_fen", "50000"}});
  desk.add("aid", {{"member_id", member.text()},
                   {"occurred_on", "2026-02-10"},
                   {"kind", "money"},
                   {"festival", "spring_festival"},
                   {"amount_fen", "50000"},
                   {"visit_id", care.text()}});  // the same money, by the visit it names
  desk.add("aid", {{"member_id", member.text()},
                   {"occurred_on", "2026-02-11"},
                   {"kind", "money"},
                   {"festival", "spring_festival"},
                   {"amount_fen", "30000"}});
  desk.visit({{"members+", member.text()}, {"purposes+", "care"}});
  CHECK(desk.number(66) == 1);
  CHECK(desk.part(66, "spring_festival") == 1);
  CHECK(desk.part(66, "persons") == 1);
  CHECK(desk.part(66, "money_fen") == 80000);
}

TEST_CASE("rows 40, 56, 57: teams that exist on the day, and those with all six origins") {
  CountyDesk desk;
  const auto team = [&](const std::string& kind, const std::string& formed,
                        const std::string& dissolved = "") {
    Fields fields = {
        {"org_id", desk.sanhe.text()}, {"name", "队"}, {"team_kind", kind}, {"formed_on", formed}};
    if (!dissolved.empty()) fields.emplace_back("dissolved_on", dissolved);
    return desk.add("team", fields);
  };
  const Id first = team("grid_service", "2025-01-01");
  team("grid_service", "2026-10-01");
  team("grid_service", "2025-01-01", "2026-09-30");
  team("task", "2025-01-01");
  CHECK(desk.number(40) == 1);
  CHECK(desk.number(57) == 1);
  for (const char* origin :
       {"organ", "community", "enterprise", "social_org", "self_employed", "volunteer"}) {
    CHECK(desk.number(56) == 0);
    desk.add("team_member",
             {{"team_id", first.text()}, {"person_name", "某"}, {"origin", origin}, {"from", "2025-01-01"}});
  }
  CHECK(desk.number(56) == 1);
}

}  // namespace
