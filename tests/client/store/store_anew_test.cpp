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

TEST_CASE(
    "a server that was put back without a word is seen to stand before what it told, and nothing goes") {
  Story story;
  auto author = story.make("author");
  auto reader = story.make("reader");
  const Id before = story.put(*author, "以前的人");
  (void)story.sync(*author);
  (void)story.sync(*reader);
  const fs::path copy = story.folder.path() / "copy";
  must(story.office.store().backup(copy));
  const Id after = story.put(*author, "后来的人");
  (void)story.sync(*author);
  (void)story.sync(*reader);
  REQUIRE(must(reader->records().get(after)));
  author.reset();  // destroyed, with its folder
  story.office.put_back_silently(copy);
  for (int i = 0; i < 3; ++i)
    (void)story.sync(*reader);
  CHECK(must(reader->records().get(before)));
  // This server was never restored as far as it knows, so that the office has the word on what it is told.
  const auto aside = must(story.office.admin().quarantine());
  REQUIRE(aside.size() == 1);
  CHECK(aside.front().record == after);
  (void)must(story.office.admin().accept(aside.front().change));
  (void)story.sync(*reader);
  CHECK(must(reader->records().get(after)));
  CHECK(must(reader->verify()).problems.empty());
}

}  // namespace
