// Where the focus stands when a page comes to the front: keys alone lead through a day.
#include <doctest/doctest.h>

#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;
using client::ui::Front;

app::Command to(view::Page page) { return app::OpenPage{page}; }

std::string visit_row(int number) {
  return "register.row:" + sample_id(700 + static_cast<unsigned>(number)).text() + "." +
         std::to_string(number);
}

}  // namespace

TEST_CASE(
    "who comes to a list by keys stands in its first row; arrows go down the list, not the navigation") {
  WorkDesk desk(to(view::Page::kToday));
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_3);
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == visit_row(0));
  desk.ui.press(ImGuiKey_DownArrow);
  CHECK(desk.ui.focused() == visit_row(1));
  desk.ui.press(ImGuiKey_UpArrow);
  desk.ui.press(ImGuiKey_UpArrow);
  CHECK(desk.ui.focused() == visit_row(0));  // and not up to a page beside it
  desk.ui.press(ImGuiKey_DownArrow);
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_2);
  desk.ui.frames(3);
  CHECK(desk.ui.focused().starts_with("members.row:"));
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_3);
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == visit_row(1));
}

TEST_CASE(
    "in a list that opens with a row chosen, that row has the focus, and no other is marked beside it") {
  WorkDesk desk(to(view::Page::kToday));
  auto& figures = desk.screens.figures;
  REQUIRE(figures.rows.size() > 2);
  figures.ledger.row = figures.rows[2].row;
  desk.ui.click("nav.reports");
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == "figures.row:" + std::to_string(figures.rows[2].row));
  desk.ui.press(ImGuiKey_UpArrow);
  desk.ui.click("nav.today");
  desk.ui.frames(3);
  desk.ui.click("nav.reports");
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == "figures.row:" + std::to_string(figures.rows[1].row));  // where one stood last
}

TEST_CASE("who comes back from a form stands where he left; where the row is gone, in the first") {
  WorkDesk desk(to(view::Page::kToday));
  desk.ui.press(ImGuiKey_DownArrow);
  const std::string row = desk.ui.focused();
  REQUIRE(row == "today.due:" + sample_id(2).text());
  for (int time = 0; time < 2; ++time) {
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_N);
    desk.ui.frames(3);
    REQUIRE(desk.state.front == Front::kVisit);
    CHECK(desk.ui.focused().starts_with("visit.mode"));  // also the second time, with its draft
    desk.ui.press(ImGuiKey_Escape);
    desk.ui.frames(3);
    REQUIRE(desk.state.front == Front::kPage);
    CHECK(desk.ui.focused() == row);
  }
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_N);
  desk.ui.frames(3);
  auto& due = desk.screens.today.due;
  std::erase_if(due, [](const view::DueRow& one) { return one.member == sample_id(2); });
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == "today.due:" + due.front().key);
}

TEST_CASE("from a visit back in the member's file, the row that one stood on has the focus") {
  WorkDesk desk(app::OpenMember{sample_id(1)});
  desk.ui.press(ImGuiKey_DownArrow);
  const std::string row = desk.ui.focused();
  REQUIRE(row.starts_with("member.field:"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_N);
  desk.ui.frames(3);
  REQUIRE(desk.state.front == Front::kVisit);
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(3);
  REQUIRE(desk.state.front == Front::kMember);
  CHECK(desk.ui.focused() == row);
}

TEST_CASE(
    "typing in the search goes on although the list comes; a list that comes late takes the focus then") {
  WorkDesk desk(to(view::Page::kToday));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
  desk.ui.frames(2);
  desk.ui.type("zhao");
  desk.ui.frames(4);
  CHECK(desk.state.shell.page == view::Page::kMembers);
  CHECK(desk.ui.focused() == "shell.search");
  CHECK(desk.state.members.query == "zhao");

  const auto kept = desk.screens.registers;
  desk.screens.registers.clear();  // still on its way
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_3);
  desk.ui.frames(5);
  desk.screens.registers = kept;
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == visit_row(0));
}

TEST_CASE(
    "the first field of the settings and of an import has the focus; the county's forms begin in their "
    "list") {
  WorkDesk desk(to(view::Page::kToday));
  desk.ui.click("nav.settings");
  desk.ui.frames(3);
  CHECK(desk.ui.focused().starts_with("settings."));
  desk.ui.click("nav.import");
  desk.ui.frames(3);
  CHECK(desk.ui.focused().starts_with("import."));
  desk.ui.click("nav.forms");
  desk.ui.frames(3);
  CHECK(desk.ui.focused().starts_with("forms.row:"));
}

TEST_CASE(
    "a question that is typed during a visit stays when Esc leaves it, and is taken out by its button") {
  WorkDesk desk(app::OpenVisitForm{sample_id(1)});
  const std::size_t before = desk.state.work.visit.draft.cases.size();
  desk.ui.click("visit.case:new");
  desk.ui.frames(2);
  desk.ui.fill("visit.question.content", "医保异地备案");
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("visit.question.content"));
  REQUIRE(desk.state.work.visit.draft.cases.size() == before + 1);
  CHECK(desk.state.work.visit.draft.cases.back().content == "医保异地备案");
  desk.ui.pass(3);
  CHECK(desk.ui.sent<app::StashDraft>().draft.index() == 0);

  desk.ui.click("visit.case:" + std::to_string(before));
  desk.ui.frames(2);
  CHECK(desk.ui.shows("医保异地备案"));
  desk.ui.click("visit.question.drop");
  desk.ui.frames(2);
  CHECK(desk.state.work.visit.draft.cases.size() == before);

  desk.ui.click("visit.case:new");
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(2);
  CHECK(desk.state.work.visit.draft.cases.size() == before);  // nothing was said
}

TEST_CASE("import: by arrows each row can be read whole, where it is cut as well") {
  WorkDesk desk(to(view::Page::kImport));
  const std::string long_reason =
      "身份证号相同；务工单位/"
      "企业：本机“个体餐饮”，名册“大山长白参业有限公司人参加工二车间长期驻外办事处”，不改；"
      "出生日期：本机“1966年10月19日”，名册“1971年5月”，不改";
  auto& rows = desk.screens.import.sheets.front().rows;
  REQUIRE(rows.size() > 1);
  rows[1].reason.text = long_reason;
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows("1971年5月"));
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_1);
  desk.ui.click("nav.import");
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == "import.row:" + rows[0].row);
  desk.ui.press(ImGuiKey_DownArrow);
  desk.ui.frames(2);
  CHECK(desk.ui.focused() == "import.row:" + rows[1].row);
  CHECK(desk.ui.shows("1971年5月"));
}

TEST_CASE(
    "a form opens with the focus on what is chosen in its first row, where nothing is on its first choice") {
  for (const bool is_visit : {false, true}) {
    CAPTURE(is_visit);
    WorkDesk desk(app::OpenPage{view::Page::kToday});
    desk.screens.visit.draft.mode = "phone";
    desk.screens.delivery.draft.mode = "courier";
    const app::Command visit = app::OpenVisitForm{sample_id(1)};
    const app::Command delivery = app::OpenDeliveryForm{sample_id(5)};
    client::ui::open_in_front(desk.state, is_visit ? visit : delivery);
    desk.ui.frames(6);
    CHECK(desk.ui.focused() == (is_visit ? "visit.mode:phone" : "delivery.mode:courier"));
    // From there the arrows go, and it is one stop of Tab.
    desk.ui.press(ImGuiKey_Tab);
    CHECK_FALSE(desk.ui.focused().starts_with(is_visit ? "visit.mode" : "delivery.mode"));
  }
  WorkDesk desk(app::OpenPage{view::Page::kToday});
  desk.screens.delivery.draft.mode.clear();
  client::ui::open_in_front(desk.state, app::OpenDeliveryForm{sample_id(5)});
  desk.ui.frames(6);
  CHECK(desk.ui.focused() == "delivery.mode:" + desk.screens.delivery.modes.front().code);
}

TEST_CASE("Ctrl+Enter saves, and does nothing else with the button that has the focus") {
  for (const char* button : {"visit.drop", "visit.later"}) {
    CAPTURE(std::string(button));
    WorkDesk desk(app::OpenVisitForm{sample_id(1)});
    for (int tabs = 0; tabs < 40 && desk.ui.focused() != button; ++tabs)
      desk.ui.press(ImGuiKey_Tab);
    REQUIRE(desk.ui.focused() == button);
    (void)desk.ui.commands();
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
    desk.ui.frames(2);
    const auto sent = desk.ui.commands();
    CHECK(sent_count<app::SaveVisit>(sent) == 1);
    CHECK(sent_count<app::CloseForm>(sent) == 0);
    CHECK_FALSE(desk.state.work.visit.drop_open);
  }
}

TEST_CASE("Enter on the button that leaves a short form leaves it, and does not take the form") {
  WorkDesk desk(app::OpenMember{sample_id(1)});
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_3);
  for (int tabs = 0; tabs < 40 && desk.ui.focused() != "member.call.cancel"; ++tabs)
    desk.ui.press(ImGuiKey_Tab);
  REQUIRE(desk.ui.focused() == "member.call.cancel");
  (void)desk.ui.commands();
  desk.ui.press(ImGuiKey_Enter);
  desk.ui.frames(2);
  CHECK(sent_count<app::SayCall>(desk.ui.commands()) == 0);
  CHECK_FALSE(desk.ui.has("member.call.cancel"));
}

TEST_CASE("a field of one line is taken by Enter; what was typed and left is there when it is opened again") {
  WorkDesk desk(app::OpenMember{sample_id(1)});
  const auto& sections = desk.screens.member.sections;
  const view::FieldRow* row = nullptr;
  for (const view::FieldSection& section : sections)
    for (const view::FieldRow& one : section.rows)
      if (row == nullptr && one.input == view::FieldInput::kText) row = &one;
  REQUIRE(row != nullptr);
  const std::string id = "member.field:" + row->record.text() + "." + row->field;
  desk.ui.click(id);
  desk.ui.frames(3);
  desk.ui.fill("member.edit.value", "19900004321");
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(2);
  CHECK(desk.state.work.member.draft.edits.empty());
  desk.ui.click(id);
  desk.ui.frames(3);
  CHECK(desk.state.work.member.editor.value == "19900004321");
  CHECK(desk.ui.focused() == "member.edit.value");
  desk.ui.press(ImGuiKey_Enter);
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("member.edit.value"));
  REQUIRE(desk.state.work.member.draft.edits.size() == 1);
  CHECK(desk.state.work.member.draft.edits.front().value == "19900004321");
}

TEST_CASE("the Enter that opens the editor of a line does not accept what it opens with") {
  const app::Command member = app::OpenMember{sample_id(1)};
  const app::Command visit = app::OpenVisitForm{sample_id(1)};
  for (const bool in_visit : {false, true}) {
    WorkDesk desk(in_visit ? visit : member);
    if (in_visit) desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_E);
    REQUIRE(desk.ui.focused().starts_with(in_visit ? "visit.check:" : "member.field:"));
    const std::string editor = in_visit ? "visit.edit" : "member.edit";
    desk.ui.press(ImGuiKey_Enter);
    desk.ui.frames(3);
    REQUIRE(desk.ui.has(editor + ".accept"));
    CHECK(desk.ui.focused() == editor + ".value");
    desk.ui.fill(editor + ".value", "19900004321");
    desk.ui.press(ImGuiKey_Enter);
    desk.ui.frames(2);
    CHECK_FALSE(desk.ui.has(editor + ".accept"));
    const auto& edits = in_visit ? desk.state.work.visit.draft.edits : desk.state.work.member.draft.edits;
    REQUIRE(edits.size() == 1);
    CHECK(edits.front().value == "19900004321");
  }
}

}  // namespace lianxin::test::ui
