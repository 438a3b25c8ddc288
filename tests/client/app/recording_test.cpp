// Records of kinds without a page of their own, behind the window.
#include <algorithm>
#include <doctest/doctest.h>

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

}  // namespace lianxin::test
