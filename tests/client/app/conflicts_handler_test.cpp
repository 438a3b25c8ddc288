#include <doctest/doctest.h>

#include "tests/client/app/app_story.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

/// Two laptops changed the same number; ours has synced and sees both.
struct Clash {
  Id member;
  Id point;
  std::unique_ptr<client::store::LaptopStore> other;

  void make(WorkStore& work) {
    member = put_member(*work.store, "赵志远");
    point =
        put(*work.store, "contact_point",
            {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}, {"owner", "self"}});
    work.county.sync(*work.store);
    client::store::NewStore colleague = work.county.enrol(work.folder.path() / "other");
    colleague.identity.worker = Id::make(kTestDay);
    auto made = client::store::LaptopStore::create(std::move(colleague), work.county.clock);
    REQUIRE(made.ok());
    other = std::move(*made);
    work.county.sync(*other);
    change(*work.store, "contact_point", point, {{"value", "19900005566"}});
    change(*other, "contact_point", point, {{"value", "19900007788"}});
    work.county.sync(*work.store);
    work.county.sync(*other);
    work.county.sync(*work.store);
  }
  /// The other one decides, for the own value.
  void let_other_decide(WorkStore& work) const {
    const auto conflicts = other->records().conflicts();
    REQUIRE(conflicts->size() == 1);
    client::store::ResolveHow how;
    for (const auto& head : conflicts->front().heads) {
      if (head.value == "19900007788") how.take = head.change;
    }
    REQUIRE(other->records().resolve(conflicts->front().id, how).ok());
    work.county.sync(*other);
    work.county.sync(*work.store);
  }
};

}  // namespace

TEST_CASE("a conflict is settled by taking a value, and leaves the desk") {
  Clash clash;
  AppStory story([&](WorkStore& work) { clash.make(work); });
  story.unlock();
  const auto desk = story.want(ca::OpenPage{cv::Page::kConflicts});
  REQUIRE(desk->conflicts.conflicts.size() == 1);
  const cv::ConflictView& conflict = desk->conflicts.conflicts[0];
  const auto settled = story.want(ca::ResolveConflict{conflict.conflict, ca::Resolution::kTake,
                                                      conflict.values[1].head, conflict.shown_token});
  CHECK(settled->conflicts.conflicts.empty());
  CHECK_FALSE(settled->shell.toast.undo_token.empty());
}

TEST_CASE("both numbers can be kept: one in its place, the other beside it") {
  Clash clash;
  AppStory story([&](WorkStore& work) { clash.make(work); });
  story.unlock();
  const auto desk = story.want(ca::OpenPage{cv::Page::kConflicts});
  REQUIRE(desk->conflicts.conflicts.size() == 1);
  const cv::ConflictView& conflict = desk->conflicts.conflicts[0];
  REQUIRE(conflict.can_keep_both);
  const auto kept = story.want(ca::ResolveConflict{conflict.conflict, ca::Resolution::kKeepBoth,
                                                   conflict.values[0].head, conflict.shown_token});
  CHECK(kept->conflicts.conflicts.empty());
  const auto file = story.want(ca::OpenMember{clash.member});
  std::size_t numbers = 0;
  for (const cv::FieldRow& row : file->member.sections.front().rows)
    numbers += row.kind == "contact_point" && row.field == "value" && !row.value.empty() ? 1 : 0;
  CHECK(numbers == 2);
}

TEST_CASE("asking first keeps the conflict on the desk") {
  Clash clash;
  AppStory story([&](WorkStore& work) { clash.make(work); });
  story.unlock();
  const auto desk = story.want(ca::OpenPage{cv::Page::kConflicts});
  REQUIRE(desk->conflicts.conflicts.size() == 1);
  const auto later = story.want(ca::PostponeConflict{desk->conflicts.conflicts[0].conflict});
  CHECK(later->conflicts.conflicts.size() == 1);
}

TEST_CASE("whose value lost is told until it has been looked at, or may object beside what stands") {
  for (const bool objects : {false, true}) {
    CAPTURE(objects);
    Clash clash;
    AppStory story([&](WorkStore& work) {
      clash.make(work);
      clash.let_other_decide(work);
    });
    story.unlock();
    const auto desk = story.want(ca::OpenPage{cv::Page::kConflicts});
    REQUIRE(desk->conflicts.told.size() == 1);
    CHECK(desk->conflicts.conflicts.empty());
    const std::string told = desk->conflicts.told[0].told;
    const auto after = objects ? story.want(ca::ObjectTold{told}) : story.want(ca::DismissTold{told});
    CHECK(after->shell.toast.undo_token.empty() == !objects);
    CHECK(after->conflicts.told.empty());
    CHECK(after->conflicts.conflicts.size() == (objects ? 1 : 0));
  }
}

}  // namespace lianxin::test
