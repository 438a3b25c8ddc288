#include <doctest/doctest.h>
#include <memory>

#include "client/ui/import_preview.hpp"
#include "client/ui/import_screen.hpp"
#include "client/ui/member_file_parts.hpp"
#include "client/ui/member_file_screen.hpp"
#include "client/ui/settings_screen.hpp"
#include "client/ui/whereabouts_dialog.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kAcceptAll = ImGuiMod_Ctrl | ImGuiKey_Enter;

app::Command open_page(view::Page one) { return app::OpenPage{one}; }
app::Command file() { return app::OpenMember{sample_id(1)}; }
std::string field(std::size_t record, const char* name) {
  return "member.field:" + sample_id(record).text() + "." + name;
}

}  // namespace

TEST_CASE("member: one key says a field is unchanged") {
  WorkDesk desk(file());
  desk.ui.click(field(602, "address"));
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.press(ImGuiKey_Space);
  const auto sent = desk.ui.sent<app::ConfirmUnchanged>();
  CHECK(sent.record == sample_id(602));
  CHECK(sent.field == "address");
  CHECK(sent.shown_token == "heads-3");
}

TEST_CASE("member: edits wait, are put aside, and are saved together with how they are known") {
  WorkDesk desk(file());
  desk.ui.click(field(602, "employer"));
  desk.ui.type("宏达电子有限公司");
  desk.ui.press(kAcceptAll);
  desk.ui.pass(2.5);
  CHECK(sent_count<app::StashDraft>(desk.ui.commands()) == 1);
  CHECK(desk.ui.shows("宏达电子有限公司"));
  desk.ui.click("member.cause:phone");
  desk.ui.press(kAcceptAll);
  const auto saved = desk.ui.sent<app::SaveMember>();
  REQUIRE(saved.draft.edits.size() == 1);
  CHECK(saved.draft.edits[0].field == "employer");
  CHECK(saved.draft.edits[0].value == "宏达电子有限公司");
  CHECK(saved.draft.cause == "phone");
  CHECK(saved.draft.member == sample_id(1));
  desk.screens.member.revision = 2;
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("member.save"));
}

TEST_CASE("member: the value as it was is no edit") {
  WorkDesk desk(file());
  desk.ui.click(field(601, "value"));
  desk.ui.press(kAcceptAll);
  CHECK_FALSE(desk.ui.has("member.save"));
}

TEST_CASE("member: numbers are masked until asked for") {
  WorkDesk desk(file());
  CHECK_FALSE(desk.ui.shows("220699197903151234"));
  desk.ui.press(ImGuiKey_F8);
  CHECK_FALSE(desk.ui.shows("220699197903151234"));  // not before the audit has it
  CHECK(desk.ui.sent<app::RevealNumbers>().member == sample_id(1));
  desk.screens.member.revealed = true;
  desk.ui.frames(2);
  CHECK(desk.ui.shows("220699197903151234"));
  desk.ui.press(ImGuiKey_F8);
  CHECK_FALSE(desk.ui.shows("220699197903151234"));
}

TEST_CASE("member: a visit in the list of what happened opens, a record that cannot open does not") {
  WorkDesk desk(file());
  CHECK_FALSE(desk.ui.has("member.fact:" + sample_id(701).text()));
  desk.ui.click("member.fact:" + sample_id(703).text());
  CHECK(desk.ui.sent<app::OpenVisit>().visit == sample_id(703));
}

TEST_CASE("member: coming home for good is Ctrl+R and Enter, with the certificate when it is back") {
  WorkDesk desk(file());
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_R);
  desk.ui.frames(2);
  CHECK(desk.ui.shows("2025年3月外出"));
  SUBCASE("Enter takes it") {
    desk.ui.press(ImGuiKey_Enter);
    const auto said = desk.ui.sent<app::SayWhereabouts>();
    CHECK(said.member == sample_id(1));
    CHECK(said.what == app::HomeComing::kReturned);
    CHECK(said.day == "2026-11-28");
    CHECK_FALSE(said.certificate_back);
    desk.ui.frames(2);
    CHECK_FALSE(desk.ui.has("member.say.save"));
  }
  SUBCASE("the certificate has been handed in") {
    desk.ui.click("member.say.certificate");
    desk.ui.click("member.say.save");
    CHECK(desk.ui.sent<app::SayWhereabouts>().certificate_back);
  }
  SUBCASE("Esc leaves everything as it is") {
    desk.ui.press(ImGuiKey_Escape);
    desk.ui.frames(2);
    CHECK_FALSE(desk.ui.has("member.say.save"));
    CHECK(sent_count<app::SayWhereabouts>(desk.ui.commands()) == 0);
  }
}

TEST_CASE("member: home for some days needs both days; moved on names the new place") {
  WorkDesk desk(file());
  desk.ui.click("member.say");
  desk.ui.frames(2);
  SUBCASE("some days") {
    desk.ui.press(ImGuiKey_2);
    desk.ui.frames(2);
    desk.ui.press(ImGuiKey_Enter);  // the last day is missing
    desk.ui.click("member.say.until");
    desk.ui.type("2026-11-01");
    desk.ui.press(ImGuiKey_Enter);  // it lies before the first
    CHECK(sent_count<app::SayWhereabouts>(desk.ui.commands()) == 0);
    desk.ui.click("member.say.until");
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_A);
    desk.ui.type("2026.12.3");
    desk.ui.press(ImGuiKey_Enter);
    const auto said = desk.ui.sent<app::SayWhereabouts>();
    CHECK(said.what == app::HomeComing::kHome);
    CHECK(said.until == "2026-12-03");
  }
  SUBCASE("another place") {
    desk.ui.press(ImGuiKey_3);
    desk.ui.frames(2);
    desk.ui.click("member.say.place");
    desk.ui.type("杭州");
    desk.ui.press(ImGuiKey_Enter);
    const auto said = desk.ui.sent<app::SayWhereabouts>();
    CHECK(said.what == app::HomeComing::kMoved);
    CHECK(said.place == "杭州");
    CHECK(said.until.empty());
  }
}

TEST_CASE("member: a call is an outcome by its digit and Enter") {
  WorkDesk desk(file());
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_3);
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_Enter);
  const auto said = desk.ui.sent<app::SayCall>();
  CHECK(said.member == sample_id(1));
  CHECK(said.outcome == "no_answer");
  CHECK(said.channel == "phone");
  CHECK(said.day == "2026-11-28");
}

TEST_CASE(
    "member: a call that was refused comes back as it was typed, with the reason; one that was kept is "
    "gone") {
  WorkDesk desk(file());
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_3);
  desk.ui.frames(2);
  desk.ui.click("member.call.content");
  desk.ui.type("说好腊月回来");
  desk.ui.click("member.call.save");
  CHECK(desk.ui.sent<app::SayCall>().content == "说好腊月回来");
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("member.call.save"));
  auto& answer = desk.screens.member.whereabouts;
  ++answer.answered;
  answer.problem = "硬盘已满";
  desk.ui.frames(3);
  CHECK(desk.ui.shows("硬盘已满"));
  desk.ui.click("member.call.save");
  CHECK(desk.ui.sent<app::SayCall>().content == "说好腊月回来");
  ++answer.answered;
  answer.problem.clear();
  desk.ui.frames(3);
  CHECK_FALSE(desk.ui.has("member.call.save"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.shows("说好腊月回来"));
}

TEST_CASE("member: what is typed of a call is put aside after two seconds, and by Esc at once") {
  for (const ImGuiKeyChord leave : {ImGuiKeyChord(0), ImGuiKeyChord(ImGuiKey_Escape)}) {
    CAPTURE(leave);
    WorkDesk desk(file());
    desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
    desk.ui.frames(2);
    desk.ui.click("member.call.content");
    desk.ui.type("说好腊月回来");
    CHECK(sent_count<app::StashDraft>(desk.ui.commands()) == 0);
    if (leave == 0)
      desk.ui.pass(3.0);
    else
      desk.ui.press(leave);
    const auto commands = desk.ui.commands();
    REQUIRE(sent_count<app::StashDraft>(commands) == 1);
    const auto& stash = std::get<app::StashDraft>(commands.front().any());
    CHECK(std::get<view::CallDraft>(stash.draft).content == "说好腊月回来");
    CHECK(std::get<view::CallDraft>(stash.draft).draft == sample_id(812));
    CHECK(sent_count<app::DropDraft>(commands) == 0);
  }
}

TEST_CASE("member: what was put aside of a short form stands there again; it is given up by two gestures") {
  const auto opened = [](auto&& stashed) {
    auto desk = std::make_unique<WorkDesk>(app::OpenPage{view::Page::kToday});
    stashed(desk->screens.member.whereabouts);
    client::ui::open_in_front(desk->state, file());
    desk->ui.frames(3);
    return desk;
  };
  SUBCASE("a call") {
    auto desk = opened([](view::WhereaboutsView& view) {
      view.call.content = "说好腊月回来";
      view.call.outcome = "reached_self";
      view.call_saved = "10:24:31";
    });
    CHECK(desk->ui.shows("10:24:31"));
    desk->ui.click("member.call.drop");
    CHECK(sent_count<app::DropDraft>(desk->ui.commands()) == 0);
    desk->ui.click("member.call.drop");
    CHECK(desk->ui.sent<app::DropDraft>().draft == sample_id(812));
    desk->ui.frames(2);
    CHECK_FALSE(desk->ui.has("member.call.save"));
  }
  SUBCASE("moved on, though somebody else has ended the outflow since") {
    auto desk = opened([](view::WhereaboutsView& view) {
      view.is_out = false;
      view.said.what = view::HomeComing::kMoved;
      view.said.place = "杭州";
      view.said_saved = "10:24:31";
    });
    desk->ui.click("member.say.save");
    const auto said = desk->ui.sent<app::SayWhereabouts>();
    CHECK(said.what == app::HomeComing::kMoved);
    CHECK(said.place == "杭州");
    CHECK(said.draft == sample_id(811));
  }
}

TEST_CASE("member: one call about several members names each of them once") {
  WorkDesk desk(file());
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_T);
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_1);
  desk.ui.frames(2);
  desk.ui.click("member.call.find");
  desk.ui.type("钱");
  CHECK(desk.ui.sent<app::FindMembers>().query == "钱");
  auto& answer = desk.screens.member.whereabouts;
  answer.found_query = "钱";
  answer.found = {
      {sample_id(1).text(), "赵志远"}, {sample_id(2).text(), "钱秀英"}, {sample_id(3).text(), "钱进"}};
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("member.call.with:" + sample_id(1).text()));  // the call is about him already
  desk.ui.press(ImGuiKey_Enter);  // the first that was found, not the form
  CHECK(sent_count<app::SayCall>(desk.ui.commands()) == 0);
  desk.ui.frames(2);
  CHECK(desk.ui.has("member.call.with:" + sample_id(2).text()));
  CHECK_FALSE(desk.ui.has("member.call.with:" + sample_id(3).text()));
  desk.ui.click("member.call.save");
  const auto said = desk.ui.sent<app::SayCall>();
  REQUIRE(said.others.size() == 1);
  CHECK(said.others[0].member == sample_id(2));
}

TEST_CASE("member: whoever is not away is not asked whether he came home") {
  WorkDesk desk(file());
  desk.screens.member.whereabouts.is_out = false;
  desk.ui.frames(2);
  CHECK_FALSE(desk.ui.has("member.say"));
  CHECK(desk.ui.has("member.call"));
}

TEST_CASE("member: a file that may not be changed says why and takes no edit") {
  WorkDesk desk(file());
  desk.screens.member.read_only = true;
  desk.screens.member.why_read_only = "已转出三合村，只能查看。";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("已转出三合村，只能查看。"));
  CHECK_FALSE(desk.ui.has(field(602, "employer")));
  CHECK_FALSE(desk.ui.has("member.say"));
  CHECK_FALSE(desk.ui.has("member.call"));
}

TEST_CASE("member: seldom filled fields are folded away until they are asked for, and stay unfolded") {
  constexpr ImGuiKeyChord kMore = ImGuiMod_Ctrl | ImGuiKey_M;
  WorkDesk desk(file());
  auto& sections = desk.screens.member.sections;
  sections.erase(sections.begin(), sections.begin() + 2);  // so that all of it fits the window
  desk.ui.frames(2);
  const std::string rare = field(602, "discovery");
  CHECK_FALSE(desk.ui.has(rare));
  desk.ui.click("member.more");
  desk.ui.frames(3);
  REQUIRE(desk.ui.has(rare));
  desk.ui.click(rare);
  desk.ui.frames(2);
  desk.ui.press(ImGuiKey_1);
  desk.ui.press(kAcceptAll);
  desk.ui.frames(2);
  desk.ui.press(kMore);  // folded again, what was changed stays to be seen
  desk.ui.frames(3);
  CHECK(desk.ui.has(rare));
  desk.ui.press(kMore);
  desk.screens.member.member = sample_id(2);
  desk.ui.frames(4);
  CHECK(desk.ui.has(rare));
}

TEST_CASE("member: a new member is a form of all fields") {
  WorkDesk desk(app::OpenMember{});
  desk.screens.member.member = Id();
  for (view::FieldSection& section : desk.screens.member.sections) {
    for (view::FieldRow& row : section.rows)
      row.value = row.edited = row.masked = "";
  }
  desk.ui.frames(4);
  desk.ui.type("孙德海");
  desk.ui.press(kAcceptAll);
  const auto saved = desk.ui.sent<app::SaveMember>();
  CHECK(saved.draft.member.is_nil());
  REQUIRE(saved.draft.edits.size() == 1);
  CHECK(saved.draft.edits[0].field == "name");
  CHECK(saved.draft.edits[0].value == "孙德海");
}

TEST_CASE("import: what is written is what was seen, after a second gesture") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.ui.press(kAcceptAll);
  CHECK(sent_count<app::ApplyImport>(desk.ui.commands()) == 0);
  desk.ui.press(kAcceptAll);
  CHECK(desk.ui.sent<app::ApplyImport>().preview_token == "p1");
}

TEST_CASE(
    "import: a row in question is taken without its number by Enter; of the others Enter changes nothing") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.ui.click("import.row:s!7");
  const auto sent = desk.ui.sent<app::AcceptWithoutNumber>();
  CHECK(sent.row == "s!7");
  CHECK(sent.accept);
  desk.ui.click("import.row:s!6");
  CHECK(sent_count<app::AcceptWithoutNumber>(desk.ui.commands()) == 0);
}

TEST_CASE("import: at large text several people are seen at once, and villages and sheets unfold") {
  HeadlessSettings large;
  large.text_percent = 150;
  WorkDesk desk(open_page(view::Page::kImport), large);
  const float foot = desk.ui.item("import.apply").min.y;
  std::size_t seen = 0;
  for (const client::ui::DrawnItem& item : desk.ui.items())
    seen += item.label.find("import.row:") != std::string::npos && item.max.y <= foot ? 1 : 0;
  CHECK(seen >= 3);
  CHECK(desk.ui.shows("220699********1201"));
  CHECK_FALSE(desk.ui.has("import.hidden"));
  desk.ui.click("import.where");
  desk.ui.click("import.hidden");
  CHECK(desk.ui.sent<app::ReadHiddenSheets>().read);
  desk.ui.click("import.where");
  CHECK_FALSE(desk.ui.has("import.hidden"));
}

TEST_CASE("import: rows are narrowed by what becomes of them, sheets without a roster say why") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.ui.click("import.verdict:quarantined");
  CHECK(desk.ui.shows("单立新"));
  CHECK_FALSE(desk.ui.shows("李桂兰"));
  desk.ui.click("import.sheet:填表说明");
  CHECK(desk.ui.shows("这一页没有名册"));
}

TEST_CASE("import: a person says what a column holds, and sees what it holds") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.ui.click("import.part:columns");
  CHECK(desk.ui.shows("220699********1234"));
  desk.ui.click("import.column:c5");
  desk.ui.click("import.meaning.value:member.remark");
  desk.ui.press(kAcceptAll);
  const auto sent = desk.ui.sent<app::MapColumn>();
  CHECK(sent.column == "c5");
  CHECK(sent.target == "member.remark");
}

TEST_CASE("import: a column that was taken is left out by taking its meaning away") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.ui.click("import.part:columns");
  desk.ui.click("import.column:c3");
  desk.ui.click("import.meaning.value:contact_point.self");
  desk.ui.press(kAcceptAll);
  CHECK(desk.ui.sent<app::MapColumn>().target.empty());
}

TEST_CASE("import: the village of rows that name none, hidden sheets, rows that go back") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.ui.click("import.village:220622101201");
  CHECK(desk.ui.sent<app::ChooseImportVillage>().village == "220622101201");
  desk.ui.click("import.hidden");
  CHECK(desk.ui.sent<app::ReadHiddenSheets>().read);
  desk.ui.click("import.save_rejected");
  CHECK(sent_count<app::SaveRejectedRows>(desk.ui.commands()) == 1);
  desk.ui.click("import.part:passed_over");
  CHECK(desk.ui.shows("合计 36 人"));
}

TEST_CASE("import: without headings there is only the question what the columns are") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.screens.import.preview_token.clear();
  desk.screens.import.will_write = 0;
  desk.ui.frames(3);
  CHECK(desk.ui.has("import.column:c1"));
  CHECK_FALSE(desk.ui.has("import.row:s!7"));
}

TEST_CASE("import: a file is chosen, a batch is taken back after a second gesture") {
  WorkDesk desk(open_page(view::Page::kImport));
  desk.screens.import.stage = view::ImportStage::kChoose;
  desk.ui.frames(3);
  desk.ui.click("import.file.entry:/d/a.xlsx");
  CHECK(desk.ui.sent<app::PreviewImport>().path == "/d/a.xlsx");
  desk.ui.click("import.undo:b1");
  CHECK(sent_count<app::UndoImport>(desk.ui.commands()) == 0);
  desk.ui.press(kAcceptAll);
  CHECK(desk.ui.sent<app::UndoImport>().batch == "b1");
}

TEST_CASE("settings: choices go out at once, as values") {
  WorkDesk desk(open_page(view::Page::kSettings));
  desk.ui.click("settings.language:en");
  CHECK(desk.ui.sent<app::SetLanguage>().language == "en");
  desk.ui.click("settings.text:125");
  CHECK(desk.ui.sent<app::SetTextSize>().percent == 125);
  desk.ui.click("settings.contrast:high");
  CHECK(desk.ui.sent<app::SetContrast>().contrast == view::Contrast::kHigh);
  desk.ui.click("settings.idle:0");
  CHECK(desk.ui.sent<app::SetIdleLock>().minutes == 0);
}

TEST_CASE("settings: a passphrase is checked before it is sent and wiped after the answer") {
  WorkDesk desk(open_page(view::Page::kSettings));
  desk.ui.fill("settings.passphrase.old", "the old sentence");
  desk.ui.fill("settings.passphrase.next", "a new long sentence");
  desk.ui.click("settings.passphrase.change");
  CHECK(sent_count<app::ChangePassphrase>(desk.ui.commands()) == 0);
  desk.ui.fill("settings.passphrase.again", "a new long sentence");
  desk.ui.click("settings.passphrase.change");
  const auto sent = desk.ui.sent<app::ChangePassphrase>();
  CHECK(sent.old_passphrase == "the old sentence");
  CHECK(sent.next_passphrase == "a new long sentence");
  desk.screens.settings.passphrase_answered = 1;
  desk.ui.frames(2);
  CHECK(desk.state.work.settings.next_passphrase.empty());
}

TEST_CASE("settings: the second copy is stopped only after a second gesture") {
  WorkDesk desk(open_page(view::Page::kSettings));
  desk.ui.click("settings.copy.off");
  CHECK(desk.ui.commands().empty());
  desk.ui.press(kAcceptAll);
  CHECK(desk.ui.sent<app::SetSecondCopy>().folder.empty());
}

TEST_CASE("work screens: in both languages and all text sizes nothing lies outside the window's sides") {
  const std::vector<app::Command> all = {
      app::OpenVisitForm{sample_id(1)},  app::OpenDeliveryForm{sample_id(5)}, file(),
      open_page(view::Page::kConflicts), open_page(view::Page::kDuplicates),  open_page(view::Page::kSync),
      open_page(view::Page::kImport),    open_page(view::Page::kSettings),    open_page(view::Page::kVisits)};
  for (const char* language : {"zh-CN", "en"}) {
    for (const std::uint32_t percent : {100U, 150U}) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        HeadlessSettings settings;
        settings.language = language;
        settings.text_percent = percent;
        WorkDesk desk(all[i], settings);
        CAPTURE(language);
        CAPTURE(percent);
        CAPTURE(i);
        for (const client::ui::DrawnItem& item : desk.ui.items()) {
          CAPTURE(item.label);
          CHECK(item.min.x >= 0);
          CHECK(item.max.x <= 1366);
        }
      }
    }
  }
}

}  // namespace lianxin::test::ui
