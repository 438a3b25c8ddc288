// What a purge says of forms that were handed in and stay as they are (domain.md K7).
#include "sync/server/service/handed_in.hpp"

#include "sync/server/service/moves.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr const char* kTown = "220622101";
constexpr const char* kOtherTown = "220622102";

TEST_CASE("forms of the villages a member was ever in, and of what stands above them, may name him") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  FakeLaptop county(office, office.worker("县", "county_officer", "220622"));
  const Id member = a.member("赵连心", kSanhe);
  (void)a.sync();
  const auto hand_in = [&](const char* unit) {
    const Id id = Id::make(office.clock.now_ms());
    office.clock.advance(1);
    county.put("report_snapshot", id, office.unit(unit),
               {{"org_id", office.unit(unit).text()}, {"form", "f1"}, {"as_of", "2026-09-30"}});
    return id;
  };
  const Id of_village = hand_in(kSanhe);
  const Id of_town = hand_in(kTown);
  const Id of_county = hand_in("220622");
  const Id of_neighbours = hand_in(kDajing);
  const Id of_other_town = hand_in(kOtherTown);
  (void)county.sync();
  const auto found = [&] {
    return must(
        server::forms_handed_in(*office.reader(), office.catalogue(), member, {"native_place", "name"}));
  };
  CHECK(found() == std::vector{of_village, of_town, of_county});
  server::Moves moves(office.store(), office.catalogue(), office.clock, office.admin().county());
  REQUIRE(moves.hand_over(member, kLongquan, false).ok());
  const auto after = found();
  CHECK(after == std::vector{of_village, of_town, of_county, of_other_town});
  CHECK(std::count(after.begin(), after.end(), of_neighbours) == 0);
  CHECK(must(server::forms_handed_in(*office.reader(), office.catalogue(), Id::make(1), {"name"})).empty());
  // No form shows these: nothing of them stands in what was handed in.
  for (const std::vector<std::string>& fields : {std::vector<std::string>{"native_place", "name_note"}, {}})
    CHECK(must(server::forms_handed_in(*office.reader(), office.catalogue(), member, fields)).empty());
}

}  // namespace
