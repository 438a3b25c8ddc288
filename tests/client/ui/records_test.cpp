#include <doctest/doctest.h>

#include "client/ui/records_screen.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kAccept = ImGuiMod_Ctrl | ImGuiKey_Enter;

app::Command records_page() { return app::OpenPage{view::Page::kRecords}; }

struct FormDesk : WorkDesk {
  explicit FormDesk(const HeadlessSettings& settings = {}) : WorkDesk(records_page(), settings) {
    screens.records.form = sample_record_form("zh-CN");
    ui.frames(3);
    (void)ui.commands();
  }
};

std::string edited(const view::RecordDraft& draft, const std::string& field) {
  for (const view::FieldEdit& one : draft.edits) {
    if (one.field == field) return one.value;
  }
  return "(not edited)";
}

}  // namespace

TEST_CASE("in a narrow window with large text a list leaves columns out before it cuts their days") {
  HeadlessSettings large;
  large.size = {1024, 700};
  large.text_percent = 150;
  WorkDesk desk(app::OpenPage{view::Page::kRecords}, large);
  desk.screens.records.columns = {{"occurred_on", "日期", 1.2F}, {"time", "时间", 0.7F},
                                  {"who", "操作人", 1},          {"act", "操作", 1},
                                  {"record", "对象", 1},         {"what", "内容", 3}};
  view::RegisterRow row;
  row.record = sample_id(900);
  row.cells = {{"9月28日"}, {"09:12"}, {"王建国"}, {"导出"}, {"欧阳"}, {"名册"}};
  desk.screens.records.rows = {row};
  desk.ui.frames(3);
  CHECK(desk.ui.shows("9月28日"));
  CHECK(desk.ui.shows("名册"));
  CHECK_FALSE(desk.ui.shows("时间"));
}

TEST_CASE("records: another kind, a new record, and one that is there") {
  WorkDesk desk(records_page());
  desk.ui.click("records.kind:team");
  CHECK(desk.ui.sent<app::OpenKind>().kind == "team");
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_N);
  const auto made = desk.ui.sent<app::OpenRecord>();
  CHECK(made.kind == "activity");
  CHECK(made.record.is_nil());
  desk.ui.click("records.row:" + sample_id(951).text());
  CHECK(desk.ui.sent<app::OpenRecord>().record == sample_id(951));
}

TEST_CASE("records: the audit is read, and nothing is added to it by hand") {
  WorkDesk desk(records_page());
  CHECK(desk.ui.has("records.add"));
  desk.screens.records = sample_audit("zh-CN");
  desk.ui.frames(2);
  CHECK(desk.ui.shows("查看全号"));
  CHECK_FALSE(desk.ui.has("records.add"));
  desk.ui.press(ImGuiMod_Alt | ImGuiKey_N);
  CHECK(desk.ui.commands().empty());
}

TEST_CASE("records: what was filled in beforehand and what is chosen is saved together") {
  FormDesk desk;
  desk.ui.click("records.field:kind:volunteer");
  desk.ui.press(kAccept);
  const auto saved = desk.ui.sent<app::SaveRecord>();
  CHECK(saved.shown_token == "heads-9");
  CHECK(saved.draft.kind == "activity");
  CHECK(edited(saved.draft, "occurred_on") == "2026-09-28");
  CHECK(edited(saved.draft, "kind") == "volunteer");
  CHECK(edited(saved.draft, "topic") == "(not edited)");
}

TEST_CASE("records: the county's own fields stand under a title of their own") {
  FormDesk desk;
  CHECK_FALSE(desk.ui.shows("本县自设栏目"));
  const view::FieldRow own = own_question("activity", "own_heated", "场地有无取暖");
  desk.screens.records.form.rows = {own, own};
  desk.screens.records.form.rows[1].field = "own_seats";
  desk.ui.frames(3);
  CHECK(desk.ui.shows("本县自设栏目"));
  desk.ui.click("records.field:own_heated:1");
  desk.ui.press(kAccept);
  CHECK(edited(desk.ui.sent<app::SaveRecord>().draft, "own_heated") == "1");
}

TEST_CASE("records: what is typed is put aside when the form is left, and after two seconds") {
  FormDesk desk;
  desk.ui.click("records.field:kind:film");
  desk.ui.press(ImGuiKey_Escape);
  const auto commands = desk.ui.commands();
  REQUIRE(sent_count<app::StashDraft>(commands) == 1);
  CHECK(sent_count<app::CloseForm>(commands) == 1);
}

TEST_CASE("records: a member is searched for, chosen, and stays readable when another one is searched for") {
  FormDesk desk;
  desk.ui.click("records.find:speakers");
  desk.ui.type("赵");
  CHECK(desk.ui.sent<app::FindMembers>().query == "赵");
  desk.screens.records.found_query = "赵";
  desk.screens.records.found = {{sample_id(1).text(), "赵连心 · 三合村"}};
  desk.ui.frames(2);
  desk.ui.click("records.field:speakers:" + sample_id(1).text());
  desk.screens.records.found_query = "";
  desk.screens.records.found.clear();
  desk.ui.frames(2);
  CHECK(desk.ui.shows("赵连心 · 三合村"));
  desk.ui.press(kAccept);
  CHECK(edited(desk.ui.sent<app::SaveRecord>().draft, "speakers") == sample_id(1).text());
}

TEST_CASE("records: a refused save says why at its field and keeps what was typed") {
  FormDesk desk;
  desk.ui.click("records.field:kind:skill");
  desk.ui.press(kAccept);
  (void)desk.ui.commands();
  desk.screens.records.form.problems = {{"topic", "请填写“主题”。", {}}};
  ++desk.screens.records.form.answered;
  desk.ui.frames(2);
  CHECK(desk.ui.shows("请填写“主题”。"));
  // And it is put aside: a power cut after the refusal loses nothing (P2).
  desk.ui.press(ImGuiKey_Escape);
  const auto commands = desk.ui.commands();
  CHECK(sent_count<app::StashDraft>(commands) == 1);
  desk.ui.press(kAccept);
  CHECK(edited(desk.ui.sent<app::SaveRecord>().draft, "kind") == "skill");
}

TEST_CASE("records: what another wrote is read, and who voids it is said") {
  FormDesk desk;
  view::RecordFormView& form = desk.screens.records.form;
  form.record = sample_id(951);
  form.read_only = true;
  form.why_read_only = "其他人写的";
  form.why_not_void = "只能由本人或村党支部书记作废";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("只能由本人或村党支部书记作废"));
  CHECK_THROWS(desk.ui.click("records.void"));  // it cannot be pressed
  // The branch's secretary reads it as well, and voids it.
  form.why_not_void.clear();
  desk.ui.frames(2);
  desk.ui.click("records.void");
  desk.ui.click("records.void_reason");
  desk.ui.type("重复登记");
  desk.ui.press(kAccept);
  CHECK(desk.ui.sent<app::VoidRecord>().reason == "重复登记");
}

TEST_CASE("records: at large text the button that voids is in sight, also where the buttons take two lines") {
  HeadlessSettings large;
  large.text_percent = 150;
  FormDesk desk(large);
  desk.screens.records.form.record = sample_id(951);
  desk.screens.records.form.can_void = true;
  desk.ui.frames(3);
  CHECK(desk.ui.item("records.void").max.y < large.size.y - 32 * 1.5F);
  CHECK(desk.ui.item("records.save").max.y <= desk.ui.item("records.void").min.y);
  desk.screens.records.form.problems.push_back({"", "没有保存：请再看一遍。"});
  desk.ui.frames(3);
  CHECK(desk.ui.item("records.void").max.y < large.size.y - 32 * 1.5F);
}

TEST_CASE("records: what a place means for the record is said before it is saved") {
  FormDesk desk;
  desk.screens.records.form.before_saving = "要由蒙江乡核对后才计入";
  desk.ui.frames(2);
  CHECK(desk.ui.shows("要由蒙江乡核对后才计入"));
}

TEST_CASE("records: voiding asks for the reason first; a voided record can only be read") {
  FormDesk desk;
  desk.screens.records.form.record = sample_id(951);
  desk.ui.frames(2);
  desk.ui.click("records.void");
  desk.ui.press(kAccept);
  CHECK(sent_count<app::VoidRecord>(desk.ui.commands()) == 0);
  desk.ui.click("records.void_reason");
  desk.ui.type("重复登记");
  desk.ui.press(kAccept);
  const auto voided = desk.ui.sent<app::VoidRecord>();
  CHECK(voided.record == sample_id(951));
  CHECK(voided.reason == "重复登记");
  CHECK(voided.shown_token == "heads-9");
  desk.screens.records.form.read_only = true;
  desk.screens.records.form.why_read_only = "此记录已作废";
  desk.screens.records.form.can_void = false;
  desk.ui.frames(2);
  CHECK(desk.ui.shows("此记录已作废"));
  desk.ui.press(kAccept);
  CHECK(sent_count<app::SaveRecord>(desk.ui.commands()) == 0);
}

}  // namespace lianxin::test::ui
