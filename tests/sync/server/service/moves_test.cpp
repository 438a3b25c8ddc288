// Hand-overs by the office: one record, a village, what comes late (sync.md 4.3, 6.1).
#include "sync/server/service/moves.hpp"

#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/grants.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Moving : Villages {
  server::Moves moves{office.store(), office.catalogue(), office.clock, office.admin().county()};
  Date today() const { return Date::of(office.clock.now_ms()); }
};

std::string error_of(const Result<server::Moved>& moved) { return moved.ok() ? "" : moved.error().code; }

TEST_CASE(
    "a member is handed over with all that hangs on it, counted on both sides; a preview changes nothing") {
  Moving v;
  const Id id = v.a.member("移交", kSanhe);
  const Id stays = v.a.member("留下", kSanhe);
  const Id phone = Id::make(11);
  v.a.put("contact_point", phone, v.sanhe, {{"member_id", id.text()}, {"value", "13800001234"}}, id);
  v.d.member("原有", kDajing);
  v.sync_all();
  const std::string before = v.office.dump();
  const auto preview = must(v.moves.hand_over(id, kDajing, true));
  CHECK(v.office.dump() == before);
  const auto moved = must(v.moves.hand_over(id, kDajing, false));
  for (const auto& one : {preview, moved}) {
    CHECK(one.moved == 2);
    const server::MovedKind& members = one.kinds.at("member");
    CHECK(members.moved == 1);
    CHECK(members.from_before == 2);
    CHECK(members.from_after == 1);
    CHECK(members.into_before == 1);
    CHECK(members.into_after == 2);
    CHECK(one.kinds.at("contact_point").moved == 1);
  }
  v.sync_all();
  CHECK(!v.a.has(id));
  CHECK(!v.a.has(phone));
  CHECK(v.a.has(stays));
  CHECK(v.d.shown(phone, "value") == "13800001234");
  CHECK(must(v.office.admin().audit({"", id, 0})).back().action == "handover");
  v.office.prove();
}

/// Members of one side, before and after.
std::string members_of(const server::Moved& moved, const std::string& code) {
  for (const server::MovedSide& side : moved.sides) {
    if (side.code != code) continue;
    const auto count = side.kinds.find("member");
    if (count == side.kinds.end()) return side.name + (side.is_left ? " left" : "");
    return side.name + " " + std::to_string(count->second.before) + " " +
           std::to_string(count->second.after) + (side.is_left ? " left" : "");
  }
  return "";
}

TEST_CASE("of who is one person in two villages, the counts are those of the village that is left") {
  Moving v;
  const Id here = v.a.member("赵一", kSanhe);
  const Id there = v.d.member("赵一", kDajing);
  v.sync_all();
  v.town.put("member", there, v.dajing, {{"alias_of:" + here.text(), "1"}});
  v.sync_all();
  const auto preview = must(v.moves.hand_over(there, kLongquan, true));
  const auto moved = must(v.moves.hand_over(there, kLongquan, false));
  for (const auto& one : {preview, moved}) {
    CHECK(one.from == std::vector<std::string>{kDajing});
    const server::MovedKind& members = one.kinds.at("member");
    CHECK(members.moved == 2);
    CHECK(members.from_before == 2);
    CHECK(members.from_after == 0);
    CHECK(members.into_before == 0);
    CHECK(members.into_after == 2);
    CHECK(members_of(one, kDajing) == "大井村 2 0 left");
    CHECK(members_of(one, kSanhe) == "三合村 2 2");  // the other record keeps them there
    CHECK(members_of(one, kLongquan) == "龙泉村 0 2");
    CHECK(one.sides.back().code == kLongquan);
  }
  const store::AuditRow told = must(v.office.admin().audit({"", there, 0})).back();
  const auto parts = server::audit_parts(told);
  for (const ErrorArg& part : parts.value()) {
    if (part.name == "count") CHECK(part.value == "2");
  }
  CHECK(v.scopes_of(there).size() == 2);
  // Where its own village is already there is nothing to do, whatever the other record says.
  CHECK(error_of(v.moves.hand_over(there, kLongquan, false)) == "handover.there");
  // To the village of the other one: only one side is left, and both are there already.
  const auto together = must(v.moves.hand_over(there, kSanhe, false));
  CHECK(together.moved == 2);
  CHECK(members_of(together, kLongquan) == "龙泉村 2 0 left");
  CHECK(members_of(together, kSanhe) == "三合村 2 2");
  // And out of it again: nothing is left, all is in both.
  const auto apart = must(v.moves.hand_over(there, kDajing, false));
  CHECK(apart.moved == 2);
  CHECK(members_of(apart, kSanhe) == "三合村 2 2");
  CHECK(members_of(apart, kDajing) == "大井村 0 2");
  v.sync_all();
  v.office.prove();
}

TEST_CASE("of a merger each village is counted by itself") {
  Moving v;
  v.a.member("甲一", kSanhe);
  v.a.member("甲二", kSanhe);
  v.d.member("丁一", kDajing);
  v.sync_all();
  const auto moved = must(v.moves.merge_divisions({kSanhe, kDajing}, kLongquan, v.today(), false));
  CHECK(moved.from == std::vector<std::string>{kSanhe, kDajing});
  CHECK(members_of(moved, kSanhe) == "三合村 2 0 left");
  CHECK(members_of(moved, kDajing) == "大井村 1 0 left");
  CHECK(members_of(moved, kLongquan) == "龙泉村 0 3");
  CHECK(moved.kinds.at("member").from_before == 3);
}

TEST_CASE("what cannot be handed over is said with the reason") {
  Moving v;
  const Id id = v.a.member("移交", kSanhe);
  const Id phone = Id::make(11);
  v.a.put("contact_point", phone, v.sanhe, {{"member_id", id.text()}}, id);
  v.sync_all();
  CHECK(error_of(v.moves.hand_over(Id::make(1), kDajing, false)) == "handover.unknown");
  CHECK(error_of(v.moves.hand_over(phone, kDajing, false)) == "handover.hangs");
  CHECK(error_of(v.moves.hand_over(v.a.worker, kDajing, false)) == "handover.shelf");
  CHECK(error_of(v.moves.hand_over(id, kSanhe, false)) == "handover.there");
  CHECK(error_of(v.moves.hand_over(id, kCounty, false)) == "handover.level");  // in no village's table
  CHECK(error_of(v.moves.hand_over(id, "999", false)) == "division.unknown");
  CHECK(error_of(v.moves.merge_divisions({kSanhe}, kSanhe, v.today(), false)) == "merge.self");
  CHECK(error_of(v.moves.merge_divisions({kSanhe}, kTownship, v.today(), false)) == "merge.level");
  CHECK(error_of(v.moves.merge_divisions({kSanhe}, kDajing, v.today().plus_days(1), false)) == "move.future");
  CHECK(v.moves.merge_divisions({kSanhe}, kDajing, v.today().plus_days(1), true).ok());
  v.office.prove();
}

TEST_CASE("a village goes up in another with people, facts, stores, grants; late work is filed there") {
  Moving v;
  const Id id = v.a.member("并村", kSanhe);
  const Id visit = Id::make(41);
  v.a.put("visit", visit, v.sanhe, {{"outcome", "met"}, {"org_id_at_event", v.sanhe.text()}}, v.sanhe);
  v.sync_all();
  const Id late = v.a.member("迟到", kSanhe);  // offline over the merge
  v.a.put("member", id, v.sanhe, {{"home_address", "离线改的"}});
  const auto moved = must(v.moves.merge_divisions({kSanhe}, kDajing, v.today(), false));
  CHECK(moved.moved == 2);
  CHECK(moved.grants == 1);
  CHECK(moved.kinds.at("member").from_after == 0);
  v.sync_all();
  CHECK(v.scopes_of(id) == std::vector<Id>{v.dajing});
  CHECK(v.scopes_of(visit) == std::vector<Id>{v.dajing});
  CHECK(v.scopes_of(late) == std::vector<Id>{v.dajing});
  CHECK(v.d.shown(id, "home_village_id") == v.dajing.text());
  CHECK(v.d.shown(id, "home_address") == "离线改的");
  CHECK(v.d.shown(visit, "org_id_at_event") == v.sanhe.text());  // what was done stays where it was done
  CHECK(v.a.shown(v.sanhe, "to") == v.today().plus_days(-1).text());
  CHECK(v.a.has(id));  // the grant went along
  CHECK(v.a.has(late));
  // Again: what still names the old village is told of the new one.
  const auto again = must(v.moves.merge_divisions({kSanhe}, kDajing, v.today(), false));
  CHECK(again.moved == 0);
  CHECK(error_of(v.moves.merge_divisions({kDajing}, kSanhe, v.today(), false)) == "merge.gone");
  v.sync_all();
  v.office.prove();
}

TEST_CASE(
    "K4: a table of a quarter that was over stays the old village's, that of the running one goes along") {
  Moving v;
  const auto table = [&](unsigned number, const char* quarter) {
    const Id id = Id::make(number);
    v.a.put("village_table", id, v.sanhe, {{"village_id", v.sanhe.text()}, {"quarter", quarter}});
    return id;
  };
  const Date first = v.today().plus_months(-3);
  const auto quarter_of = [](const Date& day) {
    return std::to_string(day.year) + "Q" + std::to_string((day.month + 2) / 3);
  };
  const Id past = table(61, quarter_of(first).c_str());
  const Id running = table(62, quarter_of(v.today()).c_str());
  v.sync_all();
  (void)must(v.moves.merge_divisions({kSanhe}, kDajing, v.today(), false));
  v.sync_all();
  for (const Id& one : {past, running})
    CHECK(v.scopes_of(one) == std::vector<Id>{v.dajing});
  CHECK(v.d.shown(past, "village_id") == v.sanhe.text());
  CHECK(v.d.shown(running, "village_id") == v.dajing.text());
  v.office.prove();
}

TEST_CASE("work that names a village which went up in another counts, though its member has moved on since") {
  Moving v;
  v.sync_all();
  const Id late = v.d.member("迟到", kDajing);
  v.sync_all();
  (void)must(v.moves.merge_divisions({kSanhe}, kDajing, v.today(), false));
  v.d.put("member", late, v.dajing, {{"home_village_id", v.sanhe.text()}});  // offline over the merge
  v.sync_all();
  REQUIRE(v.scopes_of(late) == std::vector<Id>{v.dajing});
  v.town.put("member", late, v.sanhe, {{"home_address", "按旧村写的"}});
  (void)must(v.moves.hand_over(late, kLongquan, false));
  (void)v.town.sync();
  CHECK(v.town.outcomes.empty());
  CHECK(must(v.office.admin().quarantine()).empty());
  v.office.prove();
}

TEST_CASE(
    "what is kept aside in a village that goes up in another is found where its successor's office looks") {
  Moving v;
  FakeLaptop far(v.office, v.office.worker("远", "worker", kLongquan));
  (void)must(v.office.admin().end_grant(far.worker));
  const Id id = Id::make(51);
  const ChangeId made =
      far.put("member", id, v.sanhe, {{"name", "外人所建"}, {"home_village_id", v.sanhe.text()}});
  (void)far.sync();
  REQUIRE(v.scopes_of(id) == std::vector<Id>{v.sanhe});
  const auto moved = must(v.moves.merge_divisions({kSanhe}, kDajing, v.today(), false));
  CHECK(moved.moved == 1);
  CHECK(v.scopes_of(id) == std::vector<Id>{v.dajing});
  const Id late = Id::make(52);
  far.put("member", late, v.sanhe, {{"name", "迟到的外人"}, {"home_village_id", v.sanhe.text()}});
  (void)far.sync();
  CHECK(v.scopes_of(late) == std::vector<Id>{v.dajing});
  CHECK(must(v.office.admin().quarantine()).size() == 2);
  (void)must(v.office.admin().accept(made));
  v.sync_all();
  CHECK(v.d.shown(id, "name") == "外人所建");
  v.office.prove();
}

TEST_CASE("a division of a new number begins where the old one ends; one that was there all along does not") {
  Moving v;
  v.a.member("旧号", kSanhe);
  v.sync_all();
  const auto first_day = [&](const Id& unit) {
    const auto writer = must(v.office.store().write());
    server::Workspace workspace(*writer, v.office.catalogue());
    return server::shown_text(*must(workspace.state_of(unit)), *v.office.catalogue().kind("org_unit"),
                              "from");
  };
  // Longquan holds nothing, and was in the list from the beginning.
  (void)must(v.moves.merge_divisions({kDajing}, kLongquan, v.today(), false));
  CHECK(first_day(v.office.unit(kLongquan)).empty());
  v.office.clock.advance(1000);
  const std::string number = "220622101290";
  (void)import_text(v.office.admin(),
                    "code,name,level,parent\n" + number + ",三合村,village," + kTownship + "\n");
  (void)must(v.moves.merge_divisions({kSanhe}, number, v.today(), false));
  CHECK(first_day(v.office.unit(number)) == v.today().text());
  CHECK(v.a.shown(v.sanhe, "to").empty());  // not told yet
  v.sync_all();
  CHECK(v.a.shown(v.sanhe, "to") == v.today().plus_days(-1).text());
  v.office.prove();
}

TEST_CASE("a division of a new number begins where all those end that go up in it") {
  Moving v;
  const Id one = v.a.member("三合人", kSanhe);
  const Id two = v.d.member("大井人", kDajing);
  v.sync_all();
  const auto shown = [&](const Id& record, const char* kind, const char* field) {
    const auto writer = must(v.office.store().write());
    server::Workspace workspace(*writer, v.office.catalogue());
    return server::shown_text(*must(workspace.state_of(record)), *v.office.catalogue().kind(kind), field);
  };
  const auto former = [&](const Id& member) {
    const auto writer = must(v.office.store().write());
    server::Workspace workspace(*writer, v.office.catalogue());
    return server::elements_in(*must(workspace.state_of(member)),
                               *v.office.catalogue().kind("member")->field("former_villages"));
  };
  v.office.clock.advance(1000);
  const std::string number = "220622101290";
  (void)import_text(v.office.admin(),
                    "code,name,level,parent\n" + number + ",合并村,village," + kTownship + "\n");
  (void)must(v.moves.merge_divisions({kSanhe, kDajing}, number, v.today(), false));
  CHECK(shown(v.office.unit(number), "org_unit", "from") == v.today().text());
  // Where each stood is kept, and since when: also when the new one goes up in another again.
  CHECK(former(one) == std::vector<Id>{v.sanhe});
  CHECK(former(two) == std::vector<Id>{v.office.unit(kDajing)});
  const std::string said = shown(one, "member", "village_said_at");
  CHECK(said.size() == 13);
  v.office.clock.advance(60'000);
  (void)must(v.moves.merge_divisions({number}, kLongquan, v.today(), false));
  CHECK(former(one).size() == 2);
  CHECK(shown(one, "member", "village_said_at") == said);
  v.sync_all();
  v.office.prove();
}

TEST_CASE("a grant that is passed on ends the day before, and is not doubled") {
  Moving v;
  const auto writer = must(v.office.store().write());
  store::GrantRow grant = must(writer->grants(v.a.worker)).front();
  const server::NewHolder holder{v.d.worker, v.sanhe, v.today()};
  auto own = must(server::OwnChanges::begin(*writer, v.office.catalogue(), v.office.admin().county(),
                                            v.office.clock.now_ms()));
  CHECK(must(server::pass_grant(*writer, own, grant, holder, v.office.clock.now_ms())));
  CHECK(must(server::pass_grant(*writer, own, grant, holder, v.office.clock.now_ms())));
  CHECK(must(writer->grants(v.d.worker)).size() == 2);
  CHECK(must(writer->grant(grant.id))->to == v.today().plus_days(-1).text());
  grant.to = "2020-01-01";
  CHECK(!must(server::pass_grant(*writer, own, grant, holder, v.office.clock.now_ms())));
}

}  // namespace
