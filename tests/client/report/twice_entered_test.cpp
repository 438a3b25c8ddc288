// A person entered twice stands once in every form and every figure, whatever hangs on both records
// (domain.md 5.1).
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "assets/assets.hpp"
#include "client/report/made_forms.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

/// Entered in two villages, each with an outflow, an inflow, a file of hardship, a liaison and a telephone;
/// signed in twice at one meeting.
struct Twice : CountyDesk {
  Id meeting =
      add("activity", {{"org_id", east.text()}, {"occurred_on", "2026-09-05"}, {"kind", "volunteer"}});
  Id here = entered(sanhe, {"absent", "present"});
  Id there = entered(linhe, {"late"});

  Id entered(const Id& home, const std::vector<std::string>& signed_as) {
    const Id member = mobile_member("赵连心", home, {{"dest_division", "440300"}});
    const auto of_him = [&](const char* kind, Fields fields) {
      fields.emplace_back("member_id", member.text());
      return add(kind, fields);
    };
    of_him("mobility_episode",
           {{"direction", "in"}, {"state", "checked_in"}, {"checked_in_on", "2026-02-01"}});
    of_him("hardship_record", {{"cause_class", "illness"}, {"active", "1"}, {"recognised_on", "2026-03-01"}});
    of_him("liaison_assignment", {{"worker_id", worker.text()}, {"from", "2026-01-01"}});
    of_him("contact_point",
           {{"kind", "mobile"}, {"owner", "self"}, {"value", "19900001111"}, {"from", "2026-09-02"}});
    for (const std::string& said : signed_as)
      of_him("attendance", {{"activity_id", meeting.text()},
                            {"activity_kind", "volunteer"},
                            {"occurred_on", "2026-09-05"},
                            {"status", said}});
    return member;
  }
  void say(client::store::TwinWord word) { REQUIRE(records.say_twins(here, there, word)->ok); }

  std::vector<report::Sheet> made(const std::string& form, const Id& scope) {
    static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
    const Date from = form == "f7"                   ? Date{2026, 9, 1}
                      : form == "f2" || form == "f8" ? Date{2026, 7, 1}
                                                     : Date{2026, 1, 1};
    const Date as_of = form == "f11" ? Date{2026, 12, 31} : Date{2026, 9, 30};
    auto ledger = figures::Ledger::open(*database, {scope, from, as_of, false});
    REQUIRE(ledger.ok());
    auto sheets = report::make_form(*database, *ledger, *report::form_definition(form),
                                    {"三合镇", {2027, 1, 3}, true, "zh"}, kMessages);
    if (!sheets.ok()) FAIL(sheets.error().code << " " << sheets.error().detail);
    return *std::move(sheets);
  }
};

/// How many lines of all pages name him.
long lines_of_him(const std::vector<report::Sheet>& sheets) {
  long out = 0;
  for (const report::Sheet& sheet : sheets)
    out += std::count_if(sheet.rows.begin(), sheet.rows.end(), [](const report::SheetRow& row) {
      return std::find(row.cells.begin(), row.cells.end(), "赵连心") != row.cells.end();
    });
  return out;
}

/// What a column says in the line whose first or second cell is this.
std::string cell(const report::Sheet& sheet, const std::string& line, const std::string& heading) {
  const auto columns = report::columns_of(sheet);
  const auto column =
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.words == heading; });
  REQUIRE_MESSAGE(column != columns.end(), heading);
  const auto row = std::find_if(sheet.rows.begin(), sheet.rows.end(), [&](const report::SheetRow& one) {
    return one.cells.at(0) == line || one.cells.at(1) == line;
  });
  REQUIRE_MESSAGE(row != sheet.rows.end(), line);
  return row->cells.at(static_cast<std::size_t>(column - columns.begin()));
}

TEST_CASE("a person entered in two villages stands once in each form, and the forms of an office agree") {
  Twice desk;
  desk.say(client::store::TwinWord::kSame);
  for (const Id& scope : {desk.county, desk.east}) {
    for (const char* form : {"f1", "f6b", "f12", "f16"}) {
      CAPTURE(std::string(form));
      CHECK(lines_of_him(desk.made(form, scope)) == 1);
    }
    const auto registers = desk.made("f10", scope);
    REQUIRE(registers.size() == 2);
    for (const report::Sheet& page : registers)
      CHECK(lines_of_him({page}) == 1);
    CHECK(lines_of_him({desk.made("f8", scope).front()}) == 1);  // the number that is new
    const auto booklet = desk.made("f6", scope);
    CHECK(std::count_if(booklet.begin(), booklet.end(),
                        [](const auto& page) { return page.title == "困难党员一人一册"; }) == 1);

    const report::Sheet month = desk.made("f7", scope).front();
    for (const char* column : {"党员数", "流动党员", "流出", "流入", "困难党员", "志愿人次"}) {
      CAPTURE(std::string(column));
      CHECK(cell(month, "合计", column) == "1");
    }
    const report::Sheet members = desk.made("f16", scope).front();
    CHECK(cell(members, "1", "联系党员数") == "1");
    const auto year = desk.made("f11", scope);
    REQUIRE(year.size() == 3);
    CHECK(cell(year[0], "流出党员总数", "合计") == "1");
    CHECK(cell(year[1], "接收流入党员数", "合计") == "1");
    CHECK(cell(year[2], "合计", "省外") == "1");
  }
  const auto book = desk.made("f2", desk.east);
  for (const char* column : {"党员总数", "流动党员数", "流入", "有联系人", "困难"}) {
    CAPTURE(std::string(column));
    CHECK(cell(book.at(1), "三合村", column) == "1");
    CHECK(cell(book.at(1), "临河村", column) == "0");
    CHECK(cell(book.at(1), "合计", column) == "1");
  }
  for (const int row : {31, 64, 65}) {
    CAPTURE(row);
    CHECK(desk.number(row) == 1);
  }
  CHECK(desk.part(60, "person_times") == 1);
  CHECK(desk.part(30, "per_liaison_max") == 1);
}

TEST_CASE("who is neither the same nor decided yet stands twice, never not at all") {
  Twice desk;
  CHECK(desk.made("f6", desk.east).size() == 10);
  for (const char* form : {"f1", "f6b", "f12", "f16"}) {
    CAPTURE(std::string(form));
    CHECK(lines_of_him(desk.made(form, desk.east)) == 2);
  }
  CHECK(cell(desk.made("f7", desk.east).front(), "合计", "流出") == "2");
  desk.say(client::store::TwinWord::kSame);
  desk.say(client::store::TwinWord::kUnsaid);
  CHECK(cell(desk.made("f7", desk.east).front(), "合计", "流出") == "2");
  CHECK(desk.number(65) == 2);
}

TEST_CASE(
    "a form names what may be counted twice where its days count it; the month summary sums up its year") {
  CountyDesk desk;
  (void)desk.mobile_member("赵连心", desk.sanhe);
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  auto ledger = figures::Ledger::open(*desk.database, {desk.county, {2026, 9, 1}, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  report::FormFacts facts{"三合镇", {2027, 1, 3}, true, "zh"};
  const auto notes = [&](const char* form, const char* day) {
    facts.undecided = {{"visit", Id(), Id(), Id(), Id(), "赵连心 " + std::string(day), day, day}};
    const auto sheets =
        report::make_form(*desk.database, *ledger, *report::form_definition(form), facts, kMessages);
    REQUIRE(sheets.ok());
    std::string all;
    for (const std::string& note : sheets->front().notes)
      all += note;
    return all;
  };
  CHECK(notes("f4b", "2026-09-10").find("赵连心 2026-09-10") != std::string::npos);
  CHECK(notes("f4b", "2026-02-19").find("赵连心") == std::string::npos);
  CHECK(notes("f7", "2026-02-19").find("赵连心 2026-02-19") != std::string::npos);
  CHECK(notes("f7", "2025-12-31").find("赵连心") == std::string::npos);
}

TEST_CASE("the sheet of a meeting: of two words about one person the one that he was there stands") {
  Twice desk;
  desk.say(client::store::TwinWord::kSame);
  const report::Sheet sheet = desk.made("f12", desk.east).front();
  REQUIRE(sheet.rows.size() == 1);
  CHECK(std::find(sheet.rows[0].cells.begin(), sheet.rows[0].cells.end(), "出席") !=
        sheet.rows[0].cells.end());
}

TEST_CASE("a file that is closed gives way to the one of the other record that is open") {
  Twice desk;
  desk.say(client::store::TwinWord::kSame);
  const Id first = desk.records.get(desk.here)->value().children.at("hardship_record").front();
  desk.put("hardship_record", first, {{"active", "0"}, {"relieved_on", "2026-05-01"}});
  CHECK(desk.number(65) == 1);
  CHECK(lines_of_him(desk.made("f6b", desk.east)) == 1);
  CHECK(desk.made("f6", desk.east).size() == 5);
}

TEST_CASE("a visit entered by both who went is one sheet, with what either wrote") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id first = desk.visit({{"members+", member.text()}, {"talk_work", "在工地"}});
  const Id second = desk.visit(
      {{"members+", member.text()}, {"purposes+", "study"}, {"content", "学党章"}, {"began", "15:10"}});
  client::store::Edit told = desk.edit("member", member, {{"home_address", "三合村一组"}});
  told.cause = {sync::change::CauseKind::kVisit, second};
  REQUIRE(desk.records.save({told})->ok);
  desk.add("case_item", {{"member_id", member.text()},
                         {"opened_on", "2026-05-04"},
                         {"content", "孩子上学"},
                         {"level", "on_spot"},
                         {"visit_id", second.text()}});
  REQUIRE(desk.records.say_twins(first, second, client::store::TwinWord::kSame)->ok);
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  auto ledger = figures::Ledger::open(*desk.database, {desk.county, {2026, 1, 1}, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  auto sheets = report::make_form(*desk.database, *ledger, *report::form_definition("f4"),
                                  {"三合镇", {2027, 1, 3}, true, "zh"}, kMessages);
  REQUIRE(sheets.ok());
  REQUIRE(sheets->size() == 1);
  std::map<std::string, std::string> said;
  for (const auto& line : sheets->front().card)
    for (const report::CardCell& cell : line)
      said[cell.label] = cell.value;
  CHECK(said["工作情况"] == "在工地");
  CHECK(said["走访内容"] == "学党章");
  CHECK(said["走访目的"] == "送学上门");
  CHECK(said["发现问题"] == "孩子上学");
  CHECK(said["变更的信息"] == "党员信息");
}

}  // namespace
