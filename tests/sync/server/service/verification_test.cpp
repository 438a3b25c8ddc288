// The proof finds every kind of damage that is planted under it.
#include "shared/store/database.hpp"
#include "sync/server/service/rebuilding.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A store with work in it, and SQL behind its back.
struct Damaged {
  Office office;
  FakeLaptop a{office, office.worker("甲", "secretary", kSanhe)};
  Id id = a.member("赵连心", kSanhe);
  Damaged() {
    a.put("member", id, office.unit(kSanhe), {{"home_address", "甲"}, {"remark", "话"}});
    (void)a.sync();
    office.prove();
  }
  void plant(const std::string& sql) const {
    lianxin::store::OpenOptions options;
    options.path = office.file();
    options.key = store_key();
    auto database = must(lianxin::store::Database::open(options));
    must(database.exec(sql));
  }
  /// Invariants the proof complains about.
  [[nodiscard]] std::set<std::string> found() const {
    std::set<std::string> out;
    for (const server::Problem& problem : must(server::verify(office.store())).problems)
      out.insert(problem.invariant);
    return out;
  }
};

using Found = std::set<std::string>;

TEST_CASE("a sound store is proved, and the proof says how much it looked at") {
  Damaged store;
  const server::Verification proof = must(server::verify(store.office.store()));
  CHECK(proof.ok());
  CHECK(proof.checked.at("replicas") == 2);
  CHECK(proof.checked.at("records") == 9);
  CHECK(proof.checked.at("changes") == 11);
  CHECK(proof.checked.at("feeds") >= 4);
  CHECK(proof.checked.at("states") >= 11);
}

TEST_CASE("a changed hash, body or value breaks the chain") {
  CHECK([] {
    Damaged d;
    d.plant("UPDATE change_log SET hash = zeroblob(32) WHERE sequence = 9");
    return d.found();
  }()
            .count("chain") == 1);
  CHECK([] {
    Damaged d;
    d.plant(
        "UPDATE change_log SET body_values = (SELECT body_values FROM change_log WHERE sequence = 2) WHERE "
        "sequence = 1");
    return d.found();
  }()
            .count("chain") == 1);
}

TEST_CASE("a lost change breaks the chain, a lost last one the watermark") {
  Damaged middle;
  middle.plant("DELETE FROM change_log WHERE sequence = 3");
  CHECK(middle.found().count("chain") == 1);
  Damaged last;
  last.plant("DELETE FROM change_log WHERE sequence = (SELECT max(sequence) FROM change_log)");
  CHECK(last.found().count("watermark") == 1);
}

TEST_CASE("a watermark that says more or less than the log") {
  Damaged d;
  d.plant("UPDATE replica SET counter = counter + 1");
  CHECK(d.found() == Found{"watermark"});
}

TEST_CASE("a gap in a feed, and a counter row that is ahead") {
  Damaged gap;
  gap.plant("DELETE FROM feed WHERE position = 1 AND privacy = 1");
  CHECK(gap.found() == Found{"feed"});
  Damaged ahead;
  ahead.plant("UPDATE feed_head SET position = position + 1");
  CHECK(ahead.found() == Found{"feed"});
}

TEST_CASE("a digest that is not the sum of its leaves, a count that is not theirs") {
  Damaged digest;
  digest.plant("UPDATE feed_head SET digest = zeroblob(16) WHERE privacy = 0");
  CHECK(digest.found() == Found{"digest"});
  Damaged count;
  count.plant("UPDATE feed_head SET records = records + 1");
  CHECK(count.found() == Found{"digest"});
}

TEST_CASE("a state that its changes did not make, a lost state, one too many") {
  Damaged swapped;
  swapped.plant(
      "UPDATE state SET state = (SELECT state FROM state WHERE privacy = 1 LIMIT 1) WHERE privacy = 4");
  CHECK(swapped.found() == Found{"state"});
  Damaged lost;
  lost.plant("DELETE FROM state WHERE privacy = 1");
  CHECK(lost.found() == Found{"state"});
  Damaged extra;
  extra.plant("INSERT INTO state SELECT record, 2, audience, state FROM state WHERE privacy = 1");
  CHECK(extra.found() == Found{"state"});
}

TEST_CASE("a record that lost its membership, or all of itself") {
  Damaged moved;
  moved.plant("DELETE FROM membership WHERE scope <> zeroblob(16)");
  CHECK(moved.found() == Found{"digest", "moved"});
  Damaged gone;
  gone.plant("DELETE FROM record WHERE kind = 7");
  CHECK(gone.found() == Found{"digest", "membership"});
}

TEST_CASE("a record that has moved, and that nobody knows to have moved") {
  Damaged d;
  FakeLaptop town(d.office, d.office.worker("镇", "township_officer", kTownship));
  (void)town.sync();
  town.put("member", d.id, d.office.unit(kSanhe), {{"home_village_id", d.office.unit(kDajing).text()}});
  (void)town.sync();
  d.office.prove();
  d.plant("DELETE FROM moved_record");
  CHECK(d.found() == Found{"moved"});
}

TEST_CASE("a status changed behind the office's back shows in the state") {
  Damaged d;
  d.plant("UPDATE change_log SET status = 1 WHERE sequence = 10");
  CHECK(d.found().count("state") == 1);
}

TEST_CASE("a fork and its branch prove themselves; a branch that follows nothing does not") {
  Damaged d;
  FakeLaptop copy = d.a;
  d.a.put("member", d.id, d.office.unit(kSanhe), {{"post_code", "原"}});
  copy.put("member", d.id, d.office.unit(kSanhe), {{"post_code", "副"}});
  (void)d.a.sync();
  d.office.clock.advance(1000);
  CHECK(copy.send(copy.request()).verdict == wire::ExchangeAnswer::Verdict::kFork);
  CHECK(d.found().empty());
  d.plant("UPDATE replica SET fork_first = fork_first - 1 WHERE fork_of <> 0");
  CHECK(d.found().count("chain") == 1);
}

}  // namespace
