#include "client/ui/place_field.hpp"

#include <doctest/doctest.h>

#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr const char* kField = "member.say.division";

/// The form for somebody who moved on.
struct Moved : WorkDesk {
  Moved() : WorkDesk(app::OpenMember{sample_id(1)}) {
    ui.click("member.say");
    ui.frames(2);
    ui.click("member.say.what:moved");
    ui.frames(2);
    (void)ui.commands();
  }
  [[nodiscard]] std::size_t sent() { return sent_count<app::SayWhereabouts>(ui.commands()); }
};

}  // namespace

TEST_CASE("a place is typed by its name, Enter takes the first that is offered, and the next one the form") {
  for (const char* typed : {"深圳", "shenz", "4403"}) {
    CAPTURE(typed);
    Moved desk;
    desk.ui.click(kField);
    desk.ui.type(typed);
    CHECK(desk.ui.shows("广东深圳"));
    CHECK(desk.ui.shows("广东深圳宝安区"));
    desk.ui.press(ImGuiKey_Enter);
    desk.ui.frames(2);
    CHECK(desk.sent() == 0);
    CHECK_FALSE(desk.ui.shows("广东深圳宝安区"));  // one is chosen, the others are gone
    desk.ui.click(kField);
    desk.ui.press(ImGuiKey_Enter);
    const auto said = desk.ui.sent<app::SayWhereabouts>();
    CHECK(said.what == app::HomeComing::kMoved);
    CHECK(said.division == "440300");
  }
}

TEST_CASE("a place is taken by mouse, given up by a second press, and typed over") {
  Moved desk;
  desk.ui.fill(kField, "深圳");
  desk.ui.click("member.say.division.place:440306");
  desk.ui.frames(2);
  CHECK(desk.ui.shows("广东深圳宝安区"));
  desk.ui.click("member.say.division.place:440306");
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows("广东深圳宝安区"));
  desk.ui.fill(kField, "杭州");
  desk.ui.click("member.say.division.place:330100");
  desk.ui.frames(4);  // the form has fewer rows now
  desk.ui.click("member.say.save");
  CHECK(desk.ui.sent<app::SayWhereabouts>().division == "330100");
}

TEST_CASE("a code is a place as soon as it is whole") {
  Moved desk;
  desk.ui.fill(kField, "440306");
  desk.ui.frames(4);
  CHECK(desk.ui.shows("广东深圳宝安区"));
  desk.ui.click("member.say.save");
  CHECK(desk.ui.sent<app::SayWhereabouts>().division == "440306");
}

TEST_CASE("what is found nowhere is kept as it was typed; that nobody knows is a choice") {
  Moved desk;
  SUBCASE("no such place") {
    desk.ui.fill(kField, "没有这个地方");
    CHECK(desk.ui.shows("没有找到这个地方"));
    desk.ui.frames(4);
    desk.ui.click("member.say.save");
    CHECK(desk.ui.sent<app::SayWhereabouts>().division == "没有这个地方");
  }
  SUBCASE("not known") {
    CHECK(desk.ui.shows("不清楚"));
    desk.ui.click("member.say.division.place:unknown");
    desk.ui.frames(4);
    desk.ui.click("member.say.save");
    CHECK(desk.ui.sent<app::SayWhereabouts>().division == "unknown");
  }
}

TEST_CASE(
    "one of many villages is found by its characters, its pinyin, its initials, and never by half a "
    "syllable") {
  WorkDesk desk(app::OpenMember{sample_id(1)});
  view::FieldRow& row = desk.screens.member.sections[0].rows[0];
  row.input = view::FieldInput::kCode;
  row.edited.clear();
  row.choices.clear();
  for (int i = 0; i < 20; ++i)
    row.choices.push_back({"v" + std::to_string(i), "第" + std::to_string(i) + "村", "|cun|c"});
  row.choices.push_back({"lyc", "绿园村", "|luyuancun|lyc|yuancun|yc|cun|c"});
  for (const char* typed : {"绿园", "luyuan", "LYC", "lv yuan", "lüyuan", "yuanc"}) {
    CAPTURE(std::string(typed));
    desk.ui.click("member.field:" + row.record.text() + "." + row.field);
    desk.ui.frames(3);
    desk.ui.fill("member.edit.value.filter", typed);
    CHECK(desk.ui.has("member.edit.value:lyc"));
    CHECK_FALSE(desk.ui.has("member.edit.value:v1"));
    desk.ui.click("member.edit.no");
    desk.ui.frames(2);
  }
  desk.ui.click("member.field:" + row.record.text() + "." + row.field);
  desk.ui.frames(3);
  desk.ui.fill("member.edit.value.filter", "uyuan");
  CHECK_FALSE(desk.ui.has("member.edit.value:lyc"));
  desk.ui.fill("member.edit.value.filter", "lyc");
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.state.work.member.editor.value == "lyc");
  CHECK(desk.state.work.member.editor.input.filter.empty());
}

TEST_CASE("a field of a file that holds a place is chosen the same way and shown by its name") {
  WorkDesk desk(app::OpenMember{sample_id(1)});
  view::FieldRow& row = desk.screens.member.sections[2].rows[0];
  row.input = view::FieldInput::kPlace;
  row.edited = "440300";
  desk.ui.frames(2);
  desk.ui.click("member.field:" + row.record.text() + "." + row.field);
  desk.ui.frames(2);
  CHECK(desk.ui.shows("广东深圳"));
  desk.ui.fill("member.edit.value", "hangzhou");
  desk.ui.click("member.edit.value.place:330100");
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  desk.ui.frames(2);
  CHECK(desk.ui.shows("浙江杭州"));
}

}  // namespace lianxin::test::ui
