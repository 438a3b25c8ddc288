// Who may be one, what people say of it, and what follows (sync.md 3.8).
#include <doctest/doctest.h>

#include "client/store/member_order.hpp"
#include "client/store/work_queries.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using cs::TwinWord;
using domain::Likeness;

struct Town {
  SmallServer server;
  Desk a{1, "0199aaaa-0000-7000-8000-000000000001"};
  Desk b{2, "0199aaaa-0000-7000-8000-000000000002"};
  Id first;
  Id second;

  Town() {
    first = person(a, "赵连心", {{"born_on", "1979-03"}});
    b.clock.advance(60'000);
    second = person(b, "赵连心", {{"born_on", "1979-03-05"}});
    settle();
  }
  static Id person(Desk& desk, const std::string& name,
                   std::vector<std::pair<std::string, std::string>> more = {}) {
    more.insert(more.begin(), {{"name", name}, {"home_village_id", kVillageCode}});
    return desk.put("member", Id{}, more).records.front();
  }
  void settle() {
    for (int round = 0; round < 2; ++round) {
      for (Desk* desk : {&a, &b}) {
        desk->push(server);
        desk->pull(server);
      }
    }
  }
};

std::vector<cs::TwinPair> pairs(Desk& desk) {
  while (*desk.records.read_twins(2)) {
  }
  const auto twins = desk.records.twins(100);
  REQUIRE(twins.ok());
  CHECK_FALSE(twins->unread);
  return twins->pairs;
}

cs::Saved say(Desk& desk, const Id& one, const Id& other, TwinWord word) {
  desk.clock.advance(1000);
  const auto saved = desk.records.say_twins(one, other, word);
  if (!saved.ok()) FAIL(saved.error().code);
  REQUIRE(saved->ok);
  return *saved;
}

std::string refused(Desk& desk, const Id& one, const Id& other, TwinWord word) {
  const auto saved = desk.records.say_twins(one, other, word);
  return saved.ok() ? "" : saved.error().code;
}

std::vector<Id> listed(Desk& desk, const std::string& search = "") {
  cs::ListQuery query;
  query.kind = "member";
  query.search = search;
  std::vector<Id> out;
  const auto rows = desk.records.list(query);
  REQUIRE(rows.ok());
  for (const cs::ListRow& row : *rows)
    out.push_back(row.id);
  return out;
}

using Ids = std::vector<Id>;

TEST_CASE("two entries of one person meet on the laptop that holds both, whatever order they come in") {
  Town town;
  for (Desk* desk : {&town.a, &town.b}) {
    const auto found = pairs(*desk);
    REQUIRE(found.size() == 1);
    CHECK(found[0].one == town.first);
    CHECK(found[0].other == town.second);
    CHECK(found[0].kind == "member");
    CHECK(found[0].likeness == Likeness::kLikely);
    REQUIRE(found[0].reasons.size() == 1);
    CHECK(found[0].reasons[0].key == "name_born");
    CHECK(desk->problems().empty());
  }
  // A value that changes takes the pair away, and back.
  town.a.put("member", town.first, {{"born_on", "1980-01"}});
  CHECK(pairs(town.a).empty());
  town.a.put("member", town.first, {{"born_on", "1979-03"}});
  CHECK(pairs(town.a).size() == 1);
  REQUIRE(town.a.records.void_record(town.first, "登记错误").ok());
  CHECK(pairs(town.a).empty());
  CHECK(town.a.problems().empty());
}

TEST_CASE("the strongest stand first, and each says why") {
  Town town;
  const std::string id_no = "220699197903050015";
  const Id third = Town::person(town.a, "孙大为", {{"id_no", id_no}});
  const Id fourth = Town::person(town.a, "孙大伟", {{"id_no", id_no}, {"born_on", "1979-03-05"}});
  town.a.put("contact_point", Id{},
             {{"member_id", third.text()}, {"kind", "mobile"}, {"value", "13900000001"}});
  town.a.put("contact_point", Id{},
             {{"member_id", fourth.text()}, {"kind", "mobile"}, {"value", "13900000001"}});
  const auto found = pairs(town.a);
  REQUIRE(found.size() == 2);
  CHECK(found[0].likeness == Likeness::kStrong);
  REQUIRE(found[0].reasons.size() == 2);
  CHECK(found[0].reasons[0].key == "id");
  CHECK(found[0].reasons[1].key == "phone_sound");
  CHECK(found[1].likeness == Likeness::kLikely);
  const auto one = town.a.records.twins(1);
  CHECK(one->pairs.size() == 1);
  CHECK(one->more);
}

TEST_CASE("a telephone that more than ten people have proposes nobody; a neighbour's or a dead one neither") {
  Desk desk;
  std::vector<Id> people;
  const auto add = [&](std::vector<std::pair<std::string, std::string>> more) {
    const Id id = desk.member("姓" + std::to_string(people.size()) + "名");
    more.insert(more.begin(), {{"member_id", id.text()}, {"kind", "landline"}, {"value", "0439-5550001"}});
    desk.put("contact_point", Id{}, more);
    people.push_back(id);
  };
  add({});
  add({{"owner", "neighbour"}});
  add({{"valid", "dead"}});
  CHECK(pairs(desk).empty());
  add({{"owner", "self"}});
  CHECK(pairs(desk).size() == 1);
  for (int i = 0; i < 8; ++i)
    add({});
  CHECK(pairs(desk).size() == 45);  // ten of them
  add({});
  CHECK(pairs(desk).empty());
}

TEST_CASE(
    "while two are said to be one they are one person in lists, search and counts; taken back they are two") {
  Town town;
  const std::string before = town.a.dump();
  const Id phone = town.b
                       .put("contact_point", Id{},
                            {{"member_id", town.second.text()}, {"kind", "mobile"}, {"value", "13900000002"}})
                       .records.front();
  town.settle();
  const auto saved = say(town.a, town.second, town.first, TwinWord::kSame);
  CHECK(saved.records == Ids{town.second});
  town.settle();
  for (Desk* desk : {&town.a, &town.b}) {
    CHECK(listed(*desk) == Ids{town.first});
    CHECK(listed(*desk, "13900000002") == Ids{town.first});
    CHECK(*cs::count_of(*desk->database, "member") == 1);
    CHECK(*cs::members_in_order(*desk->database, 0, 10) == Ids{town.first});
    CHECK(cs::member_contacts(*desk->database)->size() == 1);
    CHECK(cs::member_lines(*desk->database, {town.first})->front().phone == "13900000002");
    CHECK((*desk->records.get(town.second))->cluster == Ids{town.first, town.second});
    CHECK(pairs(*desk).empty());
    CHECK(desk->problems().empty());
  }
  CHECK(town.a.dump() == town.b.dump());
  REQUIRE(town.b.records.said_of_twins()->size() == 1);
  CHECK(town.b.records.said_of_twins()->front().same);
  CHECK(town.b.records.said_of_twins()->front().author == town.a.worker);
  say(town.b, town.first, town.second, TwinWord::kUnsaid);
  town.settle();
  for (Desk* desk : {&town.a, &town.b}) {
    CHECK(listed(*desk).size() == 2);
    CHECK(*cs::count_of(*desk->database, "member") == 2);
    CHECK((*desk->records.get(town.second))->cluster.empty());
    CHECK(pairs(*desk).size() == 1);
    CHECK(desk->problems().empty());
  }
  CHECK(town.b.value(phone, "value") == "13900000002");
}

TEST_CASE("the undo of the screen takes the word back like the command does") {
  Town town;
  const auto saved = say(town.a, town.first, town.second, TwinWord::kSame);
  REQUIRE(town.a.records.undo(saved.undo_token).ok());
  CHECK(listed(town.a).size() == 2);
  CHECK(pairs(town.a).size() == 1);
  CHECK(town.a.problems().empty());
}

TEST_CASE("\"not the same\" is remembered by everybody until it is taken back") {
  Town town;
  say(town.a, town.first, town.second, TwinWord::kDifferent);
  town.settle();
  for (Desk* desk : {&town.a, &town.b}) {
    CHECK(pairs(*desk).empty());
    CHECK(listed(*desk).size() == 2);
    CHECK_FALSE(desk->records.said_of_twins()->front().same);
  }
  // Who is one with either of them is meant as well.
  const Id third = Town::person(town.b, "赵联心", {{"born_on", "1979-03-05"}});
  CHECK(pairs(town.b).size() == 2);
  say(town.b, third, town.second, TwinWord::kSame);
  CHECK(pairs(town.b).empty());
  town.settle();
  say(town.a, town.second, town.first, TwinWord::kUnsaid);
  CHECK(pairs(town.a).size() == 1);
  CHECK(refused(town.a, town.first, town.second, TwinWord::kUnsaid) == "duplicate.unsaid");
}

TEST_CASE("two who say otherwise of one pair are a conflict on the desk, decided like any other") {
  Town town;
  say(town.a, town.first, town.second, TwinWord::kSame);
  say(town.b, town.first, town.second, TwinWord::kDifferent);
  town.settle();
  for (Desk* desk : {&town.a, &town.b}) {
    const auto conflicts = *desk->records.conflicts();
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts[0].field == "alias_of");
    CHECK(conflicts[0].element == town.first.text());
    CHECK(conflicts[0].heads.size() == 2);
    CHECK(pairs(*desk).empty());
    CHECK(desk->records.said_of_twins()->front().in_dispute);
    CHECK(desk->problems().empty());
  }
  const auto conflict = town.a.records.conflicts()->front();
  cs::ResolveHow how;
  for (const cs::RivalValue& rival : conflict.heads) {
    if (rival.value == "0") how.take = rival.change;
  }
  REQUIRE(town.a.records.resolve(conflict.id, how).ok());
  town.settle();
  CHECK(town.b.records.conflicts()->empty());
  CHECK(listed(town.b).size() == 2);
  CHECK(town.a.dump() == town.b.dump());
  // The same word twice is no conflict.
  say(town.a, town.first, town.second, TwinWord::kSame);
  say(town.b, town.first, town.second, TwinWord::kSame);
  town.settle();
  CHECK(town.a.records.conflicts()->empty());
  CHECK(listed(town.b) == Ids{town.first});
}

TEST_CASE("what cannot be said of two records is said in one word, and nothing is written") {
  Town town;
  Desk& desk = town.a;
  const Id visit =
      desk.put("visit", Id{},
               {{"members+", town.first.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}})
          .records.front();
  const std::string before = desk.dump();
  CHECK(refused(desk, town.first, town.first, TwinWord::kSame) == "duplicate.self");
  CHECK(refused(desk, town.first, visit, TwinWord::kSame) == "duplicate.kinds");
  CHECK(refused(desk, visit, visit, TwinWord::kSame) == "duplicate.self");
  CHECK(refused(desk, town.first, Id::make(1), TwinWord::kSame) == "record.unknown");
  CHECK(refused(desk, town.first, town.second, TwinWord::kUnsaid) == "duplicate.unsaid");
  CHECK(desk.records.save({desk.edit("member", town.second, {{"alias_of", "1"}})}).error().code ==
        "record.field");
  CHECK(desk.dump() == before);
  // Saying the same again writes nothing.
  say(desk, town.first, town.second, TwinWord::kSame);
  CHECK(say(desk, town.first, town.second, TwinWord::kSame).changes.empty());
}

TEST_CASE(
    "a person of three records comes apart only where somebody joined them; more than sixteen are refused") {
  Town town;
  Desk& desk = town.a;
  desk.clock.advance(600'000);
  const Id third = Town::person(desk, "赵联心", {{"born_on", "1979-03-05"}});
  say(desk, town.first, town.second, TwinWord::kSame);
  say(desk, town.second, third, TwinWord::kSame);
  CHECK(*desk.records.cluster(third) == Ids{town.first, town.second, third});
  CHECK(refused(desk, town.first, third, TwinWord::kUnsaid) == "duplicate.through");
  CHECK(refused(desk, town.first, third, TwinWord::kDifferent) == "duplicate.through");
  // A circle is one cluster, and stays one when one side goes.
  say(desk, third, town.first, TwinWord::kSame);
  say(desk, town.second, town.first, TwinWord::kUnsaid);
  CHECK(listed(desk) == Ids{town.first});
  // A voided record does not stand for the others.
  REQUIRE(desk.records.void_record(town.first, "登记错误").ok());
  CHECK(listed(desk) == Ids{town.second});
  CHECK(*cs::count_of(*desk.database, "member") == 1);
  CHECK(desk.problems().empty());
  for (int i = 0; i < 13; ++i)
    say(desk, third, desk.member("同"), TwinWord::kSame);
  CHECK(refused(desk, third, desk.member("同"), TwinWord::kSame) == "duplicate.many");
  CHECK(listed(desk).size() == 2);
  CHECK(desk.problems().empty());
}

TEST_CASE("facts of every record of a person are the person's") {
  Town town;
  Desk& desk = town.a;
  desk.put("visit", Id{},
           {{"members+", town.first.text()}, {"occurred_on", "2026-09-01"}, {"outcome", "met"}});
  desk.put("visit", Id{},
           {{"members+", town.second.text()}, {"occurred_on", "2026-09-10"}, {"outcome", "met"}});
  desk.put("contact_attempt", Id{},
           {{"member_id", town.second.text()}, {"occurred_on", "2026-09-12"}, {"outcome", "reached_self"}});
  desk.put("mobility_episode", Id{},
           {{"member_id", town.second.text()}, {"direction", "out"}, {"left_on", "2026-01"}});
  desk.put("member", town.second, {{"care_flag", "old"}});
  CHECK(*cs::members_in_care(*desk.database, 10) == Ids{town.second});
  say(desk, town.first, town.second, TwinWord::kSame);
  CHECK(*cs::members_in_care(*desk.database, 10) == Ids{town.first});
  CHECK(cs::member_lines(*desk.database, {town.first})->front().care_flag == "old");
  CHECK(cs::member_contacts(*desk.database)->front().needs_care);
  for (const Id& id : {town.first, town.second})
    CHECK(cs::contact_lines(*desk.database, id, 10)->size() == 3);
  const auto contacts = *cs::member_contacts(*desk.database);
  REQUIRE(contacts.size() == 1);
  CHECK(contacts[0].member == town.first);
  CHECK(contacts[0].last_reached == "2026-09-12");
  CHECK(contacts[0].is_out);
  CHECK(cs::member_lines(*desk.database, {town.first})->front().last_reached == "2026-09-12");
}

TEST_CASE("everything made anew from the states is what it was") {
  Town town;
  Desk& desk = town.a;
  const Id third = Town::person(desk, "孙大为");
  say(desk, town.first, town.second, TwinWord::kSame);
  say(desk, town.first, third, TwinWord::kDifferent);
  REQUIRE(desk.impl->rebuild().ok());
  CHECK(listed(desk).size() == 2);
  CHECK(desk.records.said_of_twins()->size() == 2);
  CHECK(desk.problems().empty());
  REQUIRE(desk.database->exec("DELETE FROM cluster").ok());
  CHECK(desk.problems().size() == 2);
}

TEST_CASE("one of two that leaves the laptop leaves the other standing for itself") {
  Town town;
  Desk& desk = town.a;
  town.settle();
  say(desk, town.first, town.second, TwinWord::kSame);
  town.settle();
  auto transaction = lianxin::store::Transaction::begin(*desk.database);
  REQUIRE(desk.impl->remove(town.first).ok());
  REQUIRE(transaction->commit().ok());
  CHECK(listed(desk) == Ids{town.second});
  REQUIRE(pairs(desk).empty());
}

}  // namespace
