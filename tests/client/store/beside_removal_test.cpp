// What is added to a record beside its removal is a person's to decide (sync.md 3.5).
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/client/store/two_desks.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

Id visit_by(Desk& desk, const Id& member) {
  return desk
      .put("visit", Id{}, {{"members", member.text()}, {"occurred_on", "2026-02-02"}, {"outcome", "met"}})
      .records.front();
}

void check_verified(Two& two) {
  for (Desk* desk : {&two.a, &two.b})
    CHECK(desk->problems().empty());
}

TEST_CASE("a visit made beside the void of its member is a person's to decide, on every laptop alike") {
  Two two;
  (void)visit_by(two.a, two.member);
  two.settle();
  REQUIRE(two.a.records.void_record(two.member, "登记错误").ok());
  CHECK(two.a.records.conflicts()->empty());  // what was shown is no rival
  const Id visit = visit_by(two.b, two.member);
  two.settle();
  for (Desk* desk : {&two.a, &two.b}) {
    const auto conflicts = desk->records.conflicts();
    REQUIRE(conflicts->size() == 1);
    const cs::ConflictItem& item = conflicts->front();
    CHECK(item.what == sync::merge::ConflictKind::kDelete);
    CHECK(item.record == two.member);
    CHECK(item.element == visit.text());
    CHECK(item.field == "voided");
    CHECK(item.shown == "登记错误");
    REQUIRE(item.heads.size() == 2);
    CHECK(std::any_of(item.heads.begin(), item.heads.end(),
                      [](const cs::RivalValue& rival) { return rival.field == "visit"; }));
    CHECK(desk->records.status()->conflicts == 1);
  }
  CHECK(two.a.records.conflicts()->front().id == two.b.records.conflicts()->front().id);
  check_verified(two);

  SUBCASE("looked at, the member stays voided") {
    cs::ResolveHow how;
    how.kind = cs::ResolveHow::Kind::kLookedAt;
    REQUIRE(two.b.records.resolve(two.b.records.conflicts()->front().id, how).ok());
    two.settle();
    check_settled_and_voided(two);
  }
  SUBCASE("the visit taken, the member is back") {
    cs::ResolveHow how;
    const auto conflicts = two.a.records.conflicts();
    for (const cs::RivalValue& rival : conflicts->front().heads) {
      if (rival.field == "visit") how.take = rival.change;
    }
    REQUIRE(two.a.records.resolve(two.a.records.conflicts()->front().id, how).ok());
    two.settle();
    CHECK(two.a.records.conflicts()->empty());
    CHECK(two.b.records.conflicts()->empty());
    CHECK_FALSE((*two.b.records.get(two.member))->voided);
  }
  SUBCASE("the visit voided too, nothing is left to ask") {
    REQUIRE(two.b.records.void_record(visit, "重复").ok());
    two.settle();
    check_settled_and_voided(two);
  }
  check_verified(two);
}

TEST_CASE("who amends what he himself has voided knows that it is void: nothing is asked of him or anybody") {
  Two two;
  const Id visit = visit_by(two.a, two.member);
  two.settle();
  REQUIRE(two.a.records.void_record(visit, "记错了人").ok());
  two.a.put("visit", visit, {{"content", "谈了话"}, {"occurred_on", "2026-02-03"}});
  CHECK(two.a.records.conflicts()->empty());
  two.settle();
  for (Desk* desk : {&two.a, &two.b}) {
    CHECK(desk->records.conflicts()->empty());
    CHECK((*desk->records.get(visit))->voided);
    CHECK(desk->value(visit, "occurred_on") == "2026-02-03");
  }
  check_verified(two);
}

TEST_CASE("a form that was open before the void came stands beside it") {
  Two two;
  two.settle();
  cs::ShownHeads shown;
  REQUIRE(two.b.records.show(two.member, shown).ok());
  REQUIRE(two.a.records.void_record(two.member, "登记错误").ok());
  two.settle();
  two.b.put("member", two.member, {{"home_address", "1组"}}, &shown);
  CHECK(two.b.records.conflicts()->size() == 1);
  two.settle();
  CHECK(two.a.records.conflicts()->size() == 1);
  // Who has seen it may go on.
  two.a.put("member", two.member, {{"home_address", "2组"}});
  CHECK(two.a.records.conflicts()->empty());
  two.settle();
  CHECK(two.b.records.conflicts()->empty());
  check_verified(two);
}

TEST_CASE(
    "who removes a record with more below it than one write can name leaves nobody's addition unasked") {
  Two two;
  constexpr std::size_t kMany = sync::change::kSeenMax + 100;
  std::vector<cs::Edit> visits;
  for (std::size_t i = 0; i < kMany; ++i)
    visits.push_back(two.a.edit(
        "visit", Id{}, {{"members", two.member.text()}, {"occurred_on", "2026-02-02"}, {"outcome", "met"}}));
  REQUIRE(two.a.records.save(visits)->ok);
  two.settle();
  const auto removed = two.a.records.void_record(two.member, "登记错误");
  REQUIRE(removed.ok());
  CHECK(two.a.records.conflicts()->empty());  // all of it was shown
  const Id visit = visit_by(two.b, two.member);
  two.settle();
  for (Desk* desk : {&two.a, &two.b}) {
    const auto conflicts = desk->records.conflicts();
    REQUIRE(conflicts->size() == 1);
    CHECK(conflicts->front().element == visit.text());
    CHECK(desk->records.history(two.member)->back().writes.size() == 1);  // nothing but the void is told
  }
  const auto back = two.a.records.undo(removed->undo_token);
  REQUIRE(back.ok());
  CHECK(two.a.records.conflicts()->empty());
  CHECK_FALSE((*two.a.records.get(two.member))->voided);
  REQUIRE(two.a.records.undo(back->undo_token).ok());
  two.settle();
  CHECK((*two.b.records.get(two.member))->voided);
  CHECK(two.b.records.conflicts()->empty());  // and with it the visit was shown
  check_verified(two);
}

}  // namespace
