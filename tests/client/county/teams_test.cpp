#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

namespace {

std::size_t live_teams(MadeCounty& county, const std::string& kind) {
  std::size_t out = 0;
  for (const Live& team : county.live("team")) {
    const std::string dissolved = team.at("dissolved_on");
    const bool lives =
        team.at("formed_on") <= kAsOf.text() && (dissolved.empty() || dissolved > kAsOf.text());
    if (team.at("team_kind") == kind && lives) ++out;
  }
  return out;
}

}  // namespace

TEST_CASE("teams that live on the last day; those dissolved do not count") {
  MadeCounty& county = shared_county();
  CHECK(live_teams(county, "grid_service") == scaled(14));
  CHECK(live_teams(county, "task") == county.made().townships);
  CHECK(county.live("team").size() > scaled(14) + 2 * county.made().townships);
}

TEST_CASE("a task team covers the six origins") {
  MadeCounty& county = shared_county();
  std::map<std::string, std::set<std::string>> origins;
  for (const Live& member : county.live("team_member"))
    origins[member.at("team_id")].insert(member.at("origin"));
  for (const Live& team : county.live("team"))
    if (team.at("team_kind") == "task" && team.at("dissolved_on").empty())
      CHECK(origins[team.id.text()].size() == 6);
}

TEST_CASE("two who were registered twice are said to be one, a third pair waits for a person") {
  MadeCounty& county = shared_county();
  CHECK(county.desk.records.said_of_twins()->size() == 2);
}
