// Taking back, by ordinary changes (records.hpp).
#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace change = lianxin::sync::change;

TEST_CASE("an edit taken back shows the value before it, by a change of its own") {
  Desk desk;
  const Id id = desk.member("赵一");
  desk.put("member", id, {{"home_address", "旧址"}, {"talent_tags+", "craft"}});
  const std::string before = (*desk.records.get(id))->value("home_address");
  const auto saved =
      desk.put("member", id, {{"home_address", "新址"}, {"talent_tags-", "craft"}, {"post_code", "组长"}});
  const std::size_t entries = desk.tail.entries.size();
  const auto undone = desk.records.undo(saved.undo_token);
  REQUIRE(undone.ok());
  CHECK(desk.tail.entries.size() > entries);
  CHECK(desk.value(id, "home_address") == before);
  CHECK(desk.value(id, "post_code").empty());
  CHECK((*desk.records.get(id))->fields.at("talent_tags").elements == std::vector<std::string>{"craft"});
  CHECK(desk.problems().empty());
  const auto again = desk.records.undo(undone->undo_token);
  REQUIRE(again.ok());
  CHECK(desk.value(id, "home_address") == "新址");
}

TEST_CASE("a new record taken back is deleted, not erased") {
  Desk desk;
  const auto saved = desk.put(
      "member", Id{}, {{"name", "钱二"}, {"home_village_id", kVillageCode}, {"home_address", "东街"}});
  REQUIRE(desk.records.undo(saved.undo_token).ok());
  const auto shown = *desk.records.get(saved.records.front());
  CHECK(shown->deleted);
  CHECK(shown->value("name") == "钱二");
  CHECK(desk.records.list({"member", {}, "", 0, false, {}})->empty());
}

TEST_CASE("what somebody has changed since cannot be taken back, and nothing of the action is") {
  Desk desk;
  const Id id = desk.member("孙三");
  const auto saved = desk.put("member", id, {{"home_address", "甲"}, {"post_code", "组长"}});
  desk.put("member", id, {{"home_address", "乙"}});
  const auto refused = desk.records.undo(saved.undo_token);
  REQUIRE(!refused.ok());
  CHECK(refused.error().code == "undo.too_late");
  CHECK(desk.value(id, "post_code") == "组长");
  CHECK(desk.records.undo("nothing").error().code == "token.malformed");
  // Done under a name this laptop no longer writes under, and renamed since (7.2).
  CHECK(desk.records.undo("00000000000000ff:1-2").error().code == "undo.copied");
}

TEST_CASE("what two rows of one import said of a person is taken back as one") {
  Desk desk;
  const Id batch = Id::make(kStart);
  const auto row = [&](const Id& record, const std::vector<std::pair<std::string, std::string>>& values) {
    cs::Edit edit = desk.edit("member", record, values);
    edit.cause = {change::CauseKind::kImport, batch};
    const auto saved = desk.records.save({edit});
    REQUIRE(saved.ok());
    return saved->records.front();
  };
  const Id known =
      desk.put("member", Id{}, {{"name", "甲"}, {"home_village_id", kVillageCode}, {"post_code", "一"}})
          .records.front();
  row(known, {{"post_code", "二"}});
  row(known, {{"post_code", "三"}, {"native_place", "辽源"}});
  const Id fresh = row(Id{}, {{"name", "乙"}, {"home_village_id", kVillageCode}, {"post_code", "一"}});
  row(fresh, {{"post_code", "二"}});
  const auto undone = desk.records.undo_batch(batch);
  REQUIRE(undone.ok());
  CHECK(undone->undone == 2);
  CHECK(undone->kept.empty());
  CHECK(desk.value(known, "post_code") == "一");
  CHECK(desk.value(known, "native_place").empty());
  CHECK(desk.records.list({"member", {}, "", 0, false, {}})->size() == 1);
}

TEST_CASE("an import is taken back but for what has been changed since") {
  Desk desk;
  const Id batch = Id::make(kStart);
  std::vector<cs::Edit> edits;
  for (const char* name : {"甲", "乙", "丙"}) {
    cs::Edit edit = desk.edit("member", Id{}, {{"name", name}, {"home_village_id", kVillageCode}});
    edit.cause = {change::CauseKind::kImport, batch};
    edits.push_back(edit);
  }
  const auto saved = desk.records.save(edits);
  REQUIRE(saved.ok());
  desk.put("member", saved->records[1], {{"home_address", "核实过"}});
  const auto undone = desk.records.undo_batch(batch);
  REQUIRE(undone.ok());
  CHECK(undone->undone == 2);
  CHECK(undone->kept == std::vector<Id>{saved->records[1]});
  CHECK(desk.records.list({"member", {}, "", 0, false, {}})->size() == 1);
  CHECK(desk.records.undo_batch(Id::make(kStart)).error().code == "undo.batch_unknown");
}

}  // namespace
