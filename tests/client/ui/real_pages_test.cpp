// Pages drawn from what the builders make of a real store: what a hand-filled sample shows is no promise.
#include <doctest/doctest.h>

#include "client/view/form_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "tests/client/ui/work_desk.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kSave = ImGuiMod_Ctrl | ImGuiKey_Enter;

view::VisitFormView built_visit(const view::ViewSources& sources, const view::VisitDraft& draft) {
  auto made = view::build_visit_form(sources, draft, "");
  if (!made.ok()) FAIL(made.error().code);
  return std::move(*made);
}

view::VisitFormView built_visit(const WorkStore& work, const Id& member) {
  const view::ViewSources sources = work.sources();
  return built_visit(sources, *view::new_visit_draft(sources, member));
}

view::VisitFormView built_visit(const WorkStore& work, const Id& member, const std::string& language) {
  const view::Wording words = wording(language);
  const view::ViewSources sources{*work.store, words};
  return built_visit(sources, *view::new_visit_draft(sources, member));
}

}  // namespace

TEST_CASE("a visit from a real store is acknowledged in each of the four ways, or in none") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  for (const std::string kind : {"signature", "thumbprint", "verbal", "none"}) {
    WorkDesk desk(app::OpenVisitForm{member});
    desk.screens.visit = built_visit(work, member);
    desk.ui.frames(4);
    CHECK(desk.ui.has("visit.signature") == false);
    desk.ui.click("visit.ack_kind:" + kind);
    desk.ui.frames(2);
    CHECK(desk.ui.has("visit.signature") == (kind == "signature"));
    desk.ui.press(kSave);
    CHECK(desk.ui.sent<app::SaveVisit>().draft.ack_kind == kind);
  }
}

TEST_CASE("what the county does without is not asked on the pages of a visit and a delivery") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  const auto drawn = [&](const std::string& item) {
    {
      WorkDesk visit(app::OpenVisitForm{member});
      visit.screens.visit = built_visit(work, member);
      visit.screens.visit.draft.purposes = {"care"};
      visit.ui.frames(4);
      if (visit.ui.has(item)) return true;
    }
    WorkDesk delivery(app::OpenDeliveryForm{member});
    auto draft = view::new_delivery_draft(work.sources(), member);
    REQUIRE(draft.ok());
    auto made = view::build_delivery_form(work.sources(), *draft, "");
    REQUIRE(made.ok());
    delivery.screens.delivery = *made;
    delivery.ui.frames(4);
    return delivery.ui.has(item);
  };
  for (const auto& one : {std::pair{"visit.began", "visit.began"},
                          {"visit.ended", "visit.ended"},
                          {"visit.gift_kind", "visit.gift_kind:goods"},
                          {"visit.gift_qty", "visit.gift_quantity"},
                          {"visit.gift_amount_fen", "visit.gift_yuan"},
                          {"visit.next_on", "visit.next_on"},
                          {"visit.ack_kind", "visit.ack_kind:verbal"},
                          {"visit.ack_strokes", "visit.signature"},
                          {"delivery.received_by", "delivery.received_by"},
                          {"delivery.receipt_kind", "delivery.receipt_kind:none"},
                          {"delivery.receipt_strokes", "delivery.signature"}}) {
    const char* const field = one.first;
    const char* const item = one.second;
    CAPTURE(field);
    // The pad comes with the choice, or alone where there is none.
    CHECK(drawn(item) == (std::string(field) != "visit.ack_strokes" || !drawn("visit.ack_kind:verbal")));
    put(*work.store, "parameter", {{"name", "field_off"}, {"value", field}});
    CHECK_FALSE(drawn(item));
  }
}

TEST_CASE("a call asks what belongs to a call, and no more") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  WorkDesk desk(app::OpenVisitForm{member});
  desk.screens.visit = built_visit(work, member);
  desk.screens.visit.draft.outcome = "nobody";
  desk.ui.frames(4);
  desk.ui.click("visit.mode:phone");
  desk.ui.frames(2);
  for (const char* item : {"visit.ended", "visit.purpose:talk", "visit.next_on", "visit.ack_kind:verbal"}) {
    CAPTURE(item);
    CHECK_FALSE(desk.ui.has(item));
  }
  CHECK_FALSE(desk.ui.shows(desk.ui.ui().text("visit.handed")));
  CHECK(desk.ui.has("visit.began"));
  desk.ui.click("visit.outcome:reached_self");
  desk.ui.click("visit.topic:work");
  desk.ui.press(kSave);
  const auto sent = desk.ui.sent<app::SaveVisit>().draft;
  CHECK(sent.outcome == "reached_self");
  CHECK(sent.topics == std::vector<std::string>{"work"});
  put(*work.store, "parameter", {{"name", "field_off"}, {"value", "contact_attempt.at_time"}});
  desk.screens.visit = built_visit(work, member);
  desk.screens.visit.draft.mode = "phone";
  desk.ui.frames(4);
  CHECK_FALSE(desk.ui.has("visit.began"));
}

TEST_CASE("saving is in sight on a page of 1366x768 in both languages, also where the form is taller") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings settings;
    settings.language = language;
    WorkDesk desk(app::OpenVisitForm{member}, settings);
    const view::Wording words = wording(language);
    const view::ViewSources sources{*work.store, words};
    view::VisitDraft draft = *view::new_visit_draft(sources, member);
    draft.purposes = {"care"};
    draft.ack_kind = "signature";
    desk.screens.visit = built_visit(sources, draft);
    desk.ui.frames(6);
    CHECK(desk.ui.item("visit.save").max.y < settings.size.y - 32);
    desk.ui.press(kSave);
    CHECK(desk.ui.sent<app::SaveVisit>().draft.ack_kind == "signature");
  }
}

TEST_CASE("a form taller than its page begins at its first row") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  std::vector<float> first_rows;
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings settings;
    settings.language = language;
    WorkDesk desk(app::OpenVisitForm{member}, settings);
    desk.screens.visit = built_visit(work, member, language);
    desk.ui.frames(6);
    CHECK(desk.ui.focused().starts_with("visit.mode"));
    first_rows.push_back(desk.ui.item("visit.occurred_on").min.y);
  }
  CHECK(first_rows[0] == first_rows[1]);  // in English its rows are more
}

TEST_CASE("both times of a visit are in their card on the smallest screen with the largest text") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings settings;
    settings.language = language;
    settings.size = {1024, 700};
    settings.text_percent = 150;
    WorkDesk desk(app::OpenVisitForm{member}, settings);
    desk.screens.visit = built_visit(work, member, language);
    desk.ui.frames(6);
    for (const char* field : {"visit.began", "visit.ended"}) {
      CAPTURE(field);
      CHECK(desk.ui.item(field).max.x < settings.size.x - 40);
    }
  }
}

TEST_CASE("a new member's page keeps its buttons in sight in both languages") {
  WorkStore work;
  for (const char* language : {"zh-CN", "en"}) {
    HeadlessSettings settings;
    settings.language = language;
    WorkDesk desk(app::OpenMember{}, settings);
    const view::Wording words = wording(language);
    auto made = view::build_member_file({*work.store, words}, Id{});
    REQUIRE(made.ok());
    desk.screens.member = std::move(*made);
    desk.ui.frames(6);
    for (const char* item : {"member.save", "member.later", "member.drop"}) {
      CAPTURE(item);
      CHECK(desk.ui.item(item).max.y < settings.size.y - 32);
    }
  }
}

TEST_CASE("a material's long name is cut in front of its count, and stays in its card") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵志远");
  view::VisitFormView visit = built_visit(work, member);
  REQUIRE(visit.bag.size() == 1);
  visit.bag[0].name = "中央组织部党员教育中心编流动党员学习资料包（2026年秋季增订本，含口袋书三册）";
  WorkDesk desk(app::OpenVisitForm{member});
  desk.screens.visit = visit;
  desk.ui.frames(4);
  CHECK(desk.ui.item("visit.handed:" + visit.bag[0].material.text()).max.x < 1366 - 16);
  CHECK(desk.ui.shows("…（"));
}

TEST_CASE("every question of the visit's page that has choices offers them") {
  WorkStore work;
  const view::VisitFormView visit = built_visit(work, put_member(*work.store, "赵志远"));
  for (const view::Choices* choices :
       {&visit.modes, &visit.purposes, &visit.outcomes, &visit.met_persons, &visit.festivals,
        &visit.gift_kinds, &visit.case_topics, &visit.case_levels, &visit.ack_kinds})
    CHECK(choices->size() > 1);
}

}  // namespace lianxin::test::ui
