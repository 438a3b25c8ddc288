#include <doctest/doctest.h>

#include "client/ui/duplicates_screen.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

app::Command duplicates_page() { return app::OpenPage{view::Page::kDuplicates}; }

}  // namespace

TEST_CASE("duplicates: 1 is the same, 2 is not, with what was on the screen; each is answered once") {
  WorkDesk desk(duplicates_page());
  desk.ui.press(ImGuiKey_1);
  desk.ui.press(ImGuiKey_2);
  const auto commands = desk.ui.commands();
  REQUIRE(commands.size() == 2);
  const auto& same = std::get<app::SayTwins>(commands[0].any());
  CHECK(same.word == app::TwinAnswer::kSame);
  CHECK(same.one == sample_id(1));
  CHECK(same.other == sample_id(801));
  CHECK(same.shown_token == "t1");
  const auto& different = std::get<app::SayTwins>(commands[1].any());
  CHECK(different.word == app::TwinAnswer::kDifferent);
  CHECK(different.one == sample_id(803));
}

TEST_CASE("duplicates: the answers name what the two may be one of") {
  WorkDesk desk(duplicates_page());
  CHECK(desk.ui.shows("是同一个人"));
  CHECK(desk.ui.shows("不是同一个人"));
  desk.ui.click("twins.row:p3");
  CHECK(desk.ui.shows("是同一次送达"));
  CHECK(desk.ui.shows("不是同一次送达"));
  desk.screens.duplicates = sample_twin_visits("zh-CN");
  desk.ui.frames(2);
  desk.ui.click("twins.row:p4");
  CHECK(desk.ui.shows("不是同一次走访"));
}

TEST_CASE("duplicates: 3 puts a pair to the end and sends nothing; O and P open the two files") {
  WorkDesk desk(duplicates_page());
  desk.ui.press(ImGuiKey_3);
  CHECK(desk.ui.commands().empty());
  desk.ui.press(ImGuiKey_3);
  desk.ui.press(ImGuiKey_3);
  desk.ui.press(ImGuiKey_O);
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(1));
}

TEST_CASE("duplicates: the right file opens by P") {
  WorkDesk desk(duplicates_page());
  desk.ui.press(ImGuiKey_P);
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(801));
}

TEST_CASE("duplicates: a row of the rest comes to the top") {
  WorkDesk desk(duplicates_page());
  desk.ui.click("twins.row:p3");
  desk.ui.press(ImGuiKey_1);
  CHECK(desk.ui.sent<app::SayTwins>().one == sample_id(811));
}

TEST_CASE("duplicates: what was said is taken back") {
  WorkDesk desk(duplicates_page());
  desk.screens.duplicates.pairs.clear();
  desk.ui.frames(2);
  desk.ui.click("twins.undo:s1");
  const auto undone = desk.ui.sent<app::SayTwins>();
  CHECK(undone.word == app::TwinAnswer::kUndo);
  CHECK(undone.one == sample_id(820));
}

TEST_CASE("duplicates: none, being read, and failed are said on purpose") {
  WorkDesk desk(duplicates_page());
  desk.screens.duplicates.pairs.clear();
  desk.ui.frames(2);
  CHECK(desk.ui.shows("没有可能重复的记录"));
  desk.screens.duplicates.reading = true;
  desk.ui.frames(2);
  CHECK(desk.ui.shows("正在查看新来的记录"));
  desk.screens.duplicates.state = {view::Readiness::kFailed, "打不开记录。"};
  desk.ui.frames(2);
  CHECK(desk.ui.shows("打不开记录。"));
}

TEST_CASE("duplicates: at the largest text the answers stand in sight, and PgDn shows what is below") {
  for (const char* language : {"zh-CN", "en"}) {
    WorkDesk desk(duplicates_page(), {.language = language, .text_percent = 150});
    for (const char* answer :
         {"twins.same", "twins.different", "twins.later", "twins.open_one", "twins.open_other"})
      CHECK(desk.ui.has(answer));
    const float answers = desk.ui.item("twins.same").min.y;
    const Picture above = desk.ui.look();
    desk.ui.press(ImGuiKey_PageDown);
    desk.ui.frames(2);
    CHECK(desk.ui.look().pixels != above.pixels);
    CHECK(desk.ui.focused().empty());
    CHECK(desk.ui.item("twins.same").min.y == answers);
    desk.ui.press(ImGuiKey_PageUp);
    desk.ui.frames(2);
    CHECK(desk.ui.look().pixels == above.pixels);
  }
}

}  // namespace lianxin::test::ui
