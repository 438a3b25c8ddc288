#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>

#include "client/app/import_screens.hpp"
#include "shared/base/file.hpp"
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

TEST_CASE("what a roster says otherwise is told in words, and a number shows no more than elsewhere") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto path = roster(story);
  const auto preview = story.want(ca::PreviewImport{path.string()});
  story.want(ca::ApplyImport{preview->import.preview_token});
  const auto later = story.work.folder.path() / "党员名册2.csv";
  std::ofstream(later) << "姓名,性别,出生日期,联系电话,村\n"
                          "赵志远,女,1979-03-08,13800001234,三合村\n";
  const auto again = story.want(ca::PreviewImport{later.string()});
  REQUIRE(again->import.sheets.size() == 1);
  REQUIRE(again->import.sheets[0].rows.size() == 1);
  const std::string reason = again->import.sheets[0].rows[0].reason.text;
  CAPTURE(reason);
  CHECK(reason.find("性别：本机“男”，名册“女”") != std::string::npos);
  CHECK(again->import.sheets[0].rows[0].where == "第 2 行");
  CHECK(again->import.will_write == 0);
  CHECK(reason.find("补入") == std::string::npos);
  std::ofstream(later) << "姓名,性别,出生日期,联系电话,学历,村\n"
                          "赵志远,男,1979-03-08,13800004321,大专,三合村\n";
  const auto filled = story.want(ca::PreviewImport{later.string()});
  CHECK(filled->import.will_write == 1);
  const std::string brings = filled->import.sheets[0].rows[0].reason.text;
  CAPTURE(brings);
  CHECK(brings.find("补入 学历、联系方式 138****4321") != std::string::npos);
}

TEST_CASE("people without headings: a person says what each column is, then they are read") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto path = story.work.folder.path() / "bare.csv";
  std::ofstream(path) << "赵志远,男,1979-03-08,13800001234,三合村\n"
                         "单立新,女,1985-06-01,13900002222,三合村\n";
  const auto asked = story.want(ca::PreviewImport{path.string()});
  REQUIRE(asked->import.stage == cv::ImportStage::kPreview);
  CHECK(asked->import.will_write == 0);
  REQUIRE(asked->import.sheets.size() == 1);
  const auto& columns = asked->import.sheets[0].columns;
  REQUIRE(columns.size() == 5);
  CHECK(columns[0].sample == "赵志远");
  CHECK(columns[3].sample == "138****1234");
  story.want(ca::MapColumn{columns[1].key, "member.gender"});
  story.want(ca::MapColumn{columns[4].key, "unit.village"});
  const auto read = story.want(ca::MapColumn{columns[0].key, "member.name"});
  CHECK(read->import.will_write == 2);
  REQUIRE(read->import.sheets[0].columns.size() == 5);
  CHECK(read->import.sheets[0].columns[1].target == "member.gender");
  CHECK(read->import.sheets[0].columns[3].target.empty());
  const auto done = story.want(ca::ApplyImport{read->import.preview_token});
  CHECK(done->members.total == 2);
}

TEST_CASE("what a person said of a column beats the words above it, and is remembered for the next file") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto path = story.work.folder.path() / "odd.csv";
  std::ofstream(path) << "姓名,性别,出生日期,情况,村\n赵志远,男,1979-03-08,常回家,三合村\n";
  const auto first = story.want(ca::PreviewImport{path.string()});
  REQUIRE(first->import.sheets[0].columns.size() == 5);
  CHECK(first->import.sheets[0].columns[3].target.empty());
  const auto mapped = story.want(ca::MapColumn{first->import.sheets[0].columns[3].key, "member.remark"});
  CHECK(mapped->import.sheets[0].columns[3].target == "member.remark");
  CHECK(mapped->import.sheets[0].columns[3].by_hand);
  const auto without = story.want(ca::MapColumn{first->import.sheets[0].columns[1].key, ""});
  CHECK(without->import.sheets[0].columns[1].target.empty());
  CHECK(without->import.sheets[0].columns[3].target == "member.remark");
  story.want(ca::ApplyImport{without->import.preview_token});

  std::ofstream(path) << "姓名,性别,出生日期,情况,村\n单立新,女,1985-06-01,在外,三合村\n";
  const auto next = story.want(ca::PreviewImport{path.string()});
  CHECK(next->import.sheets[0].columns[3].target == "member.remark");
  CHECK(next->import.sheets[0].columns[1].target.empty());
}

TEST_CASE(
    "rows that name no village are asked about once; rows not taken go back as a file that reads again") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto path = story.work.folder.path() / "花名册.csv";
  std::ofstream(path) << "姓名,身份证号,联系电话\n"
                         "赵志远,22069919790308123,13800001234\n"
                         "单立新,,13900002222\n";
  const auto asked = story.want(ca::PreviewImport{path.string()});
  REQUIRE_FALSE(asked->import.villages.empty());
  CHECK(asked->import.rejected == 2);
  const auto village = story.want(ca::ChooseImportVillage{asked->import.villages.front().code});
  CHECK(village->import.sheets[0].accepted == 1);
  CHECK(village->import.rejected == 1);

  story.want(ca::SaveRejectedRows{});
  const auto back = story.work.folder.path() / "花名册-没有导入的行.xlsx";
  REQUIRE(std::filesystem::exists(back));
  const auto again = story.want(ca::PreviewImport{back.string()});
  REQUIRE(again->import.sheets.size() == 1);
  REQUIRE(again->import.sheets[0].rows.size() == 1);
  CHECK(again->import.sheets[0].rows[0].name == "赵志远");
  for (const cv::ImportColumn& column : again->import.sheets[0].columns)
    CHECK(column.target.empty() == (column.heading == "原表行号" || column.heading == "没有导入的原因"));
}

TEST_CASE("what a person has said of columns is a map; what the words above them say is not") {
  client::import::RosterSheet sheet;
  client::import::RosterTable table;
  table.columns.resize(3);
  table.columns[0].key = "姓名";
  table.columns[0].target = "member.name";
  table.columns[1].key = "@C";
  table.columns[1].target = "member.remark";
  table.columns[1].chosen = true;
  table.columns[2].key = "性别";
  table.columns[2].target = "-";
  table.columns[2].chosen = true;
  sheet.tables.push_back(table);
  const std::string lines = ca::chosen_columns({sheet});
  CHECK(lines == "@C\tmember.remark\n性别\t-\n");
  CHECK(client::import::ColumnMap::parse(lines).ok());
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
  for (const char* name : {"老名册.XLS", "给县里.lxb", "门口.JPG", "别的.doc"})
    REQUIRE(replace_file(story.work.folder.path() / name, "x").ok());
  const auto listed = story.want(ca::BrowseFolder{story.work.folder.path().string()});
  const auto files = [](const cv::FolderView& folder) {
    std::vector<std::string> names;
    for (const cv::FileEntry& entry : folder.entries) {
      if (!entry.folder) names.push_back(entry.name);
    }
    return names;
  };
  CHECK(files(listed->import.folder) == std::vector<std::string>{"党员名册.csv", "老名册.XLS"});
  CHECK(files(listed->sync.folder) == std::vector<std::string>{"给县里.lxb"});
  CHECK(files(listed->member.photos.folder) == std::vector<std::string>{"门口.JPG"});
}

}  // namespace lianxin::test
