#include "sync/server/service/intake.hpp"

#include "sync/server/service/branches.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using Verdict = wire::ExchangeAnswer::Verdict;

/// The reason the last change was kept aside for; "" = it was not.
std::string reason_of(FakeLaptop& laptop) {
  laptop.outcomes.clear();
  (void)laptop.sync();
  if (laptop.outcomes.empty() || laptop.outcomes.back().outcome != wire::Outcome::kQuarantined) return "";
  CHECK(laptop.outcomes.back().counter == laptop.end.counter);
  return laptop.outcomes.back().reason;
}

struct Village {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop far{office, office.worker("丁", "worker", kLongquan)};
  Id sanhe = office.unit(kSanhe);
  Id longquan = office.unit(kLongquan);
};

TEST_CASE("a scope that is not held is a reason to keep a change aside, with the office above it as owner") {
  Village v;
  const Id id = v.far.member("远方", kLongquan);
  (void)v.far.sync();
  v.a.put("member", id, v.longquan, {{"home_address", "改"}});
  CHECK(reason_of(v.a) == "scope");
  CHECK(v.a.outcomes.back().owner == "220622102");
  (void)v.far.sync();
  CHECK(v.far.shown(id, "home_address").empty());
  v.office.prove();
}

TEST_CASE("naming one's own scope does not open a record that never stood in it, nor its children") {
  Village v;
  const Id id = v.far.member("远方", kLongquan);
  (void)v.far.sync();
  v.a.put("member", id, v.sanhe, {{"home_address", "改"}});
  CHECK(reason_of(v.a) == "scope");
  v.a.put("contact_point", Id::make(1), v.sanhe, {{"member_id", id.text()}}, id);
  CHECK(reason_of(v.a) == "scope");
  v.a.put("contact_point", Id::make(2), v.sanhe, {{"member_id", id.text()}});  // only the field says so
  CHECK(reason_of(v.a) == "scope");
  v.a.put("member", id, Id{}, {{"home_address", "改"}});  // no scope at all
  CHECK(reason_of(v.a) == "scope");
  v.office.prove();
}

TEST_CASE("work done before a member moved away is applied and goes where the member is now") {
  Village v;
  FakeLaptop county(v.office, v.office.worker("县", "county_officer", kCounty));
  const Id id = v.a.member("搬走的", kSanhe);
  (void)v.a.sync();
  (void)county.sync();
  v.a.put("member", id, v.sanhe, {{"home_address", "搬走前记的"}});
  county.put("member", id, v.sanhe, {{"home_village_id", v.longquan.text()}});
  (void)county.sync();
  CHECK(reason_of(v.a).empty());
  (void)v.far.sync();
  CHECK(v.far.shown(id, "home_address") == "搬走前记的");
  CHECK(v.a.bases[{v.sanhe, 0}].records.empty());
  v.office.prove();
}

TEST_CASE("who holds a record now need not name the very scope it stands in") {
  Village v;
  FakeLaptop county(v.office, v.office.worker("县", "county_officer", kCounty));
  const Id id = v.far.member("远方", kLongquan);
  (void)v.far.sync();
  (void)county.sync();
  county.put("member", id, v.sanhe, {{"home_address", "县里改的"}});
  CHECK(reason_of(county).empty());
  v.office.prove();
}

TEST_CASE("anybody may tell of a member who is on no list yet") {
  Village v;
  v.a.put("member", Id::make(1), v.longquan, {{"name", "路过的"}, {"home_village_id", v.longquan.text()}});
  CHECK(reason_of(v.a).empty());
  (void)v.far.sync();
  CHECK(v.far.bases[{v.longquan, 0}].records.size() == 1);
}

TEST_CASE("what is told of a new member of another village comes whole: every class, and what hangs on it") {
  Village v;
  const Id id = Id::make(1);
  v.a.put("member", id, v.longquan,
          {{"name", "路过的"}, {"home_village_id", v.longquan.text()}, {"born_on", "1980"}});
  CHECK(reason_of(v.a).empty());
  (void)v.far.sync();
  CHECK(v.far.shown(id, "born_on") == "1980");
  // A later action is another matter.
  v.a.outcomes.clear();
  v.a.put("member", id, v.longquan, {{"home_address", "后来补的"}});
  CHECK(reason_of(v.a) == "scope");
  v.office.prove();
}

TEST_CASE("the shelf is written by county offices only") {
  Village v;
  v.a.put("org_unit", v.sanhe, Id{}, {{"name", "改名"}});
  CHECK(reason_of(v.a) == "shelf");
  FakeLaptop county(v.office, v.office.worker("县", "county_officer", kCounty));
  (void)county.sync();
  county.put("org_unit", v.sanhe, Id{}, {{"short_name", "三合"}});
  CHECK(reason_of(county).empty());
  CHECK(must(v.office.reader()->unit(v.sanhe))->name == "三合村");
  v.office.prove();
}

TEST_CASE("another author's name, and a worker without a grant, are reasons too") {
  Village v;
  FakeLaptop b(v.office, v.office.worker("乙", "worker", kSanhe));
  b.worker = v.a.worker;
  (void)b.member("冒名", kSanhe);
  CHECK(reason_of(b) == "author");
  (void)must(v.office.admin().end_grant(v.far.worker));
  v.office.clock.advance(WallMs{91} * 24 * 3600 * 1000);  // beyond good faith (4.3)
  (void)v.far.member("太晚", kLongquan);
  CHECK(reason_of(v.far) == "no_grant");
  v.office.prove();
}

TEST_CASE("a person's record whose author names no scope never reaches the shelf") {
  Village v;
  must(v.office.admin().revoke_device(v.far.device));
  v.far.put("member", Id::make(3), Id{}, {{"name", "无处"}});
  (void)v.far.send(v.far.request());
  v.a.put("member", Id::make(4), Id{}, {{"name", "也无处"}});
  (void)v.a.sync();
  const auto shelf = must(v.office.reader()->records_in(Id{}));
  const std::uint16_t member = v.office.catalogue().kind("member")->wire;
  for (const Id& id : shelf)
    CHECK(must(v.office.reader()->record(id))->kind != member);
  CHECK(v.a.bases[{v.sanhe, 0}].records.size() == 1);
  v.office.prove();
}

TEST_CASE("a change kept aside does not say what a record is: the first applied one does") {
  Village v;
  const Id id = Id::make(7);
  v.a.put("visit", id, v.longquan, {{"outcome", "met"}});  // not a visit, not there, not allowed
  CHECK(reason_of(v.a) == "scope");
  v.far.put("member", id, v.longquan, {{"name", "真的"}, {"home_village_id", v.longquan.text()}});
  (void)v.far.sync();
  const auto row = must(v.office.reader()->record(id));
  CHECK(row->kind == v.office.catalogue().kind("member")->wire);
  CHECK(row->scopes == std::vector<Id>{v.longquan});
  v.office.prove();
}

TEST_CASE("what a write has seen and the server has not is waiting; when it comes it is dead on arrival") {
  Village v;
  FakeLaptop b(v.office, v.office.worker("乙", "worker", kSanhe));
  const Id id = v.a.member("接力", kSanhe);
  (void)v.a.sync();
  (void)b.sync();
  v.a.put("member", id, v.sanhe, {{"home_address", "甲写的"}});
  // b learnt it from a's stick and replaces it before a has synced.
  for (const auto& [feed, base] : v.a.bases) {
    if (feed.second == 1) continue;
    b.bases[feed] = base;
  }
  change::ChangeBody body = v.a.log.back().body;
  const ChangeId seen = body.id;
  body.author = b.worker;
  body.action = b.end.counter + 1;
  body.hlc += 1;
  body.writes[0].seen = {{seen, std::nullopt}};
  b.log.push_back(change::link(b.end, body, {change::WriteValue::of("乙改的")}));
  b.outcomes.clear();
  (void)b.sync();
  REQUIRE(b.outcomes.size() == 1);
  CHECK(b.outcomes[0].outcome == wire::Outcome::kWaiting);
  (void)v.a.sync();
  (void)b.sync();
  CHECK(v.a.shown(id, "home_address") == "乙改的");
  CHECK(b.shown(id, "home_address") == "乙改的");
  CHECK(merge::conflicts(b.state(id), v.office.catalogue()).empty());
  v.office.prove();
}

TEST_CASE("a copied laptop is a fork: its branch is kept under the name of its first differing head") {
  Village v;
  const Id id = v.a.member("共同", kSanhe);
  (void)v.a.sync();
  FakeLaptop copy = v.a;
  v.a.put("member", id, v.sanhe, {{"home_address", "原机写的"}});
  copy.put("member", id, v.sanhe, {{"home_address", "副本写的"}});
  copy.put("member", id, v.sanhe, {{"home_address", "副本又写"}});
  (void)v.a.sync();
  v.office.clock.advance(1000);
  const wire::ExchangeAnswer answer = copy.send(copy.request());
  CHECK(answer.verdict == Verdict::kFork);
  CHECK(answer.ack.replica == server::branch_name(copy.log[1].hash));
  CHECK(answer.ack.counter == 3);
  CHECK(answer.pages.empty());
  // Again: nothing twice.
  v.office.clock.advance(1000);
  CHECK(copy.send(copy.request()).ack.counter == 3);
  v.office.clock.advance(1000);
  (void)v.a.sync();
  CHECK(merge::conflicts(v.a.state(id), v.office.catalogue()).size() == 1);
  v.office.prove();
}

TEST_CASE(
    "what parts from a branch is a branch of its own, and what it saw of the first goes by that one's name") {
  Village v;
  const Id id = v.a.member("共同", kSanhe);
  (void)v.a.sync();
  FakeLaptop copy = v.a;
  v.a.put("member", id, v.sanhe, {{"home_address", "原机写的"}});
  copy.put("member", id, v.sanhe, {{"home_address", "副本写的"}});
  FakeLaptop second = copy;
  copy.put("member", id, v.sanhe, {{"home_address", "副本又写"}});
  second.put("member", id, v.sanhe, {{"home_address", "副本的副本写的"}});
  (void)v.a.sync();
  v.office.clock.advance(1000);
  CHECK(copy.send(copy.request()).ack.counter == 3);
  v.office.clock.advance(1000);
  const wire::ExchangeAnswer shared = second.send(second.request());
  CHECK(shared.verdict == Verdict::kFork);
  CHECK(shared.ack.replica == server::branch_name(second.log[1].hash));
  CHECK(shared.ack.counter == 2);
  CHECK(shared.expected == 2);
  second.acknowledged = 2;
  v.office.clock.advance(1000);
  const wire::ExchangeAnswer parted = second.send(second.request());
  CHECK(parted.verdict == Verdict::kFork);
  CHECK(parted.ack.replica == server::branch_name(second.log[2].hash));
  CHECK(parted.ack.counter == 3);
  CHECK(parted.expected == 3);
  v.office.clock.advance(1000);
  (void)v.a.sync();
  const auto conflicts = merge::conflicts(v.a.state(id), v.office.catalogue());
  REQUIRE(conflicts.size() == 1);
  CHECK(conflicts.front().heads.size() == 3);
  v.office.prove();
}

TEST_CASE("a copy with nothing to send is found by the end of its chain") {
  Village v;
  (void)v.a.member("一", kSanhe);
  FakeLaptop copy = v.a;
  (void)v.a.member("二", kSanhe);
  (void)v.a.sync();
  (void)copy.member("别的二", kSanhe);
  copy.acknowledged = copy.end.counter;
  v.office.clock.advance(1000);
  CHECK(copy.send(copy.request()).verdict == Verdict::kFork);
}

TEST_CASE("a replica belongs to one device, and the server's own to none") {
  Village v;
  (void)v.a.sync();
  for (const ReplicaId& foreign : {v.a.end.replica, v.office.exchange().county().replica, ReplicaId{}}) {
    FakeLaptop thief = v.far;
    thief.end.replica = foreign;
    const Bytes answer = v.office.exchange().handle(thief.packed(thief.request()));
    CHECK(must(wire::unpack<wire::WireError>(answer)).code == "exchange.replica");
  }
}

TEST_CASE("verdicts of a batch sent again are those that still stand") {
  Village v;
  v.a.put("org_unit", v.sanhe, Id{}, {{"name", "改名"}});
  (void)v.a.send(v.a.request());
  const wire::ExchangeAnswer again = v.a.send(v.a.request());
  REQUIRE(again.ack.outcomes.size() == 1);
  CHECK(again.ack.outcomes[0].reason == "shelf");
}

}  // namespace
