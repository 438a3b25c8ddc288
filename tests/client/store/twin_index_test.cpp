// Keys are made in slices, follow their records, and never keep what was erased.
#include "client/store/twin_index.hpp"

#include <doctest/doctest.h>

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
  CHECK(count(desk, "twin_todo") == 5);
  CHECK(*desk.records.read_twins(3));
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
  CHECK(count(desk, "twin_todo") == 0);
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

}  // namespace
