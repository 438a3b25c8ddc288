// What is read in slices behind the window: the page of the day counts further while other commands are
// answered.
#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

constexpr int kMembers = 450;  // more than are read at once

void many_away(WorkStore& work) {
  for (int i = 0; i < kMembers; ++i) {
    const Id member = put_member(*work.store, "某" + std::to_string(i));
    put(*work.store, "mobility_episode",
        {{"member_id", member.text()}, {"direction", "out"}, {"left_on", "2025-03"}, {"state", "verified"}});
  }
}

std::uint32_t badge_of(const cv::ScreensView& screens) {
  for (const cv::NavItem& item : screens.shell.nav) {
    if (item.page == cv::Page::kToday) return item.waiting;
  }
  return 0;
}

}  // namespace

TEST_CASE("the first page of the day is marked while it counts, and ends with what everybody counts to") {
  AppStory story(many_away);
  // Both in one turn: what is published first has counted nobody.
  std::vector<std::shared_ptr<const cv::ScreensView>> seen;
  story.app->take({ca::Unlock{".", std::string(kPassphrase)}, ca::OpenPage{cv::Page::kToday}});
  story.app->wait_until_idle();
  auto screens = story.app->screens();
  for (int i = 0; i < 20 && !(screens->today.counting.empty() && seen.size() > 2); ++i) {
    seen.push_back(screens);
    // Nobody's final number is a part: neither on the page nor in the navigation.
    if (!screens->today.counting.empty()) CHECK(badge_of(*screens) == 0);
    screens = story.want(ca::Search{"某1"});
    CHECK(screens->members.matching == 111);
  }
  CHECK(screens->today.counting == "");
  CHECK(screens->today.to_contact == kMembers);
  CHECK(badge_of(*screens) == screens->today.pressing);
  CHECK(screens->today.due_total >= kMembers);
}

TEST_CASE(
    "of a long list the window is given the part it asks for, and keeps it when the list is built again") {
  AppStory story(many_away);
  story.unlock();
  auto screens = story.want(ca::Search{"", 200});
  CHECK(screens->members.matching == kMembers);
  CHECK(screens->members.first == 200);
  CHECK(screens->members.rows.size() == kMembers - 200);
  const Id at = screens->members.rows.front().member;
  screens = story.want(ca::OpenPage{cv::Page::kMembers});
  CHECK(screens->members.first == 200);
  CHECK(screens->members.rows.front().member == at);
  screens = story.want(ca::Search{"某1"});
  CHECK(screens->members.first == 0);
}

}  // namespace lianxin::test
