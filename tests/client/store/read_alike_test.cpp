// What figures, forms and duties read by one rule, asked of single rows.
#include "client/store/read_alike.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Parcel {
  std::string received_on, relation;
  std::vector<std::pair<std::string, std::string>> events;  ///< day and kind
};

std::string result_of(Desk& desk, const Parcel& parcel) {
  REQUIRE(
      desk.database->exec("DROP TABLE IF EXISTS told_event; CREATE TABLE told_event(id, occurred_on, kind)")
          .ok());
  for (std::size_t i = 0; i < parcel.events.size(); ++i) {
    auto insert = desk.database->prepare("INSERT INTO told_event VALUES(?, ?, ?)");
    insert.bind(1, static_cast<std::int64_t>(i)).bind_text(2, parcel.events[i].first);
    REQUIRE(insert.bind_text(3, parcel.events[i].second).run().ok());
  }
  auto select = desk.database->prepare(
      "SELECT " +
      cs::parcel_result_sql("p", "told_event e WHERE e.occurred_on <= '2026-09-30'", "e.id", "'2026-09-30'") +
      " FROM (SELECT nullif(?, '') AS received_on, nullif(?, '') AS relation) p");
  select.bind_text(1, parcel.received_on).bind_text(2, parcel.relation);
  REQUIRE(*select.step());
  return select.text(0);
}

TEST_CASE("the last word on a parcel says what became of it") {
  Desk desk;
  CHECK(result_of(desk, {"", "", {}}) == "on_the_way");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "left"}}}) == "left");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "left"}, {"2026-09-03", "signed_self"}}}) == "signed");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "signed_proxy"}}}) == "proxy");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "signed_self"}, {"2026-09-05", "returned"}}}) == "returned");
  CHECK(result_of(desk, {"", "", {{"2026-09-05", "refused"}}}) == "refused");
  CHECK(result_of(desk, {"", "", {{"2026-10-02", "signed_self"}}}) == "on_the_way");  // not yet, on that day
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "in_transit"}, {"2026-09-05", "problem"}}}) == "problem");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "left"}, {"2026-09-05", "problem"}}}) == "problem");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "problem"}, {"2026-09-05", "in_transit"}}}) == "on_the_way");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "problem"}, {"2026-09-05", "signed_self"}}}) == "signed");
  CHECK(result_of(desk, {"", "", {{"2026-09-02", "refused"}, {"2026-09-05", "problem"}}}) == "refused");
  CHECK(result_of(desk, {"2026-09-06", "self", {{"2026-09-05", "problem"}}}) == "signed");
  CHECK(result_of(desk, {"2026-09-04", "self", {}}) == "signed");
  CHECK(result_of(desk, {"2026-09-04", "spouse", {}}) == "proxy");
  CHECK(result_of(desk, {"2026-10-04", "self", {}}) == "on_the_way");
}

TEST_CASE("abroad is who said so by then, or went to Taiwan, Hong Kong or Macao") {
  Desk desk;
  const auto is_abroad = [&](const std::string& since, const std::string& division) {
    auto select =
        desk.database->prepare("SELECT " + cs::is_abroad_sql("o", "'2026-09-30'") +
                               " FROM (SELECT nullif(?, '') AS abroad_on, nullif(?, '') AS dest_division) o");
    select.bind_text(1, since).bind_text(2, division);
    REQUIRE(*select.step());
    return select.integer(0) != 0;
  };
  CHECK_FALSE(is_abroad("", ""));
  CHECK_FALSE(is_abroad("", "440300"));
  CHECK(is_abroad("2026-09-30", "440300"));
  CHECK_FALSE(is_abroad("2026-10-01", ""));
  for (const char* division : {"710000", "810000", "820000"})
    CHECK(is_abroad("", division));
}

}  // namespace
