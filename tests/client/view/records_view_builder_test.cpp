// The page of records over a real store: every kind it offers has a list and a form.
#include "client/view/records_view_builder.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "client/view/form_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cv = client::view;

template <class T>
T good(Result<T> result) {
  if (!result.ok()) FAIL(result.error().code << " " << result.error().detail);
  return *std::move(result);
}

cv::RecordFormView form_of(const WorkStore& work, const char* kind, const Id& record) {
  cv::RecordDraft draft;
  draft.draft = Id::make(1);
  draft.kind = kind;
  draft.record = record;
  return good(cv::build_record_form(work.sources(), draft, ""));
}

}  // namespace

TEST_CASE("every kind of the page has a name, a list and a form without fields nobody can fill") {
  WorkStore work;
  for (const std::string_view kind : cv::record_kinds()) {
    CAPTURE(kind);
    const cv::RecordsView list = good(cv::build_records(work.sources(), kind, ""));
    CHECK(list.kind == kind);
    CHECK_FALSE(list.columns.empty());
    const auto named =
        std::find_if(list.kinds.begin(), list.kinds.end(), [&](const auto& one) { return one.code == kind; });
    REQUIRE(named != list.kinds.end());
    CHECK(named->label != "kind." + std::string(kind));
    cv::RecordDraft draft;
    draft.draft = Id::make(1);
    draft.kind = kind;
    const cv::RecordFormView form = good(cv::build_record_form(work.sources(), draft, ""));
    CHECK_FALSE(form.rows.empty());
    for (const cv::FieldRow& row : form.rows) {
      CAPTURE(row.field);
      CHECK(row.input != cv::FieldInput::kReadOnly);
      CHECK(row.field != "org_id_at_event");
    }
  }
}

TEST_CASE("a kind that has no page of its own stands on the page of records") {
  // Pages of their own: members, visits, deliveries, imports, forms; photos stand with what they are of.
  std::set<std::string> offered = {"member",     "contact_point", "mobility_episode", "visit",
                                   "delivery",   "delivery_line", "delivery_event",   "import_batch",
                                   "import_row", "attachment",    "report_snapshot",  "report_part"};
  for (const std::string_view kind : cv::record_kinds())
    CHECK_MESSAGE(offered.insert(std::string(kind)).second, kind);
  for (const domain::Kind& kind : domain::Catalogue::base().kinds())
    CHECK_MESSAGE(offered.count(kind.name) == 1, kind.name);
}

TEST_CASE("the audit says in a line who did what when and to whom, by names") {
  WorkStore work;
  const Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  const Id worker = put(*work.store, "worker", {{"name", "李干部"}, {"org_id", work.village.text()}});
  const Id entry = put(*work.store, "audit_entry",
                       {{"org_id", kVillageOfTests},
                        {"occurred_on", day(*work.store, 0)},
                        {"at_time", "09:30"},
                        {"worker_id", worker.text()},
                        {"action", "reveal"},
                        {"record_id", member.text()},
                        {"what", "f10 三合村 unmasked 名册.xlsx"}});
  const cv::RecordsView list = good(cv::build_records(work.sources(), "audit_entry", ""));
  REQUIRE(list.rows.size() == 1);
  REQUIRE(list.columns.size() == list.rows[0].cells.size());
  std::string line;
  for (const cv::Words& cell : list.rows[0].cells)
    line += cell.text + "|";
  for (const char* word :
       {"09:30", "李干部", "赵连心", "流出、流入党员名册 三合村 （号码未遮盖） 名册.xlsx"}) {
    INFO(word, " in ", line);
    CHECK(line.find(word) != std::string::npos);
  }
  CHECK(line.find(member.text()) == std::string::npos);
  cv::RecordDraft draft;
  draft.draft = draft.record = entry;
  draft.kind = "audit_entry";
  const cv::RecordFormView form = good(cv::build_record_form(work.sources(), draft, ""));
  CHECK(form.read_only);
  CHECK(std::any_of(form.rows.begin(), form.rows.end(), [](const cv::FieldRow& row) {
    return row.field == "record_id" && row.value == "赵连心";
  }));
  CHECK(std::any_of(form.rows.begin(), form.rows.end(), [](const cv::FieldRow& row) {
    return row.field == "what" && row.value.starts_with("流出、流入党员名册 三合村");
  }));
}

TEST_CASE("what another fills in is shown with whose it is, and codes of another cannot be chosen") {
  WorkStore work;
  const Id member = put(*work.store, "member",
                        {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}, {"standing", "normal"}});
  const Id table = put(*work.store, "village_table",
                       {{"village_id", kVillageOfTests}, {"quarter", "2026Q3"}, {"state", "filled"}});
  const auto row_of = [](const cv::RecordFormView& form, std::string_view field) {
    const auto row =
        std::find_if(form.rows.begin(), form.rows.end(), [&](const auto& one) { return one.field == field; });
    REQUIRE(row != form.rows.end());
    return *row;
  };
  // Told who he is: a grid worker of this village.
  put(*work.store, "worker_role",
      {{"worker_id", work.store->identity().worker.text()},
       {"role", "grid_worker"},
       {"org_id", work.village.text()},
       {"from", day(*work.store, 20)}});
  const cv::RecordFormView file = form_of(work, "member", member);
  CHECK(row_of(file, "standing").input == cv::FieldInput::kReadOnly);
  CHECK(row_of(file, "standing").how_known == "由县委组织部门填写");
  CHECK(row_of(file, "standing").value == "正常");
  CHECK(row_of(file, "name").how_known == "由村党支部书记填写");
  CHECK(row_of(file, "home_village_id").input == cv::FieldInput::kReadOnly);
  CHECK(row_of(file, "home_village_id").how_known == "由乡镇党务工作者填写");
  CHECK(row_of(file, "home_address").input == cv::FieldInput::kText);
  const cv::FieldRow state = row_of(form_of(work, "village_table", table), "state");
  CHECK(state.input == cv::FieldInput::kCode);
  CHECK(state.choices.size() == 2);  // open, filled
  CHECK(row_of(form_of(work, "village_table", table), "accepted_by").input == cv::FieldInput::kReadOnly);
  // A new member is a worker's to make, a month to close is not.
  const cv::RecordFormView fresh = form_of(work, "member", Id());
  CHECK_FALSE(fresh.read_only);
  CHECK(row_of(fresh, "name").input == cv::FieldInput::kText);
  CHECK(row_of(form_of(work, "activity", Id()), "expected").input == cv::FieldInput::kNumber);
  CHECK(row_of(fresh, "standing").choices.size() == 1);
  const cv::RecordFormView month = form_of(work, "month_close", Id());
  CHECK(month.read_only);
  CHECK(month.why_read_only == "这类记录由乡镇党务工作者建立，请交乡镇办理。");
}

TEST_CASE("what an office looks at before it counts is said before it is saved") {
  WorkStore work;
  const Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  const Id team = put(*work.store, "team", {{"org_id", kVillageOfTests}, {"name", "服务队"}});
  put(*work.store, "worker_role",
      {{"worker_id", work.store->identity().worker.text()},
       {"role", "secretary"},
       {"org_id", work.village.text()},
       {"from", day(*work.store, 20)}});
  CHECK(form_of(work, "team", team).before_saving.empty());
  CHECK(form_of(work, "team", team).can_void);
  CHECK(form_of(work, "team", team).why_not_void.empty());
  CHECK_FALSE(form_of(work, "team", Id()).can_void);
  CHECK(form_of(work, "org_unit", work.village).before_saving ==
        "这类资料由县里统一维护：这条记录照样保存，但要由县里核对后才生效。");
  const auto visit = [&] {
    const auto draft = good(cv::new_visit_draft(work.sources(), member));
    return good(cv::build_visit_form(work.sources(), draft, "")).before_saving;
  };
  CHECK(visit().empty());
  auto& database = work.store->database();
  REQUIRE(database
              .exec("UPDATE held SET scope = x'0199dddd000070008000000000000001' WHERE scope <> "
                    "x'00000000000000000000000000000000'")
              .ok());
  CHECK(visit().find("不是您负责的地方") != std::string::npos);
  CHECK(good(cv::build_member_file(work.sources(), member)).before_saving == visit());
  const auto parcel = good(cv::new_delivery_draft(work.sources(), member));
  CHECK(good(cv::build_delivery_form(work.sources(), parcel, "")).before_saving == visit());
}

TEST_CASE("a unit that was merged is told where one is chosen") {
  WorkStore work;
  const auto choice = [&] {
    cv::RecordDraft draft;
    draft.draft = Id::make(1);
    draft.kind = "activity";
    const cv::RecordFormView form = good(cv::build_record_form(work.sources(), draft, ""));
    const auto row = std::find_if(form.rows.begin(), form.rows.end(),
                                  [](const cv::FieldRow& one) { return one.field == "org_id"; });
    REQUIRE(row != form.rows.end());
    REQUIRE(row->choices.size() == 1);
    return row->choices.front().label;
  };
  const std::string before = choice();
  CHECK(before.find("止") == std::string::npos);
  change(*work.store, "org_unit", work.village, {{"to", day(*work.store, 1)}});
  CHECK(choice() == before + "（" + day(*work.store, 1) + " 止，已撤并）");
}

TEST_CASE("the newest record stands first; a name finds what hangs on it") {
  WorkStore work;
  const Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  const Id other = put(*work.store, "member", {{"name", "钱守信"}, {"home_village_id", kVillageOfTests}});
  put(*work.store, "pledge",
      {{"member_id", member.text()}, {"occurred_on", day(*work.store, 2)}, {"kind", "identity"}});
  work.county.clock.advance(1000);
  put(*work.store, "pledge",
      {{"member_id", other.text()}, {"occurred_on", day(*work.store, 1)}, {"kind", "promise"}});
  const cv::RecordsView all = good(cv::build_records(work.sources(), "pledge", ""));
  REQUIRE(all.rows.size() == 2);
  CHECK(all.rows[0].cells[0].text == "钱守信");
  CHECK(all.rows[0].opens == cv::RowOpens::kRecord);
  CHECK(good(cv::build_records(work.sources(), "pledge", "赵连心")).rows.size() == 1);
  CHECK(good(cv::find_members(work.sources(), "qian")).size() == 1);
  CHECK(good(cv::find_members(work.sources(), " ")).empty());
}

TEST_CASE(
    "records that may be named stand newest first, and the one that is named stays readable when it is "
    "voided") {
  WorkStore work;
  const auto venue = [&](const char* name) {
    work.county.clock.advance(1000);
    return put(*work.store, "venue", {{"org_id", kVillageOfTests}, {"name", name}});
  };
  const Id old = venue("旧阵地");
  (void)venue("新阵地");
  const Id activity = put(*work.store, "activity",
                          {{"org_id", kVillageOfTests},
                           {"occurred_on", day(*work.store, 1)},
                           {"kind", "film"},
                           {"venue_id", old.text()}});
  cv::RecordDraft draft;
  draft.draft = Id::make(1);
  draft.kind = "activity";
  draft.record = activity;
  const auto choices = [&] {
    const cv::RecordFormView form = good(cv::build_record_form(work.sources(), draft, ""));
    std::vector<std::string> labels;
    for (const cv::FieldRow& row : form.rows) {
      if (row.field != "venue_id") continue;
      for (const cv::Choice& one : row.choices)
        labels.push_back(one.label);
    }
    return labels;
  };
  CHECK(choices() == std::vector<std::string>{"新阵地", "旧阵地"});
  REQUIRE(work.store->records().void_record(old, "撤销").ok());
  CHECK(choices() == std::vector<std::string>{"新阵地", "旧阵地"});
}

TEST_CASE("a record that is not here, or of another kind, is told") {
  WorkStore work;
  cv::RecordDraft draft;
  draft.kind = "pledge";
  draft.record = Id::make(5);
  CHECK(cv::build_record_form(work.sources(), draft, "").error().code == "record.unknown");
  draft.kind = "nothing";
  CHECK(cv::build_record_form(work.sources(), draft, "").error().code == "list.kind");
  CHECK(cv::build_records(work.sources(), "nothing", "").error().code == "list.kind");
}

}  // namespace lianxin::test
