// Void and confirm; resolving is in record_conflicts_test.cpp.
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

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

}  // namespace
