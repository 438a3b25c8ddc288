// Late work after the end of a right (sync.md 4.3).
#include "sync/server/service/good_faith.hpp"

#include "sync/server/service/moves.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr WallMs kDay = WallMs{24} * 3600 * 1000;

struct Ended {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop town{office, office.worker("镇", "township_officer", kTownship)};
  Id sanhe = office.unit(kSanhe);
  Id id = a.member("晚到", kSanhe);

  Ended() {
    (void)a.sync();
    (void)town.sync();
    office.clock.advance(3 * kDay);
  }
  /// Writes an address and sends it, with a statement where one is given; the reason it was kept aside for.
  std::string send(const std::string& address, std::optional<std::uint64_t> stated_counter = std::nullopt) {
    a.put("member", id, sanhe, {{"home_address", address}});
    a.outcomes.clear();
    wire::ExchangeRequest request = a.request();
    if (stated_counter) {
      const wire::Confirmed confirmed{{{sanhe, 0, a.end.replica, *stated_counter}}};
      request.parts.push_back({wire::kPartConfirmed, codec::encode(confirmed)});
    }
    a.take(a.send(request));
    return a.outcomes.empty() ? "" : a.outcomes.back().reason;
  }
  std::string at_town(const std::string& field) {
    (void)town.sync();
    return town.shown(id, field);
  }
};

TEST_CASE("what was written before the laptop knew of the end of its grant is applied, within 90 days") {
  Ended e;
  (void)must(e.office.admin().end_grant(e.a.worker));
  CHECK(e.send("离线时").empty());
  CHECK(e.at_town("home_address") == "离线时");
  CHECK(e.send("同一天再来", e.a.end.counter + 1).empty());
  e.office.clock.advance(91 * kDay);
  CHECK(e.send("太晚") == "no_grant");
  CHECK(e.at_town("home_address") == "同一天再来");
  e.office.prove();
}

TEST_CASE("above the counter that was stated nothing is applied; it is kept for the office") {
  Ended e;
  (void)must(e.office.admin().end_grant(e.a.worker));
  CHECK(e.send("之前", e.a.end.counter + 1).empty());
  CHECK(e.send("之后") == "no_grant");
  CHECK(e.at_town("home_address") == "之前");
  CHECK(must(e.office.admin().quarantine()).size() == 1);
  e.office.prove();
}

TEST_CASE("a record that left a scope: late work up to the stated counter goes where it is now") {
  Ended e;
  const Id dajing = e.office.unit(kDajing);
  e.town.put("member", e.id, e.sanhe, {{"home_village_id", dajing.text()}});
  (void)e.town.sync();
  const auto writer = must(e.office.store().write());
  server::GoodFaith faith(*writer, e.a.device, e.a.worker, e.office.clock.now_ms());
  const auto left = must(faith.record_left(e.sanhe, e.id));
  REQUIRE(left);
  CHECK(!must(faith.record_left(dajing, e.id)));
  const ChangeId change{e.a.end.replica, 7};
  CHECK(must(faith.covers(change, e.sanhe, *left)));
  must(faith.note({{{e.sanhe, left->position - 1, e.a.end.replica, 3}}}));  // of something that left before
  CHECK(must(faith.covers(change, e.sanhe, *left)));
  must(faith.note({{{e.sanhe, left->position, e.a.end.replica, 6}}}));
  CHECK(!must(faith.covers(change, e.sanhe, *left)));
  CHECK(must(faith.covers({e.a.end.replica, 6}, e.sanhe, *left)));
  CHECK(!must(faith.covers({ReplicaId{5}, 1}, e.sanhe, *left)));
}

TEST_CASE("a statement that names the device's chains one by one covers each up to what it names") {
  Ended e;
  const Id dajing = e.office.unit(kDajing);
  e.town.put("member", e.id, e.sanhe, {{"home_village_id", dajing.text()}});
  (void)e.town.sync();
  const auto writer = must(e.office.store().write());
  server::GoodFaith faith(*writer, e.a.device, e.a.worker, e.office.clock.now_ms());
  const auto left = must(faith.record_left(e.sanhe, e.id));
  REQUIRE(left);
  const ReplicaId present = e.a.end.replica;
  const ReplicaId earlier{5};
  const ReplicaId later{6};
  must(faith.note({{{e.sanhe, left->position, present, 6}, {e.sanhe, left->position, earlier, 3}}}));
  CHECK(must(faith.covers({present, 6}, e.sanhe, *left)));
  CHECK(!must(faith.covers({present, 7}, e.sanhe, *left)));
  CHECK(must(faith.covers({earlier, 3}, e.sanhe, *left)));
  CHECK(!must(faith.covers({earlier, 4}, e.sanhe, *left)));
  // What is stated of something that left after it says nothing of what was known by then.
  server::GoodFaith then(*writer, e.a.device, e.a.worker, e.office.clock.now_ms() + kDay);
  must(then.note({{{e.sanhe, left->position + 2, later, 9}, {e.sanhe, left->position + 2, earlier, 9}}}));
  CHECK(!must(then.covers({later, 1}, e.sanhe, *left)));
  CHECK(!must(then.covers({earlier, 4}, e.sanhe, *left)));
}

TEST_CASE(
    "who holds the village that his went up in may write of both, also after a disk that forgot of it") {
  Villages v;
  v.sync_all();
  const server::County& county = v.office.admin().county();
  server::Moves moves(v.office.store(), v.office.catalogue(), v.office.clock, county);
  (void)must(moves.merge_divisions({kSanhe}, kDajing, Date::of(v.office.clock.now_ms()), false));
  const auto send = [&](FakeLaptop& by, const Id& member, const std::string& address) {
    by.put("member", member, v.sanhe, {{"home_address", address}});
    by.outcomes.clear();
    wire::ExchangeRequest request = by.request();
    const wire::Confirmed confirmed{{{v.sanhe, 0, by.end.replica, 0}}};
    request.parts.push_back({wire::kPartConfirmed, codec::encode(confirmed)});
    by.take(by.send(request));
    return by.outcomes.empty() ? "" : by.outcomes.back().reason;
  };
  const Id member = v.a.member("并村以后", kSanhe);
  CHECK(send(v.a, member, "村东头").empty());
  (void)v.a.sync();
  const Id pair = Id::make(12);
  v.a.put("support_pair", pair, v.sanhe,
          {{"member_id", member.text()}, {"helper_worker_id", v.a.worker.text()}}, member);
  CHECK(send(v.a, member, "村西头").empty());
  (void)v.town.sync();
  CHECK(v.town.shown(member, "home_address") == "村西头");
  CHECK(v.town.has(pair));
  CHECK(v.scopes_of(member) == std::vector<Id>{v.dajing});
  // Who never held the village has no right in its name, though he holds what has become of it.
  CHECK(send(v.d, v.d.member("邻村的", kDajing), "村北头") == "scope");
  v.office.prove();
}

TEST_CASE("a file of hardship leaves with its member: late work on it is judged as that on the member") {
  Villages v;
  v.sync_all();
  const Id member = v.a.member("先并后走", kSanhe);
  const Id file = Id::make(12);
  v.a.put("hardship_record", file, v.sanhe, {{"member_id", member.text()}, {"cause_class", "illness"}},
          member);
  v.sync_all();
  const server::County& county = v.office.admin().county();
  server::Moves moves(v.office.store(), v.office.catalogue(), v.office.clock, county);
  (void)must(moves.merge_divisions({kSanhe}, kDajing, Date::of(v.office.clock.now_ms()), false));
  v.sync_all();
  FakeLaptop above(v.office, v.office.worker("县", "county_officer", kCounty));
  (void)above.sync();
  above.put("member", member, v.dajing, {{"home_village_id", v.office.unit(kLongquan).text()}});
  (void)above.sync();
  const auto send = [&](const std::string& cause, std::uint64_t stated) {
    v.a.put("hardship_record", file, v.dajing, {{"cause_class", cause}}, member);
    v.a.outcomes.clear();
    wire::ExchangeRequest request = v.a.request();
    const std::uint64_t left = must(v.office.reader()->feed_head({v.dajing, 0, Id{}})).position;
    const wire::Confirmed confirmed{{{v.dajing, left, v.a.end.replica, stated}}};
    if (stated != 0) request.parts.push_back({wire::kPartConfirmed, codec::encode(confirmed)});
    v.a.take(v.a.send(request));
    return v.a.outcomes.empty() ? "" : v.a.outcomes.back().reason;
  };
  CHECK(send("disability", 0).empty());
  CHECK(send("accident", v.a.end.counter) == "scope");
  (void)above.sync();
  CHECK(above.shown(file, "cause_class") == "disability");
  v.office.prove();
}

TEST_CASE("a scope one never had, and a grant that has not begun, are no ended right") {
  Ended e;
  const auto writer = must(e.office.store().write());
  server::GoodFaith faith(*writer, e.a.device, e.a.worker, e.office.clock.now_ms());
  CHECK(!must(faith.scope_ended(e.office.unit(kLongquan))));
  CHECK(!must(faith.scope_ended(e.sanhe)));
}

}  // namespace
