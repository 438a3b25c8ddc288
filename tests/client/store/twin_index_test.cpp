// Keys are made in slices, follow their records, and never keep what was erased.
#include "client/store/twin_index.hpp"

#include <doctest/doctest.h>

#include "shared/store/each_row.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::int64_t count(Desk& desk, const std::string& table) {
  auto select = desk.database->prepare("SELECT count(*) FROM " + table);
  REQUIRE(*select.step());
  return select.integer(0);
}

std::vector<cs::TwinPair> pairs(Desk& desk) {
  while (*desk.records.read_twins(1)) {
  }
  return desk.records.twins(100)->pairs;
}

TEST_CASE("records that came are read in slices of the size asked for") {
  Desk desk;
  for (int i = 0; i < 5; ++i)
    desk.member("同名");
  CHECK(count(desk, "twin_todo") == 5);
  CHECK(desk.records.twins(10)->unread);
  CHECK(*desk.records.read_twins(0));  // only asks
  CHECK(*desk.records.unread_twins() == 5);
  CHECK(*desk.records.read_twins(3));
  CHECK(*desk.records.unread_twins() == 2);
  CHECK(count(desk, "twin_todo") == 2);
  CHECK_FALSE(*desk.records.read_twins(2));
  CHECK(count(desk, "twin_todo") == 0);
  CHECK(desk.records.twins(100)->pairs.size() == 10);
  CHECK_FALSE(desk.records.twins(100)->unread);
}

TEST_CASE("what a record was known by is gone with the change, and with the record") {
  Desk desk;
  const Id id = desk.put("member", Id{},
                         {{"name", "赵连心"},
                          {"home_village_id", kVillageCode},
                          {"born_on", "1979-03"},
                          {"id_no", "220699197903050015"}})
                    .records.front();
  CHECK(pairs(desk).empty());
  CHECK(count(desk, "twin_key") == 3);
  desk.put("member", id, {{"id_no", ""}});
  CHECK(count(desk, "twin_key") == 0);
  CHECK(pairs(desk).empty());
  CHECK(count(desk, "twin_key") == 2);
  CHECK(desk.problems().empty());
  auto transaction = lianxin::store::Transaction::begin(*desk.database);
  REQUIRE(desk.impl->remove(id).ok());
  REQUIRE(transaction->commit().ok());
  CHECK(count(desk, "twin_key") == 0);
  CHECK(desk.problems().empty());
  CHECK(pairs(desk).empty());  // the list may name it until then
  CHECK(count(desk, "twin_todo") == 0);
  CHECK(count(desk, "twin_key") == 0);
}

TEST_CASE("who is noted again and again is read once, and the list is worked off in the order of arrival") {
  Desk desk;
  const Id first = desk.member("赵连心");
  desk.member("钱守信");
  for (const char* born : {"1979-03", "1979-04", "1979-05"})
    desk.put("member", first, {{"born_on", born}});
  CHECK(count(desk, "twin_todo") == 5);
  CHECK(desk.problems().empty());
  CHECK(*desk.records.read_twins(2));
  CHECK(count(desk, "twin_key WHERE record = (SELECT id FROM record WHERE number = 1)") == 2);
  CHECK(count(desk, "twin_key") == 3);
  CHECK(desk.problems().empty());
  CHECK_FALSE(*desk.records.read_twins(3));
  CHECK(count(desk, "twin_key") == 3);
  CHECK(desk.problems().empty());
}

TEST_CASE("whom an earlier program had noted in the order of ids stands in that of arrival from then on") {
  Desk desk;
  std::vector<Id> ids;
  for (const char* name : {"甲", "乙", "丙", "丁"})
    ids.push_back(desk.member(name));
  CHECK(*desk.records.read_twins(2));
  REQUIRE(desk.database
              ->exec("DROP TABLE twin_todo; CREATE TABLE twin_todo(record BLOB PRIMARY KEY) WITHOUT ROWID;"
                     "INSERT INTO twin_todo SELECT id FROM record WHERE number > 2;"
                     "INSERT INTO twin_todo VALUES(x'00112233445566778899aabbccddeeff');"
                     "DROP TRIGGER told_state_stays; DROP TRIGGER told_state_outlives;"
                     "PRAGMA user_version = 28")
              .ok());
  const auto again = cs::RecordsImpl::open(*desk.database, desk.clock);
  REQUIRE(again.ok());
  std::vector<Id> noted;
  auto select = desk.database->prepare("SELECT record FROM twin_todo ORDER BY seq");
  REQUIRE(lianxin::store::each_row(select, [&] { noted.push_back(select.id(0)); }).ok());
  CHECK(noted == std::vector<Id>{ids[2], ids[3]});
  CHECK(desk.problems().empty());
  CHECK(pairs(desk).empty());
  CHECK(count(desk, "twin_key") == 4);
}

TEST_CASE("verify finds keys that are not of the record's values") {
  Desk desk;
  desk.member("赵连心");
  CHECK(pairs(desk).empty());
  CHECK(desk.problems().empty());
  REQUIRE(desk.database->exec("UPDATE twin_key SET key = x'31'").ok());
  CHECK(desk.problems().size() == 1);
}

struct Parcels {
  Desk a{1, "0199aaaa-0000-7000-8000-000000000001"};
  Desk b{2, "0199aaaa-0000-7000-8000-000000000002"};
  SmallServer server;
  Parcels() { b.clock.advance(600'000); }
  Id member = a.member("赵连心");
  Id pack = material("学习资料包");
  void settle() {
    for (int round = 0; round < 2; ++round) {
      for (Desk* desk : {&a, &b}) {
        desk->push(server);
        desk->pull(server);
      }
    }
  }
  Id material(const std::string& name) {
    return a.put("material", Id{}, {{"name", name}, {"kind", "study_pack"}}).records.front();
  }
  Id parcel(Desk& desk, const Id& to, const std::string& on, const Id& what,
            const std::string& version = "") const {
    const Id id =
        desk.put("delivery", Id{}, {{"member_id", to.text()}, {"dispatched_on", on}}).records.front();
    desk.put(
        "delivery_line", Id{},
        {{"delivery_id", id.text()}, {"material_id", what.text()}, {"qty", "1"}, {"title_version", version}});
    return id;
  }
};

TEST_CASE(
    "two parcels of one tracking number may be one, whoever they are for, until somebody says that they are "
    "not") {
  Parcels p;
  p.settle();
  const auto sent = [&](Desk& desk, const Id& to, const std::string& carrier, const std::string& number) {
    return desk
        .put("delivery", Id{}, {{"member_id", to.text()}, {"carrier", carrier}, {"tracking_no", number}})
        .records.front();
  };
  const Id first = sent(p.a, p.member, "顺丰", "SF100");
  sent(p.a, p.member, "顺丰", "SF101");
  sent(p.a, p.member, "邮政", "SF100");
  p.settle();
  CHECK(pairs(p.a).empty());
  const Id other = sent(p.b, p.b.member("王福来"), "顺丰", "SF100");
  p.settle();
  const auto found = pairs(p.a);
  REQUIRE(found.size() == 1);
  CHECK(found[0].one == first);
  CHECK(found[0].other == other);
  REQUIRE(found[0].reasons.size() == 1);
  CHECK(found[0].reasons[0].key == "tracking");
  CHECK(p.a.problems().empty());
  // A store that an older program read is read again, once.
  REQUIRE(
      p.a.database
          ->exec(
              "DELETE FROM twin_key; DELETE FROM twin_shared; DELETE FROM meta WHERE name = 'tracking_read'")
          .ok());
  CHECK(pairs(p.a).empty());
  REQUIRE(cs::RecordsImpl::open(*p.a.database, p.a.clock).ok());
  CHECK(pairs(p.a).size() == 1);
  REQUIRE(p.a.records.say_twins(first, other, cs::TwinWord::kDifferent).ok());
  CHECK(pairs(p.a).empty());
}

TEST_CASE("one thing for one person entered by two people within thirty days may be one delivery") {
  Parcels p;
  p.settle();
  const Id first = p.parcel(p.a, p.member, "2026-08-01", p.pack);
  const Id again = p.parcel(p.a, p.member, "2026-08-01", p.pack);  // by the same hand: he knows
  p.settle();
  CHECK(pairs(p.a).empty());
  const Id other = p.parcel(p.b, p.member, "2026-08-31", p.pack);
  p.settle();
  auto found = pairs(p.a);
  REQUIRE(found.size() == 2);
  CHECK(found[0].kind == "delivery");
  CHECK(found[0].one == first);
  CHECK(found[0].other == other);
  CHECK(found[0].likeness == domain::Likeness::kWeak);
  REQUIRE(found[0].reasons.size() == 1);
  CHECK(found[0].reasons[0].args[0].value == "学习资料包");
  CHECK(found[0].reasons[0].args[1].value == "30");
  p.b.put("delivery", other, {{"dispatched_on", "2026-08-03"}});
  p.settle();
  found = pairs(p.a);
  REQUIRE(found.size() == 2);
  CHECK(found[0].likeness == domain::Likeness::kLikely);
  p.b.put("delivery", other, {{"dispatched_on", "2026-09-02"}});
  p.settle();
  CHECK(pairs(p.a).empty());
  // Another thing, another edition, or sent again on purpose.
  p.parcel(p.b, p.member, "2026-08-01", p.material("红色包裹"));
  p.settle();
  CHECK(pairs(p.a).empty());
  (void)again;
}

TEST_CASE("another edition is another thing, and what was sent again on purpose is no double") {
  Parcels p;
  p.settle();
  const Id first = p.parcel(p.a, p.member, "2026-08-01", p.pack, "1");
  const Id second = p.parcel(p.b, p.member, "2026-08-02", p.pack, "2");
  p.settle();
  CHECK(pairs(p.b).empty());
  const Id third = p.parcel(p.b, p.member, "2026-08-02", p.pack, "1");
  p.settle();
  CHECK(pairs(p.b).size() == 1);
  p.b.put("delivery", third, {{"resend_of", first.text()}});
  p.settle();
  CHECK(pairs(p.b).empty());
  (void)second;
}

TEST_CASE("parcels to two records of one person meet once it is said that they are one; one of them counts") {
  Parcels p;
  const Id other = p.b.member("赵联心");
  p.settle();
  const Id first = p.parcel(p.a, p.member, "2026-08-01", p.pack);
  const Id second = p.parcel(p.b, other, "2026-08-02", p.pack);
  p.settle();
  CHECK(pairs(p.a).empty());
  REQUIRE(p.a.records.say_twins(p.member, other, cs::TwinWord::kSame).ok());
  const auto found = pairs(p.a);
  REQUIRE(found.size() == 1);
  CHECK(found[0].one == first);
  CHECK(found[0].other == second);
  REQUIRE(p.a.records.say_twins(first, second, cs::TwinWord::kSame).ok());
  CHECK(pairs(p.a).empty());
  CHECK((*p.a.records.get(second))->cluster == std::vector<Id>{first, second});
  cs::ListQuery query;
  query.kind = "delivery";
  CHECK(p.a.records.list(query)->size() == 1);
  query.with_aliased = true;
  CHECK(p.a.records.list(query)->size() == 2);
  REQUIRE(p.a.records.say_twins(p.member, other, cs::TwinWord::kUnsaid).ok());
  p.settle();
  CHECK(pairs(p.b).empty());
  CHECK(p.a.problems().empty());
  CHECK(p.b.problems().empty());
}

struct Visits : Parcels {
  Id brother = a.member("赵连山");
  Visits() { settle(); }
  Id visit(Desk& desk, const std::vector<Id>& whom, const std::string& on, const std::string& began = "",
           const std::string& ended = "", const std::string& mode = "door") const {
    std::vector<std::pair<std::string, std::string>> fields = {
        {"occurred_on", on}, {"mode", mode}, {"outcome", "met"}};
    for (const Id& id : whom)
      fields.emplace_back("members+", id.text());
    if (!began.empty()) fields.emplace_back("began", began);
    if (!ended.empty()) fields.emplace_back("ended", ended);
    return desk.put("visit", Id{}, fields).records.front();
  }
  std::vector<std::string> asked(Desk& desk) {
    settle();
    std::vector<std::string> out;
    for (const cs::TwinPair& pair : pairs(desk)) {
      CHECK(pair.kind == "visit");
      REQUIRE(pair.reasons.size() == 2);
      CHECK((pair.likeness == domain::Likeness::kLikely) ==
            (pair.reasons[0].key == "visit" && pair.reasons[1].key == "visit_by_two"));
      out.push_back(pair.reasons[0].key + " " + pair.reasons[1].key);
    }
    return out;
  }
};

using Asked = std::vector<std::string>;

TEST_CASE("two visits to one person on one day may be one occasion, by two workers or by one twice") {
  Visits v;
  const Id first = v.visit(v.a, {v.member}, "2026-09-01");
  const Id second = v.visit(v.b, {v.member}, "2026-09-01");
  CHECK(v.asked(v.a) == Asked{"visit visit_by_two"});
  CHECK(v.asked(v.b) == Asked{"visit visit_by_two"});
  v.b.put("visit", second, {{"occurred_on", "2026-09-02"}});
  CHECK(v.asked(v.a).empty());
  const Id again = v.visit(v.a, {v.member}, "2026-09-01");
  CHECK(v.asked(v.a) == Asked{"visit visit_by_one"});
  // A household: the brother alone is another door for a person to judge.
  v.a.put("visit", again, {{"occurred_on", "2026-09-03"}});
  v.visit(v.b, {v.brother, v.member}, "2026-09-03");
  CHECK(v.asked(v.a) == Asked{"visit_some visit_by_two"});
  CHECK(v.a.problems().empty());
  CHECK(v.b.problems().empty());
  (void)first;
}

TEST_CASE(
    "hours that do not meet are two occasions, and so are a visit and a call; unknown hours are asked") {
  Visits v;
  v.visit(v.a, {v.member}, "2026-09-01", "08:00", "09:00");
  const Id second = v.visit(v.b, {v.member}, "2026-09-01", "09:00", "10:00");
  CHECK(v.asked(v.a).empty());
  v.b.put("visit", second, {{"began", "08:59"}});
  CHECK(v.asked(v.a) == Asked{"visit visit_by_two"});
  v.b.put("visit", second, {{"began", ""}});  // when it began is not known: it may be
  CHECK(v.asked(v.a) == Asked{"visit visit_by_two"});
  v.b.put("visit", second, {{"mode", "phone"}});
  CHECK(v.asked(v.a).empty());
}

TEST_CASE("one of two visits that are one occasion counts; what is said elsewhere or void is not asked") {
  Visits v;
  const Id first = v.visit(v.a, {v.member}, "2026-09-01");
  const Id second = v.visit(v.b, {v.member}, "2026-09-01");
  REQUIRE(v.asked(v.a).size() == 1);
  REQUIRE(v.a.records.say_twins(first, second, cs::TwinWord::kSame).ok());
  CHECK(v.asked(v.b).empty());
  cs::ListQuery query;
  query.kind = "visit";
  CHECK(v.b.records.list(query)->size() == 1);
  CHECK((*v.b.records.get(second))->cluster == std::vector<Id>{first, second});
  REQUIRE(v.a.records.say_twins(first, second, cs::TwinWord::kUnsaid).ok());
  CHECK(v.asked(v.b).size() == 1);
  v.b.put("visit", second, {{"duplicate_of", first.text()}});
  CHECK(v.asked(v.a).empty());
  v.b.put("visit", second, {{"duplicate_of", ""}});
  CHECK(v.asked(v.a).size() == 1);
  REQUIRE(v.b.records.void_record(second, "重复").ok());
  CHECK(v.asked(v.a).empty());
  CHECK(v.a.problems().empty());
  CHECK(v.b.problems().empty());
}

TEST_CASE("visits to two records of one person meet once they are one, whoever else was visited") {
  Visits v;
  const Id other = v.b.member("赵联心");
  v.settle();
  // Named second in both: the visit hangs on the brother.
  v.visit(v.a, {v.brother, v.member}, "2026-09-01");
  v.visit(v.b, {v.brother, other}, "2026-09-01");
  CHECK(v.asked(v.a) == Asked{"visit_some visit_by_two"});
  REQUIRE(v.a.records.say_twins(v.member, other, cs::TwinWord::kSame).ok());
  CHECK(v.asked(v.a) == Asked{"visit visit_by_two"});
  CHECK(v.a.problems().empty());
  REQUIRE(v.a.records.say_twins(v.member, other, cs::TwinWord::kUnsaid).ok());
  CHECK(v.asked(v.a) == Asked{"visit_some visit_by_two"});
  CHECK(v.a.problems().empty());
  CHECK(v.b.problems().empty());
}

}  // namespace
