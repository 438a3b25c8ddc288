// Feeds that are told from their start: the county lives on after a restore.
#include "client/store/store_take.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

void edit(Story& story, cs::LaptopStore& store, const Id& member, const std::string& address) {
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, address}};
  story.office.clock.advance(1000);
  REQUIRE(must(store.records().save({edit})).ok);
}

TEST_CASE("in the county's next life every feed is read again, and unsent work stays on the screen") {
  Story story;
  auto a = story.make("a");
  auto b = story.make("b");
  const Id member = story.put(*a, "member");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*b);
  edit(story, *b, member, "unsent street");
  story.office.new_epoch();
  const auto receipt = story.wide_sync(*b);
  CHECK(receipt.complete);
  CHECK(receipt.conflicts == 0);
  CHECK(receipt.repaired == 0);
  CHECK(must(b->records().get(member))->value("home_address") == "unsent street");
  CHECK(must(b->verify()).problems.empty());
  CHECK(story.wide_sync(*a).complete);
  CHECK(must(a->records().get(member))->value("home_address") == "unsent street");
  CHECK(story.lines_of(*a) == story.lines_of(*b));
  story.office.prove();
}

TEST_CASE("an answer over a line is the newest, should the server's clock have been fast before") {
  Story story;
  auto a = story.make("a");
  constexpr WallMs kMonth = WallMs{30} * 86'400'000;
  story.office.clock.advance(kMonth);
  (void)story.sync(*a);
  story.office.clock.advance(-kMonth);
  (void)story.sync(*a);
  auto newest = a->database().prepare("SELECT value FROM meta WHERE name = ?");
  REQUIRE(must(newest.bind_text(1, cs::kMetaAnswerMs).step()));
  CHECK(newest.integer(0) <= story.office.clock.now_ms());
}

}  // namespace
