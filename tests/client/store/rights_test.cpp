// Who may fill in what, on a laptop whose county has told it who its person is.
#include "client/store/rights.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {
namespace {

using domain::EditRole;

constexpr const char* kCountyUnit = "0199bbbb-0000-7000-8000-0000000000c0";
constexpr const char* kTownUnit = "0199bbbb-0000-7000-8000-0000000000d0";
constexpr const char* kOtherTown = "0199bbbb-0000-7000-8000-0000000000d1";
constexpr const char* kOfficer = "0199aaaa-0000-7000-8000-0000000000f0";

/// The county's own laptop, which makes the units and gives the roles, and one of somebody else.
struct Office {
  SmallServer server;
  Desk county{9, kOfficer};
  Desk desk;

  Office() {
    unit(kCountyUnit, "county", "");
    unit(kTownUnit, "township", kCountyUnit);
    unit(kOtherTown, "township", kCountyUnit);
    unit(desk.village.text(), "village", kTownUnit);
  }
  void unit(const std::string& id, const std::string& kind, const std::string& parent) {
    cs::Edit made = county.edit("org_unit", *Id::parse(id), {{"kind", kind}, {"name", kind}});
    made.create = true;
    if (!parent.empty()) made.fields.push_back({"parent_id", cs::FieldEdit::Op::kSet, parent});
    const auto saved = county.records.save({made});
    REQUIRE(saved.ok());
    REQUIRE(saved->ok);
  }
  Id give(const std::string& role, const std::string& unit, const std::string& from = "2026-01-01",
          const std::string& to = "") {
    return county
        .put(
            "worker_role", Id{},
            {{"worker_id", desk.worker.text()}, {"role", role}, {"org_id", unit}, {"from", from}, {"to", to}})
        .records.front();
  }
  void tell() {
    county.push(server);
    desk.pull(server);
  }
  EditRole held(const Id& place) {
    cs::Rights rights(*desk.database, desk.clock);
    const auto role = rights.in(place);
    REQUIRE(role.ok());
    return *role;
  }
  /// Code of what was refused, "" = saved.
  std::string tried(const std::string& kind, const Id& record,
                    const std::vector<std::pair<std::string, std::string>>& fields) {
    desk.clock.advance(1000);
    const auto saved = desk.records.save({desk.edit(kind, record, fields)});
    REQUIRE(saved.ok());
    return saved->ok ? "" : saved->problems.front().code;
  }
};

}  // namespace

TEST_CASE("a role holds for its unit and below, from its first day to the last") {
  Office office;
  office.tell();
  const Id village = office.desk.village;
  CHECK(office.held(village) == EditRole::kCounty);  // told nothing of its person yet: not held back
  office.give("grid_worker", village.text());
  office.give("secretary", village.text(), "2026-01-01", "2026-02-01");
  office.give("officer", kOtherTown);
  office.tell();
  CHECK(office.held(village) == EditRole::kWorker);
  CHECK(office.held(*Id::parse(kOtherTown)) == EditRole::kTownship);
  CHECK(office.held(*Id::parse(kCountyUnit)) == EditRole::kWorker);
  CHECK(office.held(Id{}) == EditRole::kTownship);  // the shelf: the highest anywhere
  office.give("secretary", village.text(), "2026-03-01");
  office.tell();
  CHECK(office.held(village) == EditRole::kVillage);
  CHECK(office.held(*Id::parse(kTownUnit)) == EditRole::kWorker);
  office.give("officer", kTownUnit);
  office.tell();
  CHECK(office.held(village) == EditRole::kTownship);
  const Id county = office.give("officer", kCountyUnit);
  office.tell();
  CHECK(office.held(village) == EditRole::kCounty);
  office.county.put("worker_role", county, {{"to", "2026-09-01"}});
  office.tell();
  CHECK(office.held(village) == EditRole::kTownship);
  office.give("admin", kOtherTown);
  office.tell();
  CHECK(office.held(village) == EditRole::kCounty);
  // A clock that was set back takes nothing away.
  office.desk.member("赵连心");
  office.desk.clock.advance(-WallMs{365} * 24 * 60 * 60 * 1000);
  CHECK(office.held(village) == EditRole::kCounty);
}

TEST_CASE("a clock that was set ahead ends no role: the county's own time does") {
  Office office;
  const WallMs year = WallMs{365} * 24 * 60 * 60 * 1000;
  const Id role = office.give("secretary", office.desk.village.text());
  office.county.put("worker_role", role, {{"to", "2026-12-31"}});
  office.tell();
  auto& meta = office.desk.impl->meta();
  REQUIRE(meta.set(cs::kMetaAnswerMs, office.desk.clock.now_ms()).ok());
  office.desk.clock.advance(year);
  CHECK(office.held(office.desk.village) == EditRole::kVillage);
  REQUIRE(meta.set(cs::kMetaAnswerMs, office.desk.clock.now_ms()).ok());
  CHECK(office.held(office.desk.village) == EditRole::kWorker);
}

TEST_CASE("while a restored county tells everything anew nobody is held back by half of it") {
  Office office;
  office.give("grid_worker", office.desk.village.text());
  office.tell();
  REQUIRE(office.held(office.desk.village) == EditRole::kWorker);
  REQUIRE(office.desk.impl->meta().set(cs::kMetaSweep, std::int64_t{1}).ok());
  CHECK(office.held(office.desk.village) == EditRole::kCounty);
  REQUIRE(office.desk.impl->meta().set(cs::kMetaSweep, std::int64_t{0}).ok());
  CHECK(office.held(office.desk.village) == EditRole::kWorker);
}

TEST_CASE("a role of the card alone counts where the card places its person") {
  Office office;
  cs::Edit card = office.county.edit("worker", office.desk.worker,
                                     {{"name", "甲"}, {"roles+", "secretary"}, {"from", "2026-01-01"}});
  card.create = true;
  REQUIRE(office.county.records.save({card}).ok());
  office.tell();
  CHECK(office.held(office.desk.village) == EditRole::kWorker);  // nowhere
  office.county.put("worker", office.desk.worker, {{"org_id", office.desk.village.text()}});
  office.tell();
  CHECK(office.held(office.desk.village) == EditRole::kVillage);
  // With dates it holds as long as they say.
  office.give("secretary", office.desk.village.text(), "2026-01-01", "2026-02-01");
  office.tell();
  CHECK(office.held(office.desk.village) == EditRole::kWorker);
}

TEST_CASE("what another fills in is refused by name, and all the rest of the form with it stays typed") {
  Office office;
  office.give("grid_worker", office.desk.village.text());
  office.tell();
  // Making a member is open to all, with what the sheet asks.
  const Id member = office.desk
                        .put("member", Id{},
                             {{"name", "赵连心"},
                              {"home_village_id", kVillageCode},
                              {"gender", "1"},
                              {"standing", "normal"}})
                        .records.front();
  CHECK(office.tried("member", member, {{"standing", "expelled"}, {"standing_doc_no", "1"}}) ==
        "role_county");
  CHECK(office.tried("member", member, {{"name", "钱连心"}, {"home_address", "1组"}}) == "role_village");
  CHECK(office.desk.value(member, "home_address") == "");  // one action: nothing of it was saved
  CHECK(office.tried("member", member, {{"out_of_contact_since", "2026-01"}}) == "role_township");
  CHECK(office.tried("member", member, {{"verify_level", "county"}}) == "role_step_county");
  CHECK(office.tried("month_close", Id{},
                     {{"org_id", kVillageCode}, {"month", "2026-08"}, {"state", "closed"}}) ==
        "role_make_township");
  CHECK(office.tried("member", Id{},
                     {{"name", "孙"}, {"home_village_id", kVillageCode}, {"standing", "expelled"}}) ==
        "role_county");
  // A field that stays as it is is no write.
  CHECK(office.tried("member", member, {{"name", "赵连心"}, {"home_address", "1组"}}) == "");
  CHECK(office.desk.value(member, "home_address") == "1组");
  office.give("officer", kCountyUnit);
  office.tell();
  CHECK(office.tried("member", member, {{"standing", "expelled"}, {"standing_doc_no", "1"}}) == "");
  CHECK(office.tried("member", member, {{"verify_level", "county"}}) == "");
  CHECK(office.desk.value(member, "standing") == "expelled");
}

TEST_CASE("what an office has said is neither written over nor voided by a lesser one") {
  Office office;
  const Id role = office.give("secretary", office.desk.village.text());
  office.tell();
  const Id table = office.desk
                       .put("village_table", Id{},
                            {{"village_id", kVillageCode}, {"quarter", "2026Q3"}, {"state", "filled"}})
                       .records.front();
  CHECK(office.tried("village_table", table, {{"state", "county_accepted"}}) == "role_step_county");
  CHECK(office.tried("village_table", table, {{"state", "village_confirmed"}}) == "");
  office.county.put("worker_role", role, {{"to", "2026-09-01"}});
  office.give("grid_worker", office.desk.village.text());
  office.tell();
  CHECK(office.tried("village_table", table, {{"state", "filled"}}) == "role_step_village");
  CHECK(office.tried("village_table", table, {{"voided", "错"}}) == "role_void_village");
  const auto voided = office.desk.records.void_record(table, "错");
  REQUIRE(voided.ok());
  CHECK_FALSE(voided->ok);
  CHECK(voided->problems.front().code == "role_void_village");
  CHECK(office.desk.value(table, "state") == "village_confirmed");
}

TEST_CASE(
    "what another worker wrote is voided by its author or the branch, and nobody is voided without a word") {
  Office office;
  office.give("grid_worker", office.desk.village.text());
  const Id secretary = office.give("secretary", office.desk.village.text());
  office.county.put("worker_role", secretary, {{"to", "2026-02-01"}});
  office.tell();
  Desk colleague(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id member = office.desk.member("赵连心");
  const auto seen_by = [](Desk& desk, const Id& whom) {
    return desk
        .put("visit", Id{}, {{"members+", whom.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}})
        .records.front();
  };
  office.desk.push(office.server);
  colleague.pull(office.server);
  const Id theirs = seen_by(colleague, member);
  colleague.push(office.server);
  office.tell();
  const Id own = seen_by(office.desk, member);

  const auto tried = office.desk.records.void_record(theirs, "没有这回事");
  REQUIRE(tried.ok());
  CHECK_FALSE(tried->ok);
  CHECK(tried->problems.front().code == "role_void_of_other_village");
  CHECK(office.tried("visit", theirs, {{"voided", "没有这回事"}}) == "role_void_of_other_village");
  CHECK(office.tried("visit", theirs, {{"deleted", "1"}}) == "role_void_of_other_village");
  CHECK_FALSE((*office.desk.records.get(theirs))->voided);
  CHECK((*office.desk.records.get(theirs))->of_other);
  CHECK_FALSE((*office.desk.records.get(own))->of_other);
  CHECK_FALSE((*office.desk.records.get(member))->of_other);
  REQUIRE((*office.desk.records.bar_to_void(theirs)).has_value());
  CHECK((*office.desk.records.bar_to_void(theirs))->code == "role_void_of_other_village");
  CHECK_FALSE((*office.desk.records.bar_to_void(own)).has_value());
  CHECK(office.desk.records.void_record(own, "记错了人")->ok);
  // A profile is everybody's who works in the village: whoever sees that one is there twice says so.
  const Id noted = colleague.member("钱一");
  colleague.push(office.server);
  office.tell();
  CHECK_FALSE((*office.desk.records.bar_to_void(noted)).has_value());
  CHECK(office.desk.records.void_record(member, "登记重复")->ok);
  // The branch voids what was entered twice; a member's void from elsewhere is taken back by its author.
  office.county.put("worker_role", secretary, {{"to", ""}});
  office.tell();
  CHECK_FALSE((*office.desk.records.bar_to_void(theirs)).has_value());
  CHECK(office.desk.records.void_record(theirs, "重复登记")->ok);
  office.desk.push(office.server);
  colleague.pull(office.server);
  REQUIRE((*colleague.records.get(theirs))->voided);
  colleague.put("visit", theirs, {{"voided", ""}});
}

TEST_CASE(
    "a conflict about a name is decided by who may write a name; what comes from elsewhere always counts") {
  Office office;
  office.give("grid_worker", office.desk.village.text());
  office.tell();
  const Id member = office.desk.member("赵连心");
  const Id home = office.desk.member("钱连心");
  office.desk.push(office.server);
  Desk other(2, "0199aaaa-0000-7000-8000-000000000002");  // told nothing: as a laptop without this rule
  other.pull(office.server);
  office.county.pull(office.server);
  other.put("member", member, {{"name", "赵联心"}});
  other.put("member", home, {{"home_address", "A"}});
  office.county.put("member", member, {{"name", "赵莲心"}});
  office.desk.put("member", home, {{"home_address", "B"}});
  office.desk.push(office.server);
  other.push(office.server);
  office.tell();
  const auto conflicts = office.desk.records.conflicts();
  REQUIRE(conflicts.ok());
  REQUIRE(conflicts->size() == 2);
  for (const cs::ConflictItem& one : *conflicts) {
    cs::ResolveHow how;
    how.take = one.heads.front().change;
    const auto resolved = office.desk.records.resolve(one.id, how);
    REQUIRE(resolved.ok());
    CHECK(resolved->ok == (one.field == "home_address"));
    if (!resolved->ok) CHECK(resolved->problems.front().code == "role_village");
  }
}

}  // namespace lianxin::test
