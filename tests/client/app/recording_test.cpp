// Records of kinds without a page of their own, behind the window.
#include <algorithm>
#include <doctest/doctest.h>

#include "client/app/form_edits.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

cv::RecordDraft with(cv::RecordDraft draft, const std::string& field, const std::string& value) {
  std::erase_if(draft.edits, [&](const cv::FieldEdit& one) { return one.field == field; });
  draft.edits.push_back({draft.record, draft.kind, field, value});
  return draft;
}

}  // namespace

TEST_CASE(
    "a new record: filled in beforehand, saved, listed, opened again, changed and taken out of the counts") {
  AppStory story([](WorkStore& work) {
    put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  story.unlock();
  auto screens = story.want(ca::OpenKind{"activity", ""});
  REQUIRE(screens->records.state.readiness == cv::Readiness::kReady);
  CHECK(screens->records.rows.empty());
  screens = story.want(ca::FindMembers{"zlx"});
  REQUIRE(screens->records.found.size() == 1);
  const std::string member = screens->records.found[0].code;
  screens = story.want(ca::OpenRecord{"activity", {}});
  cv::RecordDraft draft = screens->records.form.draft;
  REQUIRE_FALSE(draft.draft.is_nil());
  CHECK(std::any_of(draft.edits.begin(), draft.edits.end(),
                    [](const auto& one) { return one.field == "occurred_on"; }));
  // Without its kind it is refused, at the field, and nothing is lost.
  screens = story.want(ca::SaveRecord{with(draft, "topic", "座谈"), ""});
  REQUIRE_FALSE(screens->records.form.problems.empty());
  CHECK(screens->records.form.problems[0].field == "kind");
  CHECK(screens->records.form.draft.edits.size() == draft.edits.size() + 1);
  draft = with(with(with(draft, "topic", "座谈"), "kind", "volunteer"), "speakers", member);
  screens = story.want(ca::SaveRecord{draft, ""});
  CHECK(screens->records.form.form.is_nil());
  REQUIRE(screens->records.rows.size() == 1);
  const Id record = screens->records.rows[0].record;
  CHECK(record == draft.draft);
  screens = story.want(ca::OpenRecord{"", record});
  cv::RecordFormView form = screens->records.form;
  CHECK(form.kind == "activity");
  const auto row = [&](const char* field) {
    return *std::find_if(form.rows.begin(), form.rows.end(),
                         [&](const auto& one) { return one.field == field; });
  };
  CHECK(row("topic").edited == "座谈");
  CHECK(row("speakers").edited == member);
  CHECK(row("speakers").choices[0].label == "赵连心");
  screens = story.want(ca::SaveRecord{with(form.draft, "speakers", ""), form.shown_token});
  screens = story.want(ca::OpenRecord{"", record});
  form = screens->records.form;
  CHECK(row("speakers").edited == "");
  screens = story.want(ca::VoidRecord{record, "重复登记"});
  CHECK(screens->records.rows.empty());
  screens = story.want(ca::OpenRecord{"", record});
  CHECK(screens->records.form.read_only);
}

TEST_CASE("who came into a list while a form of it was open stays in it") {
  std::vector<std::string> people;
  Id record;
  AppStory story([&](WorkStore& work) {
    for (const char* name : {"赵连心", "钱守望", "孙向前"})
      people.push_back(
          put(*work.store, "member", {{"name", name}, {"home_village_id", kVillageOfTests}}).text());
    record = put(*work.store, "activity",
                 {{"org_id", work.village.text()},
                  {"kind", "volunteer"},
                  {"occurred_on", day(*work.store, 1)},
                  {"speakers+", people[0]}});
  });
  story.unlock();
  const cv::RecordFormView first = story.want(ca::OpenRecord{"", record})->records.form;
  story.want(ca::SaveRecord{with(first.draft, "speakers", people[0] + " " + people[1]), first.shown_token});
  REQUIRE(story.toast() != "");
  // The first form, still open elsewhere, knew nothing of the second person.
  story.want(ca::SaveRecord{with(first.draft, "speakers", people[2]), first.shown_token});
  const auto rows = story.want(ca::OpenRecord{"", record})->records.form.rows;
  const auto speakers =
      std::find_if(rows.begin(), rows.end(), [](const auto& one) { return one.field == "speakers"; });
  REQUIRE(speakers != rows.end());
  CHECK(speakers->edited.find(people[0]) == std::string::npos);  // taken out by hand
  CHECK(speakers->edited.find(people[1]) != std::string::npos);
  CHECK(speakers->edited.find(people[2]) != std::string::npos);
}

TEST_CASE("an amount is typed, listed and shown in yuan, and kept in fen") {
  Id member;
  AppStory story([&](WorkStore& work) {
    member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  story.unlock();
  auto screens = story.want(ca::OpenRecord{"aid", {}});
  cv::RecordDraft draft = screens->records.form.draft;
  draft = with(with(with(draft, "member_id", member.text()), "kind", "money"), "occurred_on", "2026-01-05");
  for (const char* typed : {"12,50", "二百", "1234567890123"}) {
    CAPTURE(typed);
    screens = story.want(ca::SaveRecord{with(draft, "amount_fen", typed), ""});
    REQUIRE(screens->records.form.problems.size() == 1);
    CHECK(screens->records.form.problems[0].field == "amount_fen");
    CHECK(screens->records.form.problems[0].sentence ==
          "“金额（元）”请以元为单位填写，最多两位小数，如 12 或 12.50。");
  }
  screens = story.want(ca::SaveRecord{with(draft, "amount_fen", "1,212.50元"), ""});
  REQUIRE(screens->records.form.form.is_nil());
  REQUIRE(screens->records.rows.size() == 1);
  const Id record = screens->records.rows[0].record;
  screens = story.want(ca::OpenRecord{"", record});
  const auto& rows = screens->records.form.rows;
  const auto row =
      std::find_if(rows.begin(), rows.end(), [](const auto& one) { return one.field == "amount_fen"; });
  REQUIRE(row != rows.end());
  CHECK(row->value == "1212.5");
  CHECK(row->edited == "1212.5");
  CHECK(row->label == "金额（元）");
  // Opened and saved again it is the same amount.
  story.want(ca::SaveRecord{with(screens->records.form.draft, "amount_fen", row->edited),
                            screens->records.form.shown_token});
  screens = story.want(ca::OpenKind{"aid", ""});
  const auto& cells = screens->records.rows.at(0).cells;
  CHECK(std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.text == "1212.5"; }));
  const auto* kind = domain::Catalogue::base().kind("aid");
  CHECK(ca::kept_form(*kind->field("amount_fen"), "1212.5") == "121250");
  CHECK(ca::kept_form(*kind->field("amount_fen"), "") == "");
}

TEST_CASE("what was stashed of a new record comes back by kind, and goes when it is given up") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  auto screens = story.want(ca::OpenRecord{"team", {}});
  const cv::RecordDraft draft = with(screens->records.form.draft, "name", "服务一队");
  screens = story.want(ca::StashDraft{draft, ""});
  CHECK(screens->records.form.draft_saved != "");
  screens = story.want(ca::CloseForm{draft.draft});
  CHECK(screens->records.form.form.is_nil());
  screens = story.want(ca::OpenRecord{"venue", {}});
  CHECK(screens->records.form.draft.edits.size() <= 1);
  screens = story.want(ca::OpenRecord{"team", {}});
  CHECK(screens->records.form.form == draft.draft);
  CHECK(std::any_of(screens->records.form.draft.edits.begin(), screens->records.form.draft.edits.end(),
                    [](const auto& one) { return one.value == "服务一队"; }));
  screens = story.want(ca::DropDraft{draft.draft});
  CHECK(screens->records.form.form.is_nil());
  screens = story.want(ca::OpenRecord{"team", {}});
  CHECK(screens->records.form.form != draft.draft);
}

TEST_CASE("a decision on points is no field of the page, and what is decided stays as it is") {
  Id member;
  Id decided;
  AppStory story([&](WorkStore& work) {
    member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
    // As a program without this rule would have written it.
    decided = put(*work.store, "points_entry",
                  {{"member_id", member.text()},
                   {"occurred_on", "2026-01-05"},
                   {"points_tenths", "20"},
                   {"state", "approved"},
                   {"reason", "清雪"}});
  });
  story.unlock();
  auto screens = story.want(ca::OpenRecord{"points_entry", {}});
  cv::RecordDraft draft = screens->records.form.draft;
  draft = with(with(draft, "member_id", member.text()), "points_tenths", "20");
  draft = with(with(draft, "occurred_on", "2026-01-06"), "reason", "清雪");
  screens = story.want(ca::SaveRecord{with(draft, "state", "approved"), ""});
  REQUIRE(screens->records.form.problems.size() == 1);
  CHECK(screens->records.form.problems[0].sentence.find("points approve") != std::string::npos);
  screens = story.want(ca::SaveRecord{with(draft, "approved_on", "2026-01-06"), ""});
  REQUIRE(screens->records.form.problems.size() == 1);
  screens = story.want(ca::SaveRecord{with(draft, "state", "proposed"), ""});
  CHECK(screens->records.form.form.is_nil());

  screens = story.want(ca::OpenKind{"points_entry", ""});
  REQUIRE(screens->records.rows.size() == 2);
  const auto cells_of = [&](const Id& record) {
    for (const auto& row : screens->records.rows) {
      if (row.record != record) continue;
      std::string all;
      for (const auto& cell : row.cells)
        all += cell.text + " ";
      return all;
    }
    return std::string();
  };
  CHECK(cells_of(decided).find("不计分") != std::string::npos);
  screens = story.want(ca::OpenRecord{"", decided});
  CHECK(screens->records.form.read_only);
  CHECK(screens->records.form.why_read_only.find("不计分") != std::string::npos);
  screens = story.want(ca::VoidRecord{decided, "记错"});
  screens = story.want(ca::OpenRecord{"", decided});
  CHECK(screens->records.form.why_read_only.find("不计分") != std::string::npos);  // still not voided
}

}  // namespace lianxin::test
