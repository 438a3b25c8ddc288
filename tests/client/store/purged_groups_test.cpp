// Fields that belong together, after a purge took them all (sync.md 3.5, 11).
#include <utility>

#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Two fields of one group of a stay, each written by one of two laptops that did not know of the other.
struct PurgedGroup : Story {
  std::unique_ptr<cs::LaptopStore> a = make("a");
  std::unique_ptr<cs::LaptopStore> b = make("b");
  Id stay;

  PurgedGroup() {
    stay = save(*a, "mobility_episode", Id{},
                {{"member_id", put(*a, "person").text()}, {"left_on", "2026-01-03"}});
    (void)wide_sync(*a);
    (void)wide_sync(*b);
    (void)save(*a, "mobility_episode", stay, {{"dest_address", "geheim-street-77"}});
    (void)save(*b, "mobility_episode", stay, {{"employer", "works-of-old"}});
    for (auto* one : {&a, &b, &a})
      (void)wide_sync(**one);
  }
  static std::pair<std::size_t, bool> disputes(cs::LaptopStore& store, const Id& record) {
    return {must(store.records().conflicts()).size(), must(store.records().get(record))->in_dispute};
  }
};

TEST_CASE(
    "fields of a group that were all purged are asked of nobody, and the record is settled everywhere") {
  PurgedGroup story;
  const std::pair<std::size_t, bool> settled{0, false};
  REQUIRE(story.disputes(*story.a, story.stay) == std::pair<std::size_t, bool>{1, true});
  must(story.office.admin().purge(story.stay, {"dest_address", "employer"}, "asked for it"));
  for (auto* one : {&story.a, &story.b}) {
    CHECK(story.wide_sync(**one).complete);
    CHECK(story.disputes(**one, story.stay) == settled);
    CHECK(must((*one)->records().status()).conflicts == 0);
    CHECK(must((*one)->verify()).problems.empty());
  }
  story.office.prove();
}

TEST_CASE("a group that an older program left in dispute after a purge is settled at the next opening") {
  PurgedGroup story;
  must(story.office.admin().purge(story.stay, {"dest_address", "employer"}, "asked for it"));
  CHECK(story.wide_sync(*story.a).complete);
  for (const char* sql : {"UPDATE record SET flags = flags | 4 WHERE id = ?",
                          "UPDATE k_mobility_episode SET r_flags = r_flags | 4 WHERE r_id = ?",
                          "INSERT INTO conflict VALUES('group', ?, 0)"}) {
    auto as_before = story.a->database().prepare(sql);
    must(as_before.bind(1, story.stay).run());
  }
  must(story.a->database().exec("DELETE FROM meta WHERE name = 'purged_groups_judged'"));
  CHECK_FALSE(must(story.a->verify()).problems.empty());
  story.a.reset();
  story.a = story.open("a");
  CHECK(story.disputes(*story.a, story.stay) == std::pair<std::size_t, bool>{0, false});
  CHECK(must(story.a->records().status()).conflicts == 0);
  CHECK(must(story.a->verify()).problems.empty());
}

}  // namespace
