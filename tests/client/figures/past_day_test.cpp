// K5: a figure of a past day. What ended later still stood on that day, what began later did not.
#include <doctest/doctest.h>

#include "client/store/duty_queries.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::int64_t mobile_on(CountyDesk& desk, const std::string& as_of) {
  return desk.figure(7, {}, as_of).of.value_or(-1);
}

/// His standing, said to hold from a day.
void strike_off(CountyDesk& desk, const Id& member, const std::string& standing, const std::string& from) {
  desk.clock.advance(1000);
  client::store::Edit edit = desk.edit("member", member, {{"standing", standing}, {"standing_doc_no", "1"}});
  if (!from.empty()) edit.as_of = *Date::parse(from);
  const auto saved = desk.records.save({edit});
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
}

Id outflow_of(CountyDesk& desk, const Id& member) {
  return desk.add(
      "mobility_episode",
      {{"member_id", member.text()}, {"direction", "out"}, {"state", "out"}, {"left_on", "2025-01-10"}});
}

void end(CountyDesk& desk, const Id& outflow, const std::string& how, const std::string& day) {
  desk.put("mobility_episode", outflow, {{"end_kind", how}, {"returned_on", day}, {"state", "ended"}});
}

}  // namespace

TEST_CASE("K5: who died, was transferred or struck off later stood in the ranks on the day") {
  CountyDesk desk;
  const auto made = [&](const std::string& name) {
    return desk.add("member", {{"name", name}, {"home_village_id", desk.sanhe.text()}});
  };
  const Id died = made("甲");
  const Id went = made("乙");
  const Id expelled = made("丙");
  const Id asked = made("丁");
  end(desk, outflow_of(desk, died), "died", "2026-10-05");
  end(desk, outflow_of(desk, went), "transferred", "2026-10-05");
  outflow_of(desk, expelled);
  outflow_of(desk, asked);
  desk.add("transfer_request", {{"member_id", asked.text()},
                                {"asked_on", "2026-08-01"},
                                {"state", "done"},
                                {"done_on", "2026-10-05"}});
  CHECK(mobile_on(desk, "2026-09-30") == 4);
  strike_off(desk, died, "deceased", "");
  strike_off(desk, went, "transferred", "");
  strike_off(desk, expelled, "expelled", "2026-10-05");
  strike_off(desk, asked, "transferred", "");
  CHECK(mobile_on(desk, "2026-09-30") == 4);
  CHECK(desk.figure(21, {}, "2026-09-30").of == 4);
  CHECK(mobile_on(desk, "2026-10-04") == 4);
  CHECK(mobile_on(desk, "2026-10-05") == 0);
  CHECK(desk.figure(21, {}, "2026-10-05").of == 0);
}

TEST_CASE("K5: a standing nobody gave a day is as it is today, and one taken back counts for nothing") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  strike_off(desk, member, "left", "");
  CHECK(mobile_on(desk, "2026-09-30") == 0);
  strike_off(desk, member, "normal", "2026-10-20");
  CHECK(mobile_on(desk, "2026-09-30") == 1);
  strike_off(desk, member, "expelled", "2026-10-05");
  desk.put("member", member, {{"standing", "left"}});  // written over: the day was said of another standing
  CHECK(mobile_on(desk, "2026-09-30") == 0);
}

TEST_CASE("K5: the day of a member entered twice is that of the record which says it") {
  CountyDesk desk;
  const Id first = desk.mobile_member("甲", desk.sanhe);
  const Id second = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  strike_off(desk, second, "expelled", "2026-10-05");
  REQUIRE(desk.records.say_twins(first, second, client::store::TwinWord::kSame).ok());
  CHECK(mobile_on(desk, "2026-09-30") == 1);
  CHECK(mobile_on(desk, "2026-10-05") == 0);
}

TEST_CASE("rows 64, 65: who was relieved later was in hardship on the day") {
  CountyDesk desk;
  const Id member = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  const Id file = desk.add("hardship_record",
                           {{"member_id", member.text()}, {"active", "1"}, {"recognised_on", "2026-03-01"}});
  desk.put("hardship_record", file, {{"active", "0"}, {"relieved_on", "2026-10-10"}});
  CHECK(desk.number(65) == 1);
  CHECK(desk.number(65, {}, "2026-10-09") == 1);
  CHECK(desk.number(65, {}, "2026-10-10") == 0);
  const Id named = desk.add(
      "hardship_record",
      {{"member_id", desk.add("member", {{"name", "乙"}, {"home_village_id", desk.sanhe.text()}}).text()},
       {"nominated_on", "2026-05-01"}});
  CHECK(desk.part(65, "unrecognised") == 1);
  desk.put("hardship_record", named, {{"active", "0"}, {"relieved_on", "2026-10-10"}});
  CHECK(desk.part(65, "unrecognised") == 1);
}

TEST_CASE("row 32: a certificate handed back later was valid on the day, one handed back is not") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id paper = desk.add(
      "certificate",
      {{"member_id", member.text()}, {"cert_no", "001"}, {"issued_on", "2026-06-01"}, {"state", "valid"}});
  desk.put("certificate", paper, {{"state", "returned"}, {"returned_on", "2026-10-10"}});
  CHECK(desk.number(32) == 1);
  CHECK(desk.number(32, {}, "2026-10-10") == 0);
  desk.put("certificate", paper, {{"state", "valid"}});
  CHECK(desk.number(32, {}, "2026-10-09") == 1);
  CHECK(desk.number(32, {}, "2026-10-10") == 0);
  desk.put("certificate", paper, {{"state", "void"}});
  CHECK(desk.number(32) == 0);
}

TEST_CASE("row 32: a certificate is due after the county's months, mobile or not, as the duty says") {
  CountyDesk desk;
  const Id early = desk.mobile_member("甲", desk.sanhe, {{"left_on", "2026-05-10"}});
  desk.mobile_member("乙", desk.sanhe, {{"left_on", "2026-08-10"}});
  CHECK(desk.figure(32).of == 0);
  desk.add("parameter", {{"name", "certificate_months"}, {"value", "3"}});
  CHECK(desk.figure(32).of == 1);
  CHECK(desk.number(32) == 0);
  desk.add(
      "certificate",
      {{"member_id", early.text()}, {"cert_no", "001"}, {"issued_on", "2026-09-01"}, {"state", "issued"}});
  CHECK(desk.number(32) == 1);
  desk.add("transfer_request", {{"member_id", early.text()},
                                {"asked_on", "2026-08-01"},
                                {"state", "done"},
                                {"done_on", "2026-09-05"}});
  CHECK(desk.figure(32).of == 0);
}

TEST_CASE("row 12: his own telephone is one that holds on the day and is not known to be wrong") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const auto phone = [&](const std::string& value, const Fields& more) {
    Fields fields = {{"member_id", member.text()}, {"kind", "mobile"}, {"value", value}, {"owner", "self"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("contact_point", fields);
  };
  phone("13800001234", {{"from", "2026-10-15"}});
  phone("13800001235", {{"valid", "dead"}});
  CHECK(desk.part(12, "own_contact") == 0);
  CHECK(desk.number(12) == 0);
  CHECK(desk.number(12, {}, "2026-10-15") == 1);
}

TEST_CASE("row 24: who checks in later had not checked in on the day") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"checked_in_on", "2026-10-20"}});
  CHECK(desk.part(24, "not_checked_in") == 1);
}

TEST_CASE("row 22: who is abroad is in no division of this country, and that is no unknown place") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"abroad_on", "2025-01-10"}});
  desk.mobile_member("乙", desk.sanhe);
  CHECK(desk.number(22) == 1);
  CHECK(desk.figure(22).of == 2);
}

TEST_CASE("row 1: what a meeting was says the meeting, not what was noted at its door") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id activity = desk.add(
      "activity", {{"org_id", desk.sanhe.text()}, {"occurred_on", "2026-05-01"}, {"kind", "volunteer"}});
  desk.add("attendance", {{"activity_id", activity.text()},
                          {"member_id", member.text()},
                          {"status", "present"},
                          {"occurred_on", "2026-05-01"}});
  CHECK(desk.part(1, "role") == 1);
  desk.put("activity", activity, {{"kind", "lecture"}});
  CHECK(desk.part(1, "role") == 0);
}

TEST_CASE(
    "row 16: a roster without days changes a village's ledger on the day it was taken in, no longer when "
    "undone") {
  CountyDesk desk;
  const auto oldest = [&](const std::string& as_of) {
    for (const figures::Part& part : desk.figure(16, desk.sanhe, as_of).parts)
      if (part.name == "oldest") return part.value;
    return std::int64_t{-1};
  };
  const Id member = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  const Id held_back = desk.add("member", {{"name", "乙"}, {"home_village_id", desk.sanhe.text()}});
  CHECK(oldest("2026-09-30") == 272);  // from the period's first day: no day was said, and K1 asks no clock
  const Id batch = desk.add("import_batch", {{"org_id", desk.east.text()}, {"imported_on", "2026-09-20"}});
  desk.add("import_row",
           {{"batch_id", batch.text()}, {"outcome", "quarantined"}, {"record_id", held_back.text()}});
  CHECK(oldest("2026-09-30") == 272);
  desk.add("import_row", {{"batch_id", batch.text()}, {"outcome", "accepted"}, {"record_id", member.text()}});
  CHECK(oldest("2026-09-30") == 10);
  CHECK(oldest("2026-09-19") == 261);
  CHECK(desk.number(27) == 0);  // nobody has heard of him
  desk.put("import_batch", batch, {{"undone_on", "2026-09-25"}});
  CHECK(oldest("2026-09-24") == 4);
  CHECK(oldest("2026-09-30") == 272);
}
