// Power cuts in the middle of everything a laptop does: making the store, opening and repairing it, saving,
// stashing, syncing, emptying the log. LX_CUTS sets their number (default 600; the documented long run asks
// for 1,000,000), LX_SEED the first series. Each series goes on after every cut on what the cut left.
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>

#include "shared/base/log.hpp"
#include "tests/fault/disk.hpp"
#include "tests/fault/laptop_work.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

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
    const std::uint64_t span = std::uint64_t{20} << (random_() % 6);
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
    "whatever a power cut leaves of the disk, the store opens and everything said to be saved is there") {
  set_log_target("off");
  const std::uint64_t cuts = number_of("LX_CUTS", 600);
  std::uint64_t seed = number_of("LX_SEED", std::random_device{}());
  MESSAGE("LX_SEED=", seed);
  Counted counted;
  const auto began = std::chrono::steady_clock::now();
  for (; counted.cuts < cuts; ++seed) {
    Series series(seed);
    const std::string wrong = series.run(std::min(kCutsInSeries, cuts - counted.cuts), counted);
    if (!wrong.empty()) FAIL("LX_SEED=" << seed << ": " << wrong);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  MESSAGE(counted.cuts, " cuts (", counted.while_opening, " while making or opening), ", counted.saves,
          " saves, ", counted.calls, " changing calls, ", static_cast<std::uint64_t>(took.count()), " s");
  CHECK(counted.saves > 0);
  CHECK(counted.while_opening > 0);
}

TEST_CASE("a disk whose syncs do nothing is found out, so the cuts above can fail") {
  set_log_target("off");
  int found_out = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Series series(seed);
    series.lie_about_syncs();
    Counted counted;
    if (!series.run(kCutsInSeries, counted).empty()) ++found_out;
  }
  CHECK(found_out == 4);
}
