#include "client/app/app.hpp"

#include <doctest/doctest.h>
#include <future>

#include "client/app/desk.hpp"
#include "client/app/published.hpp"
#include "client/app/worker_thread.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

TEST_CASE("jobs of a thread run in their order, and stopping waits for those taken") {
  std::vector<int> order;
  {
    ca::WorkerThread thread;
    for (int i = 0; i < 100; ++i)
      CHECK(thread.post([&order, i] { order.push_back(i); }));
    thread.stop();
    CHECK_FALSE(thread.post([&order] { order.push_back(-1); }));
  }
  REQUIRE(order.size() == 100);
  CHECK(order.front() == 0);
  CHECK(order.back() == 99);
}

TEST_CASE("the window takes the newest screens at once while the store thread is busy") {
  ca::Published published({});
  ca::WorkerThread store;
  std::promise<void> begun;
  std::promise<void> release;
  store.post([&] {
    begun.set_value();
    release.get_future().wait();
    published.publish(std::make_shared<const cv::ScreensView>(), std::make_shared<const Messages>());
  });
  begun.get_future().wait();
  const auto before = published.screens();  // the store thread is in the middle of its job
  CHECK(before != nullptr);
  release.set_value();
  store.stop();
  CHECK(published.screens() != before);
}

TEST_CASE("a laptop without a store asks to join, one with a store to unlock") {
  TempFolder folder;
  ca::AppSettings settings;
  settings.home = folder.path();
  ca::App empty(std::move(settings));
  CHECK(empty.screens()->shell.access == cv::Access::kNotEnrolled);

  AppStory story([](WorkStore&) {});
  CHECK(story.app->screens()->shell.access == cv::Access::kLocked);
  CHECK(story.app->screens()->unlock.owners.size() == 1);
}

TEST_CASE("commands before anybody has unlocked show nothing and change nothing") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  const auto screens = story.want(ca::OpenPage{cv::Page::kMembers});
  CHECK(screens->members.rows.empty());
  CHECK(screens->shell.access == cv::Access::kLocked);
}

TEST_CASE("closing the program while commands wait ends cleanly with all of them done") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  const auto form = story.want(ca::OpenVisitForm{member});
  cv::VisitDraft draft = form->visit.draft;
  draft.content = "还没写完";
  story.app->take({ca::StashDraft{draft, form->visit.shown_token}, ca::StartSync{}});
  story.stop();
  story.start();
  story.unlock();
  CHECK(story.app->screens()->today.drafts.size() == 1);
}

}  // namespace lianxin::test
