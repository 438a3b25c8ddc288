// Views of the page of figures.
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"

namespace lianxin::test::ui {

namespace view = client::view;

namespace {

view::LedgerView ledger(const Say& say) {
  view::LedgerView out;
  out.row = 45;
  out.phrase = say("送学上门", "Study delivered to the door");
  out.number = say("238次", "238 times");
  out.choices = {{"", say("238次", "238 times")},
                 {"person_times", say("人次 251", "Person-times 251")},
                 {"family", say("其中由家属代学 17", "through the family 17")}};
  out.total = 238;
  const char* const names[] = {"赵连心", "钱守信、孙桂兰", "李明德", "周文英", "吴长顺", "𬭎有为"};
  for (std::size_t i = 0; i < 24; ++i) {
    view::LedgerRowView row;
    row.record = sample_id(900 + i);
    row.target = row.record;
    row.opens = view::RowOpens::kVisit;
    row.day = say("5月", "") + std::to_string(1 + i % 28) + say("日", " May");
    row.who = names[i % 6];
    row.what =
        i % 5 == 0 ? say("走访 · 见到家人", "Visit · Met family") : say("走访 · 见到本人", "Visit · Met");
    row.place = i % 2 == 0 ? say("三合村", "Sanhe") : say("青松岭村", "Qingsongling");
    if (i == 3) row.amount = "2";
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace

view::FiguresView sample_figures(std::string_view language) {
  const Say say{language == "en"};
  view::FiguresView figures;
  figures.state.readiness = view::Readiness::kReady;
  figures.question.unit = sample_id(1);
  figures.question.unit_name = say("靖宇县", "Jingyu County");
  figures.question.period_text = say("2026年1月1日 至 2026年9月30日", "1 Jan 2026 to 30 Sep 2026");
  figures.question.period = "year";
  figures.question.undecided =
      say("含 2 组疑似重复，待核：赵连心 (三合村) / 赵联心 (大井村)、李向阳 2026-09-03",
          "2 possible duplicates in it, not decided: 赵连心 (三合村) / 赵联心 (大井村), 李向阳 2026-09-03");
  figures.question.checks = {
      say("第54项学习资料包与出库数不符：发放登记 725 份，出库 720 份。",
          "Row 54 does not fit the stock: 725 study packs handed out, 720 left the store.")};
  figures.question.periods = {{"month", say("本月", "This month")},
                              {"last_month", say("上月", "Last month")},
                              {"quarter", say("本季", "This quarter")},
                              {"year", say("今年以来", "This year")}};
  const char* const townships[] = {"靖宇镇",   "三道湖镇", "龙泉镇", "那尔轰镇",
                                   "花园口镇", "景山镇",   "赤松镇", "濛江乡"};
  std::size_t number = 2;
  for (const char* township : townships)
    figures.question.units.push_back({sample_id(number++).text(), township});
  const auto add = [&](int row, std::string phrase, std::string text, std::string parts = {}) {
    figures.rows.push_back({row, std::move(phrase), std::move(text), std::move(parts)});
  };
  add(14, say("一村（社区）一表", "One table per village"),
      say("118/118张（100%）", "118 of 118 tables (100%)"), say("其中零报告 3", "of them nil returns 3"));
  add(15, say("一乡（镇）一册", "One register per township"),
      say("8/8册（100%）", "8 of 8 registers (100%)"));
  add(30, say("“1+N”结对（恰有一名联系人）", "1+N pairing (exactly one liaison)"),
      say("1340/1348人（99%）", "1340 of 1348 persons (99%)"),
      say("每名联系人最少联系 1 · 每名联系人一般联系 8 · 每名联系人最多联系 15",
          "Fewest for one liaison 1 · Usually 8 · Most 15"));
  add(36, say("业务咨询服务", "Consultations"), say("200余次", "over 200 times"),
      say("其中当场解决 187 · 其中转为问题 12", "Solved on the spot 187 · Became a question 12"));
  add(37, say("收集并解答问题建议", "Questions and suggestions answered"), say("50余条", "over 50 items"),
      say("收集 61 · 尚未答复 5", "Collected 61 · Not answered yet 5"));
  add(45, say("送学上门", "Study delivered to the door"), say("238次", "238 times"),
      say("人次 251 · 其中由家属代学 17", "Person-times 251 · through the family 17"));
  add(53, say("寄出“红色包裹”", "Red packages sent"), say("8份", "8 copies"),
      say("本人签收 6 · 他人代收 1", "Signed 6 · Proxy 1"));
  add(54, say("发放学习资料包", "Study packs handed out"), say("725份", "725 copies"),
      say("期初结存 0 · 本期收入 800 · 本期发放 725 · 本期损耗 3 · 期末结存 72",
          "Opening 0 · Received 800 · Handed out 725 · Damaged 3 · Closing 72"));
  add(57, say("党员突击队", "Volunteer task teams"), say("8支", "8 teams"));
  add(60, say("志愿服务活动", "Volunteer sessions"), say("18场次", "18 sessions"),
      say("参加人次 164", "Attendances 164"));
  add(1, say("“跟不上、够不着、看不见”三个问题的覆盖情况", "Coverage of the three problems"), "",
      say("本季接受过学习教育 1102 · 有联系人且按期联系到本人 1240 · 参加过志愿服务或有积分 420",
          "Studied 1102 · Reached in time 1240 · Volunteered 420"));
  figures.ledger = ledger(say);
  return figures;
}

view::FormsView sample_form_page(std::string_view language) {
  const Say say{language == "en"};
  view::FormsView forms;
  forms.state.readiness = view::Readiness::kReady;
  forms.question = sample_figures(language).question;
  const auto add = [&](const char* form, std::string number, std::string name, std::string period = {}) {
    forms.forms.push_back(
        {form, std::move(number), std::move(name), std::move(period), form == std::string("f9"), false});
  };
  add("f1", "F1", say("流动党员信息登记表（一村一表）", "Mobile members, one table per village"));
  add("f2", "F2", say("乡镇流动党员管理台账（一乡一册）", "Register of the township"),
      say("2026年第3季度", "Q3 2026"));
  add("f7", "F7", say("流动党员工作月汇总表", "Month summary"), say("2026年9月", "Sep 2026"));
  add("f9", "F9", say("流动党员工作汇报", "Report on the work"));
  add("f15", "F15", say("问题建议台账", "Ledger of questions and suggestions"));
  const std::string paper = say("文书", "Paper");
  add("notice", paper, say("流动党员个人信息处理告知书", "How your personal information is handled"));
  add("incident", paper, say("个人信息安全事件处置预案", "Plan for a loss of personal information"));
  for (view::FormRowView& row : forms.forms)
    row.is_paper = row.number == paper;
  const auto hand_in = [&](std::uint64_t id, std::string name, std::string period, std::string number) {
    view::HandedInView row;
    row.snapshot = sample_id(id);
    row.name = std::move(name);
    row.unit = say("三道湖镇", "Sandaohu");
    row.period = std::move(period);
    row.number = std::move(number);
    row.when = say("9月5日", "5 Sep");
    row.who = "王建国";
    forms.handed_in.push_back(std::move(row));
  };
  hand_in(801, say("F7 流动党员工作月汇总表", "F7 Month summary"), say("2026年8月", "Aug 2026"),
          say("第 2 版", "no. 2"));
  forms.handed_in[0].reason = say("县里要求重报", "asked for again by the county");
  hand_in(802, say("F1 流动党员信息登记表（一村一表）", "F1 Mobile members, one table per village"),
          say("2026年第3季度", "Q3 2026"), say("第 1 版", "no. 1"));
  forms.comparison.snapshot = sample_id(801);
  forms.comparison.rows = {
      {45, say("送学上门", "Study delivered to the door"), "231 → 238",
       say("补报 +5（甲 +2，乙 +3），更正 +3（甲 +3），作废 -1（乙 -1）",
           "late +5 (A +2, B +3), corrected +3 (A +3), voided -1 (B -1)")},
      {34, say("谈心谈话", "Heart-to-heart talks"), "84 → 85", say("补报 +1（乙 +1）", "late +1 (B +1)")}};
  return forms;
}

view::WarnedFormView sample_warned(std::string_view language) {
  const Say say{language == "en"};
  return {"f9",
          say("流动党员工作汇报", "Report on the work"),
          {say("“为每名流动党员指派定期联系人”说的是全部，台账上是 1340/1348 人。",
               "\"Every member has a liaison\" claims all; on record are 1340 of 1348."),
           say("“全面登记核实”说的是全部，已核实 92%。", "\"All verified\" claims all; verified are 92%."),
           say("“送学上门 238 次”里含 1 组疑似重复，待核：李向阳 2026-09-03。",
               "\"238 study visits\" holds 1 possible duplicate: 李向阳 2026-09-03."),
           say("第54项学习资料包与出库数不符：发放登记 725 份，出库 720 份。",
               "Row 54 does not fit the stock: 725 study packs handed out, 720 left the store.")}};
}

}  // namespace lianxin::test::ui
