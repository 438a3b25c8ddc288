// Power cuts in the middle of everything a laptop does.
//   LX_CUTS   cuts after which each copy is judged by itself (default 2,500; the documented long run asks for
//             1,000,000): several at every changing call of working days
//   LX_LIVES  cuts after which the store is opened, asked, and worked in until the next one (default 150)
//   LX_SEED   the first day
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <optional>
#include <random>

#include "shared/base/log.hpp"
#include "tests/fault/copies_check.hpp"
#include "tests/fault/disk.hpp"
#include "tests/fault/laptop_work.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::uint64_t first_seed() {
  const std::uint64_t seed = number_of("LX_SEED", std::random_device{}());
  MESSAGE("LX_SEED=", seed);
  return seed;
}

class StopWatch {
 public:
  [[nodiscard]] std::uint64_t ms() const {
    const auto took = std::chrono::steady_clock::now() - began_;
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count());
  }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// A working day of which every moment is tried: what would be left if the power failed now?
class Day {
 public:
  explicit Day(std::uint64_t seed) : work_(seed), disk_(work_.home().parent_path(), seed) {}

  /// "" or the first thing that would have been lost.
  std::string run(std::uint64_t cuts) {
    client::store::OpenReport report;
    LX_CHECK(work_.start(report).ok(), "a whole disk takes a store");
    check_.emplace(work_.home());
    said_.replica = work_.store().records().status()->replica;
    disk_.at_every_change([&] { try_this_moment(); });
    const std::uint64_t end = cuts_ + cuts;
    for (int i = 0; i < kThingsADay && cuts_ < end && wrong_.empty(); ++i) {
      LX_CHECK(work_.do_something().ok(), "no fault comes to pass");
      if (i % 10 == 9) reopen();
    }
    disk_.at_every_change({});
    return wrong_;
  }
  void lie_about_syncs() { disk_.lie_about_syncs(true); }
  [[nodiscard]] std::uint64_t cuts() const { return cuts_; }
  [[nodiscard]] std::uint64_t moments() const { return moments_; }
  /// Cuts that left something no cut before had left.
  [[nodiscard]] std::uint64_t different() const { return different_; }

 private:
  static constexpr int kThingsADay = 60;
  static constexpr int kCutsAtOnce = 4;

  void try_this_moment() {
    ++moments_;
    const SaidSoFar before = said_;
    said_.saved = work_.last_saved();
    said_.at_home = work_.at_home(said_.replica);
    if (said_.saved != before.saved || said_.at_home != before.at_home) disk_.forget_imagined();
    const int ways = disk_.has_pending() ? kCutsAtOnce : 1;
    for (int i = 0; i < ways && wrong_.empty(); ++i) {
      ++cuts_;
      if (!disk_.imagine_cut(left_.path())) continue;
      ++different_;
      wrong_ = check_->complaint(left_.path() / work_.home().filename(), said_);
    }
  }
  void reopen() {
    work_.stop();
    client::store::OpenReport report;
    LX_CHECK(work_.start(report).ok(), "a whole disk opens");
  }

  LaptopWork work_;
  Disk disk_;
  TempFolder left_;
  std::optional<CopiesCheck> check_;
  SaidSoFar said_;
  std::string wrong_;
  std::uint64_t cuts_ = 0;
  std::uint64_t moments_ = 0;
  std::uint64_t different_ = 0;
};

struct Counted {
  std::uint64_t cuts = 0;
  std::uint64_t while_opening = 0;
  std::uint64_t saves = 0;
  std::uint64_t calls = 0;
};

/// What happened in a series that should not have; "" = nothing.
class Series {
 public:
  explicit Series(std::uint64_t seed) : random_(seed), work_(seed), disk_(work_.home().parent_path(), seed) {}

  std::string run(std::uint64_t cuts, Counted& counted) {
    std::string wrong;
    for (std::uint64_t i = 0; i < cuts && wrong.empty(); ++i) {
      wrong = until_the_next_cut(counted);
      work_.stop();
      disk_.lose_power();
      ++counted.cuts;
    }
    if (wrong.empty()) wrong = after_all();
    counted.saves += work_.saves();
    counted.calls += disk_.changing_calls();
    return wrong;
  }
  void lie_about_syncs() { disk_.lie_about_syncs(true); }

 private:
  std::string until_the_next_cut(Counted& counted) {
    const std::uint64_t span = std::uint64_t{20} << (random_() % 7);
    disk_.cut_after(1 + random_() % span);
    client::store::OpenReport report;
    if (const Status started = work_.start(report); !started.ok()) {
      ++counted.while_opening;
      return disk_.is_off() ? "" : "does not open: " + started.error().code + " " + started.error().detail;
    }
    if (std::string wrong = found(report); !wrong.empty()) return wrong;
    while (!disk_.is_off()) {
      if (const Status done = work_.do_something(); !done.ok() && !disk_.is_off())
        return "without a fault: " + done.error().code + " " + done.error().detail;
    }
    return {};
  }
  std::string found(const client::store::OpenReport& report) {
    if (report.missing > 0) return "changes are missing";
    if (report.repaired) return "the database was ruined";
    if (report.is_copy) return "taken for a copy";
    if (disk_.is_off()) return {};
    // Reading does not fail before the cut comes; what is lost now was lost for good.
    std::string wrong = work_.complaint();
    return disk_.is_off() ? "" : wrong;
  }
  std::string after_all() {
    client::store::OpenReport report;
    if (const Status started = work_.start(report); !started.ok())
      return "does not open: " + started.error().code + " " + started.error().detail;
    return work_.final_complaint();
  }

  std::mt19937_64 random_;
  LaptopWork work_;
  Disk disk_;
};

constexpr std::uint64_t kCutsInSeries = 25;

}  // namespace

TEST_CASE(
    "at every moment of a day's work a power cut leaves three copies, each with all that was said to be "
    "saved") {
  set_log_target("off");
  const std::uint64_t wanted = number_of("LX_CUTS", 2500);
  std::uint64_t seed = first_seed();
  std::uint64_t cuts = 0;
  std::uint64_t moments = 0;
  std::uint64_t different = 0;
  const StopWatch watch;
  for (; cuts < wanted; ++seed) {
    Day day(seed);
    const std::string wrong = day.run(wanted - cuts);
    if (!wrong.empty()) FAIL("LX_SEED=" << seed << ": " << wrong);
    cuts += day.cuts();
    moments += day.moments();
    different += day.different();
  }
  MESSAGE(cuts, " cuts at ", moments, " moments, ", different, " different disks judged, ", watch.ms(),
          " ms");
  CHECK(moments > 0);
}

TEST_CASE("whatever a power cut leaves, the store opens and everything said to be saved is there") {
  set_log_target("off");
  const std::uint64_t cuts = number_of("LX_LIVES", 150);
  std::uint64_t seed = first_seed();
  Counted counted;
  const StopWatch watch;
  for (; counted.cuts < cuts; ++seed) {
    Series series(seed);
    const std::string wrong = series.run(std::min(kCutsInSeries, cuts - counted.cuts), counted);
    if (!wrong.empty()) FAIL("LX_SEED=" << seed << ": " << wrong);
  }
  MESSAGE(counted.cuts, " cuts (", counted.while_opening, " while making or opening), ", counted.saves,
          " saves, ", counted.calls, " changing calls, ", watch.ms(), " ms");
  CHECK(counted.saves > 0);
}

TEST_CASE("a disk whose syncs do nothing is found out, so the cuts above can fail") {
  set_log_target("off");
  int found_out = 0;
  // A series that was cut before anything was said to be saved has nothing to find out.
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Series series(seed);
    series.lie_about_syncs();
    Counted counted;
    if (!series.run(kCutsInSeries, counted).empty()) ++found_out;
  }
  CHECK(found_out >= 4);
  Day day(1);
  day.lie_about_syncs();
  CHECK(day.run(1000) != "");
}
