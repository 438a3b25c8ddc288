// The opaque text a form keeps (sync.md 2.3).
#include <doctest/doctest.h>

#include "client/store/records.hpp"

namespace {

using namespace lianxin;
namespace cs = lianxin::client::store;

TEST_CASE("what was shown comes back from its token, also that a field was empty") {
  const Id record = Id::make(1'790'000'000'000);
  cs::ShownHeads shown;
  shown.add(record, 47, "",
            {{{{7}, 3}, std::nullopt}, {{{9}, 1}, std::array<std::uint8_t, 8>{1, 2, 3, 4, 5, 6, 7, 8}}});
  shown.add(record, 58, "craft", {{{{7}, 4}, std::nullopt}});
  shown.add(record, 48, "", {});
  const auto again = cs::ShownHeads::parse(shown.token());
  REQUIRE(again.ok());
  CHECK(again->token() == shown.token());
  REQUIRE(again->find(record, 47, "") != nullptr);
  CHECK(*again->find(record, 47, "") == *shown.find(record, 47, ""));
  REQUIRE(again->find(record, 48, "") != nullptr);
  CHECK(again->find(record, 48, "")->empty());
  CHECK(again->find(record, 49, "") == nullptr);
  CHECK_FALSE(again->renamings());
  shown.set_renamings(12);
  CHECK(cs::ShownHeads::parse(shown.token())->renamings() == 12U);
}

TEST_CASE("of a record shown as a whole every register was shown, with heads or without") {
  const Id record = Id::make(1'790'000'000'000);
  cs::ShownHeads shown;
  shown.add_whole(record);
  shown.add(record, 58, "craft", {{{{7}, 4}, std::nullopt}});
  const auto again = cs::ShownHeads::parse(shown.token());
  REQUIRE(again.ok());
  REQUIRE(again->find(record, 58, "planting") != nullptr);
  CHECK(again->find(record, 58, "planting")->empty());
  CHECK(again->find(record, 58, "craft")->size() == 1);
  CHECK(again->find(Id::make(1'790'000'000'001), 58, "craft") == nullptr);
}

TEST_CASE("a damaged token is refused") {
  for (const char* const token :
       {"", "2", "2 ", "2 x", "2 1x", "3 1", "1|x", "1|x 47  7:1",
        "1|0199aaaa-0000-7000-8000-000000000001 99999  ", "1|0199aaaa-0000-7000-8000-000000000001 47  7:1:1",
        "1|0199aaaa-0000-7000-8000-000000000001 47  0000000000000007:1/zz"}) {
    INFO(token);
    CHECK(cs::ShownHeads::parse(token).error().code == "token.malformed");
  }
}

}  // namespace
