#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a new number ends the old one, and both stay") {
  MadeCounty& county = shared_county();
  std::map<std::string, std::string> ended;
  for (const Live& point : county.live("contact_point"))
    if (point.in_span("to") && point.at("valid") == "dead" && point.at("to") > kBegin.text())
      ended[point.at("member_id")] = point.at("to");
  std::size_t followed = 0;
  for (const Live& point : county.live("contact_point"))
    if (!point.at("from").empty() && ended.count(point.at("member_id")) > 0) {
      CHECK(point.at("from") == ended[point.at("member_id")]);
      ++followed;
    }
  CHECK(followed == ended.size());
  CHECK(followed > 0);
  CHECK(followed <= scaled(64));
}

TEST_CASE("who dies away from home has an ended episode of the year") {
  MadeCounty& county = shared_county();
  std::set<std::string> dead;
  for (const Live& member : county.live("member"))
    if (member.at("standing") == "deceased") dead.insert(member.id.text());
  CHECK(dead.size() == scaled(9));
  for (const Live& episode : county.live("mobility_episode")) {
    if (episode.at("end_kind") != "died") continue;
    CHECK(dead.erase(episode.at("member_id")) == 1);
    CHECK(episode.in_span("returned_on"));
  }
  CHECK(dead.empty());
}

TEST_CASE("some questions were raised at a visit, of the same member and day") {
  MadeCounty& county = shared_county();
  std::map<std::string, Live> visits;
  for (const Live& visit : county.live("visit"))
    visits.emplace(visit.id.text(), visit);
  std::size_t raised = 0;
  for (const Live& item : county.live("case_item")) {
    if (item.at("visit_id").empty()) continue;
    ++raised;
    CHECK(item.at("raised_via") == "visit");
    const auto visit = visits.find(item.at("visit_id"));
    REQUIRE(visit != visits.end());
    CHECK(visit->second.at("occurred_on") == item.at("opened_on"));
    CHECK(visit->second.holds("members", item.at("member_id")));
  }
  CHECK(raised > 0);
}
