// Forms of the office by hand: what each says of records one knows, of what a laptop does not hold, of
// nothing at all.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <unistd.h>

#include "assets/assets.hpp"
#include "client/report/forms.hpp"
#include "client/report/sheet_csv.hpp"
#include "client/report/sheet_xlsx.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

const Messages& words() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

Result<std::vector<report::Sheet>> fill(CountyDesk& desk, const char* form,
                                        const report::FormFacts& more = {}, const Date& from = {2026, 1, 1},
                                        const Date& as_of = {2026, 9, 30}) {
  auto ledger = figures::Ledger::open(*desk.database, {desk.county, from, as_of, false});
  REQUIRE(ledger.ok());
  report::FormFacts facts = more;
  facts.unit = "靖宇县";
  facts.today = {2026, 10, 3};
  facts.language = "zh";
  return report::fill_form(*ledger, *report::form_definition(form), facts, words());
}

std::vector<report::Sheet> filled(CountyDesk& desk, const char* form, const report::FormFacts& more = {},
                                  const Date& from = {2026, 1, 1}, const Date& as_of = {2026, 9, 30}) {
  auto sheets = fill(desk, form, more, from, as_of);
  if (!sheets.ok()) FAIL(sheets.error().code << " " << sheets.error().detail);
  return *std::move(sheets);
}

std::string value(const report::Sheet& sheet, const std::string& label) {
  for (const auto& line : sheet.card)
    for (const report::CardCell& cell : line)
      if (cell.label == label) return cell.value;
  FAIL("no label " << label);
  return "";
}

std::string cell(const report::Sheet& sheet, std::size_t row, const std::string& heading) {
  const auto columns = report::columns_of(sheet);
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.words == heading; });
  REQUIRE_MESSAGE(found != columns.end(), heading);
  return sheet.rows.at(row).cells.at(static_cast<std::size_t>(found - columns.begin()));
}

bool has_note(const report::Sheet& sheet, const char* key) {
  return std::find(sheet.notes.begin(), sheet.notes.end(), words().get(key)) != sheet.notes.end();
}

report::FormFacts of_member(const Id& member) {
  report::FormFacts facts;
  facts.member = member.text();
  return facts;
}

report::FormFacts of_record(const Id& record) {
  report::FormFacts facts;
  facts.record = record.text();
  return facts;
}

report::FormFacts without(domain::PrivacyClass what) {
  report::FormFacts facts;
  facts.missing = {what};
  return facts;
}

TEST_CASE(
    "F3: the sixteen items, numbers masked unless the right is held, only the member that is asked for") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵志远", desk.sanhe, {{"usual_place", "深圳市宝安区"}});
  desk.put("member", member,
           {{"gender", "1"},
            {"ethnic", "01"},
            {"id_no", "220699197903050015"},
            {"education", "71"},
            {"post_code", "4100"},
            {"out_of_contact_since", "2026-03"}});
  desk.add("contact_point",
           {{"member_id", member.text()}, {"kind", "mobile"}, {"owner", "self"}, {"value", "19900001111"}});
  desk.add("member", {{"name", "在村"}, {"home_village_id", desk.sanhe.text()}});
  CHECK(filled(desk, "f3").size() == 2);
  const auto sheets = filled(desk, "f3", of_member(member));
  REQUIRE(sheets.size() == 1);
  const report::Sheet& sheet = sheets[0];
  CHECK(sheet.name == "三合村");
  CHECK(sheet.signatures.size() == 4);
  CHECK(value(sheet, "1 姓名") == "赵志远");
  CHECK(value(sheet, "3 民族") == "汉族");
  CHECK(value(sheet, "4 公民身份证号") == "220699********0015");
  CHECK(value(sheet, "6 学历") == "［7］［1］ 初中毕业");
  CHECK(value(sheet, "11 工作岗位") == "［4］［1］［0］［0］");
  CHECK(value(sheet, "12 手机") == "199****1111");
  CHECK(value(sheet, "15 是否失联") == "是");
  CHECK(value(sheet, "15 失联日期") == "2026-03");
  CHECK(value(sheet, "16 是否流动") == "是");
  CHECK(value(sheet, "16 外出流向") == "深圳市宝安区");
  report::FormFacts unmasked = of_member(member);
  unmasked.unmasked = true;
  CHECK(value(filled(desk, "f3", unmasked)[0], "4 公民身份证号") == "220699197903050015");
  CHECK(value(filled(desk, "f3", unmasked)[0], "12 手机") == "19900001111");
}

TEST_CASE("F4: a visit with its question, what it changed and what was handed out; a call is no visit") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵志远", desk.sanhe);
  const Id visit = desk.visit({{"members+", member.text()},
                               {"workers+", desk.worker.text()},
                               {"purposes+", "talk,verify"},
                               {"began", "09:10"},
                               {"ended", "09:50"},
                               {"content", "=核实信息"},
                               {"talk_thought", "思想稳定"},
                               {"met_persons+", "self,spouse"}});
  desk.visit({{"members+", member.text()}, {"mode", "phone"}});
  desk.add("case_item", {{"member_id", member.text()},
                         {"visit_id", visit.text()},
                         {"opened_on", "2026-05-04"},
                         {"kind", "question"},
                         {"topic", "job"},
                         {"level", "township"},
                         {"content", "想学技术"}});
  cs::Edit edit = desk.edit("member", member, {{"home_address", "三合村1组3号"}});
  edit.cause = {sync::change::CauseKind::kVisit, visit};
  REQUIRE(desk.records.save({edit}).ok());
  const auto sheets = filled(desk, "f4");
  REQUIRE(sheets.size() == 1);
  const report::Sheet& sheet = sheets[0];
  CHECK(value(sheet, "起止时间") == "09:10 – 09:50");
  CHECK(value(sheet, "走访对象") == "赵志远");
  CHECK(value(sheet, "走访内容") == "=核实信息");
  CHECK(value(sheet, "思想情况") == "思想稳定");
  CHECK(value(sheet, "工作情况") == "无");
  CHECK(value(sheet, "发现问题") == "想学技术");
  CHECK(value(sheet, "处理方式") == "带回协调");
  CHECK(value(sheet, "变更的信息") == "党员信息");
  CHECK(value(sheet, "见到的人").find("、") != std::string::npos);
  // What would be a formula is not one.
  CHECK(report::sheets_csv(sheets, report::CsvEncoding::kUtf8)->find(",'=核实信息") != std::string::npos);
  const report::Sheet hidden = filled(desk, "f4", without(domain::PrivacyClass::kNotes))[0];
  CHECK(value(hidden, "走访内容") == "—");
  CHECK(has_note(hidden, "form.missing.4"));
  CHECK(filled(desk, "f4", of_record(visit)).size() == 1);
  const auto none = fill(desk, "f4", of_record(member));
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == "report.no_record");
  const report::Sheet list = filled(desk, "f4b", {}, {2026, 5, 1}, {2026, 5, 31})[0];
  REQUIRE(list.rows.size() == 2);
  CHECK(cell(list, 0, "时长（分钟）") == "40");
  CHECK(cell(list, 0, "问题") == "1");
  CHECK(cell(list, 1, "序号") == "合计");
}

TEST_CASE("F6: a laptop without hardship files says so, it does not say none") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵志远", desk.sanhe);
  CHECK(value(filled(desk, "f6")[0], "姓名") == "无");
  CHECK(cell(filled(desk, "f6b")[0], 0, "姓名") == "无");
  const report::Sheet blank = filled(desk, "f6", without(domain::PrivacyClass::kHardship))[0];
  CHECK(value(blank, "姓名") == "—");
  CHECK(has_note(blank, "form.missing.3"));
  CHECK(cell(filled(desk, "f6b", without(domain::PrivacyClass::kHardship))[0], 0, "姓名") == "—");
  report::FormFacts own;
  own.own_only = {domain::PrivacyClass::kHardship};
  CHECK(value(filled(desk, "f6", own)[0], "姓名") == "—");
  CHECK(has_note(filled(desk, "f6", own)[0], "form.own_only.3"));
  const auto tables = filled(desk, "f1", own);
  const auto sanhe =
      std::find_if(tables.begin(), tables.end(), [](const auto& one) { return one.name == "三合村"; });
  CHECK(cell(*sanhe, 0, "是否困难") == "—");
  const auto file = [&](const Fields& more) {
    Fields fields = {{"member_id", member.text()},
                     {"active", "1"},
                     {"cause_class", "illness"},
                     {"level", "severe"},
                     {"description", "长期患病"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("hardship_record", fields);
  };
  const Id record = file({{"recognised_on", "2026-02-01"}, {"per_capita_income_fen", "560050"}});
  desk.add("aid", {{"member_id", member.text()},
                   {"occurred_on", "2026-02-11"},
                   {"kind", "money"},
                   {"festival", "spring_festival"},
                   {"amount_fen", "50000"}});
  const auto sheets = filled(desk, "f6", of_record(record));
  REQUIRE(sheets.size() == 5);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    CHECK(sheets[i].name == "赵志远");
    CHECK(sheets[i].goes_on == (i > 0));
  }
  CHECK(value(sheets[0], "困难程度") == "特别困难");
  CHECK(value(sheets[1], "人均年收入（元）") == "5600.5");
  CHECK(cell(sheets[3], 0, "金额（物品）") == "¥500");
  CHECK(value(sheets[4], "是否续册") == "是");
  CHECK(cell(filled(desk, "f6b")[0], 0, "困难类型") == "因病");
  CHECK(cell(filled(desk, "f6b", own)[0], 0, "困难类型") == "因病");
  CHECK(cell(filled(desk, "f6b", own)[0], 0, "是否享受低保") == "—");
}

TEST_CASE("a tab has a thousand pages at most, and the workbook can be written") {
  CountyDesk desk;
  const auto form = report::parse_form(
      "f3",
      "by_record\ngrid 10 10\npair name 1 1 text\nfacts\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i "
      "+ 1 "
      "FROM n WHERE i < 2100) SELECT i, '', CASE WHEN i < 2051 THEN '三合村' ELSE 'a/b' END, i FROM n;\n");
  REQUIRE(form.ok());
  auto ledger = figures::Ledger::open(*desk.database, {desk.county, {2026, 1, 1}, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  const auto sheets = report::fill_form(*ledger, *form, {"靖宇县", {2026, 10, 3}, false, "zh"}, words());
  REQUIRE(sheets.ok());
  std::map<std::string, int> pages;
  for (const report::Sheet& sheet : *sheets)
    ++pages[sheet.name];
  CHECK(pages ==
        std::map<std::string, int>{{"三合村", 1000}, {"三合村 2", 1000}, {"三合村 3", 50}, {"a b", 50}});
  const std::string path =
      (std::filesystem::temp_directory_path() / ("lx-tabs-" + std::to_string(::getpid()) + ".xlsx")).string();
  CHECK(report::write_xlsx(*sheets, path).ok());
  std::filesystem::remove(path);
}

TEST_CASE(
    "F12b: each group by the months of the year, a joint meeting with both, a month without one is missing") {
  CountyDesk desk;
  const auto group = [&](const char* name, const char* from) {
    return desk.add("contact_group", {{"org_id", desk.sanhe.text()}, {"name", name}, {"from", from}});
  };
  const Id one = group("一群", "2025-01-01");
  const Id two = group("二群", "2026-03-05");
  const auto meeting = [&](const char* day, const std::vector<Id>& groups) {
    Fields fields = {{"org_id", desk.sanhe.text()}, {"occurred_on", day}, {"kind", "topic_meeting"}};
    for (const Id& each : groups)
      fields.emplace_back("group_ids+", each.text());
    desk.add("activity", fields);
  };
  meeting("2026-01-10", {one});
  meeting("2026-01-20", {one});
  meeting("2026-04-10", {one, two});
  const report::Sheet sheet = filled(desk, "f12b", {}, {2026, 1, 1}).front();
  REQUIRE(sheet.rows.size() == 3);
  std::map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < 2; ++i)
    at[cell(sheet, i, "联系群（单位）")] = i;
  CHECK(cell(sheet, at["一群"], "1月") == "√");
  CHECK(cell(sheet, at["一群"], "2月") == "缺");
  CHECK(cell(sheet, at["一群"], "4月") == "√");
  CHECK(cell(sheet, at["一群"], "10月") == "");  // not over on 30 September
  CHECK(cell(sheet, at["一群"], "完成月数") == "2");
  CHECK(cell(sheet, at["一群"], "应完成月数") == "9");
  CHECK(cell(sheet, at["一群"], "会议场次") == "3");
  CHECK(cell(sheet, at["二群"], "2月") == "");  // not there yet
  CHECK(cell(sheet, at["二群"], "3月") == "缺");
  CHECK(cell(sheet, at["二群"], "4月") == "√");
  CHECK(cell(sheet, 2, "完成月数") == std::to_string(desk.number(19)));
  CHECK(cell(sheet, 2, "应完成月数") == std::to_string(*desk.figure(19).of));
  CHECK(cell(sheet, 2, "会议场次") == "3");
}

TEST_CASE("F8: who came and went, new numbers masked, and a line for each village where nothing changed") {
  CountyDesk desk;
  const Id stays = desk.mobile_member("留下", desk.sanhe);
  desk.mobile_member("新增", desk.sanhe, {{"left_on", "2026-02-10"}, {"usual_place", "长春市"}});
  desk.mobile_member("只知区县", desk.sanhe, {{"left_on", "2026-02-20"}, {"dest_division", "440306"}});
  const Id back = desk.add("member", {{"name", "返回"}, {"home_village_id", desk.linhe.text()}});
  desk.add("mobility_episode", {{"member_id", back.text()},
                                {"direction", "out"},
                                {"state", "ended"},
                                {"left_on", "2024-01-10"},
                                {"verify_level", "branch"},
                                {"returned_on", "2026-08-01"},
                                {"end_kind", "returned"}});
  desk.add("contact_point", {{"member_id", stays.text()},
                             {"kind", "mobile"},
                             {"owner", "self"},
                             {"value", "19900001111"},
                             {"to", "2026-07-20"}});
  desk.add("contact_point", {{"member_id", stays.text()},
                             {"kind", "mobile"},
                             {"owner", "self"},
                             {"value", "19900002222"},
                             {"from", "2026-07-20"}});
  desk.add("village_table", {{"village_id", desk.baishan.text()},
                             {"quarter", "2026Q3"},
                             {"state", "village_confirmed"},
                             {"confirmed_by", desk.worker.text()},
                             {"confirmed_on", "2026-09-25"}});
  const auto sheets = filled(desk, "f8", {}, {2026, 7, 1});
  REQUIRE(sheets.size() == 2);
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < sheets[0].rows.size(); ++i)
    lines.push_back(cell(sheets[0], i, "村（社区）") + " " + cell(sheets[0], i, "姓名") + " " +
                    cell(sheets[0], i, "变动类型") + " " + cell(sheets[0], i, "原值") + ">" +
                    cell(sheets[0], i, "新值") + " " + cell(sheets[0], i, "变动日期"));
  std::sort(lines.begin(), lines.end());
  CHECK(lines == std::vector<std::string>{"三合村 只知区县 新增 无>广东省深圳市宝安区 2026-08-20",
                                          "三合村 新增 新增 无>长春市 2026-08-10",
                                          "三合村 留下 联系方式变化 199****1111>199****2222 2026-07-20",
                                          "临河村 返回 返回 不详>无 2026-08-01",
                                          "白山村  无变化 无>无 2026-09-25"});
  const report::Sheet& balance = sheets[1];
  CHECK(cell(balance, balance.rows.size() - 1, "上季末") == "2");
  CHECK(cell(balance, balance.rows.size() - 1, "新增") == "2");
  CHECK(cell(balance, balance.rows.size() - 1, "返回") == "1");
  CHECK(cell(balance, balance.rows.size() - 1, "本季末") == "3");
  CHECK(cell(balance, balance.rows.size() - 1, "增减是否平衡") == "平衡");
}

TEST_CASE("F12: who was there, with the marks and their legend; F5 and F13 of nothing say so") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵志远", desk.sanhe);
  const Id other = desk.mobile_member("钱守信", desk.linhe);
  const Id activity = desk.add("activity", {{"org_id", desk.east.text()},
                                            {"occurred_on", "2026-05-08"},
                                            {"kind", "topic_meeting"},
                                            {"mode", "online"},
                                            {"topic", "学习交流"},
                                            {"expected", "3"},
                                            {"host", "甲"}});
  for (const auto& [who, status] : {std::pair{member, "late"}, std::pair{other, "private"}})
    desk.add("attendance", {{"activity_id", activity.text()},
                            {"member_id", who.text()},
                            {"occurred_on", "2026-05-08"},
                            {"status", status}});
  const auto sheets = filled(desk, "f12", of_record(activity));
  REQUIRE(sheets.size() == 1);
  CHECK(value(sheets[0], "应到") == "3");
  CHECK(value(sheets[0], "实到") == "1");
  CHECK(value(sheets[0], "请假") == "1");
  CHECK(value(sheets[0], "缺席") == "1");    // the third, of whom the list says nothing
  CHECK(cell(sheets[0], 0, "签到") == "△");  // 钱 before 赵
  CHECK(cell(sheets[0], 1, "签到") == "#");
  CHECK(has_note(sheets[0], "form.f12.legend"));

  // Nobody said how many were expected: those on the list. More signed as absent than expected: as signed.
  desk.put("activity", activity, {{"expected", ""}});
  desk.add("attendance", {{"activity_id", activity.text()},
                          {"member_id", desk.mobile_member("孙玉兰", desk.sanhe).text()},
                          {"occurred_on", "2026-05-08"},
                          {"status", "absent"}});
  const auto listed = filled(desk, "f12", of_record(activity));
  CHECK(value(listed[0], "应到") == "3");
  CHECK(value(listed[0], "缺席") == "1");
  desk.put("activity", activity, {{"expected", "1"}});
  CHECK(value(filled(desk, "f12", of_record(activity))[0], "缺席") == "1");
  for (const char* form : {"f5", "f13", "f4b", "f5b"}) {
    CAPTURE(form);
    const auto empty = filled(desk, form);
    REQUIRE(empty[0].rows.size() == 1);
    CHECK(empty[0].rows[0].kind == report::RowKind::kNil);
    CHECK(empty[0].rows[0].cells[1] == "无");
  }
}

TEST_CASE("F13: what is over the cap of a quarter is left out, a counter-entry takes points away") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵志远", desk.sanhe);
  const Id rule = desk.add("points_rule", {{"code", "J1"},
                                           {"name", "义务"},
                                           {"class", "duty"},
                                           {"points_tenths", "25"},
                                           {"cap_tenths", "40"},
                                           {"cap_period", "quarter"},
                                           {"version", "1"}});
  const auto entry = [&](const char* day, const char* tenths, const char* state) {
    desk.add("points_entry", {{"member_id", member.text()},
                              {"rule_id", rule.text()},
                              {"occurred_on", day},
                              {"points_tenths", tenths},
                              {"state", state}});
  };
  entry("2026-01-05", "25", "approved");
  entry("2026-03-05", "25", "approved");  // 50 of the quarter, 40 count
  entry("2026-04-05", "25", "approved");
  entry("2026-04-06", "-5", "approved");
  entry("2026-05-06", "25", "proposed");
  // Taken back in September, it leaves room under the cap of its own quarter.
  const Id wrong = desk.add("points_entry", {{"member_id", member.text()},
                                             {"rule_id", rule.text()},
                                             {"occurred_on", "2026-02-05"},
                                             {"points_tenths", "20"},
                                             {"state", "approved"}});
  desk.add("points_entry", {{"member_id", member.text()},
                            {"rule_id", rule.text()},
                            {"occurred_on", "2026-09-01"},
                            {"points_tenths", "-20"},
                            {"state", "approved"},
                            {"reverses", wrong.text()}});
  const report::Sheet sheet = filled(desk, "f13")[0];
  REQUIRE(sheet.rows.size() == 2);
  CHECK(cell(sheet, 0, "得分") == "7");
  CHECK(cell(sheet, 0, "封顶后") == "6");
  CHECK(cell(sheet, 0, "累计") == "6");
  CHECK(cell(sheet, 1, "序号") == "合计");
}

}  // namespace
