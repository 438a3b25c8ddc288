// Layouts other than the two samples: what a township's desk holds.
#include "client/import/roster_layout.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import::test {
namespace {

std::string error_of(const std::string& bytes, const std::string& name) {
  const auto roster = read_roster(bytes, name);
  return roster.ok() ? "ok" : roster.error().code;
}

std::string argument(const Error& error, const std::string& name) {
  for (const ErrorArg& arg : error.args) {
    if (arg.name == name) return arg.value;
  }
  return {};
}

}  // namespace

TEST_CASE("headings in the first row, other words, other order") {
  BookMaker maker;
  maker.sheet("Sheet1").row(
      "A1", {"公民身份号码", "手机", "姓 名", "现居住地", "流动去向", "务工地点", "村名", "民 族"});
  maker.row("A2", {"220699199507142937", "199 0000 1111", "张  三", "一组", "长春市南关区", "某工地",
                   "保安村", "汉"});
  const Roster roster = roster_of(maker.bytes());
  const RosterRow& row = person(roster, "张三");
  CHECK(row.value("member.id_no") == "220699199507142937");
  CHECK(row.value("member.current_address") == "一组");
  CHECK(row.value("mobility_episode.dest_address") == "长春市南关区");
  CHECK(row.village == "保安村");
  CHECK(row.village_source == VillageSource::kColumn);
  REQUIRE(row.phones.size() == 1);
  CHECK(row.phones[0].value == "19900001111");
  CHECK(roster.sheets[0].tables[0].first_header_row == 1);
  // 务工地点 means the same as 流动去向: the second is shown as not taken, not silently mixed in.
  CHECK(roster.sheets[0].tables[0].columns[5].target.empty());
}

TEST_CASE(
    "从事职业 is what a person does there; where it stands alone and names a place, that is the employer") {
  const Roster both = roster_of("姓名,性别,务工单位及地址,从事职业\n赵一,男,某厂,司机\n", "保安村.csv");
  CHECK(person(both, "赵一").value("mobility_episode.employer") == "某厂");
  CHECK(person(both, "赵一").value("member.occupation") == "driver");
  const Roster alone =
      roster_of("姓名,性别,务工工种\n赵一,男,瓦工\n钱二,女,某电子厂\n孙三,男,快递小哥\n", "保安村.csv");
  CHECK(alone.sheets[0].tables[0].columns[2].target == "member.occupation");
  CHECK(person(alone, "赵一").value("mobility_episode.employer").empty());
  REQUIRE(person(alone, "赵一").leftovers.size() == 1);  // goes into the remark: it is in no list
  CHECK(person(alone, "赵一").leftovers[0].text == "瓦工");
  CHECK(person(alone, "钱二").value("mobility_episode.employer") == "某电子厂");
  CHECK(person(alone, "钱二").leftovers.empty());
  CHECK(person(alone, "孙三").value("member.occupation") == "courier");
  const Roster mixed = roster_of(
      "姓名,性别,从事职业\n赵一,男,货运司机\n钱二,女,苏州电子厂工人\n孙三,男,退休教师\n李四,男,个体餐饮\n",
      "保安村.csv");
  CHECK(person(mixed, "赵一").value("member.occupation") == "driver");
  CHECK(person(mixed, "赵一").value("mobility_episode.employer").empty());
  CHECK(person(mixed, "钱二").value("member.occupation") == "enterprise_staff");
  CHECK(person(mixed, "钱二").value("mobility_episode.employer") == "苏州电子厂工人");
  CHECK(person(mixed, "孙三").value("member.occupation").empty());  // two words of the list: a person decides
  CHECK(person(mixed, "孙三").leftovers.size() == 1);
  CHECK(person(mixed, "李四").value("member.occupation") == "self_employed");
  // "从事工作" asks for either: a word of the list is no employer, all else is.
  const Roster work = roster_of("姓名,性别,从事工作\n赵一,男,司机\n钱二,女,养老院护工\n", "保安村.csv");
  CHECK(person(work, "赵一").value("member.occupation") == "driver");
  CHECK(person(work, "钱二").value("mobility_episode.employer") == "养老院护工");
  const Roster beside = roster_of("姓名,性别,职业,从事工作\n赵一,男,司机,某厂\n", "保安村.csv");
  CHECK(person(beside, "赵一").value("member.occupation") == "driver");
  CHECK(person(beside, "赵一").value("mobility_episode.employer") == "某厂");
  const Roster word = roster_of("姓名,性别,从事职业\n赵一,男,司机\n", "保安村.csv");
  CHECK(person(word, "赵一").value("member.occupation") == "driver");
  CHECK(person(word, "赵一").value("mobility_episode.employer").empty());
}

TEST_CASE("our own lists of people we know are told by their headings, unless they bring ID numbers") {
  const Roster register_of = roster_of(
      "序号,编号,姓名,所在支部,村（社区）,发证时间,外出原因,外出地点,外出时间,年审,交回,状态\n"
      "1,JY1,赵一,保安村,保安村,2025-03-01,务工,深圳,2024-03,2025 2026,,有效\n",
      "a.csv");
  const RosterRow& holder = person(register_of, "赵一");
  CHECK(holder.list == OwnList::kCertificates);
  CHECK(holder.value("certificate.cert_no") == "JY1");
  CHECK(holder.value("certificate.issued_on") == "2025-03-01");
  CHECK(holder.value("certificate.state") == "valid");
  CHECK(holder.value("certificate.checks") == "2025 2026");
  CHECK(holder.value("mobility_episode.left_on").empty());
  const char* hardship =
      "姓名,性别,村（社区）,联系电话,困难类型,困难程度,是否享受低保,结对帮扶/结对党员,结对帮扶/结对时间\n"
      "赵一,男性,保安村,199****1111,因病,特别困难,是,钱二,2025-09-01\n";
  const Roster listed = roster_of(hardship, "b.csv");
  const RosterRow& poor = person(listed, "赵一");
  CHECK(poor.list == OwnList::kHardship);
  CHECK(poor.masked_phones == std::vector<std::string>{"199****1111"});
  CHECK(poor.value("hardship_record.level") == "severe");
  CHECK(poor.value("hardship_record.paired_on") == "2025-09-01");
  CHECK(poor.liaison_name == "钱二");
  const Roster paired = roster_of(
      "联络员,联络员电话,联系党员数,党员姓名,村（社区）,流向,党员电话,最近联系\n"
      "钱二,199****2222,1,赵一,保安村,广东省,199****1111,2026-09-01\n",
      "c.csv");
  CHECK(person(paired, "赵一").list == OwnList::kPairing);
  const Roster numbered =
      roster_of("姓名,身份证号,困难类型,困难程度\n赵一,220699199507142937,因病,特别困难\n", "保安村.csv");
  CHECK(person(numbered, "赵一").list == OwnList::kNone);
  CHECK(person(numbered, "赵一").value("hardship_record.level") == "severe");
}

TEST_CASE("a register of who came here is told by its headings, and its columns mean the coming") {
  const Roster came = roster_of(
      "姓名,性别,出生年月,村（社区）,流入情况/流入时间,流入情况/流出地,流入情况/流入原因,流入情况/"
      "务工单位及住址,组织关系所在地,持活动证\n"
      "赵一,男,1990-01,保安村,2025-07,四川省,务工,某厂,四川省成都市武侯区党组织,是\n"
      "钱二,女,1985,保安村,2025-08-01,山东省青岛市某街道,,,青岛某支部,无\n",
      "a.csv");
  const RosterRow& one = person(came, "赵一");
  CHECK(one.inflow);
  CHECK(one.value("mobility_episode.came_on") == "2025-07");
  CHECK(one.value("mobility_episode.left_on").empty());
  CHECK(one.value("mobility_episode.came_from_division") == "510000");
  CHECK(one.value("mobility_episode.inflow_reason") == "work");
  CHECK(one.value("mobility_episode.origin_org_text") == "四川省成都市武侯区党组织");
  CHECK(one.value("member.affiliation_text").empty());
  CHECK(one.value("mobility_episode.holds_certificate") == "1");
  CHECK(one.leftovers.empty());
  const RosterRow& two = person(came, "钱二");
  CHECK(two.value("mobility_episode.came_from_division") == "370200");
  REQUIRE(two.leftovers.size() == 1);  // the street has no digits
  CHECK(two.leftovers[0].text == "山东省青岛市某街道");
  CHECK(two.value("mobility_episode.holds_certificate") == "0");
  const Roster left =
      roster_of("姓名,外出时间,流入地,组织关系所在地\n赵一,2024-03,深圳,保安村党支部\n", "b.csv");
  CHECK_FALSE(person(left, "赵一").inflow);
  CHECK(person(left, "赵一").value("member.affiliation_text") == "保安村党支部");
}

TEST_CASE("whether somebody is in the group is no telephone, also where a table of ours is separated text") {
  const Roster roster =
      roster_of("姓名,性别,联系方式/本人电话,联系方式/是否入群\n赵一,男,19900001111,是\n", "保安村.csv");
  CHECK(person(roster, "赵一").phones.size() == 1);
  CHECK(person(roster, "赵一").leftovers.empty());
}

TEST_CASE("a table that says 无 has nobody in it") {
  const Roster roster = roster_of("序号,姓名,性别,身份证号\n,无,,\n1,赵一,男,\n", "保安村.csv");
  CHECK(roster.rows.size() == 1);
  CHECK(why_skipped(roster, 2) == "nil_row");
}

TEST_CASE("headings in the sixth row below a title and three notes") {
  BookMaker maker;
  maker.sheet("Sheet1").merge("A1:F1", "靖宇镇保安村流动党员花名册").text("A2", "填报单位：保安村党支部");
  maker.text("A3", "说明：一、本表按季度报送。").text("A4", "二、身份证号用文本格式。");
  maker.row("A6", {"序号", "姓名", "性别", "出生年月", "联系电话", "外出地点"});
  maker.row("A7", {"1", "薛海", "男", "1995.7", "19900001111", "沈阳市"});
  maker.row("A8", {"2", "", "", "", "", ""}).row("A9", {"3", "", "", "", "", ""});
  const Roster roster = roster_of(maker.bytes());
  CHECK(roster.rows.size() == 1);
  CHECK(person(roster, "薛海").village == "保安村");
  CHECK(person(roster, "薛海").village_source == VillageSource::kTitle);
  CHECK(roster.sheets[0].tables[0].first_header_row == 6);
  CHECK(why_skipped(roster, 4) == "above_header");
  CHECK(why_skipped(roster, 8) == "empty_numbered");
}

TEST_CASE("three header rows with groups inside groups, the village merged in the first column") {
  BookMaker maker;
  maker.sheet("名册")
      .merge("A1:A3", "村")
      .merge("B1:C1", "基本情况")
      .merge("D1:E1", "外出情况")
      .merge("F1:H1", "联系方式");
  maker.merge("I1:I3", "备注").merge("B2:B3", "姓名").merge("C2:C3", "身份证号").merge("D2:D3", "时间");
  maker.merge("E2:E3", "地点")
      .merge("F2:F3", "本人")
      .merge("G2:H2", "家庭联系人")
      .text("G3", "姓名")
      .text("H3", "电话");
  maker.merge("A4:A5", "保安村");
  maker.row("B4",
            {"薛海", "220699199507142937", "2020年11月", "苏州市", "19900001111", "李梅", "19900002222", ""});
  maker.row("B5", {"张大山", "", "2021", "沈阳市", "", "", "", ""});
  maker.text("A6", "景山村").row("B6", {"王小河", "", "", "", "19900003333", "", "", ""});
  maker.row("B7", {"王新村", "", "", "", "", "", "", ""});
  const Roster roster = roster_of(maker.bytes());
  REQUIRE(roster.rows.size() == 4);
  const RosterTable& table = roster.sheets[0].tables.at(0);
  CHECK(table.first_header_row == 1);
  CHECK(table.last_header_row == 3);
  CHECK(table.columns[7].heading == "联系方式/家庭联系人/电话");
  const RosterRow& first = person(roster, "薛海");
  REQUIRE(first.phones.size() == 2);
  CHECK_FALSE(first.phones[0].is_family);
  CHECK(first.phones[1].is_family);
  CHECK(first.phones[1].owner_note == "李梅");
  CHECK(first.value("mobility_episode.left_on") == "2020-11");
  CHECK(person(roster, "张大山").village == "保安村");
  CHECK(person(roster, "张大山").village_source == VillageSource::kMerged);
  CHECK(person(roster, "王小河").village == "景山村");
  // A blank that is not merged is not filled from above: a person decides.
  CHECK(person(roster, "王新村").village.empty());
  CHECK(has_warning(person(roster, "王新村"), "village_blank"));
}

TEST_CASE("two header rows in separated text, where merging is lost") {
  const Roster roster = roster_of(
      "序号,姓名,性别,联系方式,,备注\n,,,本人电话,家庭电话,\n1,薛海,男,19900001111,0439-7221234,"
      "妻子电话19900004444\n",
      "保安村.csv");
  const RosterRow& row = person(roster, "薛海");
  CHECK(roster.sheets[0].tables[0].last_header_row == 2);
  REQUIRE(row.phones.size() == 3);
  CHECK(row.phones[1].value == "0439-7221234");
  CHECK(row.phones[1].is_family);
  CHECK(row.phones[2].owner_note == "妻子");
  CHECK(row.value("member.remark") == "妻子电话19900004444");
  CHECK(row.village == "保安村");
  CHECK(row.village_source == VillageSource::kSheetName);
}

TEST_CASE("several tables one under another, with totals and repeated headings between") {
  BookMaker maker;
  maker.sheet("全镇").merge("A1:D1", "保安村流动党员").row("A2", {"序号", "姓名", "性别", "联系电话"});
  maker.row("A3", {"1", "薛海", "男", "19900001111"}).row("A4", {"小计", "1人"});
  maker.merge("A6:D6", "景山村流动党员").row("A7", {"序号", "姓名", "性别", "联系电话"});
  maker.row("A8", {"1", "张大山", "男", "19900002222"}).row("A9", {"合  计", "", "2人"});
  maker.merge("A11:D11", "珠宝村外出党员").row("A12", {"姓名", "外出时间", "外出流向", "身份证号"});
  maker.row("A13", {"李小梅", "2020.5", "上海市", "220699199507142937"});
  const Roster roster = roster_of(maker.bytes());
  REQUIRE(roster.rows.size() == 3);
  CHECK(person(roster, "薛海").village == "保安村");
  CHECK(person(roster, "张大山").village == "景山村");
  CHECK(person(roster, "李小梅").village == "珠宝村");
  CHECK(person(roster, "李小梅").value("mobility_episode.left_on") == "2020-05");
  CHECK(roster.sheets[0].tables.size() == 2);
  CHECK(why_skipped(roster, 4) == "total");
  CHECK(why_skipped(roster, 6) == "group_row");
  CHECK(why_skipped(roster, 7) == "repeated_header");
  CHECK(why_skipped(roster, 9) == "total");
  CHECK(why_skipped(roster, 10) == "blank");
}

TEST_CASE("village rows between the persons, sample row, pledge lines at the end") {
  BookMaker maker;
  maker.sheet("s").row("A1", {"序号", "姓名", "出生日期", "手机号码"});
  maker.row("A2", {"例", "张三", "1990.5", "13900000000"});
  maker.merge("A3:D3", "山河村（2人）").row("A4", {"1", "薛海", "1995.7", "19900001111"});
  maker.row("A5", {"2", "张大山", "1970", ""}).text("A6", "松江村").row("A7", {"1", "王小河", "1980", ""});
  maker.text("A8", "以上情况属实").row("A9", {"负责人签字", "", "盖章"});
  const Roster roster = roster_of(maker.bytes());
  REQUIRE(roster.rows.size() == 3);
  CHECK(person(roster, "张大山").village == "山河村");
  CHECK(person(roster, "张大山").village_source == VillageSource::kGroupRow);
  CHECK(person(roster, "王小河").village == "松江村");
  CHECK(why_skipped(roster, 2) == "sample");
  CHECK(why_skipped(roster, 8) == "note");
  CHECK(why_skipped(roster, 9) == "note");
}

TEST_CASE("a column of the party branch tells the village when nothing else does") {
  const Roster roster = roster_of("姓名,性别,所在党支部\n薛海,男,靖宇镇保安村党支部\n", "名册.csv");
  CHECK(person(roster, "薛海").village == "保安村");
  CHECK(person(roster, "薛海").village_source == VillageSource::kAffiliation);
  RosterOptions options;
  options.default_village = "220622100201";
  const Roster other = roster_of("姓名,性别\n薛海,男\n", "名册.csv", options);
  CHECK(person(other, "薛海").village == "220622100201");
  CHECK(has_warning(person(roster_of("姓名,性别\n薛海,男\n", "名册.csv"), "薛海"), "village_missing"));
}

TEST_CASE("a telephone belongs to the person left of it") {
  const Roster roster =
      roster_of("姓名,手机,联系人,联系电话\n薛海,19900001111,李书记,19900002222\n", "保安村.csv");
  const RosterRow& row = person(roster, "薛海");
  CHECK(row.phones.size() == 1);
  CHECK(row.liaison_name == "李书记");
  CHECK(row.liaison_phone == "19900002222");
  const Roster both = roster_of("姓名,手机,联系人及电话\n薛海,19900001111,李书记19900002222\n", "保安村.csv");
  CHECK(person(both, "薛海").liaison_name == "李书记");
  CHECK(person(both, "薛海").liaison_phone == "19900002222");
  CHECK(person(both, "薛海").phones.size() == 1);
  const Roster family = roster_of("姓名,性别,家庭联系人,联系电话\n薛海,男,李梅,19900002222\n", "保安村.csv");
  CHECK(person(family, "薛海").phones.at(0).is_family);
  CHECK(person(family, "薛海").phones.at(0).owner_note == "李梅");
}

TEST_CASE("hidden rows are read and marked, hidden columns are shown, hidden sheets are listed") {
  BookMaker maker;
  maker.sheet("今年").row("A1", {"姓名", "性别", "身份证号"}).row("A2", {"薛海", "男", "220699199507142937"});
  maker.row("A3", {"张大山", "男", ""}).hide_row(3).hide_column("C:C");
  maker.sheet("去年").row("A1", {"姓名", "性别"}).row("A2", {"离开的", "女"}).hide_sheet();
  const std::string bytes = maker.bytes();
  const Roster roster = roster_of(bytes);
  CHECK(roster.rows.size() == 2);
  CHECK(has_warning(person(roster, "张大山"), "hidden_row"));
  CHECK(roster.sheets[0].tables[0].columns[2].hidden);
  CHECK(roster.sheets[1].no_table == "hidden_sheet");
  CHECK(why_skipped(roster, 2, 1) == "hidden_sheet");
  RosterOptions options;
  options.hidden_sheets = true;
  CHECK(roster_of(bytes, "a.xlsx", options).rows.size() == 3);
}

TEST_CASE("a sheet without headings, another kind of list, an empty book: each has its sentence") {
  BookMaker bare;
  bare.sheet("S")
      .row("A1", {"薛海", "男", "220699199507142937"})
      .row("A2", {"张大山", "男", "220699196610196876"});
  CHECK(error_of(bare.bytes(), "a.xlsx") == "import.no_header");
  BookMaker stock;
  stock.sheet("库存")
      .merge("A1:F1", "物资库存表")
      .row("A2", {"序号", "物资名称", "规格", "单位", "数量", "备注"});
  stock.row("A3", {"1", "党章", "本", "册", "120", ""});
  const auto refused = read_roster(stock.bytes(), "物资.xlsx");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "import.no_roster");
  CHECK(argument(refused.error(), "file") == "物资.xlsx");
  CHECK(argument(refused.error(), "found").find("物资名称") != std::string::npos);
  BookMaker empty;
  empty.sheet("S");
  CHECK(error_of(empty.bytes(), "a.xlsx") == "import.empty");
  CHECK(error_of("", "a.csv") == "import.empty");
}

TEST_CASE("a book with one roster and one stock list takes the roster and says so") {
  BookMaker maker;
  maker.sheet("保安村").row("A1", {"姓名", "性别"}).row("A2", {"薛海", "男"});
  maker.sheet("库存").row("A1", {"物资名称", "数量"}).row("A2", {"党章", "120"});
  const Roster roster = roster_of(maker.bytes());
  CHECK(roster.rows.size() == 1);
  CHECK(roster.sheets[1].no_table == "no_roster");
  CHECK(why_skipped(roster, 2, 1) == "no_table");
}

TEST_CASE("the same headings have the same fingerprint, others another") {
  const auto print = [](const std::string& text) {
    return roster_of(text, "a.csv").sheets.at(0).tables.at(0).fingerprint;
  };
  CHECK(print("姓名,性别\n薛海,男\n") == print("标题\n姓 名,性别\n张三,女\n李四,男\n"));
  CHECK(print("姓名,性别\n薛海,男\n") != print("姓名,民族\n薛海,汉\n"));
}

}  // namespace lianxin::client::import::test
