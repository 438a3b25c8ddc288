#include <cstdint>
#include <doctest/doctest.h>
#include <filesystem>

#include "client/app/laptop_folder.hpp"
#include "shared/base/file.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

TEST_CASE("a wrong passphrase is said in a sentence, and the right one opens") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  const auto wrong = story.want(ca::Unlock{".", "not this passphrase"});
  CHECK(wrong->shell.access == cv::Access::kLocked);
  CHECK_FALSE(wrong->unlock.problem.empty());
  CHECK_FALSE(wrong->unlock.working);
  story.unlock();
  CHECK(story.app->screens()->members.rows.size() == 1);
}

TEST_CASE("locking wipes the screens, and the next unlock names the person") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  const auto locked = story.want(ca::Lock{true});
  CHECK(locked->shell.access == cv::Access::kLocked);
  CHECK(locked->members.rows.empty());
  CHECK(locked->today.due.empty());
  CHECK_FALSE(locked->unlock.notice.empty());
  REQUIRE(locked->unlock.owners.size() == 1);
  CHECK(locked->unlock.owners[0].person == "顾小满");
  story.unlock();
}

TEST_CASE("whoever comes in next begins at the own unit, not where the one before was looking") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  CHECK(story.want(ca::AskFigures{Id::make(4), "month", 36})->figures.state.readiness ==
        cv::Readiness::kFailed);
  CHECK(story.want(ca::AskForms{Id::make(4), "month"})->forms.state.readiness == cv::Readiness::kFailed);
  story.want(ca::Lock{});
  story.unlock();
  const auto figures = story.want(ca::OpenPage{cv::Page::kReports});
  CHECK(figures->figures.state.readiness == cv::Readiness::kReady);
  CHECK(figures->figures.question.period == "year");
  CHECK(story.want(ca::OpenPage{cv::Page::kForms})->forms.state.readiness == cv::Readiness::kReady);
}

TEST_CASE("the unlock page says place and role in the language of now, without another unlock") {
  AppStory story([](WorkStore& work) {
    client::store::Edit worker;
    worker.kind = "worker";
    worker.record = work.store->identity().worker;
    worker.create = true;
    worker.fields = {{"name", client::store::FieldEdit::Op::kSet, "顾小满"},
                     {"roles", client::store::FieldEdit::Op::kAdd, "grid_worker"}};
    const auto saved = work.store->records().save({worker});
    REQUIRE(saved.ok());
    REQUIRE(saved->ok);
  });
  story.unlock();
  const std::string chinese = story.want(ca::Lock{})->unlock.owners.at(0).place;
  story.unlock();
  story.want(ca::SetLanguage{"en"});
  story.stop();
  story.start();
  const std::string english = story.app->screens()->unlock.owners.at(0).place;
  CHECK(chinese.find("网格员") != std::string::npos);
  CHECK(english.find("Grid worker") != std::string::npos);
}

TEST_CASE("whoever comes in is told that a part of the second copy could not be read") {
  std::uintmax_t first_end = 0;
  std::uintmax_t second_end = 0;
  AppStory story([&](WorkStore& work) {
    const std::filesystem::path journal = work.home() / "journal.lx";
    put_member(*work.store, "一");
    first_end = std::filesystem::file_size(journal);
    put_member(*work.store, "二");
    second_end = std::filesystem::file_size(journal);
    put_member(*work.store, "三");
  });
  const std::filesystem::path file = story.work.home() / "journal.lx";
  story.unlock();
  CHECK(story.toast() == "");
  story.stop();
  const Bytes whole = read_file(file, 1 << 20).value();  // a part for each
  const auto hurt = [&] {
    Bytes journal = whole;
    journal[(first_end + second_end) / 2] = static_cast<char>(journal[(first_end + second_end) / 2] ^ 1);
    REQUIRE(replace_file(file, journal).ok());
  };
  hurt();
  story.start();
  story.unlock();
  CHECK(story.toast().find("第二份副本有一部分已损坏") != std::string::npos);
  // The program wrote the second copy anew, so it is not told again.
  story.stop();
  story.start();
  story.unlock();
  CHECK(story.toast() == "");
  // With what happened to the database, both are told.
  story.stop();
  hurt();
  std::filesystem::resize_file(story.work.home() / "store.db", 5000);
  story.start();
  story.unlock();
  CHECK(story.toast().find("找不到") != std::string::npos);
  CHECK(story.toast().find("第二份副本有一部分已损坏") != std::string::npos);
}

TEST_CASE("joining with a bad line or a short passphrase is answered at the field") {
  TempFolder folder;
  ca::AppSettings settings;
  settings.home = folder.path();
  ca::App app(std::move(settings));
  app.take({ca::Enrol{"https://127.0.0.1:1/#c#p", "short"}});
  app.wait_until_idle();
  REQUIRE(app.screens()->enrol.problems.size() == 1);
  CHECK(app.screens()->enrol.problems[0].field == "passphrase");
  app.take({ca::Enrol{"https://127.0.0.1:1/#c#p", std::string(100 * 1024, 'x')}});
  app.wait_until_idle();
  REQUIRE(app.screens()->enrol.problems.size() == 1);
  CHECK(app.screens()->enrol.problems[0].sentence.find("1024") != std::string::npos);
  app.take({ca::Enrol{"https://nothing", "a long enough passphrase"}});
  app.wait_until_idle();
  REQUIRE(app.screens()->enrol.problems.size() == 1);
  CHECK(app.screens()->enrol.problems[0].field == "join_line");
  CHECK(app.screens()->enrol.stage == cv::EnrolStage::kAsk);
}

TEST_CASE("a new passphrase opens, the old one no more") {
  AppStory story([](WorkStore&) {});
  story.unlock();
  const auto refused = story.want(ca::ChangePassphrase{"not the old one", "another long passphrase"});
  REQUIRE(refused->settings.passphrase_problems.size() == 1);
  CHECK(refused->settings.passphrase_problems[0].field == "old");
  const auto changed = story.want(ca::ChangePassphrase{std::string(kPassphrase), "another long passphrase"});
  CHECK(changed->settings.passphrase_problems.empty());
  story.want(ca::Lock{});
  CHECK(story.want(ca::Unlock{".", std::string(kPassphrase)})->shell.access == cv::Access::kLocked);
  CHECK(story.want(ca::Unlock{".", "another long passphrase"})->shell.access == cv::Access::kOpen);
}

TEST_CASE("several people have their stores in one folder, and each name leads to its own") {
  TempFolder folder;
  ca::LaptopFolder laptop(folder.path());
  CHECK(laptop.owners().empty());
  CHECK(laptop.next_folder() == folder.path());
  SmallCounty county;
  { REQUIRE(client::store::LaptopStore::create(county.enrol(folder.path()), county.clock).ok()); }
  const auto second = laptop.next_folder();
  CHECK(second != folder.path());
  { REQUIRE(client::store::LaptopStore::create(county.enrol(second), county.clock).ok()); }
  const ca::PlaceWords places = {{"zh-CN", "三合村 · 网格员"}, {"en", "三合村 · Grid worker"}};
  REQUIRE(laptop.remember_owner(laptop.name_of(second), "李秀英", places).ok());
  const ca::LaptopFolder again(folder.path());
  REQUIRE(again.owners().size() == 2);
  for (const cv::StoreOwner& owner : again.owners()) {
    if (owner.person == "李秀英") CHECK(again.store_folder(owner.store) == second);
  }
  // The page speaks the language of now.
  const auto place = [&](const char* language) {
    ca::LaptopFolder looking(folder.path());
    looking.use_language(language);
    for (const cv::StoreOwner& owner : looking.owners()) {
      if (owner.person == "李秀英") return owner.place;
    }
    return std::string("nobody");
  };
  CHECK(place("zh-CN") == "三合村 · 网格员");
  CHECK(place("en") == "三合村 · Grid worker");
  CHECK(again.store_folder("../elsewhere").parent_path() == folder.path());
}

}  // namespace lianxin::test
