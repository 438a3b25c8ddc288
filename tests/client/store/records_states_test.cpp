// Which class states are written out, and which lie in the log (told_state.hpp).
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Classes of the record whose base is a change of the log, and all that have one.
std::pair<std::int64_t, std::int64_t> told_of(Desk& desk, const Id& record) {
  auto select = desk.database->prepare(
      "SELECT sum(typeof(s.base) = 'integer'), count(*) FROM state s JOIN record r ON r.number = s.place >> "
      "8 "
      "WHERE r.id = ? AND s.base <> x''");
  REQUIRE(*select.bind(1, record).step());
  return {select.integer(0), select.integer(1)};
}

struct Two {
  SmallServer server;
  Desk a{1, "0199aaaa-0000-7000-8000-000000000001"};
  Desk b{2, "0199aaaa-0000-7000-8000-000000000002"};
};

TEST_CASE(
    "one change of a class is not written once more, on either laptop; a second one writes the state out") {
  Two two;
  const Id member = two.a.member("赵一");
  two.a.push(two.server);
  two.a.pull(two.server);
  two.b.pull(two.server);
  for (Desk* desk : {&two.a, &two.b}) {
    const auto [told, all] = told_of(*desk, member);
    CHECK(told == all);
    CHECK(all > 0);
  }
  const std::int64_t before = told_of(two.b, member).first;
  two.a.put("member", member, {{"name", "赵一一"}});
  two.a.push(two.server);
  two.b.pull(two.server);
  CHECK(told_of(two.b, member).first == before - 1);
  CHECK(two.b.value(member, "name") == "赵一一");
  CHECK(two.b.problems().empty());
}

TEST_CASE("own work over such a state leaves it where it is, and so does making everything anew") {
  Two two;
  const Id member = two.a.member("赵一");
  two.a.push(two.server);
  two.b.pull(two.server);
  const auto before = told_of(two.b, member);
  two.b.put("member", member, {{"name", "赵二"}});
  CHECK(told_of(two.b, member) == before);
  REQUIRE(two.b.impl->rebuild().ok());
  CHECK(told_of(two.b, member) == before);
  CHECK(two.b.value(member, "name") == "赵二");
  CHECK(two.b.problems().empty());
}

TEST_CASE("a state that waits for another change is written out") {
  Two two;
  const Id member = two.a.member("赵一");
  two.a.put("member", member, {{"name", "赵二"}});
  const auto& entries = two.a.tail.entries;
  REQUIRE(entries.size() > 1);
  two.server.push(entries.back());
  for (const cs::JournalEntry& entry : entries)
    two.server.push(entry);
  two.b.pull(two.server, 1);
  CHECK(told_of(two.b, member) == std::pair<std::int64_t, std::int64_t>{0, 1});
  CHECK(two.b.problems().empty());
  two.b.pull(two.server);
  CHECK(two.b.value(member, "name") == "赵二");
  CHECK(two.b.problems().empty());
}

TEST_CASE("a state that is not what the change makes any more is written out") {
  Two two;
  const Id member = two.a.member("赵一");
  two.a.push(two.server);
  two.b.pull(two.server);
  auto box = two.b.impl->load(member);
  REQUIRE(box.ok());
  for (auto& [privacy, owner] : box->base.classes) {
    for (auto& [id, meta] : owner.metas)
      meta.effective_ms += 1;
  }
  box->shown.classes = box->base.classes;
  REQUIRE(two.b.impl->store(*box).ok());
  CHECK(told_of(two.b, member).first == 0);
  const auto again = two.b.impl->load(member);
  REQUIRE(again.ok());
  CHECK(again->base.classes == box->base.classes);
}

}  // namespace
