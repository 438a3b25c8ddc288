// Every call by which a laptop touches its disk fails once while it takes a purge (sync.md 11). Afterwards
// the value is gone from the store all the same, and everything else is there. LX_SWEEP_STEP as in
// nth_failure_test, default 20.
#include <cerrno>
#include <cstdlib>
#include <random>
#include <string>

#include "shared/base/log.hpp"
#include "tests/client/store/county_story.hpp"
#include "tests/fault/disk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr const char* kTaken = "geheim-street-77";

std::uint64_t step() {
  const char* text = std::getenv("LX_SWEEP_STEP");
  const std::uint64_t value = text != nullptr ? std::strtoull(text, nullptr, 10) : 20;
  return value > 0 ? value : 1;
}

/// One laptop, one purge, the n-th call failing `times` times. False = a purge has fewer calls.
bool try_nth(std::uint64_t nth, std::uint64_t times) {
  CAPTURE(nth);
  CAPTURE(times);
  Story story;
  auto a = story.make("a");
  const Id member = story.put(*a, "person");
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, kTaken}};
  REQUIRE(must(a->records().save({edit})).ok);
  CHECK(story.wide_sync(*a).complete);
  (void)must(story.office.admin().purge(member, {"home_address"}, "asked for it"));
  const Id unsent = story.put(*a, "later");

  Disk disk(story.folder.path(), nth);
  a.reset();
  a = story.open("a");
  disk.fail_after(Disk::Calls::kChanging, nth, EIO, times);
  const laptop::CancelFlag cancel{false};
  (void)laptop::run_sync(a->replica(), story.line, story.office.clock, {}, cancel);
  const bool failed = disk.has_failed();
  disk.heal();
  CHECK(must(a->records().get(unsent)).has_value());
  if (nth % 2 == 0) {  // the program is begun anew, or goes on
    a.reset();
    a = story.open("a");
  }
  CHECK(story.wide_sync(*a).complete);
  const auto shown = must(a->records().get(member));
  REQUIRE(shown);
  CHECK(shown->value("name") == "person");
  CHECK(shown->value("home_address").empty());
  CHECK(shown->fields.at("home_address").purged);
  CHECK(must(a->records().get(unsent)).has_value());
  CHECK(must(a->verify()).problems.empty());
  return failed;
}

}  // namespace

TEST_CASE("whichever call fails while a purge is taken, the value goes and nothing else does") {
  set_log_target("off");
  constexpr std::uint64_t kForEver = 1'000'000'000;
  for (const std::uint64_t times : {std::uint64_t{1}, kForEver}) {
    std::uint64_t tried = 0;
    std::uint64_t nth = 1 + std::random_device{}() % step();
    for (; try_nth(nth, times); nth += step())
      ++tried;
    MESSAGE(tried, " calls failed, ", std::string(times == 1 ? "once" : "from then on"));
    CHECK(tried > 0);
  }
}
