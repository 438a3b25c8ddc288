// Covered by F9, locked by Ctrl+L, closed under one's hands: nothing typed is lost, nothing personal is
// shown.
#include <doctest/doctest.h>

#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;
using client::ui::Front;

constexpr const char* kTyped = "国庆后换到宝安";

/// The screens of the sample, locked; what the program publishes then.
view::ScreensView locked_screens() {
  view::ScreensView outside;
  outside.shell.access = view::Access::kLocked;
  outside.unlock.owners = {{"a", "王建国", "三合村"}, {"b", "李秀英", "金厂镇"}};
  return outside;
}

/// As after Unlock: the page of the day and nothing of before.
view::ScreensView inside_again() {
  view::ScreensView inside = WorkDesk::with_work("zh-CN");
  inside.visit = {};
  inside.delivery = {};
  inside.member = {};
  inside.records.form = {};
  return inside;
}

void unlock(WorkDesk& desk, const std::string& owner) {
  desk.ui.frames(3);
  desk.ui.click(owner == "a" ? "unlock.owner:0" : "unlock.owner:1");
  desk.ui.fill("unlock.passphrase", "correct horse");
  desk.ui.press(ImGuiKey_Enter);
  REQUIRE(desk.ui.sent<app::Unlock>().store == owner);
}

/// Whether a visit with these words was put aside.
bool is_stashed(const std::vector<app::Command>& sent, std::string_view words) {
  for (const app::Command& command : sent) {
    const auto* stash = command.as<app::StashDraft>();
    const auto* visit = stash == nullptr ? nullptr : std::get_if<view::VisitDraft>(&stash->draft);
    if (visit != nullptr && visit->content.find(words) != std::string::npos) return true;
  }
  return false;
}

template <class T>
std::size_t place_of(const std::vector<app::Command>& sent) {
  for (std::size_t i = 0; i < sent.size(); ++i)
    if (sent[i].as<T>() != nullptr) return i;
  return sent.size();
}

}  // namespace

TEST_CASE("F9 and Ctrl+L work while a dialog is open over the page, and covered as well") {
  WorkDesk desk(app::OpenMember{sample_id(1)});
  desk.ui.click("member.say");
  desk.ui.frames(2);
  REQUIRE(desk.ui.has("member.say.save"));
  desk.ui.press(ImGuiKey_F9);
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows("赵志远"));
  CHECK_FALSE(desk.ui.has("member.say.save"));
  SUBCASE("Esc or F9 uncovers, and the dialog is there as it was") {
    for (const ImGuiKey key : {ImGuiKey_Escape, ImGuiKey_F9}) {
      desk.state.covered = true;
      desk.ui.frames(2);
      desk.ui.press(key);
      desk.ui.frames(2);
      CHECK_FALSE(desk.state.covered);
      CHECK(desk.ui.has("member.say.save"));
    }
  }
  SUBCASE("Ctrl+L locks under F9") {
    (void)desk.ui.commands();
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_L);
    CHECK(sent_count<app::Lock>(desk.ui.commands()) == 1);
    desk.screens = locked_screens();
    unlock(desk, "a");
    desk.screens = inside_again();
    desk.ui.frames(4);
    CHECK_FALSE(desk.state.covered);
    CHECK_FALSE(desk.ui.has("member.say.save"));
  }
  SUBCASE("Ctrl+L locks over the dialog") {
    desk.ui.press(ImGuiKey_F9);
    desk.ui.frames(2);
    REQUIRE(desk.ui.has("member.say.save"));
    (void)desk.ui.commands();
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_L);
    CHECK(sent_count<app::Lock>(desk.ui.commands()) == 1);
    desk.screens = locked_screens();
    unlock(desk, "a");
  }
}

TEST_CASE("what was typed stands among the drafts as soon as F9 covers it, and before Ctrl+L locks it") {
  for (const ImGuiKeyChord key : {ImGuiKeyChord(ImGuiKey_F9), ImGuiMod_Ctrl | ImGuiKey_L}) {
    WorkDesk desk(app::OpenVisitForm{sample_id(1)});
    desk.ui.fill("visit.content", kTyped);
    (void)desk.ui.commands();
    desk.ui.press(key);
    const auto sent = desk.ui.commands();
    CHECK(is_stashed(sent, kTyped));
    CHECK(place_of<app::StashDraft>(sent) <= place_of<app::Lock>(sent));
  }
}

TEST_CASE("a value that was typed and not accepted when it was locked stands in the draft") {
  for (const bool is_covered : {false, true}) {
    CAPTURE(is_covered);
    WorkDesk desk(app::OpenMember{sample_id(1)});
    const view::FieldRow* row = nullptr;
    for (const view::FieldSection& section : desk.screens.member.sections)
      for (const view::FieldRow& one : section.rows)
        if (row == nullptr && one.input == view::FieldInput::kText) row = &one;
    REQUIRE(row != nullptr);
    desk.ui.click("member.field:" + row->record.text() + "." + row->field);
    desk.ui.frames(3);
    desk.ui.fill("member.edit.value", "19900004321");
    if (is_covered) desk.ui.press(ImGuiKey_F9);
    (void)desk.ui.commands();
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_L);
    const auto stash = desk.ui.sent<app::StashDraft>();
    const auto* draft = std::get_if<view::MemberDraft>(&stash.draft);
    REQUIRE(draft != nullptr);
    REQUIRE(draft->edits.size() == 1);
    CHECK(draft->edits.front().value == "19900004321");
  }
}

TEST_CASE("a store closed under one's hands: what was typed since is put aside when its owner comes again") {
  WorkDesk desk(app::OpenPage{view::Page::kToday});
  desk.state.whose = desk.state.unlocks = "a";
  client::ui::open_in_front(desk.state, app::OpenVisitForm{sample_id(1)});
  desk.ui.frames(6);
  desk.ui.fill("visit.content", kTyped);
  REQUIRE_FALSE(is_stashed(desk.ui.commands(), kTyped));
  desk.screens = locked_screens();
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows(kTyped));
  SUBCASE("the same") {
    SUBCASE("who was writing") {}
    SUBCASE("who was saving") { desk.state.work.visit.saving = true; }
    unlock(desk, "a");
    desk.screens = inside_again();
    desk.ui.frames(4);
    const auto sent = desk.ui.commands();
    CHECK(is_stashed(sent, kTyped));
    CHECK(place_of<app::StashDraft>(sent) < place_of<app::OpenPage>(sent));
    CHECK(desk.state.front == Front::kPage);
  }
  SUBCASE("another: nothing of it reaches his store") {
    unlock(desk, "b");
    desk.screens = inside_again();
    desk.ui.frames(4);
    CHECK_FALSE(is_stashed(desk.ui.commands(), kTyped));
    CHECK(desk.state.work.visit.draft.content.empty());
  }
}

TEST_CASE("what was on its way to be saved when it was locked is not put aside behind it") {
  WorkDesk desk(app::OpenVisitForm{sample_id(1)});
  desk.ui.fill("visit.content", kTyped);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_L);
  (void)desk.ui.commands();
  desk.screens = locked_screens();
  unlock(desk, "a");
  desk.screens = inside_again();
  desk.ui.frames(4);
  CHECK_FALSE(is_stashed(desk.ui.commands(), kTyped));
}

TEST_CASE("unlocked again one stands on the page one left, and it is asked for anew") {
  WorkDesk desk(app::OpenPage{view::Page::kVisits});
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_L);
  desk.screens = locked_screens();
  unlock(desk, "a");
  desk.screens = inside_again();
  desk.ui.frames(4);
  CHECK(desk.ui.sent<app::OpenPage>().page == view::Page::kVisits);
  CHECK(desk.ui.focused().starts_with("register.row:"));
}

TEST_CASE("with large text, and many who share the laptop, all of the page to unlock is in sight") {
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings large;
    large.language = language;
    large.text_percent = 150;
    WorkDesk desk(app::OpenPage{view::Page::kToday}, large);
    desk.screens = locked_screens();
    for (const char* name : {"赵志远", "金契"})
      desk.screens.unlock.owners.push_back({name, name, "三合村 · 网格员"});
    desk.screens.unlock.problem = "口令不对，请再试一次。连续输错不会损坏资料。";
    desk.screens.unlock.notice = "15 分钟没有操作，已锁定。";
    desk.ui.frames(4);
    CHECK(desk.ui.item("unlock.another").max.y <= 768);
    CHECK(desk.ui.item("unlock.owner:0").min.y >= 0);
  }
}

TEST_CASE("with large text the help closes by a button that is in sight") {
  HeadlessSettings large;
  large.text_percent = 150;
  WorkDesk desk(app::OpenMember{sample_id(1)}, large);
  desk.ui.press(ImGuiKey_F1);
  desk.ui.frames(4);
  CHECK(desk.ui.item("help.close").visible);
  CHECK(desk.ui.item("help.close").max.y < 768 - 8);
}

}  // namespace lianxin::test::ui
