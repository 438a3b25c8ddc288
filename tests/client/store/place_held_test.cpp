// What is saved for a place that is not one of this laptop's is saved, and said.
#include "client/store/place_held.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "client/store/unit_line.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {
namespace {

constexpr const char* kTown = "0199bbbb-0000-7000-8000-0000000000d0";
constexpr const char* kOtherVillage = "0199bbbb-0000-7000-8000-0000000000e1";
constexpr const char* kOldVillage = "0199bbbb-0000-7000-8000-0000000000e2";

/// A county that has told a worker of one village which units there are and who he is.
struct Told {
  SmallServer server;
  Desk county{9, "0199aaaa-0000-7000-8000-0000000000f0"};
  Desk desk;

  Told() {
    unit(kTown, "蒙江乡", "");
    unit(kOtherVillage, "三合村", kTown);
    unit(desk.village.text(), "前进村", kTown);
    unit(kOldVillage, "后进村", kTown);
    county.put("org_unit", *Id::parse(kOldVillage), {{"merged_into+", desk.village.text()}});
    county.put("worker_role", Id{},
               {{"worker_id", desk.worker.text()},
                {"role", "grid_worker"},
                {"org_id", desk.village.text()},
                {"from", "2026-01-01"}});
    county.push(server);
    desk.pull(server);
  }
  void unit(const std::string& id, const std::string& name, const std::string& parent) {
    cs::Edit made = county.edit("org_unit", *Id::parse(id), {{"kind", "village"}, {"name", name}});
    made.create = true;
    if (!parent.empty()) made.fields.push_back({"parent_id", cs::FieldEdit::Op::kSet, parent});
    REQUIRE(county.records.save({made})->ok);
  }
  cs::Edit visit(const Id& member) {
    return desk.edit("visit", Id{},
                     {{"members+", member.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}});
  }
  cs::Saved saved(const std::vector<cs::Edit>& edits) {
    desk.clock.advance(1000);
    const auto out = desk.records.save(edits);
    REQUIRE(out.ok());
    REQUIRE(out->ok);
    return *out;
  }
};

/// Those of the places alone.
std::vector<domain::Problem> of_places(const cs::Saved& saved) {
  std::vector<domain::Problem> out;
  std::copy_if(saved.problems.begin(), saved.problems.end(), std::back_inserter(out),
               [](const domain::Problem& one) { return one.code.starts_with("place_"); });
  return out;
}

std::string arg(const domain::Problem& problem, std::string_view name) {
  for (const ErrorArg& one : problem.args) {
    if (one.name == name) return one.value;
  }
  return {};
}

}  // namespace

TEST_CASE("work of another village is saved, and its village and who looks at it are named") {
  Told told;
  const Id mine = told.desk.member("赵连心");
  CHECK(of_places(told.saved({told.visit(mine)})).empty());
  // A person on no list yet is told of by anybody, with what is said of him in the same breath.
  const Id elsewhere = *Id::parse("0199cccc-0000-7000-8000-000000000001");
  cs::Edit member =
      told.desk.edit("member", elsewhere, {{"name", "钱一"}, {"home_village_id", kOtherVillage}});
  member.create = true;
  auto said = of_places(told.saved({member, told.visit(elsewhere)}));
  REQUIRE(said.size() == 1);
  CHECK(said.front().code == "place_of_others_member");
  CHECK(arg(said.front(), "place") == "三合村");
  CHECK_FALSE(said.front().blocks);
  // What is added later is looked at by the office above, and of one place said once.
  said = of_places(told.saved({told.visit(elsewhere), told.visit(elsewhere), told.visit(mine)}));
  REQUIRE(said.size() == 1);
  CHECK(said.front().code == "place_of_others");
  CHECK(arg(said.front(), "place") == "三合村");
  CHECK(arg(said.front(), "office") == "蒙江乡");
  // The same is known before it is saved.
  CHECK((*told.desk.records.told_of_place("visit", *Id::parse(kOtherVillage)))->code == "place_of_others");
  CHECK((*told.desk.records.told_of_place("visit", *Id::parse(kTown)))->code == "place_of_others_county");
  CHECK_FALSE((*told.desk.records.told_of_place("visit", told.desk.village)).has_value());
  // A village that went up in one's own is one's own.
  CHECK_FALSE((*told.desk.records.told_of_place("visit", *Id::parse(kOldVillage))).has_value());
}

TEST_CASE("what all share is kept by the county: an office below it is told so, the county is not") {
  Told told;
  CHECK((*told.desk.records.told_of_place("worker", Id{}))->code == "place_shelf");
  CHECK_FALSE((*told.county.records.told_of_place("worker", Id{})).has_value());
  told.county.put("worker_role", Id{},
                  {{"worker_id", told.desk.worker.text()},
                   {"role", "secretary"},
                   {"org_id", told.desk.village.text()},
                   {"from", "2026-01-01"}});
  told.county.push(told.server);
  told.desk.pull(told.server);
  const auto said =
      of_places(told.saved({told.desk.edit("org_unit", told.desk.village, {{"secretary", "赵一"}})}));
  REQUIRE(said.size() == 1);
  CHECK(said.front().code == "place_shelf");
}

TEST_CASE("a village that was split into several stands for itself, as the server takes it") {
  Told told;
  const Id old = *Id::parse(kOldVillage);
  CHECK_FALSE(
      (*told.desk.records.told_of_place("visit", old)).has_value());  // went up in the one that is held
  told.county.put("org_unit", old, {{"merged_into+", kOtherVillage}});
  told.county.push(told.server);
  told.desk.pull(told.server);
  const auto problem = told.desk.records.told_of_place("visit", old);
  REQUIRE(problem->has_value());
  CHECK(arg(**problem, "place") == "后进村");
}

TEST_CASE("a ring of villages that went up in each other ends") {
  Told told;
  told.county.put("org_unit", *Id::parse(kOtherVillage), {{"merged_into+", kTown}});
  told.county.put("org_unit", *Id::parse(kTown), {{"merged_into+", kOtherVillage}});
  told.county.push(told.server);
  told.desk.pull(told.server);
  const auto line = cs::unit_line(*told.desk.database, *Id::parse(kOtherVillage));
  REQUIRE(line.ok());
  CHECK(*line == std::vector{*Id::parse(kOtherVillage), *Id::parse(kTown)});
  CHECK((*told.desk.records.told_of_place("visit", *Id::parse(kOtherVillage))).has_value());
}

TEST_CASE("a laptop that was not told its places yet warns of none") {
  Told told;
  REQUIRE(told.desk.database->exec("DELETE FROM held").ok());
  CHECK_FALSE((*told.desk.records.told_of_place("visit", *Id::parse(kOtherVillage))).has_value());
  CHECK_FALSE((*told.desk.records.told_of_place("worker", Id{})).has_value());
}

}  // namespace lianxin::test
