// The office's forms out of the ledger: who stands in them, how values are said, and empty tables (K10).
#include "client/report/forms.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

std::vector<report::Sheet> filled(CountyDesk& desk, const char* form, bool unmasked = false,
                                  const Id& scope = {}) {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  auto ledger = figures::Ledger::open(
      *desk.database, {scope.is_nil() ? desk.county : scope, {2026, 1, 1}, {2026, 9, 30}, false});
  REQUIRE(ledger.ok());
  auto sheets = report::fill_form(*ledger, *report::form_definition(form),
                                  {"靖宇县", {2026, 10, 3}, unmasked, "zh"}, kMessages);
  if (!sheets.ok()) FAIL(sheets.error().code);
  return *std::move(sheets);
}

std::string cell(const report::Sheet& sheet, std::size_t row, const std::string& heading) {
  const auto columns = report::columns_of(sheet);
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& one) { return one.words == heading; });
  REQUIRE(found != columns.end());
  return sheet.rows.at(row).cells.at(static_cast<std::size_t>(found - columns.begin()));
}

TEST_CASE("F1: a table for each village, its mobile members only, and a village without any says so") {
  CountyDesk desk;
  const Id member =
      desk.mobile_member("赵连心", desk.sanhe, {{"dest_division", "440300"}, {"employer", "某厂"}});
  desk.put("member", member, {{"gender", "1"}, {"id_no", "220699197903050015"}, {"born_on", "1979-03"}});
  desk.add("contact_point",
           {{"member_id", member.text()}, {"kind", "mobile"}, {"owner", "self"}, {"value", "19900001111"}});
  desk.add("member", {{"name", "在村"}, {"home_village_id", desk.sanhe.text()}});
  const auto sheets = filled(desk, "f1");
  REQUIRE(sheets.size() == 3);
  const auto sanhe =
      std::find_if(sheets.begin(), sheets.end(), [](const auto& one) { return one.name == "三合村"; });
  REQUIRE(sanhe != sheets.end());
  REQUIRE(sanhe->rows.size() == 1);
  CHECK(sanhe->signatures == std::vector<std::string>{"村（社区）党组织书记（签字）", "填表人", "日期"});
  CHECK(filled(desk, "f7")[0].signatures == std::vector<std::string>{"填表人", "审核人", "报出日期"});
  CHECK(cell(*sanhe, 0, "序号") == "1");
  CHECK(cell(*sanhe, 0, "姓名") == "赵连心");
  CHECK(cell(*sanhe, 0, "性别") == "男");
  CHECK(cell(*sanhe, 0, "外出流向") == "广东省深圳市");
  CHECK(cell(*sanhe, 0, "务工单位及地址") == "某厂");
  CHECK(cell(*sanhe, 0, "是否入群") == "否");
  CHECK(cell(*sanhe, 0, "身份证号") == "220699********0015");
  CHECK(cell(*sanhe, 0, "本人电话").find("*") != std::string::npos);
  for (const report::Sheet& sheet : sheets) {
    for (const report::SheetRow& row : sheet.rows)
      CHECK(row.cells.size() == report::columns_of(sheet).size());
    if (sheet.name == "三合村") continue;
    REQUIRE(sheet.rows.size() == 1);
    CHECK(cell(sheet, 0, "姓名") == "无");
  }
  const auto full = filled(desk, "f1", true, desk.sanhe);
  REQUIRE(full.size() == 1);
  CHECK(cell(full[0], 0, "身份证号") == "220699197903050015");
  CHECK(cell(full[0], 0, "本人电话") == "19900001111");
}

TEST_CASE("F1 lists people by the pinyin of their names") {
  CountyDesk desk;
  for (const char* name : {"张三", "安心", "赵连心", "陈一", "章丽"})
    desk.mobile_member(name, desk.sanhe);
  const report::Sheet sheet = filled(desk, "f1", false, desk.sanhe).at(0);
  std::string names;
  for (std::size_t row = 0; row < sheet.rows.size(); ++row)
    names += cell(sheet, row, "姓名") + " ";
  CHECK(names == "安心 陈一 张三 章丽 赵连心 ");
}

TEST_CASE("F10, F14, F15, F16 list what the ledger holds") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  CHECK(cell(filled(desk, "f14")[0], 0, "编号") == "无");
  desk.add(
      "certificate",
      {{"member_id", member.text()}, {"cert_no", "证001"}, {"issued_on", "2026-02-01"}, {"state", "valid"}});
  desk.add("liaison_assignment",
           {{"member_id", member.text()}, {"worker_id", desk.worker.text()}, {"from", "2026-01-01"}});
  desk.add(
      "case_item",
      {{"member_id", member.text()}, {"opened_on", "2026-03-01"}, {"kind", "question"}, {"topic", "job"}});
  CHECK(cell(filled(desk, "f10")[0], 0, "姓名") == "赵连心");
  CHECK(cell(filled(desk, "f14")[0], 0, "编号") == "证001");
  CHECK(cell(filled(desk, "f15")[0], 0, "类别") == "就业");
  CHECK(cell(filled(desk, "f16")[0], 0, "联系党员数") == "1");
}

TEST_CASE(
    "who was noted at the door first and entered later is printed as one, with what either record says") {
  CountyDesk desk;
  const Id noted =
      desk.add("member", {{"name", "郑见"}, {"home_village_id", desk.sanhe.text()}, {"unverified", "1"}});
  const Id entered = desk.mobile_member("郑见", desk.linhe);
  desk.put("member", entered, {{"gender", "2"}, {"born_on", "1980-10-01"}, {"education", "21"}});
  REQUIRE(desk.records.say_twins(noted, entered, client::store::TwinWord::kSame)->ok);
  const report::Sheet f10 = filled(desk, "f10").at(0);
  REQUIRE(f10.rows.size() == 1);
  CHECK(cell(f10, 0, "姓名") == "郑见");
  CHECK(cell(f10, 0, "性别") == "女");
  CHECK(cell(f10, 0, "年龄") == "45");
  const report::Sheet f1 = filled(desk, "f1", true, desk.sanhe).at(0);
  CHECK(cell(f1, 0, "出生年月") == "1980-10");
  CHECK(cell(f1, 0, "学历") != "");
  REQUIRE(desk.records.say_twins(noted, entered, client::store::TwinWord::kUnsaid)->ok);
  CHECK(filled(desk, "f1", true, desk.sanhe).at(0).rows.front().kind == report::RowKind::kNil);
}

TEST_CASE(
    "F1, F10, F14, F15 have the columns of the office's own: family, remark, age, branch, reason, words") {
  CountyDesk desk;
  const Id member =
      desk.mobile_member("赵连心", desk.sanhe, {{"reason", "work"}, {"usual_place", "深圳宝安"}});
  desk.put("member", member,
           {{"born_on", "1980-10-01"}, {"remark", "冬天回来"}, {"affiliation_org_id", desk.linhe.text()}});
  desk.add("contact_point", {{"member_id", member.text()},
                             {"kind", "mobile"},
                             {"owner", "spouse"},
                             {"owner_note", "王桂兰"},
                             {"value", "19900002222"}});
  desk.add("contact_point", {{"member_id", member.text()},
                             {"kind", "mobile"},
                             {"owner", "neighbour"},
                             {"value", "19900003333"}});  // later, and not family
  desk.add("certificate",
           {{"member_id", member.text()},
            {"cert_no", "证001"},
            {"issued_on", "2026-02-01"},
            {"episode_id",
             desk.records.get(member).value().value().children.at("mobility_episode").front().text()},
            {"state", "valid"}});
  desk.add("case_item", {{"member_id", member.text()},
                         {"opened_on", "2026-03-01"},
                         {"kind", "question"},
                         {"topic", "job"},
                         {"content", "想找活"},
                         {"answer", "已介绍"},
                         {"answered_on", "2026-03-05"}});
  const report::Sheet f1 = filled(desk, "f1", true, desk.sanhe).at(0);
  CHECK(cell(f1, 0, "家庭联系人") == "王桂兰");
  CHECK(cell(f1, 0, "家庭联系电话") == "19900002222");
  CHECK(cell(f1, 0, "备注") == "冬天回来");
  const report::Sheet f10 = filled(desk, "f10").at(0);
  CHECK(cell(f10, 0, "年龄") == "45");  // 46 on 1 October
  CHECK(cell(f10, 0, "备注") == "冬天回来");
  const Id certificate = desk.records.list({.kind = "certificate"}).value().front().id;
  for (const auto& [year, day, outcome] :
       {std::array{"2025", "2026-01-10", "not_seen"}, std::array{"2026", "2026-03-20", "passed"}})
    desk.add(
        "certificate_check",
        {{"certificate_id", certificate.text()}, {"year", year}, {"occurred_on", day}, {"outcome", outcome}});
  const report::Sheet f14 = filled(desk, "f14").at(0);
  CHECK(cell(f14, 0, "年审") == "2025(2026-01-10) 2026-03-20");
  CHECK(cell(f14, 0, "年审结果") == "合格");
  CHECK(cell(f14, 0, "外出原因") == "务工");
  CHECK(cell(f14, 0, "所在支部") == "临河村");
  CHECK(cell(f14, 0, "外出地点") == "深圳宝安");
  const report::Sheet f15 = filled(desk, "f15").at(0);
  CHECK(cell(f15, 0, "内容") == "想找活");
  CHECK(cell(f15, 0, "答复内容") == "已介绍");
  CHECK(cell(f15, 0, "编号").size() == 8);
  CHECK(cell(f15, 0, "序号") == "1");
}

TEST_CASE("every form has a title and a name for each column and group, in both languages") {
  for (const char* language : {"zh-CN", "en"}) {
    const Messages messages = *Messages::parse(assets::texts(language));
    for (const report::FormDefinition& form : report::form_definitions()) {
      CAPTURE(form.name);
      const auto said = [&](const std::string& key) {
        CAPTURE(key);
        CHECK((key == "-" || messages.has("form." + form.name + "." + key)));
      };
      for (const report::FormPage& page : form.pages) {
        said(page.key.empty() ? "title" : page.key);
        for (const std::string& note : page.notes)
          said(note);
        for (const auto& line : page.card)
          for (const report::FormPair& pair : line)
            said(pair.key);
        for (const report::FormColumn& column : page.columns) {
          said(column.key);
          if (!column.group.empty()) said(column.group);
        }
      }
      for (const std::string& signature : form.signatures)
        said(signature);
    }
  }
}

report::Sheet in_period(CountyDesk& desk, const char* form, std::size_t page, const Id& scope,
                        const Date& from, const Date& as_of) {
  static const Messages kMessages = *Messages::parse(assets::texts("zh-CN"));
  auto ledger = figures::Ledger::open(*desk.database, {scope, from, as_of, false});
  REQUIRE(ledger.ok());
  auto sheets = report::fill_form(*ledger, *report::form_definition(form),
                                  {"靖宇县", {2026, 10, 3}, false, "zh"}, kMessages);
  REQUIRE(sheets.ok());
  return sheets->at(page);
}

std::string words_of(const report::Sheet& sheet) {
  std::string out;
  for (const report::SheetRow& row : sheet.rows) {
    for (const std::string& cell : row.cells)
      out += cell + "|";
    out += "\n";
  }
  return out;
}

std::string column_of(const report::Sheet& sheet, const std::string& heading) {
  std::string out;
  for (std::size_t row = 0; row < sheet.rows.size(); ++row)
    out += cell(sheet, row, heading) + "/";
  return out;
}

TEST_CASE(
    "K4: forms of a village for days before it went up in another have its people and what hangs on them") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  desk.add(
      "contact_point",
      {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "19900001111"}, {"from", "2026-05-03"}});
  desk.add("transfer_request",
           {{"member_id", member.text()}, {"asked_on", "2026-05-04"}, {"state", "asked"}});
  const auto changes = [&] { return in_period(desk, "f8", 0, desk.sanhe, {2026, 4, 1}, {2026, 6, 30}); };
  const auto balance = [&] { return in_period(desk, "f8", 1, desk.sanhe, {2026, 4, 1}, {2026, 6, 30}); };
  const auto month = [&] { return in_period(desk, "f7", 0, desk.sanhe, {2026, 6, 1}, {2026, 6, 30}); };
  const auto moved = [&] { return in_period(desk, "f2", 0, desk.east, {2026, 4, 1}, {2026, 6, 30}); };
  const report::Sheet changes_before = changes();
  const report::Sheet balance_before = balance();
  const report::Sheet month_before = month();
  const report::Sheet moved_before = moved();
  const auto asked_before = desk.number(28, desk.sanhe, "2026-06-30");
  CHECK(column_of(changes_before, "姓名") == "甲/");
  CHECK(column_of(balance_before, "上季末") == "1/1/");
  CHECK(asked_before == 1);
  desk.put("org_unit", desk.sanhe, {{"to", "2026-08-31"}, {"merged_into+", desk.linhe.text()}});
  desk.put("member", member,
           {{"home_village_id", desk.linhe.text()}, {"former_villages+", desk.sanhe.text()}});
  CHECK(words_of(changes()) == words_of(changes_before));
  CHECK(words_of(balance()) == words_of(balance_before));
  CHECK(words_of(month()) == words_of(month_before));
  CHECK(words_of(moved()) == words_of(moved_before));
  CHECK(desk.number(28, desk.sanhe, "2026-06-30") == asked_before);
  CHECK(desk.number(28, desk.linhe, "2026-06-30") == 0);
  CHECK(desk.number(28, desk.linhe, "2026-09-30") == 1);
}

TEST_CASE("lists of what was done name everybody it was done for, wherever he lives now") {
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  desk.visit(
      {{"members", member.text()}, {"occurred_on", "2026-05-03"}, {"outcome", "met"}, {"mode", "door"}});
  desk.add("case_item", {{"member_id", member.text()}, {"opened_on", "2026-05-04"}, {"kind", "question"}});
  const Id material = desk.add("material", {{"name", "学习资料包"}, {"code", "B1"}, {"kind", "study_pack"}});
  const Id parcel = desk.add(
      "delivery", {{"member_id", member.text()}, {"mode", "by_hand"}, {"dispatched_on", "2026-05-05"}});
  desk.add("delivery_line", {{"delivery_id", parcel.text()}, {"material_id", material.text()}, {"qty", "1"}});
  desk.add("points_entry", {{"member_id", member.text()},
                            {"occurred_on", "2026-05-06"},
                            {"state", "approved"},
                            {"points_tenths", "10"}});
  const Id meeting = desk.add("activity", {{"kind", "topic_meeting"},
                                           {"occurred_on", "2026-05-07"},
                                           {"mode", "offline"},
                                           {"org_id", desk.sanhe.text()},
                                           {"topic", "会"}});
  desk.add("attendance", {{"activity_id", meeting.text()},
                          {"member_id", member.text()},
                          {"occurred_on", "2026-05-07"},
                          {"status", "present"}});
  const Id guest = desk.mobile_member("钱来宾", desk.linhe);  // a joint meeting of two villages
  desk.add("attendance", {{"activity_id", meeting.text()},
                          {"member_id", guest.text()},
                          {"occurred_on", "2026-05-07"},
                          {"status", "present"}});
  desk.put("member", member, {{"home_village_id", desk.baishan.text()}});
  CHECK(words_of(filled(desk, "f12", false, desk.sanhe).at(0)).find("赵连心") != std::string::npos);
  CHECK(words_of(filled(desk, "f12", false, desk.sanhe).at(0)).find("钱来宾") != std::string::npos);
  for (const std::pair<const char*, const char*>& asked :
       {std::pair{"f4b", "走访户（人）"}, {"f15", "姓名"}, {"f5", "姓名"}, {"f13", "姓名"}}) {
    INFO(std::string(asked.first));
    CHECK(cell(filled(desk, asked.first, false, desk.sanhe).at(0), 0, asked.second) == "赵连心");
  }
}

TEST_CASE(
    "what was voided beside another's edit counts as void everywhere until somebody decides, then as "
    "decided") {
  namespace cs = lianxin::client::store;
  CountyDesk desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id visit = desk.visit({{"members", member.text()},
                               {"occurred_on", "2026-05-03"},
                               {"outcome", "met"},
                               {"mode", "door"},
                               {"purposes", "study"}});
  const auto listed = [&] {
    cs::ListQuery query;
    query.kind = "visit";
    return desk.records.list(query)->size();
  };
  const auto counts = [&] {
    const bool stands = listed() == 1;
    auto kept = desk.database->prepare("SELECT counted FROM kind_count WHERE kind = ?");
    REQUIRE(*kept.bind(1, int{lianxin::domain::Catalogue::base().kind("visit")->wire}).step());
    CHECK(kept.integer(0) == (stands ? 1 : 0));
    CHECK(desk.number(45) == (stands ? 1 : 0));
    CHECK(cell(in_period(desk, "f7", 0, desk.sanhe, {2026, 5, 1}, {2026, 5, 31}), 0, "走访次") ==
          (stands ? "1" : "0"));
    CHECK(cell(in_period(desk, "f4b", 0, desk.sanhe, {2026, 5, 1}, {2026, 5, 31}), 0, "日期") ==
          (stands ? "2026-05-03" : "无"));
    return stands;
  };
  CHECK(counts());
  cs::ShownHeads shown;
  REQUIRE(desk.records.show(visit, shown).ok());
  REQUIRE(desk.records.void_record(visit, "记错了人").ok());
  desk.put("visit", visit, {{"content", "谈了话"}}, &shown);  // typed on a page that was open before
  const auto conflicts = desk.records.conflicts();
  REQUIRE(conflicts->size() == 1);
  const auto read = desk.records.get(visit);
  CHECK((*read)->voided);
  CHECK((*read)->in_dispute);
  CHECK_FALSE(counts());
  cs::ResolveHow how;
  SUBCASE("looked at: it stays void") {
    how.kind = cs::ResolveHow::Kind::kLookedAt;
    REQUIRE(desk.records.resolve(conflicts->front().id, how).ok());
    CHECK_FALSE(counts());
  }
  SUBCASE("the edit taken: it counts again") {
    for (const cs::RivalValue& rival : conflicts->front().heads) {
      if (rival.field == "content") how.take = rival.change;
    }
    REQUIRE(desk.records.resolve(conflicts->front().id, how).ok());
    CHECK(counts());
  }
  CHECK(desk.records.conflicts()->empty());
}

}  // namespace
