// The line at the foot of the window.
#include <doctest/doctest.h>

#include "client/ui/shell.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {

namespace {

namespace view = client::view;

}  // namespace

TEST_CASE("however much the foot of the window has to say, how the last sync ended is shown whole") {
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings large;
    large.language = language;
    large.text_percent = 150;
    WorkDesk desk(client::app::OpenPage{view::Page::kToday}, large);
    const Messages words = test_messages(language);
    desk.screens.shell.receipt.text = words.get("view.status_line.synced_open", {{"when", "20 Nov 17:32"}});
    CHECK(desk.ui.shows(desk.screens.shell.receipt.text));
    std::vector<view::Words>& status = desk.screens.shell.status;
    for (const char* key : {"view.status_line.one_copy", "view.status_line.clock_gone_back"})
      status.insert(status.begin(), {words.get(key), view::Tone::kNeedsYou, view::Mark::kNeedsYou});
    desk.ui.frames(2);
    CAPTURE(desk.ui.text());
    CHECK(desk.ui.shows(desk.screens.shell.receipt.text));
    // What is wrong is said so that it can be read; what is well gives way to it.
    for (const view::Words& piece : {status[0], status[1]})
      CHECK(desk.ui.shows(piece.text.substr(0, 12)));
    CHECK_FALSE(desk.ui.shows(status[2].text));
  }
}

}  // namespace lianxin::test::ui
