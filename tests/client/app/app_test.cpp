#include "client/app/app.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <future>
#include <new>
#include <set>

#include "client/app/desk.hpp"
#include "client/app/published.hpp"
#include "client/app/worker_thread.hpp"
#include "shared/base/log.hpp"
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

TEST_CASE("what a job throws is told, and the next job runs") {
  set_log_target("off");
  std::vector<std::string> seen;
  {
    ca::WorkerThread thread([&seen] { seen.emplace_back("thrown"); });
    thread.post([] { throw std::bad_alloc(); });
    thread.post([&seen] { seen.emplace_back("next"); });
    thread.post([] { throw 1; });
  }
  set_log_target("");
  CHECK(seen == std::vector<std::string>{"thrown", "next", "thrown"});
}

namespace {

/// A clock as of a program that fails inside.
class FailingClock final : public Clock {
 public:
  explicit FailingClock(const Clock& clock) : clock_(clock) {}
  [[nodiscard]] WallMs now_ms() const override {
    if (fails) throw std::bad_alloc();
    return clock_.now_ms();
  }
  std::atomic<bool> fails{false};

 private:
  const Clock& clock_;
};

}  // namespace

TEST_CASE(
    "after something was thrown the store is closed, its owner is told, and all that was saved is there") {
  set_log_target("off");
  AppStory story([](WorkStore& work) {
    (void)put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});
  });
  FailingClock clock(story.work.county.clock);
  story.laptop_clock = &clock;
  story.start();
  const std::string told = story.app->messages()->get("app.started_over");
  // On the store's thread; then on the net's, which asks the store's.
  for (const bool on_net : {false, true}) {
    story.unlock();
    clock.fails = true;
    const auto screens = on_net ? story.want(ca::StartSync{}) : story.want(ca::OpenPage{cv::Page::kToday});
    clock.fails = false;
    CHECK(screens->shell.access == cv::Access::kLocked);
    CHECK(screens->unlock.notice == told);
  }
  story.unlock();
  const auto screens = story.want(ca::OpenPage{cv::Page::kMembers});
  REQUIRE(screens->members.rows.size() == 1);
  story.app.reset();
  set_log_target("");
}

TEST_CASE("while the store of an earlier program is brought up to date the window says how far it is") {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  AppStory story([](WorkStore&) {});
  story.stop();
  const std::filesystem::path home = story.work.home();
  std::filesystem::remove_all(home);
  std::filesystem::create_directory(home);
  for (const char* file : {"keys.lx", "store.db", "journal.lx", "head.lx"})
    std::filesystem::copy_file(std::filesystem::path(root) / "tests/golden/home" / "22" / file, home / file);
  std::atomic<bool> is_looked_at{false};
  std::set<std::string> said;
  story.on_publish = [&] {
    if (is_looked_at) said.insert(story.app->screens()->unlock.notice);
  };
  story.start();
  is_looked_at = true;
  story.unlock();
  is_looked_at = false;
  const std::string sentence = story.app->messages()->get("app.upgrading");
  const std::string beginning = sentence.substr(0, sentence.find('{'));
  REQUIRE_FALSE(beginning.empty());
  const auto steps = std::count_if(said.begin(), said.end(),
                                   [&](const std::string& notice) { return notice.starts_with(beginning); });
  CHECK(steps > 20);
  CHECK(story.app->screens()->unlock.notice == "");
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
