// Views of the page of possible duplicates.
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"

namespace lianxin::test::ui {

namespace view = client::view;
using view::Mark;
using view::Tone;

namespace {

view::TwinView person_pair(const Say& say) {
  view::TwinView pair;
  pair.key = "p1";
  pair.kind = "member";
  pair.shown_token = "t1";
  pair.one = sample_id(1);
  pair.other = sample_id(801);
  pair.member = pair.one;
  pair.other_member = pair.other;
  pair.title = "赵连心 ／ 赵联心";
  pair.likeness = {say("很可能", "very likely"), Tone::kNeedsYou, Mark::kNeedsYou};
  pair.reasons =
      say("身份证号相同、姓名读音、电话相同", "same ID number, name sounds the same, same telephone");
  pair.one_head = say("三合村 · 王建国 3月2日 09:12", "Sanhe · Wang Jianguo 2 Mar 09:12");
  pair.other_head = say("大井村 · 李秀英 11月18日 10:20", "Dajing · Li Xiuying 18 Nov 10:20");
  pair.fields = {
      {say("姓名", "Name"), "赵连心", "赵联心", true},
      {say("性别", "Gender"), say("男", "male"), say("男", "male"), false},
      {say("公民身份证号", "ID number"), "220699********0015", "220699********0015", false},
      {say("出生日期", "Born"), say("1979年3月5日", "5 Mar 1979"), say("1979年3月", "Mar 1979"), true},
      {say("户籍地村", "Home village"), say("三合村", "Sanhe"), say("大井村", "Dajing"), true},
      {say("家庭住址", "Home address"), say("三合村1组3号", "No. 3, group 1, Sanhe"),
       say("大井村4组（岳父家，门牌不详，村部后第二排最东头）",
           "Group 4, Dajing (his father-in-law's; no number)"),
       true},
      {say("入党日期", "Joined"), say("2004年7月", "Jul 2004"), "", true},
      {say("电话", "Telephones"), "199 0000 5566", "199 0000 5566、0439-5550001", true},
      {say("走访", "Visits"), say("11 次", "11"), say("2 次", "2"), false}};
  pair.consequence =
      say("认作同一个人后，两条记录都保留，合并显示，只计一人，两村都看得到；随时可撤回。不处理也不会丢。",
          "If they are one, both records stay, are shown together, count as one person and are seen by both "
          "villages; it can be taken back. Nothing is lost if you do nothing.");
  return pair;
}

view::TwinView parcel_pair(const Say& say) {
  view::TwinView pair;
  pair.key = "p3";
  pair.kind = "delivery";
  pair.shown_token = "t3";
  pair.one = sample_id(811);
  pair.other = sample_id(812);
  pair.member = sample_id(5);
  pair.title = "欧阳志远";
  pair.likeness = {say("可能", "likely"), Tone::kAgeing, Mark::kToday};
  pair.reasons = say("同一人、同一材料（学习资料包），由两人登记，相隔 1 天",
                     "one person, one material (study pack), entered by two people days apart: 1");
  pair.one_head = say("三合村 · 王建国 11月12日 17:02", "Sanhe · Wang Jianguo 12 Nov 17:02");
  pair.other_head = say("三合村 · 李秀英 11月13日 08:40", "Sanhe · Li Xiuying 13 Nov 08:40");
  pair.fields = {{say("收件人", "To"), "欧阳志远", "欧阳志远", false},
                 {say("方式", "How"), say("快递", "courier"), say("快递", "courier"), false},
                 {say("寄出日期", "Sent"), say("11月12日", "12 Nov"), say("11月13日", "13 Nov"), true},
                 {say("快递单号", "Tracking number"), "SF1234567890", "SF1234567890", false},
                 {say("材料", "Materials"), say("学习资料包 ×1", "study pack ×1"),
                  say("学习资料包 ×1", "study pack ×1"), false}};
  pair.consequence =
      say("认作同一次送达后，两条记录都保留，只计一次；随时可撤回。不处理也不会丢。",
          "If they are one, both records stay and count once; it can be taken back. Nothing is lost if you "
          "do nothing.");
  return pair;
}

view::TwinView visit_pair(const Say& say) {
  view::TwinView pair;
  pair.key = "p4";
  pair.kind = "visit";
  pair.shown_token = "t4";
  pair.one = sample_id(821);
  pair.other = sample_id(822);
  pair.member = sample_id(5);
  pair.title = "欧阳志远";
  pair.likeness = {say("可能", "likely"), Tone::kAgeing, Mark::kToday};
  pair.reasons = say("同一天走访同一人（2026-11-12）、由两人登记",
                     "the same people visited on one day (2026-11-12), entered by two people");
  pair.one_head = say("三合村 · 王建国 11月12日 17:02", "Sanhe · Wang Jianguo 12 Nov 17:02");
  pair.other_head = say("三合村 · 李秀英 11月13日 08:40", "Sanhe · Li Xiuying 13 Nov 08:40");
  pair.fields = {{say("走访日期", "Date"), say("11月12日", "12 Nov"), say("11月12日", "12 Nov"), false},
                 {say("开始", "From"), "09:00", "", true},
                 {say("结束", "To"), "10:00", "", true},
                 {say("方式", "How"), say("入户", "at the door"), say("入户", "at the door"), false},
                 {say("结果", "Outcome"), say("见到本人", "met"), say("见到家属", "met the family"), true},
                 {say("内容", "Content"),
                  say("送党的二十大报告单行本一册，本人说春节后仍去沈阳务工", "Brought the report"),
                  say("其妻说春节后去长春", "His wife says Changchun after the festival"), true},
                 {say("走访对象", "Members"), "欧阳志远", "欧阳志远", false},
                 {say("走访人", "Workers"), say("王建国", "Wang Jianguo"),
                  say("李秀英、王建国", "Li Xiuying, Wang Jianguo"), true},
                 {say("目的", "Purposes"), say("学习", "study"), say("学习、核实", "study, verify"), true}};
  pair.consequence =
      say("认作同一次走访后，两条记录都保留、都能看，只计一次；随时可撤回。不处理也不会丢。",
          "If they are one occasion, both records stay readable and count once; it can be taken back. "
          "Nothing is lost if you do nothing.");
  return pair;
}

}  // namespace

view::DuplicatesView sample_twin_visits(std::string_view language) {
  view::DuplicatesView page = sample_duplicates(language);
  page.pairs.insert(page.pairs.begin(), visit_pair(Say{language == "en"}));
  return page;
}

view::DuplicatesView sample_duplicates(std::string_view language) {
  const Say say{language == "en"};
  view::DuplicatesView page;
  page.state.readiness = view::Readiness::kReady;
  page.pairs = {person_pair(say), person_pair(say), parcel_pair(say)};
  view::TwinView& weak = page.pairs[1];
  weak.key = "p2";
  weak.shown_token = "t2";
  weak.one = sample_id(803);
  weak.other = sample_id(804);
  weak.title = "单立新 ／ 单丽欣";
  weak.likeness = {say("存疑", "doubtful"), Tone::kQuiet, Mark::kDue};
  weak.reasons = say("姓名读音、出生年月相同", "name sounds the same, same month of birth");
  page.said = {{"s1",
                sample_id(820),
                sample_id(821),
                say("孙大为（三合村） ／ 孙大伟（大井村）", "孙大为 (Sanhe) ／ 孙大伟 (Dajing)"),
                {say("同一个人", "the same person"), Tone::kPlain, Mark::kSettled},
                say("李秀英 11月20日 15:11", "Li Xiuying 20 Nov 15:11")},
               {"s2",
                sample_id(822),
                sample_id(823),
                say("金契（三合村） ／ 金琪（三合村）", "金契 (Sanhe) ／ 金琪 (Sanhe)"),
                {say("不是同一个人", "two people"), Tone::kPlain, Mark::kNone},
                say("王建国 11月19日 09:30", "Wang Jianguo 19 Nov 09:30")}};
  return page;
}

}  // namespace lianxin::test::ui
