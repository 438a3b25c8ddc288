#include "sync/server/admin/retention_commands.hpp"

#include <doctest/doctest.h>

#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {

TEST_CASE("retention: a preview changes nothing; applying asks for the count it showed and a reason") {
  const Desk desk;
  (void)desk.county_with_worker();
  const auto preview = desk.json({"retention"});
  CHECK(preview.at("count") == 0);
  CHECK(preview.at("applied") == false);
  CHECK_FALSE(preview.at("rules").empty());
  CHECK(desk.try_json({"retention", "--apply", "--count", "0"}).error() == "purge.reason");
  CHECK(desk.try_json({"retention", "--apply", "--count", "3", "--reason", "到期"}).error() ==
        "retention.count");
  CHECK(desk.try_json({"retention", "--apply", "--count", "0", "--reason", "到期", "--as-of", "2199-01-01"})
            .error() == "retention.future");
  CHECK(desk.json({"retention", "--apply", "--count", "0", "--reason", "到期"}).at("applied") == true);
}

}  // namespace lianxin::test
