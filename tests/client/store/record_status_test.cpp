// Counts for the status line.
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("the status line counts records, what is unsent, and by kind") {
  Desk desk;
  desk.put("member", Id{}, {{"name", "甲"}, {"home_village_id", kVillageCode}, {"home_address", "东街"}});
  const auto status = desk.records.status();
  REQUIRE(status.ok());
  CHECK(desk.records.counts()->at("member") == 1);
  CHECK(status->unsent == 2);
  CHECK(status->unsent_bytes > 0);
  CHECK(status->unsent_kinds.at("member") == 1);
  CHECK(status->scopes.size() == 1);
  CHECK(status->waiting == 0);
}

}  // namespace
