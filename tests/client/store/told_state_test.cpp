// States that lie in the log as the one change that makes them.
#include "client/store/told_state.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A laptop that has read one member of another's hand.
struct Reader {
  Reader() {
    member = writer.member("赵一");
    writer.push(server);
    desk.pull(server);
  }
  [[nodiscard]] std::int64_t told() {
    auto select = desk.database->prepare("SELECT count(*) FROM state WHERE typeof(base) = 'integer'");
    REQUIRE(*select.step());
    return select.integer(0);
  }
  [[nodiscard]] std::vector<Bytes> states() {
    std::vector<Bytes> out;
    auto select = desk.database->prepare("SELECT base FROM class_state ORDER BY record, privacy");
    while (*select.step())
      out.push_back(select.blob(0));
    return out;
  }
  SmallServer server;
  Desk writer{1, "0199aaaa-0000-7000-8000-000000000001"};
  Desk desk{2, "0199aaaa-0000-7000-8000-000000000002"};
  Id member;
};

TEST_CASE("a class that one change makes is kept as that change, and read as the state it makes") {
  Reader reader;
  REQUIRE(reader.told() > 0);
  for (const auto& [record, state] : reader.server.states()) {
    const auto box = reader.desk.impl->load(record);
    REQUIRE(box.ok());
    CHECK(box->base.classes == state.classes);
  }
  auto select = reader.desk.database->prepare(
      "SELECT c.body, c.vals, c.effective_ms, c.suspect, s.place & 255 FROM state s JOIN change c ON c.seq = "
      "s.base");
  while (*select.step()) {
    const auto state =
        cs::state_of_change(select.blob(0), select.blob(1), select.integer(2), select.integer(3) != 0);
    REQUIRE(state.ok());
    const auto privacy = static_cast<std::uint8_t>(select.integer(4));
    CHECK(*state == reader.server.states().at(reader.member).classes.at(privacy));
  }
  CHECK(reader.desk.problems().empty());
}

TEST_CASE("what becomes of the change leaves the state as it was") {
  for (const char* sql :
       {"DELETE FROM change", "UPDATE change SET vals = NULL",
        "UPDATE change SET effective_ms = 7, suspect = 1", "UPDATE change SET body = x'00'",
        "UPDATE change SET seq = seq + 100", "UPDATE change SET record = zeroblob(16), privacy = 9"}) {
    INFO(sql);
    Reader reader;
    const auto before = reader.states();
    REQUIRE(reader.told() > 0);
    REQUIRE(reader.desk.database->exec(sql).ok());
    CHECK(reader.told() == 0);
    CHECK(reader.states() == before);
  }
  Reader reader;
  const std::int64_t told = reader.told();
  REQUIRE(reader.desk.database->exec("UPDATE change SET in_base = 1, status = 0").ok());
  CHECK(reader.told() == told);
}

TEST_CASE("bytes that are no change make no state; a change without values makes an empty one") {
  CHECK(cs::state_of_change("no change", {}, 0, false).error().code == "change.malformed");
  Reader reader;
  auto body = reader.desk.database->prepare("SELECT body FROM change");
  REQUIRE(*body.step());
  const auto state = cs::state_of_change(body.blob(0), {}, 0, false);
  REQUIRE(state.ok());
  CHECK(state->empty());
  auto none = reader.desk.database->prepare("SELECT state_of(x'00', x'00', 0, 0) IS NULL");
  REQUIRE(*none.step());
  CHECK(none.integer(0) == 1);
}

}  // namespace
