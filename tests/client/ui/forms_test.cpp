#include <doctest/doctest.h>

#include "client/ui/delivery_screen.hpp"
#include "client/ui/field_input.hpp"
#include "client/ui/material_lines.hpp"
#include "client/ui/signature_pad.hpp"
#include "client/ui/stash_timer.hpp"
#include "client/ui/visit_parts.hpp"
#include "client/ui/visit_screen.hpp"
#include "client/ui/work_pages.hpp"
#include "shared/domain/strokes.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kSave = ImGuiMod_Ctrl | ImGuiKey_Enter;

app::Command open_visit() { return app::OpenVisitForm{sample_id(1)}; }
app::Command open_delivery() { return app::OpenDeliveryForm{sample_id(5)}; }

std::string check_id(std::size_t record, const char* field) {
  return "visit.check:" + sample_id(record).text() + "." + field;
}

view::VisitDraft stashed_visit(const app::StashDraft& stash) {
  return std::get<view::VisitDraft>(stash.draft);
}

/// Draws a stroke over the item, from its left to its right.
void draw_stroke(Headless& ui, std::string_view key, int points) {
  const client::ui::DrawnItem pad = ui.item(key);
  ImGuiIO& io = ImGui::GetIO();
  for (int i = 0; i <= points; ++i) {
    const float part = static_cast<float>(i) / static_cast<float>(points);
    io.AddMousePosEvent(pad.min.x + 4 + (pad.max.x - pad.min.x - 8) * part,
                        pad.min.y + (pad.max.y - pad.min.y) * (i % 2 == 0 ? 0.25F : 0.75F));
    ui.frames(1);
    if (i == 0) io.AddMouseButtonEvent(0, true);
    ui.frames(1);
  }
  io.AddMouseButtonEvent(0, false);
  ui.frames(2);
}

}  // namespace

TEST_CASE("the county's own questions of a visit are answered under a title of their own and saved with it") {
  WorkDesk desk(open_visit());
  CHECK_FALSE(desk.ui.shows("本县自设栏目"));
  desk.screens.visit.form = desk.screens.visit.draft.draft = sample_id(403);
  desk.screens.visit.own = {own_question("visit", "own_stove_checked", "已查看取暖安全")};
  desk.ui.frames(4);
  CHECK(desk.ui.shows("本县自设栏目"));
  desk.ui.click("visit.own:own_stove_checked:1");
  desk.ui.press(kSave);
  const view::VisitDraft saved = desk.ui.sent<app::SaveVisit>().draft;
  REQUIRE_FALSE(saved.edits.empty());
  CHECK(saved.edits.back().kind == "visit");
  CHECK(saved.edits.back().field == "own_stove_checked");
  CHECK(saved.edits.back().value == "1");
  CHECK(saved.edits.back().record.is_nil());
}

TEST_CASE("so are those of a delivery") {
  WorkDesk desk(open_delivery());
  desk.screens.delivery.form = desk.screens.delivery.draft.draft = sample_id(404);
  desk.screens.delivery.own = {own_question("delivery", "own_box_back", "空盒已收回")};
  desk.ui.frames(4);
  CHECK(desk.ui.shows("本县自设栏目"));
  desk.ui.click("delivery.own:own_box_back:1");
  desk.ui.press(kSave);
  const view::DeliveryDraft saved = desk.ui.sent<app::SaveDelivery>().draft;
  REQUIRE(saved.edits.size() == 1);
  CHECK(saved.edits[0].kind == "delivery");
  CHECK(saved.edits[0].field == "own_box_back");
  CHECK(saved.edits[0].value == "1");
}

TEST_CASE("a visit written down later takes the festival of its day, unless one was chosen") {
  WorkDesk desk(open_visit());
  desk.screens.visit.form = desk.screens.visit.draft.draft = sample_id(402);
  view::VisitDraft& draft = desk.screens.visit.draft;
  draft.purposes = {"care"};
  draft.occurred_on = "2026-07-20";
  draft.festival.clear();
  desk.screens.visit.festival_windows = {{"july_first", {2026, 7, 1}, {2026, 6, 16}, {2026, 7, 8}}};
  desk.ui.frames(4);
  const auto typed = [&]() -> const view::VisitDraft& { return desk.state.work.visit.draft; };
  desk.ui.fill("visit.occurred_on", "2026-07-03");
  CHECK(typed().festival == "july_first");
  desk.ui.fill("visit.occurred_on", "2026-07-09");
  CHECK(typed().festival.empty());
  desk.ui.click("visit.festival:new_year");
  desk.ui.fill("visit.occurred_on", "2026-07-02");
  CHECK(typed().festival == "new_year");
}

TEST_CASE("a visit is written by keyboard alone: digits choose, Tab goes on, Ctrl+Enter saves") {
  WorkDesk desk(open_visit());
  desk.screens.visit.form = desk.screens.visit.draft.draft = sample_id(401);
  view::VisitDraft& draft = desk.screens.visit.draft;
  draft.mode.clear();
  draft.purposes.clear();
  draft.met_persons.clear();
  draft.outcome.clear();
  draft.content.clear();
  desk.ui.frames(4);
  desk.ui.press(ImGuiKey_1);
  desk.ui.press(ImGuiKey_Tab);
  desk.ui.press(ImGuiKey_2);
  desk.ui.press(ImGuiKey_4);
  desk.ui.press(ImGuiKey_Tab);
  desk.ui.press(ImGuiKey_3);
  desk.ui.press(ImGuiKey_Tab);
  CHECK(desk.ui.focused() == "visit.content");
  desk.ui.type("父母说月底回来");
  desk.ui.press(kSave);
  const auto saved = desk.ui.sent<app::SaveVisit>();
  CHECK(saved.draft.draft == sample_id(401));
  CHECK(saved.draft.mode == "door");
  CHECK(saved.draft.purposes == std::vector<std::string>{"talk", "deliver"});
  CHECK(saved.draft.met_persons == std::vector<std::string>{"parent"});
  CHECK(saved.draft.content == "父母说月底回来");
  CHECK(saved.shown_token == "heads-1");
}

TEST_CASE("a visit is saved once, however often the keys are pressed, and again after the answer") {
  WorkDesk desk(open_visit());
  desk.ui.press(kSave);
  desk.ui.press(kSave);
  CHECK(sent_count<app::SaveVisit>(desk.ui.commands()) == 1);
  desk.screens.visit.answered = 1;
  desk.screens.visit.problems = {{"ended", "结束时间不能早于开始时间。"}};
  desk.ui.frames(2);
  CHECK(desk.ui.shows("结束时间不能早于开始时间。"));
  desk.ui.press(kSave);
  CHECK(sent_count<app::SaveVisit>(desk.ui.commands()) == 1);
}

TEST_CASE("typing is put aside after two seconds, not with every letter") {
  WorkDesk desk(open_visit());
  desk.ui.fill("visit.content", "一");
  desk.ui.type("二");
  desk.ui.pass(1.0);
  CHECK(sent_count<app::StashDraft>(desk.ui.commands()) == 0);
  desk.ui.pass(2.0);
  const auto commands = desk.ui.commands();
  CHECK(sent_count<app::StashDraft>(commands) == 1);
  CHECK(stashed_visit(std::get<app::StashDraft>(commands.back().any())).content == "一二");
  desk.ui.pass(5.0);
  CHECK(desk.ui.commands().empty());
}

TEST_CASE("leaving the visit by the navigation or by locking keeps what was typed first") {
  for (const ImGuiKeyChord leave : {ImGuiMod_Alt | ImGuiKey_2, ImGuiMod_Ctrl | ImGuiKey_L}) {
    WorkDesk desk(open_visit());
    desk.ui.fill("visit.content", "刚写的");
    desk.ui.press(leave);
    const auto commands = desk.ui.commands();
    REQUIRE(commands.size() >= 2);
    const auto* stash = commands.front().as<app::StashDraft>();
    REQUIRE(stash != nullptr);
    CHECK(stashed_visit(*stash).content == "刚写的");
  }
}

TEST_CASE("Esc keeps the visit as a draft and closes it") {
  WorkDesk desk(open_visit());
  desk.ui.fill("visit.content", "没写完");
  desk.ui.press(ImGuiKey_Escape);
  const auto commands = desk.ui.commands();
  CHECK(sent_count<app::StashDraft>(commands) == 1);
  CHECK(sent_count<app::CloseForm>(commands) == 1);
}

TEST_CASE("a draft is given up only after a second gesture, and nothing of it is kept") {
  WorkDesk desk(open_visit());
  desk.ui.fill("visit.content", "不要了");
  desk.ui.click("visit.drop");
  CHECK(sent_count<app::DropDraft>(desk.ui.commands()) == 0);
  desk.ui.press(kSave);
  const auto commands = desk.ui.commands();
  CHECK(sent_count<app::DropDraft>(commands) == 1);
  CHECK(sent_count<app::SaveVisit>(commands) == 0);
  desk.ui.pass(3);
  CHECK(sent_count<app::StashDraft>(desk.ui.commands()) == 0);
}

TEST_CASE("beside the form Space says unchanged and Enter corrects at the door") {
  WorkDesk desk(open_visit());
  desk.ui.click(check_id(603, "value"));
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.press(ImGuiKey_Space);
  desk.ui.click(check_id(601, "value"));
  desk.ui.press(ImGuiMod_Ctrl | ImGuiKey_A);
  desk.ui.type("199 0000 5566");
  desk.ui.press(kSave);
  CHECK(sent_count<app::SaveVisit>(desk.ui.commands()) == 0);
  desk.ui.press(kSave);
  const view::VisitDraft draft = desk.ui.sent<app::SaveVisit>().draft;
  REQUIRE(draft.confirmed.size() == 1);
  CHECK(draft.confirmed[0].record == sample_id(603));
  REQUIRE(draft.edits.size() == 1);
  CHECK(draft.edits[0].kind == "contact_point");
  CHECK(draft.edits[0].value == "199 0000 5566");
}

TEST_CASE("a question found is noted with topic, level and words") {
  WorkDesk desk(open_visit());
  desk.ui.click("visit.case:new");
  desk.ui.press(ImGuiKey_7);
  desk.ui.press(ImGuiKey_Tab);
  desk.ui.press(ImGuiKey_3);
  desk.ui.press(ImGuiKey_Tab);
  desk.ui.type("想学电工");
  desk.ui.press(kSave);
  desk.ui.press(kSave);
  const view::VisitDraft draft = desk.ui.sent<app::SaveVisit>().draft;
  REQUIRE(draft.cases.size() == 2);
  CHECK(draft.cases[1].topic == "job");
  CHECK(draft.cases[1].level == "township");
  CHECK(draft.cases[1].content == "想学电工");
}

TEST_CASE("whoever was met says the result; it is asked when nobody was met") {
  WorkDesk desk(open_visit());
  CHECK_FALSE(desk.ui.has("visit.outcome:refused"));
  desk.ui.click("visit.met:self");
  CHECK(desk.ui.has("visit.outcome:refused"));
  desk.ui.click("visit.outcome:nobody");
  desk.ui.click("visit.met:self");
  CHECK_FALSE(desk.ui.has("visit.outcome:refused"));
  desk.ui.press(kSave);
  CHECK(desk.ui.sent<app::SaveVisit>().draft.outcome.empty());
}

TEST_CASE(
    "material goes from the bag into the draft, counts can be typed, more than the bag holds is only said") {
  WorkDesk desk(open_delivery());
  desk.ui.click("delivery.material:" + sample_id(503).text());
  desk.ui.fill("delivery.material.line:" + sample_id(503).text() + ".count", "12");
  CHECK(desk.ui.shows("随身只记着 11"));
  desk.ui.click("delivery.material:" + sample_id(501).text());
  desk.ui.click("delivery.material.line:" + sample_id(502).text() + ".less");
  desk.ui.press(kSave);
  const auto lines = desk.ui.sent<app::SaveDelivery>().draft.lines;
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].material == sample_id(502));
  CHECK(lines[0].quantity == 2);
  CHECK(lines[1].material == sample_id(503));
  CHECK(lines[1].quantity == 12);
}

TEST_CASE("a courier is asked for address and number, another way is not") {
  WorkDesk desk(open_delivery());
  CHECK_FALSE(desk.ui.has("delivery.tracking_no"));
  desk.ui.press(ImGuiKey_2);
  CHECK(desk.ui.has("delivery.tracking_no"));
  desk.ui.fill("delivery.to_address", "木渎镇 12 号");
  desk.ui.press(kSave);
  const auto draft = desk.ui.sent<app::SaveDelivery>().draft;
  CHECK(draft.mode == "courier");
  CHECK(draft.to_address == "木渎镇 12 号");
}

TEST_CASE(
    "who took what is handed over says the day and the name as well; what is only sent nobody has taken") {
  WorkDesk desk(open_delivery());
  desk.screens.delivery.form = desk.screens.delivery.draft.draft = sample_id(412);
  view::DeliveryDraft& draft = desk.screens.delivery.draft;
  draft.relation = draft.received_by = draft.received_on = draft.receipt_kind = draft.receipt_strokes = "";
  desk.ui.frames(4);
  const auto saved = [&] {
    desk.ui.press(kSave);
    ++desk.screens.delivery.answered;
    desk.ui.frames(2);
    return desk.ui.sent<app::SaveDelivery>().draft;
  };
  desk.ui.click("delivery.relation:self");
  view::DeliveryDraft sent = saved();
  CHECK(sent.received_on == sent.occurred_on);
  CHECK(sent.received_by == "欧阳志远");
  desk.ui.click("delivery.relation:spouse");
  sent = saved();
  CHECK(sent.received_on == sent.occurred_on);
  CHECK(sent.received_by.empty());  // her name is not his
  desk.ui.fill("delivery.occurred_on", "2026-11-16");
  sent = saved();
  CHECK(sent.received_on == "2026-11-16");
  desk.ui.click("delivery.mode:courier");
  sent = saved();
  CHECK(sent.received_on.empty());
  CHECK(sent.relation.empty());
  desk.ui.click(
      "delivery.mode:by_hand");  // a slip of the hand: what was said of the hand-over is there again
  sent = saved();
  CHECK(sent.relation == "spouse");
  CHECK(sent.received_on == sent.occurred_on);
  desk.ui.click("delivery.mode:courier");
  desk.ui.click("delivery.relation:self");
  CHECK(saved().received_on.empty());  // a parcel arrives on another day
}

TEST_CASE("what was typed of a receipt stays when the delivery turns out to be a courier's") {
  WorkDesk desk(open_delivery());
  desk.screens.delivery.form = desk.screens.delivery.draft.draft = sample_id(413);
  view::DeliveryDraft& draft = desk.screens.delivery.draft;
  draft.relation = draft.received_by = draft.received_on = draft.receipt_kind = draft.receipt_strokes = "";
  desk.ui.frames(4);
  desk.ui.click("delivery.relation:self");
  const std::string day = desk.state.work.delivery.draft.occurred_on;
  desk.ui.fill("delivery.received_on", "2026-11-01");
  desk.ui.fill("delivery.received_on", day);  // the same as the form had said, but by hand
  desk.ui.fill("delivery.received_by", "欧阳");
  desk.ui.fill("delivery.received_by", desk.screens.delivery.title);
  desk.ui.click("delivery.mode:courier");
  desk.ui.press(kSave);
  const view::DeliveryDraft sent = desk.ui.sent<app::SaveDelivery>().draft;
  CHECK(sent.received_on == day);
  CHECK(sent.received_by == desk.screens.delivery.title);
  CHECK(sent.relation == "self");
}

TEST_CASE("a receipt day typed by hand does not move with the day of the delivery") {
  WorkDesk desk(open_delivery());
  desk.screens.delivery.form = desk.screens.delivery.draft.draft = sample_id(414);
  desk.screens.delivery.draft.received_on = "";
  desk.ui.frames(4);
  desk.ui.fill("delivery.received_on", desk.state.work.delivery.draft.occurred_on);
  const std::string typed = desk.state.work.delivery.draft.received_on;
  desk.ui.fill("delivery.occurred_on", "2026-11-16");
  desk.ui.press(kSave);
  CHECK(desk.ui.sent<app::SaveDelivery>().draft.received_on == typed);
}

TEST_CASE("a signature is drawn, taken back stroke by stroke, cleared, and never above its limit") {
  WorkDesk desk(open_delivery());
  desk.screens.delivery.form = sample_id(411);
  desk.screens.delivery.draft.receipt_strokes.clear();
  desk.ui.frames(3);
  draw_stroke(desk.ui, "delivery.signature", 6);
  draw_stroke(desk.ui, "delivery.signature", 4);
  const std::string& strokes = desk.state.work.delivery.draft.receipt_strokes;
  const auto read = client::ui::read_strokes(strokes);
  REQUIRE(read.size() == 2);
  CHECK(read[0].size() == 7);
  CHECK(domain::is_strokes(strokes));
  desk.ui.click("delivery.signature.back");
  CHECK(client::ui::read_strokes(strokes).size() == 1);
  draw_stroke(desk.ui, "delivery.signature", 1200);
  CHECK(strokes.size() <= client::ui::kStrokesBytesMax);
  CHECK(strokes.size() > client::ui::kStrokesBytesMax - 32);
  CHECK(desk.ui.shows(desk.ui.messages().get("signature.full")));
  desk.ui.click("delivery.signature.clear");
  CHECK(strokes.empty());
}

TEST_CASE("strokes that are no strokes are left out") {
  CHECK(client::ui::read_strokes("").empty());
  CHECK(client::ui::read_strokes("a,b;1001,4;-1,2;5").empty());
  const auto read = client::ui::read_strokes("1,2 3,4x 5,6;;7,8");
  CHECK(read == client::ui::Strokes{{{1, 2}, {5, 6}}, {{7, 8}}});
}

TEST_CASE("codes of a set are split and joined by blanks") {
  CHECK(client::ui::split_codes("  a b  c ") == std::vector<std::string>{"a", "b", "c"});
  CHECK(client::ui::joined_codes({"a", "b"}) == "a b");
}

TEST_CASE("a form that is not there says so, one that loads or failed too") {
  WorkDesk desk(open_visit());
  desk.screens.visit.state = {view::Readiness::kFailed, "资料库正忙，请稍后再试。"};
  desk.ui.frames(2);
  CHECK(desk.ui.shows("资料库正忙，请稍后再试。"));
  desk.screens.visit.state = {view::Readiness::kLoading, ""};
  desk.ui.frames(2);
  CHECK(desk.ui.shows(desk.ui.messages().get("ui.loading")));
}

TEST_CASE("at the largest text a form is saved without scrolling, also one with faults and a new member's") {
  HeadlessSettings large;
  large.text_percent = 150;
  {
    WorkDesk desk(open_visit(), large);
    CHECK(desk.ui.has("visit.save"));
  }
  {
    WorkDesk desk(open_delivery(), large);
    desk.screens.delivery.problems = {{"occurred_on", "日期不能晚于今天。"}, {"", "没有保存。"}};
    desk.ui.frames(4);
    CHECK(desk.ui.has("delivery.save"));
  }
  WorkDesk desk(app::OpenMember{}, large);
  desk.screens.member.member = Id();
  desk.ui.frames(4);
  CHECK(desk.ui.has("member.save"));
}

}  // namespace lianxin::test::ui
