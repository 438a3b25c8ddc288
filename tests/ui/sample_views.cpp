#include "tests/ui/sample_views.hpp"

#include <string>
#include <vector>

#include "tests/ui/say.hpp"

namespace lianxin::test::ui {
namespace {

namespace view = client::view;
using view::Mark;
using view::Tone;
using view::Words;

view::ShellView sample_shell(const Say& say) {
  view::ShellView shell;
  shell.access = view::Access::kOpen;
  shell.place = say("三合村", "Sanhe Village");
  shell.person = say("网格员 王建国", "Grid worker Wang Jianguo");
  shell.nav = {{view::Page::kToday, 3, false},      {view::Page::kMembers, 0, false},
               {view::Page::kVisits, 0, false},     {view::Page::kDeliveries, 0, false},
               {view::Page::kCases, 2, false},      {view::Page::kHardship, 0, false},
               {view::Page::kRecords, 0, false},    {view::Page::kConflicts, 2, true},
               {view::Page::kDuplicates, 3, false}, {view::Page::kReports, 0, false},
               {view::Page::kForms, 0, false},      {view::Page::kSync, 12, false},
               {view::Page::kImport, 0, false},     {view::Page::kSettings, 0, false}};
  shell.status = {{say("离线", "Offline"), Tone::kPlain, Mark::kNone},
                  {say("本机数据完整", "Records on this laptop are whole"), Tone::kPlain, Mark::kNone},
                  {say("12 条待传（走访 5、送达 4、变更 3）", "12 waiting (5 visits, 4 deliveries, 3 edits)"),
                   Tone::kPlain, Mark::kNone}};
  shell.receipt = {say("上次同步 11月20日 17:32，凭据为绿", "Last sync 20 Nov 17:32, receipt green"),
                   Tone::kSettled, Mark::kSettled};
  return shell;
}

view::TodayView sample_today(const Say& say) {
  view::TodayView today;
  today.state.readiness = view::Readiness::kReady;
  const auto due = [&](std::size_t id, const char* name, std::string place, Words why, std::string lead,
                       Words when, std::string last) {
    today.due.push_back({sample_id(id), name, std::move(place), std::move(why), std::move(lead),
                         std::move(when), std::move(last)});
    today.due.back().key = sample_id(id).text();
    today.due.back().village = say("三合村", "Sanhe");
  };
  due(1, "赵志远", say("广东深圳", "Shenzhen"),
      {say("三次未接通，最近 10月9日", "three calls unanswered, last 9 Oct"), Tone::kNeedsYou,
       Mark::kNeedsYou},
      say("联系中断", "Out of contact"), {say("逾期 13 天", "13 days late"), Tone::kNeedsYou, Mark::kNone},
      say("9月30日", "30 Sep"));
  due(2, "金契", say("韩国", "South Korea"),
      {say("半年联系一次（境外）", "twice a year (abroad)"), Tone::kPlain, Mark::kToday}, "",
      {say("今天", "today")}, say("5月24日", "24 May"));
  due(3, "单立新", say("吉林长春", "Changchun"),
      {say("季度核实：电话、务工单位未确认", "quarterly check: phone, employer"), Tone::kPlain, Mark::kDue},
      "", {say("11月30日", "30 Nov")}, say("11月2日", "2 Nov"));
  due(4, "王𬭎", say("本村（返乡）", "Here (returned)"),
      {say("活动证年审", "certificate to be renewed"), Tone::kPlain, Mark::kDue}, "",
      {say("12月5日", "5 Dec")}, say("11月18日", "18 Nov"));
  due(5, "欧阳志远", say("江苏苏州", "Suzhou"),
      {say("红色包裹待签收（已寄 6 天）", "parcel not signed for (6 days)"), Tone::kAgeing, Mark::kDue}, "",
      {say("—", "—")}, say("11月12日", "12 Nov"));
  due(6, "李桂兰", say("山东青岛", "Qingdao"),
      {say("困难党员，元旦前走访", "in hardship, visit before New Year"), Tone::kPlain, Mark::kCare}, "",
      {say("12月31日", "31 Dec")}, say("8月15日", "15 Aug"));
  const char* groups[] = {"contact", "contact", "refresh", "certificates", "parcels", "care"};
  for (std::size_t i = 0; i < today.due.size(); ++i)
    today.due[i].group = groups[i];
  today.due[2].can_say_same = true;
  today.due[2].opens = view::DueOpens::kRecord;
  today.due[2].kind = "quarter_refresh";
  today.groups = {{"contact", say("联系", "Contact"), 12, 3},
                  {"refresh", say("季度核实", "Quarter"), 24, 0},
                  {"care", say("关爱", "Care"), 4, 0},
                  {"certificates", say("活动证", "Certificates"), 7, 0},
                  {"parcels", say("包裹", "Parcels"), 1, 0}};
  today.due_total = 48;
  const std::uint32_t counts[] = {5, 8, 11, 6, 15, 3, 0};
  const char* days_zh[] = {"周四", "周五", "周六", "周日", "周一", "周二", "今天"};
  const char* days_en[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "today"};
  for (std::size_t i = 0; i < 7; ++i)
    today.week.push_back({say(days_zh[i], days_en[i]), counts[i]});
  today.drafts = {
      {sample_id(70), say("走访 · 曾红梅", "Visit · 曾红梅"), say("昨天 16:48", "yesterday 16:48")}};
  today.festivals = {{say("元旦慰问", "New Year visits"),
                      say("还有 37 天 · 已走访 3 / 24 人", "in 37 days · 3 of 24 visited")}};
  today.unsent = 12;
  today.unsent_kinds = say("走访 5 · 送达 4 · 变更 3", "5 visits · 4 deliveries · 3 edits");
  today.unsent_cost = say("约 6 KB，1 次往返。照片 4 张随后传。", "About 6 KB, one round trip.");
  today.conflicts = 2;
  today.duplicates = 3;
  today.conflict_lines = {say("赵志远 · 联系电话", "赵志远 · phone"),
                          say("单立新 · 务工单位", "单立新 · employer")};
  today.contacted = 21;
  today.to_contact = 24;
  today.month_lines = {
      {say("送学上门 6 次 · 咨询 9 次", "6 study visits · 9 questions"), Tone::kPlain, Mark::kNone},
      {say("专题会议：本月已开 1 次", "Meeting: held once this month"), Tone::kSettled, Mark::kSettled}};
  return today;
}

view::MembersView sample_members(const Say& say) {
  view::MembersView members;
  members.state.readiness = view::Readiness::kReady;
  const char* names[] = {"赵志远", "金契",   "单立新",          "王𬭎", "欧阳志远", "李桂兰",
                         "曾红梅", "尉迟敬", "朴成哲",          "刘䶮",    "查玉芬",   "万俟春",
                         "孙德海", "周丽",   "吴守义",          "郑小满",  "解明",     "覃建军",
                         "仇晓东", "缪春生", "阿依古丽·买买提", "陈志强",  "冯淑琴",   "韩冬"};
  const char* places_zh[] = {"广东深圳", "韩国", "吉林长春", "本村（返乡）", "江苏苏州", "山东青岛"};
  const char* places_en[] = {"Shenzhen", "South Korea", "Changchun", "Here (returned)", "Suzhou", "Qingdao"};
  std::size_t i = 0;
  for (const char* name : names) {
    view::MemberRow row;
    row.member = sample_id(i + 1);
    row.name = name;
    row.gender = i % 3 == 0 ? say("男", "M") : say("女", "F");
    row.village = say(i % 2 == 0 ? "三合村" : "太平社区", i % 2 == 0 ? "Sanhe" : "Taiping");
    row.place = say(places_zh[i % 6], places_en[i % 6]);
    row.phone_masked = i % 7 == 5 ? say("（空）", "(none)") : "138****" + std::to_string(1000 + i * 37);
    row.last_contact = say("11月", "") + std::to_string(1 + i % 18) + say("日", " Nov");
    row.status = i == 0   ? Words{say("联系中断", "out of contact"), Tone::kNeedsYou, Mark::kNeedsYou}
                 : i == 5 ? Words{say("困难", "hardship"), Tone::kPlain, Mark::kCare}
                          : Words{say("正常", "settled"), Tone::kSettled, Mark::kSettled};
    row.in_dispute = i == 2;
    members.rows.push_back(std::move(row));
    ++i;
  }
  members.rows[2].status.text = say("正常", "settled");
  members.total = members.matching = static_cast<std::uint32_t>(members.rows.size());
  return members;
}

}  // namespace

Id sample_id(std::size_t number) {
  Id id;
  id.octets[6] = 0x70;
  id.octets[8] = 0x80;
  id.octets[14] = static_cast<std::uint8_t>(number >> 8U);
  id.octets[15] = static_cast<std::uint8_t>(number & 0xFFU);
  return id;
}

view::ScreensView sample_screens(std::string_view language) {
  const Say say{language == "en"};
  view::ScreensView screens;
  screens.shell = sample_shell(say);
  screens.today = sample_today(say);
  screens.members = sample_members(say);
  screens.unlock.owners = {{"a", "王建国", say("三合村 · 网格员", "Sanhe Village · grid worker")}};
  screens.settings.language = std::string(language);
  return screens;
}

}  // namespace lianxin::test::ui
