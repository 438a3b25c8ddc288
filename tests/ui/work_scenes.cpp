#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"
#include "tests/ui/scene.hpp"

namespace lianxin::test::ui {

namespace app = client::app;
namespace view = client::view;

TakenIn& taken_in() {
  static TakenIn chosen;
  return chosen;
}

std::string spoken(std::string_view scene_says) {
  return taken_in().language.empty() ? std::string(scene_says) : taken_in().language;
}

HeadlessSettings in(std::string language, std::uint32_t percent, view::Contrast contrast) {
  const TakenIn& chosen = taken_in();
  HeadlessSettings settings;
  settings.language = spoken(language);
  settings.text_percent = chosen.percent == 0 ? percent : chosen.percent;
  settings.contrast = contrast;
  if (chosen.size.x > 0) settings.size = chosen.size;
  return settings;
}

namespace {

using Change = std::function<void(view::ScreensView&)>;

/// The sample in this language, then what is different.
Change work(const char* language, Change more = {}) {
  return [language, more](view::ScreensView& screens) {
    add_work(screens, spoken(language));
    if (more) more(screens);
  };
}

void running(view::ScreensView& screens) {
  screens.sync.panel = view::SyncPanel::kSending;
  screens.sync.progress = 0.54F;
  screens.sync.progress_text = "已传 3.2 KB / 5.9 KB，约 2 秒";
}

void aside(view::ScreensView& screens) {
  screens.sync.happened.clear();
  screens.sync.told.clear();
}

void failed(view::ScreensView& screens) {
  screens.sync.panel = view::SyncPanel::kFailed;
  screens.sync.unsent = 12;
  screens.sync.unsent_kinds = "走访 5 · 送达 4 · 变更 3";
  screens.sync.cost = "约 6 KB，1 次往返";
  screens.sync.problem = "连不上县里的服务器。记录都在本机，没有丢；请检查网络后再试，或存到 U 盘。";
  screens.sync.may_have_moved = true;
  screens.sync.address = "https://10.1.2.3:8443";
  screens.sync.receipt_green = false;
  screens.sync.receipt_sentence = "三合村两边不一致，已记下并通知县里。请再同步一次。";
  screens.sync.scopes[0].equal = false;
  screens.sync.scopes[0].server_digest = "88e1…4b02";
}

/// What a county asks of a delivery and of a visit beyond the program's questions.
Change own_questions(const std::string& language) {
  return [language](view::ScreensView& screens) {
    const Say say{language == "en"};
    screens.delivery.own = {own_question("delivery", "own_box_back", say("空盒已收回", "Box is back"))};
    screens.visit.own = {
        own_question("visit", "own_stove_checked", say("已查看取暖安全", "Stove looked at"))};
  };
}

void courier(view::ScreensView& screens) {
  screens.delivery.draft.mode = "courier";
  screens.delivery.draft.to_name = "欧阳志远";
  screens.delivery.draft.to_phone = "13800001234";
  screens.delivery.draft.to_address = "江苏省苏州市吴中区木渎镇 12 号";
  screens.delivery.problems = {{"tracking_no", "单号只能是字母和数字。"}};
}

void visit_problems(view::ScreensView& screens) {
  screens.visit.draft.met_persons.clear();
  screens.visit.draft.outcome.clear();
  screens.visit.draft.purposes.push_back("care");
  screens.visit.problems = {{"outcome", "请选结果：见到本人、家人，或没有见到。"},
                            {"ended", "结束时间不能早于开始时间。"}};
}

void new_member(view::ScreensView& screens) {
  screens.member.member = Id();
  for (view::FieldSection& section : screens.member.sections) {
    for (view::FieldRow& row : section.rows)
      row.value = row.edited = row.masked = "";
  }
  screens.member.facts.clear();
}

void import_stage(view::ScreensView& screens, view::ImportStage stage) {
  screens.import.stage = stage;
  screens.import.progress = 0.4F;
  screens.import.problem = "这个文件打不开：不是 xlsx 格式。请在表格软件里另存为 xlsx 再选。";
}

/// Nothing waits, and the receipt is the last one.
Change synced(const char* language, Change more = {}) {
  return work(language, [language, more](view::ScreensView& screens) {
    const Messages words = test_messages(language);
    for (view::NavItem& item : screens.shell.nav) {
      if (item.page == view::Page::kSync) item.waiting = 0;
    }
    const Say say{std::string_view(language) == "en"};
    screens.shell.status[2] = {words.get("view.status_line.none_unsent"), view::Tone::kPlain,
                               view::Mark::kNone};
    screens.shell.receipt.text =
        words.get("view.status_line.synced_green", {{"when", say("11月18日 17:32", "18 Nov 17:32")}});
    if (more) more(screens);
  });
}

/// The county's answer came on a stick.
Change by_file(const char* language) {
  return synced(language, [language](view::ScreensView& screens) {
    screens.sync.receipt_cost = test_messages(language).get("view.receipt.by_file");
    screens.sync.bundle_notice =
        test_messages(language).get("bundle.took.answer", {{"received", "9"}, {"acknowledged", "12"}});
  });
}

void loading(view::ScreensView& screens) { screens.sync.state.readiness = view::Readiness::kLoading; }

void empty_pages(view::ScreensView& screens) {
  screens.conflicts = {};
  screens.conflicts.state.readiness = view::Readiness::kReady;
  screens.duplicates = {};
  screens.duplicates.state.readiness = view::Readiness::kReady;
  screens.figures.ledger = {};
  screens.registers[0].rows.clear();
  screens.registers[0].subtitle.clear();
  screens.registers[0].total = 0;
}

/// A call put aside, about two members.
void call_going_on(view::ScreensView& screens) {
  view::WhereaboutsView& view = screens.member.whereabouts;
  view.call.outcome = "reached_self";
  view.call.content = "工资拖欠已报劳动监察，腊月回来";
  view.call.others = {{sample_id(2), "钱秀英 · 三合村"}};
  view.call_saved = "10:24:31";
}

Change audit(const char* language) {
  return [language](view::ScreensView& screens) { screens.records = sample_audit(language); };
}

Change twin_visits(const char* language) {
  return [language](view::ScreensView& screens) { screens.duplicates = sample_twin_visits(language); };
}

Change warned(const char* language) {
  return [language](view::ScreensView& screens) {
    screens.forms.warned = sample_warned(language);
    screens.forms.comparison = {};
  };
}

/// A report that was worked over lies on the stick.
void edited(view::ScreensView& screens) {
  screens.forms.folder = {"/stick", {{"/stick/工作汇报-改.docx", "工作汇报-改.docx", "21 KB", false}}, ""};
}

void read_back(Headless& ui) {
  ui.click("forms.row:f9");
  ui.click("forms.read");
  ui.click("forms.chooser.entry:/stick/工作汇报-改.docx");
}

void hand_in(Headless& ui) {
  ui.click("forms.row:f9");
  ui.click("forms.hand_in");
}

Change checked(const char* language) {
  return [language](view::ScreensView& screens) {
    screens.forms.warned = sample_warned(language);
    screens.forms.warned.checked = 1;
  };
}

void by_telephone(view::ScreensView& screens) {
  screens.visit.draft.mode = "phone";
  screens.visit.draft.outcome = "reached_self";
  screens.visit.draft.topics = {"work"};
}

/// What was warned of when something was kept.
Change doubtful(const char* language) {
  return [language](view::ScreensView& screens) {
    const Say say{std::string_view(language) == "en"};
    screens.member.warnings = {
        say("“返回日期”不能早于“流出日期”。", "\"Returned on\" is before \"Left on\"."),
        say("“流入地”不是行政区划代码。", "\"Destination\" is no division code.")};
    screens.shell.toast = {1,
                           {say("已记下去向。请留意：", "Saved. Please note: ") + screens.member.warnings[0] +
                                " " + screens.member.warnings[1],
                            view::Tone::kPlain, view::Mark::kNone},
                           "u"};
  };
}

/// The county does without most of what a visit may say.
void asks_less(view::ScreensView& screens) {
  screens.visit.off = {"began", "ended", "next_on", "ack_kind", "ack_strokes", "gift_qty"};
  screens.visit.draft.purposes.push_back("care");
}

std::function<void(Headless&)> keys(std::vector<ImGuiKeyChord> chords) {
  return [chords](Headless& ui) {
    for (const ImGuiKeyChord chord : chords)
      ui.press(chord);
  };
}

std::vector<Scene> form_scenes() {
  const app::OpenVisitForm visit{sample_id(1)};
  const app::OpenDeliveryForm delivery{sample_id(5)};
  const app::OpenMember member{sample_id(1)};
  return {
      {"visit", in("zh-CN"), work("zh-CN"), {}, visit},
      {"visit-own", in("zh-CN"), work("zh-CN", own_questions("zh-CN")), {}, visit},
      {"visit-own-en", in("en"), work("en", own_questions("en")), {}, visit},
      {"visit-en", in("en"), work("en"), {}, visit},
      {"visit-125", in("zh-CN", 125), work("zh-CN"), {}, visit},
      {"visit-contrast", in("zh-CN", 100, view::Contrast::kHigh), work("zh-CN"), {}, visit},
      {"visit-call", in("zh-CN"), work("zh-CN", by_telephone), {}, visit},
      {"visit-call-en", in("en"), work("en", by_telephone), {}, visit},
      {"visit-off", in("zh-CN"), work("zh-CN", asks_less), {}, visit},
      {"visit-problems", in("zh-CN"), work("zh-CN", visit_problems), {}, visit},
      {"visit-question", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("visit.case:new"); }, visit},
      {"visit-check", in("zh-CN"), work("zh-CN"),
       [](Headless& ui) { ui.click("visit.check:" + sample_id(601).text() + ".value"); }, visit},
      {"delivery", in("zh-CN"), work("zh-CN"), {}, delivery},
      {"delivery-en", in("en"), work("en"), {}, delivery},
      {"delivery-courier", in("zh-CN"), work("zh-CN", courier), {}, delivery},
      {"delivery-own", in("zh-CN"), work("zh-CN", own_questions("zh-CN")), {}, delivery},
      {"delivery-own-en", in("en"), work("en", own_questions("en")), {}, delivery},
      {"member", in("zh-CN"), work("zh-CN"), {}, member},
      {"member-en", in("en"), work("en"), {}, member},
      {"member-edit",
       in("zh-CN"),
       work("zh-CN",
            [](view::ScreensView& screens) {
              screens.member.draft.edits = {
                  {sample_id(602), "mobility_episode", "employer", "宏达电子有限公司"}};
            }),
       {},
       member},
      {"member-doubtful", in("zh-CN"), work("zh-CN", doubtful("zh-CN")), {}, member},
      {"member-doubtful-en", in("en"), work("en", doubtful("en")), {}, member},
      {"member-home", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("member.say"); }, member},
      {"member-moved-en", in("en"), work("en"),
       [](Headless& ui) {
         ui.click("member.say");
         ui.click("member.say.what:moved");
       },
       member},
      {"member-call", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("member.call"); }, member},
      {"member-call-en", in("en"), work("en"), [](Headless& ui) { ui.click("member.call"); }, member},
      {"member-call-typed", in("zh-CN"), work("zh-CN", call_going_on), {}, member},
      {"member-call-typed-en", in("en"), work("en", call_going_on), {}, member},
      {"member-more", in("zh-CN"), work("zh-CN"), keys({ImGuiMod_Ctrl | ImGuiKey_M}), member},
      {"member-more-en", in("en"), work("en"), keys({ImGuiMod_Ctrl | ImGuiKey_M}), member},
      {"member-end", in("zh-CN"), work("zh-CN"), keys({ImGuiMod_Ctrl | ImGuiKey_M, ImGuiKey_End}), member},
      {"member-end-en", in("en"), work("en"), keys({ImGuiMod_Ctrl | ImGuiKey_M, ImGuiKey_End}), member},
      {"member-new", in("zh-CN"), work("zh-CN", new_member), {}, app::OpenMember{}},
      {"member-new-en", in("en"), work("en", new_member), {}, app::OpenMember{}},
  };
}

std::vector<Scene> number_scenes() {
  const app::OpenPage figures{view::Page::kReports};
  const app::OpenPage forms{view::Page::kForms};
  const app::OpenPage records{view::Page::kRecords};
  return {
      {"records-money",
       in("zh-CN"),
       work("zh-CN", [](view::ScreensView& screens) { screens.records.form = sample_aid_form("zh-CN"); }),
       {},
       records},
      {"records-money-en",
       in("en"),
       work("en", [](view::ScreensView& screens) { screens.records.form = sample_aid_form("en"); }),
       {},
       records},
      {"figures", in("zh-CN"), work("zh-CN"), {}, figures},
      {"figures-en", in("en"), work("en"), {}, figures},
      {"figures-125", in("zh-CN", 125), work("zh-CN"), {}, figures},
      {"figures-empty", in("zh-CN"), work("zh-CN", empty_pages), {}, figures},
      {"forms", in("zh-CN"), work("zh-CN"), {}, forms},
      {"forms-en", in("en"), work("en"), {}, forms},
      {"forms-125", in("zh-CN", 125), work("zh-CN"), {}, forms},
      {"forms-report", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("forms.row:f9"); }, forms},
      {"forms-report-en", in("en"), work("en"), [](Headless& ui) { ui.click("forms.row:f9"); }, forms},
      {"forms-warned", in("zh-CN"), work("zh-CN", warned("zh-CN")),
       [](Headless& ui) { ui.click("forms.row:f9"); }, forms},
      {"forms-warned-en", in("en"), work("en", warned("en")), [](Headless& ui) { ui.click("forms.row:f9"); },
       forms},
      {"forms-paper", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("forms.row:notice"); }, forms},
      {"forms-edited", in("zh-CN"), work("zh-CN", edited), read_back, forms},
      {"forms-edited-en", in("en"), work("en", edited), read_back, forms},
      {"forms-hand-in", in("zh-CN"), work("zh-CN"), hand_in, forms, checked("zh-CN")},
      {"forms-hand-in-en", in("en"), work("en"), hand_in, forms, checked("en")},
  };
}

std::vector<Scene> sync_scenes() {
  const app::OpenPage sync{view::Page::kSync};
  return {
      {"sync", in("zh-CN"), synced("zh-CN"), {}, sync},
      {"sync-en", in("en"), synced("en"), {}, sync},
      {"sync-125", in("zh-CN", 125), synced("zh-CN"), {}, sync},
      {"sync-by-file", in("zh-CN"), by_file("zh-CN"), {}, sync},
      {"sync-by-file-en", in("en"), by_file("en"), {}, sync},
      {"sync-running", in("zh-CN"), work("zh-CN", running), {}, sync},
      {"sync-aside", in("zh-CN"), work("zh-CN", aside), {}, sync},
      {"sync-aside-en", in("en"), work("en", aside), {}, sync},
      {"sync-failed", in("zh-CN"), work("zh-CN", failed), {}, sync},
      {"sync-stick", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("sync.bundle_save"); }, sync},
      {"sync-loading", in("zh-CN"), work("zh-CN", loading), {}, sync},
  };
}

std::vector<Scene> page_scenes() {
  const app::OpenPage conflicts{view::Page::kConflicts};
  const app::OpenPage duplicates{view::Page::kDuplicates};
  const app::OpenPage records{view::Page::kRecords};
  const app::OpenPage import{view::Page::kImport};
  const app::OpenPage settings{view::Page::kSettings};
  const app::OpenPage visits{view::Page::kVisits};
  const auto stage = [](view::ImportStage one) {
    return work("zh-CN", [one](view::ScreensView& screens) { import_stage(screens, one); });
  };
  return {
      {"conflicts", in("zh-CN"), work("zh-CN"), {}, conflicts},
      {"conflicts-en", in("en"), work("en"), {}, conflicts},
      {"conflicts-125", in("zh-CN", 125), work("zh-CN"), {}, conflicts},
      {"conflicts-merged", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("conflicts.row:c3"); },
       conflicts},
      {"conflicts-empty", in("zh-CN"), work("zh-CN", empty_pages), {}, conflicts},
      {"duplicates", in("zh-CN"), work("zh-CN"), {}, duplicates},
      {"duplicates-en", in("en"), work("en"), {}, duplicates},
      {"duplicates-125", in("zh-CN", 125), work("zh-CN"), {}, duplicates},
      {"duplicates-delivery", in("zh-CN"), work("zh-CN"), keys({ImGuiKey_3, ImGuiKey_3}), duplicates},
      {"duplicates-visit", in("zh-CN"), work("zh-CN", twin_visits("zh-CN")), {}, duplicates},
      {"duplicates-visit-en", in("en"), work("en", twin_visits("en")), {}, duplicates},
      {"duplicates-empty", in("zh-CN"), work("zh-CN", empty_pages), {}, duplicates},
      {"records", in("zh-CN"), work("zh-CN"), {}, records},
      {"records-en", in("en"), work("en"), {}, records},
      {"audit", in("zh-CN"), work("zh-CN", audit("zh-CN")), {}, records},
      {"audit-en", in("en"), work("en", audit("en")), {}, records},
      {"records-form",
       in("zh-CN"),
       work("zh-CN", [](view::ScreensView& screens) { screens.records.form = sample_record_form("zh-CN"); }),
       {},
       records},
      {"records-form-en",
       in("en"),
       work("en", [](view::ScreensView& screens) { screens.records.form = sample_record_form("en"); }),
       {},
       records},
      {"records-125", in("zh-CN", 125), work("zh-CN"), {}, records},
      {"import", in("zh-CN"), work("zh-CN"), {}, import},
      {"import-en", in("en"), work("en"), {}, import},
      {"import-columns", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("import.part:columns"); },
       import},
      {"import-meaning", in("en"), work("en"),
       [](Headless& ui) {
         ui.click("import.part:columns");
         ui.click("import.column:c5");
       },
       import},
      {"import-choose", in("zh-CN"), stage(view::ImportStage::kChoose), {}, import},
      {"import-failed", in("zh-CN"), stage(view::ImportStage::kFailed), {}, import},
      {"import-reading", in("zh-CN"), stage(view::ImportStage::kReading), {}, import},
      {"import-confirm", in("zh-CN"), work("zh-CN"), keys({ImGuiMod_Ctrl | ImGuiKey_Enter}), import},
      {"visits", in("zh-CN"), work("zh-CN"), {}, visits},
      {"visits-en", in("en"), work("en"), {}, visits},
      {"visits-empty", in("zh-CN"), work("zh-CN", empty_pages), {}, visits},
      {"settings", in("zh-CN"), work("zh-CN"), {}, settings},
      {"settings-en", in("en"), work("en"), {}, settings},
  };
}

}  // namespace

std::vector<Scene> work_scenes() {
  std::vector<Scene> all = form_scenes();
  for (std::vector<Scene>& some :
       std::vector<std::vector<Scene>>{sync_scenes(), page_scenes(), number_scenes()}) {
    for (Scene& scene : some)
      all.push_back(std::move(scene));
  }
  return all;
}

}  // namespace lianxin::test::ui
