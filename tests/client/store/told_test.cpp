// Which losses are told (told.hpp).
#include "client/store/told.hpp"

#include <doctest/doctest.h>

#include "client/store/action.hpp"
#include "client/store/edit_plan.hpp"
#include "client/store/search_index.hpp"
#include "client/store/stamps.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a rival that is settled by somebody else's later write over both is a loss, told once") {
  SmallServer server;
  Desk a(1);
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id id = a.member("赵一");
  a.push(server);
  b.pull(server);
  a.put("member", id, {{"post_code", "甲"}});
  b.put("member", id, {{"post_code", "乙"}});
  a.push(server);
  b.push(server);
  a.pull(server);
  b.pull(server);
  // An ordinary edit over both rivals decides as well as the desk does.
  a.put("member", id, {{"post_code", "丙"}});
  a.push(server);
  b.pull(server);
  REQUIRE(b.records.told()->size() == 1);
  CHECK(b.records.told()->front().mine == "乙");
  CHECK(b.records.told()->front().by_author == a.worker);
  CHECK(a.records.told()->empty());
}

TEST_CASE("equal values settled together are no loss") {
  SmallServer server;
  Desk a(1);
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id id = a.member("钱二");
  a.push(server);
  b.pull(server);
  a.put("member", id, {{"post_code", "组长"}});
  b.put("member", id, {{"post_code", "组长"}});
  for (Desk* desk : {&a, &b})
    desk->push(server);
  for (Desk* desk : {&a, &b}) {
    desk->pull(server);
    CHECK(desk->records.told()->empty());
    CHECK(desk->records.conflicts()->empty());
  }
}

TEST_CASE("a token of an action names its changes, and a damaged one is refused") {
  const cs::UndoToken token{{0xabc}, 3, 7};
  const auto again = cs::UndoToken::parse(token.text());
  REQUIRE(again.ok());
  CHECK(again->replica == token.replica);
  CHECK(again->first == 3);
  CHECK(again->last == 7);
  CHECK(!cs::UndoToken::parse("0000000000000abc:7-3").ok());
}

TEST_CASE("what was typed to search becomes pieces of the search text") {
  CHECK(cs::search_needles("  ").empty());
  CHECK(cs::search_needles("Lü") == std::vector<std::string>{"|lu", "=lü"});
  CHECK(cs::search_needles("连心") == std::vector<std::string>{"连心"});
  CHECK(cs::search_needles("尼玛 • 扎西") == std::vector<std::string>{"尼玛·扎西"});
  CHECK(cs::search_needles("尼玛・") == std::vector<std::string>{"尼玛·"});
  CHECK(cs::search_needles("•扎西") == std::vector<std::string>{"·扎西"});
  CHECK(cs::search_needles("１２３４") == std::vector<std::string>{"1234$", "#1234"});
}

}  // namespace
