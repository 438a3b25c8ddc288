// A worker's day by keys alone: each press is counted, so that no everyday thing grows longer unseen.
#include <doctest/doctest.h>

#include "client/view/form_view_builder.hpp"
#include "tests/client/ui/work_desk.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kSaveVisit = ImGuiMod_Ctrl | ImGuiKey_Enter;

/// The window on the page of the day; a form opens as the program would build it for a real member.
struct Day {
  Day() : member(put_member(*work.store, "赵志远")), desk(app::OpenPage{view::Page::kToday}) {}

  /// Presses and counts; what is typed between is not counted.
  void press(ImGuiKeyChord chord) {
    desk.ui.press(chord);
    ++presses;
  }
  /// The form that was asked for is there.
  void visit_opens() {
    CHECK(sent_count<app::OpenVisitForm>(desk.ui.commands()) == 1);
    const view::ViewSources sources = work.sources();
    auto made = view::build_visit_form(sources, *view::new_visit_draft(sources, member), "");
    REQUIRE(made.ok());
    made->bag = desk.screens.visit.bag;
    made->checks = desk.screens.visit.checks;
    desk.screens.visit = std::move(*made);
    desk.ui.frames(4);
  }
  void delivery_opens() {
    CHECK(sent_count<app::OpenDeliveryForm>(desk.ui.commands()) == 1);
    const view::ViewSources sources = work.sources();
    auto made = view::build_delivery_form(sources, *view::new_delivery_draft(sources, member), "");
    REQUIRE(made.ok());
    made->bag = desk.screens.delivery.bag;
    desk.screens.delivery = std::move(*made);
    desk.ui.frames(4);
  }

  WorkStore work;
  Id member;
  WorkDesk desk;
  int presses = 0;
};

}  // namespace

TEST_CASE("an everyday visit is eight keys and a sentence") {
  Day day;
  day.press(ImGuiMod_Ctrl | ImGuiKey_N);
  day.visit_opens();
  day.press(ImGuiKey_Tab);  // at the door, as it stands
  day.press(ImGuiKey_1);
  day.press(ImGuiKey_2);
  day.press(ImGuiKey_Tab);
  day.press(ImGuiKey_1);
  day.press(ImGuiKey_Tab);
  CHECK(day.desk.ui.focused() == "visit.content");
  day.desk.ui.type("身体尚可，月底再走");
  day.press(kSaveVisit);
  const auto saved = day.desk.ui.sent<app::SaveVisit>().draft;
  CHECK(saved.purposes.size() == 2);
  CHECK(saved.met_persons == std::vector<std::string>{"self"});
  CHECK(day.presses == 8);
}

TEST_CASE(
    "from anywhere in a visit, also while writing, two keys confirm a field and three hand something over") {
  Day day;
  day.press(ImGuiMod_Ctrl | ImGuiKey_N);
  day.visit_opens();
  day.desk.ui.click("visit.content");
  day.desk.ui.type("换了号码");
  day.presses = 0;
  day.press(ImGuiMod_Ctrl | ImGuiKey_E);
  day.press(ImGuiKey_Space);
  CHECK(day.presses == 2);
  day.press(ImGuiMod_Ctrl | ImGuiKey_D);
  day.press(ImGuiKey_2);
  day.press(kSaveVisit);
  CHECK(day.presses == 5);
  const auto saved = day.desk.ui.sent<app::SaveVisit>().draft;
  CHECK(saved.content == "换了号码");
  REQUIRE(saved.confirmed.size() == 1);
  CHECK(saved.confirmed[0].field == day.desk.screens.visit.checks[0].field);
  REQUIRE(saved.handed.size() == 1);
  CHECK(saved.handed[0].material == day.desk.screens.visit.bag[1].material);
}

TEST_CASE("a red package handed to the member on whom one stands is eight keys") {
  Day day;
  day.press(ImGuiMod_Ctrl | ImGuiKey_D);
  day.delivery_opens();
  day.press(ImGuiKey_Tab);
  day.press(ImGuiKey_Tab);
  day.press(ImGuiKey_2);
  day.press(ImGuiKey_Tab);  // how many: one
  day.press(ImGuiKey_Tab);
  day.press(ImGuiKey_1);
  day.press(kSaveVisit);
  const auto saved = day.desk.ui.sent<app::SaveDelivery>().draft;
  REQUIRE(saved.lines.size() == 1);
  CHECK(saved.lines[0].material == day.desk.screens.delivery.bag[1].material);
  CHECK(saved.relation == "self");
  CHECK(saved.received_on == saved.occurred_on);
  CHECK(saved.received_by == "赵志远");
  CHECK(day.presses == 8);
}

TEST_CASE("nothing changed this quarter is one key for a member and two for the page") {
  Day day;
  day.desk.ui.press(ImGuiKey_DownArrow);
  day.desk.ui.press(ImGuiKey_DownArrow);
  day.press(ImGuiMod_Ctrl | ImGuiKey_E);
  CHECK(day.desk.ui.sent<app::SayUnchanged>().members.size() == 1);
  CHECK(day.presses == 1);
  day.desk.ui.click("today.group:refresh");
  day.desk.ui.frames(2);
  day.press(ImGuiMod_Ctrl | ImGuiKey_U);
  day.press(kSaveVisit);
  CHECK(sent_count<app::SayUnchanged>(day.desk.ui.commands()) == 1);
  CHECK(day.presses == 3);
}

TEST_CASE("a conflict is decided by two keys from any page, the next one by one more") {
  Day day;
  day.press(ImGuiMod_Alt | ImGuiKey_8);
  day.press(ImGuiKey_1);
  CHECK(day.desk.ui.sent<app::ResolveConflict>().head == "m1");
  day.press(ImGuiKey_2);
  CHECK(day.desk.ui.sent<app::ResolveConflict>().conflict == "c2");
  CHECK(day.presses == 3);
}

TEST_CASE("where nobody is on the laptop yet, the day says what comes first") {
  Day day;
  day.desk.screens.today = {};
  day.desk.screens.today.state.readiness = client::view::Readiness::kReady;
  day.desk.ui.frames(2);
  CHECK(day.desk.ui.shows("今天没有到期的联系"));
  day.desk.screens.today.nobody_here = true;
  day.desk.ui.frames(2);
  CHECK(day.desk.ui.shows("还没有党员"));
  CHECK_FALSE(day.desk.ui.shows("今天没有到期的联系"));
}

}  // namespace lianxin::test::ui
