// A form of a past day says what held on that day, and the same as the figures of it: files of hardship,
// groups, certificates, telephones, who came here.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "assets/assets.hpp"
#include "client/report/forms.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

std::vector<report::Sheet> filled(CountyDesk& desk, const char* form, const Date& as_of = {2026, 9, 30},
                                  const Date& from = {2026, 1, 1}) {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  auto ledger = figures::Ledger::open(*desk.database, {desk.county, from, as_of, false});
  REQUIRE(ledger.ok());
  auto sheets = report::fill_form(*ledger, *report::form_definition(form),
                                  {"靖宇县", {2026, 10, 3}, false, "zh"}, kMessages);
  if (!sheets.ok()) FAIL(sheets.error().code << " " << sheets.error().detail);
  return *std::move(sheets);
}

std::string cell(const report::Sheet& sheet, std::size_t row, const std::string& heading) {
  const auto columns = report::columns_of(sheet);
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.words == heading; });
  REQUIRE_MESSAGE(found != columns.end(), heading);
  return sheet.rows.at(row).cells.at(static_cast<std::size_t>(found - columns.begin()));
}

const report::Sheet& of_village(const std::vector<report::Sheet>& sheets, const std::string& name) {
  const auto found =
      std::find_if(sheets.begin(), sheets.end(), [&](const auto& one) { return one.name == name; });
  REQUIRE(found != sheets.end());
  return *found;
}

TEST_CASE("F1: hardship, group, certificate, national register and telephone are those of the day") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe, {{"national_entry_on", "2026-08-01"}});
  desk.add("hardship_record",
           {{"member_id", member.text()}, {"recognised_on", "2026-02-01"}, {"relieved_on", "2026-07-01"}});
  const Id group =
      desk.add("contact_group", {{"org_id", desk.sanhe.text()}, {"name", "群"}, {"from", "2026-02-01"}});
  desk.add("contact_group_member", {{"member_id", member.text()},
                                    {"group_id", group.text()},
                                    {"from", "2026-02-01"},
                                    {"to", "2026-07-01"}});
  desk.add(
      "certificate",
      {{"member_id", member.text()}, {"cert_no", "证001"}, {"issued_on", "2026-08-01"}, {"state", "valid"}});
  const auto phone = [&](const char* value, const Fields& more) {
    Fields fields = {{"member_id", member.text()}, {"kind", "mobile"}, {"owner", "self"}, {"value", value}};
    fields.insert(fields.end(), more.begin(), more.end());
    desk.add("contact_point", fields);
  };
  phone("19900001111", {{"to", "2026-07-01"}});
  phone("19900002222", {{"from", "2026-07-01"}});
  phone("19900003333", {{"valid", "wrong"}});
  const auto said = [&](const Date& as_of, const char* heading) {
    return cell(of_village(filled(desk, "f1", as_of), "三合村"), 0, heading);
  };
  const Date june{2026, 6, 30};
  const Date september{2026, 9, 30};
  for (const auto& [word, before, after] :
       {std::tuple{"是否困难", "是", "否"}, std::tuple{"是否入群", "是", "否"},
        std::tuple{"有无", "无", "有"}, std::tuple{"是否录入全国系统", "否", "是"},
        std::tuple{"本人电话", "199****1111", "199****2222"}}) {
    const char* const heading = word;
    CAPTURE(heading);
    CHECK(said(june, heading) == before);
    CHECK(said(september, heading) == after);
  }
  CHECK(desk.number(65, {}, "2026-06-30") == 1);
  CHECK(desk.number(65) == 0);
  CHECK(desk.number(18, {}, "2026-06-30") == 1);
  CHECK(desk.number(32) == 1);
}

TEST_CASE("F1: the county may have its tables in the order in which people left") {
  CountyDesk desk;
  desk.mobile_member("安心", desk.sanhe, {{"left_on", "2025-03-01"}});
  desk.mobile_member("陈一", desk.sanhe, {{"left_on", "2024"}});
  desk.mobile_member("赵连心", desk.sanhe, {{"left_on", "2024-05"}});
  const auto names = [&] {
    const auto sheets = filled(desk, "f1");
    const report::Sheet& sheet = of_village(sheets, "三合村");
    return cell(sheet, 0, "姓名") + cell(sheet, 1, "姓名") + cell(sheet, 2, "姓名");
  };
  CHECK(names() == "安心陈一赵连心");
  desk.add("parameter", {{"name", "tables_by_leaving"}, {"value", "1"}, {"from", "2026-01-01"}});
  CHECK(names() == "陈一赵连心安心");
}

TEST_CASE("who came here is one rule: F2, F7, F10 and F11 say the same") {
  CountyDesk desk;
  const auto came = [&](const char* name, const Fields& more) {
    const Id member = desk.add("member", {{"name", name}, {"home_village_id", desk.sanhe.text()}});
    Fields fields = {{"member_id", member.text()}, {"direction", "in"}, {"came_from_division", "210100"}};
    fields.insert(fields.end(), more.begin(), more.end());
    desk.add("mobility_episode", fields);
    return member;
  };
  came("来者", {{"left_on", "2026-03-01"},
                {"origin_org_text", "沈阳某支部"},
                {"inflow_reason", "work"},
                {"holds_certificate", "1"}});
  came("后来", {{"left_on", "2026-08-01"}});
  came("已走", {{"left_on", "2026-01-01"}, {"returned_on", "2026-06-01"}, {"end_kind", "returned"}});
  const Id dead = came("已故", {{"left_on", "2026-01-01"}});
  desk.put("member", dead, {{"standing", "deceased"}});
  for (const auto& [day, count] : {std::pair{Date{2026, 6, 30}, "1"}, std::pair{Date{2026, 9, 30}, "2"}}) {
    const Date as_of = day;
    CAPTURE(as_of.text());
    const report::Sheet summary = filled(desk, "f2", as_of)[0];
    CHECK(cell(summary, summary.rows.size() - 1, "流入") == count);  // the total
    CHECK(cell(filled(desk, "f7", as_of)[0], 0, "流入") == count);
    CHECK(cell(filled(desk, "f11", as_of)[1], 1, "合计") == count);
    CHECK(std::to_string(filled(desk, "f10", as_of).at(1).rows.size()) == count);
  }
  const report::Sheet sheet = filled(desk, "f10", {2026, 6, 30}).at(1);
  CHECK(sheet.title == "流入党员名册");
  CHECK(cell(sheet, 0, "姓名") == "来者");
  CHECK(cell(sheet, 0, "流入时间") == "2026-03-01");
  CHECK(cell(sheet, 0, "流出地") == "辽宁省沈阳市");
  CHECK(cell(sheet, 0, "流入原因") == "务工");
  CHECK(cell(sheet, 0, "组织关系所在地") == "沈阳某支部");
  CHECK(cell(sheet, 0, "持活动证") == "是");
}

TEST_CASE("where somebody went is said to the county, abroad is said so, and what nobody knows as well") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"dest_division", "370211"}});
  desk.mobile_member("乙", desk.sanhe, {{"dest_division", "310000"}});
  desk.mobile_member("丙", desk.sanhe, {{"abroad_on", "2025-01-10"}});
  desk.mobile_member("丁", desk.sanhe);
  const auto sheets = filled(desk, "f1");
  const report::Sheet& sheet = of_village(sheets, "三合村");
  std::map<std::string, std::string> places;
  for (std::size_t i = 0; i < sheet.rows.size(); ++i)
    places[cell(sheet, i, "姓名")] = cell(sheet, i, "外出流向");
  CHECK(places["甲"] == "山东省青岛市黄岛区");
  CHECK(places["乙"] == "上海市");
  CHECK(places["丙"] == "境外");
  CHECK(places["丁"] == "不详");
}

TEST_CASE("what there is not is written as none, what is only not known yet stays blank") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe);
  const auto sheets = filled(desk, "f1");
  const report::Sheet& sheet = of_village(sheets, "三合村");
  for (const char* none : {"本人电话", "家庭联系人", "家庭联系电话", "联系人", "联系人电话", "最近联系时间",
                           "编号", "流入地党组织及联系人"})
    CHECK_MESSAGE(cell(sheet, 0, none) == "无", none);
  for (const char* blank : {"学历", "外出原因", "备注"})
    CHECK_MESSAGE(cell(sheet, 0, blank) == "", blank);
}

TEST_CASE("a number in the middle of somebody's words is masked like one in its column") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe, {{"employer", "某厂 联系 19900001111"}});
  desk.put("member", member, {{"remark", "妻 19900002222，证 22069919790305001X"}});
  const auto sheets = filled(desk, "f1");
  const report::Sheet& sheet = of_village(sheets, "三合村");
  CHECK(cell(sheet, 0, "务工单位及地址") == "某厂 联系 199****1111");
  CHECK(cell(sheet, 0, "备注").find("199****2222") != std::string::npos);
}

}  // namespace
