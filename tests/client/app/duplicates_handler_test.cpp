// Possible duplicates behind the window: found between other work, decided, taken back.
#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

void two_of_one(WorkStore& work) {
  for (int i = 0; i < 2; ++i)
    put(*work.store, "member",
        {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}, {"born_on", "1979-03"}});
}

/// Slices post each other: one look at the queue is not enough.
std::shared_ptr<const cv::ScreensView> settled(AppStory& story) {
  for (int i = 0; i < 20; ++i)
    (void)story.want(ca::OpenPage{cv::Page::kDuplicates});
  return story.want(ca::OpenPage{cv::Page::kDuplicates});
}

}  // namespace

TEST_CASE(
    "after opening, what came is looked through, and the day's page and the navigation count the pairs") {
  AppStory story([](WorkStore& work) {
    two_of_one(work);
    for (int i = 0; i < 500; ++i)
      put(*work.store, "member", {{"name", "某" + std::to_string(i)}, {"home_village_id", kVillageOfTests}});
  });
  story.unlock();
  const auto screens = settled(story);
  REQUIRE(screens->duplicates.pairs.size() == 1);
  CHECK_FALSE(screens->duplicates.reading);
  CHECK(screens->today.duplicates == 1);
  bool counted = false;
  for (const cv::NavItem& item : screens->shell.nav)
    counted = counted || (item.page == cv::Page::kDuplicates && item.waiting == 1);
  CHECK(counted);
}

TEST_CASE("the same, taken back by the toast; not the same, taken back from the list") {
  AppStory story(two_of_one);
  story.unlock();
  auto screens = settled(story);
  REQUIRE(screens->duplicates.pairs.size() == 1);
  const cv::TwinView pair = screens->duplicates.pairs[0];
  screens = story.want(ca::SayTwins{pair.one, pair.other, ca::TwinAnswer::kSame, pair.shown_token});
  CHECK(screens->duplicates.pairs.empty());
  CHECK(screens->members.total == 1);
  CHECK(screens->duplicates.said.size() == 1);
  const std::string undo = screens->shell.toast.undo_token;
  REQUIRE_FALSE(undo.empty());
  (void)story.want(ca::Undo{undo});
  screens = settled(story);
  REQUIRE(screens->duplicates.pairs.size() == 1);
  CHECK(screens->duplicates.said.empty());

  screens = story.want(ca::SayTwins{pair.one, pair.other, ca::TwinAnswer::kDifferent, ""});
  CHECK(screens->duplicates.pairs.empty());
  CHECK(screens->today.duplicates == 0);
  screens = story.want(ca::SayTwins{pair.one, pair.other, ca::TwinAnswer::kUndo, ""});
  CHECK(settled(story)->duplicates.pairs.size() == 1);
  // A second time there is nothing to take back, and it is said.
  (void)story.want(ca::SayTwins{pair.one, pair.other, ca::TwinAnswer::kUndo, ""});
  CHECK(story.toast().find("没有可撤回的") != std::string::npos);
}

}  // namespace lianxin::test
