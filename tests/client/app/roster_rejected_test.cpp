#include "client/app/roster_rejected.hpp"

#include <doctest/doctest.h>

#include "tests/client/app/roster_laptop.hpp"

namespace lianxin::client::app {
namespace {

Messages plain_messages() {
  auto messages =
      Messages::parse({"import.reason.id_check_digit = check digit\n"
                       "import.outside.village_unknown = no such village\n"
                       "import.rejected.village = 村\n"
                       "import.rejected.row = Row\nimport.rejected.why = Why\n"});
  REQUIRE(messages.ok());
  return std::move(*messages);
}

}  // namespace

TEST_CASE("rows that are not taken go back as written, each with its row and the reason") {
  test::RosterLaptop laptop(test::RosterLaptop::county());
  const std::string bytes =
      "姓名,身份证号,性别,村\n赵一,220699196610196876,男,三合村\n"
      "钱二,220699196610196877,男,三合村\n孙三,,女,没有这个村\n";
  const RosterPlan plan = laptop.plan_bytes(bytes, "名册.csv");
  const auto sheets = rejected_rows(plan, bytes, plain_messages());
  REQUIRE(sheets.ok());
  REQUIRE(sheets->size() == 1);
  const report::Sheet& sheet = sheets->front();
  CHECK(report::columns_of(sheet).size() == 6);
  REQUIRE(sheet.rows.size() == 2);
  CHECK(sheet.rows[0].cells ==
        std::vector<std::string>{"钱二", "220699196610196877", "男", "三合村", "3", "check digit"});
  CHECK(sheet.rows[1].cells ==
        std::vector<std::string>{"孙三", "", "女", "没有这个村", "4", "no such village"});
}

TEST_CASE("rows of a village that only the title names are taken when they come back mended") {
  test::RosterLaptop laptop(test::RosterLaptop::county());
  const std::string bytes =
      "三合村流动党员名册,,\n姓名,身份证号,性别\n赵一,220699196610196876,男\n钱二,220699196610196877,男\n";
  const RosterPlan plan = laptop.plan_bytes(bytes, "名册.csv");
  const auto sheets = rejected_rows(plan, bytes, plain_messages());
  REQUIRE(sheets.ok());
  const report::Sheet& sheet = sheets->front();
  REQUIRE(sheet.rows.size() == 1);
  CHECK(sheet.rows[0].cells ==
        std::vector<std::string>{"钱二", "220699196610196877", "男", "三合村", "4", "check digit"});
  std::string again;
  for (const report::Heading& heading : sheet.headings)
    again += heading.words + ",";
  again += "\n钱二,220699196610196876,男,三合村,4,check digit\n";
  const RosterPlan mended = laptop.plan_bytes(again, "改好.csv");
  CHECK(mended.counts().outside == 0);
  CHECK(mended.counts().quarantined == 0);
}

TEST_CASE("a roster of which everything is taken gives nothing back") {
  test::RosterLaptop laptop(test::RosterLaptop::county());
  const std::string bytes = "姓名,身份证号,性别,村\n赵一,220699196610196876,男,三合村\n";
  const auto none = rejected_rows(laptop.plan_bytes(bytes, "名册.csv"), bytes, plain_messages());
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == "import.none_rejected");
}

TEST_CASE("grouped headings stay grouped, and read again as they were") {
  test::RosterLaptop laptop(test::RosterLaptop::county());
  const std::string bytes = test::sample("roster-b.xlsx");
  const RosterPlan plan = laptop.plan_bytes(bytes, "roster-b.xlsx");
  const auto sheets = rejected_rows(plan, bytes, plain_messages());
  REQUIRE(sheets.ok());
  std::size_t rows = 0;
  for (const report::Sheet& sheet : *sheets)
    rows += sheet.rows.size();
  CHECK(rows == plan.counts().quarantined + plan.counts().outside);
}

}  // namespace lianxin::client::app
