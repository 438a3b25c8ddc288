#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

namespace {

std::vector<Live> study_visits(MadeCounty& county) {
  std::vector<Live> out;
  for (Live& visit : county.live("visit")) {
    const bool met = visit.at("outcome") == "met" || visit.at("outcome") == "met_family";
    const bool there = visit.at("mode") == "door" || visit.at("mode") == "workplace";
    if (visit.holds("purposes", "study") && met && there && visit.in_span("occurred_on"))
      out.push_back(std::move(visit));
  }
  return out;
}

}  // namespace

TEST_CASE("study visits come out by counting; attempts, calls, mistakes and second entries do not count") {
  MadeCounty& county = shared_county();
  CHECK(study_visits(county).size() == scaled(238));
  std::size_t attempts = 0;
  for (const Live& visit : county.live("visit"))
    if (visit.holds("purposes", "study")) ++attempts;
  CHECK(attempts > scaled(238));
  CHECK(county.all("visit") > county.live("visit").size());
}

TEST_CASE("study visits that are voided, marked as duplicates or of last year move the count") {
  MadeCounty county(5);
  const auto visits = study_visits(county);
  REQUIRE(visits.size() == scaled(238));
  auto& records = county.desk.records;
  REQUIRE(records.void_record(visits[0].id, "登记重复").ok());
  CHECK(study_visits(county).size() == visits.size() - 1);
  county.desk.put("visit", visits[1].id, {{"duplicate_of", visits[2].id.text()}});
  CHECK(study_visits(county).size() == visits.size() - 2);
  county.desk.put("visit", visits[2].id, {{"occurred_on", "2025-12-31"}});
  CHECK(study_visits(county).size() == visits.size() - 3);
  county.desk.put("visit", visits[3].id, {{"outcome", "nobody"}});
  CHECK(study_visits(county).size() == visits.size() - 4);
}

TEST_CASE("members are contacted and confirmed each quarter, not all of them") {
  MadeCounty& county = shared_county();
  std::map<std::string, std::set<std::string>> confirmed;
  for (const Live& refresh : county.live("quarter_refresh"))
    CHECK(confirmed[refresh.at("quarter")].insert(refresh.at("member_id")).second);
  REQUIRE(confirmed.size() == 3);
  CHECK(confirmed.at("2026Q3").size() <= scaled(1348));
  CHECK(confirmed.at("2026Q3").size() > scaled(1348) * 9 / 10);
  CHECK(county.live("contact_attempt").size() > 4 * scaled(1348));
}
