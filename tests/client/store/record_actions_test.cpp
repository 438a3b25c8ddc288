// Void and confirm; resolving is in record_conflicts_test.cpp.
#include <doctest/doctest.h>

#include "tests/client/store/two_desks.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a confirmation stands until somebody writes the field anew") {
  Desk desk;
  const Id id = desk.member("李四");
  desk.put("member", id, {{"home_address", "东街"}});
  const auto saved = desk.records.confirm(id, {"home_address", "post_code"}, {}, Date{2026, 9, 21});
  REQUIRE(saved.ok());
  CHECK(saved->changes.size() == 1);
  CHECK((*desk.records.get(id))->fields.at("home_address").confirmed_on == "2026-09-21");
  desk.put("member", id, {{"home_address", "西街"}});
  CHECK((*desk.records.get(id))->fields.at("home_address").confirmed_on.empty());
  CHECK(desk.records.confirm(id, {"nothing"}, {}, Date{2026, 9, 21}).error().code == "record.field");
}

TEST_CASE("a void is taken back") {
  Desk desk;
  const Id id = desk.member("李四");
  const auto voided = desk.records.void_record(id, "登记错误");
  REQUIRE(voided.ok());
  CHECK((*desk.records.get(id))->voided);
  REQUIRE(desk.records.undo(voided->undo_token).ok());
  CHECK(!(*desk.records.get(id))->voided);
  CHECK(desk.records.void_record(id, " ").error().code == "record.void_reason");
}

TEST_CASE(
    "a void names what its author was shown: what a colleague wrote meanwhile is a person's to decide") {
  Two two;
  two.settle();
  const auto shown_at = [&] {
    cs::ShownHeads shown;
    REQUIRE(two.a.records.show(two.member, shown).ok());
    return shown;
  };
  const cs::ShownHeads before = shown_at();
  two.b.put("member", two.member, {{"home_address", "新址"}});
  two.settle();
  REQUIRE(two.a.records.void_record(two.member, "登记错误", &before).ok());
  const auto asked = two.a.records.conflicts();
  REQUIRE(asked->size() == 1);
  CHECK(asked->front().what == sync::merge::ConflictKind::kDelete);

  const cs::ShownHeads now = shown_at();
  cs::ResolveHow how;
  how.kind = cs::ResolveHow::Kind::kLookedAt;
  how.shown = &now;
  SUBCASE("and once it was looked at, it is settled") {
    REQUIRE(two.a.records.resolve(asked->front().id, how).ok());
    CHECK(two.a.records.conflicts()->empty());
  }
  SUBCASE("but for what came while that was decided") {
    two.b.put("member", two.member, {{"post_code", "135200"}});
    two.settle();
    REQUIRE(two.a.records.conflicts()->size() == 1);
    REQUIRE(two.a.records.resolve(two.a.records.conflicts()->front().id, how).ok());
    CHECK(two.a.records.conflicts()->size() == 1);
  }
  two.settle();
  CHECK(two.a.problems().empty());
  CHECK(two.b.problems().empty());
}

}  // namespace
