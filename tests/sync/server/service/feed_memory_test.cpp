#include "sync/server/service/feed_memory.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A village with members, as its feed of the class that every record has.
struct ToldVillage {
  Office office;
  FakeLaptop writer{office, office.worker("甲", "secretary", kSanhe)};
  store::FeedKey key{office.unit(kSanhe), 0, Id{}};

  void add(int members) {
    for (int i = 0; i < members; ++i)
      (void)writer.member("人" + std::to_string(i), kSanhe);
    (void)writer.sync();
  }
  [[nodiscard]] std::uint64_t end() const { return must(office.reader()->feed_head(key)).position; }
  /// What the memory gives, in as many pieces as it takes.
  server::KeptEntries all(server::FeedMemory& memory, std::uint64_t mark, std::size_t limit) const {
    const auto reader = office.reader();
    const std::uint64_t last = end();
    server::KeptEntries out;
    while (out.size() < last) {
      const auto some = must(memory.read(*reader, mark, key, out.size(), last, limit, true));
      REQUIRE(!some.empty());
      REQUIRE(some.size() <= limit);
      for (const auto& one : some) {
        REQUIRE(one->row.entry.position == out.size() + 1);
        out.push_back(one);
      }
    }
    return out;
  }
};

TEST_CASE("entries that were told are told again from memory, and new ones are added to them") {
  ToldVillage village;
  village.add(7);
  server::FeedMemory memory;
  const auto first = village.all(memory, 1, 100);
  CHECK(village.all(memory, 1, 100) == first);  // the very same ones
  CHECK(village.all(memory, 1, 3) == first);
  village.add(4);
  const auto more = village.all(memory, 1, 100);
  CHECK(more.size() > first.size());
  CHECK(std::equal(first.begin(), first.end(), more.begin()));
  // A reader of an earlier moment is told nothing that came after it.
  CHECK(must(memory.read(*village.office.reader(), 1, village.key, 0, 2, 100, true)).size() == 2);
}

TEST_CASE("under another mark nothing is known any more") {
  ToldVillage village;
  village.add(5);
  server::FeedMemory memory;
  const auto first = village.all(memory, 1, 100);
  first.front()->is_settled = true;
  const auto other = village.all(memory, 2, 100);
  CHECK(other.front() != first.front());
  CHECK_FALSE(other.front()->is_settled);
  CHECK(village.all(memory, 1, 100).front() != first.front());
}

TEST_CASE("the newest of a feed are kept, and what is picked out of it or older changes nothing of that") {
  ToldVillage village;
  village.add(20);
  server::FeedMemory memory;
  const auto reader = village.office.reader();
  const std::uint64_t last = village.end();
  const auto newest = must(memory.read(*reader, 1, village.key, last - 5, last, 100, true));
  const std::size_t bytes = memory.bytes();
  CHECK(must(memory.read(*reader, 1, village.key, 0, last, 3, true)).size() == 3);
  CHECK(must(memory.read(*reader, 1, village.key, 8, 9, 1, false)).size() == 1);
  CHECK(memory.bytes() == bytes);
  CHECK(must(memory.read(*reader, 1, village.key, last - 5, last, 100, true)) == newest);
  // Those just before them are added.
  const auto more = must(memory.read(*reader, 1, village.key, last - 8, last, 100, true));
  CHECK(more.size() == 8);
  CHECK(memory.bytes() > bytes);
  CHECK(must(memory.read(*reader, 1, village.key, last - 8, last, 2, true)).front() == more.front());
  CHECK(must(memory.read(*reader, 1, village.key, last - 2, last, 100, true)).front() == newest[3]);
  CHECK(village.all(memory, 1, 7).size() == last);  // in whatever pieces
}

TEST_CASE("what is kept stays below its bound, and what was used longest ago goes first") {
  ToldVillage village;
  village.add(30);
  constexpr std::size_t kBound = 16 * 1024;
  server::FeedMemory memory(kBound);
  const auto reader = village.office.reader();
  const std::uint64_t last = village.end();
  const store::FeedKey shelf{Id{}, 0, Id{}};
  const std::uint64_t shelf_end = must(reader->feed_head(shelf)).position;
  REQUIRE(shelf_end > 0);
  const auto on_shelf = must(memory.read(*reader, 1, shelf, 0, shelf_end, 5, true));
  (void)must(memory.read(*reader, 1, village.key, 0, last, 10, true));
  CHECK(must(memory.read(*reader, 1, shelf, 0, shelf_end, 5, true)) == on_shelf);
  for (std::uint64_t at = 0; at < last; at += 10) {
    (void)must(memory.read(*reader, 1, village.key, at, last, 10, true));
    CHECK(memory.bytes() <= kBound);
  }
  CHECK(must(memory.read(*reader, 1, shelf, 0, shelf_end, 5, true)) != on_shelf);
}

TEST_CASE("a purge by another process is told to who reads from what this one remembers") {
  ToldVillage village;
  const Id member = village.writer.member("人", kSanhe);
  village.writer.put("member", member, village.office.unit(kSanhe), {{"post_code", "134000"}});
  (void)village.writer.sync();
  FakeLaptop before(village.office, village.office.worker("乙", "secretary", kSanhe));
  (void)before.sync();
  CHECK(before.shown(member, "post_code") == "134000");
  // The office's command, beside the server that answers.
  (void)must(village.office.admin().purge(member, {"post_code"}, "本人要求"));
  FakeLaptop after(village.office, village.office.worker("丙", "secretary", kSanhe));
  const wire::ExchangeAnswer answer = after.exchange();
  for (const wire::FeedPage& page : answer.pages) {
    for (const wire::FeedEntry& entry : page.entries) {
      CHECK(entry.values.find("134000") == Bytes::npos);
      CHECK(entry.state.find("134000") == Bytes::npos);
    }
  }
  (void)before.sync();
  CHECK(before.shown(member, "post_code").empty());
}

TEST_CASE("who was told that a record is only here is told where it went") {
  ToldVillage village;
  const Id member = village.writer.member("人", kSanhe);
  village.add(3);
  FakeLaptop reader(village.office, village.office.worker("乙", "township_officer", kTownship));
  (void)reader.sync();
  FakeLaptop mover(village.office, village.office.worker("丙", "township_officer", kTownship));
  (void)mover.sync();
  mover.put("member", member, village.office.unit(kSanhe),
            {{"home_village_id", village.office.unit(kDajing).text()}});
  (void)mover.sync();
  village.writer.put("member", member, village.office.unit(kSanhe), {{"post_code", "134001"}});
  (void)village.writer.sync();
  for (FakeLaptop* laptop : {&reader, &mover})
    CHECK(laptop->sync() >= 1);  // and all is equal
  CHECK(reader.shown(member, "post_code") == "134001");
  FakeLaptop late(village.office, village.office.worker("丁", "township_officer", kTownship));
  (void)late.sync();
  CHECK(late.shown(member, "post_code") == "134001");
}

}  // namespace
