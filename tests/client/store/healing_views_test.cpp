// Healing of a class of which the worker holds a view (sync.md 9): what he may not see goes with it.
#include <doctest/doctest.h>

#include "client/store/healing.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace merge = sync::merge;
namespace wire = sync::wire;

TEST_CASE("what a view should not show goes by healing with what others wrote of it, as by the view's feed") {
  SmallServer server;
  Desk desk;
  Desk other(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = desk.member("孙三");
  desk.put("member", member, {{"remark", "own words"}});
  desk.push(server);
  desk.pull(server);
  const merge::RecordState before = desk.impl->load(member)->base;
  const wire::StateRow view{member, before.kind, before.parent,
                            merge::encode_class_state(before.classes.at(4))};
  other.pull(server);
  other.put("member", member, {{"remark", "the office's words"}});
  other.push(server);
  desk.pull(server);
  REQUIRE(desk.value(member, "remark") == "the office's words");

  const cs::FeedPlace place{desk.impl->membership().scopes_of(member)->front(), 4};
  const std::uint64_t position = (std::uint64_t{1} << cs::kViewShift) + 9;
  auto cursor = desk.database->prepare("INSERT INTO cursor(scope, privacy, position) VALUES(?, 4, ?)");
  REQUIRE(cursor.bind(1, place.scope).bind(2, position).run().ok());
  cs::Healing healing(*desk.impl);
  REQUIRE(healing.compared({place}).ok());
  REQUIRE(!healing.request().empty());
  const wire::HealAnswer answer{{{place.scope, 4, position, {}, {wire::whole_range()}, {view}}}};
  auto transaction = ::lianxin::store::Transaction::begin(*desk.database);
  cs::FeedWriter feeds(*desk.impl);
  REQUIRE(*healing.take(answer, feeds, desk.impl->own()->acknowledged) == 1);
  REQUIRE(feeds.finish().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(desk.value(member, "remark") == "own words");
  auto others = desk.database->prepare("SELECT count(*) FROM change WHERE privacy = 4 AND author != ?");
  REQUIRE(*others.bind(1, desk.worker).step());
  CHECK(others.integer(0) == 0);
  CHECK(desk.problems().empty());
}

}  // namespace
