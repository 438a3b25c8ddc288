#include "client/import/csv_reader.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"
#include "tests/support/utf16.hpp"

namespace lianxin::client::import::test {
namespace {

Sheet sheet_of(const std::string& bytes, std::string* encoding = nullptr) {
  auto workbook = read_csv(bytes, "表");
  REQUIRE(workbook.ok());
  if (encoding != nullptr) *encoding = workbook->encoding;
  return std::move(workbook->sheets.at(0));
}

}  // namespace

TEST_CASE("quotes, separators and line ends as programs write them") {
  const Sheet sheet = sheet_of("\xEF\xBB\xBF姓名,备注\r\n张三,\"一,\"\"二\"\"\n三\"\r\n\r\n李四,=\"0439\"\n");
  REQUIRE(sheet.rows.size() == 3);
  CHECK(sheet.rows[0].cells[0].text == "姓名");
  CHECK(sheet.rows[1].cells[1].text == "一,\"二\"\n三");
  CHECK(sheet.rows[2].number == 4);  // the blank line counts, as in Excel
  CHECK(sheet.rows[2].cells[1].text == "0439");
  CHECK(sheet_of("姓名\t电话\n张三\t1\n").rows[1].cells[1].text == "1");
  CHECK(sheet_of("姓名;电话\n张三;1\n").rows[1].cells[1].text == "1");
}

TEST_CASE("GB 18030 is decoded with the characters GBK has not") {
  std::string encoding;
  // 姓名 and a name with U+20BB7, U+36C3 and U+2CB4E
  const Sheet sheet =
      sheet_of("\xD0\xD5\xC3\xFB\n\x95\x34\xB2\x35\x82\x30\xB7\x31\x99\x33\xA9\x32\n", &encoding);
  CHECK(encoding == "gb18030");
  CHECK(sheet.rows[0].cells[0].text == "姓名");
  CHECK(sheet.rows[1].cells[0].text == "𠮷㛃𬭎");
}

TEST_CASE("Unicode text of Excel") {
  std::string encoding;
  const Sheet sheet = sheet_of(std::string("\xFF\xFE\xD3\x59\x0D\x54\x0A\x00", 8), &encoding);
  CHECK(encoding == "utf-16");
  CHECK(sheet.rows[0].cells[0].text == "姓名");
}

TEST_CASE("UTF-16 without its mark is known by what it says, in either order") {
  const std::string text =
      "姓名\t性别\t身份证号\t备注\r\n薛海\t男\t220699199507142937\t（𠮷家）①\r\n李四\t女\t\t\r\n";
  for (const bool little : {true, false}) {
    std::string encoding;
    const Sheet sheet = sheet_of(lianxin::test::as_utf16(text, little), &encoding);
    CHECK(encoding == "utf-16");
    REQUIRE(sheet.rows.size() == 3);
    CHECK(sheet.rows[0].cells[2].text == "身份证号");
    CHECK(sheet.rows[1].cells[3].text == "（𠮷家）①");
    CHECK(person(roster_of(lianxin::test::as_utf16(text, little), "保安村.txt"), "薛海")
              .value("member.gender") == "1");
  }
}

TEST_CASE("a binary file, a cut one and text of another writing are not taken for UTF-16") {
  std::string numbers;
  for (int i = 0; i < 2000; ++i)
    numbers += std::string{static_cast<char>(i * 7), '\0', static_cast<char>(i * 31), '\x11'};
  CHECK_FALSE(read_csv(numbers, "表").ok());
  CHECK_FALSE(read_csv(lianxin::test::as_utf16("姓名,电话\n张三,1\n", true) + "x", "表").ok());
}

TEST_CASE("a file of no bytes is told as empty, whatever it is called") {
  for (const char* name : {"名册.xlsx", "名册.csv", "名册.xls"})
    CHECK(read_roster("", name).error().code == "import.empty");
}

TEST_CASE("a roster as separated text in the office's own encoding") {
  // 姓名,性别,身份证号 / 薛海,男,220699199507142937
  const std::string bytes =
      "\xD0\xD5\xC3\xFB,\xD0\xD4\xB1\xF0,\xC9\xED\xB7\xDD\xD6\xA4\xBA\xC5\n\xD1\xA6\xBA\xA3,\xC4\xD0,"
      "220699199507142937\n";
  const Roster roster = roster_of(bytes, "保安村.csv");
  CHECK(person(roster, "薛海").village == "保安村");
  CHECK(person(roster, "薛海").value("member.gender") == "1");
}

}  // namespace lianxin::client::import::test
