#include <doctest/doctest.h>

#include "client/ui/forms_screen.hpp"
#include "client/ui/question.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kHandIn = ImGuiMod_Ctrl | ImGuiKey_Enter;

app::Command forms_page() { return app::OpenPage{view::Page::kForms}; }

/// The form is asked to be handed in, and what it is warned of has come.
void ask_to_hand_in(WorkDesk& desk, const char* row, std::vector<std::string> warnings = {}) {
  desk.ui.click(row);
  desk.ui.press(kHandIn);
  view::WarnedFormView& warned = desk.screens.forms.warned;
  warned.form = desk.ui.sent<app::CheckForm>().form;
  warned.warnings = std::move(warnings);
  ++warned.checked;
  desk.ui.frames(3);
}

}  // namespace

TEST_CASE("the buttons of a short form stay in sight where the window is too low for all its questions") {
  HeadlessSettings large;
  large.text_percent = 150;
  WorkDesk desk(app::OpenMember{sample_id(1)}, large);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
  desk.ui.frames(3);
  desk.ui.press(ImGuiKey_1);
  desk.ui.frames(4);
  const auto save = desk.ui.item("member.call.save");
  CHECK(save.visible);
  CHECK(save.max.y < 768 - 8);
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(3);
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_R);
  desk.ui.frames(3);
  desk.ui.press(ImGuiKey_3);
  desk.ui.frames(3);
  desk.ui.fill("member.say.division", "shenz");
  desk.ui.frames(3);
  CHECK(desk.ui.item("member.say.save").visible);
  CHECK(desk.ui.item("member.say.save").max.y < 768 - 8);
}

TEST_CASE("forms: nothing is made before one is chosen") {
  WorkDesk desk(forms_page());
  desk.ui.press(kHandIn);
  CHECK_FALSE(desk.ui.has("forms.confirm"));
  desk.ui.click("forms.row:f7");
  desk.ui.click("forms.save");
  const auto saved = desk.ui.sent<app::SaveForm>();
  CHECK(saved.form == "f7");
  CHECK(saved.kind == ".xlsx");
  CHECK_FALSE(saved.hand_in);
  desk.ui.click("forms.pdf");
  CHECK(desk.ui.sent<app::SaveForm>().kind == ".pdf");
}

TEST_CASE("forms: the report in words is a document, not a table") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.row:f9");
  desk.ui.click("forms.save");
  CHECK(desk.ui.sent<app::SaveForm>().kind == ".docx");
}

TEST_CASE("forms: the report takes the words of an edited document until its own are wanted again") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.row:f1");
  CHECK_FALSE(desk.ui.has("forms.read"));  // a table has no words
  desk.ui.click("forms.row:f9");
  desk.ui.click("forms.read");
  desk.ui.frames(2);
  CHECK(sent_count<app::BrowseFolder>(desk.ui.commands()) == 1);
  desk.screens.forms.folder = {"/stick", {{"/stick/改过的.docx", "改过的.docx", "21 KB", false}}, ""};
  desk.ui.frames(2);
  desk.ui.click("forms.chooser.entry:/stick/改过的.docx");
  desk.ui.frames(2);
  CHECK(desk.ui.shows("改过的.docx"));
  desk.ui.click("forms.pdf");
  CHECK(desk.ui.sent<app::SaveForm>().edited == "/stick/改过的.docx");
  desk.ui.press(kHandIn);
  CHECK(desk.ui.sent<app::CheckForm>().edited == "/stick/改过的.docx");
  desk.screens.forms.warned = {"f9", "", {}, "", 1};
  desk.ui.frames(2);
  desk.ui.press(kHandIn);
  CHECK(desk.ui.sent<app::SaveForm>().edited == "/stick/改过的.docx");
  desk.ui.click("forms.row:f1");
  desk.ui.click("forms.pdf");
  CHECK(desk.ui.sent<app::SaveForm>().edited.empty());
  desk.ui.click("forms.row:f9");
  desk.ui.click("forms.read_own");
  desk.ui.click("forms.pdf");
  CHECK(desk.ui.sent<app::SaveForm>().edited.empty());
}

TEST_CASE("forms: what does not agree is said on the page and once more before handing in") {
  WorkDesk desk(forms_page());
  const std::string failed = "第54项学习资料包与出库数不符";
  CHECK(desk.ui.shows(failed));
  desk.ui.click("forms.row:f1");
  desk.ui.press(kHandIn);
  desk.ui.frames(2);
  CHECK(desk.ui.shows(failed));
  desk.screens.forms.question.checks.clear();
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows(failed));
}

TEST_CASE("forms: all that the form made last is warned of is there to read") {
  WorkDesk desk(forms_page());
  CHECK_FALSE(desk.ui.shows("全面登记核实"));
  desk.screens.forms.warned = sample_warned("zh-CN");
  desk.ui.frames(3);
  for (const std::string& warning : desk.screens.forms.warned.warnings)
    CHECK(desk.ui.shows(warning.substr(0, 30)));
}

TEST_CASE(
    "forms: what a form would be warned of is read before it is handed in, also when it was never made") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.row:f9");
  desk.ui.press(kHandIn);
  CHECK(desk.ui.sent<app::CheckForm>().form == "f9");
  desk.ui.press(kHandIn);  // not yet known
  CHECK(sent_count<app::SaveForm>(desk.ui.commands()) == 0);
  desk.screens.forms.warned = sample_warned("zh-CN");
  desk.screens.forms.warned.checked = 1;
  desk.ui.frames(3);
  CHECK(desk.ui.shows("全面登记核实"));
  CHECK(desk.ui.shows("照样上报"));
  desk.ui.press(kHandIn);
  CHECK(desk.ui.sent<app::SaveForm>().hand_in);
}

TEST_CASE("forms: what does not agree and is warned of as well is said once before it is handed in") {
  WorkDesk desk(forms_page());
  const std::string failed = desk.screens.forms.question.checks.front();
  const std::string begin = failed.substr(0, 30);
  desk.ui.click("forms.row:f9");
  const auto times = [&] {
    const std::string text = desk.ui.text();
    std::size_t found = 0;
    for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1))
      ++found;
    return found;
  };
  CHECK(times() == 1);
  desk.ui.press(kHandIn);
  desk.ui.frames(2);
  CHECK(times() == 2);  // on the page and in the dialog
  desk.screens.forms.warned = {"f9", "", {failed}, "", 1};
  desk.ui.frames(3);
  CHECK(times() == 3);  // and beside the page
}

TEST_CASE("forms: a form that cannot be made is not handed in, and it is said why") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.row:f1");
  desk.ui.press(kHandIn);
  desk.screens.forms.warned = {"f1", "", {}, "not-held", 1};
  desk.ui.frames(3);
  CHECK(desk.ui.shows("not-held"));
  (void)desk.ui.commands();
  desk.ui.press(kHandIn);
  CHECK(sent_count<app::SaveForm>(desk.ui.commands()) == 0);
}

TEST_CASE("forms: a paper of the office is a PDF, never a table nor handed in") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.row:notice");
  CHECK_FALSE(desk.ui.has("forms.save"));
  CHECK_FALSE(desk.ui.has("forms.hand_in"));
  desk.ui.press(kHandIn);
  CHECK_FALSE(desk.ui.has("forms.confirm"));
  desk.ui.click("forms.pdf");
  CHECK(desk.ui.sent<app::SavePaper>().paper == "notice");
}

TEST_CASE("forms: handing in takes a second gesture and the reason with it") {
  WorkDesk desk(forms_page());
  ask_to_hand_in(desk, "forms.row:f1");
  CHECK(sent_count<app::SaveForm>(desk.ui.commands()) == 0);
  desk.ui.click("forms.reason");
  desk.ui.type("村里补交");
  desk.ui.press(kHandIn);
  const auto sent = desk.ui.sent<app::SaveForm>();
  CHECK(sent.hand_in);
  CHECK(sent.form == "f1");
  CHECK(sent.reason == "村里补交");
  CHECK_FALSE(desk.ui.has("forms.confirm"));
}

TEST_CASE("forms: what is handed in says its own month, not the period of the page") {
  WorkDesk desk(forms_page());
  ask_to_hand_in(desk, "forms.row:f7");
  for (view::FormRowView& row : desk.screens.forms.forms)
    if (row.form == "f7") row.period = "2026年8月";
  desk.ui.frames(2);
  const std::string unit = desk.screens.forms.question.unit_name;
  CHECK(desk.ui.shows(unit + " " + desk.ui.messages().get("ui.dot") + " 2026年8月"));
}

TEST_CASE("forms: which file is handed in is chosen; it begins with PDF, and the report offers a document") {
  WorkDesk desk(forms_page());
  const auto handed_in = [&](const char* form, const char* choose) {
    ask_to_hand_in(desk, form);
    if (*choose != 0) desk.ui.click(choose);
    desk.ui.press(kHandIn);
    const auto sent = desk.ui.sent<app::SaveForm>();
    CHECK(sent.hand_in);
    desk.ui.frames(2);
    return sent.kind;
  };
  CHECK(handed_in("forms.row:f1", "") == ".pdf");
  CHECK(handed_in("forms.row:f1", "forms.kind:.xlsx") == ".xlsx");
  CHECK(handed_in("forms.row:f1", "") == ".pdf");  // each time anew
  CHECK(handed_in("forms.row:f9", "forms.kind:.docx") == ".docx");
}

TEST_CASE("forms: the month summary may close its month; no other form asks") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.row:f1");
  desk.ui.press(kHandIn);
  CHECK_FALSE(desk.ui.has("forms.close"));
  desk.ui.press(ImGuiKey_Escape);
  ask_to_hand_in(desk, "forms.row:f7");
  desk.ui.click("forms.close");
  desk.ui.press(kHandIn);
  CHECK(desk.ui.sent<app::SaveForm>().close_month);
}

TEST_CASE("forms: what was handed in is made again and explained") {
  WorkDesk desk(forms_page());
  CHECK(desk.ui.shows("231 → 238"));
  desk.ui.click("forms.snapshot:" + sample_id(802).text());
  desk.ui.click("forms.reprint");
  CHECK(desk.ui.sent<app::ReprintForm>().snapshot == sample_id(802));
  desk.ui.click("forms.compare");
  CHECK(desk.ui.sent<app::CompareForm>().snapshot == sample_id(802));
}

TEST_CASE("forms: another period and another unit are asked for") {
  WorkDesk desk(forms_page());
  desk.ui.click("forms.period:month");
  CHECK(desk.ui.sent<app::AskForms>().period == "month");
  desk.ui.click("forms.unit:" + sample_id(3).text());
  CHECK(desk.ui.sent<app::AskForms>().unit == sample_id(3));
}

TEST_CASE("buttons under a list stay in sight at any size of text") {
  constexpr float kStatusLine = 32;
  for (const char* language : {"zh-CN", "en"}) {
    for (const std::uint32_t percent : {100U, 112U, 125U, 150U}) {
      CAPTURE(language);
      CAPTURE(percent);
      const HeadlessSettings settings{.language = language, .text_percent = percent};
      const float bottom = settings.size.y - kStatusLine * static_cast<float>(percent) / 100;
      {
        WorkDesk desk(forms_page(), settings);
        desk.ui.click("forms.row:f1");
        desk.ui.frames(4);
        for (const char* button : {"forms.save", "forms.pdf", "forms.hand_in"})
          CHECK(desk.ui.item(button).max.y <= bottom);
      }
      WorkDesk desk(app::OpenPage{view::Page::kImport}, settings);
      CHECK(desk.ui.item("import.apply").max.y <= bottom);
      desk.ui.click("import.part:columns");
      desk.ui.frames(4);
      CHECK(desk.ui.item("import.apply").max.y <= bottom);
    }
  }
}

TEST_CASE("forms: however much is to be looked at first, handing in and leaving it stay in sight") {
  for (const char* language : {"zh-CN", "en"}) {
    CAPTURE(language);
    HeadlessSettings large;
    large.language = language;
    large.text_percent = 150;
    WorkDesk desk(forms_page(), large);
    ask_to_hand_in(desk, "forms.row:f7");
    desk.screens.forms.warned.warnings.assign(12, "Row 54 does not fit the stock: 725 handed out, 720 left.");
    desk.ui.frames(6);
    for (const char* button : {"forms.confirm", "forms.no"})
      CHECK(desk.ui.item(button).max.y <= large.size.y - 16);
    desk.ui.click("forms.confirm");
    CHECK(desk.ui.sent<app::SaveForm>().hand_in);
  }
}

TEST_CASE("forms: at the largest text the list is in sight; period and unit fold out, and away once chosen") {
  HeadlessSettings large;
  large.text_percent = 150;
  WorkDesk desk(forms_page(), large);
  for (const view::FormRowView& row : desk.screens.forms.forms)
    CHECK(desk.ui.has("forms.row:" + row.form));
  CHECK(desk.ui.has("forms.hand_in"));
  CHECK_FALSE(desk.ui.has("forms.period:month"));
  desk.ui.click("forms.question");
  CHECK(desk.ui.has("forms.hand_in"));
  desk.ui.click("forms.period:month");
  CHECK(desk.ui.sent<app::AskForms>().period == "month");
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("forms.period:month"));
  CHECK(desk.ui.focused() == "forms.question");
}

TEST_CASE("figures: at the largest text period and unit fold out as well") {
  HeadlessSettings large;
  large.text_percent = 150;
  WorkDesk desk(app::OpenPage{view::Page::kReports}, large);
  desk.ui.click("figures.question");
  desk.ui.click("figures.period:month");
  CHECK(desk.ui.sent<app::AskFigures>().period == "month");
}

}  // namespace lianxin::test::ui
