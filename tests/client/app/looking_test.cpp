#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

TEST_CASE("of letters typed quickly the last search is answered") {
  AppStory story([](WorkStore& work) {
    put_member(*work.store, "赵志远");
    put_member(*work.store, "单立新");
  });
  story.unlock();
  story.app->take({ca::Search{"赵"}});
  story.app->take({ca::Search{"单"}});
  story.app->wait_until_idle();
  const auto screens = story.app->screens();
  CHECK(screens->members.query == "单");
  REQUIRE(screens->members.rows.size() == 1);
  CHECK(screens->members.rows[0].name == "单立新");
}

TEST_CASE("a saved visit opens with its values, to be amended and not doubled") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{member});
  cv::VisitDraft draft = form->visit.draft;
  draft.met_persons = {"self"};
  draft.purposes = {"verify"};
  draft.content = "身体尚可";
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  const auto opened = story.want(ca::OpenVisit{draft.draft});
  CHECK(opened->visit.draft.content == "身体尚可");
  CHECK(opened->visit.draft.outcome == "met");
  cv::VisitDraft amended = opened->visit.draft;
  amended.content = "身体尚可，想参加线上主题党日";
  amended.purposes = {"talk"};
  story.want(ca::SaveVisit{amended, opened->visit.shown_token});
  CHECK(story.want(ca::OpenMember{member})->member.facts.size() == 1);
  const auto again = story.want(ca::OpenVisit{draft.draft});
  CHECK(again->visit.draft.purposes == std::vector<std::string>{"talk"});
}

TEST_CASE("a saved visit that is said to have been made by telephone stays a visit, with a visit's outcome") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{member});
  CHECK_FALSE(form->visit.draft.is_kept);
  cv::VisitDraft draft = form->visit.draft;
  draft.met_persons = {"self"};
  story.want(ca::SaveVisit{draft, form->visit.shown_token});
  const auto opened = story.want(ca::OpenVisit{draft.draft});
  CHECK(opened->visit.draft.is_kept);
  draft = opened->visit.draft;
  draft.mode = "phone";
  CHECK_FALSE(cv::is_call(draft));
  CHECK(story.want(ca::SaveVisit{draft, opened->visit.shown_token})->visit.form.is_nil());
  const auto again = story.want(ca::OpenVisit{draft.draft});
  CHECK(again->visit.draft.mode == "phone");
  CHECK(again->visit.draft.outcome == "met");
}

TEST_CASE("leaving a form closes it") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  const Id form = story.want(ca::OpenVisitForm{member})->visit.form;
  CHECK(story.want(ca::CloseForm{form})->visit.form.is_nil());
}

}  // namespace lianxin::test
