#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("consultations and answered questions come out by counting") {
  MadeCounty& county = shared_county();
  std::size_t consultations = 0;
  for (const Live& consultation : county.live("consultation"))
    if (consultation.in_span("occurred_on")) ++consultations;
  CHECK(consultations == scaled(231));
  CHECK(county.all("consultation") > consultations);
  std::size_t answered = 0;
  for (const Live& item : county.live("case_item"))
    if (item.in_span("answered_on") && item.at("kind") != "lead") ++answered;
  CHECK(answered == scaled(53));
  CHECK(county.live("case_item").size() > answered);
}

TEST_CASE(
    "one hardship file each; the recognised say cause, level and notice; aid goes to those who have a file") {
  MadeCounty& county = shared_county();
  std::set<std::string> members;
  std::size_t recognised = 0;
  for (const Live& file : county.live("hardship_record")) {
    CHECK(members.insert(file.at("member_id")).second);
    if (file.at("recognised_on").empty()) continue;
    ++recognised;
    CHECK_FALSE(file.at("cause_class").empty());
    CHECK_FALSE(file.at("level").empty());
    CHECK_FALSE(file.at("notice_to").empty());
  }
  CHECK(members.size() == scaled(58));
  CHECK(recognised > 0);
  for (const Live& aid : county.live("aid"))
    CHECK(members.count(aid.at("member_id")) == 1);
}

TEST_CASE("points say why, approvals by whom; a counter-entry names what it reverses") {
  MadeCounty& county = shared_county();
  std::size_t approved = 0;
  for (const Live& entry : county.live("points_entry")) {
    CHECK_FALSE(entry.at("reason").empty());
    if (entry.at("state") != "approved") continue;
    ++approved;
    CHECK_FALSE(entry.at("approved_by").empty());
    if (entry.at("points_tenths").front() == '-') CHECK_FALSE(entry.at("reverses").empty());
  }
  CHECK(approved > 0);
}
