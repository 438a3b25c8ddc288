// Which records are one, under the rules of duplicates_test: what a damaged store is told about them.
#include "client/store/clusters.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a cluster is read whole from any of its records, as ids and as texts") {
  Desk desk;
  std::vector<Id> ids;
  for (int i = 0; i < 3; ++i)
    ids.push_back(desk.member("同一人"));
  REQUIRE(desk.records.say_twins(ids[0], ids[2], cs::TwinWord::kSame).ok());
  for (const Id& id : {ids[0], ids[2]}) {
    CHECK(*desk.impl->clusters().records_of(id) == std::vector<Id>{ids[0], ids[2]});
    CHECK(*desk.impl->clusters().canonical_of(id) == ids[0]);
    auto select = desk.database->prepare("SELECT * FROM " + cs::cluster_texts_sql(1) + " ORDER BY 1");
    select.bind(1, id);
    REQUIRE(*select.step());
    CHECK(select.text(0) == ids[0].text());
    REQUIRE(*select.step());
    CHECK(select.text(0) == ids[2].text());
    CHECK_FALSE(*select.step());
  }
  CHECK(*desk.impl->clusters().records_of(ids[1]) == std::vector<Id>{ids[1]});
  CHECK(*desk.impl->clusters().said_of(ids[2], ids[0]) == std::optional(true));
  CHECK_FALSE(desk.impl->clusters().said_of(ids[1], ids[0])->has_value());
}

TEST_CASE("verify finds a flag that nobody said and a cluster that nobody keeps") {
  Desk desk;
  const Id one = desk.member("甲");
  const Id other = desk.member("乙");
  REQUIRE(desk.records.say_twins(one, other, cs::TwinWord::kSame).ok());
  CHECK(desk.impl->clusters().wrong()->empty());
  REQUIRE(desk.database->exec("UPDATE record SET flags = flags | 64").ok());
  CHECK(*desk.impl->clusters().wrong() == std::vector<Id>{one});
  REQUIRE(desk.impl->rebuild().ok());
  CHECK(desk.impl->clusters().wrong()->empty());
  REQUIRE(desk.database->exec("DELETE FROM alias").ok());
  CHECK(desk.impl->clusters().wrong()->size() == 2);
}

TEST_CASE("a chain longer than is read ends, and harms nothing") {
  Desk desk;
  std::vector<Id> ids;
  for (std::size_t i = 0; i < cs::kClusterMax + 10; ++i)
    ids.push_back(desk.member("同一人"));
  // By other hands than ours, which stop at sixteen.
  for (std::size_t i = 1; i < ids.size(); ++i) {
    auto insert = desk.database->prepare("INSERT INTO alias VALUES(?, ?, 1)");
    REQUIRE(insert.bind(1, ids[i]).bind(2, ids[i - 1]).run().ok());
  }
  desk.put("member", ids[5], {{"home_address", "三合村"}});
  CHECK(desk.impl->clusters().records_of(ids[5])->size() <= cs::kClusterMax + 2);
  CHECK(desk.impl->clusters().records_of(ids[5])->size() >= 50);
}

}  // namespace
