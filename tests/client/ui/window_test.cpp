#include "client/ui/window.hpp"

#include <doctest/doctest.h>
#include <set>

#include "client/ui/help.hpp"
#include "client/ui/members_screen.hpp"
#include "client/ui/shell.hpp"
#include "client/ui/today_screen.hpp"
#include "client/ui/unlock_screen.hpp"
#include "tests/ui/headless.hpp"
#include "tests/ui/sample_views.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;
using client::ui::WindowState;

/// The whole window over a sample that a test may change between frames.
struct Desk {
  explicit Desk(const HeadlessSettings& settings = {})
      : screens(sample_screens(settings.language)),
        ui([this](client::ui::Ui& kit,
                  app::CommandQueue& commands) { draw_window(kit, screens, state, commands); },
           settings) {
    ui.frames(4);
    (void)ui.commands();
  }
  view::ScreensView screens;
  WindowState state;
  Headless ui;
};

template <class T>
std::size_t count(const std::vector<app::Command>& commands) {
  std::size_t found = 0;
  for (const app::Command& command : commands)
    found += command.as<T>() != nullptr ? 1 : 0;
  return found;
}

}  // namespace

TEST_CASE("today: arrows move through who is due, Enter opens the member's file") {
  Desk desk;
  CHECK(desk.ui.focused() == "today.due:" + sample_id(1).text());
  desk.ui.press(ImGuiKey_DownArrow);
  CHECK(desk.ui.focused() == "today.due:" + sample_id(2).text());
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(2));
  CHECK(desk.state.front == client::ui::Front::kMember);
}

TEST_CASE("today: Ctrl+N visits the member one stands on") {
  Desk desk;
  desk.ui.press(ImGuiKey_DownArrow);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_N);
  CHECK(desk.ui.sent<app::OpenVisitForm>().member == sample_id(2));
}

TEST_CASE("today: Ctrl+S shows the sync page and starts") {
  Desk desk;
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_S);
  const auto commands = desk.ui.commands();
  CHECK(count<app::StartSync>(commands) == 1);
  CHECK(desk.state.shell.page == view::Page::kSync);
}

TEST_CASE("today: an unfinished form opens from its row as what it is") {
  Desk desk;
  desk.ui.click("today.draft:" + sample_id(70).text());
  CHECK(desk.ui.sent<app::OpenDraft>().draft == sample_id(70));
  CHECK(desk.state.front == client::ui::Front::kPage);
  desk.screens.delivery.form = sample_id(70);
  desk.ui.frames(1);
  CHECK(desk.state.front == client::ui::Front::kDelivery);
}

TEST_CASE("a form that was saved gives way to what was under it") {
  Desk desk;
  desk.ui.press(ImGuiKey_Enter);
  REQUIRE(desk.state.front == client::ui::Front::kMember);
  desk.screens.member.member = sample_id(1);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_N);
  REQUIRE(desk.state.front == client::ui::Front::kVisit);
  desk.screens.visit.form = sample_id(80);
  desk.ui.frames(2);
  desk.screens.visit.form = {};
  desk.ui.frames(1);
  CHECK(desk.state.front == client::ui::Front::kMember);
}

TEST_CASE("whoever searches again types over what was searched before") {
  Desk desk;
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  desk.ui.type("ouyang");
  desk.ui.click("nav.today");
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  desk.ui.type("li");
  CHECK(desk.state.members.query == "li");
}

TEST_CASE("search as one types: Ctrl+F, pinyin, Enter opens the best match when the list has answered") {
  Desk desk;
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  CHECK(desk.ui.focused() == "shell.search");
  desk.ui.type("ouyang");
  CHECK(desk.ui.sent<app::Search>().query == "ouyang");
  CHECK(desk.state.shell.page == view::Page::kMembers);
  desk.ui.press(ImGuiKey_Enter);
  CHECK(count<app::OpenMember>(desk.ui.commands()) == 0);
  desk.screens.members.query = "ouyang";
  desk.screens.members.rows = {desk.screens.members.rows[4]};
  desk.screens.members.matching = 1;
  desk.ui.frames(2);
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(5));
}

TEST_CASE("search: Esc keeps what was typed, Down goes into the list") {
  Desk desk;
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  desk.ui.type("zz");
  desk.ui.press(ImGuiKey_Escape);
  CHECK(desk.state.members.query == "zz");
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  desk.ui.press(ImGuiKey_DownArrow);
  CHECK(desk.ui.focused() == "members.row:" + sample_id(1).text());
}

TEST_CASE("members: of a long list the part that is seen is asked for, once, and is drawn when it is there") {
  Desk desk;
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  view::MembersView& members = desk.screens.members;
  members.total = members.matching = 100'000;
  members.first = 50;
  (void)desk.ui.commands();
  desk.ui.frames(3);
  const auto commands = desk.ui.commands();
  CHECK(count<app::Search>(commands) == 1);
  CHECK(desk.ui.has("members.place:0"));
  CHECK_FALSE(desk.ui.has("members.row:" + members.rows[0].member.text()));
  members.first = 0;
  desk.ui.frames(3);
  CHECK(desk.ui.has("members.row:" + members.rows[0].member.text()));
  CHECK(count<app::Search>(desk.ui.commands()) == 0);
}

/// The list as the program answers it.
struct LongList {
  explicit LongList(std::uint32_t members) : all(members) {}
  void answer(Desk& desk) const {
    view::MembersView& shown = desk.screens.members;
    std::optional<std::uint32_t> from;
    for (const app::Command& command : desk.ui.commands()) {
      if (const auto* search = command.as<app::Search>()) from = search->from;
    }
    if (!from) return;
    shown.first = *from;
    shown.rows.clear();
    for (std::uint32_t place = *from; place < std::min(*from + 300, all); ++place) {
      view::MemberRow row;
      row.member = sample_id(1000 + place);
      row.name = name(place);
      shown.rows.push_back(std::move(row));
    }
    desk.ui.frames(2);
  }
  static std::string name(std::uint32_t place) { return "员" + std::to_string(10000 + place); }
  static std::string key(std::uint32_t place) { return "members.row:" + sample_id(1000 + place).text(); }
  std::uint32_t all;
};

TEST_CASE(
    "members: each of 3,000 is reached by scrolling, and the arrows go on where rows were not there yet") {
  const LongList list(3000);
  Desk desk;
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  view::MembersView& members = desk.screens.members;
  members.total = members.matching = list.all;
  members.first = 1;  // as if it had been scrolled before
  members.rows.clear();
  desk.ui.frames(2);
  list.answer(desk);
  CHECK(desk.ui.shows("共 3000 人"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  for (std::uint32_t place = 0; place < 330; ++place) {
    desk.ui.press(ImGuiKey_DownArrow);
    list.answer(desk);
    REQUIRE(desk.ui.focused() == LongList::key(place));
  }
  CHECK(members.first > 0);
  std::set<std::string> seen;
  ImGui::GetIO().AddMousePosEvent(700, 500);
  for (const float turn : {100.0F, -5.0F}) {
    for (int i = 0; i < 900 && seen.count(LongList::key(list.all - 1)) == 0; ++i) {
      ImGui::GetIO().AddMouseWheelEvent(0, turn);
      desk.ui.frames(3);
      list.answer(desk);
      for (const client::ui::DrawnItem& item : desk.ui.items()) {
        const std::string key(client::ui::item_key(item.label));
        if (item.visible && key.starts_with("members.row:")) seen.insert(key);
      }
      if (turn > 0 && seen.count(LongList::key(0)) > 0) break;
    }
  }
  CHECK(seen.size() == list.all);
}

TEST_CASE("today: a day that is still counted says so, beside its numbers too") {
  Desk desk;
  CHECK_FALSE(desk.ui.shows("正在统计"));
  desk.screens.today.counting = "正在统计…还有 1200 人";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("正在统计…还有 1200 人"));
  desk.screens.today.due.clear();
  desk.screens.today.groups.clear();
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows("今天没有到期的联系"));
}

TEST_CASE("members: nobody found offers to clear the search") {
  Desk desk;
  desk.screens.members.query = desk.state.members.query = "nobody";
  desk.screens.members.rows.clear();
  desk.screens.members.matching = 0;
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  CHECK(desk.ui.shows("“nobody”"));
  desk.ui.click("members.clear");
  CHECK(desk.ui.sent<app::Search>().query.empty());
  CHECK(desk.state.members.query.empty());
}

TEST_CASE("members: Alt+N begins a new one, as on every list that has a new one") {
  Desk desk;
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_N);
  CHECK(desk.ui.sent<app::OpenMember>().member.is_nil());
}

TEST_CASE("members: choosing whom to visit ends in the visit form") {
  Desk desk;
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_5);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_N);
  CHECK(desk.ui.has("members.pick_cancel"));
  desk.ui.press(ImGuiKey_DownArrow);
  desk.ui.press(ImGuiKey_DownArrow);
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::OpenVisitForm>().member == sample_id(2));
}

TEST_CASE("members: thousands of rows are drawn as far as they are seen, and arrows scroll to them") {
  Desk desk;
  const view::MemberRow row = desk.screens.members.rows[0];
  for (std::size_t i = 100; i < 2100; ++i) {
    desk.screens.members.rows.push_back(row);
    desk.screens.members.rows.back().member = sample_id(i);
  }
  desk.screens.members.matching = static_cast<std::uint32_t>(desk.screens.members.rows.size());
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  CHECK(desk.ui.items().size() < 80);
  desk.state.members.focus_rows = true;
  desk.ui.frames(3);
  for (int i = 0; i < 30; ++i)
    desk.ui.press(ImGuiKey_DownArrow);
  CHECK(desk.ui.focused() == "members.row:" + sample_id(106).text());
  CHECK(desk.ui.item(desk.ui.focused()).visible);
}

TEST_CASE("every page of the navigation opens by its key and by a click") {
  Desk desk;
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_8);
  CHECK(desk.ui.sent<app::OpenPage>().page == view::Page::kConflicts);
  desk.ui.click("nav.settings");
  CHECK(desk.ui.sent<app::OpenPage>().page == view::Page::kSettings);
  CHECK(desk.state.shell.page == view::Page::kSettings);
}

TEST_CASE("the tenth page has Alt+0, and Ctrl+PageDown and Ctrl+PageUp reach those without a digit") {
  Desk desk;
  const auto& nav = desk.screens.shell.nav;
  REQUIRE(nav.size() == 14);
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_0);
  CHECK(desk.ui.sent<app::OpenPage>().page == nav[9].page);
  for (std::size_t i = 10; i < nav.size(); ++i) {
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_PageDown);
    CHECK(desk.ui.sent<app::OpenPage>().page == nav[i].page);
  }
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_PageDown);  // there is none below
  CHECK(count<app::OpenPage>(desk.ui.commands()) == 0);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_PageUp);
  CHECK(desk.ui.sent<app::OpenPage>().page == nav[12].page);
}

TEST_CASE("F1 tells the keys of the page; Esc closes; keys do not reach the page behind") {
  Desk desk;
  desk.ui.press(ImGuiKey_F1);
  CHECK(desk.ui.shows("Ctrl+S"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_S);
  CHECK(count<app::StartSync>(desk.ui.commands()) == 0);
  desk.ui.press(ImGuiKey_Escape);
  CHECK_FALSE(desk.ui.has("help.close"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_S);
  CHECK(count<app::StartSync>(desk.ui.commands()) == 1);
}

TEST_CASE("F9 covers the screen: no name can be read; the page comes back as it was") {
  Desk desk;
  desk.ui.press(ImGuiKey_DownArrow);
  desk.ui.press(ImGuiKey_F9);
  CHECK_FALSE(desk.ui.shows("赵志远"));
  CHECK_FALSE(desk.ui.shows("王建国"));
  desk.ui.press(ImGuiKey_F9);
  CHECK(desk.ui.shows("赵志远"));
}

TEST_CASE("a toast goes after some seconds; Ctrl+Z takes back what it tells") {
  Desk desk;
  desk.screens.shell.toast = {7, {"saved"}, "token-7"};
  CHECK(desk.ui.shows("saved"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Z);
  CHECK(desk.ui.sent<app::Undo>().undo_token == "token-7");
  CHECK_FALSE(desk.ui.shows("saved"));
  desk.screens.shell.toast.number = 8;
  CHECK(desk.ui.shows("saved"));
  desk.ui.pass(9);
  CHECK_FALSE(desk.ui.shows("saved"));
}

TEST_CASE("what must be read before work begins stands on the first page until it is over") {
  Desk desk;
  desk.screens.shell.notice = {"disk-notice", view::Tone::kNeedsYou, view::Mark::kNeedsYou};
  CHECK(desk.ui.shows("disk-notice"));
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  CHECK_FALSE(desk.ui.shows("disk-notice"));
}

TEST_CASE("a toast with warnings is read whole, and as long as its lines need") {
  Desk desk;
  std::string words = "已保存。请留意：";
  for (int i = 0; i < 12; ++i)
    words += "离开日期晚于结束日期，请核对。";
  words += "toast-end";
  desk.screens.shell.toast = {9, {words}, "token-9"};
  CHECK(desk.ui.shows("toast-end"));
  CHECK_FALSE(desk.ui.shows("…"));
  desk.ui.pass(9);
  CHECK(desk.ui.shows("toast-end"));
  desk.ui.pass(90);
  CHECK_FALSE(desk.ui.shows("toast-end"));
}

TEST_CASE("without input the window locks after the minutes set, once, and asks for no frame before") {
  Desk desk;
  desk.screens.shell.idle_lock_minutes = 1;
  desk.ui.frames(1);
  CHECK(desk.ui.ui().next_wake() > 50);
  desk.ui.pass(61);
  const auto commands = desk.ui.commands();
  CHECK(count<app::Lock>(commands) == 1);
}

TEST_CASE("an idle page is the same picture in every frame and wants no further one") {
  Desk desk;
  desk.screens.shell.idle_lock_minutes = 0;
  const Picture first = desk.ui.look();
  desk.ui.frames(5);
  CHECK(desk.ui.ui().next_wake() < 0);
  CHECK(desk.ui.look().pixels == first.pixels);
}

TEST_CASE("unlock: the passphrase goes out by Enter, and is forgotten when answered") {
  Desk desk;
  desk.screens.shell.access = view::Access::kLocked;
  desk.screens.unlock.owners.push_back({"b", "李秀英", ""});
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == "unlock.passphrase");
  desk.ui.type("correct horse");
  CHECK_FALSE(desk.ui.shows("correct horse"));
  desk.ui.press(ImGuiKey_Enter);
  const auto sent = desk.ui.sent<app::Unlock>();
  CHECK(sent.store == "a");
  CHECK(sent.passphrase == "correct horse");
  desk.screens.unlock.attempt = 1;
  desk.screens.unlock.problem = "wrong";
  desk.ui.frames(3);
  CHECK(desk.state.unlock.passphrase.empty());
  CHECK(desk.ui.shows("wrong"));
}

TEST_CASE("unlock: the passphrase can be typed whatever was pressed before") {
  Desk desk;
  desk.screens.shell.access = view::Access::kLocked;
  desk.ui.frames(3);
  for (const ImGuiKeyChord chord :
       {ImGuiKeyChord(ImGuiKey_Escape), ImGuiKeyChord(ImGuiMod_Alt | ImGuiKey_8), ImGuiKeyChord(ImGuiKey_F1),
        ImGuiKeyChord(ImGuiKey_Escape), ImGuiKeyChord(ImGuiKey_LeftAlt), ImGuiKeyChord(ImGuiKey_Escape)}) {
    desk.ui.press(chord);
    desk.ui.frames(2);
  }
  desk.ui.type("correct horse");
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::Unlock>().passphrase == "correct horse");
}

TEST_CASE("unlock: wherever one stood when it was locked, the passphrase can be typed at once") {
  for (const ImGuiKeyChord place : {ImGuiKeyChord(ImGuiMod_Alt | ImGuiKey_2), ImGuiMod_Ctrl | ImGuiKey_F,
                                    ImGuiMod_Ctrl | ImGuiKey_PageUp, ImGuiMod_Ctrl | ImGuiKey_N}) {
    for (const view::Page page : {view::Page::kToday, view::Page::kSettings}) {
      Desk desk;
      desk.screens.unlock.owners = {{"a", "赵志远", ""}};
      desk.screens.shell.access = view::Access::kLocked;
      desk.ui.frames(3);
      desk.screens.shell.access = view::Access::kOpen;
      client::ui::open_in_front(desk.state, app::OpenPage{page});
      desk.ui.frames(3);
      desk.ui.press(place);
      desk.ui.frames(3);
      desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_L);
      desk.screens.shell.access = view::Access::kLocked;
      desk.ui.frames(4);
      CAPTURE(place);
      CAPTURE(static_cast<int>(page));
      CHECK(desk.ui.focused() == "unlock.passphrase");
      CHECK(desk.ui.ui().next_wake() < 0);
      desk.ui.type("correct horse");
      desk.ui.press(ImGuiKey_Enter);
      CHECK(desk.ui.sent<app::Unlock>().passphrase == "correct horse");
    }
  }
}

TEST_CASE("unlock: a digit chooses the person") {
  Desk desk;
  desk.screens.shell.access = view::Access::kLocked;
  desk.screens.unlock.owners.push_back({"b", "李秀英", ""});
  desk.ui.frames(3);
  desk.ui.press(ImGuiMod_Shift | ImGuiKey_Tab);
  desk.ui.press(ImGuiKey_2);
  desk.ui.type("another phrase");
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::Unlock>().store == "b");
}

TEST_CASE("enrolment: nothing is sent until line and both passphrases are in order; then Ctrl+Enter joins") {
  Desk desk;
  desk.screens.shell.access = view::Access::kNotEnrolled;
  desk.screens.unlock.owners.clear();
  desk.ui.frames(3);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(count<app::Enrol>(desk.ui.commands()) == 0);
  CHECK(desk.ui.shows(desk.ui.messages().get("enrol.line_missing")));
  CHECK(desk.ui.focused() == "enrol.join_line");
  desk.ui.type("lianxin:abc");
  desk.ui.press(ImGuiKey_Tab);
  desk.ui.type("a long sentence");
  desk.ui.press(ImGuiKey_Tab);
  desk.ui.type("another sentence");
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(desk.ui.shows(desk.ui.messages().get("enrol.not_equal")));
  desk.ui.fill("enrol.again", "a long sentence");
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  const auto sent = desk.ui.sent<app::Enrol>();
  CHECK(sent.join_line == "lianxin:abc");
  CHECK(sent.passphrase == "a long sentence");
}

TEST_CASE("in both languages and all text sizes nothing lies outside the window and no button is cut off") {
  for (const char* language : {"zh-CN", "en"}) {
    for (const std::uint32_t percent : {100U, 112U, 125U, 150U}) {
      HeadlessSettings settings;
      settings.language = language;
      settings.text_percent = percent;
      Desk desk(settings);
      for (const ImGuiKey page : {ImGuiKey_1, ImGuiKey_2}) {
        desk.ui.press(ImGuiMod_Alt | page);
        CAPTURE(language);
        CAPTURE(percent);
        for (const client::ui::DrawnItem& item : desk.ui.items()) {
          CAPTURE(item.label);
          CHECK(item.min.x >= 0);
          CHECK(item.max.x <= 1366);
          if (item.visible) CHECK(item.min.y >= -1200);
        }
        CHECK(desk.ui.item("shell.new_visit").max.y <= desk.ui.ui().px(52));
      }
    }
  }
}

}  // namespace lianxin::test::ui
