#include "tests/client/county/made_county.hpp"

using namespace lianxin;
using namespace lianxin::test;

namespace {

std::size_t trainings(MadeCounty& county) {
  std::size_t out = 0;
  for (const Live& activity : county.live("activity"))
    if (activity.at("kind") == "skill" && activity.at("mode") == "online" && activity.in_span("occurred_on"))
      ++out;
  return out;
}

std::size_t volunteer_sessions(MadeCounty& county) {
  std::set<std::string> mobile;
  for (const Live& episode : county.live("mobility_episode"))
    mobile.insert(episode.at("member_id"));
  std::set<std::string> attended;
  for (const Live& present : county.live("attendance")) {
    const bool there = present.at("status") == "present" || present.at("status") == "late";
    if (there && mobile.count(present.at("member_id")) > 0) attended.insert(present.at("activity_id"));
  }
  std::size_t out = 0;
  for (const Live& activity : county.live("activity"))
    if (activity.at("kind") == "volunteer" && activity.in_span("occurred_on") &&
        attended.count(activity.id.text()) > 0)
      ++out;
  return out;
}

std::size_t items_pushed(MadeCounty& county) {
  std::set<std::string> items;
  for (const Live& push : county.live("content_push"))
    if (push.in_span("pushed_on"))
      items.insert(push.at("content_id").empty() ? push.id.text() : push.at("content_id"));
  return items.size();
}

}  // namespace

TEST_CASE(
    "trainings, volunteer sessions and pushed items come out by counting, and not all there is counts") {
  MadeCounty& county = shared_county();
  CHECK(trainings(county) == scaled(34));
  CHECK(volunteer_sessions(county) == scaled(18));
  CHECK(items_pushed(county) == scaled(432));
  CHECK(county.all("content_push") > scaled(432));
}

TEST_CASE("each contact group meets in each month") {
  MadeCounty& county = shared_county();
  std::set<std::string> held;
  for (const Live& activity : county.live("activity")) {
    if (activity.at("kind") != "topic_meeting") continue;
    for (const Live& group : county.live("contact_group"))
      if (activity.holds("group_ids", group.id.text()))
        held.insert(group.id.text() + activity.at("occurred_on").substr(0, 7));
  }
  CHECK(held.size() == 9 * county.made().townships);
}

TEST_CASE("a voided session and a second entry move the count") {
  MadeCounty county(11);
  const std::size_t before = trainings(county);
  for (const Live& activity : county.live("activity")) {
    if (activity.at("kind") != "skill" || activity.at("mode") != "online" || !activity.in_span("occurred_on"))
      continue;
    REQUIRE(county.desk.records.void_record(activity.id, "登记有误").ok());
    break;
  }
  CHECK(trainings(county) == before - 1);
}
