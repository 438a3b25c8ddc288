// Views built from a real store of one village.
#include <algorithm>
#include <doctest/doctest.h>

#include "client/figures/figures.hpp"
#include "client/figures/ledger.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "client/view/duty_book.hpp"
#include "client/view/form_view_builder.hpp"
#include "client/view/kept_aside_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "client/view/members_view_builder.hpp"
#include "client/view/register_view_builder.hpp"
#include "client/view/shell_view_builder.hpp"
#include "client/view/today_view_builder.hpp"
#include "client/view/view_sources.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cv = client::view;

Id put_visit(WorkStore& work, const Id& member, int before, const char* outcome) {
  return put(*work.store, "visit",
             {{"members+", member.text()},
              {"workers+", work.store->identity().worker.text()},
              {"occurred_on", day(*work.store, before)},
              {"mode", "door"},
              {"purposes+", "study"},
              {"outcome", outcome},
              {"content", "身体尚可"}});
}

template <class T>
T good(Result<T> result) {
  if (!result.ok()) FAIL(result.error().code << " " << result.error().detail);
  return std::move(*result);
}

}  // namespace

TEST_CASE("the day's list says who is due and why, the most needed first") {
  WorkStore work;
  CHECK(good(cv::build_today(work.sources())).nobody_here);
  const Id lost = put_member(*work.store, "赵志远");
  put(*work.store, "mobility_episode",
      {{"member_id", lost.text()},
       {"direction", "out"},
       {"left_on", "2025-03"},
       {"dest_division", "440300"},
       {"usual_place", "深圳宝安"}});
  put_visit(work, lost, 250, "met");
  const Id never = put_member(*work.store, "单立新");
  const Id fine = put_member(*work.store, "曾红梅");
  put_visit(work, fine, 3, "met");

  const cv::TodayView today = good(cv::build_today(work.sources()));
  CHECK_FALSE(today.nobody_here);
  REQUIRE(today.due.size() == 3);
  CHECK(today.due[0].member == lost);
  CHECK(today.due[0].why_lead == "联系中断");
  CHECK(today.due[0].place == "广东深圳");
  CHECK(today.due[1].why.text == "2026Q3 的一村一表还没有确认");
  CHECK(today.due[1].kind == "village_table");
  CHECK(today.due[2].member == never);
  CHECK(today.due[2].last_contact == "从未");
  REQUIRE(today.week.size() == 7);
  CHECK(today.week[3].count == 1);
  CHECK(today.week[6].label == "今天");
  CHECK(today.unsent == 10);
  CHECK(today.unsent_kinds == "走访 2 · 变更 8");
  CHECK(today.to_contact == 0);  // not verified: no figure counts him
  CHECK(today.contacted == 0);
}

TEST_CASE("the month's progress counts whom figure 20 counts, and reached as it does") {
  WorkStore work;
  const auto away = [&](const char* name, Values more) {
    const Id member = put_member(*work.store, name);
    const Id episode = put(*work.store, "mobility_episode",
                           {{"member_id", member.text()}, {"direction", "out"}, {"dest_division", "440300"}});
    change(*work.store, "mobility_episode", episode, more);
    return member;
  };
  const Values verified = {{"left_on", day(*work.store, 400)}, {"verify_level", "branch"}};
  put_visit(work, away("近月见到", verified), 20, "met");
  put_visit(work, away("久未见到", verified), 40, "met");
  put_visit(work, away("只见家人", verified), 5, "met_family");
  put_visit(work, away("没有核实", {{"left_on", day(*work.store, 400)}}), 2, "met");
  put_visit(work, away("刚刚外出", {{"left_on", day(*work.store, 10)}, {"verify_level", "branch"}}), 1,
            "met");
  put_visit(work, put_member(*work.store, "没有外出"), 1, "met");

  const cv::TodayView today = good(cv::build_today(work.sources()));
  auto ledger = client::figures::Ledger::open(
      work.store->database(), {Id(), work.sources().today().plus_days(-27), work.sources().today()});
  REQUIRE(ledger.ok());
  const auto figures = client::figures::all_figures(*ledger);
  REQUIRE(figures.ok());
  const auto twenty =
      std::find_if(figures->begin(), figures->end(), [](const auto& one) { return one.row == 20; });
  REQUIRE(twenty != figures->end());
  CHECK(today.to_contact == 3);
  CHECK(today.contacted == 1);
  CHECK(today.to_contact == twenty->of);
  CHECK(today.contacted == twenty->value);
}

TEST_CASE("members are found by name, pinyin and initials; the name itself stands first") {
  WorkStore work;
  put_member(*work.store, "王志远");
  const Id whole = put_member(*work.store, "志远");
  put_member(*work.store, "李桂兰");
  const Id phone = put_member(*work.store, "金契");
  put(*work.store, "contact_point",
      {{"member_id", phone.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", "self"}});

  const cv::MembersView found = good(cv::build_members(work.sources(), "志远"));
  REQUIRE(found.rows.size() == 2);
  CHECK(found.rows[0].member == whole);
  CHECK(found.total == 4);
  CHECK(found.matching == 2);
  CHECK(good(cv::build_members(work.sources(), "ligui")).rows.size() == 1);
  const cv::MembersView by_tail = good(cv::build_members(work.sources(), "1234"));
  REQUIRE(by_tail.rows.size() == 1);
  CHECK(by_tail.rows[0].phone_masked == "138****1234");
  CHECK(by_tail.rows[0].village == "三合村");
  const cv::MembersView all = good(cv::build_members(work.sources(), ""));
  put_visit(work, whole, 2, "met");
  cv::DutyBook book;
  const cv::MembersView looked_up = good(cv::build_members(work.sources(), "志远"));
  const cv::MembersView remembered = good(cv::build_members(work.sources(), "志远", &book));
  REQUIRE(remembered.rows.size() == 2);
  CHECK(remembered.rows[0].last_contact == looked_up.rows[0].last_contact);
  CHECK(remembered.rows[0].last_contact != remembered.rows[1].last_contact);
  CHECK(all.rows.size() == 4);
  for (const char* query : {"", "志远"}) {
    const cv::MembersView every = good(cv::build_members(work.sources(), query));
    const cv::MembersView rest = good(cv::build_members(work.sources(), query, nullptr, 1));
    CHECK(rest.matching == every.matching);
    CHECK(rest.first == 1);
    REQUIRE(rest.rows.size() + 1 == every.rows.size());
    for (std::size_t i = 0; i < rest.rows.size(); ++i)
      CHECK(rest.rows[i].member == every.rows[i + 1].member);
    CHECK(good(cv::build_members(work.sources(), query, nullptr, 100)).rows.empty());
  }
}

TEST_CASE(
    "a member's file shows each field with its age, masks numbers, and lists what happened newest first") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const Id point =
      put(*work.store, "contact_point",
          {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", "self"}});
  put_visit(work, member, 40, "met");
  const Id newest = put_visit(work, member, 2, "nobody");

  const cv::MemberFileView file = good(cv::build_member_file(work.sources(), member));
  CHECK(file.title == "赵志远");
  REQUIRE(file.facts.size() == 2);
  CHECK(file.facts[0].record == newest);
  CHECK(file.facts[0].unsent);
  CHECK(file.facts[0].who == "顾小满");
  const auto& contact = file.sections.front();
  const auto phone = std::find_if(contact.rows.begin(), contact.rows.end(),
                                  [&](const cv::FieldRow& row) { return row.record == point; });
  REQUIRE(phone != contact.rows.end());
  CHECK(phone->value == "13800001234");
  CHECK(phone->masked == "138****1234");
  CHECK(phone->freshness.text == "今天");
  CHECK(phone->can_confirm);
  CHECK(client::store::ShownHeads::parse(file.shown_token).ok());
  CHECK_FALSE(file.read_only);
}

TEST_CASE("the form of a new member offers the village of this laptop") {
  WorkStore work;
  const cv::MemberFileView file = good(cv::build_member_file(work.sources(), Id{}));
  const auto& rows = file.sections.front().rows;
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [](const cv::FieldRow& one) { return one.field == "home_village_id"; });
  REQUIRE(row != rows.end());
  REQUIRE(row->choices.size() == 1);
  CHECK(row->choices[0].label == "三合村");
  CHECK(row->edited == work.village.text());
}

TEST_CASE("a member who is not on this laptop is said to be so, not an error") {
  WorkStore work;
  const cv::MemberFileView file = good(cv::build_member_file(work.sources(), Id::make(kTestDay)));
  CHECK(file.state.readiness == cv::Readiness::kFailed);
  CHECK_FALSE(file.state.problem.empty());
}

TEST_CASE("the visit's form begins today, with what may be stale and what is in the bag") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  put_visit(work, member, 12, "met");
  const cv::VisitDraft draft = *cv::new_visit_draft(work.sources(), member);
  const cv::VisitFormView form = good(cv::build_visit_form(work.sources(), draft, ""));
  CHECK(form.title == "赵志远");
  CHECK(form.draft.occurred_on == day(*work.store, 0));
  CHECK(form.modes.size() == 5);
  REQUIRE(form.bag.size() == 1);
  CHECK(form.bag[0].in_bag == 6);
  REQUIRE(form.last_visits.size() == 1);
  CHECK_FALSE(form.checks.empty());
  CHECK(form.checks.front().value.empty());  // never known: asked first
  const cv::DeliveryDraft parcel = good(cv::new_delivery_draft(work.sources(), member));
  CHECK(parcel.to_name == "赵志远");
  CHECK(good(cv::build_delivery_form(work.sources(), parcel, "")).bag.size() == 1);
}

TEST_CASE("a visit's form leaves out what the county does without, but for what stands in it") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto checks = [&](const cv::VisitFormView& form, const char* field) {
    return std::count_if(form.checks.begin(), form.checks.end(),
                         [&](const cv::FieldRow& row) { return row.field == field; });
  };
  CHECK(checks(good(cv::build_visit_form(work.sources(), *cv::new_visit_draft(work.sources(), member), "")),
               "current_address") == 1);
  for (const char* field : {"visit.began", "visit.next_on", "member.current_address"})
    put(*work.store, "parameter", {{"name", "field_off"}, {"value", field}});
  cv::VisitDraft draft = *cv::new_visit_draft(work.sources(), member);
  CHECK(draft.began == "");
  const cv::VisitFormView form = good(cv::build_visit_form(work.sources(), draft, ""));
  CHECK(form.off == std::vector<std::string>{"began", "next_on"});
  CHECK(checks(form, "current_address") == 0);
  draft.next_on = day(*work.store, -30);
  CHECK(good(cv::build_visit_form(work.sources(), draft, "")).off == std::vector<std::string>{"began"});
}

TEST_CASE("a visit's form proposes the festival of the county's calendar, as the page of the day does") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const std::string today = work.sources().today().text();
  put(*work.store, "festival_day",
      {{"festival", "mid_autumn"}, {"on", today}, {"from", today}, {"to", today}});
  const cv::VisitDraft draft = *cv::new_visit_draft(work.sources(), member);
  CHECK(draft.festival == "mid_autumn");
  const cv::VisitFormView form = good(cv::build_visit_form(work.sources(), draft, ""));
  CHECK(std::any_of(form.festival_windows.begin(), form.festival_windows.end(),
                    [&](const auto& one) { return one.festival == "mid_autumn" && one.to.text() == today; }));
}

TEST_CASE("registers have a cell for each column and say why they are empty") {
  WorkStore work;
  for (const cv::Page page :
       {cv::Page::kVisits, cv::Page::kDeliveries, cv::Page::kCases, cv::Page::kHardship}) {
    const cv::RegisterView empty = good(cv::build_register(work.sources(), page));
    CHECK(empty.rows.empty());
    CHECK_FALSE(empty.empty_text.empty());
  }
  const Id member = put_member(*work.store, "赵志远");
  put_visit(work, member, 1, "met");
  change(*work.store, "member", member, {{"care_flag", "old"}});
  put(*work.store, "case_item",
      {{"member_id", member.text()},
       {"opened_on", day(*work.store, 1)},
       {"raised_via", "visit"},
       {"kind", "question"},
       {"topic", "medical"},
       {"level", "township"},
       {"content", "医保"}});
  const Id delivery =
      put(*work.store, "delivery",
          {{"member_id", member.text()}, {"mode", "by_hand"}, {"dispatched_on", day(*work.store, 1)}});
  put(*work.store, "delivery_line",
      {{"delivery_id", delivery.text()}, {"material_id", work.material.text()}, {"qty", "2"}});
  for (const cv::Page page :
       {cv::Page::kVisits, cv::Page::kDeliveries, cv::Page::kCases, cv::Page::kHardship}) {
    const cv::RegisterView full = good(cv::build_register(work.sources(), page));
    REQUIRE(full.rows.size() == 1);
    CHECK(full.total == 1);
    CHECK(full.rows[0].cells.size() == full.columns.size());
  }
  CHECK(good(cv::build_register(work.sources(), cv::Page::kDeliveries)).rows[0].cells[3].text ==
        "学习资料包 ×2");
  CHECK_FALSE(cv::has_register(cv::Page::kReports));
}

TEST_CASE("a question without a name can be opened: it opens itself, where another opens the member's file") {
  WorkStore work;
  const Id asked = put(*work.store, "case_item",
                       {{"org_id_at_event", work.village.text()},
                        {"anonymous", "1"},
                        {"opened_on", day(*work.store, 1)},
                        {"raised_via", "box"},
                        {"kind", "question"},
                        {"topic", "medical"},
                        {"level", "township"},
                        {"content", "医保"}});
  const cv::RegisterView cases = good(cv::build_register(work.sources(), cv::Page::kCases));
  REQUIRE(cases.rows.size() == 1);
  CHECK(cases.rows[0].opens == cv::RowOpens::kRecord);
  CHECK(cases.rows[0].record == asked);
}

TEST_CASE(
    "a register begins with its first rows and says how many there are, and whether more can be asked for") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  for (int i = 1; i <= 3; ++i)
    put_visit(work, member, i, "met");
  const cv::RegisterView first = good(cv::build_register(work.sources(), cv::Page::kVisits, nullptr, 2));
  CHECK(first.rows.size() == 2);
  CHECK(first.total == 3);
  CHECK(first.has_more);
  const cv::RegisterView whole = good(cv::build_register(work.sources(), cv::Page::kVisits, nullptr, 4));
  CHECK(whole.rows.size() == 3);
  CHECK_FALSE(whole.has_more);
}

TEST_CASE("the frame says where, who and what waits") {
  WorkStore work;
  const cv::ShellView shell = good(cv::build_shell(work.sources(), {3, false, 0, 0, 0}));
  CHECK(shell.access == cv::Access::kOpen);
  CHECK(shell.place == "三合村");
  CHECK(shell.person == "顾小满");
  CHECK(shell.nav.front().waiting == 3);
  CHECK_FALSE(shell.status.empty());
}

TEST_CASE("a full disk is said in the frame, and what to do about it on the first page") {
  WorkStore work;
  cv::ShellFacts facts;
  CHECK(good(cv::build_shell(work.sources(), facts)).notice.text.empty());
  facts.is_disk_full = true;
  const cv::ShellView shell = good(cv::build_shell(work.sources(), facts));
  CHECK(shell.status.front().text.find("硬盘快满了") != std::string::npos);
  CHECK(shell.status.front().tone == cv::Tone::kNeedsYou);
  CHECK(shell.notice.text.find("腾出空间") != std::string::npos);
}

TEST_CASE("two values of one number stand side by side with the part marked that differs") {
  WorkStore jia;
  const Id member = put_member(*jia.store, "赵志远");
  const Id point =
      put(*jia.store, "contact_point",
          {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", "self"}});
  jia.county.sync(*jia.store);
  auto yi = client::store::LaptopStore::create(jia.county.enrol(jia.folder.path() / "yi"), jia.county.clock);
  REQUIRE(yi.ok());
  jia.county.sync(**yi);
  change(*jia.store, "contact_point", point, {{"value", "19900005566"}},
         {sync::change::CauseKind::kVisit, {}});
  change(**yi, "contact_point", point, {{"value", "19900007788"}}, {sync::change::CauseKind::kFamily, {}});
  jia.county.sync(*jia.store);
  jia.county.sync(**yi);
  jia.county.sync(*jia.store);

  const cv::ConflictDeskView desk = good(cv::build_conflict_desk(jia.sources()));
  REQUIRE(desk.conflicts.size() == 1);
  const cv::ConflictView& conflict = desk.conflicts[0];
  CHECK(conflict.name == "赵志远");
  CHECK(conflict.place == "三合村");
  CHECK(conflict.can_keep_both);
  REQUIRE(conflict.values.size() == 2);
  for (const cv::SaidValue& value : conflict.values) {
    const std::string differs = value.value.substr(value.differs_from, value.differs_to - value.differs_from);
    CHECK((differs == "5566" || differs == "7788"));
  }
  CHECK(conflict.summary.find("199 0000 5566") != std::string::npos);
  CHECK(good(cv::build_today(jia.sources())).conflicts == 1);
}

TEST_CASE(
    "in a dispute what a purge took is said to be erased by law, and what somebody cleared to be cleared") {
  WorkStore jia;
  const Id member = put_member(*jia.store, "赵志远");
  const Id parcel = put(*jia.store, "delivery",
                        {{"member_id", member.text()},
                         {"mode", "courier"},
                         {"to_name", "赵志远"},
                         {"to_phone", "13800001234"}});
  jia.county.sync(*jia.store);
  auto yi = client::store::LaptopStore::create(jia.county.enrol(jia.folder.path() / "yi"), jia.county.clock);
  REQUIRE(yi.ok());
  jia.county.sync(**yi);
  change(*jia.store, "delivery", parcel, {{"to_name", ""}});
  change(**yi, "delivery", parcel, {{"to_phone", "19900007788"}});
  jia.county.sync(**yi);
  {
    const Bytes fields{
        static_cast<char>(jia.store->records().catalogue().kind("delivery")->field("to_phone")->wire), 0};
    auto insert = jia.store->database().prepare("INSERT INTO purge(record, number, fields) VALUES(?, 1, ?)");
    REQUIRE(insert.bind(1, parcel).bind_blob(2, fields).run().ok());
  }
  jia.county.sync(*jia.store);

  const cv::ConflictDeskView desk = good(cv::build_conflict_desk(jia.sources()));
  REQUIRE(desk.conflicts.size() == 1);
  CHECK(desk.conflicts[0].kind == cv::ConflictKind::kMergedGroup);
  CHECK(desk.conflicts[0].summary.find("已依法删除") != std::string::npos);
  CHECK(desk.conflicts[0].summary.find("（清空）") != std::string::npos);
}

TEST_CASE("what the county keeps aside stands with whom, why and who decides; a decision is told once") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  work.county.sync(*work.store);
  change(*work.store, "member", member, {{"home_address", "北街 1 号"}});
  const ReplicaId replica = good(work.store->records().status()).replica;
  for (std::uint64_t counter = 1; counter < 40; ++counter) {
    if (!work.county.has({replica, counter})) work.county.quarantine.insert(counter);
  }
  work.county.sync(*work.store);
  const cv::KeptAsideView aside = good(cv::build_kept_aside(work.sources()));
  REQUIRE(aside.rows.size() == 1);
  CHECK(aside.total == 1);
  CHECK(aside.rows[0].what.find("赵志远 · ") == 0);
  CHECK(aside.rows[0].what.find("北街 1 号") != std::string::npos);
  CHECK(aside.rows[0].member == member);
  CHECK(aside.rows[0].state.text.find("审定") != std::string::npos);
  CHECK_FALSE(aside.rows[0].why.empty());
  CHECK(aside.decisions.empty());

  // Another's comes without its reason and its office at first: neither is guessed.
  REQUIRE(work.store->database().exec("UPDATE change SET reason = '', owner = '' WHERE status = 1").ok());
  CHECK(good(cv::build_kept_aside(work.sources())).rows[0].state.text == "等待审定");
  CHECK(good(cv::build_kept_aside(work.sources())).rows[0].why == "再同步一次可知原因");

  const ChangeId change = good(ChangeId::parse(aside.rows[0].change));
  auto decided = work.store->database().prepare("INSERT INTO decided VALUES(?, ?, ?, 0, '地址写错', ?)");
  decided.bind(1, change.replica.number).bind(2, change.counter).bind(3, member).bind(4, kTestDay);
  REQUIRE(decided.run().ok());
  const cv::KeptAsideView told = good(cv::build_kept_aside(work.sources()));
  REQUIRE(told.decisions.size() == 1);
  CHECK(told.decisions[0].sentence.find("赵志远") != std::string::npos);
  CHECK(told.decisions[0].sentence.find("地址写错") != std::string::npos);

  // What it was about has left meanwhile: neither a number nor a guess.
  REQUIRE(work.store->database().exec("UPDATE decided SET record = zeroblob(16), accepted = 1").ok());
  const std::string left = good(cv::build_kept_aside(work.sources())).decisions.at(0).sentence;
  CHECK(left.find("“一条已不在本机的记录”的内容，办公室已采用") != std::string::npos);
  REQUIRE(work.store->records().dismiss_decided(change).ok());
  CHECK(good(cv::build_kept_aside(work.sources())).decisions.empty());
}

TEST_CASE("the part that differs never cuts a character") {
  const cv::Difference in_front = cv::difference_of("宏达电子有限公司", "顺达电子有限公司");
  CHECK(in_front.from == 0);
  CHECK(in_front.to == 3);
  const cv::Difference same = cv::difference_of("同", "同");
  CHECK(same.from == same.to);
  CHECK(cv::spaced_phone("19900005566") == "199 0000 5566");
  CHECK(cv::spaced_phone("0439-7221234") == "0439-7221234");
}

TEST_CASE("where somebody went is told by the place he gave, by its division else, and never by a code") {
  const cv::Wording zh = wording("zh-CN");
  CHECK(cv::place_in_words(zh, "440300", "") == "广东深圳");
  CHECK(cv::place_in_words(zh, "440306", "") == "广东深圳宝安区");
  CHECK(cv::place_in_words(zh, "440000", "") == "广东");
  CHECK(cv::place_in_words(zh, "440300", "广东省深圳市") == "广东省深圳市");
  CHECK(cv::place_in_words(zh, "440300", "深圳宝安") == "广东深圳宝安");
  CHECK(cv::place_in_words(zh, "", "首尔") == "首尔");
  CHECK(cv::place_in_words(zh, "unknown", "").empty());
  const cv::Wording en = wording("en");
  CHECK(cv::place_in_words(en, "440300", "") == "Guangdong, 深圳");
  CHECK(cv::place_in_words(en, "440000", "") == "Guangdong");
  CHECK(cv::place_in_words(en, "440300", "广东省深圳市") == "Guangdong, 深圳市");
  CHECK(cv::place_in_words(en, "440300", "Xin'an") == "Guangdong, Xin'an");
  // No nearer than the prefecture where there is little room.
  CHECK(cv::place_in_brief(zh, "440306", "广东省深圳市宝安区新安街道") == "广东深圳");
  CHECK(cv::place_in_brief(zh, "370000", "山东省青岛市市南区") == "山东青岛");
  CHECK(cv::place_in_brief(zh, "", "山东省青岛市市南区") == "山东青岛");
  CHECK(cv::place_in_brief(zh, "110000", "北京市朝阳区望京") == "北京朝阳区");
  CHECK(cv::place_in_brief(zh, "110105", "") == "北京朝阳区");
  CHECK(cv::place_in_brief(zh, "", "首尔") == "首尔");
  CHECK(cv::place_in_brief(en, "440306", "") == "Guangdong, 深圳");
}

}  // namespace lianxin::test
