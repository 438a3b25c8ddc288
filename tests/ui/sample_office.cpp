// Views of a member's file, an import, the registers and the settings.
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"

namespace lianxin::test::ui {

namespace view = client::view;
using view::Mark;
using view::Tone;

namespace {

view::FieldRow row(std::size_t record, const char* kind, const char* field, std::string label,
                   std::string value, view::Words freshness, std::string how) {
  view::FieldRow made;
  made.record = sample_id(record);
  made.kind = kind;
  made.field = field;
  made.label = std::move(label);
  made.value = made.edited = std::move(value);
  made.freshness = std::move(freshness);
  made.how_known = std::move(how);
  made.can_confirm = !made.value.empty();
  return made;
}

void add_sections(const Say& say, view::MemberFileView& file) {
  const view::Words today{say("今天", "today"), Tone::kSettled, Mark::kSettled};
  const view::Words old{say("210 天", "210 days"), Tone::kAgeing, Mark::kDue};
  const view::Words none{say("未核实", "never"), Tone::kAgeing, Mark::kDue};
  const std::string seen = say("11月18日 王建国 当面", "18 Nov, in person");
  const std::string roster = say("2025-03-02 表格导入", "2025-03-02, roster");
  view::FieldSection person{"person", say("基本信息", "Person"), {}};
  person.rows = {row(1, "member", "name", say("姓名", "Name"), "赵志远", {}, roster),
                 row(1, "member", "id_number", say("证件号", "ID number"), "220699197903151234", today, seen),
                 row(1, "member", "joined_on", say("入党日期", "Joined"), "2004-07-01", old, roster)};
  person.rows.push_back(row(1, "member", "standing", say("党籍状态", "Standing"), say("正常", "normal"), old,
                            say("由县委组织部门填写", "by the county")));
  person.rows[1].masked = "220699********1234";
  person.rows[2].input = view::FieldInput::kDate;
  person.rows[3].input = view::FieldInput::kReadOnly;
  view::FieldSection contact{"contact", say("联系方式", "Contact"), {}};
  contact.rows = {
      row(601, "contact_point", "value", say("电话", "Phone"), "199 0000 5566", today, seen),
      row(603, "contact_point", "value", say("家庭电话", "Home phone"), "0439-7220000", old, roster),
      row(604, "contact_point", "value", say("微信", "WeChat"), "", none, "")};
  contact.rows[0].in_dispute = true;
  view::FieldSection away{"away", say("流动情况", "Away"), {}};
  away.rows = {
      row(602, "mobility_episode", "place", say("流入地", "Moved to"), say("广东深圳", "Shenzhen"), today,
          seen),
      row(602, "mobility_episode", "address", say("常住", "Lives at"),
          say("宝安区新安街道", "Xin'an, Bao'an"), old, roster),
      row(602, "mobility_episode", "employer", say("务工单位", "Employer"), "", none, ""),
      row(602, "mobility_episode", "reason", say("流动原因", "Reason"), say("务工", "work"), old, roster)};
  away.rows[3].input = view::FieldInput::kCode;
  away.rows[3].edited = "work";
  away.rows[3].choices = {
      {"work", say("务工", "work")}, {"trade", say("经商", "trade")}, {"family", say("随家属", "family")}};
  away.rows.push_back(row(602, "mobility_episode", "discovery", say("信息来源", "Found by"), "", none, ""));
  away.rows.push_back(row(602, "mobility_episode", "national_entry_on",
                          say("录入全国系统日期", "In the national system"), "", none,
                          say("由乡镇党务工作者填写", "by the township")));
  away.rows[4].rare = away.rows[5].rare = true;
  away.rows[4].input = view::FieldInput::kCode;
  away.rows[4].choices = {{"org_finds", say("组织找党员", "organisation finds member")},
                          {"member_finds", say("党员找组织", "member finds organisation")}};
  away.rows[5].input = view::FieldInput::kReadOnly;
  file.sections = {person, contact, away};
}

/// A yard with a gate, made of colours alone.
view::PicturePointer sample_picture(int width, int height) {
  view::Picture picture{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool sky = y < height / 3;
      const bool gate = !sky && x > width / 3 && x < width * 2 / 3;
      const int shade = 60 + 120 * y / height;
      picture.rgba += static_cast<char>(sky ? 168 : gate ? 150 : shade);
      picture.rgba += static_cast<char>(sky ? 200 : gate ? 60 : shade - 20);
      picture.rgba += static_cast<char>(sky ? 230 : gate ? 50 : 70);
      picture.rgba += static_cast<char>(255);
    }
  }
  return std::make_shared<const view::Picture>(std::move(picture));
}

void add_photos(const Say& say, view::PhotosView& photos) {
  photos.rows = {{sample_id(801),
                  say("11月18日 · 走访 · 门口", "18 Nov · visit · at the gate"),
                  {say("原图在县里", "the full picture is at the county")},
                  sample_picture(160, 120),
                  true},
                 {sample_id(802),
                  say("9月30日 · 送达", "30 Sep · delivery"),
                  {say("待传", "to be sent"), Tone::kAgeing, Mark::kDue},
                  sample_picture(90, 160),
                  true}};
  photos.total = 2;
}

view::WhereaboutsView sample_whereabouts(const Say& say) {
  view::WhereaboutsView out{
      true,
      true,
      true,
      say("2025年3月外出 · 广东深圳", "away since Mar 2025 · Shenzhen, Guangdong"),
      "2026-11-28",
      "LD2026-0017",
      {{"reached_self", say("联系到本人", "Reached the member")},
       {"reached_family", say("联系到家属", "Reached family")},
       {"no_answer", say("无人接听", "No answer")},
       {"switched_off", say("关机", "Switched off")},
       {"dead_number", say("空号停机", "Dead number")},
       {"wrong_person", say("号码非本人", "Wrong person")},
       {"refused", say("拒接", "Refused")},
       {"message_left", say("已留言", "Message left")}},
      {{"phone", say("电话", "Phone")}, {"wechat", say("微信", "WeChat")}, {"video", say("视频", "Video")}},
      {{"thought", say("思想", "Thoughts")},
       {"work", say("工作", "Work")},
       {"life", say("生活", "Life")},
       {"study", say("学习", "Study")},
       {"affiliation", say("组织关系", "Affiliation")},
       {"policy", say("政策", "Policy")},
       {"other", say("其他", "Other")}}};
  out.said.member = out.call.member = sample_id(1);
  out.said.day = out.call.day = out.today;
  out.said.draft = sample_id(811);
  out.call.draft = sample_id(812);
  out.call.channel = "phone";
  return out;
}

}  // namespace

view::MemberFileView sample_member_file(std::string_view language) {
  const Say say{language == "en"};
  view::MemberFileView file;
  file.state.readiness = view::Readiness::kReady;
  file.member = sample_id(1);
  file.title = "赵志远";
  file.subtitle = say("男 · 1979年3月 · 三合村 · 流动党员", "M · Mar 1979 · Sanhe Village · away");
  file.status = {say("联系中断：三次未接通", "Out of contact: three calls unanswered"), Tone::kNeedsYou,
                 Mark::kNeedsYou};
  file.shown_token = "heads-3";
  file.revision = 1;
  file.whereabouts = sample_whereabouts(say);
  add_sections(say, file);
  file.causes = {{"in_person", say("当面", "in person")},
                 {"phone", say("电话", "phone")},
                 {"family", say("家属说", "family said")},
                 {"document", say("看了证件", "document")}};
  file.facts = {{sample_id(700),
                 say("11月18日", "18 Nov"),
                 {say("走访 · 入户", "Visit · at the door")},
                 say("见到本人", "met"),
                 "王建国",
                 true,
                 true},
                {sample_id(701),
                 say("11月18日", "18 Nov"),
                 {say("送达 · 学习资料包 1 份", "Delivery · study pack")},
                 "",
                 "王建国",
                 true,
                 false},
                {sample_id(702),
                 say("9月30日", "30 Sep"),
                 {say("电话 · 未接通", "Phone · no answer"), Tone::kAgeing},
                 "",
                 "王建国",
                 false,
                 true},
                {sample_id(703),
                 say("6月12日", "12 Jun"),
                 {say("走访 · 入户", "Visit · at the door")},
                 say("见到父母：外出未归", "parents: away"),
                 "王建国",
                 false,
                 true},
                {sample_id(704),
                 say("3月5日", "5 Mar"),
                 {say("活动证年审", "Certificate renewed"), Tone::kSettled, Mark::kSettled},
                 "",
                 "李秀英",
                 false,
                 false},
                {sample_id(705),
                 say("2月11日", "11 Feb"),
                 {say("走访 · 春节慰问", "Visit · festival")},
                 say("资料包 1 份", "one pack"),
                 "王建国",
                 false,
                 true}};
  file.facts_total = 6;
  add_photos(say, file.photos);
  return file;
}

namespace {

void add_import_choices(const Say& say, view::ImportView& import) {
  import.folder.path = say("文档", "Documents");
  import.folder.entries = {{"/d/..", "..", "", true},
                           {"/d/old", say("去年的表", "last year"), "", true},
                           {"/d/a.xlsx", say("三合村党员名册2026.xlsx", "sanhe-roster-2026.xlsx"),
                            say("24 KB · 11月18日", "24 KB · 18 Nov"), false},
                           { "/d/b.xlsx",
                             say("太平社区花名册.xlsx", "taiping.xlsx"),
                             say("31 KB · 11月2日", "31 KB · 2 Nov"),
                             false }};
  import.targets = {{"member.name", say("姓名", "Name")},
                    {"member.id_no", say("证件号", "ID number")},
                    {"member.remark", say("备注", "Remark")},
                    { "contact_point.self",
                      say("电话", "Phone") }};
  import.villages = {{"220622101200", say("三合村", "Sanhe")},
                     { "220622101201",
                       say("太平社区", "Taiping") }};
  import.hidden_sheets = 1;
  import.rejected = 4;
  import.past = {{"b1", say("太平社区花名册.xlsx", "taiping.xlsx"), say("11月2日 09:12", "2 Nov 09:12"),
                  say("新增 41，并入 6", "41 new, 6 merged"), true, ""},
                 { "b0",
                   say("试导.xlsx", "trial.xlsx"),
                   say("10月30日", "30 Oct"),
                   say("新增 3", "3 new"),
                   false,
                   say("10月30日", "30 Oct") }};
}

}  // namespace

view::ImportView sample_import(std::string_view language) {
  const Say say{language == "en"};
  view::ImportView import;
  import.stage = view::ImportStage::kPreview;
  import.file = say("三合村党员名册2026.xlsx", "sanhe-roster-2026.xlsx");
  import.summary = say("认出 118 人：新增 96，并入 14，重复 4，待处理 4。",
                       "118 people: 96 new, 14 merged, 4 duplicates, 4 to settle.");
  import.preview_token = "p1";
  import.will_write = 110;
  view::ImportSheet sheet;
  sheet.name = say("党员名册", "Roster");
  sheet.header_rows = say("第 3-4 行", "rows 3-4");
  sheet.columns = {
      {"c1", say("姓名", "Name"), "赵志远", "member.name", say("姓名", "Name")},
      {"c2", say("身份证", "ID card"), "220699********1234", "member.id_no", say("证件号", "ID number"),
       true},
      {"c3", say("联系方式", "Contact"), "138****1034", "contact_point.self", say("电话", "Phone")},
      {"c4", say("外出地点", "Gone to"), say("浙江省义乌市", "Yiwu"), "mobility_episode.dest_address",
       say("流入地", "Moved to")},
      {"c5", say("备注2", "Notes 2"), say("春节回", "back at New Year"), "", ""}};
  sheet.passed_over = {
      {say("第 1-2 行", "rows 1-2"), say("表头上方的标题或说明", "title or note above the headings"),
       say("三合村党员名册", "Roster of Sanhe")},
      {say("第 41 行", "row 41"), say("合计行", "total"), say("合计 36 人", "36 in all")}};
  sheet.accepted = 96;
  sheet.merged = 14;
  sheet.duplicates = 4;
  sheet.quarantined = 4;
  const auto add = [&](const char* name, view::RowVerdict verdict, view::Words why, bool without = false) {
    const std::string number = std::to_string(5 + sheet.rows.size());
    view::ImportRow one;
    one.row = "s!" + number;
    one.where = say("第 ", "row ") + number + say(" 行", "");
    one.name = name;
    one.village = say("三合村", "Sanhe");
    one.id_masked = "220699********" + std::to_string(1200 + sheet.rows.size());
    one.phone_masked = "138****" + std::to_string(1034 + sheet.rows.size());
    one.verdict = verdict;
    one.reason = std::move(why);
    one.can_accept_without_number = without;
    sheet.rows.push_back(std::move(one));
  };
  add("赵志远", view::RowVerdict::kMerged, {say("与档案同一人，补上流入地", "same person, adds the place")});
  add("金契", view::RowVerdict::kAccepted, {});
  add("单立新", view::RowVerdict::kQuarantined,
      {say("证件号校验位不对", "ID number fails its check digit"), Tone::kNeedsYou}, true);
  add("王𬭎", view::RowVerdict::kAccepted, {});
  add("欧阳志远", view::RowVerdict::kDuplicate,
      {say("与第 5 行同一证件号", "same ID number as row 5"), Tone::kAgeing});
  for (const char* name : {"李桂兰", "曾红梅", "尉迟敬", "朴成哲", "查玉芬", "万俟春", "孙德海", "周丽"})
    add(name, view::RowVerdict::kAccepted, {});
  view::ImportSheet notes;
  notes.name = say("填表说明", "Notes");
  notes.no_roster =
      say("这一页没有名册：找不到“姓名”一列。", "There is no roster on this sheet: no column \"Name\".");
  import.sheets = {sheet, notes};
  add_import_choices(say, import);
  return import;
}

view::RegisterView sample_register(view::Page page, std::string_view language) {
  const Say say{language == "en"};
  view::RegisterView reg;
  reg.page = page;
  reg.state.readiness = view::Readiness::kReady;
  const bool visits = page == view::Page::kVisits;
  reg.title = visits ? say("走访", "Visits") : say("问题咨询", "Questions");
  reg.subtitle = say("本月 21 次 · 按日期排序", "21 this month · by date");
  reg.can_add = page == view::Page::kDeliveries;
  reg.columns = {{"when", say("日期", "Date"), 0.8F},
                 {"name", say("姓名", "Name"), 0.9F},
                 {"how", say("方式", "How"), 0.9F},
                 {"what", say("内容", "What"), 2.6F},
                 {"state", say("状态", "State"), 1}};
  const char* names[] = {"赵志远", "金契",   "单立新", "王𬭎", "欧阳志远",
                         "李桂兰", "曾红梅", "尉迟敬", "朴成哲"};
  std::size_t i = 0;
  for (const char* name : names) {
    const view::Words state =
        i < 2 ? view::Words{say("待传", "to send"), Tone::kAgeing, Mark::kDue}
              : view::Words{say("已到县里", "at the county"), Tone::kSettled, Mark::kSettled};
    reg.rows.push_back({sample_id(700 + i),
                        {{say("11月", "") + std::to_string(18 - i) + say("日", " Nov")},
                         {name},
                         {i % 3 == 1 ? say("电话", "phone") : say("入户", "at the door")},
                         {say("谈心谈话，送学习资料包；想参加线上主题党日",
                              "talk, study pack; wants to join the online meeting")},
                         state},
                        view::RowOpens::kVisit});
    ++i;
  }
  reg.total = 9;
  return reg;
}

view::SettingsView sample_settings(std::string_view language) {
  const Say say{language == "en"};
  view::SettingsView settings;
  settings.state.readiness = view::Readiness::kReady;
  settings.language = std::string(language);
  settings.second_copy_folder = say("U 盘/连心副本", "stick/lianxin-copy");
  settings.second_copy_state = {say("最新，10:24:31", "up to date, 10:24:31"), Tone::kSettled,
                                Mark::kSettled};
  settings.about = {{say("连心 1.0", "Lianxin 1.0")},
                    {say("设备 7c1e…90d4", "Device 7c1e…90d4")},
                    {say("资料库 12 MB，已加密", "Store 12 MB, encrypted"), Tone::kSettled, Mark::kSettled},
                    {say("中文输入：fcitx5", "Chinese input: fcitx5")}};
  return settings;
}

}  // namespace lianxin::test::ui
