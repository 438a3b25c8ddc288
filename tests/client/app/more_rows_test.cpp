// A register that is read to its end grows, piece by piece, and keeps its length when it is built again.
#include <doctest/doctest.h>

#include "client/view/register_view_builder.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

constexpr std::size_t kVisits = 1230;

/// Visits of one member, several a day, saved as one.
void many_visits(WorkStore& work) {
  const Id member = put_member(*work.store, "赵志远");
  std::vector<client::store::Edit> edits;
  for (std::size_t i = 0; i < kVisits; ++i) {
    client::store::Edit edit;
    edit.kind = "visit";
    edit.fields = {
        {"members", client::store::FieldEdit::Op::kAdd, member.text()},
        {"occurred_on", client::store::FieldEdit::Op::kSet, day(*work.store, static_cast<int>(i % 400))},
        {"outcome", client::store::FieldEdit::Op::kSet, "met"}};
    edits.push_back(std::move(edit));
  }
  const auto saved = work.store->records().save(edits);
  REQUIRE(saved.ok());
  REQUIRE(saved->ok);
}

const cv::RegisterView& visits_of(const cv::ScreensView& screens) {
  REQUIRE(screens.registers.size() == 1);
  return screens.registers.front();
}

/// What is under way is waited for; an empty command between lets it go on.
std::shared_ptr<const cv::ScreensView> until(AppStory& story, std::size_t rows) {
  auto screens = story.app->screens();
  for (int i = 0; i < 40 && visits_of(*screens).rows.size() != rows; ++i)
    screens = story.want(ca::Search{});
  return screens;
}

std::vector<Id> records_of(const cv::RegisterView& view) {
  std::vector<Id> out;
  for (const cv::RegisterRow& row : view.rows)
    out.push_back(row.record);
  return out;
}

}  // namespace

TEST_CASE("a register grows by pieces to what one reading gives, and is as long after a save") {
  AppStory story(many_visits);
  story.unlock();
  auto screens = story.want(ca::OpenPage{cv::Page::kVisits});
  CHECK(visits_of(*screens).rows.size() == cv::kRegisterRows);
  CHECK(visits_of(*screens).has_more);
  for (const std::size_t rows : {std::size_t{600}, std::size_t{1200}, kVisits}) {
    story.want(ca::MoreRows{cv::Page::kVisits});
    screens = until(story, rows);
    CHECK(visits_of(*screens).rows.size() == rows);
    CHECK(visits_of(*screens).has_more == (rows < kVisits));
  }
  REQUIRE(visits_of(*screens).rows.size() == kVisits);
  CHECK_FALSE(visits_of(*screens).has_more);
  const std::vector<Id> in_pieces = records_of(visits_of(*screens));

  const Id last = in_pieces.back();
  auto form = story.want(ca::OpenVisit{last});
  cv::VisitDraft draft = form->visit.draft;
  draft.outcome = "nobody";
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  for (int i = 0; i < 40 && visits_of(*screens).rows.back().cells[4].text == "见到本人"; ++i)
    screens = story.want(ca::Search{});
  CHECK(records_of(visits_of(*screens)) == in_pieces);
  CHECK(visits_of(*screens).rows.back().cells[4].text != visits_of(*screens).rows.front().cells[4].text);

  // Another page in front, and the register begins anew.
  story.want(ca::OpenPage{cv::Page::kToday});
  screens = story.want(ca::OpenPage{cv::Page::kVisits});
  CHECK(visits_of(*screens).rows.size() == cv::kRegisterRows);
}

}  // namespace lianxin::test
