#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

std::filesystem::path roster(const AppStory& story) {
  const auto path = story.work.folder.path() / "党员名册.csv";
  std::ofstream(path) << "姓名,性别,出生日期,联系电话,村\n"
                         "赵志远,男,1979-03-08,13800001234,三合村\n"
                         "单立新,女,1985-06-01,13900002222,三合村\n";
  return path;
}

}  // namespace

TEST_CASE("a roster is shown before anything is written, written as shown, and taken back") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto path = roster(story);
  const auto preview = story.want(ca::PreviewImport{path.string()});
  REQUIRE(preview->import.stage == cv::ImportStage::kPreview);
  REQUIRE(preview->import.sheets.size() == 1);
  CHECK(preview->import.sheets[0].accepted == 2);
  CHECK(preview->import.sheets[0].rows[0].phone_masked == "138****1234");
  CHECK(preview->import.will_write == 2);
  CHECK(story.want(ca::OpenPage{cv::Page::kMembers})->members.total == 0);

  const auto done = story.want(ca::ApplyImport{preview->import.preview_token});
  CHECK(done->import.stage == cv::ImportStage::kDone);
  CHECK(done->members.total == 2);
  REQUIRE(done->import.past.size() == 1);
  CHECK(done->import.past[0].can_undo);

  const auto undone = story.want(ca::UndoImport{done->import.past[0].batch});
  CHECK(undone->members.total == 0);
}

TEST_CASE("a preview that is not the one on the screen is not written") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  story.want(ca::PreviewImport{roster(story).string()});
  const auto refused = story.want(ca::ApplyImport{"something else"});
  CHECK(refused->members.total == 0);
  CHECK(refused->import.stage == cv::ImportStage::kPreview);
}

TEST_CASE("a file that is no roster is answered in a sentence; a folder is listed for the chooser") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto missing = story.want(ca::PreviewImport{(story.work.folder.path() / "nothing.xlsx").string()});
  CHECK(missing->import.stage == cv::ImportStage::kFailed);
  CHECK_FALSE(missing->import.problem.empty());
  roster(story);
  const auto listed = story.want(ca::BrowseFolder{story.work.folder.path().string()});
  bool found = false;
  for (const cv::FileEntry& entry : listed->import.folder.entries)
    found = found || entry.name == "党员名册.csv";
  CHECK(found);
}

}  // namespace lianxin::test
