// What there may be once: a person is told, nothing is refused; a red package with its books, a stock not
// below nothing.
#include "client/store/stands_twice.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {
namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

bool warns(const cs::Saved& saved, const std::string& code) {
  CHECK(saved.ok);
  return std::any_of(saved.problems.begin(), saved.problems.end(),
                     [&](const domain::Problem& one) { return one.code == code && !one.blocks; });
}

std::string told(const cs::Saved& saved, const std::string& code, const std::string& arg) {
  for (const domain::Problem& one : saved.problems) {
    for (const ErrorArg& found : one.args) {
      if (one.code == code && found.name == arg) return found.value;
    }
  }
  return "";
}

Values with(Values values, const Values& more) {
  for (const auto& said : more) {
    std::erase_if(values, [&](const auto& one) { return one.first == said.first; });
    if (!said.second.empty()) values.push_back(said);
  }
  return values;
}

/// A record, what makes a second one no double, and the word for one.
struct Case {
  std::string kind;
  Values values;
  Values otherwise;
  std::string code;
};

/// Of these a member has one.
const std::vector<Case>& of_members() {
  static const std::vector<Case> kCases = {
      {"mobility_episode",
       {{"direction", "out"}, {"left_on", "2026-01-05"}, {"state", "reported"}},
       {{"returned_on", "2026-05-01"}, {"state", "ended"}},
       "second_outflow"},
      {"mobility_episode", {{"direction", "out"}}, {{"direction", "in"}}, "second_outflow"},
      {"hardship_record", {{"active", "1"}}, {{"active", "0"}}, "second_hardship"},
      {"hardship_record", {{"active", "1"}}, {{"relieved_on", "2026-05-01"}}, "second_hardship"},
      {"certificate", {{"state", "valid"}, {"cert_no", "A1"}}, {{"state", "lost"}}, "second_certificate"},
      {"liaison_assignment",
       {{"from", "2026-01-01"}},
       {{"from", "2025-01-01"}, {"to", "2026-01-01"}},
       "second_liaison"},
      {"transfer_request", {{"state", "asked"}}, {{"state", "withdrawn"}}, "second_transfer"},
      {"contact_group_member",
       {{"group_id", "0199dddd-0000-7000-8000-000000000001"}},
       {{"group_id", "0199dddd-0000-7000-8000-000000000002"}},
       "second_alike"},
      {"support_pair",
       {{"helper_worker_id", "0199dddd-0000-7000-8000-000000000001"}},
       {{"helper_worker_id", "0199dddd-0000-7000-8000-000000000002"}},
       "second_alike"},
      {"points_entry",
       {{"rule_id", "0199dddd-0000-7000-8000-000000000001"},
        {"evidence_id", "0199dddd-0000-7000-8000-000000000002"},
        {"occurred_on", "2026-09-01"},
        {"points_tenths", "10"},
        {"state", "proposed"}},
       {{"rule_id", "0199dddd-0000-7000-8000-000000000003"}},
       "second_alike"},
      {"attendance",
       {{"activity_id", "0199dddd-0000-7000-8000-000000000001"},
        {"occurred_on", "2026-09-01"},
        {"status", "present"}},
       {{"activity_id", "0199dddd-0000-7000-8000-000000000002"}},
       "second_alike"},
  };
  return kCases;
}

/// Of these there is one with a number, in a place, in a period.
const std::vector<Case>& of_all() {
  static const std::string kVillage = "0199bbbb-0000-7000-8000-000000000001";
  static const std::string kOther = "0199bbbb-0000-7000-8000-000000000002";
  static const std::vector<Case> kCases = {
      {"material", {{"code", "book-1"}}, {{"code", "book-2"}}, "second_with"},
      {"material", {{"code", "book-1"}}, {{"to", "2026-01-01"}}, ""},
      {"material_component",
       {{"material_id", kVillage}, {"part_id", kOther}},
       {{"material_id", kOther}},
       "second_alike"},
      {"grid", {{"village_id", kVillage}, {"no", "3"}}, {{"no", "4"}}, "second_with"},
      {"worker", {{"login", "gu"}, {"name", "顾小满"}}, {{"login", "wu"}}, "second_with"},
      {"org_unit", {{"code", "220622103"}, {"name", "河口乡"}}, {{"code", "220622104"}}, "second_with"},
      {"points_rule", {{"code", "visit"}, {"version", "1"}}, {{"version", "2"}}, "second_with"},
      {"village_table",
       {{"village_id", kVillage}, {"quarter", "2026Q3"}},
       {{"quarter", "2026Q2"}},
       "second_with"},
      {"township_register",
       {{"township_id", kVillage}, {"quarter", "2026Q3"}},
       {{"quarter", "2026Q2"}},
       "second_with"},
      {"month_close", {{"org_id", kVillage}, {"month", "2026-08"}}, {{"month", "2026-07"}}, "second_with"},
      {"festival_day",
       {{"festival", "spring_festival"}, {"on", "2027-02-06"}},
       {{"on", "2028-01-26"}},
       "second_alike"},
      {"parameter",
       {{"name", "field_off"}, {"value", "member.remark"}},
       {{"value", "member.education"}},
       "second_alike"},
      {"parameter", {{"name", "close_day"}, {"value", "5"}}, {{"from", "2026-10-01"}}, "second_alike"},
  };
  return kCases;
}

}  // namespace

TEST_CASE("of a member there is one of these; a second one is saved and told") {
  for (const Case& one : of_members()) {
    CAPTURE(one.kind);
    CAPTURE(one.otherwise.front().first);
    Desk desk;
    const Values named = with(one.values, {{"member_id", desk.member("赵志远").text()}});
    CHECK_FALSE(warns(desk.put(one.kind, Id(), with(named, one.otherwise)), one.code));
    CHECK_FALSE(warns(desk.put(one.kind, Id(), named), one.code));
    CHECK(warns(desk.put(one.kind, Id(), named), one.code));
    const Values of_other = with(one.values, {{"member_id", desk.member("王福来").text()}});
    CHECK_FALSE(warns(desk.put(one.kind, Id(), of_other), one.code));
    CHECK(desk.problems().empty());
  }
}

TEST_CASE("of a number, a place and a period there is one") {
  for (const Case& one : of_all()) {
    CAPTURE(one.kind);
    CAPTURE(one.otherwise.front().first);
    Desk desk;
    const std::string code = one.code.empty() ? "second_with" : one.code;
    const auto other = with(one.values, one.otherwise);
    CHECK_FALSE(warns(desk.put(one.kind, Id(), other), code));
    CHECK_FALSE(warns(
        desk.put(one.kind, Id(), with(one.values, {{"from", one.code.empty() ? "2026-01-01" : ""}})), code));
    if (!one.code.empty()) CHECK(warns(desk.put(one.kind, Id(), one.values), code));
  }
}

TEST_CASE("what is void, and what people joined, is no second one") {
  Desk desk;
  const Id member = desk.member("赵志远");
  const Id same = desk.member("赵志远");
  const Values out = {{"member_id", member.text()}, {"direction", "out"}};
  const Id first = desk.put("mobility_episode", Id(), out).records.front();
  REQUIRE(desk.records.void_record(first, "重复").ok());
  const cs::Saved second = desk.put("mobility_episode", Id(), out);
  CHECK_FALSE(warns(second, "second_outflow"));
  // Two records of one person: his outflow on the other one counts.
  const Values again = {{"member_id", same.text()}, {"direction", "out"}};
  const cs::Saved third = desk.put("mobility_episode", Id(), again);
  CHECK_FALSE(warns(third, "second_outflow"));
  REQUIRE(desk.records.say_twins(member, same, cs::TwinWord::kSame).ok());
  CHECK(
      warns(desk.put("mobility_episode", third.records.front(), {{"left_on", "2026-02"}}), "second_outflow"));
}

TEST_CASE("a tracking number of another parcel, a certificate's number, a check of the year") {
  Desk desk;
  const std::string member = desk.member("赵志远").text();
  const std::string other = desk.member("王福来").text();
  const Values sent = {
      {"member_id", member}, {"mode", "courier"}, {"carrier", "顺丰"}, {"tracking_no", "SF100"}};
  CHECK_FALSE(warns(desk.put("delivery", Id(), sent), "second_with"));
  CHECK_FALSE(warns(desk.put("delivery", Id(), with(sent, {{"carrier", "邮政"}})), "second_with"));
  const cs::Saved again = desk.put("delivery", Id(), with(sent, {{"member_id", other}}));
  CHECK(warns(again, "second_with"));
  CHECK(told(again, "second_with", "text") == "SF100");
  CHECK(warns(desk.put("delivery", Id(), with(sent, {{"carrier", ""}})), "second_with"));
  CHECK_FALSE(warns(desk.put("delivery", Id(), with(sent, {{"tracking_no", ""}})), "second_with"));

  const cs::Saved first =
      desk.put("certificate", Id(), {{"member_id", member}, {"cert_no", "2026001"}, {"state", "valid"}});
  CHECK_FALSE(warns(first, "second_with"));
  CHECK(warns(desk.put("certificate", Id(), {{"member_id", other}, {"cert_no", "2026001"}}), "second_with"));
  const Values check = {{"certificate_id", first.records.front().text()},
                        {"year", "2026"},
                        {"occurred_on", "2026-09-01"},
                        {"outcome", "passed"}};
  CHECK_FALSE(warns(desk.put("certificate_check", Id(), check), "second_with"));
  CHECK_FALSE(warns(desk.put("certificate_check", Id(), with(check, {{"year", "2025"}})), "second_with"));
  CHECK(warns(desk.put("certificate_check", Id(), check), "second_with"));
}

TEST_CASE("whose ID number and telephone it is too, unless somebody said that they are two") {
  Desk desk;
  const Values person = {{"home_village_id", desk.village.text()}, {"id_no", "220699199507142937"}};
  const cs::Saved one = desk.put("member", Id(), with(person, {{"name", "赵志远"}}));
  CHECK_FALSE(warns(one, "number_of_other"));
  const cs::Saved other = desk.put("member", Id(), with(person, {{"name", "王福来"}}));
  CHECK(warns(other, "number_of_other"));
  CHECK(told(other, "number_of_other", "text") == "赵志远");
  const Id first = one.records.front();
  const Id second = other.records.front();
  const auto phone = [&](const Id& member, const std::string& owner) {
    return desk.put(
        "contact_point", Id(),
        {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", owner}});
  };
  phone(first, "self");
  CHECK(warns(phone(second, "self"), "number_of_other"));
  CHECK_FALSE(warns(phone(second, "neighbour"), "number_of_other"));
  REQUIRE(desk.records.say_twins(first, second, cs::TwinWord::kDifferent).ok());
  CHECK_FALSE(warns(phone(second, "self"), "number_of_other"));
}

TEST_CASE("an ID number is told although far more arrived than was ever compared") {
  Desk desk;
  for (int i = 0; i < 300; ++i)
    desk.member("甲" + std::to_string(i));
  const Values person = {{"home_village_id", desk.village.text()}, {"id_no", "220699199507142937"}};
  desk.put("member", Id(), with(person, {{"name", "赵志远"}}));
  for (int i = 0; i < 300; ++i)
    desk.member("乙" + std::to_string(i));
  const cs::Saved other = desk.put("member", Id(), with(person, {{"name", "王福来"}}));
  CHECK(told(other, "number_of_other", "text") == "赵志远");
}

TEST_CASE("a red package without its books, and one of another version") {
  Desk desk;
  const auto material = [&](const std::string& name, const std::string& kind, const std::string& version) {
    return desk.put("material", Id(), {{"name", name}, {"kind", kind}, {"required_set_version", version}})
        .records.front();
  };
  const Id package = material("红色包裹", "red_package", "2");
  const Id charter = material("章程", "book", "2");
  const Id report = material("报告", "book", "2");
  material("旧读本", "book", "1");
  const Id parcel = desk.put("delivery", Id(), {{"member_id", desk.member("赵志远").text()}}).records.front();
  const auto line = [&](const Id& what, const std::string& version) {
    return desk.put("delivery_line", Id(),
                    {{"delivery_id", parcel.text()},
                     {"material_id", what.text()},
                     {"qty", "1"},
                     {"title_version", version}});
  };
  CHECK(warns(line(package, "2"), "books_none"));
  const auto part = [&](const Id& book) {
    desk.put("material_component", Id(),
             {{"material_id", package.text()}, {"part_id", book.text()}, {"qty", "1"}});
  };
  part(charter);
  const cs::Saved lacking = line(package, "2");
  CHECK_FALSE(warns(lacking, "books_none"));
  CHECK(told(lacking, "books_missing", "text") == "报告");
  CHECK_FALSE(warns(lacking, "books_version"));
  // The one that lacks lies beside it in the parcel.
  CHECK_FALSE(warns(line(report, ""), "books_missing"));
  CHECK_FALSE(warns(line(package, "2"), "books_missing"));
  CHECK(told(line(package, "1"), "books_version", "count") == "2");
}

TEST_CASE("a stock below nothing, and more people than expected") {
  Desk desk;
  const Id book = desk.put("material", Id(), {{"name", "章程"}, {"kind", "book"}}).records.front();
  const auto move = [&](const std::string& delta, const std::string& reason) {
    return desk.put("stock_movement", Id(),
                    {{"store_id", desk.village.text()},
                     {"material_id", book.text()},
                     {"occurred_on", "2026-09-01"},
                     {"delta", delta},
                     {"reason", reason}});
  };
  CHECK_FALSE(warns(move("3", "receive"), "stock_below"));
  CHECK_FALSE(warns(move("-3", "hand_out"), "stock_below"));
  const cs::Saved below = move("-2", "hand_out");
  CHECK(told(below, "stock_below", "count") == "-2");
  CHECK(told(below, "stock_below", "text") == "章程");
  CHECK_FALSE(warns(move("1", "receive"), "stock_below"));

  const Values held = {
      {"org_id", desk.village.text()}, {"occurred_on", "2026-09-01"}, {"kind", "film"}, {"expected", "1"}};
  const Id film = desk.put("activity", Id(), held).records.front();
  for (const char* status : {"present", "late", "absent"})
    desk.put("attendance", Id(),
             {{"activity_id", film.text()},
              {"member_id", desk.member("赵志远").text()},
              {"occurred_on", "2026-09-01"},
              {"status", status}});
  CHECK(told(desk.put("activity", film, {{"topic", "观影"}}), "more_than_expected", "count") == "2");
  CHECK_FALSE(warns(desk.put("activity", film, {{"expected", "2"}}), "more_than_expected"));
}

TEST_CASE("nobody is out of contact since before he was last reached") {
  Desk desk;
  const Id member = desk.member("赵志远");
  const auto since = [&](const char* day) {
    return desk.put("member", member, {{"out_of_contact_since", day}});
  };
  CHECK_FALSE(warns(since("2026-03"), "reached_since"));
  desk.put("contact_attempt", Id(),
           {{"member_id", member.text()}, {"occurred_on", "2026-05-10"}, {"outcome", "reached_family"}});
  CHECK_FALSE(warns(since("2026-02"), "reached_since"));
  desk.put("contact_attempt", Id(),
           {{"member_id", member.text()}, {"occurred_on", "2026-04-10"}, {"outcome", "reached_self"}});
  CHECK(told(since("2026-03"), "reached_since", "day") == "2026-04-10");
  CHECK_FALSE(warns(since("2026-04"), "reached_since"));
  CHECK_FALSE(warns(since("2026-04-10"), "reached_since"));
  desk.put(
      "visit", Id(),
      {{"members+", member.text()}, {"occurred_on", "2026-06-01"}, {"mode", "door"}, {"outcome", "met"}});
  CHECK(told(since("2026-05-31"), "reached_since", "day") == "2026-06-01");
  CHECK_FALSE(warns(since(""), "reached_since"));
}

TEST_CASE("a unit does not lie below itself") {
  Desk desk;
  const Id county = desk.put("org_unit", Id(), {{"name", "县"}, {"kind", "county"}}).records.front();
  const Id town =
      desk.put("org_unit", Id(), {{"name", "乡"}, {"kind", "township"}, {"parent_id", county.text()}})
          .records.front();
  for (const Id& above : {town, county}) {
    const auto saved = desk.records.save({desk.edit("org_unit", county, {{"parent_id", above.text()}})});
    REQUIRE(saved.ok());
    CHECK_FALSE(saved->ok);
    CHECK(saved->problems.front().code == "unit_circle");
  }
  CHECK(desk.value(county, "parent_id") == "");
}

}  // namespace lianxin::test
