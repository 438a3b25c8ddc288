// Files on a stick from the window.
#include <doctest/doctest.h>
#include <filesystem>

#include "sync/wire/bundle.hpp"
#include "tests/client/app/app_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace ca = client::app;
namespace fs = std::filesystem;

TEST_CASE("what waits is saved to a stick, and looking into a file takes nothing in") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  const std::uint32_t unsent = story.app->screens()->sync.unsent;
  const TempFolder stick;
  const auto saved = story.want(ca::ExportBundle{stick.path().string()});
  CHECK_FALSE(saved->sync.bundle_notice.empty());
  CHECK(saved->sync.unsent == unsent);
  std::string file;
  for (const auto& entry : fs::directory_iterator(stick.path()))
    file = entry.path().string();
  REQUIRE(file.ends_with(".lxb"));

  const auto looked = story.want(ca::ImportBundle{file, true});
  CHECK(looked->sync.bundle_path == file);
  CHECK(looked->sync.bundle_holds.size() >= 5);
  const auto left = story.want(ca::ImportBundle{});
  CHECK(left->sync.bundle_path.empty());
  // One's own file is not for oneself: said, and nothing changes.
  const auto refused = story.want(ca::ImportBundle{file, false});
  CHECK(refused->sync.bundle_notice.empty());
  CHECK(refused->sync.unsent == unsent);
}

}  // namespace
