// What figures and duties must say alike, and what once counted wrongly: pairings, transfers, moving on,
// parcels, abroad, closes of months, parameters of a unit.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>

#include "client/figures/checks.hpp"
#include "client/store/duty_queries.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::int64_t mobile_members(CountyDesk& desk, const std::string& as_of = "2026-09-30") {
  return desk.figure(30, {}, as_of).of.value_or(-1);
}

client::store::DutyFacts facts(CountyDesk& desk, const Date& today = {2026, 9, 30}, const Id& scope = {}) {
  auto read = client::store::duty_facts(*desk.database, {scope, today});
  if (!read.ok()) FAIL(read.error().code << " " << read.error().detail);
  return *std::move(read);
}

const client::store::DutyMember& duty_of(const client::store::DutyFacts& facts, const Id& member) {
  for (const auto& one : facts.members)
    if (one.contact.member == member) return one;
  FAIL("not looked after");
  return facts.members.front();
}

TEST_CASE("rows 30, 31: a liaison who has left the work leaves a gap, for figures and duties") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id left =
      desk.add("worker", {{"name", "离职"}, {"org_id", desk.sanhe.text()}, {"from", "2020-01-01"}});
  desk.add("liaison_assignment",
           {{"member_id", member.text()}, {"worker_id", left.text()}, {"from", "2026-01-01"}});
  CHECK(desk.number(30) == 1);
  CHECK(duty_of(facts(desk), member).liaisons == 1);
  desk.put("worker", left, {{"to", "2026-09-01"}});
  CHECK(desk.number(30) == 0);
  CHECK(desk.number(31) == 0);
  CHECK(desk.part(31, "without") == 1);
  CHECK(desk.figure(41).of == 0);
  CHECK(desk.number(31, {}, "2026-08-31") == 1);  // he was still there
  CHECK(duty_of(facts(desk), member).liaisons == 0);
}

TEST_CASE("mobile: only a transfer to others, done since he is away, ends it") {
  CountyDesk desk;
  const Id back = desk.mobile_member("甲", desk.sanhe);  // away since 2025-01-10
  const auto transfer = [&](const Id& member, const std::string& day, const Fields& more = {}) {
    Fields fields = {{"member_id", member.text()}, {"asked_on", day}, {"state", "done"}, {"done_on", day}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("transfer_request", fields);
  };
  transfer(back, "2020-05-01");  // came and went long before
  CHECK(mobile_members(desk) == 1);
  CHECK_FALSE(duty_of(facts(desk), back).is_transferred);
  transfer(back, "2026-02-01", {{"to_org_id", desk.linhe.text()}});  // to a branch of ours: still ours
  CHECK(mobile_members(desk) == 1);
  CHECK_FALSE(duty_of(facts(desk), back).is_transferred);
  transfer(back, "2025-01-10");
  CHECK(mobile_members(desk) == 0);
  CHECK(duty_of(facts(desk), back).is_transferred);
}

TEST_CASE("mobile: who moved on is away since he first left") {
  CountyDesk desk;
  const Id member = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  const auto outflow = [&](const std::string& left, const Fields& more) {
    Fields fields = {{"member_id", member.text()}, {"direction", "out"}, {"left_on", left}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("mobility_episode", fields);
  };
  outflow("2025-01-10", {{"state", "ended"},
                         {"returned_on", "2026-03-01"},
                         {"end_kind", "moved_on"},
                         {"verify_level", "branch"}});
  outflow("2026-03-01", {{"state", "ended"}, {"returned_on", "2026-08-15"}, {"end_kind", "moved_on"}});
  const Id now = outflow("2026-08-15", {{"state", "reported"}});
  for (const char* day : {"2026-02-28", "2026-03-01", "2026-08-14", "2026-08-15", "2026-09-30"})
    CHECK_MESSAGE(mobile_members(desk, day) == 1, day);
  const auto read = facts(desk);
  CHECK(duty_of(read, member).away_since == "2025-01-10");
  CHECK(duty_of(read, member).is_verified);
  CHECK(duty_of(read, member).episode == now);
  // Who came home between has begun anew.
  desk.put("mobility_episode", now, {{"left_on", "2026-09-10"}});
  CHECK(mobile_members(desk) == 0);
  CHECK(duty_of(facts(desk), member).away_since == "2026-09-10");
}

TEST_CASE("row 37: a question whose kind is not said yet is one") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  desk.add("case_item", {{"member_id", member.text()},
                         {"opened_on", "2026-02-01"},
                         {"answered_on", "2026-03-01"},
                         {"answer", "已答复"}});
  desk.add("case_item", {{"member_id", member.text()}, {"opened_on", "2026-02-01"}});
  CHECK(desk.number(37) == 1);
  CHECK(desk.part(37, "collected") == 2);
  CHECK(desk.part(37, "open") == 2);  // answered in words, no event says so
}

TEST_CASE("row 53: what became of a parcel is said once, for the figure and the duty") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id red = desk.add("material", {{"code", "R"}, {"name", "红色包裹"}, {"kind", "red_package"}});
  const auto parcel = [&](const std::string& event, const Fields& more = {}, const std::string& then = "") {
    Fields fields = {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", "2026-03-01"}};
    fields.insert(fields.end(), more.begin(), more.end());
    const Id id = desk.add("delivery", fields);
    desk.add("delivery_line", {{"delivery_id", id.text()}, {"material_id", red.text()}, {"qty", "1"}});
    int day = 5;
    for (const std::string& kind : {event, then}) {
      if (!kind.empty())
        desk.add("delivery_event", {{"delivery_id", id.text()},
                                    {"occurred_on", "2026-03-0" + std::to_string(day++)},
                                    {"kind", kind}});
    }
    return id;
  };
  const auto said = [&] {
    return std::vector<std::int64_t>{desk.part(53, "signed"), desk.part(53, "proxy"),
                                     desk.part(53, "returned"), desk.part(53, "waiting"),
                                     static_cast<std::int64_t>(facts(desk).parcels.size())};
  };
  using Said = std::vector<std::int64_t>;
  parcel("in_transit");
  CHECK(said() == Said{0, 0, 0, 1, 1});
  parcel("left");  // put down somewhere: nobody took it in hand
  CHECK(said() == Said{0, 0, 0, 2, 2});
  parcel("left", {}, "signed_self");
  CHECK(said() == Said{1, 0, 0, 2, 2});
  parcel("", {{"received_on", "2026-03-04"}, {"relation", "neighbour"}, {"received_by", "邻居"}});
  CHECK(said() == Said{1, 1, 0, 2, 2});
  parcel("", {{"received_on", "2026-03-04"}, {"relation", "neighbour"}},
         "signed_self");  // he said so himself
  CHECK(said() == Said{2, 1, 0, 2, 2});
  parcel("signed_proxy", {}, "returned");
  CHECK(said() == Said{2, 1, 1, 2, 2});
  parcel("returned", {}, "re_dispatched");
  CHECK(said() == Said{2, 1, 1, 3, 3});
  parcel("", {{"received_on", "2026-03-04"}});
  CHECK(said() == Said{3, 1, 1, 3, 3});
  CHECK(desk.number(53) == 8);
  // Known to be lost: not merely waited for, and somebody's duty until it is sent again.
  const Id lost = parcel("in_transit", {}, "problem");
  CHECK(said() == Said{3, 1, 1, 3, 4});
  CHECK(desk.part(53, "problem") == 1);
  CHECK(facts(desk).parcels.back().has_problem);
  parcel("signed_self", {{"resend_of", lost.text()}});
  CHECK(said() == Said{4, 1, 1, 3, 3});
  CHECK(desk.part(53, "problem") == 1);
  CHECK(desk.number(53) == 9);
}

TEST_CASE("abroad is one thing: its interval holds for rows 1, 20 and 23 as for the duties") {
  CountyDesk desk;
  const Id there = desk.mobile_member("甲", desk.sanhe, {{"abroad_on", "2025-02-01"}});
  const Id macao = desk.mobile_member("乙", desk.sanhe, {{"dest_division", "820000"}});
  const Id here = desk.mobile_member("丙", desk.sanhe, {{"dest_division", "440300"}});
  for (const Id& member : {there, macao, here}) {
    desk.add("liaison_assignment",
             {{"member_id", member.text()}, {"worker_id", desk.worker.text()}, {"from", "2026-01-01"}});
    desk.add("contact_attempt", {{"member_id", member.text()},
                                 {"occurred_on", "2026-05-20"},
                                 {"outcome", "reached_self"},
                                 {"channel", "phone"}});
  }
  CHECK(desk.number(20) == 2);
  CHECK(desk.number(23) == 1);
  CHECK(desk.part(1, "management") == 2);
  const auto read = facts(desk);
  CHECK(duty_of(read, there).contact.is_abroad);
  CHECK(duty_of(read, macao).contact.is_abroad);
  CHECK_FALSE(duty_of(read, here).contact.is_abroad);
  desk.add("parameter", {{"name", "abroad_interval_days"}, {"value", "90"}});
  CHECK(desk.number(20) == 0);
}

TEST_CASE("row 23: the months of silence are the county's") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  desk.add("contact_attempt", {{"member_id", member.text()},
                               {"occurred_on", "2026-06-01"},
                               {"outcome", "reached_self"},
                               {"channel", "phone"}});
  CHECK(desk.part(23, "lost") == 0);
  desk.add("parameter", {{"name", "lost_months"}, {"value", "3"}});
  CHECK(desk.part(23, "lost") == 1);
}

TEST_CASE("a parameter of a township holds there and nowhere else") {
  CountyDesk desk;
  const Id east = desk.mobile_member("甲", desk.sanhe);
  const Id west = desk.mobile_member("乙", desk.baishan);
  for (const Id& member : {east, west})
    desk.add("contact_attempt", {{"member_id", member.text()},
                                 {"occurred_on", "2026-08-15"},
                                 {"outcome", "reached_self"},
                                 {"channel", "phone"}});
  desk.add("parameter", {{"name", "contact_interval_days"}, {"value", "60"}, {"org_id", desk.east.text()}});
  CHECK(desk.number(20) == 0);
  CHECK(desk.number(20, desk.east) == 1);
  CHECK(desk.number(20, desk.sanhe) == 1);
  CHECK(desk.number(20, desk.west) == 0);
  CHECK(facts(desk).parameters.count("contact_interval_days") == 0);
  CHECK(facts(desk, {2026, 9, 30}, desk.sanhe).parameters.at("contact_interval_days") == 60);
  // The nearest wins over a later one of the county.
  desk.add("parameter", {{"name", "contact_interval_days"}, {"value", "50"}, {"from", "2026-09-01"}});
  CHECK(desk.number(20) == 1 - 1 + 2);  // 50 days: both
  CHECK(facts(desk).parameters.at("contact_interval_days") == 50);
  CHECK(facts(desk, {2026, 9, 30}, desk.east).parameters.at("contact_interval_days") == 60);
  CHECK(desk.number(20, desk.west) == 1);
}

TEST_CASE("a parameter that is no number, or none that can be, was not said: for figures and duties") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"left_on", "2026-08-01"}});
  const auto say = [&](const std::string& name, const std::string& value) {
    return desk.add("parameter", {{"name", name}, {"value", value}});
  };
  const Id months = say("mobile_months", "六");
  CHECK(mobile_members(desk) == 0);
  CHECK(facts(desk).parameters.count("mobile_months") == 0);
  desk.put("parameter", months, {{"value", "1 个月"}});
  CHECK(mobile_members(desk) == 0);
  CHECK(facts(desk).parameters.count("mobile_months") == 0);
  desk.put("parameter", months, {{"value", "9999"}});
  CHECK(mobile_members(desk) == 0);
  say("mobile_months", "1");
  CHECK(mobile_members(desk) == 1);
  const Id member = desk.mobile_member("乙", desk.sanhe);
  desk.visit({{"members+", member.text()}, {"occurred_on", "2026-09-20"}});
  say("contact_interval_days", "0");
  CHECK(desk.number(20) == 1);
}

TEST_CASE("row 6: a month is due when its day of closing has passed, a late close is not in time") {
  CountyDesk desk;
  const auto close = [&](const Id& unit, const std::string& month, const std::string& on) {
    desk.add("month_close",
             {{"org_id", unit.text()}, {"month", month}, {"state", "closed"}, {"closed_on", on}});
  };
  close(desk.east, "2026-07", "2026-08-05");
  close(desk.west, "2026-07", "2026-08-06");
  close(desk.east, "2026-08", "2026-09-04");
  close(desk.county, "2026-08", "2026-09-04");
  CHECK(desk.number(6) == 2);
  CHECK(desk.figure(6).of == 2 * 8);  // January to August: September is closed on 5 October
  CHECK(desk.part(6, "late") == 1);
  CHECK(desk.figure(6, {}, "2026-10-05").of == 2 * 8);
  CHECK(desk.figure(6, {}, "2026-10-06").of == 2 * 9);
  desk.add("parameter", {{"name", "close_day"}, {"value", "6"}});
  CHECK(desk.number(6) == 3);
}

TEST_CASE("a township's close settles its own duty and no other's") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe);
  desk.mobile_member("乙", desk.baishan);
  desk.add(
      "month_close",
      {{"org_id", desk.east.text()}, {"month", "2026-08"}, {"state", "closed"}, {"closed_on", "2026-09-04"}});
  const auto closes = facts(desk).closes;
  REQUIRE(closes.size() == 2);
  for (const auto& one : closes)
    CHECK(one.closed == (one.unit == desk.east ? std::set<std::string>{"2026-08"} : std::set<std::string>{}));
}

TEST_CASE("row 19: the county says who owes the monthly meeting") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe);
  desk.mobile_member("乙", desk.baishan);
  const Id group =
      desk.add("contact_group", {{"org_id", desk.sanhe.text()}, {"name", "一群"}, {"from", "2025-01-01"}});
  desk.add("activity",
           {{"org_id", desk.linhe.text()}, {"occurred_on", "2026-09-10"}, {"kind", "topic_meeting"}});
  CHECK(desk.number(19) == 0);
  CHECK(desk.figure(19).of == 9);
  CHECK(facts(desk).groups.size() == 1);
  const Id unit = desk.add("parameter", {{"name", "meeting_unit"}, {"value", "township"}});
  CHECK(desk.number(19) == 1);
  CHECK(desk.figure(19).of == 18);
  CHECK(desk.number(19, desk.west) == 0);
  auto owed = facts(desk).groups;
  REQUIRE(owed.size() == 2);
  for (const auto& one : owed)
    CHECK(one.has_met == (one.unit == desk.east));
  desk.put("parameter", unit, {{"value", "county"}});
  CHECK(desk.number(19) == 1);
  CHECK(desk.figure(19).of == 9);
  owed = facts(desk).groups;
  REQUIRE(owed.size() == 1);
  CHECK(owed.front().unit == desk.county);
  CHECK(owed.front().has_met);
  (void)group;
}

TEST_CASE("row 11: verified, then changed, is to be verified again") {
  CountyDesk desk;
  const Id member = desk.add(
      "member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}, {"joined_on", "2001-07-01"}});
  CHECK(desk.number(11) == 0);
  desk.put("member", member, {{"verify_level", "branch"}});
  CHECK(desk.number(11) == 1);
  desk.put("member", member, {{"occupation", "farmer"}});  // no item of those that are verified
  CHECK(desk.number(11) == 1);
  desk.put("member", member, {{"joined_on", "2002-07-01"}});
  CHECK(desk.number(11) == 0);
  CHECK(desk.part(11, "changed_since") == 1);
  CHECK(desk.part(11, "branch") == -1);
  desk.put("member", member, {{"verify_level", "committee"}});
  CHECK(desk.number(11) == 1);
  desk.put("member", member, {{"id_no", "11010519491231002X"}, {"verify_level", "county"}});  // one act
  CHECK(desk.number(11) == 1);
}

TEST_CASE("row 42: the parts make the number; row 8: persons by who found them first") {
  CountyDesk desk;
  const Id team = desk.add(
      "team",
      {{"org_id", desk.sanhe.text()}, {"name", "队"}, {"team_kind", "task"}, {"formed_on", "2025-01-01"}});
  for (const char* origin : {"working_member", "veteran", "double_check_in", "staff"}) {
    const Id worker =
        desk.add("worker", {{"name", origin}, {"org_id", desk.sanhe.text()}, {"origin", origin}});
    desk.add("team_member", {{"team_id", team.text()}, {"worker_id", worker.text()}, {"from", "2025-01-01"}});
  }
  const auto figure = desk.figure(42);
  std::int64_t sum = 0;
  for (const auto& part : figure.parts)
    sum += part.value;
  CHECK(figure.value == 2);
  CHECK(sum == 2);
  desk.mobile_member("甲", desk.sanhe, {{"left_on", "2026-02-01"}, {"discovery", "org_found"}});
  CHECK(desk.figure(8).unit == "person");
}

TEST_CASE("the checks before handing in: what does not agree is named with its records") {
  CountyDesk desk;
  const auto failed = [&] {
    auto ledger = figures::Ledger::open(*desk.database, {desk.county, {2026, 1, 1}, {2026, 9, 30}, false});
    REQUIRE(ledger.ok());
    auto all = figures::checks(*ledger);
    REQUIRE(all.ok());
    CHECK(all->size() == 8);
    std::vector<std::string> names;
    for (const auto& one : *all)
      if (!one.holds) names.push_back(one.name + ":" + std::to_string(one.records.size()));
    return names;
  };
  using Names = std::vector<std::string>;
  CHECK(failed() == Names{"registers:2"});
  for (const Id& township : {desk.east, desk.west})
    desk.add("township_register",
             {{"township_id", township.text()}, {"quarter", "2026Q3"}, {"state", "township_checked"}});
  for (const Id& village : {desk.sanhe, desk.linhe, desk.baishan})
    desk.add("village_table",
             {{"village_id", village.text()}, {"quarter", "2026Q3"}, {"state", "village_confirmed"}});
  CHECK(failed().empty());
  desk.add("case_item", {{"org_id_at_event", desk.sanhe.text()},
                         {"opened_on", "2026-05-01"},
                         {"answered_on", "2026-04-01"},
                         {"anonymous", "1"},
                         {"kind", "question"}});
  CHECK(failed() == Names{"answered:1"});
  const Id pack = desk.add("material", {{"code", "P"}, {"name", "学习资料包"}, {"kind", "study_pack"}});
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id delivery = desk.add(
      "delivery", {{"member_id", member.text()}, {"mode", "by_hand"}, {"received_on", "2026-04-01"}});
  desk.add("delivery_line", {{"delivery_id", delivery.text()}, {"material_id", pack.text()}, {"qty", "3"}});
  CHECK(failed() == Names{"packs_sent:0", "answered:1"});
  desk.add("stock_movement", {{"occurred_on", "2026-04-01"},
                              {"store_id", desk.sanhe.text()},
                              {"material_id", pack.text()},
                              {"delta", "-3"},
                              {"reason", "hand_out"}});
  CHECK(failed() == Names{"answered:1"});
}

TEST_CASE("row 23: who is out of contact is one rule for figure, register and duty") {
  CountyDesk desk;
  const auto call = [&](const Id& member, const std::string& on, const char* outcome) {
    desk.add("contact_attempt", {{"member_id", member.text()}, {"occurred_on", on}, {"outcome", outcome}});
  };
  std::map<std::string, Id> members;
  for (const char* name :
       {"silent", "family", "lived", "tried", "tried_late", "never", "marked", "link", "abroad"}) {
    Fields outflow;
    if (std::string(name) == "link") outflow = {{"link_status", "lost"}};
    if (std::string(name) == "abroad") outflow = {{"abroad_on", "2025-02-01"}};
    members[name] = desk.mobile_member(name, desk.sanhe, outflow);
  }
  for (const char* name : {"silent", "family", "lived", "abroad"})
    call(members[name], "2026-03-30", "reached_self");
  call(members["link"], "2026-09-20", "reached_self");
  call(members["family"], "2026-03-31", "reached_family");
  desk.add("attendance", {{"activity_id", desk.sanhe.text()},
                          {"member_id", members["lived"].text()},
                          {"occurred_on", "2026-08-01"},
                          {"status", "late"}});
  call(members["tried"], "2026-02-01", "no_answer");
  call(members["tried"], "2026-09-01", "no_answer");
  call(members["tried_late"], "2026-04-01", "dead_number");
  desk.put("member", members["marked"], {{"out_of_contact_since", "2026-09"}});
  const auto lost = [&](const std::string& as_of) {
    std::set<std::string> out;
    const figures::Figure figure = desk.figure(23, {}, as_of);
    for (const figures::Part& part : figure.parts) {
      if (part.name != "lost") continue;
      for (const figures::Counted& one : part.counted)
        out.insert(one.record);
    }
    return out;
  };
  const auto due = [&](const Date& today) {
    std::set<std::string> out;
    const client::store::DutyFacts read = facts(desk, today);
    for (const client::store::DutyMember& one : read.members) {
      const auto silent = Date::parse(one.contact.silent_since);
      const bool is_silent = silent.ok() && !one.contact.is_abroad && silent->plus_months(6) <= today;
      if (one.contact.lost_marked || is_silent) out.insert(one.contact.member.text());
    }
    return out;
  };
  const auto ids = [&](std::initializer_list<const char*> names) {
    std::set<std::string> out;
    for (const char* name : names)
      out.insert(members[name].text());
    return out;
  };
  // The six months of 31 March end with September, and so do those of the day before.
  CHECK(lost("2026-09-29") == ids({"tried", "marked", "link"}));
  CHECK(lost("2026-09-30") == ids({"silent", "family", "tried", "marked", "link"}));
  CHECK(due({2026, 9, 29}) == ids({"tried", "marked", "link"}));
  CHECK(due({2026, 9, 30}) == ids({"silent", "family", "tried", "marked", "link"}));
}

TEST_CASE("row 10: an adviser is one on the day of the visit, whatever he is today") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id worker = desk.add("worker", {{"name", "指导员"}, {"org_id", desk.sanhe.text()}});
  desk.add("worker_role",
           {{"worker_id", worker.text()}, {"role", "adviser"}, {"from", "2026-02-01"}, {"to", "2026-06-01"}});
  for (const char* day : {"2026-01-31", "2026-02-01", "2026-05-31", "2026-06-01"})
    desk.visit({{"occurred_on", day}, {"members+", member.text()}, {"workers+", worker.text()}});
  CHECK(desk.number(10) == 2);
  CHECK(desk.part(10, "met") == 2);
}

TEST_CASE("rows 24, 63: half a year ends with a month of 30 days too, and 1 July is in that of December") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id activity = desk.add(
      "activity", {{"org_id", desk.sanhe.text()}, {"kind", "theme_day"}, {"occurred_on", "2026-07-01"}});
  desk.add("attendance", {{"activity_id", activity.text()},
                          {"member_id", member.text()},
                          {"occurred_on", "2026-07-01"},
                          {"status", "present"}});
  const auto idle = [&](const std::string& as_of) {
    const figures::Figure figure = desk.figure(24, {}, as_of);
    for (const figures::Part& part : figure.parts)
      if (part.name == "no_org_life") return part.value;
    return std::int64_t{-1};
  };
  CHECK(desk.number(63, {}, "2026-12-31") == 1);
  CHECK(desk.number(63, {}, "2026-12-31", "2026-07-01") == 1);
  CHECK(idle("2026-12-31") == 0);
  CHECK(idle("2027-01-01") == 0);
  CHECK(idle("2027-01-02") == 1);
  CHECK(desk.number(63, {}, "2027-01-01", "2026-01-01") == 0);
}

TEST_CASE("row 9: a place that closed within the year is one of those there were") {
  CountyDesk desk;
  const auto venue = [&](const char* name, const Fields& more) {
    Fields fields = {{"org_id", desk.sanhe.text()}, {"name", name}, {"level", "village"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("venue", fields);
  };
  const Id closed = venue("甲", {{"from", "2020-01-01"}, {"to", "2026-06-01"}});
  venue("乙", {{"from", "2020-01-01"}, {"to", "2025-06-01"}});
  venue("丙", {});
  desk.add("activity", {{"org_id", desk.sanhe.text()},
                        {"kind", "theme_day"},
                        {"occurred_on", "2026-05-01"},
                        {"venue_id", closed.text()}});
  const figures::Figure figure = desk.figure(9);
  CHECK(figure.value == 1);
  CHECK(figure.of == 2);
}

}  // namespace
