#include <doctest/doctest.h>

#include "client/ui/figures_screen.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

app::Command figures_page() { return app::OpenPage{view::Page::kReports}; }

}  // namespace

TEST_CASE("figures: a row asks for its ledger, with the unit and the period that are shown") {
  WorkDesk desk(figures_page());
  desk.ui.click("figures.row:36");
  const auto asked = desk.ui.sent<app::AskFigures>();
  CHECK(asked.row == 36);
  CHECK(asked.unit == sample_id(1));
  CHECK(asked.period == "year");
}

TEST_CASE("figures: another period and another unit keep the figure that is open") {
  WorkDesk desk(figures_page());
  desk.ui.click("figures.period:month");
  const auto month = desk.ui.sent<app::AskFigures>();
  CHECK(month.period == "month");
  CHECK(month.row == 45);
  CHECK(month.unit == sample_id(1));
  desk.ui.click("figures.unit:" + sample_id(3).text());
  const auto township = desk.ui.sent<app::AskFigures>();
  CHECK(township.unit == sample_id(3));
  CHECK(township.period == "year");
  CHECK(township.row == 45);
}

TEST_CASE("figures: a line of the ledger opens what it is") {
  WorkDesk desk(figures_page());
  desk.ui.click("figures.record:" + sample_id(900).text() + ".0");
  CHECK(desk.ui.sent<app::OpenVisit>().visit == sample_id(900));
}

TEST_CASE("figures: a day of another year is read whole in the ledger") {
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings settings;
    settings.language = language;
    WorkDesk desk(figures_page(), settings);
    auto& ledger = desk.screens.figures.ledger;
    REQUIRE_FALSE(ledger.rows.empty());
    const std::string day = std::string(language) == "en" ? "26 Nov 2020" : "2020年11月26日";
    ledger.rows.front().day = day;
    desk.ui.frames(2);
    CHECK(desk.ui.shows(day));
  }
}

TEST_CASE("figures: a record that has no page of its own opens the member it is about") {
  WorkDesk desk(figures_page());
  desk.screens.figures.ledger.rows[0].opens = view::RowOpens::kMember;
  desk.screens.figures.ledger.rows[0].target = sample_id(7);
  desk.ui.frames(2);
  desk.ui.click("figures.record:" + sample_id(900).text() + ".0");
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(7));
}

TEST_CASE("figures: without a chosen row the right side says what to do; an empty ledger says so") {
  WorkDesk desk(figures_page());
  desk.screens.figures.ledger = {};
  desk.ui.frames(2);
  CHECK(desk.ui.shows("点选左边的一项"));
  desk.screens.figures.ledger.row = 45;
  desk.ui.frames(2);
  CHECK(desk.ui.shows("没有记录"));
}

TEST_CASE("what leads to the undecided pairs stands beside what is said of them, however long that is") {
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings large;
    large.language = language;
    large.text_percent = 150;
    WorkDesk desk(app::OpenPage{view::Page::kReports}, large);
    desk.screens.figures.question.undecided = "2";
    desk.ui.frames(2);
    const float beside_short = desk.ui.item("figures.undecided").min.y;
    for (int i = 0; i < 30; ++i)
      desk.screens.figures.question.undecided += " 赵连心 (三合村)";
    desk.ui.frames(2);
    CHECK(desk.ui.item("figures.undecided").min.y == beside_short);
    CHECK(desk.ui.item("figures.undecided").max.x <= 1366);
  }
}

}  // namespace lianxin::test::ui
