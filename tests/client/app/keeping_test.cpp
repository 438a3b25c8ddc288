#include <doctest/doctest.h>

#include "client/app/draft_text.hpp"
#include "client/app/form_edits.hpp"
#include "shared/domain/extension.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

struct Village {
  Id member;
  Id point;
};

Village fill(WorkStore& work) {
  Village made;
  made.member = put_member(*work.store, "赵志远");
  made.point = put(
      *work.store, "contact_point",
      {{"member_id", made.member.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", "self"}});
  return made;
}

/// As a field of the county's own stands on the shelf; only the server writes it.
void give_out_box_back(client::store::LaptopStore& store) {
  const domain::Kind& delivery = *domain::Catalogue::base().kind("delivery");
  auto insert = store.database().prepare(
      "INSERT INTO k_custom_field(r_id, r_scope, r_parent, r_flags, of_kind, number, name, type, policy, "
      "privacy, "
      "required, target, checks, purpose, label_zh, label_en) VALUES(?1, "
      "x'00000000000000000000000000000000', "
      "x'00000000000000000000000000000000', 0, 'delivery', '10001', 'own_box_back', 'bool', 'review', "
      "'general', "
      "'-', '-', '-', '循环使用', '空盒已收回', 'Box is back')");
  insert.bind(1, domain::custom_field_id(delivery.wire, 10001));
  REQUIRE(insert.run().ok());
}

cv::VisitDraft whole_visit(const cv::VisitFormView& form, const Village& village, const Id& material) {
  cv::VisitDraft draft = form.draft;
  draft.purposes = {"verify", "talk"};
  draft.met_persons = {"self"};
  draft.content = "国庆后换了单位，身体尚可";
  draft.cases.push_back({"medical", "township", "医保异地备案怎样办理"});
  draft.handed.push_back({material, 2});
  draft.edits.push_back({village.point, "contact_point", "value", "19900005566"});
  return draft;
}

}  // namespace

TEST_CASE("a visit is saved in one action: visit, correction, question, delivery and stock") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  REQUIRE(form->visit.form == form->visit.draft.draft);
  const cv::VisitDraft draft = whole_visit(form->visit, village, story.work.material);
  const std::uint32_t waiting = form->today.unsent;
  const auto saved = story.want(ca::SaveVisit{draft, form->visit.shown_token});
  CHECK(saved->visit.form.is_nil());
  CHECK(saved->visit.problems.empty());
  CHECK_FALSE(saved->shell.toast.undo_token.empty());
  CHECK(saved->today.week.back().count == 1);
  CHECK(saved->today.unsent == waiting + 1);  // one thing was done, whatever it wrote
  const auto file = story.want(ca::OpenMember{village.member});
  CHECK(file->member.facts.size() == 3);  // visit, delivery, question
  CHECK(file->member.sections.front().rows.front().value == "19900005566");
  const auto again = story.want(ca::OpenVisitForm{village.member});
  REQUIRE(again->visit.bag.size() == 1);
  CHECK(again->visit.bag[0].in_bag == 4);

  SUBCASE("and taken back as a whole") {
    story.want(ca::Undo{saved->shell.toast.undo_token});
    const auto undone = story.want(ca::OpenMember{village.member});
    CHECK(undone->member.facts.empty());
    CHECK(undone->member.sections.front().rows.front().value == "13800001234");
  }
}

TEST_CASE("a signed visit with material is kept where the county does without receipts and ways to confirm") {
  Village village;
  AppStory story([&](WorkStore& work) {
    village = fill(work);
    for (const char* field : {"visit.ack_kind", "delivery.receipt_kind", "delivery.receipt_strokes"})
      put(*work.store, "parameter", {{"name", "field_off"}, {"value", field}});
  });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  cv::VisitDraft draft = whole_visit(form->visit, village, story.work.material);
  draft.ack_kind.clear();
  draft.ack_strokes = "1,1 200,200";
  const auto saved = story.want(ca::SaveVisit{draft, form->visit.shown_token});
  CHECK(saved->visit.problems.empty());
  CHECK(saved->visit.form.is_nil());
}

TEST_CASE("what stands in the way of saving comes back to its field with nothing lost") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  cv::VisitDraft draft = form->visit.draft;
  draft.content = "写了很多";
  draft.occurred_on = "昨天";
  const auto refused = story.want(ca::SaveVisit{draft, form->visit.shown_token});
  CHECK(refused->visit.form == draft.draft);
  CHECK(refused->visit.answered == 1);
  CHECK(refused->visit.draft.content == "写了很多");
  REQUIRE_FALSE(refused->visit.problems.empty());
  bool date = false;
  bool outcome = false;
  for (const cv::Problem& problem : refused->visit.problems) {
    date = date || problem.field == "occurred_on";
    outcome = outcome || problem.field == "outcome";
  }
  CHECK(date);
  CHECK(outcome);
}

TEST_CASE("a draft survives the end of the program without saving, and opens as it was typed") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  cv::VisitDraft draft = whole_visit(form->visit, village, story.work.material);
  const auto stashed = story.want(ca::StashDraft{draft, form->visit.shown_token});
  CHECK_FALSE(stashed->visit.draft_saved.empty());
  story.stop();
  story.start();
  story.unlock();
  REQUIRE(story.app->screens()->today.drafts.size() == 1);
  const auto opened = story.want(ca::OpenVisitForm{village.member});
  CHECK(opened->visit.restored);
  CHECK(opened->visit.draft.content == draft.content);
  CHECK(opened->visit.draft.edits.size() == 1);
  CHECK(opened->visit.draft.handed.size() == 1);
  story.want(ca::SaveVisit{opened->visit.draft, opened->visit.shown_token});
  CHECK(story.want(ca::OpenPage{cv::Page::kToday})->today.drafts.empty());
}

TEST_CASE("a form saved twice makes nothing twice") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  const cv::VisitDraft draft = whole_visit(form->visit, village, story.work.material);
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  CHECK(story.want(ca::OpenMember{village.member})->member.facts.size() == 3);
}

TEST_CASE(
    "what is typed after a form was saved, and before its draft went, is not lost with the second save") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  cv::VisitDraft draft = whole_visit(form->visit, village, story.work.material);
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  draft.content = "又想起来：下月返乡";
  draft.handed[0].quantity = 3;
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  draft.cases[0].content = "医保异地备案怎样办理，要什么材料";
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  const auto opened = story.want(ca::OpenVisit{draft.draft});
  CHECK(opened->visit.draft.content == draft.content);
  REQUIRE(opened->visit.draft.cases.size() == 1);
  CHECK(opened->visit.draft.cases[0].content == draft.cases[0].content);
  REQUIRE(opened->visit.draft.handed.size() == 1);
  CHECK(opened->visit.draft.handed[0].quantity == 3);
  CHECK(story.want(ca::OpenMember{village.member})->member.facts.size() == 3);
  CHECK(story.want(ca::OpenVisitForm{village.member})->visit.bag.at(0).in_bag == 3);
}

TEST_CASE("a call is a contact, not a visit") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  cv::VisitDraft draft = form->visit.draft;
  draft.mode = "phone";
  draft.outcome = "reached_self";
  draft.topics = {"work", "life"};
  draft.content = "在厂里一切都好";
  draft.handed.push_back(
      {story.work.material, 2});  // chosen before it became a call; nothing is given by one
  CHECK(story.want(ca::SaveVisit{draft, form->visit.shown_token})->visit.form.is_nil());
  CHECK(story.toast().find("请留意") == std::string::npos);  // all that is asked of a call was asked here
  const auto file = story.want(ca::OpenMember{village.member});
  REQUIRE(file->member.facts.size() == 1);
  CHECK_FALSE(file->member.facts[0].is_visit);
  CHECK(file->member.facts[0].what.text == "电话");
}

TEST_CASE("where the county does without the hour of a call and the name of who signed, neither is written") {
  Village village;
  AppStory story([&](WorkStore& work) {
    village = fill(work);
    for (const char* field : {"contact_attempt.at_time", "delivery.received_by"})
      put(*work.store, "parameter", {{"name", "field_off"}, {"value", field}});
  });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{village.member});
  cv::VisitDraft call = form->visit.draft;
  call.mode = "phone";
  call.began = "10:05";
  call.outcome = "no_answer";
  CHECK(story.want(ca::SaveVisit{call, form->visit.shown_token})->visit.form.is_nil());
  const auto opened = story.want(ca::OpenDeliveryForm{village.member});
  cv::DeliveryDraft parcel = opened->delivery.draft;
  parcel.received_on = parcel.occurred_on;
  parcel.relation = "family";
  CHECK(story.want(ca::SaveDelivery{parcel, opened->delivery.shown_token})->delivery.form.is_nil());
  CHECK(story.toast().find("签收人") == std::string::npos);  // nobody asks for it
}

TEST_CASE("a parcel is kept with its lines, and its signature later") {
  Village village;
  AppStory story([&](WorkStore& work) { village = fill(work); });
  story.unlock();
  const auto form = story.want(ca::OpenDeliveryForm{village.member});
  cv::DeliveryDraft draft = form->delivery.draft;
  draft.mode = "courier";
  draft.carrier = "邮政";
  draft.tracking_no = "EX1";
  draft.lines.push_back({story.work.material, 1});
  CHECK(story.want(ca::SaveDelivery{draft, form->delivery.shown_token})->delivery.form.is_nil());
  const auto opened = story.want(ca::OpenDelivery{draft.draft});
  REQUIRE(opened->delivery.draft.lines.size() == 1);
  cv::DeliveryDraft signed_for = opened->delivery.draft;
  signed_for.received_on = signed_for.occurred_on;
  signed_for.relation = "family";
  signed_for.received_by = "赵母";
  story.want(ca::SaveDelivery{signed_for, opened->delivery.shown_token});
  const auto page = story.want(ca::OpenPage{cv::Page::kDeliveries});
  REQUIRE(page->registers.size() == 1);
  REQUIRE(page->registers[0].rows.size() == 1);
  CHECK(page->registers[0].rows[0].cells[4].text == "他人代收");
}

TEST_CASE("what the county asks of a delivery is kept with it, and changed when it is signed for") {
  Village village;
  AppStory story([&](WorkStore& work) {
    village = fill(work);
    give_out_box_back(*work.store);
  });
  story.unlock();
  const auto form = story.want(ca::OpenDeliveryForm{village.member});
  REQUIRE(form->delivery.own.size() == 1);
  CHECK(form->delivery.own[0].label == "空盒已收回");
  cv::DeliveryDraft draft = form->delivery.draft;
  draft.mode = "courier";
  draft.lines.push_back({story.work.material, 1});
  draft.edits = {{Id(), "delivery", "own_box_back", "0"}};
  CHECK(story.want(ca::SaveDelivery{draft, form->delivery.shown_token})->delivery.form.is_nil());
  const auto opened = story.want(ca::OpenDelivery{draft.draft});
  REQUIRE(opened->delivery.own.size() == 1);
  CHECK(opened->delivery.own[0].edited == "0");
  cv::DeliveryDraft back = opened->delivery.draft;
  back.edits = {{Id(), "delivery", "own_box_back", "1"}};
  CHECK(story.want(ca::SaveDelivery{back, opened->delivery.shown_token})->delivery.form.is_nil());
  CHECK(story.want(ca::OpenDelivery{draft.draft})->delivery.own.at(0).edited == "1");
}

TEST_CASE("a new member is kept unverified with number and outflow, and opens") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto form = story.want(ca::OpenMember{});
  cv::MemberDraft draft;
  draft.edits = {{{}, "member", "name", "欧阳志远"},
                 {{}, "member", "home_village_id", story.work.village.text()},
                 {{}, "contact_point", "value", "13900002222"},
                 {{}, "mobility_episode", "left_on", "2026-03"},
                 {{}, "mobility_episode", "employer", "宏达电子有限公司"}};
  const auto saved = story.want(ca::SaveMember{draft, form->member.shown_token});
  CHECK(saved->member.problems.empty());
  CHECK(saved->member.title == "欧阳志远");
  CHECK_FALSE(saved->member.member.is_nil());
  CHECK(saved->member.subtitle.find("流动党员") != std::string::npos);
}

TEST_CASE("who moved in is kept as an inflow, and every field of the person can be filled in") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto form = story.want(ca::OpenMember{});
  const auto has = [](const cv::MemberFileView& file, std::string_view kind, std::string_view field) {
    for (const cv::FieldSection& section : file.sections) {
      for (const cv::FieldRow& row : section.rows) {
        if (row.kind == kind && row.field == field && row.rare) return true;
      }
    }
    return false;
  };
  CHECK(has(form->member, "member", "study_needs"));
  CHECK(has(form->member, cv::kNewInflow, "came_from_division"));
  CHECK(has(form->member, "mobility_episode", "discovery"));
  CHECK_FALSE(has(form->member, "mobility_episode", "came_from_division"));
  cv::MemberDraft draft;
  draft.edits = {{{}, "member", "name", "欧阳志远"},
                 {{}, "member", "home_village_id", story.work.village.text()},
                 {{}, "member", "study_needs", "charter law"},
                 {{}, std::string(cv::kNewInflow), "came_from_division", "440300"},
                 {{}, std::string(cv::kNewInflow), "employer", "宏达电子有限公司"}};
  const auto saved = story.want(ca::SaveMember{draft, form->member.shown_token});
  CHECK(saved->member.problems.empty());
  REQUIRE_FALSE(saved->member.member.is_nil());
  // He lives here: no outflow, and the fields that are still empty are folded away.
  CHECK(saved->member.subtitle.find("流动党员") == std::string::npos);
  CHECK_FALSE(saved->member.whereabouts.is_out);
  const auto value = [&](std::string_view field) {
    for (const cv::FieldSection& section : saved->member.sections) {
      for (const cv::FieldRow& row : section.rows) {
        if (row.field == field && !row.record.is_nil()) return row.value + (row.rare ? " rare" : "");
      }
    }
    return std::string("?");
  };
  CHECK(value("direction") == "流入");
  CHECK(value("came_from_division").find("广东") != std::string::npos);
  CHECK(value("employer") == "宏达电子有限公司");
  CHECK(value("study_needs").find("rare") == std::string::npos);
  CHECK(value("study_needs") != "");
  CHECK(value("discovery") == " rare");
  CHECK(value("national_entry_on") == " rare");
  CHECK_FALSE(has(saved->member, cv::kNewInflow, "came_from_division"));  // one inflow is open
}

TEST_CASE("one field said to be unchanged is fresh from then on") {
  Village village;
  AppStory story([&](WorkStore& work) {
    village = fill(work);
    work.county.clock.advance(200LL * 24 * 3600 * 1000);
  });
  story.unlock();
  const auto file = story.want(ca::OpenMember{village.member});
  REQUIRE(file->member.sections.front().rows.front().freshness.text == "200 天");
  const auto confirmed = story.want(ca::ConfirmUnchanged{village.point, "value", file->member.shown_token});
  CHECK(confirmed->member.sections.front().rows.front().freshness.text == "今天");
}

TEST_CASE("drafts read back as they were written, and damaged ones say so") {
  cv::VisitDraft visit;
  visit.draft = Id::make(kTestDay);
  visit.purposes = {"talk"};
  visit.cases = {{"school", "village", "择校"}};
  const auto read = ca::read_visit_draft(ca::draft_text(visit));
  REQUIRE(read.ok());
  CHECK(read->draft == visit.draft);
  CHECK(read->purposes == visit.purposes);
  CHECK(read->cases[0].content == "择校");
  cv::DeliveryDraft parcel;
  parcel.lines = {{Id::make(kTestDay), 3}};
  parcel.edits = {{Id(), "delivery", "own_box_back", "1"}};
  const auto read_parcel = ca::read_delivery_draft(ca::draft_text(parcel));
  REQUIRE(read_parcel.ok());
  CHECK(read_parcel->lines[0].quantity == 3);
  REQUIRE(read_parcel->edits.size() == 1);
  CHECK(read_parcel->edits[0].field == "own_box_back");
  CHECK(ca::read_call_draft("[]").error().code == "draft.malformed");
  CHECK(ca::read_whereabouts_draft("").error().code == "draft.malformed");
  CHECK(ca::read_member_draft("not json").error().code == "draft.malformed");
}

TEST_CASE("ids of what a form makes follow from the form") {
  const Id form = Id::make(kTestDay);
  CHECK(ca::made_id(form, "case", 0) == ca::made_id(form, "case", 0));
  CHECK(ca::made_id(form, "case", 0) != ca::made_id(form, "case", 1));
  CHECK(Id::parse(ca::made_id(form, "line", 0).text()).ok());
}

}  // namespace lianxin::test
