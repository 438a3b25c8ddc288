// The register of a township and the month summary: parts that add up, and the errors when they do not.
#include "client/report/made_forms.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

const Messages& messages() {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  return kMessages;
}

Result<std::vector<report::Sheet>> made(CountyDesk& desk, const char* form, const Id& scope, Date from) {
  auto ledger = figures::Ledger::open(*desk.database, {scope, from, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  return report::make_form(*desk.database, *ledger, *report::form_definition(form),
                           {"三合镇", {2026, 10, 3}, false, "zh"}, messages());
}

std::string cell(const report::Sheet& sheet, const report::SheetRow& row, const std::string& heading) {
  const auto columns = report::columns_of(sheet);
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.words == heading; });
  REQUIRE(found != columns.end());
  return row.cells.at(static_cast<std::size_t>(found - columns.begin()));
}

std::vector<report::Sheet> book_of(CountyDesk& desk) {
  auto book = made(desk, "f2", desk.east, {2026, 7, 1});
  if (!book.ok()) FAIL(book.error().code);
  return *std::move(book);
}

/// Two in Sanhe, one of them new this quarter; one came back in July, another left for abroad.
void fill(CountyDesk& desk) {
  desk.mobile_member("赵连心", desk.sanhe,
                     {{"dest_division", "220622"}, {"national_entry_on", "2026-02-01"}});
  desk.mobile_member("钱连心", desk.sanhe, {{"dest_division", "440300"}, {"left_on", "2026-02-10"}});
  desk.mobile_member("孙连心", desk.sanhe, {{"returned_on", "2026-07-20"}, {"end_kind", "returned"}});
  desk.mobile_member("李连心", desk.linhe, {{"abroad_on", "2025-01-10"}});
  desk.mobile_member("周连心", desk.linhe);
  desk.mobile_member("吴连心", desk.baishan);
}

}  // namespace

TEST_CASE("a register: cover, summary, a table for each village in order, changes, signatures; pages go on") {
  CountyDesk desk;
  desk.put("org_unit", desk.sanhe, {{"code", "220622106201"}});
  desk.put("org_unit", desk.linhe, {{"code", "220622106202"}});
  fill(desk);
  const auto book = book_of(desk);
  REQUIRE(book.size() == 6);
  CHECK(book[0].is_cover);
  CHECK(book[0].title == "三合镇流动党员管理台账");
  CHECK(book[0].left == "2026年第3季度");
  CHECK(std::count(book[0].notes.begin(), book[0].notes.end(), "流动党员：4 人") == 1);
  CHECK(std::count(book[0].notes.begin(), book[0].notes.end(), "一村一表：2 张") == 1);
  CHECK_FALSE(book[0].goes_on);
  CHECK(std::all_of(book.begin() + 1, book.end(), [](const auto& one) { return one.goes_on; }));
  CHECK(book[2].name == "三合村");
  CHECK(book[3].name == "临河村");
  const report::Sheet& summary = book[1];
  REQUIRE(summary.rows.size() == 3);
  const report::SheetRow& sanhe = summary.rows[0];
  CHECK(cell(summary, sanhe, "流动党员数") == "2");
  CHECK(cell(summary, sanhe, "县内") == "1");
  CHECK(cell(summary, sanhe, "跨省") == "1");
  CHECK(cell(summary, sanhe, "已录入系统") == "1");
  CHECK(cell(summary, sanhe, "上季末") == "2");
  CHECK(cell(summary, sanhe, "新增") == "1");
  CHECK(cell(summary, sanhe, "返回") == "1");
  CHECK(cell(summary, summary.rows[1], "境外") == "1");
  CHECK(cell(summary, summary.rows[1], "去向不明") == "1");
  const report::SheetRow& total = summary.rows[2];
  CHECK(total.kind == report::RowKind::kTotal);
  CHECK(cell(summary, total, "党员总数") == "5");
  CHECK(cell(summary, total, "流动党员数") == "4");
  const report::Sheet& changes = book[4];
  REQUIRE(changes.rows.size() == 2);
  CHECK(cell(changes, changes.rows[0], "姓名") == "钱连心");
  CHECK(cell(changes, changes.rows[0], "变动类型") == "新增");
  CHECK(cell(changes, changes.rows[0], "变动日期") == "2026-08-10");
  CHECK(cell(changes, changes.rows[1], "变动类型") == "返回");
  CHECK(cell(book[5], book[5].rows[1], "流动党员数") == "2");
}

TEST_CASE("the ranges make the mobile members, and the quarter balances, in every line of the summary") {
  CountyDesk desk;
  fill(desk);
  const auto book = book_of(desk);
  for (const report::SheetRow& row : book[1].rows) {
    const auto number = [&](const char* heading) { return std::stoi(cell(book[1], row, heading)); };
    int ranges = 0;
    for (const char* heading : {"县内", "市内跨县", "省内跨市", "跨省", "境外", "去向不明"})
      ranges += number(heading);
    CHECK(ranges == number("流动党员数"));
    CHECK(number("上季末") + number("新增") - number("返回") - number("转出") - number("其他") ==
          number("流动党员数"));
  }
}

TEST_CASE("a village without mobile members is a table and a line of the register, and counts nobody") {
  CountyDesk desk;
  desk.mobile_member("赵连心", desk.sanhe);
  const auto book = book_of(desk);
  REQUIRE(book.size() == 6);
  const auto linhe =
      std::find_if(book.begin(), book.end(), [](const auto& one) { return one.name == "临河村"; });
  REQUIRE(linhe != book.end());
  REQUIRE(linhe->rows.size() == 1);
  CHECK(linhe->rows[0].kind == report::RowKind::kNil);
  CHECK(cell(*linhe, linhe->rows[0], "姓名") == "无");
}

TEST_CASE("a register whose tables are not what the summary counts is refused with the village") {
  CountyDesk desk;
  fill(desk);
  const auto book = book_of(desk);
  const std::vector<report::Sheet> tables(book.begin() + 2, book.begin() + 4);
  CHECK(report::check_register(book[1], tables, messages()).ok());
  const auto why = [&](const report::Sheet& summary, const std::vector<report::Sheet>& of) {
    const Status status = report::check_register(summary, of, messages());
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == "report.register");
    std::string all;
    for (const ErrorArg& arg : status.error().args)
      all += arg.value + " ";
    return all;
  };
  const std::string first = book[1].rows[0].cells[1];
  auto fewer = tables;
  fewer[0].rows.pop_back();
  CHECK(why(book[1], fewer) == first + " 1 2 ");
  CHECK(why(book[1], {tables[0]}).ends_with(" 0 2 "));
  CHECK(why(book[1], {tables[0], tables[1], tables[1]}) == "合计 3 2 ");
  report::Sheet wrong = book[1];
  wrong.rows.back().cells[3] = "5";
  CHECK(why(wrong, tables) == "合计 4 5 ");
}

TEST_CASE("a register is of a township") {
  CountyDesk desk;
  for (const Id& scope : {desk.county, desk.sanhe}) {
    const auto book = made(desk, "f2", scope, {2026, 7, 1});
    REQUIRE_FALSE(book.ok());
    CHECK(book.error().code == "report.township");
  }
}

TEST_CASE("a month: each fact in one line, the unit's own apart, the month's sum and the year's") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id other = desk.mobile_member("钱连心", desk.linhe);
  for (const char* day : {"2026-05-04", "2026-09-04", "2026-09-05"})
    desk.visit({{"members+", member.text()}, {"purposes+", "study"}, {"occurred_on", day}});
  desk.visit({{"members+", other.text()}, {"occurred_on", "2026-09-06"}, {"outcome", "nobody"}});
  desk.add("activity",
           {{"org_id", desk.east.text()}, {"occurred_on", "2026-09-10"}, {"kind", "topic_meeting"}});
  const Id rule = desk.add("points_rule", {{"code", "A1"}, {"name", "志愿"}, {"class", "volunteer"}});
  for (const char* tenths : {"15", "10"})
    desk.add("points_entry", {{"member_id", member.text()},
                              {"rule_id", rule.text()},
                              {"occurred_on", "2026-09-04"},
                              {"points_tenths", tenths},
                              {"state", "approved"}});
  const auto sheets = made(desk, "f7", desk.east, {2026, 9, 1});
  REQUIRE(sheets.ok());
  const report::Sheet& sheet = sheets->front();
  REQUIRE(sheet.rows.size() == 5);  // two villages, the township's own, the month, the year
  const auto at = [&](const std::string& unit) -> const report::SheetRow& {
    const auto found = std::find_if(sheet.rows.begin(), sheet.rows.end(),
                                    [&](const auto& row) { return row.cells.front() == unit; });
    REQUIRE(found != sheet.rows.end());
    return *found;
  };
  CHECK(cell(sheet, at("三合村"), "走访次") == "2");
  CHECK(cell(sheet, at("三合村"), "走访户") == "1");
  CHECK(cell(sheet, at("三合村"), "送学上门次") == "2");
  CHECK(cell(sheet, at("三合村"), "人均分") == "2.5");
  CHECK(cell(sheet, at("三合村"), "已联系") == "1");
  CHECK(cell(sheet, at("临河村"), "走访次") == "0");
  CHECK(cell(sheet, at("临河村"), "未联系") == "1");
  CHECK(cell(sheet, at("三合镇"), "专题会议场次") == "1");
  CHECK(cell(sheet, at("合计"), "流动党员") == "2");
  CHECK(cell(sheet, at("合计"), "走访次") == "2");
  CHECK(cell(sheet, at("合计"), "专题会议场次") == "1");
  CHECK(cell(sheet, at("累计（本年）"), "走访次") == "3");
  CHECK(cell(sheet, at("累计（本年）"), "送学上门次") == std::to_string(desk.number(45, desk.east)));
  CHECK(at("累计（本年）").kind == report::RowKind::kTotal);
  CHECK(sheet.headings.back().words == "备注");  // of the line, not of its points
}

TEST_CASE(
    "the month counts as the figures do: employers, telephones, parcels sent again, members of other "
    "villages") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id other = desk.mobile_member("孙连心", desk.baishan);
  const auto call = [&](const std::string& channel) {
    desk.add("contact_attempt", {{"member_id", member.text()},
                                 {"occurred_on", "2026-09-05"},
                                 {"outcome", "reached_self"},
                                 {"channel", channel},
                                 {"topics+", "work"}});
  };
  call("phone");
  call("employer");
  desk.visit({{"members+", member.text()}, {"occurred_on", "2026-09-06"}, {"mode", "phone"}});
  desk.visit({{"members+", member.text()}, {"occurred_on", "2026-09-07"}});
  const Id red = desk.add("material", {{"code", "R"}, {"name", "红色包裹"}, {"kind", "red_package"}});
  const auto parcel = [&](const Fields& more) {
    Fields fields = {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", "2026-09-08"}};
    fields.insert(fields.end(), more.begin(), more.end());
    const Id id = desk.add("delivery", fields);
    desk.add("delivery_line", {{"delivery_id", id.text()}, {"material_id", red.text()}, {"qty", "1"}});
    return id;
  };
  const Id first = parcel({});
  parcel({{"resend_of", first.text()}});
  REQUIRE(desk.records.void_record(first, "登记有误").ok());  // its re-send stays, and counts itself
  const Id activity = desk.add(
      "activity", {{"org_id", desk.sanhe.text()}, {"occurred_on", "2026-09-09"}, {"kind", "volunteer"}});
  desk.add("attendance", {{"activity_id", activity.text()},
                          {"member_id", other.text()},
                          {"occurred_on", "2026-09-09"},
                          {"activity_kind", "volunteer"},
                          {"status", "present"}});
  desk.add("case_item", {{"member_id", member.text()},
                         {"opened_on", "2026-09-01"},
                         {"answered_on", "2026-09-02"},
                         {"answer", "已答复"}});
  const auto sheets = made(desk, "f7", desk.east, {2026, 9, 1});
  REQUIRE(sheets.ok());
  const report::Sheet& sheet = sheets->front();
  const auto& total = *std::find_if(sheet.rows.begin(), sheet.rows.end(),
                                    [](const auto& row) { return row.cells.front() == "合计"; });
  const auto says = [&](const char* heading, int row) {
    CAPTURE(heading);
    CHECK(cell(sheet, total, heading) ==
          std::to_string(desk.number(row, desk.east, "2026-09-30", "2026-09-01")));
  };
  says("谈心人次", 34);
  says("红色包裹份", 53);
  says("问题解答", 37);
  says("志愿场次", 60);
  CHECK(cell(sheet, total, "红色包裹份") == "1");
  CHECK(cell(sheet, total, "志愿场次") == "1");
  CHECK(cell(sheet, total, "问题收集") == "1");
  CHECK(cell(sheet, total, "谈心人次") == "1");
  CHECK(cell(sheet, total, "走访次") == "1");
  const auto list = made(desk, "f5", desk.east, {2026, 9, 1});
  REQUIRE(list.ok());
  const auto& last = list->front().rows.back();
  CHECK(cell(list->front(), last, "数量") == "1");
}

TEST_CASE("who moved on stays, and the list of changes says where to") {
  CountyDesk desk;
  const Id member =
      desk.mobile_member("赵连心", desk.sanhe,
                         {{"usual_place", "长春"}, {"returned_on", "2026-08-01"}, {"end_kind", "moved_on"}});
  desk.add("mobility_episode", {{"member_id", member.text()},
                                {"direction", "out"},
                                {"left_on", "2026-08-01"},
                                {"state", "reported"},
                                {"usual_place", "深圳"}});
  const auto sheets = made(desk, "f8", desk.east, {2026, 7, 1});
  REQUIRE(sheets.ok());
  const report::Sheet& changes = sheets->front();
  const auto found = std::find_if(changes.rows.begin(), changes.rows.end(),
                                  [&](const auto& row) { return cell(changes, row, "姓名") == "赵连心"; });
  REQUIRE(found != changes.rows.end());
  CHECK(cell(changes, *found, "变动类型") == "流向变化");
  CHECK(cell(changes, *found, "原值") == "长春");
  CHECK(cell(changes, *found, "新值") == "深圳");
  for (const report::SheetRow& row : sheets->at(1).rows) {
    CHECK(cell(sheets->at(1), row, "其他") == "0");
  }
}

TEST_CASE("the month of a county has a line for each township") {
  CountyDesk desk;
  fill(desk);
  const auto sheets = made(desk, "f7", desk.county, {2026, 9, 1});
  REQUIRE(sheets.ok());
  const report::Sheet& sheet = sheets->front();
  REQUIRE(sheet.rows.size() == 4);
  CHECK(cell(sheet, sheet.rows[2], "单位") == "合计");
  CHECK(cell(sheet, sheet.rows[2], "流动党员") == "5");
  CHECK(desk.number(31, desk.county) >= 0);
}

TEST_CASE("late records and laptops that had not synced at the close stand below the month") {
  CountyDesk desk;
  desk.add("month_close", {{"org_id", desk.east.text()},
                           {"month", "2026-09"},
                           {"state", "closed"},
                           {"late_count", "3"},
                           {"unsynced_devices", "王建国的电脑\n李秀英的电脑"}});
  const auto sheets = made(desk, "f7", desk.east, {2026, 9, 1});
  REQUIRE(sheets.ok());
  const std::vector<std::string> wanted = {"补报 3 条。",
                                           "结账时尚未同步的电脑：王建国的电脑、李秀英的电脑。"};
  CHECK(sheets->front().notes == wanted);
}
