// Views of the page of records: a list of activities, and the form of one.
#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"

namespace lianxin::test::ui {

namespace view = client::view;

namespace {

view::FieldRow row(const std::string& field, std::string label, view::FieldInput input,
                   std::string value = {}, view::Choices choices = {}) {
  view::FieldRow out;
  out.kind = "activity";
  out.field = field;
  out.label = std::move(label);
  out.input = input;
  out.value = value;
  out.edited = std::move(value);
  out.choices = std::move(choices);
  return out;
}

}  // namespace

view::RecordsView sample_records(std::string_view language) {
  const Say say{language == "en"};
  view::RecordsView records;
  records.state.readiness = view::Readiness::kReady;
  const std::pair<const char*, std::pair<const char*, const char*>> kinds[] = {
      {"activity", {"活动", "Activity"}},
      {"attendance", {"签到", "Attendance"}},
      {"content_push", {"学习推送", "Content push"}},
      {"contact_group", {"联系群", "Contact group"}},
      {"certificate", {"活动证", "Certificate"}},
      {"hardship_record", {"困难党员档案", "Hardship file"}},
      {"points_entry", {"积分流水", "Points entry"}},
      {"team", {"队伍", "Team"}},
      {"village_table", {"一村一表", "Village table"}}};
  for (const auto& [code, names] : kinds)
    records.kinds.push_back({code, say(names.first, names.second)});
  records.kind = "activity";
  records.columns = {{"org_id", say("主办组织", "Organised by"), 1},
                     {"occurred_on", say("日期", "Date"), 0.7F},
                     {"kind", say("种类", "Kind"), 1},
                     {"mode", say("形式", "Form"), 1},
                     {"topic", say("主题", "Topic"), 3}};
  for (std::size_t i = 0; i < 12; ++i) {
    view::RegisterRow line;
    line.record = sample_id(950 + i);
    line.opens = view::RowOpens::kRecord;
    line.cells = {{say("三合村", "Sanhe")},
                  {say("9月", "") + std::to_string(28 - i) + say("日", " Sep")},
                  {i % 3 == 0 ? say("专题会议", "Topic meeting") : say("志愿服务", "Volunteer service")},
                  {say("线下", "On site")},
                  {say("秋季返乡座谈", "Talk with those who are home")}};
    records.rows.push_back(std::move(line));
  }
  records.total = 12;
  return records;
}

view::RecordsView sample_audit(std::string_view language) {
  const Say say{language == "en"};
  view::RecordsView records = sample_records(language);
  records.kinds.push_back({"audit_entry", say("操作留痕", "Audit entry")});
  records.kind = "audit_entry";
  records.columns = {{"occurred_on", say("日期", "Date"), 0.7F}, {"at_time", say("时间", "Time"), 0.7F},
                     {"worker_id", say("操作人", "Worker"), 1},  {"action", say("操作", "Action"), 1},
                     {"record_id", say("对象", "Record"), 1},    {"what", say("内容", "What"), 3}};
  for (view::RegisterRow& line : records.rows) {
    const bool is_export = line.record.bytes().back() % 2 == 0;
    line.cells = {{say("9月28日", "28 Sep")},
                  {"09:30"},
                  {"王建国"},
                  {is_export ? say("导出", "Exported") : say("查看全号", "Revealed")},
                  {is_export ? std::string() : "欧阳志远"},
                  {is_export ? say("流出、流入党员名册 三合村 名册-2026-09.xlsx",
                                   "Rosters of members who left and came Sanhe roster-2026-09.xlsx")
                             : say("身份证号、电话", "ID number, telephones")}};
  }
  return records;
}

view::RecordFormView sample_record_form(std::string_view language) {
  using view::FieldInput;
  const Say say{language == "en"};
  view::RecordFormView form;
  form.form = sample_id(960);
  form.kind = "activity";
  form.title = say("活动 · 新增", "Activity · new");
  form.shown_token = "heads-9";
  form.draft.draft = form.form;
  form.draft.kind = form.kind;
  form.draft.edits = {{Id(), "activity", "occurred_on", "2026-09-28"}};
  form.rows = {
      row("org_id", say("主办组织", "Organised by"), FieldInput::kCode, "",
          {{sample_id(2).text(), say("三合村", "Sanhe")}, {sample_id(3).text(), say("大井村", "Dajing")}}),
      row("occurred_on", say("日期", "Date"), FieldInput::kDate),
      row("kind", say("种类", "Kind"), FieldInput::kCode, "",
          {{"topic_meeting", say("专题会议", "Topic meeting")},
           {"theme_day", say("主题党日", "Theme day")},
           {"film", say("红色观影", "Film")},
           {"skill", say("实用技能培训", "Skill training")},
           {"volunteer", say("志愿服务", "Volunteer service")}}),
      row("topic", say("主题", "Topic"), FieldInput::kText),
      row("expected", say("应到人数", "Expected"), FieldInput::kNumber),
      row("speakers", say("主讲党员", "Speakers"), FieldInput::kMembers),
      row("minutes", say("议程及记录", "Minutes"), FieldInput::kLongText)};
  return form;
}

view::RecordFormView sample_aid_form(std::string_view language) {
  using view::FieldInput;
  const Say say{language == "en"};
  view::RecordFormView form;
  form.form = sample_id(961);
  form.kind = "aid_record";
  form.record = sample_id(962);
  form.title = say("帮扶记录 · 李桂兰", "Help given · 李桂兰");
  form.subtitle = say("9月28日 王建国 录入", "28 Sep 王建国 typed");
  form.draft.draft = form.form;
  form.draft.kind = form.kind;
  const auto typed = [](view::FieldRow row, std::string value) {
    row.edited = row.value = std::move(value);
    return row;
  };
  form.rows = {typed(row("occurred_on", say("日期", "Date"), FieldInput::kDate), "2026-09-28"),
               typed(row("kind", say("种类", "Kind"), FieldInput::kCode, "",
                         {{"visit", say("走访慰问", "Visit")},
                          {"money", say("慰问金", "Money")},
                          {"goods", say("慰问品", "Goods")}}),
                     "money"),
               typed(row("amount_fen", say("金额（元）", "Amount (yuan)"), FieldInput::kNumber), "1,200.50"),
               row("goods", say("物品", "Goods"), FieldInput::kText),
               typed(row("funder", say("经费来源", "Paid by"), FieldInput::kText),
                     say("县委组织部党费", "county party office"))};
  return form;
}

}  // namespace lianxin::test::ui
