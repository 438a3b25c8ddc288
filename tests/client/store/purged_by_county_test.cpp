// What the county's own commands write of a record that something was purged of (sync.md 2.1, 11), and what
// it tells again after a restore.
#include "client/store/drafts.hpp"
#include "client/store/purging.hpp"
#include "sync/server/service/moves.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("what the county writes after a purge holds the purge's number, and is kept by every laptop") {
  Story story;
  const auto desk = story.make("desk", "county_officer", kCounty);
  const Id before = story.office.worker("before", "worker", kSanhe);
  const Id next = story.office.worker("next", "worker", kSanhe);
  const Id pair = story.save(*desk, "liaison_assignment", Id{},
                             {{"member_id", story.put(*desk, "person").text()},
                              {"worker_id", before.text()},
                              {"from", "2020-01-01"},
                              {"to", "2039-01-01"}});
  REQUIRE(story.wide_sync(*desk).complete);
  must(story.office.admin().purge(pair, {"to"}, "a wrong day"));
  REQUIRE(story.wide_sync(*desk).complete);
  REQUIRE(must(desk->records().get(pair))->value("to").empty());
  const fs::path backup = story.folder.path() / "county.backup";
  must(story.office.store().backup(backup));
  const Date today = Date::of(story.office.clock.now_ms());
  {
    server::Moves moves(story.office.store(), story.office.catalogue(), story.office.clock,
                        story.office.admin().county());
    REQUIRE(moves.replace_worker(before, next, today, false).ok());
  }
  CHECK(story.wide_sync(*desk).complete);
  CHECK(must(desk->records().get(pair))->value("to") == today.text());
  SUBCASE("a restored county that has lost it is given it back") {
    story.office.restore(backup);
    CHECK(story.wide_sync(*desk).complete);
    CHECK(story.wide_sync(*desk).repaired == 0);
    CHECK(must(desk->records().get(pair))->value("to") == today.text());
  }
  CHECK(must(desk->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("a purge that is told again takes no form that was opened since") {
  Story story;
  const auto a = story.make("a");
  const Id member = story.put(*a, "person");
  REQUIRE(story.wide_sync(*a).complete);
  const auto purge = [&] {
    must(story.office.admin().purge(member, {"name"}, "asked for it"));
    REQUIRE(story.wide_sync(*a).complete);
  };
  purge();
  const Id form = Id::make(story.office.clock.now_ms());
  must(a->drafts().stash({form, "member", member, "a title", "what was typed since", "", 0}));
  auto forget = a->database().prepare("DELETE FROM meta WHERE name = ?");
  must(forget.bind_text(1, cs::kMetaPurgesHeld).run());
  REQUIRE(story.wide_sync(*a).complete);
  const auto drafts = must(a->drafts().all());
  REQUIRE(drafts.size() == 1);
  CHECK(drafts.front().title == "a title");
  purge();
  CHECK(must(a->drafts().all()).empty());
}

}  // namespace
