// The page of figures behind the window.
#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

TEST_CASE(
    "the page is built when it comes to the front, and keeps what was asked when work is saved meanwhile") {
  AppStory story([](WorkStore& work) {
    const Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    put(*work.store, "consultation", {{"member_id", member.text()}, {"occurred_on", day(*work.store, 0)}});
  });
  story.unlock();
  auto screens = story.want(ca::OpenPage{cv::Page::kReports});
  REQUIRE(screens->figures.state.readiness == cv::Readiness::kReady);
  CHECK(screens->figures.question.period == "year");
  screens = story.want(ca::AskFigures{screens->figures.question.unit, "month", 36});
  CHECK(screens->figures.question.period == "month");
  CHECK(screens->figures.ledger.row == 36);
  CHECK(screens->figures.ledger.rows.size() == 1);
  screens = story.want(ca::OpenPage{cv::Page::kReports});
  CHECK(screens->figures.ledger.row == 36);
}

TEST_CASE("a unit that is not here leaves a page that says so") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto screens = story.want(ca::AskFigures{Id::make(4), "year", 0});
  CHECK(screens->figures.state.readiness == cv::Readiness::kFailed);
  CHECK(screens->figures.state.problem != "");
}

}  // namespace lianxin::test
