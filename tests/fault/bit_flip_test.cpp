// One bit of a closed home is the other way round: in the database, its log, the journal, the head mark, both
// key files, the machine's mark. The home was left by a power cut, so that the log is full. LX_FLIPS sets the
// number (default 56; the documented long run asks for 10,000), LX_SEED where it begins.
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>

#include "shared/base/log.hpp"
#include "tests/fault/disk.hpp"
#include "tests/fault/laptop_work.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace cs = client::store;
namespace fs = std::filesystem;

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

/// A home after a day's work, whole, with work the county does not have yet.
class Home {
 public:
  Home() : work_(1) {
    Disk disk(work_.home().parent_path(), 1);
    start();
    REQUIRE(work_.add_members(2).ok());
    work_.colleague_works();
    REQUIRE(work_.sync_once().ok());
    work_.stop();
    start();
    REQUIRE(work_.add_members(2).ok());
    work_.colleague_works();
    REQUIRE(work_.sync_once().ok());
    REQUIRE(work_.add_members(2).ok());
    REQUIRE(work_.stash_draft().ok());
    dump_ = dump_of(work_.store());
    // The power fails: the log stays as long as it is.
    disk.cut_after(1);
    work_.stop();
    disk.lose_power();
    for (const auto& entry : fs::directory_iterator(work_.home())) {
      const std::string name = entry.path().filename().string();
      if (name != "lock" && fs::file_size(entry.path()) > 0) files_[name] = read(entry.path());
    }
    fs::create_hard_link(work_.home() / "machine.lx", kept_mark());
    // Once opened as it is, it shows what it showed; and after a sync everything.
    start();
    REQUIRE(dump_of(work_.store()) == dump_);
    SmallCounty county = work_.county();
    REQUIRE(county.sync(work_.store()).complete);
    synced_dump_ = dump_of(work_.store());
    work_.stop();
  }

  [[nodiscard]] const std::map<std::string, std::string>& files() const { return files_; }

  /// The home as it was, with one bit changed.
  void put_back(const std::string& flipped, std::uint64_t bit) {
    for (const auto& entry : fs::directory_iterator(work_.home())) {
      if (files_.count(entry.path().filename().string()) == 0) fs::remove(entry.path());
    }
    // The machine's mark knows its own file number: the very same file comes back.
    fs::remove(work_.home() / "machine.lx");
    fs::create_hard_link(kept_mark(), work_.home() / "machine.lx");
    for (const auto& [name, bytes] : files_) {
      const fs::path path = work_.home() / name;
      const bool flip = name == flipped;
      if (!flip && fs::exists(path) && read(path) == bytes) continue;
      std::string content = bytes;
      if (flip) content[bit / 8] = static_cast<char>(content[bit / 8] ^ (1 << (bit % 8)));
      std::ofstream out(path, std::ios::binary | std::ios::trunc);
      out.write(content.data(), static_cast<std::streamsize>(content.size()));
    }
  }

  /// "" = nothing was silently wrong, nothing unsent is lost, and a sync brings everything back.
  std::string judge(cs::OpenReport& report) {
    SmallCounty county = work_.county();
    auto opened = cs::LaptopStore::open(work_.home(), kPassphrase, county.clock, report);
    if (!opened.ok()) return "does not open: " + opened.error().code + " " + opened.error().detail;
    cs::LaptopStore& store = **opened;
    if (report.missing > 0) return "unsent work is missing";
    const bool says_something = report.repaired || report.from_journal > 0 || report.is_copy;
    if (!says_something && dump_of(store) != dump_) return "shows something else and says nothing";
    const auto receipt = county.try_sync(store);
    if (!receipt.ok()) return "sync: " + receipt.error().code;
    if (!receipt->complete) return "the next sync is not complete";
    if (dump_of(store) != synced_dump_) return "differs after the next sync";
    return problems_of(store);
  }

 private:
  [[nodiscard]] fs::path kept_mark() const { return work_.home().parent_path() / "machine.lx.kept"; }
  static std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void start() {
    cs::OpenReport report;
    const Status started = work_.start(report);
    REQUIRE(started.ok());
  }

  LaptopWork work_;
  std::map<std::string, std::string> files_;
  std::string dump_;
  std::string synced_dump_;
};

struct Outcome {
  int flips = 0;
  int repaired = 0;
  int from_journal = 0;
  int copies = 0;
};

}  // namespace

TEST_CASE("a flipped bit is repaired or said, never shown as data, and no unsent work is lost") {
  set_log_target("off");
  const std::uint64_t seed = number_of("LX_SEED", std::random_device{}());
  MESSAGE("LX_SEED=", seed);
  std::mt19937_64 random(seed);
  Home home;
  for (const char* name :
       {"store.db", "store.db-wal", "journal.lx", "head.lx", "keys.lx", "keys.lx.1", "machine.lx"})
    REQUIRE_MESSAGE(home.files().count(name) == 1, std::string(name));
  std::map<std::string, Outcome> outcomes;
  const std::uint64_t flips = number_of("LX_FLIPS", 56);
  for (std::uint64_t i = 0; i < flips; ++i) {
    const auto file = std::next(home.files().begin(), static_cast<std::ptrdiff_t>(i % home.files().size()));
    const std::uint64_t bit = random() % (file->second.size() * 8);
    home.put_back(file->first, bit);
    cs::OpenReport report;
    const std::string wrong = home.judge(report);
    if (!wrong.empty())
      FAIL_CHECK("LX_SEED=" << seed << " " << file->first << " bit " << bit << ": " << wrong);
    Outcome& outcome = outcomes[file->first];
    ++outcome.flips;
    outcome.repaired += report.repaired ? 1 : 0;
    outcome.from_journal += report.from_journal > 0 ? 1 : 0;
    outcome.copies += report.is_copy ? 1 : 0;
  }
  for (const auto& [name, outcome] : outcomes)
    MESSAGE(name, ": ", outcome.flips, " flips, ", outcome.repaired, " rebuilt, ", outcome.from_journal,
            " given back by the journal, ", outcome.copies, " taken for a copy");
  CHECK(outcomes["store.db"].repaired > 0);
  CHECK(outcomes["store.db-wal"].from_journal > 0);
  CHECK(outcomes["machine.lx"].copies > 0);
  CHECK(outcomes["journal.lx"].copies == 0);
}
