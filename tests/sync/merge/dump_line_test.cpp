#include "sync/merge/dump_line.hpp"

#include <doctest/doctest.h>

namespace {

using namespace lianxin;
using namespace lianxin::sync::merge;

constexpr ChangeId kFirst{{1}, 1};
constexpr ChangeId kSecond{{2}, 7};

const domain::Kind& visit() { return *domain::Catalogue::base().kind("visit"); }

void put(RecordState& state, std::uint16_t field, const std::string& element, const ChangeId& id,
         std::optional<std::string> value) {
  ClassState& owner = state.classes[0];
  owner.registers[{field, element}].heads.push_back({id, std::move(value), false, {}});
  owner.metas[id] = {id.counter << 16, static_cast<WallMs>(id.counter), false, Id{}, {}};
}

RecordState some_visit() {
  RecordState state;
  state.record.octets[15] = 9;
  state.kind = visit().wire;
  return state;
}

TEST_CASE("a line shows shown values with the ids of all heads, fields and elements by name") {
  RecordState state = some_visit();
  put(state, visit().field("outcome")->wire, "", kFirst, "met");
  put(state, visit().field("occurred_on")->wire, "", kFirst, "2026-11-18");
  put(state, visit().field("occurred_on")->wire, "", kSecond, "2026-11-19");
  put(state, visit().field("purposes")->wire, "study", kFirst, "1");
  put(state, visit().field("purposes")->wire, "aid", kSecond, std::nullopt);
  CHECK(dump_line(state, domain::Catalogue::base(), {"2", "1"}) ==
        R"({"id":"00000000-0000-0000-0000-000000000009","kind":"visit","scopes":["1","2"],"fields":{)"
        R"("occurred_on":{"heads":["0000000000000001:1","0000000000000002:7"],"value":"2026-11-19"},)"
        R"("outcome":{"heads":["0000000000000001:1"],"value":"met"},)"
        R"("purposes":{"elements":{"aid":{"heads":["0000000000000002:7"],"value":null},)"
        R"("study":{"heads":["0000000000000001:1"],"value":"1"}}}}})");
}

TEST_CASE("unknown kinds and fields are named by number, a purged value says so") {
  RecordState state = some_visit();
  state.kind = 60000;
  put(state, 50000, "", kFirst, std::nullopt);
  state.classes[0].registers[{50000, ""}].heads[0].purged = true;
  CHECK(dump_kind(domain::Catalogue::base(), 60000) == "#60000");
  CHECK(dump_line(state, domain::Catalogue::base(), {""}) ==
        R"({"id":"00000000-0000-0000-0000-000000000009","kind":"#60000","scopes":[""],"fields":{)"
        R"("#50000":{"heads":["0000000000000001:1"],"purged":true,"value":null}}})");
}

TEST_CASE("a record that is only kept aside has no line") {
  RecordState state = some_visit();
  state.classes[0].registers[{32, ""}].inert.push_back({kFirst, {}});
  state.classes[0].registers[{33, ""}].ghosts.push_back(kSecond);
  CHECK(dump_line(state, domain::Catalogue::base(), {}).empty());
}

}  // namespace
