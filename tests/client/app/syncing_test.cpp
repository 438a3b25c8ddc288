#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>

#include "client/app/audit.hpp"
#include "client/app/receipt_paper.hpp"
#include "client/app/receipt_words.hpp"
#include "client/app/replica_proxy.hpp"
#include "client/store/machine_mark.hpp"
#include "shared/base/file.hpp"
#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

TEST_CASE("a sync from the window ends with a green receipt and nothing unsent") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  CHECK(story.app->screens()->sync.unsent > 0);
  const auto done = story.want(ca::StartSync{});
  CHECK(done->sync.panel == cv::SyncPanel::kDone);
  CHECK(done->sync.receipt_green);
  CHECK(done->sync.unsent == 0);
  REQUIRE(done->sync.past.size() == 1);
  for (const cv::ScopeReceipt& scope : done->sync.scopes)
    CHECK(scope.equal);
}

TEST_CASE("a sync is dated by the county's clock where the laptop's was wrong") {
  constexpr WallMs kAt = 1'790'000'000'000;
  constexpr std::int64_t kYear = 365LL * 24 * 3600 * 1000;
  const auto told = [&](const std::string& summary) {
    return ca::county_time(client::store::PastSync{kAt, true, summary});
  };
  CHECK(told(R"({"clock_offset_ms":31536000000})") == kAt - kYear);
  CHECK(told(R"({"clock_offset_ms":-31536000000})") == kAt + kYear);
  CHECK(told(R"({"clock_offset_ms":90000})") == kAt);  // as far off as nobody is told of
  CHECK(told(R"({"error":"net.unreachable"})") == kAt);
  CHECK(told("") == kAt);
}

TEST_CASE("the status line and the sync page of a laptop a year ahead date a sync by the county's clock") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.stop();
  constexpr std::int64_t kYear = 365LL * 24 * 3600 * 1000;
  ManualClock ahead(kTestDay + kYear);
  story.laptop_clock = &ahead;
  story.start();
  story.unlock();
  const auto done = story.want(ca::StartSync{});
  CHECK(done->shell.receipt.text.find("上次同步 9月21日") != std::string::npos);
  CHECK(done->sync.receipt_when.starts_with("9月21日"));
  story.work.county.loses_answers = true;
  const auto broken = story.want(ca::StartSync{});
  CHECK(broken->shell.receipt.text.find("上次同步 9月21日") != std::string::npos);
  CHECK(broken->sync.past.front().when.starts_with("9月21日"));
  story.stop();
}

TEST_CASE("a receipt is printed into the person's folder; without one it is said so") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  const std::string home = story.work.folder.path().string();
  const char* before = std::getenv("HOME");
  const std::string kept = before == nullptr ? "" : before;
  setenv("HOME", home.c_str(), 1);
  story.unlock();
  CHECK_FALSE(story.app->screens()->sync.can_print_receipt);
  story.want(ca::PrintReceipt{});
  CHECK(story.toast().find("还没有同步过") != std::string::npos);
  CHECK(story.want(ca::StartSync{})->sync.can_print_receipt);
  story.want(ca::PrintReceipt{});
  setenv("HOME", kept.c_str(), 1);
  std::filesystem::path printed;
  for (const auto& entry : std::filesystem::directory_iterator(home)) {
    if (entry.path().extension() == ".pdf") printed = entry.path();
  }
  REQUIRE_FALSE(printed.empty());
  CHECK(printed.filename().string().starts_with("同步凭据-2026-"));
  CHECK(story.toast().find(printed.string()) != std::string::npos);
  const auto pdf = read_file(printed, 1 << 20);
  REQUIRE(pdf.ok());
  CHECK(pdf->starts_with("%PDF-"));
}

TEST_CASE("a line that breaks loses nothing: it is said, and the next sync goes on") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  story.work.county.loses_answers = true;
  const auto broken = story.want(ca::StartSync{});
  CHECK(broken->sync.panel == cv::SyncPanel::kFailed);
  CHECK_FALSE(broken->sync.problem.empty());
  CHECK_FALSE(broken->sync.receipt_green);
  story.work.county.loses_answers = false;
  CHECK(story.want(ca::StartSync{})->sync.receipt_green);
}

TEST_CASE("a county that has moved is found by its key at the typed address, which is then kept") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  constexpr const char* kNew = "https://10.1.9.9:8443";
  story.line = [&story](const sync::laptop::ServerAddress& address) {
    return std::make_unique<CountyLine>(story.work.county, address.url != kNew);
  };
  story.unlock();
  const auto lost = story.want(ca::StartSync{});
  CHECK(lost->sync.panel == cv::SyncPanel::kFailed);
  CHECK(lost->sync.may_have_moved);
  CHECK_FALSE(lost->sync.address.empty());

  const auto mistyped = story.want(ca::StartSync{"http://10.1.9.9/x"});
  CHECK(mistyped->sync.panel == cv::SyncPanel::kFailed);
  CHECK(mistyped->sync.address_problem.find("https://") != std::string::npos);

  const auto nobody = story.want(ca::StartSync{"https://10.1.9.8:8443"});
  CHECK(nobody->sync.may_have_moved);
  CHECK(nobody->sync.address == "https://10.1.9.8:8443");
  CHECK(nobody->sync.address_problem.empty());
  CHECK_FALSE(story.want(ca::StartSync{})->sync.receipt_green);  // nothing was kept

  const auto found = story.want(ca::StartSync{"10.1.9.9:8443"});
  CHECK(found->sync.receipt_green);
  CHECK_FALSE(found->sync.may_have_moved);
  CHECK(story.toast().find(kNew) != std::string::npos);
  CHECK(story.want(ca::StartSync{})->sync.receipt_green);
}

TEST_CASE("work kept after the receipt is not green any more") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  story.want(ca::StartSync{});
  const auto file = story.want(ca::OpenMember{member});
  cv::MemberDraft draft;
  draft.member = member;
  draft.edits = {{member, "member", "home_address", "三合村1组3号"}};
  story.want(ca::SaveMember{draft, file->member.shown_token});
  const auto page = story.want(ca::OpenPage{cv::Page::kSync});
  CHECK(page->sync.unsent > 0);
  CHECK_FALSE(page->sync.receipt_green);
}

TEST_CASE("a laptop with a form that is not saved yet may not be handed back, however green the receipt") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  const std::string free = story.want(ca::StartSync{})->sync.this_laptop.back().text;
  const auto form = story.want(ca::OpenVisitForm{member});
  cv::VisitDraft draft = form->visit.draft;
  draft.content = "写到一半";
  story.want(ca::StashDraft{draft, form->visit.shown_token});
  const auto page = story.want(ca::OpenPage{cv::Page::kSync});
  CHECK(page->sync.receipt_green);
  CHECK(page->sync.this_laptop.back().text != free);
}

TEST_CASE("an export after the sync is only here: page, receipt, status line and hand-back say so alike") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  story.want(ca::StartSync{});
  story.stop();
  client::store::OpenReport report;
  auto store =
      client::store::LaptopStore::open(story.work.home(), kPassphrase, story.work.county.clock, report);
  REQUIRE(store.ok());
  REQUIRE(ca::write_audit(**store,
                          {ca::Act::kExport, story.work.village, Id{}, "f10 三合村 f10.xlsx", 12, "年检"})
              .ok());
  store->reset();
  story.start();
  story.unlock();
  const auto page = story.want(ca::OpenPage{cv::Page::kSync});
  CHECK(page->sync.unsent == 1);
  CHECK(page->sync.unsent_kinds == "导出与查看记录 1");
  CHECK_FALSE(page->sync.receipt_green);
  CHECK(page->sync.receipt_sentence.find("导出与查看记录") != std::string::npos);
  CHECK(page->sync.this_laptop.back().text.find("导出与查看记录") != std::string::npos);
  CHECK(page->sync.this_laptop.back().text.find("请先同步") != std::string::npos);
  for (const cv::Words& line : page->shell.status)
    CHECK(line.text.find("没有待传") == std::string::npos);
  const auto after = story.want(ca::StartSync{});
  CHECK(after->sync.receipt_green);
  CHECK(after->sync.this_laptop.back().text.find("：是") != std::string::npos);
}

TEST_CASE(
    "a copy that has not asked what was erased by law says so on the page, whatever the receipt before it") {
  AppStory story([](WorkStore& work) { put_member(*work.store, "赵志远"); });
  story.unlock();
  const auto before = story.want(ca::StartSync{});
  CHECK(before->sync.receipt_green);
  for (const cv::Words& line : before->sync.this_laptop)
    CHECK(line.text.find("依法删除") == std::string::npos);
  story.stop();
  // Copied to another folder: the machine's mark beside it is not this folder's.
  REQUIRE(client::store::write_machine_mark(story.work.home(), std::string(32, 'a')).ok());
  story.start();
  story.unlock();
  const auto page = story.want(ca::OpenPage{cv::Page::kSync});
  REQUIRE_FALSE(page->sync.this_laptop.empty());
  CHECK(page->sync.this_laptop.front().text.find("依法删除") != std::string::npos);
  CHECK(page->sync.this_laptop.front().tone == cv::Tone::kNeedsYou);
  CHECK_FALSE(page->sync.receipt_green);
  CHECK(page->shell.receipt.text.find("凭据未绿") != std::string::npos);
}

TEST_CASE("a laptop that may not be handed back says what is missing") {
  WorkStore work;
  const auto words = work.sources();
  client::store::StoreStatus status;
  CHECK(ca::hand_back_in_words(words.wording, status) == "可以交还或清空：否（还没有同步过）。请先同步。");
  status.last_sync_ms = 1;
  status.unsent_pictures = 2;
  status.drafts = 1;
  status.leaving = 3;
  CHECK(ca::hand_back_in_words(words.wording, status) ==
        "可以交还或清空：否（上次同步没有全部完成、照片没传：2 张、已移出、等同步后清掉的记录：3 "
        "条、没写完的表格：1 份）。请先同步。请先把表格保存或放弃。");
  status = {};
  status.last_sync_ms = 1;
  status.last_sync_complete = true;
  CHECK(ca::hand_back_in_words(words.wording, status) == "可以交还或清空：是（凭据为绿）");
}

TEST_CASE("a receipt's digests are short enough to compare by eye") {
  CHECK(ca::short_digest("7f3a00000000c21e") == "7f3a…c21e");
  CHECK(ca::short_digest("7f3a").size() == 4);
}

}  // namespace lianxin::test
