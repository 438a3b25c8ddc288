#include "shared/domain/codes.hpp"

#include <doctest/doctest.h>
#include <string>

#include "shared/domain/code_reader.hpp"

using namespace lianxin::domain;

namespace {

std::string read(std::string_view list, std::string_view text) {
  const auto code = read_code(list, text);
  return code.ok() ? *code : code.error().code;
}

TEST_CASE("national lists have their length") {
  CHECK(code_list("gender")->size() == 4);
  CHECK(code_list("ethnic")->size() == 58);
  CHECK(code_list("province")->size() == 34);
  CHECK(code_list("education")->size() > 35);
  CHECK(code_list("no_list") == nullptr);
}

TEST_CASE("the lists of the later kinds are read, in the words of their sheets") {
  CHECK(code_list("activity_kind")->size() == 22);
  CHECK(code_list("team_origin")->size() == 6);
  CHECK(read("attendance_status", "√") == "present");
  CHECK(read("attendance_status", "#") == "late");
  CHECK(read("attendance_status", "×") == "absent");
  CHECK(read("hardship_level", "特困") == "severe");
  CHECK(read("village_table_state", "村级确认") == "village_confirmed");
  CHECK(read("transfer_state", "已转接") == "done");
}

TEST_CASE(
    "ethnic groups and education carry the standards' numbers, not those of the table that goes about") {
  CHECK(code_name("ethnic", "01", "zh") == "汉族");
  CHECK(code_name("ethnic", "10", "en") == "Korean");
  CHECK(code_name("ethnic", "11", "zh") == "满族");
  CHECK(code_name("ethnic", "56", "en") == "Jino");
  CHECK(is_code("education", "21"));
  CHECK_FALSE(is_code("education", "01"));
  CHECK(read("education", "72") == "73");
  CHECK(read("education", "82") == "83");
}

TEST_CASE("what offices write is read: code, name, synonym, blanks, width, case") {
  CHECK(read("gender", "男") == "1");
  CHECK(read("gender", " 女 性 ") == "2");
  CHECK(read("gender", "１") == "1");
  CHECK(read("gender", "Female") == "2");
  CHECK(read("ethnic", "汉") == "01");
  CHECK(read("ethnic", "朝鲜族") == "10");
  CHECK(read("ethnic", "1") == "01");
  CHECK(read("education", "大专") == "30");
  CHECK(read("education", "初中毕业") == "71");
  CHECK(read("province", "吉林") == "22");
  CHECK(read("member_class", "预备") == "probationary");
  CHECK(read("yes_no", "√") == "1");
}

TEST_CASE("what no list knows is told") {
  CHECK(read("gender", "") == "code.unknown");
  CHECK(read("gender", "男女") == "code.unknown");
  CHECK(read("no_list", "男") == "code.unknown");
  CHECK(code_name("gender", "7", "zh") == "7");
}

TEST_CASE("a code list with a fault is refused with its line") {
  const auto fault = [](std::string_view tsv) {
    CodeLists lists;
    const auto status = read_code_lists(tsv, lists);
    return status.ok() ? std::string("read")
                       : status.error().args.at(0).value + " " + status.error().args.at(1).value;
  };
  CHECK(fault("a\tb\tc\n") == "1 a code before the first list");
  CHECK(fault("list\tx\na\tb\n") == "2 columns");
  CHECK(fault("list\tx\nlist\tx\n") == "2 list twice: x");
  CHECK(fault("list\tx\na\t甲\tA\tw\nb\t乙\tB\tw\n") == "3 word twice: w");
  CHECK(fault("# note\nlist\tx\na\t甲\tA\t一|二\n") == "read");
}

}  // namespace
