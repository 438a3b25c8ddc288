// The promises of saving (records.hpp, sync.md 2).
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace change = lianxin::sync::change;

change::ChangeBody body_of(const cs::JournalEntry& entry) {
  const auto body = change::decode_body(entry.body);
  REQUIRE(body.ok());
  return *body;
}

TEST_CASE("what was typed is stored in its canonical form, and only what was touched is written") {
  Desk desk;
  const Id id = desk.put("member", Id{},
                         {{"name", " 赵连心 "}, {"home_village_id", kVillageCode}, {"born_on", "1979年3月"}})
                    .records.front();
  CHECK(desk.value(id, "name") == "赵连心");
  CHECK(desk.value(id, "born_on") == "1979-03");
  CHECK(desk.value(id, "home_village_id") == desk.village.text());
  const std::size_t before = desk.tail.entries.size();
  const auto saved = desk.put("member", id, {{"home_address", "三合村1组3号"}, {"name", "赵连心"}});
  REQUIRE(saved.changes.size() == 1);
  const change::ChangeBody body = body_of(desk.tail.entries[before]);
  REQUIRE(body.writes.size() == 1);
  CHECK(body.writes.front().field == 47);
  CHECK(body.scope == desk.village);
  CHECK(desk.problems().empty());
}

TEST_CASE("many actions go in one commit, each by itself, and none of them where one is refused") {
  Desk desk;
  const auto member = [&](const char* name) {
    cs::Edit edit;
    edit.kind = "member";
    edit.fields = {{"name", cs::FieldEdit::Op::kSet, name},
                   {"home_village_id", cs::FieldEdit::Op::kSet, kVillageCode}};
    return edit;
  };
  const std::size_t before = desk.tail.entries.size();
  const auto written = desk.records.save_all({{member("甲"), member("乙")}, {member("丙")}, {}});
  REQUIRE(written.ok());
  CHECK(*written == 3);
  REQUIRE(desk.tail.entries.size() > before + 2);
  const std::uint64_t first = body_of(desk.tail.entries[before]).action;
  const std::uint64_t last = body_of(desk.tail.entries.back()).action;
  CHECK(first == body_of(desk.tail.entries[before]).id.counter);
  CHECK(last > first);
  for (std::size_t i = before; i < desk.tail.entries.size(); ++i) {
    const change::ChangeBody body = body_of(desk.tail.entries[i]);
    CHECK((body.action == first || body.action == last));
    CHECK((body.action == last) == (body.id.counter >= last));
  }
  const std::size_t kept = desk.tail.entries.size();
  cs::Edit wrong = member("丁");
  wrong.fields.push_back({"born_on", cs::FieldEdit::Op::kSet, "no day"});
  const auto refused = desk.records.save_all({{member("戊")}, {member("己"), wrong}, {member("庚")}});
  REQUIRE(refused.ok());
  CHECK(*refused == 1);
  CHECK(desk.tail.entries.size() == kept);
  CHECK(*desk.records.save_all({{member("戊")}}) == 1);
  CHECK(desk.problems().empty());
}

TEST_CASE("which way somebody went and who was named for whom is said once") {
  Desk desk;
  const Id member = desk.member("赵志远");
  const Id outflow = desk.put("mobility_episode", Id(), {{"member_id", member.text()}, {"direction", "out"}})
                         .records.front();
  const auto refused = [&](const std::string& kind, const Id& record, const std::string& field,
                           const std::string& value) {
    const auto saved = desk.records.save({desk.edit(kind, record, {{field, value}})});
    REQUIRE(saved.ok());
    return !saved->ok && saved->problems.front().code == "field_fixed" &&
           saved->problems.front().field == field;
  };
  CHECK(refused("mobility_episode", outflow, "direction", "in"));
  CHECK(refused("mobility_episode", outflow, "direction", ""));
  CHECK(desk.value(outflow, "direction") == "out");
  desk.put("mobility_episode", outflow, {{"direction", "out"}, {"left_on", "2026-02"}});
  const Id pairing =
      desk.put("liaison_assignment", Id(), {{"member_id", member.text()}, {"worker_id", desk.worker.text()}})
          .records.front();
  CHECK(refused("liaison_assignment", pairing, "worker_id", "0199aaaa-0000-7000-8000-000000000002"));
  desk.put("liaison_assignment", pairing, {{"to", "2026-09-01"}});
  const Id open = desk.put("liaison_assignment", Id(), {{"member_id", member.text()}}).records.front();
  desk.put("liaison_assignment", open, {{"worker_id", desk.worker.text()}});  // was not said yet
}

TEST_CASE("saving the same values again makes no change") {
  Desk desk;
  const Id id = desk.member("钱守信");
  const auto saved = desk.put("member", id, {{"name", "钱守信"}});
  CHECK(saved.changes.empty());
  CHECK(saved.undo_token.empty());
}

TEST_CASE("an action over several privacy classes makes one change per class with one action number") {
  Desk desk;
  const auto saved = desk.put(
      "member", Id{},
      {{"name", "孙立"}, {"home_village_id", kVillageCode}, {"born_on", "1980"}, {"home_address", "东街"}});
  REQUIRE(saved.changes.size() == 3);
  for (const cs::JournalEntry& entry : desk.tail.entries) {
    const change::ChangeBody body = body_of(entry);
    CHECK(body.action == saved.changes.front().counter);
    for (const change::WriteHead& write : body.writes)
      CHECK(write.privacy == body.writes.front().privacy);
  }
}

TEST_CASE("a record without its name or village is refused with the problem, and nothing is saved") {
  Desk desk;
  const auto saved = desk.records.save({desk.edit("member", Id{}, {{"name", "李四"}})});
  REQUIRE(saved.ok());
  CHECK(!saved->ok);
  REQUIRE(!saved->problems.empty());
  CHECK(saved->problems.front().field == "home_village_id");
  CHECK(desk.tail.entries.empty());
  const auto unknown =
      desk.records.save({desk.edit("member", Id{}, {{"name", "李四"}, {"home_village_id", "999"}})});
  REQUIRE(unknown.ok());
  CHECK(!unknown->ok);
}

TEST_CASE("of several edits the one that is refused is named, and the others are not saved either") {
  Desk desk;
  const auto saved =
      desk.records.save({desk.edit("member", Id{}, {{"name", "甲"}, {"home_village_id", kVillageCode}}),
                         desk.edit("member", Id{}, {{"name", "乙"}})});
  REQUIRE(saved.ok());
  CHECK(!saved->ok);
  CHECK(saved->problem_edit == 1);
  CHECK(desk.records.list({"member", {}, "", 0, false, {}})->empty());
}

TEST_CASE("a form opened before the store moved on makes a rival, not a silent replacement") {
  Desk desk;
  const Id id = desk.member("周一");
  desk.put("member", id, {{"home_address", "旧址"}});
  cs::ShownHeads shown;
  REQUIRE(desk.records.show(id, shown).ok());
  const auto again = cs::ShownHeads::parse(shown.token());
  REQUIRE(again.ok());
  desk.put("member", id, {{"home_address", "新址一"}});
  desk.put("member", id, {{"home_address", "新址二"}}, &*again);
  const auto conflicts = desk.records.conflicts();
  REQUIRE(conflicts.ok());
  REQUIRE(conflicts->size() == 1);
  CHECK(conflicts->front().field == "home_address");
  CHECK(conflicts->front().heads.size() == 2);
  CHECK(conflicts->front().before == "旧址");
  CHECK(desk.problems().empty());
}

TEST_CASE("an element or a mark that came after the form was opened is not named as seen") {
  SmallServer server;
  Desk a(1);
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = a.member("王建国");
  a.push(server);
  b.pull(server);
  cs::ShownHeads shown;
  REQUIRE(b.records.show(member, shown).ok());
  shown = *cs::ShownHeads::parse(shown.token());
  a.put("member", member, {{"talent_tags+", "craft"}});
  a.put("member", member, {{"home_address", "东街"}});
  REQUIRE(a.records.confirm(member, {"name"}, {}, Date::of(kStart)).ok());
  a.push(server);
  b.pull(server);
  b.put("member", member, {{"talent_tags-", "craft"}}, &shown);
  const auto removed = *sync::change::decode_body(b.tail.entries.back().body);
  CHECK(removed.writes.front().seen.empty());
  REQUIRE(b.records.confirm(member, {"name"}, {}, Date::of(kStart), &shown).ok());
  const auto confirmed = *sync::change::decode_body(b.tail.entries.back().body);
  CHECK(confirmed.writes.front().field == domain::kFieldConfirmed);
  CHECK(confirmed.writes.front().seen.empty());
}

TEST_CASE("a write to a field of a group names the heads of its other fields") {
  Desk desk;
  const Id id = desk.member("吴二");
  desk.put("member", id, {{"standing", "normal"}});
  const auto first = desk.records.history(id);
  const std::size_t before = desk.tail.entries.size();
  desk.put("member", id, {{"standing_doc_no", "12号"}});
  const change::ChangeBody body = body_of(desk.tail.entries[before]);
  REQUIRE(body.writes.size() == 1);
  REQUIRE(body.writes.front().group_seen.size() == 1);
  CHECK(body.writes.front().group_seen.front().id == body_of(desk.tail.entries[before - 1]).id);
}

TEST_CASE("sets are written element by element, and adding again what is there is nothing") {
  Desk desk;
  const Id id = desk.member("郑三");
  desk.put("member", id, {{"talent_tags+", "planting"}});
  const auto shown = desk.records.get(id);
  REQUIRE((*shown)->fields.count("talent_tags") == 1);
  CHECK(desk.put("member", id, {{"talent_tags+", "planting"}}).changes.empty());
  desk.put("member", id, {{"talent_tags-", "planting"}});
  CHECK((*desk.records.get(id))->fields.count("talent_tags") == 0);
  CHECK(desk.problems().empty());
}

TEST_CASE("a visit is stamped with the unit, its code and the worker, and hangs on its member") {
  Desk desk;
  const Id member = desk.member("王五");
  const Id visit = desk.put("visit", Id{},
                            {{"members+", member.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}})
                       .records.front();
  const auto shown = *desk.records.get(visit);
  CHECK(shown->value("org_id_at_event") == desk.village.text());
  CHECK(shown->value("division_code_at_event") == kVillageCode);
  CHECK(shown->fields.at("workers").elements == std::vector<std::string>{desk.worker.text()});
  CHECK(shown->parent == member);
  CHECK(shown->scope == desk.village);
  CHECK((*desk.records.get(member))->children.at("visit") == std::vector<Id>{visit});
}

TEST_CASE("a fact is its author's: another worker is told so") {
  SmallServer server;
  Desk author(1);
  Desk other(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = author.member("冯六");
  const Id visit = author
                       .put("visit", Id{},
                            {{"members+", member.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}})
                       .records.front();
  author.push(server);
  other.pull(server);
  const auto refused = other.records.save({other.edit("visit", visit, {{"content", "改"}})});
  REQUIRE(!refused.ok());
  CHECK(refused.error().code == "record.fact_author");
  author.put("visit", visit, {{"content", "谈了话"}});
}

TEST_CASE("points are proposed by one worker and approved by another, who may change nothing else of them") {
  SmallServer server;
  Desk author(1);
  Desk other(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = author.member("冯六");
  const Id entry = author
                       .put("points_entry", Id{},
                            {{"member_id", member.text()},
                             {"occurred_on", "2026-09-20"},
                             {"points_tenths", "20"},
                             {"state", "proposed"},
                             {"reason", "参加志愿服务"}})
                       .records.front();
  author.push(server);
  other.pull(server);
  const auto refused = other.records.save({other.edit("points_entry", entry, {{"points_tenths", "900"}})});
  REQUIRE(!refused.ok());
  CHECK(refused.error().code == "record.fact_author");
  other.put("points_entry", entry,
            {{"state", "approved"}, {"approved_by", other.worker.text()}, {"approved_on", "2026-09-21"}});
  CHECK(other.value(entry, "state") == "approved");
}

TEST_CASE("who keeps the list of an activity did not come to it: only what is said is stamped") {
  Desk desk;
  const Id member = desk.member("王五");
  const Id activity =
      desk.put("activity", Id{}, {{"org_id", kVillageCode}, {"occurred_on", "2026-09-20"}, {"kind", "film"}})
          .records.front();
  const Id present = desk.put("attendance", Id{},
                              {{"activity_id", activity.text()},
                               {"member_id", member.text()},
                               {"occurred_on", "2026-09-20"},
                               {"status", "present"}})
                         .records.front();
  const auto shown = *desk.records.get(present);
  CHECK(shown->value("worker_id").empty());
  CHECK(shown->value("org_id_at_event") == desk.village.text());
  CHECK(shown->parent == member);
  CHECK((*desk.records.get(activity))->fields.count("workers") == 0);
  CHECK((*desk.records.get(activity))->value("org_id_at_event") == desk.village.text());
  const Id helper = desk.put("attendance", Id{},
                             {{"activity_id", activity.text()},
                              {"worker_id", desk.worker.text()},
                              {"occurred_on", "2026-09-20"},
                              {"status", "present"}})
                        .records.front();
  CHECK((*desk.records.get(helper))->parent == activity);
}

TEST_CASE("a hardship file is written, voided and taken back in its own class alone") {
  Desk desk;
  const Id member = desk.member("郑九");
  const std::size_t before = desk.tail.entries.size();
  const auto saved = desk.put(
      "hardship_record", Id{},
      {{"member_id", member.text()}, {"active", "1"}, {"cause_class", "illness"}, {"level", "severe"}});
  const auto again = desk.put("hardship_record", Id{}, {{"member_id", member.text()}, {"active", "1"}});
  REQUIRE(desk.records.void_record(saved.records.front(), "登记重复").ok());
  REQUIRE(desk.records.undo(again.undo_token).ok());
  desk.put("aid", Id{},
           {{"member_id", member.text()},
            {"occurred_on", "2026-09-20"},
            {"kind", "money"},
            {"amount_fen", "50000"}});
  REQUIRE(desk.tail.entries.size() == before + 5);
  for (std::size_t i = before; i < desk.tail.entries.size(); ++i) {
    for (const change::WriteHead& write : body_of(desk.tail.entries[i]).writes)
      CHECK(write.privacy == static_cast<std::uint8_t>(domain::PrivacyClass::kHardship));
  }
  CHECK((*desk.records.get(saved.records.front()))->voided);
  CHECK((*desk.records.get(again.records.front()))->deleted);
  CHECK(desk.records.list({"hardship_record", {}, "", 0, false, {}})->empty());
  CHECK(desk.problems().empty());
}

TEST_CASE("work on a member who was moved away here names the village in which this laptop holds it") {
  Desk desk;
  const Id member = desk.member("王建国");
  const std::string elsewhere = "0199cccc-0000-7000-8000-000000000009";
  (void)desk.put("member", member, {{"home_village_id", elsewhere}});
  (void)desk.put("member", member, {{"name_note", "同名两人"}});
  (void)desk.put("contact_point", Id{}, {{"member_id", member.text()}, {"kind", "wechat"}});
  for (const cs::JournalEntry& entry : desk.tail.entries)
    CHECK(sync::change::decode_body(entry.body)->scope == desk.village);
  CHECK((*desk.records.get(member))->scope.text() == elsewhere);
}

TEST_CASE(
    "a rebuilt store that does not know yet what it holds names the village in which its work was seen") {
  Desk a;
  const Id id = a.member("吴珍");
  a.put("member", id, {{"home_village_id", "0199bbbb-0000-7000-8000-000000000009"}});
  Desk rebuilt(2);
  REQUIRE(rebuilt.impl->set_held({}).ok());
  for (const cs::JournalEntry& entry : a.tail.entries) {
    const auto body = *sync::change::decode_body(entry.body);
    const auto values = *sync::change::decode_values(entry.values, body);
    auto transaction = lianxin::store::Transaction::begin(*rebuilt.database);
    REQUIRE(rebuilt.impl->adopt_own({body, entry.body, values, entry.hash}).ok());
    REQUIRE(transaction->commit().ok());
  }
  rebuilt.put("member", id, {{"post_code", "三组"}});
  CHECK(sync::change::decode_body(rebuilt.tail.entries.back().body)->scope == a.village);
}

TEST_CASE("unknown kinds, fields and records are errors with their names") {
  Desk desk;
  CHECK(desk.records.save({desk.edit("nothing", Id{}, {})}).error().code == "record.kind");
  CHECK(desk.records.save({desk.edit("member", Id{}, {{"nothing", "1"}})}).error().code == "record.field");
  CHECK(desk.records.save({desk.edit("member", desk.worker, {{"name", "x"}})}).error().code ==
        "record.unknown");
}

TEST_CASE("a date given with the values confirms them on that day") {
  Desk desk;
  const Id id = desk.member("陈七");
  cs::Edit edit = desk.edit("member", id, {{"home_address", "西街"}});
  edit.as_of = Date{2026, 9, 20};
  REQUIRE(desk.records.save({edit}).ok());
  CHECK((*desk.records.get(id))->fields.at("home_address").confirmed_on == "2026-09-20");
  desk.put("member", id, {{"home_address", "南街"}});
  CHECK((*desk.records.get(id))->fields.at("home_address").confirmed_on.empty());
}

TEST_CASE("journal and head mark have a change before it counts as saved, and the chain holds") {
  Desk desk;
  const auto saved = desk.put("member", Id{}, {{"name", "褚八"}, {"home_village_id", kVillageCode}});
  REQUIRE(desk.tail.entries.size() == saved.changes.size());
  CHECK(desk.tail.mark.end.counter == saved.changes.back().counter);
  change::ChainEnd end;
  end.replica = {1};
  for (const cs::JournalEntry& entry : desk.tail.entries) {
    const auto linked = change::follow(end, entry.body, entry.values);
    REQUIRE(linked.ok());
    CHECK(linked->hash == entry.hash);
  }
}

}  // namespace
