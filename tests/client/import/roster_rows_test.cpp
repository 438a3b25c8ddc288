#include "client/import/roster_rows.hpp"

#include <doctest/doctest.h>

#include "client/import/roster_phones.hpp"
#include "client/import/roster_values.hpp"
#include "client/import/xlsx_reader.hpp"
#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import::test {
namespace {

constexpr const char* kHeader = "姓名,性别,身份证号,出生年月,联系电话,入党时间,备注\n";

RosterRow one_row(const std::string& line) {
  const Roster roster = roster_of(kHeader + line + "\n", "保安村.csv");
  REQUIRE(roster.rows.size() == 1);
  return roster.rows[0];
}

Cell text_cell(const std::string& text) {
  Cell cell;
  cell.text = text;
  return cell;
}

std::vector<std::string> phones_in(const std::string& text) {
  std::vector<std::string> out;
  for (const RosterPhone& phone : read_phones(text_cell(text), text, false).phones)
    out.push_back(phone.value);
  return out;
}

}  // namespace

TEST_CASE("ID numbers: normalised, ruined, blank") {
  CHECK(one_row("薛海,男,'220699199507142937,,,,").value("member.id_no") == "220699199507142937");
  CHECK(one_row("薛海,男,２２０６９９１９９５０７１４２９３７,,,,").value("member.id_no") ==
        "220699199507142937");
  CHECK(one_row("白艳平,男,22069919970415171x,,,,").value("member.id_no") == "22069919970415171X");
  const RosterRow ruined = one_row("薛海,男,2.20699E+17,1995.7,19900001111,,");
  CHECK(ruined.quarantine == "id_lost_digits");
  CHECK(ruined.quarantined_text == "2.20699E+17");
  // Everything else is there, so that "accept without the number" needs no second reading.
  CHECK(ruined.value("member.born_on") == "1995-07");
  CHECK(ruined.phones.size() == 1);
  CHECK_FALSE(ruined.id_missing);
  CHECK(one_row("薛海,男,220699199507142938,,,,").quarantine == "id_check_digit");
  CHECK(one_row("薛海,男,22069919950714293,,,,").quarantine == "id_malformed");
  for (const char* blank : {"", "无", "不详", "/"}) {
    const RosterRow row = one_row(std::string("薛海,男,") + blank + ",,,,");
    CHECK(row.quarantine.empty());
    CHECK(row.id_missing);
  }
}

TEST_CASE("a masked number is no number: neither taken nor kept in the remark, and nobody is held for it") {
  const RosterRow row = one_row("薛海,男,220699********2937,1995.7,199****1111,,常回来");
  CHECK(row.quarantine.empty());
  CHECK(row.value("member.id_no").empty());
  CHECK_FALSE(row.id_missing);  // it is somewhere, only not here
  CHECK(row.phones.empty());
  CHECK(row.leftovers.empty());
  CHECK(row.value("member.remark") == "常回来");
  CHECK(has_warning(row, "masked_number"));
}

TEST_CASE("a relative whose number is masked is no remark") {
  const Roster roster =
      roster_of("姓名,性别,家庭联系人,家庭联系电话\n赵一,男,配偶,199****2222\n", "保安村.csv");
  CHECK(person(roster, "赵一").leftovers.empty());
  BookMaker maker;
  maker.sheet("保安村")
      .row("A1", {"姓名", "性别", "联系方式", "联系方式"})
      .row("A2", {"姓名", "性别", "家庭联系人", "家庭联系电话"})
      .row("A3", {"赵一", "男", "配偶", "199****2222"})
      .row("A4", {"钱二", "男", "配偶", "19900002222"});
  const Roster ours = roster_of(maker.bytes());
  CHECK(person(ours, "赵一").leftovers.empty());
  CHECK_FALSE(has_warning(person(ours, "赵一"), "phone_unreadable"));
  REQUIRE(person(ours, "钱二").phones.size() == 1);
  CHECK(person(ours, "钱二").phones.front().owner_note == "配偶");
}

TEST_CASE("a destination that is no more than a province is a division") {
  const Roster roster = roster_of("姓名,性别,外出流向\n赵一,男,广东省\n钱二,男,吉林\n", "保安村.csv");
  CHECK(person(roster, "赵一").value("mobility_episode.dest_division") == "440000");
  CHECK(person(roster, "赵一").value("mobility_episode.dest_address").empty());
  CHECK(person(roster, "钱二").value("mobility_episode.dest_address") == "吉林");  // the city of that name
}

TEST_CASE("an ID number in a number cell is ruined even when its check digit fits") {
  BookMaker maker;
  maker.sheet("保安村")
      .row("A1", {"姓名", "性别", "身份证号"})
      .row("A2", {"薛海", "男"})
      .number("C2", 220699199507142937.0);
  maker.row("A3", {"张大山", "男"}).text("C3", "'220699199507142937");
  const Roster roster = roster_of(maker.bytes());
  CHECK(person(roster, "薛海").quarantine == "id_lost_digits");
  CHECK(person(roster, "张大山").quarantine.empty());
}

TEST_CASE(
    "birth and gender come out of the number when nobody wrote them, and are compared when somebody did") {
  const RosterRow row = one_row("薛海,,220699199507142937,,,,");
  CHECK(row.value("member.gender") == "1");
  CHECK(row.value("member.born_on") == "1995-07-14");
  const RosterRow beside =
      one_row("薛海（女）,,220699199507142937,,,,");  // a word beside the name is written
  CHECK(beside.value("member.gender") == "2");
  CHECK(has_warning(beside, "gender_differs"));
  const RosterRow other = one_row("薛海,女,220699199507142937,1994.7,,,");
  CHECK(other.value("member.gender") == "2");
  CHECK(other.value("member.born_on") == "1994-07");
  CHECK(has_warning(other, "gender_differs"));
  CHECK(has_warning(other, "born_differs"));
  CHECK_FALSE(has_warning(one_row("薛海,男,220699199507142937,1995.7,,,"), "born_differs"));
}

TEST_CASE("dates in cells of every kind keep their precision") {
  BookMaker maker;
  maker.sheet("保安村").row("A1", {"姓名", "出生年月", "入党时间", "外出时间"});
  maker.text("A2", "甲一")
      .number("B2", 33001, "yyyy\"年\"m\"月\"")
      .number("C2", 45292, "m/d/yy")
      .number("D2", 202005);
  maker.text("A3", "甲二").number("B3", 1990.1).number("C3", 45292).text("D3", "去年春天");
  maker.text("A4", "甲三").number("B4", 1990.11).text("C4", "不详").text("D4", "12/2019");
  const Roster roster = roster_of(maker.bytes());
  CHECK(person(roster, "甲一").value("member.born_on") == "1990-05");
  CHECK(person(roster, "甲一").value("member.joined_on") == "2024-01-01");
  CHECK(person(roster, "甲一").value("mobility_episode.left_on") == "2020-05");
  const RosterRow& second = person(roster, "甲二");
  CHECK(second.value("member.born_on") == "1990-01");
  CHECK(has_warning(second, "month_may_be_october"));
  CHECK(second.value("member.joined_on") == "2024-01-01");
  CHECK(second.value("mobility_episode.left_on").empty());
  CHECK(has_warning(second, "date_unreadable"));
  REQUIRE(second.leftovers.size() == 1);
  CHECK(second.leftovers[0].text == "去年春天");
  CHECK(person(roster, "甲三").value("member.born_on") == "1990-11");
  CHECK_FALSE(has_warning(person(roster, "甲三"), "month_may_be_october"));
  CHECK(person(roster, "甲三").value("member.joined_on").empty());
}

TEST_CASE(
    "a day that is yet to come is taken with a warning, as in the form, where only a past one makes sense") {
  const std::string bytes =
      "姓名,外出时间,预计返回时间,备注\n薛海,2099-05-01,2099-06-01,2099年再说\n李四,2026-09-30,,\n王五,"
      "2099年,,\n";
  RosterOptions options;
  options.today = Date::parse("2026-09-30").value();
  const Roster roster = roster_of(bytes, "保安村.csv", options);
  const RosterRow& ahead = person(roster, "薛海");
  CHECK(ahead.value("mobility_episode.left_on") == "2099-05-01");
  REQUIRE(ahead.warnings.size() == 1);
  CHECK(ahead.warnings[0].code == "in_future");
  CHECK(ahead.warnings[0].heading == "外出时间");
  CHECK(ahead.quarantine.empty());
  CHECK_FALSE(has_warning(person(roster, "李四"), "in_future"));
  CHECK(has_warning(person(roster, "王五"), "in_future"));
  CHECK_FALSE(has_warning(person(roster_of(bytes, "保安村.csv"), "薛海"), "in_future"));
}

TEST_CASE("names keep what is theirs") {
  CHECK(read_name("张  三").value == "张三");
  CHECK(read_name(" 司马 玉兰\u3000").value == "司马玉兰");
  CHECK(read_name("王𬭎").value == "王𬭎");
  CHECK(read_name("阿卜杜拉・买买提").value == "阿卜杜拉·买买提");
  CHECK(read_name("Ivan  Petrov").value == "Ivan Petrov");
  CHECK(read_name("李四（预备）").value == "李四");
  CHECK(read_name("李四（预备）").leftover == "预备");
  CHECK(read_name("13900001111").quarantine == "name_unreadable");
  CHECK(one_row("李梅（女）,,,,,,").value("member.gender") == "2");
  const RosterRow row = one_row("张  三,男,,,,,");
  CHECK(row.values.at(0).value == "张三");
  CHECK(row.values.at(0).original == "张  三");
}

TEST_CASE("an extension stands in the note beside a telephone, not in its number") {
  for (const std::string text :
       {"0439-7221234转8", "0439-7221234（转8）", "0439-7221234 转 8", "0439-7221234-8"}) {
    const ReadPhones read = read_phones(text_cell(text), text, false);
    REQUIRE_MESSAGE(read.phones.size() == 1, text);
    CHECK_MESSAGE(read.phones.front().value == "0439-7221234", text);
    CHECK_MESSAGE(read.phones.front().owner_note == "转8", text);
  }
  const ReadPhones office = read_phones(text_cell(""), "010-88881234分机801", false);
  REQUIRE(office.phones.size() == 1);
  CHECK(office.phones.front().value == "010-88881234");
  CHECK(office.phones.front().owner_note == "分机801");
  // Who is asked for is no extension, and a second telephone neither.
  CHECK(read_phones(text_cell(""), "13900001111转妻子", false).phones.front().value == "13900001111");
  CHECK(phones_in("0439-7221234转13900001111").empty());
}

TEST_CASE("telephones: two in a cell, relatives, lost zeros, and what is no telephone") {
  using List = std::vector<std::string>;
  CHECK(phones_in("13900001111/0439-7221234") == List{"13900001111", "0439-7221234"});
  CHECK(phones_in("13900001111、13900002222") == List{"13900001111", "13900002222"});
  CHECK(phones_in("13900001111 13900002222") == List{"13900001111", "13900002222"});
  CHECK(phones_in("1390000111113900002222") == List{"13900001111", "13900002222"});
  CHECK(phones_in("139 0000 1111") == List{"13900001111"});
  CHECK(phones_in("１３９００００１１１１") == List{"13900001111"});
  // As a spreadsheet shows what is too long for its column: with all digits, or without.
  CHECK(phones_in("1.3900001111E+10") == List{"13900001111"});
  CHECK(phones_in("1.3900001111e10、13900002222") == List{"13900001111", "13900002222"});
  CHECK(phones_in("1.39E+10").empty());
  CHECK(phones_in("1.3900001111E+11").empty());
  const auto wife = read_phones(text_cell("x"), "13900001111（妻子）", false);
  REQUIRE(wife.phones.size() == 1);
  CHECK(wife.phones[0].is_family);
  CHECK(wife.phones[0].owner_note == "妻子");
  Cell number;
  number.kind = CellKind::kNumber;
  const auto landline = read_phones(number, "4397221234", false);
  REQUIRE(landline.phones.size() == 1);
  CHECK(landline.phones[0].value == "0439-7221234");
  CHECK(landline.zero_added);
  const RosterRow bad = one_row("薛海,男,,,1390000111/13900002222,,");
  REQUIRE(bad.phones.size() == 1);
  CHECK(has_warning(bad, "phone_unreadable"));
  REQUIRE(bad.leftovers.size() == 1);
  CHECK(bad.leftovers[0].text == "1390000111");
  CHECK(bad.leftovers[0].heading == "联系电话");
}

TEST_CASE("a relative's telephone in the remark is found and the remark stays") {
  CHECK(family_phones_in("妻子电话13900001111，常年在外").size() == 1);
  CHECK(family_phones_in("档案号13900001111").empty());
  CHECK(family_phones_in("联系不上").empty());
}

TEST_CASE(
    "a number of a person in a text is told, masked; a relative's in the remark has been taken already") {
  const auto warned = [](const std::string& address, const std::string& remark) {
    const Roster roster =
        roster_of("姓名,性别,家庭住址,备注\n薛海,男," + address + "," + remark + "\n", "保安村.csv");
    return person(roster, "薛海");
  };
  CHECK_FALSE(has_warning(warned("一组3号", "常年在外"), "private_number"));
  const RosterRow by_address = warned("一组3号 13900001111", "");
  REQUIRE(has_warning(by_address, "private_number"));
  CHECK(by_address.warnings.front().text.find("13900001111") == std::string::npos);
  CHECK(by_address.value("member.home_address") == "一组3号 13900001111");
  CHECK(has_warning(warned("", "其子220699199507142937"), "private_number"));
  CHECK_FALSE(has_warning(warned("", "妻子电话13900001111"), "private_number"));
}

TEST_CASE("rows without a name are held, not dropped") {
  const RosterRow row = one_row(",男,220699199507142937,1995.7,19900001111,,");
  CHECK(row.quarantine == "no_name");
  CHECK(row.value("member.id_no") == "220699199507142937");
}

TEST_CASE("同上 takes the row above, where that can be meant") {
  const Roster roster = roster_of(
      "姓名,性别,家庭住址,联系电话\n薛海,男,一组3号,19900001111\n李梅,女,同上,同上\n", "保安村.csv");
  const RosterRow& wife = person(roster, "李梅");
  CHECK(wife.value("member.home_address") == "一组3号");
  CHECK(wife.phones.empty());
  CHECK(has_warning(wife, "phone_unreadable"));
}

TEST_CASE("one person over two rows: the second adds his other telephone") {
  BookMaker maker;
  maker.sheet("保安村").row("A1", {"姓名", "性别", "联系电话", "备注"});
  maker.merge("A2:A3", "薛海").row("B2", {"男", "19900001111"}).row("B3", {"", "0439-7221234", "老宅电话"});
  maker.row("A4", {"张大山", "男", "19900002222"});
  const Roster roster = roster_of(maker.bytes());
  REQUIRE(roster.rows.size() == 2);
  CHECK(roster.rows[0].phones.size() == 2);
  REQUIRE(roster.rows[0].leftovers.size() == 1);
  CHECK(roster.rows[0].leftovers[0].text == "老宅电话");
  CHECK(why_skipped(roster, 3) == "continuation");
}

TEST_CASE("every row with content is accounted for") {
  for (const char* name : {"roster-a.xlsx", "roster-b.xlsx"}) {
    const std::string bytes = data_file(name);
    const Roster roster = roster_of(bytes, name);
    const Workbook workbook = read_xlsx(bytes).value();
    for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
      for (const Row& row : workbook.sheets[i].rows) {
        int places = why_skipped(roster, row.number, i).empty() ? 0 : 1;
        for (const RosterTable& table : roster.sheets[i].tables) {
          places += row.number >= table.first_header_row && row.number <= table.last_header_row ? 1 : 0;
        }
        for (const RosterRow& person : roster.rows)
          places += person.sheet_index == i && person.row == row.number ? 1 : 0;
        CAPTURE(row.number);
        CHECK(places == 1);
      }
    }
  }
}

}  // namespace lianxin::client::import::test
