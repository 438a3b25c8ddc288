#include "client/import/village_name.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::import {

TEST_CASE("the village in a title") {
  CHECK(village_in("保安村外出党员台账") == "保安村");
  CHECK(village_in("靖宇镇保安村外出党员台账") == "保安村");
  CHECK(village_in("吉林省白山市靖宇县靖宇镇小营子村") == "小营子村");
  CHECK(village_in("保安村党支部流动党员花名册（2026年）") == "保安村");
  CHECK(village_in("镇东村") == "镇东村");
  CHECK(village_in("靖宇镇镇东村党支部") == "镇东村");
  CHECK(village_in("2026年保安村") == "保安村");
  CHECK(village_in("填报单位：保 安 村") == "保安村");
  CHECK(village_in("填报单位（盖章）：河南社区") == "河南社区");
  CHECK(village_in("保安村委会") == "保安村");
}

TEST_CASE("words that only look like one") {
  CHECK(village_in("各村流动党员花名册").empty());
  CHECK(village_in("农村党员名册").empty());
  CHECK(village_in("村（社区）").empty());
  CHECK(village_in("流动党员信息登记表").empty());
  CHECK(village_in("Sheet1").empty());
  CHECK(village_in("").empty());
}

TEST_CASE("a cell of a village column keeps what it says") {
  CHECK(village_of_cell(" 保安 村 ") == "保安村");
  CHECK(village_of_cell("220622101200") == "220622101200");
  CHECK(village_of_cell("东沟屯") == "东沟屯");
}

TEST_CASE("names of one village written in several ways have one stem") {
  for (const char* name :
       {"三合村", "三合社区", "三合村村民委员会", "三合村委会", "三合社区居委会", "三合村党支部"})
    CHECK(village_stem(name) == "三合");
  CHECK(village_stem("村") == "村");
}

}  // namespace lianxin::client::import
