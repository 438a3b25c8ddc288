// Lists of work and forms about one person are no rosters.
#include "client/import/work_forms.hpp"

#include <doctest/doctest.h>

#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import::test {
namespace {

std::string refusal_of(const std::string& text) {
  const auto roster = read_roster(text, "a.csv");
  return roster.ok() ? "ok" : roster.error().code;
}

}  // namespace

TEST_CASE("lists of work are told from rosters by two of their headings") {
  CHECK(refusal_of("序号,姓名,村（社区）,到会情况,签到,方式\n1,赵一,保安村,出席,√,现场\n") ==
        "import.work_list");
  CHECK(refusal_of("序号,姓名,村（社区）,类别,项目,得分,封顶后,累计\n1,赵一,保安村,正式党员,学习,1,1,3\n") ==
        "import.work_list");
  CHECK(refusal_of("序号,姓名,村（社区）,变动类型,原值,新值\n1,赵一,保安村,返回,深圳,\n") ==
        "import.work_list");
  CHECK(refusal_of("编号,姓名,类别,内容,办理结果,答复日期\n1,赵一,正式党员,路灯,已办,2026-01-02\n") ==
        "import.work_list");
  CHECK(refusal_of("姓名,性别,村（社区）,累计\n赵一,男,保安村,3\n") == "ok");
}

TEST_CASE("labels with their values beside them are a form about one person") {
  CHECK(refusal_of("困难党员一人一册\n姓名,赵一,性别,男性\n出生年月,1966-10,文化程度,初中\n") ==
        "import.filled_form");
  CHECK(refusal_of("姓名,性别,文化程度\n赵一,男性,初中\n") == "ok");
}

TEST_CASE("a book with a roster and a list of work takes the roster and names the other") {
  BookMaker maker;
  maker.sheet("名册").row("A1", {"姓名", "性别", "村（社区）"}).row("A2", {"赵一", "男", "保安村"});
  maker.sheet("签到")
      .row("A1", {"姓名", "到会情况", "签到", "村（社区）"})
      .row("A2", {"赵一", "出席", "√", "保安村"});
  const auto roster = read_roster(maker.bytes(), "a.xlsx");
  REQUIRE(roster.ok());
  CHECK(roster->rows.size() == 1);
  CHECK(roster->sheets.at(1).no_table == "work_list");
}

}  // namespace lianxin::client::import::test
