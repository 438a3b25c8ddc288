// A class of a record that is told no more in one of its scopes, while the scope stays or another is left.
#include <doctest/doctest.h>

#include "client/store/feed_writer.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace merge = lianxin::sync::merge;

/// A member of the village whom another scope has brought since, so that the village is silent; then the
/// right to the class of addresses ends in that other scope.
struct ClassEnds {
  SmallServer server;
  Desk a{1, "0199aaaa-0000-7000-8000-000000000001"};
  Desk b{2, "0199aaaa-0000-7000-8000-000000000002"};
  Id other = Id::make(1);
  Id member;

  ClassEnds() {
    member =
        a.put("member", Id{}, {{"name", "两处"}, {"home_village_id", kVillageCode}, {"home_address", "东街"}})
            .records.front();
    a.push(server);
    b.pull(server);
    bring(other);
  }
  /// Every class as the server has it.
  void bring(const Id& scope) {
    const merge::RecordState& state = server.states().at(member);
    cs::FeedWriter feed(*b.impl);
    for (const auto& [privacy, owner] : state.classes) {
      const Bytes bytes = merge::encode_class_state(owner);
      REQUIRE(feed.row({scope, privacy}, {member, state.kind, state.parent, bytes}, 0).ok());
    }
    REQUIRE(feed.finish().ok());
  }
  void end(const Id& scope, const std::vector<cs::HeldScope>& held) {
    REQUIRE(b.impl->set_held(held).ok());
    cs::FeedWriter feed(*b.impl);
    REQUIRE(feed.drop({scope, 1}).ok());
    REQUIRE(feed.finish().ok());
    CHECK(b.problems().empty());
  }
  Digest128 digest(const Id& scope, std::uint8_t privacy) {
    auto sum = b.database->prepare("SELECT digest FROM digest WHERE scope = ? AND privacy = ?");
    if (!*sum.bind(1, scope).bind(2, int{privacy}).step()) return {};
    return *Digest128::from_bytes(sum.blob(0));
  }
  Digest128 leaf(std::uint8_t privacy) {
    return merge::digest_leaf(member, privacy, server.states().at(member).classes.at(privacy));
  }
};

TEST_CASE("where a class ends in the scope that spoke for a record, the other one tells it from now on") {
  ClassEnds story;
  story.end(story.other, {{story.b.village, kVillageCode, "", {0, 1}}, {story.other, "", "", {0}}});
  CHECK(story.b.value(story.member, "home_address") == "东街");
  story.a.put("member", story.member, {{"home_address", "西街"}, {"post_code", "134500"}});
  story.a.push(story.server);
  story.b.pull(story.server);
  CHECK(story.b.value(story.member, "home_address") == "西街");
  CHECK(story.digest(story.b.village, 1) == story.leaf(1));
  CHECK(story.digest(story.other, 0) == story.leaf(0));
  CHECK(story.b.problems().empty());
}

TEST_CASE("where a class ends in the scope that was silent for a record, the other one tells it as before") {
  ClassEnds story;
  story.bring(story.b.village);
  story.end(story.other, {{story.b.village, kVillageCode, "", {0, 1}}, {story.other, "", "", {0}}});
  story.a.put("member", story.member, {{"home_address", "西街"}});
  story.a.push(story.server);
  story.b.pull(story.server);
  CHECK(story.b.value(story.member, "home_address") == "西街");
  CHECK(story.digest(story.b.village, 1) == story.leaf(1));
  CHECK(story.b.problems().empty());
}

TEST_CASE("where a class ends, what no other scope of the record may tell goes, wherever else it stands") {
  ClassEnds story;
  story.end(story.other, {{story.b.village, kVillageCode, "", {0}}, {story.other, "", "", {0}}});
  CHECK(story.b.value(story.member, "name") == "两处");
  CHECK(story.b.value(story.member, "home_address").empty());
  auto left = story.b.database->prepare("SELECT count(*) FROM change WHERE privacy = 1 AND hash IS NULL");
  REQUIRE(*left.step());
  CHECK(left.integer(0) == 0);
  CHECK(story.digest(story.b.village, 1) == Digest128{});
  CHECK(story.digest(story.b.village, 0) == story.leaf(0));
  CHECK(story.digest(story.other, 0) == story.leaf(0));
}

TEST_CASE("who leaves one scope keeps no class here that the others may not tell") {
  ClassEnds story;
  REQUIRE(
      story.b.impl->set_held({{story.b.village, kVillageCode, "", {0}}, {story.other, "", "", {0, 1}}}).ok());
  cs::FeedWriter feed(*story.b.impl);
  REQUIRE(feed.evict({story.other, 0}, story.member).ok());
  REQUIRE(feed.finish().ok());
  CHECK(story.b.value(story.member, "name") == "两处");
  CHECK(story.b.value(story.member, "home_address").empty());
  CHECK(story.digest(story.b.village, 1) == Digest128{});
  CHECK(story.digest(story.b.village, 0) == story.leaf(0));
  CHECK(story.digest(story.other, 0) == Digest128{});
  CHECK(story.b.problems().empty());
}

}  // namespace
