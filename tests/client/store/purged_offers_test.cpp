// What is kept for a restored county, and purges (sync.md 7.1, 11).
#include <doctest/doctest.h>

#include "client/store/purging.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace wire = sync::wire;

TEST_CASE("what is kept for a restored county loses what was purged, and nothing else") {
  Desk desk;
  const auto put = [&](const char* remark) {
    const Id member = desk.member("person");
    (void)desk.put("member", member, {{"remark", remark}});
    return member;
  };
  (void)put("kept-one");
  const Id second = put("gone-two");
  const Id third = put("gone-three");
  auto& database = desk.impl->database();
  REQUIRE(database
              .exec("INSERT INTO offer SELECT replica, counter, body, vals, effective_ms, suspect, 0 FROM "
                    "change")
              .ok());
  const auto offered = [&](const char* text) {
    auto select = database.prepare("SELECT count(*) FROM offer WHERE instr(vals, CAST(? AS BLOB)) > 0");
    REQUIRE(*select.bind_text(1, text).step());
    return select.integer(0);
  };
  REQUIRE(offered("gone-two") == 1);
  REQUIRE(offered("gone-three") == 1);
  const std::uint16_t remark = domain::Catalogue::base().kind("member")->field("remark")->wire;
  const wire::PurgeAnswer told{{{1, second, 1, {remark}}, {2, third, 1, {remark}}}};
  CHECK(*cs::Purging(*desk.impl).take(told, {}));
  CHECK(offered("person") == 3);
  CHECK(offered("kept-one") == 1);
  CHECK(offered("gone-two") == 0);
  CHECK(offered("gone-three") == 0);
  CHECK(desk.value(second, "remark").empty());
  CHECK_FALSE(*cs::Purging(*desk.impl).take(told, {}));
}

}  // namespace
