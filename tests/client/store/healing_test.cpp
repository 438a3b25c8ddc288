// Damage on purpose, on either side: found at the receipt, narrowed down, put right, told (sync.md 9).
#include <algorithm>

#include "client/store/exchange_parts.hpp"
#include "client/store/store_replica.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr int kMany = 150;  // more than is fetched in one go, so that ranges are split

struct TwoLaptops : Story {
  std::unique_ptr<cs::LaptopStore> a = make("a");
  std::unique_ptr<cs::LaptopStore> b = make("b");
  std::vector<Id> members;

  TwoLaptops() {
    std::vector<cs::Edit> edits;
    for (int i = 0; i < kMany; ++i) {
      cs::Edit edit;
      edit.kind = "member";
      edit.fields = {{"name", cs::FieldEdit::Op::kSet, "member" + std::to_string(i)},
                     {"home_village_id", cs::FieldEdit::Op::kSet, village.text()}};
      edits.push_back(std::move(edit));
    }
    members = must(a->records().save(edits)).records;
    std::sort(members.begin(), members.end());
    (void)wide_sync(*a);
    (void)wide_sync(*b);
  }
  /// The store as the next program finds it.
  void reopen(std::unique_ptr<cs::LaptopStore>& store, const char* name) {
    store.reset();
    store = open(name);
  }
  std::uint64_t audited(const std::string& action) const {
    const auto rows = must(office.reader()->audit({}));
    return static_cast<std::uint64_t>(
        std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return row.action == action; }));
  }
};

/// Runs SQL that names a record.
void damage(cs::LaptopStore& store, const std::string& sql, const Id& record, const Id& other = {}) {
  auto statement = store.database().prepare(sql);
  statement.bind(1, record);
  if (!other.is_nil()) statement.bind(2, other);
  must(statement.run());
}

/// Healed in so many classes, each told to the office.
void check_healed(TwoLaptops& story, std::uint64_t repaired, std::uint64_t classes = 1) {
  story.office.clock.advance(25LL * 60 * 60 * 1000);  // the running sums are counted again once a day
  const auto receipt = story.wide_sync(*story.b);
  CHECK(receipt.complete);
  CHECK(receipt.repaired == repaired);
  CHECK(Story::lines_of(*story.b) == Story::lines_of(*story.a));
  CHECK(must(story.b->verify()).problems.empty());
  CHECK(story.audited("exchange.healed") == classes);
  CHECK(story.wide_sync(*story.b).repaired == 0);
  CHECK(story.audited("exchange.healed") == classes);
}

TEST_CASE("a base row that was changed is found and put right, and the office is told without a value") {
  TwoLaptops story;
  damage(*story.b,
         "UPDATE state SET base = (SELECT base FROM class_state WHERE record = ?2 AND privacy = 0) WHERE "
         "place = 256 * (SELECT number FROM record WHERE id = ?1)",
         story.members[70], story.members[71]);
  check_healed(story, 1);
  for (const auto& row : must(story.office.reader()->audit({})))
    CHECK(row.detail.find("member") == std::string::npos);
}

TEST_CASE("one sum ends a sync of equal sides; where it differs, each digest is told in one exchange more") {
  TwoLaptops story;
  CHECK(story.wide_sync(*story.b).round_trips == 1);
  (void)story.put(*story.a, "of another day");
  CHECK(story.wide_sync(*story.a).round_trips == 1);
  const auto equal = story.wide_sync(*story.b);
  CHECK(equal.round_trips == 1);
  CHECK(equal.complete);
  REQUIRE(equal.scopes.size() == 1);
  CHECK(equal.scopes[0].digest == equal.scopes[0].server_digest);
  CHECK(equal.scopes[0].records == kMany + 1);

  damage(*story.b, "UPDATE digest SET digest = zeroblob(16) WHERE scope = ?1", story.village);
  const auto unequal = story.wide_sync(*story.b);  // the running sum alone was wrong, and is counted again
  CHECK(unequal.round_trips >= 2);
  CHECK(unequal.complete);
  CHECK(unequal.repaired == 0);
  CHECK(story.wide_sync(*story.b).round_trips == 1);
}

TEST_CASE(
    "a right that was given or ended since is learnt in one exchange more, and read along the new list "
    "then") {
  TwoLaptops story;
  const Id given = must(story.office.admin().grant(story.b->identity().worker, "worker", kDajing));
  const auto first = story.wide_sync(*story.b);
  CHECK(first.round_trips == 2);
  CHECK(first.complete);
  CHECK(first.scopes.size() == 2);
  CHECK(story.wide_sync(*story.b).round_trips == 1);
  (void)must(story.office.admin().end_grant(given));
  const auto ended = story.wide_sync(*story.b);
  CHECK(ended.complete);
  CHECK(ended.scopes.size() == 1);
  CHECK(story.wide_sync(*story.b).round_trips == 1);
  CHECK(must(story.b->verify()).problems.empty());
}

TEST_CASE("a base row that is missing comes back") {
  TwoLaptops story;
  damage(*story.b, "DELETE FROM state WHERE place = 256 * (SELECT number FROM record WHERE id = ?1)",
         story.members[3]);
  damage(*story.b, "DELETE FROM state WHERE place = 256 * (SELECT number FROM record WHERE id = ?1)",
         story.members[140]);
  check_healed(story, 2);
}

TEST_CASE("what came back by healing is brought to a restored server like anything else that was read") {
  TwoLaptops story;
  const fs::path backup = story.folder.path() / "county.backup";
  must(story.office.store().backup(backup));
  const Id late = story.put(*story.a, "written after the backup");
  cs::Edit edit;
  edit.kind = "member";
  edit.record = late;
  edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, "street 5"}};
  REQUIRE(must(story.a->records().save({edit})).ok);
  (void)story.wide_sync(*story.a);
  (void)story.wide_sync(*story.b);
  damage(*story.b, "DELETE FROM change WHERE record = ?1", late);
  damage(*story.b, "DELETE FROM state WHERE place / 256 = (SELECT number FROM record WHERE id = ?1)", late);
  check_healed(story, 2, 2);
  story.a.reset();
  fs::remove_all(story.folder.path() / "a");
  story.office.restore(backup);
  CHECK(story.wide_sync(*story.b).complete);
  const auto shown = must(story.b->records().get(late));
  REQUIRE(shown);
  CHECK(shown->value("name") == "written after the backup");
  CHECK(shown->value("home_address") == "street 5");
  CHECK(must(story.office.admin().stats()).early > 0);
  CHECK(must(story.b->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("a record that should not be here goes") {
  TwoLaptops story;
  const Id ghost = Id::make(story.office.clock.now_ms());
  damage(*story.b,
         "INSERT INTO record(id, kind, parent, scope, flags, stands) SELECT ?1, kind, parent, scope, flags, "
         "stands FROM record "
         "WHERE id = ?2",
         ghost, story.members[9]);
  damage(*story.b,
         "INSERT INTO state SELECT 256 * (SELECT number FROM record WHERE id = ?1), base, shown FROM "
         "class_state WHERE record = ?2 AND privacy = 0",
         ghost, story.members[9]);
  damage(*story.b,
         "UPDATE kind_count SET counted = counted + 1 WHERE kind = (SELECT kind FROM record WHERE id = ?1)",
         ghost);
  check_healed(story, 1);
  CHECK_FALSE(must(story.b->records().get(ghost)));
}

TEST_CASE("a record that should not stand in this village goes from there, and stays in the other") {
  TwoLaptops story;
  (void)must(story.office.admin().grant(story.b->identity().worker, "worker", kDajing));
  (void)story.wide_sync(*story.b);
  cs::Edit edit;
  edit.kind = "member";
  edit.fields = {{"name", cs::FieldEdit::Op::kSet, "of the other village"},
                 {"home_village_id", cs::FieldEdit::Op::kSet, story.office.unit(kDajing).text()}};
  REQUIRE(must(story.b->records().save({edit})).ok);
  (void)story.wide_sync(*story.b);
  must(cs::Membership(story.b->database()).add(story.members[70], story.office.unit(kDajing)));
  check_healed(story, 1);
}

TEST_CASE("a base row nobody can read is fetched again") {
  TwoLaptops story;
  damage(*story.b,
         "UPDATE state SET base = x'0102' WHERE place = 256 * (SELECT number FROM record WHERE id = ?1)",
         story.members[5]);
  check_healed(story, 1);
}

TEST_CASE("healing never removes a write the server has not got") {
  TwoLaptops story;
  cs::Edit edit;
  edit.kind = "member";
  edit.record = story.members[7];
  edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, "unsent street 1"}};
  REQUIRE(must(story.b->records().save({edit})).ok);
  const Id fresh = story.put(*story.b, "unsent");
  damage(*story.b, "DELETE FROM state WHERE place = 256 * (SELECT number FROM record WHERE id = ?1)",
         story.members[7]);
  story.office.clock.advance(25LL * 60 * 60 * 1000);
  const auto receipt = story.wide_sync(*story.b);
  CHECK(receipt.complete);
  CHECK(must(story.b->records().get(story.members[7]))->value("home_address") == "unsent street 1");
  CHECK(must(story.b->records().get(fresh)));
  (void)story.wide_sync(*story.a);
  CHECK(Story::lines_of(*story.b) == Story::lines_of(*story.a));
}

TEST_CASE("a server whose state was damaged puts it right from its log before it tells it") {
  TwoLaptops story;
  {
    const auto writer = must(story.office.store().write());
    const auto states = must(writer->states(story.members[20]));
    const auto other = must(writer->states(story.members[21]));
    REQUIRE(states.front().privacy == other.front().privacy);
    auto state = states.front();
    const auto decode = [](const sync::server::store::StateRow& row) {
      return must(merge::decode_class_state(row.state));
    };
    const Digest128 right = merge::digest_leaf(state.record, state.privacy, decode(state));
    state.state = other.front().state;
    const Digest128 wrong = merge::digest_leaf(state.record, state.privacy, decode(state));
    must(writer->put_state(state));
    must(writer->append_feed({story.village, state.privacy, Id{}}, {}, wrong, right, 0));
    must(writer->commit());
  }
  const auto receipt = story.wide_sync(*story.b);
  CHECK(receipt.complete);
  CHECK(story.audited("store.repaired") == 1);
  CHECK(Story::lines_of(*story.b) == Story::lines_of(*story.a));
  story.office.prove();
}

TEST_CASE("a wrong sum at the server is counted again, and no record is touched") {
  TwoLaptops story;
  {
    const auto writer = must(story.office.store().write());
    must(writer->append_feed({story.village, 0, Id{}}, {}, {1, 1}, {}, 1));
    must(writer->commit());
  }
  const auto receipt = story.wide_sync(*story.b);
  CHECK(receipt.complete);
  CHECK(receipt.repaired == 0);
  story.office.prove();
}

}  // namespace
