#include <doctest/doctest.h>

#include "client/ui/conflicts_screen.hpp"
#include "client/ui/file_chooser.hpp"
#include "client/ui/said_card.hpp"
#include "client/ui/sync_screen.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

app::Command page(view::Page one) { return app::OpenPage{one}; }

}  // namespace

TEST_CASE("conflicts: 1 takes mine, 2 takes theirs, with the heads that were on the screen") {
  for (const auto& [key, head] : {std::pair{ImGuiKey_1, "m1"}, std::pair{ImGuiKey_2, "t1"}}) {
    WorkDesk desk(page(view::Page::kConflicts));
    desk.ui.press(key);
    const auto sent = desk.ui.sent<app::ResolveConflict>();
    CHECK(sent.conflict == "c1");
    CHECK(sent.resolution == app::Resolution::kTake);
    CHECK(sent.head == head);
    CHECK(sent.shown_token == "t1");
  }
}

TEST_CASE("conflicts: an office between two others chooses by name, and between two of one person by value") {
  WorkDesk desk(app::OpenPage{view::Page::kConflicts});
  view::ConflictView& one = desk.screens.conflicts.conflicts[0];
  REQUIRE(one.values.size() == 2);
  one.values[0].mine = false;
  one.values[0].who = "甲";
  one.values[1].who = "乙";
  desk.ui.frames(3);
  CHECK(desk.ui.shows("用甲的"));
  CHECK(desk.ui.shows("用乙的"));
  one.values[1].who = "甲";
  one.values[0].value = "E 路";
  one.values[1].value = "";
  desk.ui.frames(3);
  CHECK(desk.ui.shows("用“E 路”"));
  CHECK(desk.ui.shows("用“（清空）”"));
}

TEST_CASE("conflicts: an answered one gives way to the next and cannot be answered twice") {
  WorkDesk desk(page(view::Page::kConflicts));
  desk.ui.press(ImGuiKey_1);
  desk.ui.press(ImGuiKey_1);
  const auto commands = desk.ui.commands();
  REQUIRE(commands.size() == 2);
  CHECK(std::get<app::ResolveConflict>(commands[0].any()).conflict == "c1");
  CHECK(std::get<app::ResolveConflict>(commands[1].any()).conflict == "c2");
}

TEST_CASE("conflicts: one that came back with other values is shown again") {
  WorkDesk desk(page(view::Page::kConflicts));
  desk.ui.press(ImGuiKey_1);
  desk.screens.conflicts.conflicts[0].shown_token = "t1-later";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("199 0000"));
}

TEST_CASE("conflicts: 3 keeps both with mine first, 4 leaves it for later") {
  WorkDesk desk(page(view::Page::kConflicts));
  desk.ui.press(ImGuiKey_4);
  CHECK(desk.ui.sent<app::PostponeConflict>().conflict == "c1");
  desk.ui.press(ImGuiKey_3);
  const auto both = desk.ui.sent<app::ResolveConflict>();
  CHECK(both.resolution == app::Resolution::kKeepBoth);
  CHECK(both.head == "m1");
}

TEST_CASE("conflicts: O opens the visit where it was said") {
  WorkDesk desk(page(view::Page::kConflicts));
  desk.ui.press(ImGuiKey_O);
  CHECK(desk.ui.sent<app::OpenVisit>().visit == sample_id(400));
}

TEST_CASE("conflicts: what was merged is only looked at; a row brings it to the top") {
  WorkDesk desk(page(view::Page::kConflicts));
  desk.ui.click("conflicts.row:c3");
  CHECK_FALSE(desk.ui.has("conflicts.value:m1.take"));
  desk.ui.press(ImGuiKey_1);
  const auto sent = desk.ui.sent<app::ResolveConflict>();
  CHECK(sent.conflict == "c3");
  CHECK(sent.resolution == app::Resolution::kLookedAt);
}

TEST_CASE("told: what lost can be read, opened and objected to") {
  WorkDesk desk(page(view::Page::kSync));
  desk.ui.click("told.object:k1");
  CHECK(desk.ui.sent<app::ObjectTold>().told == "k1");
  desk.ui.click("told.read:k1");
  CHECK(desk.ui.sent<app::DismissTold>().told == "k1");
  desk.ui.click("told.see:k1");
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(2));
}

TEST_CASE(
    "conflicts: of hundreds the one that the keys decide stays in sight, however far down the list one "
    "goes") {
  WorkDesk desk(page(view::Page::kConflicts));
  auto& all = desk.screens.conflicts.conflicts;
  const std::size_t own = all.size();
  for (std::size_t i = own; i < 100; ++i) {
    all.push_back(all[i % own]);
    all.back().conflict = "m" + std::to_string(i);
  }
  desk.screens.conflicts.total = 312;
  desk.ui.frames(3);
  CHECK(desk.ui.shows("1 / 312"));
  for (int i = 0; i < 40; ++i)
    desk.ui.press(ImGuiKey_DownArrow);
  CHECK(desk.ui.focused().starts_with("conflicts.row:m4"));
  CHECK(desk.ui.item("conflicts.postpone").visible);
  desk.ui.press(ImGuiKey_Enter);
  desk.ui.frames(2);
  CHECK(desk.state.work.conflicts.shown.starts_with("m4"));
  CHECK(desk.ui.item("conflicts.postpone").visible);
}

TEST_CASE("conflicts: an empty desk says what would stand there") {
  WorkDesk desk(page(view::Page::kConflicts));
  desk.screens.conflicts.conflicts.clear();
  desk.ui.frames(2);
  CHECK(desk.ui.shows(desk.ui.messages().get("conflicts.none")));
}

TEST_CASE("sync: the sentence stands before the proof, Ctrl+P prints, Ctrl+S syncs once more") {
  WorkDesk desk(page(view::Page::kSync));
  const std::string text = desk.ui.text();
  CHECK(text.find("全部在县里了") < text.find("7f3a…c21e"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_P);
  CHECK(sent_count<app::PrintReceipt>(desk.ui.commands()) == 1);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_S);
  CHECK(sent_count<app::StartSync>(desk.ui.commands()) == 1);
}

TEST_CASE("sync: what the county keeps aside is said with its reason, and a decision can be looked at") {
  WorkDesk desk(page(view::Page::kSync));
  desk.screens.sync.happened.clear();
  desk.screens.sync.told.clear();
  desk.ui.frames(2);
  CHECK(desk.ui.shows("不在本人负责的范围内"));
  desk.ui.click("sync.decided.read:5f0c:2");
  CHECK(desk.ui.sent<app::DismissDecided>().change == "5f0c:2");
  desk.ui.click("sync.aside.row:5f0c:9");
  CHECK(desk.ui.sent<app::OpenMember>().member == sample_id(3));
}

TEST_CASE("sync: while it runs it can be cancelled and not started again") {
  WorkDesk desk(page(view::Page::kSync));
  desk.screens.sync.panel = view::SyncPanel::kSending;
  desk.ui.frames(2);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_S);
  CHECK(sent_count<app::StartSync>(desk.ui.commands()) == 0);
  desk.ui.press(ImGuiKey_Escape);
  CHECK(sent_count<app::CancelSync>(desk.ui.commands()) == 1);
}

TEST_CASE("sync: a failure says what to do and what waits stays in sight") {
  WorkDesk desk(page(view::Page::kSync));
  desk.screens.sync.panel = view::SyncPanel::kFailed;
  desk.screens.sync.unsent = 12;
  desk.screens.sync.problem = "连不上县里的服务器。记录都在本机。";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("连不上县里的服务器。记录都在本机。"));
  CHECK(desk.ui.shows("待传 12 条"));
  CHECK_FALSE(desk.ui.has("sync.address"));
  desk.ui.click("sync.start");
  CHECK(sent_count<app::StartSync>(desk.ui.commands()) == 1);
}

TEST_CASE("sync: where the county was not reached its new address can be typed; what was typed stays") {
  WorkDesk desk(page(view::Page::kSync));
  desk.screens.sync.panel = view::SyncPanel::kFailed;
  desk.screens.sync.may_have_moved = true;
  desk.screens.sync.address = "https://10.1.2.3:8443";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("https://10.1.2.3:8443"));
  desk.ui.fill("sync.address", "10.1.9.9");
  desk.ui.click("sync.moved");
  CHECK(desk.ui.sent<app::StartSync>().address == "10.1.9.9");
  desk.screens.sync.address_problem = "不是县服务器的地址";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("不是县服务器的地址"));
  desk.ui.fill("sync.address", "https://10.1.9.9:8443");
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::StartSync>().address == "https://10.1.9.9:8443");
  desk.screens.sync.panel = view::SyncPanel::kDone;
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("sync.address"));
}

TEST_CASE("sync: a stick is chosen folder by folder; without the means the card is not drawn") {
  WorkDesk desk(page(view::Page::kSync));
  desk.ui.click("sync.bundle_save");
  CHECK(desk.ui.sent<app::BrowseFolder>().path == "sticks");
  desk.ui.click("sync.save_to.entry:/s/a");
  CHECK(desk.ui.sent<app::BrowseFolder>().path == "/s/a");
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::ExportBundle>().folder == "U 盘");
  desk.ui.click("sync.bundle_read");
  (void)desk.ui.commands();
  desk.ui.click("sync.read_from.entry:/s/b.lxb");
  const auto looked = desk.ui.sent<app::ImportBundle>();
  CHECK(looked.path == "/s/b.lxb");
  CHECK(looked.look);  // first it is said what the file holds
  desk.screens.sync.bundle_path = "/s/b.lxb";
  desk.screens.sync.bundle_holds = {"由县服务器发给本机"};
  desk.ui.frames(2);
  CHECK(desk.ui.shows("由县服务器发给本机"));
  desk.ui.click("sync.bundle_take");
  CHECK_FALSE(desk.ui.sent<app::ImportBundle>().look);
}

}  // namespace lianxin::test::ui
