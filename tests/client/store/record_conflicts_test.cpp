// Conflicts arise and end; losses are told (sync.md 3.4, 3.5).
#include <doctest/doctest.h>

#include "tests/client/store/two_desks.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("two addresses stand side by side on both laptops until one is taken; the loser is told once") {
  Two two;
  two.disagree("home_address", "A 路 1 号", "B 路 2 号");
  for (Desk* desk : {&two.a, &two.b}) {
    const auto conflicts = desk->records.conflicts();
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().heads.size() == 2);
    CHECK(conflicts->front().before == "三合村1组3号");
    CHECK((*desk->records.get(two.member))->fields.at("home_address").dispute);
    CHECK(desk->records.status()->conflicts == 1);
  }
  CHECK(two.a.records.conflicts()->front().id == two.b.records.conflicts()->front().id);
  const auto conflict = two.a.records.conflicts()->front();
  cs::ResolveHow how;
  for (const cs::RivalValue& rival : conflict.heads) {
    if (rival.value == "A 路 1 号") how.take = rival.change;
  }
  how.note = "上门看过";
  REQUIRE(two.a.records.resolve(conflict.id, how).ok());
  two.settle();
  for (Desk* desk : {&two.a, &two.b}) {
    CHECK(desk->records.conflicts()->empty());
    CHECK(desk->value(two.member, "home_address") == "A 路 1 号");
    CHECK(desk->problems().empty());
  }
  CHECK(two.a.records.told()->empty());
  const auto told = two.b.records.told();
  REQUIRE(told->size() == 1);
  CHECK(told->front().mine == "B 路 2 号");
  CHECK(told->front().now == "A 路 1 号");
  CHECK(told->front().note == "上门看过");
  REQUIRE(two.b.records.dismiss_told(told->front().id).ok());
  CHECK(two.b.records.told()->empty());
  CHECK(two.b.records.dismiss_told(told->front().id).error().code == "told.unknown");
}

TEST_CASE("of many conflicts the first are read, and what was put off stands after all others") {
  Two two;
  two.disagree("home_address", "A 路 1 号", "B 路 2 号");
  two.disagree("current_address", "A 路 1 号", "B 路 2 号");
  two.disagree("name", "赵甲", "赵乙");
  const auto ids = [&](std::size_t limit) {
    std::vector<std::string> out;
    const auto conflicts = two.a.records.conflicts(limit);
    for (const cs::ConflictItem& one : *conflicts)
      out.push_back(one.id);
    return out;
  };
  std::vector<std::string> all = ids(100);
  REQUIRE(all.size() == 3);
  CHECK(ids(2) == std::vector<std::string>{all[0], all[1]});
  const auto listed_all = two.a.records.conflicts();
  for (const cs::ConflictItem& listed : *listed_all) {
    const auto one = two.a.records.conflict(listed.id);
    REQUIRE(*one);
    CHECK((*one)->field == listed.field);
    CHECK((*one)->before == listed.before);
    CHECK((*one)->heads.size() == 2);
  }
  CHECK_FALSE(*two.a.records.conflict("none"));
  CHECK(ids(0).empty());
  REQUIRE(two.a.records.postpone(all[0]).ok());
  CHECK(ids(100) == std::vector<std::string>{all[1], all[2], all[0]});
  CHECK(ids(1) == std::vector<std::string>{all[1]});
}

TEST_CASE("what both saw is the value before both, not a later one that only one of them had seen") {
  Two two;
  two.a.put("member", two.member, {{"home_address", "A 先改的"}});
  two.a.put("member", two.member, {{"home_address", "A 后改的"}});
  two.b.put("member", two.member, {{"home_address", "B 改的"}});
  two.settle();
  for (Desk* desk : {&two.a, &two.b}) {
    const auto conflicts = desk->records.conflicts();
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().before == "三合村1组3号");
  }
}

TEST_CASE("where neither saw what the other began from, nothing is said to have been before") {
  Two two;
  two.disagree("current_address", "甲写的", "乙写的");
  const auto conflicts = two.a.records.conflicts();
  REQUIRE(conflicts->size() == 1);
  CHECK_FALSE(conflicts->front().before.has_value());
  two.a.put("member", two.member, {{"standing", "stopped"}});
  two.b.put("member", two.member, {{"standing_doc_no", "县字9号"}});
  two.settle();
  const auto grouped = two.a.records.conflicts();
  REQUIRE(grouped->size() == 2);
  for (const cs::ConflictItem& conflict : *grouped)
    CHECK_FALSE(conflict.before.has_value());
}

TEST_CASE("ordinary editing of a settled value by somebody else is no loss") {
  Two two;
  two.b.put("member", two.member, {{"home_address", "搬家了"}});
  two.settle();
  CHECK(two.a.value(two.member, "home_address") == "搬家了");
  CHECK(two.a.records.told()->empty());
}

TEST_CASE("two resolutions at once are a conflict again, which the next one ends") {
  Two two;
  two.disagree("home_address", "甲的", "乙的");
  for (Desk* desk : {&two.a, &two.b}) {
    cs::ResolveHow how;
    how.kind = cs::ResolveHow::Kind::kValue;
    how.value = desk == &two.a ? "甲说了算" : "乙说了算";
    REQUIRE(desk->records.resolve(desk->records.conflicts()->front().id, how).ok());
  }
  two.settle();
  REQUIRE(two.a.records.conflicts()->size() == 1);
  cs::ResolveHow how;
  how.kind = cs::ResolveHow::Kind::kValue;
  how.value = "商量好的";
  REQUIRE(two.a.records.resolve(two.a.records.conflicts()->front().id, how).ok());
  two.settle();
  CHECK(two.b.records.conflicts()->empty());
  CHECK(two.b.value(two.member, "home_address") == "商量好的");
}

TEST_CASE("fields of one group changed apart wait for a look, and a look ends it") {
  Two two;
  two.a.put("member", two.member, {{"standing", "stopped"}});
  two.b.put("member", two.member, {{"standing_doc_no", "县字9号"}});
  two.settle();
  const auto conflicts = two.b.records.conflicts();
  REQUIRE(conflicts->size() == 1);
  CHECK(conflicts->front().what == sync::merge::ConflictKind::kGroup);
  cs::ResolveHow how;
  how.kind = cs::ResolveHow::Kind::kLookedAt;
  REQUIRE(two.b.records.resolve(conflicts->front().id, how).ok());
  two.settle();
  CHECK(two.a.records.conflicts()->empty());
  CHECK(two.a.value(two.member, "standing_doc_no") == "县字9号");
}

void decide_first(Two& two, const std::vector<cs::ConflictItem>& conflicts) {
  cs::ResolveHow how;
  how.take = conflicts.front().heads.front().change;
  REQUIRE(two.b.records.resolve(conflicts.front().id, how).ok());
  two.settle();
}

TEST_CASE("deciding between two voids knows what stands in the record, and nothing is asked again") {
  Two two;
  REQUIRE(two.a.records.void_record(two.member, "登记错误").ok());
  REQUIRE(two.b.records.void_record(two.member, "重复登记").ok());
  two.settle();
  const auto conflicts = two.b.records.conflicts();
  REQUIRE(conflicts->size() == 1);
  CHECK(conflicts->front().what == sync::merge::ConflictKind::kValues);
  decide_first(two, *conflicts);
  check_settled_and_voided(two);
}

TEST_CASE("deciding between two values of a voided record does not ask again whether it is voided") {
  Two two;
  two.disagree("home_address", "A 路 1 号", "B 路 2 号");
  two.disagree("standing", "stopped", "kept");  // a field of a group
  REQUIRE(two.a.records.void_record(two.member, "登记错误").ok());
  two.settle();
  for (std::size_t left = 2; left > 0; --left) {
    const auto conflicts = two.b.records.conflicts();
    REQUIRE(conflicts->size() == left);
    decide_first(two, *conflicts);
  }
  check_settled_and_voided(two);
}

TEST_CASE("an edit beside a void is a person's to decide; bringing the record back ends it") {
  Two two;
  REQUIRE(two.a.records.void_record(two.member, "登记错误").ok());
  two.b.put("member", two.member, {{"home_address", "新址"}});
  two.settle();
  CHECK((*two.b.records.get(two.member))->voided);
  const auto conflicts = two.b.records.conflicts();
  REQUIRE(conflicts->size() == 1);
  CHECK(conflicts->front().what == sync::merge::ConflictKind::kDelete);
  cs::ResolveHow how;
  how.kind = cs::ResolveHow::Kind::kValue;
  REQUIRE(two.b.records.resolve(conflicts->front().id, how).ok());
  two.settle();
  CHECK(two.a.records.conflicts()->empty());
  CHECK(!(*two.a.records.get(two.member))->voided);
}

TEST_CASE("an edit beside the void of a file that is all hardship is decided like any other") {
  Two two;
  const Id file = two.a
                      .put("hardship_record", Id{},
                           {{"member_id", two.member.text()}, {"active", "1"}, {"description", "旧病"}})
                      .records.front();
  two.settle();
  REQUIRE(two.a.records.void_record(file, "登记错误").ok());
  two.b.put("hardship_record", file, {{"description", "又摔伤"}});
  two.settle();
  const auto conflicts = two.b.records.conflicts();
  REQUIRE(conflicts->size() == 1);
  CHECK(conflicts->front().what == sync::merge::ConflictKind::kDelete);
  cs::ResolveHow how;
  how.kind = cs::ResolveHow::Kind::kLookedAt;
  REQUIRE(two.b.records.resolve(conflicts->front().id, how).ok());
  two.settle();
  CHECK(two.a.records.conflicts()->empty());
  CHECK((*two.a.records.get(file))->voided);
}

TEST_CASE("a postponed conflict goes to the end and changes nothing of the record") {
  Two two;
  two.disagree("home_address", "甲", "乙");
  two.disagree("post_code", "一", "二");
  const auto first = two.a.records.conflicts()->front();
  const std::string before = two.a.dump();
  REQUIRE(two.a.records.postpone(first.id).ok());
  CHECK(two.a.records.conflicts()->back().id == first.id);
  CHECK(two.a.records.conflicts()->back().postponed);
  CHECK(two.a.dump() == before);
}

TEST_CASE("what is no conflict, no rival or no set is said") {
  Two two;
  two.disagree("home_address", "甲", "乙");
  cs::ResolveHow how;
  how.take = {{9}, 9};
  const std::string id = two.a.records.conflicts()->front().id;
  CHECK(two.a.records.resolve("nothing", how).error().code == "conflict.unknown");
  CHECK(two.a.records.resolve(id, how).error().code == "conflict.value");
  how.kind = cs::ResolveHow::Kind::kBoth;
  CHECK(two.a.records.resolve(id, how).error().code == "conflict.both");
}

}  // namespace
