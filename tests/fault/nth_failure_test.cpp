// Every call by which the laptop touches its disk fails once, one after the other: making and opening a
// store, saving, stashing, syncing. Each ends in an error with a name or in success; nothing said to be saved
// is lost, and afterwards the store opens and proves itself. LX_SWEEP_STEP tries only every so many-th call
// (default 3; 1 = all).
#include <cerrno>
#include <cstdlib>
#include <doctest/doctest.h>
#include <functional>
#include <random>
#include <set>
#include <string>

#include "client/app/roster_import.hpp"
#include "shared/base/log.hpp"
#include "tests/fault/disk.hpp"
#include "tests/fault/laptop_work.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// What is tried while the disk fails.
struct Deed {
  std::string name;
  std::function<Status(LaptopWork&)> act;
  bool begins_closed = false;
  /// What must be true of it once the disk is well again.
  std::function<void(LaptopWork&)> after = {};
};

struct Fault {
  Disk::Calls calls = Disk::Calls::kChanging;
  int error_number = EIO;
  std::uint64_t times = 1;  ///< calls that fail, one after the other
};

constexpr const char* kRosterNames[] = {"赵春生", "赵春明", "赵夏雨", "赵夏青", "赵秋实", "赵秋月",
                                        "赵冬梅", "赵冬至", "钱春生", "钱夏雨", "钱秋实", "钱冬梅"};
constexpr std::uint64_t kForEver = 1'000'000'000;

/// A roster as an office keeps it: twelve people of the laptop's village.
std::string roster() {
  std::string rows = "姓名,性别,村\n";
  for (const char* name : kRosterNames)
    rows += std::string(name) + ",男,三合村\n";
  return rows;
}

/// The village by its name, as the shelf has it.
Status know_village(LaptopWork& work) {
  LX_TRY(const auto known, work.store().records().get(work.county().village));
  if (known) return {};
  client::store::Edit unit;
  unit.kind = "org_unit";
  unit.record = work.county().village;
  unit.create = true;
  using Op = client::store::FieldEdit::Op;
  unit.fields = {
      {"kind", Op::kSet, "village"}, {"name", Op::kSet, "三合村"}, {"code", Op::kSet, kVillageOfTests}};
  LX_TRY(const auto saved, work.store().records().save({unit}));
  return saved.ok ? Status() : fail("refused");
}

Status import_roster(LaptopWork& work) {
  LX_DO(know_village(work));
  client::app::RosterChoices choices;
  choices.village = kVillageOfTests;
  auto& store = work.store();
  LX_TRY(const auto plan, client::app::plan_roster(store.records(), store.settings(), store.clock(), roster(),
                                                   "名册.csv", choices));
  LX_TRY(const auto applied,
         client::app::apply_roster(store.records(), store.settings(), store.clock(), plan));
  return applied.refused.empty() ? Status() : fail("refused");
}

/// Imported again, the same file goes on where it broke off: everybody is there, once.
void finish_import(LaptopWork& work) {
  const Status again = import_roster(work);
  CHECK_MESSAGE(again.ok(), (again.ok() ? "" : again.error().code));
  client::store::ListQuery query;
  query.kind = "member";
  const auto rows = work.store().records().list(query);
  REQUIRE(rows.ok());
  std::multiset<std::string> names;
  for (const auto& row : *rows)
    names.insert(name_of(work.store(), row.id));
  for (const char* name : kRosterNames)
    CHECK_MESSAGE(names.count(name) == 1, name);
}

/// An open that had to set the database aside counts as failed: nothing here ruins one.
Status open_again(LaptopWork& work) {
  client::store::OpenReport report;
  LX_DO(work.start(report));
  return report.repaired ? fail("set aside") : Status();
}

std::uint64_t step() {
  const char* text = std::getenv("LX_SWEEP_STEP");
  const std::uint64_t value = text != nullptr ? std::strtoull(text, nullptr, 10) : 3;
  return value > 0 ? value : 1;
}

bool is_in_words(const Error& error) {
  static const std::set<std::string> kKnown = {
      "store.io",        "store.full",        "store.no_spare", "store.damaged", "file.unwritable",
      "file.unreadable", "store.key_damaged", "file.no_folder", "store.exists",  "store.missing"};
  return kKnown.count(error.code) > 0;
}

struct Swept {
  std::uint64_t points = 0;
  std::uint64_t errors = 0;
};

/// One laptop, one deed, the n-th call failing. False = the deed has fewer calls.
bool try_nth(const Deed& deed, const Fault& fault, std::uint64_t nth, Swept& swept) {
  CAPTURE(deed.name);
  CAPTURE(nth);
  CAPTURE(fault.error_number);
  LaptopWork work(nth);
  Disk disk(work.home().parent_path(), nth);
  REQUIRE(open_again(work).ok());
  REQUIRE(work.add_members(2).ok());
  REQUIRE(work.sync_once().ok());
  REQUIRE(work.add_members(1).ok());
  if (deed.begins_closed) work.stop();
  disk.fail_after(fault.calls, nth, fault.error_number, fault.times);
  const Status done = deed.act(work);
  const bool failed = disk.has_failed();
  if (!done.ok()) {
    ++swept.errors;
    CAPTURE(done.error().code);
    CAPTURE(done.error().detail);
    CHECK(failed);
    CHECK(is_in_words(done.error()));
  }
  // The person goes on with the same program, once the disk is well again ...
  disk.heal();
  if (work.is_running()) {
    CHECK(work.complaint() == "");
    if (deed.after) deed.after(work);
    const Status next = work.add_members(1);
    if (!next.ok()) CHECK(is_in_words(next.error()));
  }
  // ... or begins anew.
  work.stop();
  const Status opened = open_again(work);
  if (!opened.ok()) FAIL(opened.error().code << " " << opened.error().detail);
  CHECK(work.final_complaint() == "");
  ++swept.points;
  return failed;
}

/// A deed of many calls is tried `sparser` times less often.
void sweep(const Deed& deed, std::uint64_t sparser = 1) {
  set_log_target("off");
  for (const Fault& fault :
       {Fault{Disk::Calls::kChanging, EIO, 1}, Fault{Disk::Calls::kChanging, EIO, kForEver},
        Fault{Disk::Calls::kChanging, ENOSPC, kForEver}, Fault{Disk::Calls::kReading, EIO, 1}}) {
    Swept swept;
    // Another first call each time, so that a few runs try them all.
    const std::uint64_t stride = step() == 1 ? 1 : step() * sparser;
    const std::uint64_t first = 1 + std::random_device{}() % stride;
    std::uint64_t nth = first;
    while (try_nth(deed, fault, nth, swept))
      nth += stride;
    const std::string how = std::string(fault.calls == Disk::Calls::kReading ? ", reading" : ", changing") +
                            (fault.times == 1 ? ", once: " : ", from then on: ");
    MESSAGE(deed.name, ", errno ", fault.error_number, how, swept.points, " calls tried, ", swept.errors,
            " ended in an error");
  }
}

}  // namespace

TEST_CASE("whichever call fails while saving, the save is there or says that it is not") {
  sweep({"save", [](LaptopWork& work) { return work.add_members(2); }});
}

TEST_CASE("whichever call fails while syncing, nothing is lost and the next sync is complete") {
  sweep({"sync", [](LaptopWork& work) {
           work.colleague_works();
           return work.sync_once();
         }});
}

TEST_CASE("whichever call fails while opening, the store opens the next time with everything in it") {
  sweep({"open", open_again, true});
}

TEST_CASE("whichever call fails while a draft is stashed, saved work and earlier drafts stay") {
  sweep({"stash", [](LaptopWork& work) { return work.stash_draft(); }});
}

TEST_CASE("whichever call fails while a roster is imported, importing it again goes on and nobody is twice") {
  sweep({"import", import_roster, false, finish_import}, 24);
}
