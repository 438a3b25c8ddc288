// A disk that fills up at any octet while a laptop saves, stashes and syncs. What was said to be saved stays
// readable and comes to the county; what could not be saved is said to be so; with room again the same
// program goes on. LX_FILLS sets how many places are tried (default 25), LX_SEED repeats a run.
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>
#include <set>
#include <string>

#include "client/store/spare_room.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "sync/laptop/bundle.hpp"
#include "tests/fault/disk.hpp"
#include "tests/fault/laptop_work.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// What a person can do something about.
bool says_full(const Error& error) {
  static const std::set<std::string> kWords = {"store.full", "store.io", "file.unwritable"};
  return kWords.count(error.code) > 0;
}

struct Filled {
  std::uint64_t told = 0;    ///< errors said while it was full
  std::uint64_t silent = 0;  ///< runs in which everything still went in
};

/// Works until something does not go in any more.
bool work_until_full(LaptopWork& work, Filled& filled) {
  constexpr int kDeedsMax = 60;
  for (int deed = 0; deed < kDeedsMax; ++deed) {
    const Status done = deed % 5 == 3   ? work.stash_draft()
                        : deed % 5 == 4 ? work.sync_once()
                                        : work.add_members(1 + static_cast<std::size_t>(deed % 3));
    if (done.ok()) continue;
    CAPTURE(done.error().code);
    CAPTURE(done.error().detail);
    CHECK(says_full(done.error()));
    ++filled.told;
    return true;
  }
  ++filled.silent;
  return false;
}

void fill_at(std::uint64_t room, std::uint64_t seed, Filled& filled) {
  CAPTURE(room);
  LaptopWork work(seed);
  Disk disk(work.home().parent_path(), seed);
  client::store::OpenReport report;
  REQUIRE(work.start(report).ok());
  REQUIRE(work.add_members(2).ok());
  REQUIRE(work.sync_once().ok());
  REQUIRE(work.add_members(1).ok());
  work.stop();
  REQUIRE(work.start(report).ok());  // room is held back from the second start on
  disk.limit_bytes(disk.bytes() + room);
  (void)work_until_full(work, filled);
  CHECK(work.complaint() == "");
  // Nothing makes it worse: more work on a full disk, and a program begun anew on it.
  (void)work_until_full(work, filled);
  work.stop();
  const Status on_full = work.start(report);
  CAPTURE(on_full.ok() ? std::string() : on_full.error().code + " " + on_full.error().detail);
  REQUIRE(on_full.ok());
  CHECK_FALSE(report.repaired);
  CHECK(work.complaint() == "");  // everything saved can be looked at
  disk.limit_bytes(std::nullopt);
  if (!work.is_running()) REQUIRE(work.start(report).ok());
  CHECK_FALSE(report.repaired);
  CHECK(work.add_members(1).ok());
  CHECK(work.final_complaint() == "");
}

client::store::Edit audit_entry() {
  using Op = client::store::FieldEdit::Op;
  client::store::Edit edit;
  edit.kind = "audit_entry";
  edit.fields = {{"org_id", Op::kSet, kVillageOfTests},
                 {"occurred_on", Op::kSet, "2026-09-30"},
                 {"action", Op::kSet, "export"},
                 {"what", Op::kSet, "dump"},
                 {"count", Op::kSet, "3"}};
  return edit;
}

}  // namespace

TEST_CASE("what is on a full disk can be read, and backed up to another disk") {
  LaptopWork work(7);
  Disk disk(work.home().parent_path(), 7);
  client::store::OpenReport report;
  REQUIRE(work.start(report).ok());
  REQUIRE(work.add_members(3).ok());
  work.stop();
  REQUIRE(work.start(report).ok());  // room is held back from the second start on
  work.stop();
  disk.limit_bytes(disk.bytes());
  const Status on_full = work.start(report);
  INFO((on_full.ok() ? std::string() : on_full.error().code + " " + on_full.error().detail));
  REQUIRE(on_full.ok());
  CHECK(client::store::lacks_room(work.home()));  // a person is told
  CHECK_FALSE(report.repaired);
  CHECK(work.complaint() == "");
  const auto stick = work.home().parent_path().parent_path() / "stick.lxbak";
  const Status backed_up = work.store().backup(stick);
  INFO((backed_up.ok() ? std::string() : backed_up.error().code + " " + backed_up.error().detail));
  CHECK(backed_up.ok());
  CHECK(is_there(stick));
  CHECK_FALSE(is_there(stick.string() + ".copy"));
  work.stop();
  disk.limit_bytes(std::nullopt);
  REQUIRE(work.start(report).ok());
  CHECK_FALSE(client::store::lacks_room(work.home()));
  CHECK(work.add_members(1).ok());
  CHECK(work.final_complaint() == "");
}

TEST_CASE("a backup or restore that finds no room names what the person asked for, and leaves nothing") {
  LaptopWork work(9);
  client::store::OpenReport report;
  REQUIRE(work.start(report).ok());
  REQUIRE(work.add_members(3).ok());
  const auto root = work.home().parent_path();
  const auto stick = root.parent_path() / "stick.lxbak";
  REQUIRE(work.store().backup(stick).ok());
  work.stop();
  Disk disk(root, 9);
  REQUIRE(work.start(report).ok());
  // Room for the copy of the database, and for half of what is packed out of it.
  disk.limit_bytes(disk.bytes() + std::filesystem::file_size(stick) * 3 / 2);
  const auto asked = root / "inside.lxbak";
  const Status backed_up = work.store().backup(asked);
  REQUIRE_FALSE(backed_up.ok());
  CHECK(backed_up.error().code == "file.unwritable");
  CHECK(backed_up.error().args.front().value == asked.string());
  CHECK(backed_up.error().args.back().value == "why.no_space");
  CHECK_FALSE(is_there(asked.string() + ".new"));
  const auto other = root / "other";
  disk.limit_bytes(disk.bytes() + std::filesystem::file_size(stick) / 2);
  const auto restored = client::store::LaptopStore::restore(stick, other, kPassphrase, work.county().clock);
  REQUIRE_FALSE(restored.ok());
  CHECK(restored.error().code == "file.unwritable");
  CHECK(restored.error().args.front().value == other.string());
  CHECK(restored.error().args.back().value == "why.no_space");
  CHECK_FALSE(is_there(other));
}

TEST_CASE(
    "on a full disk work is taken to a stick again and again, and who looked at what is written before") {
  LaptopWork work(8);
  Disk disk(work.home().parent_path(), 8);
  client::store::OpenReport report;
  REQUIRE(work.start(report).ok());
  REQUIRE(work.add_members(3).ok());
  work.stop();
  REQUIRE(work.start(report).ok());  // room is held back from the second start on
  work.stop();
  disk.limit_bytes(disk.bytes());
  for (int n = 0; n < 8; ++n) {
    CAPTURE(n);
    const Status on_full = work.start(report);
    INFO((on_full.ok() ? std::string() : on_full.error().code + " " + on_full.error().detail));
    REQUIRE(on_full.ok());
    CHECK_FALSE(work.add_members(1).ok());  // the room is for what leaves
    client::store::LaptopStore& store = work.store();
    const Status taken = store.taking_away([&]() -> Status {
      return sync::laptop::bundle_for_server(store.replica(), store.bundles(), store.clock()).ok()
                 ? Status()
                 : Status(fail("store.full"));
    });
    CHECK(taken.ok());
    const Status noted = store.taking_away([&]() -> Status {
      LX_TRY(const auto saved, store.records().save({audit_entry()}));
      return saved.ok ? Status() : Status(fail("test.refused"));
    });
    INFO((noted.ok() ? std::string() : noted.error().code + " " + noted.error().detail));
    CHECK(noted.ok());
    work.stop();
  }
  disk.limit_bytes(std::nullopt);
  REQUIRE(work.start(report).ok());
  CHECK(work.add_members(1).ok());
  CHECK(work.final_complaint() == "");
}

TEST_CASE("a disk that fills up at any place loses nothing that was said to be saved") {
  set_log_target("off");
  const std::uint64_t seed = from_environment("LX_SEED", std::random_device{}());
  MESSAGE("LX_SEED=", seed);
  std::mt19937_64 random(seed);
  constexpr std::uint64_t kRoomMax = 400'000;
  const std::uint64_t fills = from_environment("LX_FILLS", 25);
  Filled filled;
  for (std::uint64_t n = 0; n < fills; ++n)
    fill_at(n == 0 ? 0 : random() % kRoomMax, seed + n, filled);
  MESSAGE(fills, " places, ", filled.told, " times said, ", filled.silent, " times there was room enough");
  CHECK(filled.told > fills / 2);
}
