#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

TEST_CASE("another language is there at once and at the next start") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  const auto english = story.want(ca::SetLanguage{"en"});
  CHECK(english->settings.language == "en");
  REQUIRE(english->today.due.size() == 2);
  CHECK(english->today.due[0].why.text == "Table of 2026Q3 not confirmed");
  CHECK(english->today.due[1].why.text == "Never visited");
  CHECK(story.app->messages()->get("view.today") == "Today");
  story.stop();
  story.start();
  CHECK(story.app->messages()->get("view.today") == "Today");
}

TEST_CASE("size of the text and contrast are remembered, impossible sizes are not taken") {
  AppStory story([](WorkStore&) {});
  story.want(ca::SetTextSize{125});
  story.want(ca::SetTextSize{7});
  const auto screens = story.want(ca::SetContrast{cv::Contrast::kHigh});
  CHECK(screens->settings.text_percent == 125);
  CHECK(screens->settings.contrast == cv::Contrast::kHigh);
}

TEST_CASE("the minutes of the idle lock belong to the person") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  CHECK(story.want(ca::SetIdleLock{5})->shell.idle_lock_minutes == 5);
  story.want(ca::Lock{});
  story.unlock();
  CHECK(story.app->screens()->settings.idle_lock_minutes == 5);
}

TEST_CASE("a second copy that cannot be kept there is said at the field") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto refused = story.want(ca::SetSecondCopy{"/proc/nowhere"});
  CHECK(refused->settings.second_copy_problems.size() == 1);
  const auto moved = story.want(ca::SetSecondCopy{(story.work.folder.path() / "stick").string()});
  CHECK(moved->settings.second_copy_problems.size() <= 1);
}

}  // namespace lianxin::test
