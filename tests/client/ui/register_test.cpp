// Registers of visits and deliveries: what a row opens, what begins a new one, and more rows at their end.
#include <doctest/doctest.h>

#include "client/ui/register_screen.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

app::Command register_page(view::Page one) { return app::OpenPage{one}; }

}  // namespace

TEST_CASE("register: a row opens what it stands for") {
  WorkDesk desk(register_page(view::Page::kVisits));
  desk.ui.click("register.row:" + sample_id(702).text() + ".2");
  CHECK(desk.ui.sent<app::OpenVisit>().visit == sample_id(702));
}

TEST_CASE("register: a question without a name opens itself, and Esc leads back to the register") {
  WorkDesk desk(register_page(view::Page::kVisits));
  view::RegisterView cases = sample_register(view::Page::kVisits, "zh-CN");
  cases.page = view::Page::kCases;
  cases.rows.resize(1);
  cases.rows[0].record = sample_id(950);
  cases.rows[0].opens = view::RowOpens::kRecord;
  desk.screens.registers = {cases};
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_5);
  desk.ui.frames(3);
  CHECK(desk.ui.focused() == "register.row:" + sample_id(950).text() + ".0");
  (void)desk.ui.commands();
  desk.ui.press(ImGuiKey_Enter);
  CHECK(desk.ui.sent<app::OpenRecord>().record == sample_id(950));
  CHECK(desk.state.shell.page == view::Page::kRecords);
  desk.screens.records.kinds.clear();
  desk.screens.records.form = sample_record_form("zh-CN");
  desk.ui.frames(4);
  desk.ui.press(ImGuiKey_Escape);
  desk.screens.records.form = {};
  desk.ui.frames(4);
  CHECK(desk.state.shell.page == view::Page::kCases);
  CHECK(desk.ui.focused().starts_with("register.row:"));
}

TEST_CASE("register: how a record stands is read whole, however large the text") {
  for (const char* language : {"zh-CN", "en"}) {
    for (const std::uint32_t percent : {100U, 150U}) {
      CAPTURE(language);
      CAPTURE(percent);
      WorkDesk desk(register_page(view::Page::kVisits), {.language = language, .text_percent = percent});
      const view::RegisterView visits = sample_register(view::Page::kVisits, language);
      for (const view::RegisterRow& row : visits.rows)
        CHECK(desk.ui.shows(row.cells.back().text));
    }
  }
}

TEST_CASE("register: the button asks for a member, emptiness is said") {
  WorkDesk desk(register_page(view::Page::kDeliveries));
  desk.screens.registers.push_back(sample_register(view::Page::kDeliveries, "zh-CN"));
  desk.screens.registers.back().rows.clear();
  desk.ui.frames(2);
  CHECK(desk.ui.shows(desk.ui.messages().get("register.none")));
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_N);
  CHECK(desk.ui.sent<app::OpenPage>().page == view::Page::kMembers);
  CHECK(desk.state.members.pick == client::ui::MemberPick::kDelivery);
}

TEST_CASE(
    "register: more rows are asked for once, near the end of what is here, on each register_page anew") {
  WorkDesk desk(register_page(view::Page::kVisits));
  const auto fill = [&](view::RegisterView& reg, std::size_t rows) {
    while (reg.rows.size() < rows) {
      reg.rows.push_back(reg.rows[0]);
      reg.rows.back().record = sample_id(1000 + reg.rows.size());
    }
    reg.total = 5000;
    reg.has_more = true;
  };
  const auto asked = [&] {
    desk.ui.frames(3);
    return sent_count<app::MoreRows>(desk.ui.commands());
  };
  fill(desk.screens.registers[0], 200);
  CHECK(asked() == 0);
  fill(desk.screens.registers[0], 50);
  desk.screens.registers[0].rows.resize(50);
  CHECK(asked() == 1);
  CHECK(asked() == 0);  // on its way
  fill(desk.screens.registers[0], 55);
  CHECK(asked() == 1);
  desk.screens.registers.push_back(sample_register(view::Page::kDeliveries, "zh-CN"));
  fill(desk.screens.registers.back(), 55);
  desk.ui.click("nav.deliveries");
  CHECK(asked() == 1);
  desk.screens.registers.back().has_more = false;
  desk.screens.registers.back().rows.resize(40);
  CHECK(asked() == 0);
}

TEST_CASE("register: a new visit is begun by the bar alone, a new delivery by its register_page") {
  WorkDesk desk(register_page(view::Page::kVisits));
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("register.add"));
  desk.screens.registers.push_back(sample_register(view::Page::kDeliveries, "zh-CN"));
  desk.ui.click("nav.deliveries");
  desk.ui.frames(2);
  CHECK(desk.ui.has("register.add"));
}

}  // namespace lianxin::test::ui
