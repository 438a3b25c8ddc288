// Views of the pages where things are settled: conflicts and sync.
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"

namespace lianxin::test::ui {

namespace view = client::view;
using view::Mark;
using view::Tone;

namespace {

view::ConflictView phone_conflict(const Say& say) {
  view::ConflictView one;
  one.conflict = "c1";
  one.shown_token = "t1";
  one.record = sample_id(601);
  one.member = sample_id(1);
  one.name = "赵志远";
  one.field_label = say("联系电话", "phone");
  one.place = say("三合村", "Sanhe");
  one.kind_label = say("这一项有两个不同的新值，都还在", "two new values, both kept");
  one.before = view::SaidValue{"", "138 0000 1234", 0, 0, "", "2025-03-02", say("表格导入", "roster")};
  view::SaidValue mine{"m1",
                       "199 0000 5566",
                       9,
                       13,
                       "王建国",
                       say("11月18日 10:20", "18 Nov 10:20"),
                       say("当面", "in person"),
                       say("（走访记录）", " (visit)"),
                       say("本人说换了卡，当场拨通", "he changed his card; the call went through")};
  mine.mine = true;
  mine.shown_now = true;
  view::SaidValue theirs{"t1",
                         "199 0000 7788",
                         9,
                         13,
                         say("李秀英（镇党建办）", "Li Xiuying (township)"),
                         say("11月19日 15:41", "19 Nov 15:41"),
                         say("家属说", "family said"),
                         "",
                         say("其妻电话告知", "his wife on the phone")};
  one.values = {mine, theirs};
  one.can_keep_both = true;
  one.can_open = "visit";
  one.visit = sample_id(400);
  one.consequence = say(
      "不处理也不会丢：报表里用“当面”的值，并标“有争议”。没被采用的一方下次同步会得到通知，可以提出异议。",
      "Nothing is lost if you leave it: reports use the value heard in person, marked \"disputed\". Whoever "
      "was "
      "not followed is told at the next sync and may object.");
  return one;
}

view::ConflictView other_conflict(const Say& say, const char* id, const char* name, std::string field,
                                  std::string summary, std::string waits, view::ConflictKind kind) {
  view::ConflictView one = phone_conflict(say);
  one.conflict = id;
  one.shown_token = id;
  one.name = name;
  one.field_label = std::move(field);
  one.summary = std::move(summary);
  one.waiting_for = std::move(waits);
  one.kind = kind;
  const bool merged = kind == view::ConflictKind::kMergedGroup;
  one.kind_label =
      merged ? say("已合并，待过目", "merged, to be seen") : say("同一项，不同值", "same field, two values");
  one.can_keep_both = false;
  one.can_open = "member";
  return one;
}

}  // namespace

view::ConflictDeskView sample_conflicts(std::string_view language) {
  const Say say{language == "en"};
  view::ConflictDeskView desk;
  desk.state.readiness = view::Readiness::kReady;
  desk.conflicts.push_back(phone_conflict(say));
  desk.conflicts.push_back(
      other_conflict(say, "c2", "单立新", say("务工单位", "employer"),
                     say("宏达电子有限公司 ／ 顺丰速运南关站", "Hongda Electronics / SF Express Nanguan"),
                     say("2 天", "2 days"), view::ConflictKind::kSameField));
  desk.conflicts.push_back(other_conflict(say, "c3", "金契", say("地址、单位", "address, employer"),
                                          say("两人分别改了地址和单位电话，都已合并，请看一眼",
                                              "address and work phone changed apart, both kept"),
                                          say("1 天", "1 day"), view::ConflictKind::kMergedGroup));
  desk.total = 3;
  desk.told.push_back({"k1",
                       say("金契的“常住地”改用李秀英 11月16日当面核实的值；您 11月10日电话问到的值在历史里。",
                           "\"Lives at\" of 金契 now has the value Li Xiuying saw in person on 16 Nov; yours "
                           "of 10 Nov is kept."),
                       sample_id(2)});
  return desk;
}

view::SyncView sample_sync(std::string_view language) {
  const Say say{language == "en"};
  view::SyncView sync;
  sync.state.readiness = view::Readiness::kReady;
  sync.panel = view::SyncPanel::kDone;
  sync.server = say("柳河县服务器", "Liuhe County server");
  sync.receipt_when = say("11月18日 17:32:08", "18 Nov 17:32:08");
  sync.receipt_cost = say("用时 0.4 秒 · 1 次往返 · 传出 5.9 KB，收到 3.1 KB",
                          "0.4 s · 1 round trip · 5.9 KB out, 3.1 KB in");
  sync.receipt_green = true;
  sync.receipt_sentence = say("全部在县里了。本机没有任何只在这台电脑上的记录。",
                              "All at the county. Nothing is only on this laptop.");
  sync.scopes = {{say("三合村", "Sanhe Village"), "1,284", "7f3a…c21e", "7f3a…c21e", true},
                 {say("三合村 · 困难关爱", "Sanhe · care"), "36", "91b0…07aa", "91b0…07aa", true},
                 {say("县公共资料", "County reference"), "742", "02d4…ee19", "02d4…ee19", true}};
  sync.happened = {
      {"sent",
       {say("传出 12 条", "12 sent")},
       say("走访 5 · 送达 4 · 变更 3：已采用 11，合并 1",
           "5 visits · 4 deliveries · 3 edits: 11 applied, 1 merged")},
      {"received",
       {say("收到 9 条", "9 received")},
       say("镇党建办 6 · 邻村交来 3（赵志远转入）", "6 from the township · 3 from the next village")},
      {"conflicts",
       {say("冲突 2 处", "2 conflicts"), Tone::kNeedsYou, Mark::kNeedsYou},
       say("赵志远 · 联系电话；单立新 · 务工单位", "赵志远 · phone; 单立新 · employer")}};
  sync.told = sample_conflicts(language).told;
  sync.kept_aside.rows = {{"5f0c:9",
                           say("孙玉兰 · 联系电话 138****1234", "孙玉兰 · phone 138****1234"),
                           say("不在本人负责的范围内", "Outside what this person looks after"),
                           {say("等龙泉镇审定", "with Longquan Town"), Tone::kAgeing, Mark::kDue},
                           say("11月16日", "16 Nov"),
                           sample_id(3)},
                          {"5f0c:4",
                           say("单立新 · 务工单位 宏达电子", "单立新 · employer 宏达电子"),
                           say("与本人核对，单位写错", "Checked with him: the employer was wrong"),
                           {say("未采用", "not taken over"), Tone::kNeedsYou, Mark::kNeedsYou},
                           say("11月12日", "12 Nov"),
                           sample_id(5)}};
  sync.kept_aside.total = 2;
  sync.kept_aside.decisions = {{"5f0c:2",
                                say("11月17日 10:02：您填写的“赵志远”的内容，办公室已采用。",
                                    "17 Nov 10:02: the office has taken over what you wrote about 赵志远."),
                                sample_id(2)}};
  sync.this_laptop = {
      {say("时钟比服务器快 3 秒", "Clock 3 s ahead of the server"), Tone::kSettled, Mark::kSettled},
      {say("第二份副本：U 盘，最新", "Second copy: stick, up to date"), Tone::kSettled, Mark::kSettled},
      {say("设备 7c1e…90d4，使用人 王建国", "Device 7c1e…90d4, Wang Jianguo")},
      {say("可以交还或清空：是（凭据为绿）", "May be handed back: yes, the receipt is green")}};
  sync.past = {{say("11月18日 17:32", "18 Nov 17:32"), {say("绿", "green"), Tone::kSettled, Mark::kSettled}},
               {say("11月14日 17:40", "14 Nov 17:40"), {say("绿", "green"), Tone::kSettled, Mark::kSettled}},
               {say("11月14日 17:38", "14 Nov 17:38"),
                {say("中断，已续传", "cut, went on later"), Tone::kAgeing, Mark::kDue}},
               {say("11月11日 17:25", "11 Nov 17:25"), {say("绿", "green"), Tone::kSettled, Mark::kSettled}}};
  sync.can_print_receipt = true;
  sync.folder.path = say("U 盘", "stick");
  sync.folder.entries = {{"/s/..", "..", "", true},
                         {"/s/a", say("连心", "lianxin"), "", true},
                         {"/s/b.lxb", "20261118.lxb", "6 KB", false}};
  return sync;
}

}  // namespace lianxin::test::ui
