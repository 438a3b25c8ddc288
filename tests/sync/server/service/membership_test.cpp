// Where records live: enter, evict, children, disputes, the shelf (sync.md 3.9, 4.4, 6.1).
#include <algorithm>

#include "sync/server/service/names.hpp"
#include "sync/server/service/workspace.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE(
    "a changed home village evicts from the old feed and enters the new one, with all that hangs on it") {
  Villages v;
  const Id id = v.a.member("搬家", kSanhe);
  const Id phone = Id::make(11);
  v.a.put("contact_point", phone, v.sanhe, {{"member_id", id.text()}, {"value", "13800001234"}}, id);
  v.a.put("member", id, v.sanhe, {{"remark", "甲的备注"}});
  v.sync_all();
  v.town.put("member", id, v.sanhe, {{"home_village_id", v.dajing.text()}});
  v.sync_all();
  CHECK(v.scopes_of(phone) == std::vector<Id>{v.dajing});
  CHECK(!v.a.has(id));
  CHECK(!v.a.has(phone));
  CHECK(v.d.shown(phone, "value") == "13800001234");
  CHECK(v.d.shown(id, "remark") == "甲的备注");
  v.office.prove();
  // And back: the laptop that lost it gets it again.
  v.town.put("member", id, v.dajing, {{"home_village_id", v.sanhe.text()}});
  v.sync_all();
  CHECK(v.a.shown(phone, "value") == "13800001234");
  CHECK(!v.d.has(id));
  v.office.prove();
}

/// Two officers of the township move a member of Sanhe to different villages, neither knowing of the other.
void move_to_both(Villages& v, const Id& id) {
  FakeLaptop other(v.office, v.office.worker("镇二", "township_officer", kTownship));
  v.sync_all();
  (void)other.sync();
  v.town.put("member", id, v.sanhe, {{"home_village_id", v.dajing.text()}});
  other.put("member", id, v.sanhe, {{"home_village_id", v.sanhe.text()}});
  (void)v.town.sync();
  (void)other.sync();
  v.sync_all();
}

TEST_CASE("two who moved one member to different villages: both get it until a person decides") {
  Villages v;
  const Id id = v.a.member("争议", kSanhe);
  move_to_both(v, id);
  CHECK(v.scopes_of(id).size() == 2);
  CHECK(v.a.has(id));
  CHECK(v.d.has(id));
  v.town.put("member", id, v.sanhe, {{"home_village_id", v.dajing.text()}});
  v.sync_all();
  CHECK(v.scopes_of(id) == std::vector<Id>{v.dajing});
  CHECK(!v.a.has(id));
  v.office.prove();
}

TEST_CASE("what leaves one of its scopes with another record is told whole where it stays") {
  Villages v;
  const Id id = v.a.member("争议", kSanhe);
  const Id phone = Id::make(11);
  v.a.put("contact_point", phone, v.sanhe, {{"member_id", id.text()}, {"value", "13800001234"}}, id);
  move_to_both(v, id);
  REQUIRE(v.scopes_of(phone).size() == 2);
  const store::FeedKey stays{v.dajing, 0, Id{}};
  const std::uint64_t before = must(v.office.reader()->feed_head(stays)).position;
  v.town.put("member", id, v.sanhe, {{"home_village_id", v.dajing.text()}});
  (void)v.town.sync();
  REQUIRE(v.scopes_of(phone) == std::vector<Id>{v.dajing});
  const auto told = must(v.office.reader()->feed(stays, before, 100));
  const auto states = must(v.office.reader()->states(phone));
  REQUIRE(states.front().privacy == 0);
  CHECK(std::any_of(told.begin(), told.end(), [&](const store::FeedRow& row) {
    return row.kind == store::FeedKind::kEnter && row.record == phone && row.state == states.front().state;
  }));
}

TEST_CASE("a child that comes before its parent waits where its author saw it, and follows the parent") {
  Villages v;
  const Id id = Id::make(21);
  const Id phone = Id::make(22);
  v.town.put("contact_point", phone, v.sanhe, {{"member_id", id.text()}, {"value", "1"}}, id);
  v.town.outcomes.clear();
  (void)v.town.sync();
  REQUIRE(v.town.outcomes.size() >= 1);
  CHECK(v.town.outcomes[0].outcome == wire::Outcome::kWaiting);
  CHECK(must(v.office.reader()->record(phone))->waiting);
  CHECK(v.scopes_of(phone) == std::vector<Id>{v.sanhe});
  v.town.put("member", id, v.dajing, {{"name", "后到"}, {"home_village_id", v.dajing.text()}});
  v.sync_all();
  CHECK(v.scopes_of(phone) == std::vector<Id>{v.dajing});
  CHECK(!must(v.office.reader()->record(phone))->waiting);
  CHECK(v.d.has(phone));
  CHECK(!v.a.has(phone));
  v.office.prove();
}

TEST_CASE("a village nobody knows holds nobody: the record stays where its author saw it") {
  Villages v;
  const Id id = Id::make(31);
  v.a.put("member", id, v.sanhe, {{"name", "查无此村"}, {"home_village_id", Id::make(99).text()}});
  v.sync_all();
  CHECK(v.scopes_of(id) == std::vector<Id>{v.sanhe});
  CHECK(must(v.office.reader()->record(id))->waiting);
  v.a.put("member", id, v.sanhe, {{"home_village_id", v.sanhe.text()}});
  v.sync_all();
  CHECK(!must(v.office.reader()->record(id))->waiting);
  v.office.prove();
}

TEST_CASE("a record of an organisation lives in that unit, not with everybody") {
  Villages v;
  const Id visit = Id::make(41);
  v.a.put("visit", visit, v.sanhe, {{"outcome", "met"}}, v.sanhe);
  v.sync_all();
  CHECK(v.scopes_of(visit) == std::vector<Id>{v.sanhe});
  CHECK(!v.d.has(visit));
  v.office.prove();
}

TEST_CASE("a move that waits for what it has seen brings its ghosts along") {
  Villages v;
  const Id id = v.a.member("带着影子", kSanhe);
  v.sync_all();
  const std::uint16_t village = v.office.catalogue().kind("member")->field("home_village_id")->wire;
  const ChangeId unknown{{77}, 5};
  change::ChangeBody body = v.town.log.empty() ? change::ChangeBody{} : v.town.log.back().body;
  body.action = v.town.end.counter + 1;
  body.hlc = static_cast<std::uint64_t>(v.office.clock.now_ms()) << 16;
  body.author = v.town.worker;
  body.record = id;
  body.kind = v.office.catalogue().kind("member")->wire;
  body.scope = v.sanhe;
  change::WriteHead write;
  write.field = village;
  write.seen = merge::heads_of(v.town.state(id), {village, ""});
  write.seen.push_back({unknown, std::nullopt});
  std::sort(write.seen.begin(), write.seen.end());
  body.writes = {write};
  v.town.log.push_back(change::link(v.town.end, body, {change::WriteValue::of(v.dajing.text())}));
  v.sync_all();  // compares the bytes of every state, ghosts included
  const merge::RecordState moved = v.d.state(id);
  REQUIRE(moved.find(village) != nullptr);
  CHECK(moved.find(village)->ghosts == std::vector<ChangeId>{unknown});
  CHECK(!v.a.has(id));
  v.office.prove();
}

TEST_CASE("hardship and notes of a worker in the field are the own ones, through moves as well") {
  Villages v;
  FakeLaptop worker(v.office, v.office.worker("网格员", "worker", kDajing));
  FakeLaptop author(v.office, v.office.worker("作者", "worker", kSanhe));
  const Id id = v.a.member("有备注", kSanhe);
  v.sync_all();
  (void)author.sync();
  author.put("member", id, v.sanhe, {{"remark", "作者写的"}});
  v.a.put("member", id, v.sanhe, {{"care_flag", "low_income"}});
  (void)author.sync();
  v.sync_all();
  v.town.put("member", id, v.sanhe, {{"home_village_id", v.dajing.text()}});
  v.sync_all();
  (void)worker.sync();
  CHECK(worker.has(id));
  CHECK(worker.shown(id, "remark").empty());
  CHECK(v.d.shown(id, "remark") == "作者写的");
  (void)author.sync();
  CHECK(!author.has(id));
  v.office.prove();
}

TEST_CASE("names of workers and codes of divisions are found for lists, and empty for the unknown") {
  Villages v;
  const auto reader = v.office.reader();
  CHECK(must(server::worker_name(*reader, v.office.catalogue(), v.a.worker)) == "甲");
  CHECK(must(server::worker_name(*reader, v.office.catalogue(), v.sanhe)).empty());
  CHECK(must(server::code_of(*reader, v.sanhe)) == kSanhe);
  CHECK(must(server::code_of(*reader, Id{})).empty());
}

}  // namespace
