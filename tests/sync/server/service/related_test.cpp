// Before a purge: who else's records say something of the person.
#include "sync/server/service/related.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE(
    "what else is about a person is found: what hangs on him, what names him, and who is said to be him") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "county_officer", kCounty));
  const Id sanhe = office.unit(kSanhe);
  const Id first = a.member("赵连心", kSanhe);
  office.clock.advance(1000);
  const Id second = a.member("赵志远", kSanhe);
  office.clock.advance(1000);
  const Id other = a.member("钱连心", kSanhe);
  a.put("member", second, sanhe, {{"alias_of:" + first.text(), "1"}});
  WallMs made = office.clock.now_ms();
  const auto put = [&](const char* kind, const Values& values, const Id& parent) {
    const Id id = Id::make(++made);
    a.put(kind, id, sanhe, values, parent);
    return id;
  };
  const auto member_id = [](const Id& id) { return std::pair("member_id", std::optional(id.text())); };
  const Id phone = put("contact_point", {member_id(first), {"value", "13900000001"}}, first);
  const Id empty = put("contact_point", {member_id(first), {"kind", "mobile"}}, first);
  const Id parcel = put("delivery", {member_id(second), {"to_address", "临江路5号"}}, second);
  const Id note = put("delivery_event", {{"delivery_id", parcel.text()}, {"note", "门卫代收"}}, parcel);
  const std::string names_first = "members:" + first.text();
  const Id joint =
      put("visit", {{names_first, "1"}, {"members:" + other.text(), "1"}, {"content", "同去镇上"}}, first);
  const Id batch = put("import_batch", {{"org_id", sanhe.text()}}, {});
  const Id row = put("import_row",
                     {{"batch_id", batch.text()}, {"record_id", first.text()}, {"row_values", "赵"}}, batch);
  const Id others_row = put(
      "import_row", {{"batch_id", batch.text()}, {"record_id", other.text()}, {"row_values", "钱"}}, batch);
  (void)a.sync();
  const auto found = must(server::related_records(office.store(), office.catalogue(), first));
  std::vector<Id> ids;
  for (const server::RelatedRecord& one : found) {
    ids.push_back(one.id);
    CHECK(one.same_person == (one.id == second));
    CHECK(one.of_others == (one.id == joint));
    CHECK(one.id != empty);  // says nothing of him that a purge would take
    CHECK(one.id != others_row);
  }
  CHECK(ids == std::vector<Id>{second, phone, parcel, note, joint, row});
  must(office.admin().purge(row, {}, "本人要求"));
  CHECK(must(server::related_records(office.store(), office.catalogue(), first)).size() == found.size() - 1);
  const auto of_other = must(server::related_records(office.store(), office.catalogue(), other));
  CHECK(of_other.size() == 2);
}

}  // namespace
