// Views of the two forms: a visit and a delivery.
#include <string>
#include <vector>

#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/say.hpp"

namespace lianxin::test::ui {

namespace view = client::view;
using view::Mark;
using view::Tone;

namespace {

view::Choices choices(const Say& say, std::initializer_list<std::array<const char*, 3>> list) {
  view::Choices made;
  for (const auto& one : list)
    made.push_back({one[0], say(one[1], one[2])});
  return made;
}

view::FieldRow check(const Say& say, std::size_t record, const char* kind, const char* field, const char* zh,
                     const char* en, std::string value, view::Words freshness) {
  view::FieldRow row;
  row.record = sample_id(record);
  row.kind = kind;
  row.field = field;
  row.label = say(zh, en);
  row.value = row.edited = std::move(value);
  row.freshness = std::move(freshness);
  row.can_confirm = !row.value.empty();
  return row;
}

void add_choices(const Say& say, view::VisitFormView& visit) {
  visit.modes = choices(say, {{"door", "入户", "At the door"},
                              {"venue", "阵地见面", "Venue"},
                              {"workplace", "工作单位", "Workplace"},
                              {"phone", "电话", "Phone"},
                              {"video", "视频", "Video"}});
  visit.purposes = choices(say, {{"verify", "信息核实", "Verify"},
                                 {"talk", "谈心谈话", "Talk"},
                                 {"study", "送学上门", "Study"},
                                 {"deliver", "送材料", "Deliver"},
                                 {"care", "慰问", "Care"},
                                 {"hardship", "困难帮扶", "Hardship"},
                                 {"consult", "政策咨询", "Advice"},
                                 {"other", "其他", "Other"}});
  visit.outcomes = choices(say, {{"met", "见到本人", "Met"},
                                 {"met_family", "见到家人", "Met family"},
                                 {"nobody", "无人在家", "Nobody"},
                                 {"refused", "拒绝", "Refused"},
                                 {"moved", "已搬走", "Moved"},
                                 {"wrong_address", "地址有误", "Wrong address"}});
  visit.call_outcomes = choices(say, {{"reached_self", "联系到本人", "Reached"},
                                      {"reached_family", "联系到家属", "Reached family"},
                                      {"no_answer", "无人接听", "No answer"},
                                      {"switched_off", "关机", "Switched off"},
                                      {"dead_number", "空号停机", "Dead number"},
                                      {"wrong_person", "号码非本人", "Wrong person"},
                                      {"refused", "拒接", "Refused"},
                                      {"message_left", "已留言", "Message left"}});
  visit.topics = choices(say, {{"thought", "思想", "Thoughts"},
                               {"work", "工作", "Work"},
                               {"life", "生活", "Life"},
                               {"study", "学习", "Study"},
                               {"affiliation", "组织关系", "Affiliation"},
                               {"policy", "政策", "Policy"},
                               {"other", "其他", "Other"}});
  visit.met_persons = choices(say, {{"self", "本人", "Self"},
                                    {"spouse", "配偶", "Spouse"},
                                    {"parent", "父母", "Parent"},
                                    {"child", "子女", "Child"},
                                    {"neighbour", "邻居", "Neighbour"}});
  visit.festivals = choices(say, {{"new_year", "元旦", "New Year"},
                                  {"spring", "春节", "Spring Festival"},
                                  {"july_first", "七一", "1 July"},
                                  {"national_day", "国庆", "National Day"}});
  visit.gift_kinds =
      choices(say, {{"goods", "慰问品", "Goods"}, {"money", "慰问金", "Money"}, {"both", "都有", "Both"}});
  visit.case_topics = choices(say, {{"affiliation", "组织关系", "Affiliation"},
                                    {"dues", "党费", "Dues"},
                                    {"certificate", "活动证", "Certificate"},
                                    {"child_care", "子女看护", "Child care"},
                                    {"school", "子女教育", "School"},
                                    {"rights", "权益保障", "Rights"},
                                    {"job", "就业", "Job"},
                                    {"housing", "住房", "Housing"},
                                    {"medical", "医疗", "Medical"},
                                    {"farm", "农业生产", "Farm"},
                                    {"other", "其他", "Other"}});
  visit.case_levels = choices(say, {{"on_spot", "当场解决", "On the spot"},
                                    {"village", "村（社区）", "Village"},
                                    {"township", "乡镇（街道）", "Township"},
                                    {"county", "县级", "County"}});
  visit.ack_kinds = choices(say, {{"signature", "签名", "Signature"},
                                  {"thumbprint", "按手印", "Thumb"},
                                  {"verbal", "口头确认", "Spoken"},
                                  {"none", "无", "None"}});
}

std::vector<view::StockLine> bag(const Say& say) {
  return {{sample_id(501), say("学习资料包", "Study pack"), 6},
          {sample_id(502), say("红色包裹", "Red parcel"), 2},
          {sample_id(503), say("口袋书", "Pocket book"), 11}};
}

}  // namespace

view::VisitFormView sample_visit(std::string_view language) {
  const Say say{language == "en"};
  view::VisitFormView visit;
  visit.state.readiness = view::Readiness::kReady;
  visit.form = sample_id(400);
  visit.title = "赵志远";
  view::VisitDraft& draft = visit.draft;
  draft.draft = visit.form;
  draft.member = sample_id(1);
  draft.occurred_on = "2026-11-18";
  draft.began = "10:05";
  draft.ended = "10:25";
  draft.mode = "door";
  draft.purposes = {"verify", "talk", "deliver"};
  draft.met_persons = {"self"};
  draft.content =
      say("国庆后换到深圳宝安一家电子厂，月底再走。母亲身体尚可，希望村里帮着联系医保异地备案。想参加线上主题"
          "党日，不会进群。",
          "Moved to an electronics plant in Bao'an after the holiday, leaves again at the end of the month. "
          "Asks for help to register his mother's medical insurance elsewhere.");
  draft.cases = {{"medical", "village", say("母亲医保异地备案", "Insurance of his mother")}};
  draft.handed = {{sample_id(501), 1}};
  draft.next_on = "2027-02-03";
  draft.ack_kind = "signature";
  visit.draft_saved = "10:24:31";
  visit.shown_token = "heads-1";
  visit.next_hint = say("春节返乡", "home for Spring Festival");
  add_choices(say, visit);
  visit.checks = {
      check(say, 601, "contact_point", "value", "电话", "Phone", "138 0000 1234",
            {say("400 天", "400 days"), Tone::kAgeing, Mark::kDue}),
      check(say, 1, "member", "employer_name", "单位", "Employer", "",
            {say("未核实", "never"), Tone::kAgeing}),
      check(say, 602, "mobility_episode", "place", "流入地", "Moved to", say("广东深圳", "Shenzhen"),
            {say("今天", "today"), Tone::kSettled, Mark::kSettled}),
      check(say, 602, "mobility_episode", "address", "常住", "Lives at",
            say("宝安区新安街道", "Xin'an, Bao'an"), {say("210 天", "210 days"), Tone::kAgeing, Mark::kDue}),
      check(say, 603, "contact_point", "value", "家庭电话", "Home phone", "0439-7220000",
            {say("400 天", "400 days"), Tone::kAgeing, Mark::kDue})};
  visit.checks[0].masked = "138****1234";
  visit.checks[4].masked = "0439-722****";
  visit.last_visits = {
      {say("9月30日 电话 · 未接通", "30 Sep phone · no answer")},
      {say("6月12日 入户 · 见到父母：外出未归", "12 Jun at the door · parents: still away")},
      {say("2月11日 入户 · 春节慰问，资料包 1 份", "11 Feb at the door · festival, one pack")}};
  visit.bag = bag(say);
  return visit;
}

view::FieldRow own_question(std::string kind, std::string field, std::string label) {
  view::FieldRow own;
  own.kind = std::move(kind);
  own.field = std::move(field);
  own.label = std::move(label);
  own.input = view::FieldInput::kYesNo;
  own.own = true;
  return own;
}

view::DeliveryFormView sample_delivery(std::string_view language) {
  const Say say{language == "en"};
  view::DeliveryFormView form;
  form.state.readiness = view::Readiness::kReady;
  form.form = sample_id(410);
  form.title = "欧阳志远";
  form.draft.draft = form.form;
  form.draft.member = sample_id(5);
  form.draft.mode = "by_hand";
  form.draft.occurred_on = "2026-11-18";
  form.draft.lines = {{sample_id(501), 1}, {sample_id(502), 3}};
  form.draft.received_by = "欧阳志远";
  form.draft.relation = "self";
  form.draft.received_on = "2026-11-18";
  form.draft.receipt_kind = "paper_signed";
  form.draft.receipt_strokes =
      "80,300 110,280 160,275 200,290;150,150 148,300 146,450 140,640;146,420 100,560 70,640;146,420 190,520 "
      "230,560;"
      "330,200 420,190 500,200;415,200 410,420 400,600;340,400 400,395 480,400;320,620 400,610 520,600;"
      "640,180 660,300 650,480 610,650;700,250 760,240 800,260 790,420 740,600;650,420 720,410 830,400";
  form.shown_token = "heads-2";
  form.draft_saved = "14:02:10";
  form.modes = choices(say, {{"by_hand", "当面送达", "By hand"},
                             {"courier", "快递", "Courier"},
                             {"via_family", "家属转交", "Through family"},
                             {"via_branch", "支部转交", "Through the branch"},
                             {"self_pickup", "自取", "Picked up"}});
  form.relations = choices(say, {{"self", "本人", "Self"},
                                 {"spouse", "配偶", "Spouse"},
                                 {"parent", "父母", "Parent"},
                                 {"child", "子女", "Child"},
                                 {"other", "其他", "Other"}});
  form.receipt_kinds = choices(say, {{"paper_signed", "纸质签收", "On paper"},
                                     {"phone_confirmed", "电话确认", "By phone"},
                                     {"wechat_confirmed", "微信确认", "By WeChat"},
                                     {"carrier_status", "快递状态", "Carrier"},
                                     {"none", "无", "None"}});
  form.bag = bag(say);
  form.last_deliveries = {
      {say("11月12日 快递 · 红色包裹 1 份，待签收", "12 Nov courier · one parcel, not signed for"),
       Tone::kAgeing, Mark::kDue},
      {say("2月3日 当面 · 学习资料包 1 份，本人签收", "3 Feb by hand · one study pack, signed")}};
  return form;
}

}  // namespace lianxin::test::ui
