// Pictures of what seldom happens: long names, rare characters, huge numbers, nothing at all, things gone
// wrong.
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"
#include "tests/ui/scene.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;
using view::Mark;
using view::Tone;

using Change = std::function<void(view::ScreensView&)>;

/// Four characters beyond U+FFFF, as they stand on identity cards.
constexpr const char* kRareName = "𠮷𬭎𰻞𡘙";
constexpr const char* kLongName = "阿卜杜热合曼·阿不都热依木·买买提吐尔逊江";
/// Forty characters.
constexpr const char* kLongVillage =
    "三道湖镇经济技术开发区东风路与建设街交汇处锦绣花园东区第二居民委员会筹备组（原三合村）";

Change work(const char* language, Change more = {}) {
  return [language, more](view::ScreensView& screens) {
    add_work(screens, spoken(language));
    if (more) more(screens);
  };
}

/// The office after a year: long names in the bar, hundreds of thousands in the numbers.
void long_shell(view::ScreensView& screens) {
  screens.shell.place = kLongVillage;
  screens.shell.person = std::string("网格员 ") + kLongName;
  for (view::NavItem& item : screens.shell.nav)
    item.waiting = item.waiting == 0 ? 0 : 100000;
}

void long_members(view::ScreensView& screens) {
  long_shell(screens);
  view::MembersView& members = screens.members;
  const char* const names[] = {kRareName, kLongName};
  for (std::size_t i = 0; i < 2; ++i) {
    members.rows[i].name = names[i];
    members.rows[i].village = kLongVillage;
    members.rows[i].place = "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县哈拉布拉克乡米尔凯奇村三组 118 号";
  }
  members.total = members.matching = 100000;
}

void long_today(view::ScreensView& screens) {
  long_shell(screens);
  view::TodayView& today = screens.today;
  today.due[0].name = kRareName;
  today.due[1].name = kLongName;
  today.due[1].place = "克孜勒苏柯尔克孜自治州阿合奇县";
  today.due[1].why.text = "季度核实：电话、微信、现居住地、务工单位、单位电话、家庭住址都未确认";
  today.due_total = 100000;
  for (view::DueGroup& group : today.groups)
    group.count = 20000;
  today.contacted = 86400;
  today.to_contact = 100000;
  today.unsent = 123456;
  for (view::DayCount& day : today.week)
    day.count *= 1000;
}

void long_visit(view::ScreensView& screens) {
  view::VisitFormView& visit = screens.visit;
  visit.title = kLongName;
  visit.draft.handed = {{sample_id(501), 10000}};
  visit.checks[0].value = visit.checks[0].edited = "+7 (727) 1234-5678 转 90123、13800001234";
  visit.checks[0].masked.clear();
  visit.checks[2].value = kLongVillage;
  visit.bag[0].name = "2026 年度流动党员学习资料包（含《党章》《条例》单行本及口袋书三册）";
  visit.bag[0].in_bag = -12;
}

void long_file(view::ScreensView& screens) {
  view::MemberFileView& file = screens.member;
  file.title = kLongName;
  file.subtitle = std::string("男 · 1979年3月 · ") + kLongVillage + " · 流动党员";
  file.sections[0].rows[0].value = file.sections[0].rows[0].edited = kLongName;
  file.sections[2].rows[1].value = kLongVillage;
}

Change three_hands(const char* language) {
  return work(language, [language](view::ScreensView& screens) {
    const Say say{std::string_view(language) == "en"};
    view::ConflictView& one = screens.conflicts.conflicts[0];
    one.kind_label = say("这一项有三个不同的新值，都还在", "three new values, all kept");
    view::SaidValue third = one.values[1];
    third.head = "t2";
    third.value = "199 0000 9900";
    third.who = say("周文英（县委组织部）", "Zhou Wenying (county)");
    third.how_known = say("电话", "phone");
    third.remark = say("本人来电，称原号码借给了儿子", "he rang: the old number is his son's now");
    third.clock_suspect = true;
    one.values.push_back(third);
  });
}

/// A whole paragraph on each side.
void long_conflict(view::ScreensView& screens) {
  view::ConflictView& one = screens.conflicts.conflicts[0];
  one.name = kLongName;
  one.field_label = "备注";
  one.kind = view::ConflictKind::kText;
  const std::string text =
      "常年在外务工，父母由妹妹照看；春节、中秋返乡。2025 年起在物流园做分拣，夜班，白天不便接电话。"
      "希望线上参加主题党日，已加入“在外党员之家”微信群。";
  for (view::SaidValue& said : one.values) {
    said.value = text + said.who;
    said.differs_from = static_cast<std::uint32_t>(text.size());
    said.differs_to = static_cast<std::uint32_t>(said.value.size());
  }
  one.before->value = text;
}

/// The county after the rosters of a summer came in.
void many_conflicts(view::ScreensView& screens) {
  std::vector<view::ConflictView>& all = screens.conflicts.conflicts;
  const std::size_t own = all.size();
  for (std::size_t i = own; i < 100; ++i) {
    all.push_back(all[i % own]);
    all.back().conflict = "m" + std::to_string(i);
  }
  screens.conflicts.total = 312;
}

/// The first morning: enrolled, nothing synced, nobody here.
void first_day(view::ScreensView& screens) {
  screens.today = {};
  screens.today.state.readiness = view::Readiness::kReady;
  screens.today.nobody_here = true;
  screens.members = {};
  screens.members.state.readiness = view::Readiness::kReady;
  for (view::NavItem& item : screens.shell.nav)
    item.waiting = 0;
}

void say_status(view::ScreensView& screens, const char* language, std::initializer_list<const char*> keys) {
  const Messages words = test_messages(language);
  screens.shell.status.clear();
  for (const char* key : keys)
    screens.shell.status.push_back({words.get(key), Tone::kNeedsYou, Mark::kNeedsYou});
}

/// A month in the hills, with a clock that is wrong.
void month_away(view::ScreensView& screens) {
  say_status(screens, "zh-CN", {"view.status_line.clock", "view.status_line.one_copy"});
  screens.shell.status.push_back({"1860 条待传（走访 612、送达 208、变更 1040）"});
  screens.shell.receipt = {"上次同步 10月18日 17:32，凭据未绿", Tone::kAgeing, Mark::kDue};
  screens.today.unsent = 1860;
  screens.today.unsent_kinds = "走访 612 · 送达 208 · 变更 1040";
  screens.today.unsent_cost = "约 900 KB，4 次往返。照片 212 张随后传。";
}

void clock_wrong(view::ScreensView& screens) {
  month_away(screens);
  screens.sync.panel = view::SyncPanel::kIdle;
  screens.sync.unsent = 1860;
  screens.sync.unsent_kinds = screens.today.unsent_kinds;
  screens.sync.cost = "约 900 KB，4 次往返";
  screens.sync.receipt_green = false;
  screens.sync.receipt_sentence =
      "上次同步后又有 1860 条新内容（走访 612、送达 208、变更 1040）只在这台电脑上，请再同步。";
  screens.sync.this_laptop = {{"时钟比服务器慢 3 天 4 小时", Tone::kNeedsYou, Mark::kNeedsYou},
                              {"第二份副本：U 盘没有插上，停在 10月20日", Tone::kNeedsYou, Mark::kNeedsYou},
                              {"设备 7c1e…90d4，使用人 王建国"},
                              {"可以交还或清空：否，还有 1860 条没有到县里", Tone::kAgeing, Mark::kDue}};
}

/// A copied folder: its last receipt is another's, and what was erased by law was not asked for.
void copied(view::ScreensView& screens, const char* language) {
  const Messages words = test_messages(language);
  screens.sync.panel = view::SyncPanel::kIdle;
  screens.sync.receipt_green = false;
  screens.sync.receipt_sentence = words.get("view.receipt.open");
  screens.sync.this_laptop.insert(screens.sync.this_laptop.begin(),
                                  {words.get("cli.status.purges_unasked"), Tone::kNeedsYou, Mark::kNeedsYou});
}

/// Nothing was kept here yet, nothing synced.
void never_synced(view::ScreensView& screens, const char* language) {
  first_day(screens);
  const Messages words = test_messages(language);
  screens.shell.status[2] = {words.get("view.status_line.none_unsent")};
  screens.shell.receipt = {words.get("view.status_line.never_synced"), Tone::kAgeing, Mark::kDue};
  view::SyncView fresh;
  fresh.state.readiness = view::Readiness::kReady;
  fresh.server = screens.sync.server;
  screens.sync = fresh;
}

void huge_figures(view::ScreensView& screens) {
  view::FiguresView& figures = screens.figures;
  figures.question.unit_name = kLongVillage;
  for (view::FigureRowView& row : figures.rows)
    row.number = "1234567/1234568人次（99.99%）";
  figures.rows[0].phrase = "在外流动党员中按季核实了电话、现居住地、务工单位并由本人确认的人数及其占比";
  figures.ledger.phrase = figures.rows[0].phrase;
  figures.ledger.number = figures.rows[0].number;
  figures.ledger.rows[0].who = kLongName;
  figures.ledger.rows[1].who = kRareName;
  figures.ledger.rows[1].place = kLongVillage;
  figures.ledger.total = 1234567;
}

void no_forms_yet(view::ScreensView& screens) {
  screens.forms.handed_in.clear();
  screens.forms.comparison = {};
  screens.forms.question.undecided.clear();
  screens.forms.question.checks.clear();
}

void record_problems(view::ScreensView& screens) {
  screens.records.form = sample_aid_form("zh-CN");
  view::RecordFormView& form = screens.records.form;
  for (std::size_t i = 1; i < 3 && i < form.rows.size(); ++i)
    form.problems.push_back({form.rows[i].field, "金额请写成数字，最多两位小数，如 1200.50。"});
  form.problems.push_back({"", "没有保存：请先改好标红的内容。写的都还在。"});
}

void delivery_problems(view::ScreensView& screens) {
  screens.delivery.problems = {{"occurred_on", "日期不能晚于今天。"},
                               {"lines", "请选送了什么。"},
                               {"received_by", "代收时请写签收人姓名。"},
                               {"", "没有保存：请先改好标红的内容。写的都还在。"}};
}

void nothing_imported(view::ScreensView& screens) {
  screens.import = {};
  screens.import.stage = view::ImportStage::kChoose;
  screens.import.folder.path = "U 盘";
}

void no_records(view::ScreensView& screens) {
  screens.records.rows.clear();
  screens.records.total = 0;
}

void offer_another(view::ScreensView& screens) {
  screens.shell.access = view::Access::kLocked;
  screens.enrol.problem = "连不上县里的服务器：请检查网络；没有网络时，请向县里要一个文件。";
}

std::function<void(Headless&)> press(std::vector<ImGuiKeyChord> chords) {
  return [chords](Headless& ui) {
    for (const ImGuiKeyChord chord : chords)
      ui.press(chord);
  };
}

std::vector<Scene> long_scenes() {
  const app::OpenPage members{view::Page::kMembers};
  const app::OpenPage conflicts{view::Page::kConflicts};
  const app::OpenPage figures{view::Page::kReports};
  return {
      {"today-huge", in("zh-CN"), long_today},
      {"members-huge", in("zh-CN"), long_members, {}, members},
      {"visit-long", in("zh-CN"), work("zh-CN", long_visit), {}, app::OpenVisitForm{sample_id(1)}},
      {"member-long", in("zh-CN"), work("zh-CN", long_file), {}, app::OpenMember{sample_id(1)}},
      {"conflicts-three", in("zh-CN"), three_hands("zh-CN"), {}, conflicts},
      {"conflicts-three-en", in("en"), three_hands("en"), {}, conflicts},
      {"conflicts-many", in("zh-CN"), work("zh-CN", many_conflicts), {}, conflicts},
      {"conflicts-long", in("zh-CN"), work("zh-CN", long_conflict), {}, conflicts},
      {"figures-huge", in("zh-CN"), work("zh-CN", huge_figures), {}, figures},
  };
}

std::vector<Scene> wrong_scenes() {
  const app::OpenPage sync{view::Page::kSync};
  const app::OpenPage records{view::Page::kRecords};
  const app::OpenPage settings{view::Page::kSettings};
  const app::OpenVisitForm visit{sample_id(1)};
  const app::OpenMember member{sample_id(1)};
  return {
      {"today-month-away", in("zh-CN"), month_away},
      {"sync-month-away", in("zh-CN"), work("zh-CN", clock_wrong), {}, sync},
      {"sync-copied",
       in("zh-CN"),
       work("zh-CN", [](view::ScreensView& screens) { copied(screens, "zh-CN"); }),
       {},
       sync},
      {"sync-copied-en",
       in("en"),
       work("en", [](view::ScreensView& screens) { copied(screens, "en"); }),
       {},
       sync},
      {"records-problems", in("zh-CN"), work("zh-CN", record_problems), {}, records},
      {"records-void", in("zh-CN"),
       work("zh-CN", [](view::ScreensView& screens) { screens.records.form = sample_aid_form("zh-CN"); }),
       [](Headless& ui) { ui.click("records.void"); }, records},
      {"delivery-problems",
       in("zh-CN"),
       work("zh-CN", delivery_problems),
       {},
       app::OpenDeliveryForm{sample_id(5)}},
      {"visit-drop", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("visit.drop"); }, visit},
      {"visit-drop-en", in("en"), work("en"), [](Headless& ui) { ui.click("visit.drop"); }, visit},
      {"settings-problem", in("zh-CN"), work("zh-CN"),
       [](Headless& ui) {
         ui.fill("settings.passphrase.old", "一句只有我知道的话");
         ui.fill("settings.passphrase.next", "短");
         ui.click("settings.passphrase.change");
       },
       settings},
      {"settings-copy-off", in("zh-CN"), work("zh-CN"), [](Headless& ui) { ui.click("settings.copy.off"); },
       settings},
      {"member-moved", in("zh-CN"), work("zh-CN"),
       [](Headless& ui) {
         ui.click("member.say");
         ui.click("member.say.what:moved");
       },
       member},
      {"member-moved-place", in("zh-CN"), work("zh-CN"),
       [](Headless& ui) {
         ui.click("member.say");
         ui.click("member.say.what:moved");
         ui.frames(4);  // the dialog grows
         ui.fill("member.say.division", "shenz");
       },
       member},
      {"help-visit", in("zh-CN"), work("zh-CN"), press({ImGuiKey_F1}), visit},
      {"help-visit-en", in("en"), work("en"), press({ImGuiKey_F1}), visit},
      {"help-member", in("zh-CN"), work("zh-CN"), press({ImGuiKey_F1}), member},
  };
}

std::vector<Scene> empty_scenes() {
  const app::OpenPage members{view::Page::kMembers};
  const auto enrols = [](view::ScreensView& screens) {
    screens.shell.access = view::Access::kNotEnrolled;
    screens.unlock.owners.clear();
  };
  return {
      {"unlock-en", in("en"),
       [](view::ScreensView& screens) { screens.shell.access = view::Access::kLocked; }},
      {"enrol-en", in("en"), enrols},
      {"enrol-problems-en", in("en"), enrols, [](Headless& ui) { ui.click("enrol.join"); }},
      {"enrol-another", in("zh-CN"), offer_another, [](Headless& ui) { ui.click("unlock.another"); }},
      {"today-first", in("zh-CN"),
       [](view::ScreensView& screens) {
         first_day(screens);
         screens.shell.status.clear();
         screens.shell.receipt = {test_messages("zh-CN").get("view.status_line.never_synced"),
                                  Tone::kNeedsYou, Mark::kNeedsYou};
       }},
      {"members-nobody", in("zh-CN"), first_day, {}, members},
      {"members-nobody-en", in("en"), first_day, {}, members},
      {"sync-never",
       in("zh-CN"),
       work("zh-CN", [](view::ScreensView& screens) { never_synced(screens, "zh-CN"); }),
       {},
       app::OpenPage{view::Page::kSync}},
      {"sync-never-en",
       in("en"),
       work("en", [](view::ScreensView& screens) { never_synced(screens, "en"); }),
       {},
       app::OpenPage{view::Page::kSync}},
      {"forms-none", in("zh-CN"), work("zh-CN", no_forms_yet), {}, app::OpenPage{view::Page::kForms}},
      {"records-none", in("zh-CN"), work("zh-CN", no_records), {}, app::OpenPage{view::Page::kRecords}},
      {"import-nothing",
       in("zh-CN"),
       work("zh-CN", nothing_imported),
       {},
       app::OpenPage{view::Page::kImport}},
  };
}

/// The largest text, where room is scarce.
std::vector<Scene> large_scenes() {
  return {
      {"visit-150", in("zh-CN", 150), work("zh-CN"), {}, app::OpenVisitForm{sample_id(1)}},
      {"visit-125-en", in("en", 125), work("en"), {}, app::OpenVisitForm{sample_id(1)}},
      {"delivery-125", in("zh-CN", 125), work("zh-CN"), {}, app::OpenDeliveryForm{sample_id(5)}},
      {"member-125", in("zh-CN", 125), work("zh-CN"), {}, app::OpenMember{sample_id(1)}},
      {"conflicts-150", in("zh-CN", 150), work("zh-CN"), {}, app::OpenPage{view::Page::kConflicts}},
      {"forms-150", in("zh-CN", 150), work("zh-CN"), {}, app::OpenPage{view::Page::kForms}},
      {"figures-150", in("zh-CN", 150), work("zh-CN"), {}, app::OpenPage{view::Page::kReports}},
      {"duplicates-150", in("zh-CN", 150), work("zh-CN"), {}, app::OpenPage{view::Page::kDuplicates}},
      {"duplicates-150-en", in("en", 150), work("en"), {}, app::OpenPage{view::Page::kDuplicates}},
      {"delivery-problems-150",
       in("zh-CN", 150),
       work("zh-CN", delivery_problems),
       {},
       app::OpenDeliveryForm{sample_id(5)}},
      {"settings-150", in("zh-CN", 150), work("zh-CN"), {}, app::OpenPage{view::Page::kSettings}},
      {"import-125", in("zh-CN", 125), work("zh-CN"), {}, app::OpenPage{view::Page::kImport}},
  };
}

}  // namespace

std::vector<Scene> edge_scenes() {
  std::vector<Scene> all;
  for (std::vector<Scene>& some :
       std::vector<std::vector<Scene>>{long_scenes(), wrong_scenes(), empty_scenes(), large_scenes()}) {
    for (Scene& scene : some)
      all.push_back(std::move(scene));
  }
  return all;
}

}  // namespace lianxin::test::ui
