// "A is B" at the server (sync.md 3.8): scopes of all are the union while it is said, and theirs again
// afterwards.
#include "sync/server/service/moves.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// One person in two villages, with a telephone in each.
struct Twins : Villages {
  Id here = a.member("赵连心", kSanhe);
  Id there = (office.clock.advance(5), d.member("赵连心", kDajing));
  Id phone = Id::make(11);
  Twins() {
    d.put("contact_point", phone, dajing, {{"member_id", there.text()}, {"value", "13800001234"}}, there);
    sync_all();
  }
  static std::string name(const Id& other) { return "alias_of:" + other.text(); }
  /// What somebody says of the two, on the one with the greater id.
  void say(FakeLaptop& laptop, std::optional<std::string> value) {
    laptop.put("member", there, dajing, {{name(here), std::move(value)}});
  }
  [[nodiscard]] std::vector<Id> both() const {
    return sanhe < dajing ? std::vector<Id>{sanhe, dajing} : std::vector<Id>{dajing, sanhe};
  }
};

TEST_CASE("while two records are said to be one, both villages hold both with all that hangs on them") {
  Twins t;
  REQUIRE(t.here < t.there);
  t.say(t.town, "1");
  t.sync_all();
  CHECK(t.scopes_of(t.here) == t.both());
  CHECK(t.scopes_of(t.there) == t.both());
  CHECK(t.scopes_of(t.phone) == t.both());
  CHECK(t.a.shown(t.phone, "value") == "13800001234");
  CHECK(t.d.has(t.here));
  t.office.prove();
  // Work of either village on either record is theirs to do.
  t.a.outcomes.clear();
  t.a.put("member", t.there, t.sanhe, {{"home_address", "三合村1组"}});
  t.sync_all();
  CHECK(t.a.outcomes.empty());
  CHECK(t.d.shown(t.there, "home_address") == "三合村1组");

  t.say(t.town, std::nullopt);
  t.sync_all();
  CHECK(t.scopes_of(t.here) == std::vector<Id>{t.sanhe});
  CHECK(t.scopes_of(t.phone) == std::vector<Id>{t.dajing});
  CHECK(!t.a.has(t.there));
  CHECK(!t.a.has(t.phone));
  CHECK(!t.d.has(t.here));
  t.office.prove();
}

TEST_CASE("\"not the same\" moves nothing; with rivals both villages hold both until a person decides") {
  Twins t;
  FakeLaptop other(t.office, t.office.worker("镇二", "township_officer", kTownship));
  (void)other.sync();
  t.say(t.town, "0");
  t.sync_all();
  CHECK(t.scopes_of(t.there) == std::vector<Id>{t.dajing});
  t.say(other, "1");  // without having seen it
  (void)other.sync();
  t.sync_all();
  CHECK(t.scopes_of(t.there) == t.both());
  merge::RecordState state = t.town.state(t.there);
  const merge::Register* said = state.find(domain::kFieldAliasOf, t.here.text());
  REQUIRE(said != nullptr);
  CHECK(said->heads.size() == 2);
  CHECK(merge::conflicts(state, t.office.catalogue()).size() == 1);
  t.say(t.town, "0");
  t.sync_all();
  CHECK(t.scopes_of(t.there) == std::vector<Id>{t.dajing});
  CHECK(!t.a.has(t.there));
  t.office.prove();
}

TEST_CASE("who moves one of a cluster moves the reach of all; a circle is one cluster") {
  Twins t;
  FakeLaptop county(t.office, t.office.worker("县", "county_officer", kCounty));
  FakeLaptop far(t.office, t.office.worker("戊", "secretary", kLongquan));
  const Id longquan = t.office.unit(kLongquan);
  const Id third = far.member("赵联心", kLongquan);
  (void)far.sync();
  (void)county.sync();
  county.put("member", t.there, t.dajing, {{Twins::name(t.here), "1"}});
  county.put("member", third, longquan, {{Twins::name(t.there), "1"}, {Twins::name(t.here), "1"}});
  (void)county.sync();
  (void)far.sync();
  t.sync_all();
  CHECK(t.scopes_of(t.here).size() == 3);
  CHECK(t.scopes_of(t.phone).size() == 3);
  CHECK(far.has(t.phone));
  // One side of the circle is taken back: still one.
  county.put("member", third, longquan, {{Twins::name(t.here), std::nullopt}});
  (void)county.sync();
  CHECK(t.scopes_of(t.here).size() == 3);
  county.put("member", third, longquan, {{"home_village_id", t.sanhe.text()}});
  (void)county.sync();
  CHECK(t.scopes_of(t.here) == t.both());
  CHECK(t.scopes_of(t.phone) == t.both());
  (void)far.sync();
  CHECK(!far.has(third));
  t.sync_all();
  CHECK(t.a.has(third));
  t.office.prove();
}

TEST_CASE("a record that comes after it was named joins when it comes") {
  Twins t;
  const Id late = Id::make(t.office.clock.now_ms() + 1000);
  t.town.put("member", late, t.dajing,
             {{"name", "后到"}, {"home_village_id", t.dajing.text()}, {Twins::name(t.here), "1"}});
  t.sync_all();
  CHECK(t.scopes_of(late) == t.both());
  const Id later = Id::make(t.office.clock.now_ms() + 2000);
  t.town.put("member", t.there, t.dajing, {{Twins::name(later), "1"}});
  t.sync_all();
  CHECK(t.scopes_of(t.there) == std::vector<Id>{t.dajing});
  t.a.put("member", later, t.sanhe, {{"name", "更晚"}, {"home_village_id", t.sanhe.text()}});
  t.sync_all();
  CHECK(t.scopes_of(t.there) == t.both());
  CHECK(t.a.has(t.there));
  t.office.prove();
}

TEST_CASE("a handed over record of a cluster keeps both sides equal") {
  Twins t;
  t.say(t.town, "1");
  t.sync_all();
  const auto moved =
      must(server::Moves(t.office.store(), t.office.catalogue(), t.office.clock, t.office.admin().county())
               .hand_over(t.there, kSanhe, false));
  CHECK(moved.moved == 3);
  t.sync_all();
  CHECK(t.scopes_of(t.here) == std::vector<Id>{t.sanhe});
  CHECK(!t.d.has(t.there));
  t.office.prove();
}

}  // namespace
