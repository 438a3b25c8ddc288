// Typing that does not wait for the screen.
#include "client/ui/type_ahead.hpp"

#include <doctest/doctest.h>

#include "client/ui/key_order.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

/// The whole window as the real one begins its frames.
struct Quick {
  view::ScreensView screens = WorkDesk::with_work("zh-CN");
  client::ui::WindowState state;
  client::ui::TypeAhead ahead;
  Headless screen{[this](client::ui::Ui& kit, app::CommandQueue& commands) {
    client::ui::draw_window(kit, screens, state, commands);
    ahead.drawn(kit, state);
  }};
  Quick() {
    screen.begin_with([this] { ahead.new_frame(); });
    screen.frames(6);
    (void)screen.commands();
  }
  static void key(ImGuiKey which) {
    ImGui::GetIO().AddKeyEvent(which, true);
    ImGui::GetIO().AddKeyEvent(which, false);
  }
  static void ctrl(ImGuiKey which) {
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    key(which);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  }
  /// At once, as a quick hand under a slow frame.
  static void type(std::string_view letters) {
    for (const char letter : letters) {
      const auto which = static_cast<ImGuiKey>(ImGuiKey_A + (letter - 'a'));
      ImGui::GetIO().AddKeyEvent(which, true);
      ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(letter));
      ImGui::GetIO().AddKeyEvent(which, false);
    }
  }
  int settle() {
    int count = 0;
    do {
      screen.frames(1);
      ++count;
    } while (client::ui::KeyOrder::waits() && count < 300);
    return count;
  }
};

}  // namespace

TEST_CASE("what is typed right behind Ctrl+F stands in the search whole") {
  Quick desk;
  Quick::ctrl(ImGuiKey_F);
  Quick::type("qian");
  desk.settle();
  desk.screen.frames(2);
  CHECK(desk.state.members.query == "qian");
}

TEST_CASE("a digit typed behind the key that opens a form is the form's, when the store has made it") {
  Quick desk;
  const view::VisitFormView made = desk.screens.visit;
  desk.screens.visit = {};
  desk.state.today.chosen = sample_id(1);
  desk.screen.frames(1);
  Quick::ctrl(ImGuiKey_N);
  Quick::key(ImGuiKey_4);
  desk.screen.frames(8);
  CHECK(desk.screen.sent<app::OpenVisitForm>().member == sample_id(1));
  CHECK(client::ui::KeyOrder::waits());
  desk.screens.visit = made;
  desk.screens.visit.draft.mode = "door";
  desk.settle();
  desk.screen.frames(2);
  CHECK(desk.state.work.visit.draft.mode == "phone");
}

TEST_CASE("however long the store takes to make a form, its first row has the focus then, not its button") {
  for (const int frames : {0, 1, 2, 9}) {
    CAPTURE(frames);
    Quick desk;
    const view::VisitFormView made = desk.screens.visit;
    desk.screens.visit = {};
    client::ui::open_in_front(desk.state, app::OpenVisitForm{sample_id(1)});
    desk.screen.frames(frames);
    desk.screens.visit = made;
    desk.screen.frames(8);
    CHECK(desk.screen.focused() == "visit.mode:door");
  }
}

TEST_CASE(
    "what is typed right behind Tab stands in the next field whole, and behind two Tabs in the one after") {
  for (const int tabs : {1, 2}) {
    CAPTURE(tabs);
    Quick desk;
    desk.screens.delivery.draft.mode = "courier";
    for (std::string* value : {&desk.screens.delivery.draft.to_name, &desk.screens.delivery.draft.to_phone,
                               &desk.screens.delivery.draft.to_address})
      value->clear();
    client::ui::open_in_front(desk.state, app::OpenDeliveryForm{sample_id(5)});
    desk.screen.frames(8);
    desk.screen.click("delivery.to_name");
    Quick::type("zhao");
    for (int i = 0; i < tabs; ++i)
      Quick::key(ImGuiKey_Tab);
    Quick::type("abc");
    desk.settle();
    desk.screen.frames(2);
    const view::DeliveryDraft& draft = desk.state.work.delivery.draft;
    CHECK(draft.to_name == "zhao");
    CHECK(draft.to_phone == (tabs == 1 ? "abc" : ""));
    CHECK(draft.to_address == (tabs == 2 ? "abc" : ""));
  }
}

TEST_CASE("a digit behind the key that opens a short form over a file answers its first question") {
  Quick desk;
  client::ui::open_in_front(desk.state, app::OpenMember{sample_id(1)});
  desk.screen.frames(8);
  Quick::ctrl(ImGuiKey_T);
  Quick::key(ImGuiKey_3);
  desk.settle();
  desk.screen.frames(2);
  const std::string outcome = desk.state.work.member.call.said.outcome;
  REQUIRE(desk.screens.member.whereabouts.outcomes.size() > 2);
  CHECK(outcome == desk.screens.member.whereabouts.outcomes[2].code);
}

TEST_CASE("nothing waits for ever: after two seconds without the form the keys go on") {
  Quick desk;
  desk.screens.visit = {};
  desk.state.today.chosen = sample_id(1);
  desk.screen.frames(1);
  Quick::ctrl(ImGuiKey_N);
  Quick::key(ImGuiKey_Escape);
  desk.screen.pass(1.5);
  CHECK(client::ui::KeyOrder::waits());
  desk.screen.pass(1);
  CHECK_FALSE(client::ui::KeyOrder::waits());
}

TEST_CASE("Esc and right behind it the key of another page: a row of that page has the focus") {
  struct From {
    const char* name;
    app::Command opens;
  };
  const From starts[] = {{"page", app::OpenPage{view::Page::kMembers}},
                         {"file", app::OpenMember{sample_id(1)}},
                         {"visit", app::OpenVisitForm{sample_id(1)}}};
  for (const From& start : starts) {
    for (int between = 0; between < 6; ++between) {
      CAPTURE(std::string(start.name));
      CAPTURE(between);
      Quick desk;
      client::ui::open_in_front(desk.state, start.opens);
      desk.screen.frames(8);
      Quick::key(ImGuiKey_Escape);
      desk.screen.frames(between);
      ImGui::GetIO().AddKeyEvent(ImGuiMod_Alt, true);
      ImGui::GetIO().AddKeyEvent(ImGuiKey_LeftAlt, true);
      Quick::key(ImGuiKey_3);
      ImGui::GetIO().AddKeyEvent(ImGuiMod_Alt, false);
      ImGui::GetIO().AddKeyEvent(ImGuiKey_LeftAlt, false);
      desk.settle();
      desk.screen.frames(6);
      CHECK(desk.state.shell.page == view::Page::kVisits);
      CHECK(desk.screen.focused().starts_with("register.row:"));
    }
  }
}

TEST_CASE("an arrow held down moves as quickly as ever") {
  Quick desk;
  Quick::key(ImGuiKey_DownArrow);
  Quick::key(ImGuiKey_DownArrow);
  Quick::key(ImGuiKey_DownArrow);
  CHECK(desk.settle() <= 7);  // a press and a release never share a frame
}

}  // namespace lianxin::test::ui
