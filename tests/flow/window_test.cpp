// The program behind the window against a real server over TLS: joining, working, the receipt, coming back.
#include <cstdlib>
#include <doctest/doctest.h>

#include "client/app/app.hpp"
#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace ca = lianxin::client::app;
namespace cv = lianxin::client::view;

using Screens = std::shared_ptr<const cv::ScreensView>;

/// The program as the window drives it, in a folder of its own.
class Window {
 public:
  explicit Window(std::filesystem::path home) : home_(std::move(home)) { open(); }
  void open() {
    ca::AppSettings settings;
    settings.home = home_;
    settings.language = "zh-CN";
    app_ = std::make_unique<ca::App>(std::move(settings));
    app_->wait_until_idle();
  }
  void close() { app_.reset(); }
  template <class T>
  Screens want(T command) {
    app_->take({std::move(command)});
    app_->wait_until_idle();
    return app_->screens();
  }

 private:
  std::filesystem::path home_;
  std::unique_ptr<ca::App> app_;
};

std::string join_line(const County& county, const std::string& worker) {
  return county.server({"device", "add", "--worker", worker}).at("join");
}

TEST_CASE("a worker joins in the window, works, syncs with a green receipt, and comes back the next day") {
  County county;
  Laptop b = county.laptop("乙", "worker", kSanhe);
  b.ctl({"put", "member", "name=赵连心", std::string("home_village_id=") + kSanhe});
  b.ctl({"sync"});
  const std::string worker =
      county.server({"worker", "add", "--name", "甲", "--role", "worker", "--scope", kSanhe}).at("worker");
  const std::string join = join_line(county, worker);

  Window window(county.folder() / "window");
  Screens screens = window.want(ca::Enrol{join, "雪路十里 still open"});
  CHECK(screens->enrol.problem == "");
  REQUIRE(screens->shell.access == cv::Access::kOpen);
  screens = window.want(ca::OpenPage{cv::Page::kMembers});
  REQUIRE(screens->members.rows.size() == 1);  // the first sync is part of joining

  screens = window.want(ca::OpenVisitForm{screens->members.rows[0].member});
  cv::VisitDraft visit = screens->visit.draft;
  visit.purposes = {"talk"};
  visit.met_persons = {"self"};
  visit.content = "家里都好，十月回来过";
  screens = window.want(ca::SaveVisit{visit, screens->visit.shown_token});
  for (const cv::Problem& problem : screens->visit.problems)
    FAIL_CHECK(problem.field << ": " << problem.sentence);
  CHECK(window.want(ca::OpenPage{cv::Page::kSync})->sync.unsent > 0);
  screens = window.want(ca::StartSync{});
  CHECK(screens->sync.receipt_green);
  CHECK(screens->sync.unsent == 0);
  window.close();

  b.ctl({"sync"});
  CHECK(b.ctl({"list", "visit"}).size() == 1);
  window.open();
  REQUIRE(window.want(ca::OpenPage{})->unlock.owners.size() == 1);
  const std::string store = window.want(ca::OpenPage{})->unlock.owners[0].store;
  screens = window.want(ca::Unlock{store, "雪路十里 still open"});
  CHECK(screens->shell.access == cv::Access::kOpen);
  CHECK(screens->today.week.back().count == 1);
}

TEST_CASE(
    "a laptop set up by stick comes on the line from the window, before its file has reached the county") {
  County county;
  const std::string worker =
      county.server({"worker", "add", "--name", "甲", "--role", "worker", "--scope", kSanhe}).at("worker");
  const auto offer = county.folder() / "offer.lxb";
  county.server({"device", "add", "--worker", worker, "--out", offer.string()});
  Laptop laptop(county.folder() / "stick", "甲");
  laptop.ctl({"enrol", "--file", offer.string()});
  laptop.ctl({"put", "member", "name=赵连心", std::string("home_village_id=") + kSanhe});

  Window window(laptop.home());
  REQUIRE(window.want(ca::Unlock{".", kPassphrase})->shell.access == cv::Access::kOpen);
  const Screens screens = window.want(ca::StartSync{});
  CHECK(screens->sync.problem == "");
  CHECK(screens->sync.receipt_green);
  window.close();
  CHECK(laptop.ctl({"status"}).at("unsent") == 0);
  CHECK(laptop.ctl({"sync"}).at("complete") == true);
}

const cv::FieldSection* section_of(const Screens& screens, const std::string& key) {
  for (const cv::FieldSection& section : screens->member.sections) {
    if (section.key == key) return &section;
  }
  return nullptr;
}

TEST_CASE("fields of the county's own that come with a sync stand on the open window's pages and are saved") {
  County county;
  const std::string worker =
      county.server({"worker", "add", "--name", "甲", "--role", "secretary", "--scope", kSanhe}).at("worker");
  Laptop b = county.laptop("乙", "secretary", kSanhe);
  b.ctl({"put", "member", "name=赵连心", std::string("home_village_id=") + kSanhe});
  b.ctl({"sync"});
  Window window(county.folder() / "window");
  REQUIRE(window.want(ca::Enrol{join_line(county, worker), "雪路十里 still open"})->shell.access ==
          cv::Access::kOpen);
  Screens screens = window.want(ca::OpenPage{cv::Page::kMembers});
  REQUIRE(screens->members.rows.size() == 1);
  const lianxin::Id member = screens->members.rows[0].member;
  CHECK(section_of(window.want(ca::OpenMember{member}), "own") == nullptr);

  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  county.server({"catalogue", "extend", std::string(root) + "/tests/data/extension.tsv"});
  CHECK(window.want(ca::StartSync{})->sync.receipt_green);
  screens = window.want(ca::OpenMember{member});
  const cv::FieldSection* own = section_of(screens, "own");
  REQUIRE(own != nullptr);
  CHECK(own->title == "本县自设栏目");
  REQUIRE(own->rows.size() == 3);
  CHECK(own->rows[0].label == "来镇方式");
  CHECK(own->rows[0].input == cv::FieldInput::kCode);
  CHECK(own->rows[0].choices.size() == 3);
  cv::MemberDraft draft = screens->member.draft;
  draft.member = member;
  draft.edits = {{member, "member", "own_ride", "bus"}, {member, "member", "own_skills_wanted", "电焊"}};
  draft.cause = "visit";
  screens = window.want(ca::SaveMember{draft, screens->member.shown_token});
  CHECK(screens->member.problems.empty());
  CHECK(section_of(window.want(ca::OpenMember{member}), "own")->rows[0].value == "班车");

  screens = window.want(ca::OpenVisitForm{member});
  REQUIRE(screens->visit.own.size() == 1);
  CHECK(screens->visit.own[0].label == "已查看取暖安全");
  cv::VisitDraft visit = screens->visit.draft;
  visit.purposes = {"talk"};
  visit.met_persons = {"self"};
  visit.content = "家里都好";
  visit.edits = {{lianxin::Id(), "visit", "own_stove_checked", "1"}};
  screens = window.want(ca::SaveVisit{visit, screens->visit.shown_token});
  for (const cv::Problem& problem : screens->visit.problems)
    FAIL_CHECK(problem.field << ": " << problem.sentence);
  CHECK(window.want(ca::StartSync{})->sync.receipt_green);

  b.ctl({"sync"});
  const Json visits = b.ctl({"list", "visit"});
  REQUIRE(visits.size() == 1);
  CHECK(b.ctl({"get", visits.at(0).at("id")}).at("fields").at("own_stove_checked").at("value") == "1");
  CHECK(b.ctl({"get", member.text()}).at("fields").at("own_ride").at("value") == "bus");
  CHECK(b.ctl({"verify"}).at("ok") == true);
}

TEST_CASE("a used join code, a server that is gone and another server's pin are said, and joining goes on") {
  County county;
  const std::string worker =
      county.server({"worker", "add", "--name", "甲", "--role", "worker", "--scope", kSanhe}).at("worker");
  const std::string used = join_line(county, worker);
  Window first(county.folder() / "first");
  REQUIRE(first.want(ca::Enrol{used, "a long enough passphrase"})->shell.access == cv::Access::kOpen);

  Window window(county.folder() / "window");
  const auto refused = [&](const std::string& line) {
    const Screens screens = window.want(ca::Enrol{line, "a long enough passphrase"});
    INFO(line);
    CHECK(screens->shell.access != cv::Access::kOpen);
    CHECK(screens->enrol.stage == cv::EnrolStage::kAsk);
    const std::string said =
        screens->enrol.problems.empty() ? screens->enrol.problem : screens->enrol.problems[0].sentence;
    CHECK(said.find("error.") == std::string::npos);
    return said;
  };
  const std::string fresh = join_line(county, worker);
  std::string other_pin = fresh;
  char& letter = other_pin[other_pin.rfind('#') + 12];
  letter = letter == 'A' ? 'B' : 'A';
  const std::string said_used = refused(used);
  const std::string said_pin = refused(other_pin);
  county.stop();
  const std::string said_gone = refused(fresh);
  for (const std::string& said : {said_used, said_pin, said_gone})
    CHECK_FALSE(said.empty());
  CHECK(said_used != said_pin);
  CHECK(said_pin != said_gone);
  MESSAGE(said_used << " / " << said_pin << " / " << said_gone);
  county.start();
  CHECK(window.want(ca::Enrol{fresh, "a long enough passphrase"})->shell.access == cv::Access::kOpen);
}

}  // namespace
