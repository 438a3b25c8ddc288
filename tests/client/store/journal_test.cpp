#include "client/store/journal.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "shared/base/file.hpp"
#include "tests/support/process.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using lianxin::test::TempFolder;
namespace fs = std::filesystem;

namespace {

const Bytes kKey(32, 'j');
constexpr ReplicaId kReplica{77};
constexpr std::uint64_t kFileMax = 1 << 28;

JournalEntry entry(std::uint64_t counter, ReplicaId replica = kReplica) {
  JournalEntry one;
  one.id = {replica, counter};
  one.hash = hash256("hash" + std::to_string(counter));
  one.body = "body of " + std::to_string(counter) + " 冯未传";
  one.values = "13900000000";
  return one;
}

std::vector<std::uint64_t> counters(const Journal& journal) {
  std::vector<std::uint64_t> out;
  const auto entries = journal.entries();
  REQUIRE(entries.ok());
  for (const JournalEntry& one : *entries) {
    const JournalEntry whole = entry(one.id.counter, one.id.replica);
    CHECK(one.body == whole.body);
    CHECK(one.values == whole.values);
    CHECK(one.hash == whole.hash);
    out.push_back(one.id.counter);
  }
  return out;
}

using Counters = std::vector<std::uint64_t>;

/// Without waiting for the disk: only what is read back matters here.
void put(const fs::path& file, BytesView bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

TEST_CASE("what was appended is read again, in order, by another opening") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  {
    auto journal = Journal::open(file, kKey);
    REQUIRE(journal.ok());
    REQUIRE(journal->append({entry(1), entry(2)}).ok());
    REQUIRE(journal->append({entry(3)}).ok());
    CHECK(counters(*journal) == Counters{1, 2, 3});
  }
  auto again = Journal::open(file, kKey);
  REQUIRE(again.ok());
  CHECK_FALSE(again->was_damaged());
  CHECK(counters(*again) == Counters{1, 2, 3});
  CHECK(again->ids().count({kReplica, 2}) == 1);
  REQUIRE(again->append({entry(4)}).ok());
  CHECK(counters(*Journal::open(file, kKey)) == Counters{1, 2, 3, 4});
  const auto bytes = read_file(file, kFileMax);
  CHECK(bytes->find("冯未传") == Bytes::npos);
  CHECK(bytes->find("13900000000") == Bytes::npos);
}

TEST_CASE("cut at any byte, whole frames stay and the journal goes on") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  std::vector<std::size_t> ends;
  {
    auto journal = Journal::open(file, kKey);
    for (std::uint64_t counter = 1; counter <= 3; ++counter) {
      REQUIRE(journal->append({entry(counter)}).ok());
      ends.push_back(fs::file_size(file));
    }
  }
  const Bytes whole = *read_file(file, kFileMax);
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    CAPTURE(length);
    put(file, BytesView(whole).substr(0, length));
    Counters kept;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i] <= length) kept.push_back(i + 1);
    }
    auto journal = Journal::open(file, kKey);
    REQUIRE(journal.ok());
    REQUIRE_FALSE(journal->was_damaged());
    REQUIRE(counters(*journal) == kept);
    REQUIRE(journal->append({entry(9)}).ok());
    kept.push_back(9);
    REQUIRE(counters(*Journal::open(file, kKey)) == kept);
  }
}

TEST_CASE("a damaged byte anywhere costs one frame at most, and is noticed") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  {
    auto journal = Journal::open(file, kKey);
    for (std::uint64_t counter = 1; counter <= 4; ++counter)
      REQUIRE(journal->append({entry(counter)}).ok());
  }
  const Bytes whole = *read_file(file, kFileMax);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    CAPTURE(at);
    Bytes bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 0x40);
    put(file, bad);
    const auto journal = Journal::open(file, kKey);
    REQUIRE(journal.ok());
    // A frame is bound to the 16 bytes before it: damage there takes two.
    const Counters left = counters(*journal);
    REQUIRE(left.size() >= 2);
    const bool lost_middle = left.size() < 4 && left.back() == 4;
    if (lost_middle) REQUIRE(journal->was_damaged());
  }
}

TEST_CASE("a frame taken out is noticed") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  std::vector<std::size_t> ends;
  {
    auto journal = Journal::open(file, kKey);
    for (std::uint64_t counter = 1; counter <= 3; ++counter) {
      REQUIRE(journal->append({entry(counter)}).ok());
      ends.push_back(fs::file_size(file));
    }
  }
  Bytes bytes = *read_file(file, kFileMax);
  bytes.erase(ends[0], ends[1] - ends[0]);
  REQUIRE(replace_file(file, bytes).ok());
  CHECK(counters(*Journal::open(file, kKey)) == Counters{1});
}

TEST_CASE("forgetting keeps the rest and where it begins") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  auto journal = Journal::open(file, kKey);
  REQUIRE(journal->append({entry(1), entry(2), entry(3), entry(1, ReplicaId{5})}).ok());
  REQUIRE(journal->forget({kReplica, 2, entry(2).hash}).ok());
  CHECK(counters(*journal) == Counters{3, 1});
  const auto again = Journal::open(file, kKey);
  CHECK(counters(*again) == Counters{3, 1});
  REQUIRE(again->bases().count(kReplica) == 1);
  CHECK(again->bases().at(kReplica).counter == 2);
  CHECK(again->bases().at(kReplica).hash == entry(2).hash);
  REQUIRE(journal->forget({kReplica, 1, entry(1).hash}).ok());
  CHECK(journal->bases().at(kReplica).counter == 2);
}

TEST_CASE("a long journal is not written again for every acknowledgement, and forgets all the same") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  auto journal = Journal::open(file, kKey);
  std::vector<JournalEntry> many;
  for (std::uint64_t counter = 1; counter <= 40; ++counter) {
    many.push_back(entry(counter));
    many.back().body += Bytes(100000, 'x');
  }
  REQUIRE(journal->append(many).ok());
  const auto before = fs::file_size(file);
  REQUIRE(journal->forget({kReplica, 1, many[0].hash}).ok());
  CHECK(fs::file_size(file) >= before);
  CHECK(Journal::open(file, kKey)->entries()->size() == 39);
  REQUIRE(journal->forget({kReplica, 39, many[38].hash}).ok());
  CHECK(fs::file_size(file) < before / 2);
  CHECK(Journal::open(file, kKey)->entries()->size() == 1);
}

TEST_CASE("another store's journal is moved aside, never written over") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  REQUIRE(replace_file(file, "something quite different that is long enough").ok());
  auto journal = Journal::open(file, kKey);
  REQUIRE(journal.ok());
  CHECK(journal->was_damaged());
  CHECK(counters(*journal).empty());
  int files = 0;
  for ([[maybe_unused]] const auto& one : fs::directory_iterator(folder.path()))
    ++files;
  CHECK(files == 2);
}

TEST_CASE("a journal of another key is moved aside whole, however much of it is sound") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  constexpr std::size_t kMarkAt = 16;
  Bytes before;
  {
    auto journal = Journal::open(file, kKey);
    REQUIRE(journal->append({entry(1)}).ok());
    before = *read_file(file, kFileMax);
  }
  Bytes key(kKey);
  SUBCASE("another key") { key[3] = static_cast<char>(key[3] ^ 1); }
  SUBCASE("another key, and spoilt") {
    key[3] = static_cast<char>(key[3] ^ 1);
    before[before.size() / 2] = static_cast<char>(before[before.size() / 2] ^ 1);
  }
  SUBCASE("of a program without marks, and spoilt") {
    before[kMarkAt] = static_cast<char>(before[kMarkAt] ^ 1);
    before[before.size() / 2] = static_cast<char>(before[before.size() / 2] ^ 1);
  }
  put(file, before);
  {
    auto journal = Journal::open(file, key);
    REQUIRE(journal.ok());
    CHECK(journal->was_damaged());
    CHECK(counters(*journal).empty());
    REQUIRE(journal->append({entry(7)}).ok());
  }
  CHECK(counters(*Journal::open(file, key)) == Counters{7});
  std::vector<Bytes> aside;
  for (const auto& one : fs::directory_iterator(folder.path())) {
    if (one.path() != file) aside.push_back(*read_file(one.path(), kFileMax));
  }
  CHECK(aside == std::vector{before});
}

TEST_CASE("whatever a power cut leaves of a journal's first frame is cut off, and nothing is moved aside") {
  const TempFolder folder;
  const fs::path file = folder.path() / "journal.lx";
  {
    auto journal = Journal::open(file, kKey);
    REQUIRE(journal->append({entry(1)}).ok());
  }
  Bytes torn = *read_file(file, kFileMax);
  torn.replace(torn.size() / 2, 20, 20, '\0');  // a block that never reached the disk
  put(file, torn);
  const auto journal = Journal::open(file, kKey);
  REQUIRE(journal.ok());
  CHECK_FALSE(journal->was_damaged());
  CHECK(counters(*journal).empty());
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("a journal whose folder or file is gone says so") {
  const TempFolder folder;
  CHECK(Journal::open(folder.path() / "gone" / "journal.lx", kKey).error().code == "journal.unwritable");
  const fs::path file = folder.path() / "journal.lx";
  auto journal = Journal::open(file, kKey);
  fs::remove(file);
  CHECK(journal->append({entry(1)}).error().code == "journal.unwritable");
}

TEST_CASE("a head mark is read as it was written, and damage is told from absence") {
  const TempFolder folder;
  const fs::path file = folder.path() / "head.lx";
  CHECK_FALSE(read_head_mark(file, kKey)->has_value());
  const HeadMark mark{{kReplica, 12, hash256("x")}, 7};
  REQUIRE(write_head_mark(file, kKey, mark).ok());
  const auto read = read_head_mark(file, kKey);
  REQUIRE(read.ok());
  REQUIRE(read->has_value());
  CHECK((*read)->end == mark.end);
  CHECK((*read)->acknowledged == 7);
  const Bytes good = *read_file(file, kFileMax);
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 2);
    put(file, bad);
    REQUIRE(read_head_mark(file, kKey).error().code == "store.head_damaged");
  }
}
