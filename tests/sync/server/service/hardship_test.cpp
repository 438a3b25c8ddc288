// A hardship file is known to those who may hold the class, and to nobody else: not its values, not its
// number, not that it is there (domain.md 2.11).
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

bool holds(const Bytes& bytes, const Id& id) { return bytes.find(id.bytes()) != Bytes::npos; }

struct Told {
  wire::ExchangeAnswer answer;
  Bytes bytes;
};

Told told_to(FakeLaptop& laptop) {
  Told told;
  told.bytes = laptop.office.exchange().handle(laptop.packed(laptop.request()));
  told.answer = must(wire::unpack<wire::ExchangeAnswer>(told.bytes));
  // Pages are compressed one by one: what stands in them is looked for in their own words.
  for (const wire::FeedPage& page : told.answer.pages) {
    for (const wire::FeedEntry& entry : page.entries) {
      told.bytes += entry.record.bytes();
      told.bytes += entry.body + entry.values + entry.state;
    }
    for (const wire::StateRow& row : page.rows)
      told.bytes += row.record.bytes();
  }
  return told;
}

TEST_CASE(
    "a worker in the field is told nothing of a hardship file: no value, no number, no entry, no count") {
  Office office;
  FakeLaptop secretary(office, office.worker("书记", "secretary", kSanhe));
  FakeLaptop worker(office, office.worker("网格员", "worker", kSanhe));
  const Id village = office.unit(kSanhe);
  const Id member = secretary.member("王五", kSanhe);
  (void)secretary.sync();
  (void)worker.sync();
  REQUIRE(worker.has(member));

  const Id file = Id::make(office.clock.now_ms());
  const Id aid = Id::make(office.clock.now_ms() + 1);
  secretary.put("hardship_record", file, village,
                {{"member_id", member.text()}, {"active", "1"}, {"cause_class", "illness"}}, member);
  secretary.put("aid", aid, village,
                {{"member_id", member.text()}, {"occurred_on", "2026-02-10"}, {"kind", "money"}}, member);
  (void)secretary.sync();

  const Told nothing = told_to(worker);
  CHECK_FALSE(holds(nothing.bytes, file));
  CHECK_FALSE(holds(nothing.bytes, aid));
  std::size_t entries = 0;
  for (const wire::FeedPage& page : nothing.answer.pages)
    entries += page.entries.size() + page.rows.size();
  CHECK(entries == 0);
  worker.take(nothing.answer);
  (void)worker.sync();  // compares counts and digests with the server's
  CHECK_FALSE(worker.has(file));
  CHECK_FALSE(worker.has(aid));

  // From the start as well, and for one who comes later; another office of the village has all of it.
  FakeLaptop fresh(office, office.worker("新网格员", "worker", kSanhe));
  const Told all = told_to(fresh);
  CHECK(holds(all.bytes, member));
  CHECK_FALSE(holds(all.bytes, file));
  CHECK_FALSE(holds(all.bytes, aid));
  FakeLaptop township(office, office.worker("镇", "township_officer", kTownship));
  CHECK(holds(told_to(township).bytes, file));
  (void)township.sync();
  CHECK(township.shown(file, "cause_class") == "illness");
  CHECK(township.shown(aid, "kind") == "money");
  office.prove();
}

TEST_CASE("a file moves with its member to another village, and only offices see it arrive") {
  Office office;
  FakeLaptop township(office, office.worker("镇", "township_officer", kTownship));
  FakeLaptop worker(office, office.worker("网格员", "worker", kDajing));
  const Id member = township.member("王五", kSanhe);
  const Id file = Id::make(office.clock.now_ms());
  township.put("hardship_record", file, office.unit(kSanhe), {{"member_id", member.text()}, {"active", "1"}},
               member);
  (void)township.sync();
  township.put("member", member, office.unit(kSanhe), {{"home_village_id", office.unit(kDajing).text()}});
  (void)township.sync();
  FakeLaptop secretary(office, office.worker("书记", "secretary", kDajing));
  (void)secretary.sync();
  (void)worker.sync();
  CHECK(secretary.shown(file, "active") == "1");
  CHECK(worker.has(member));
  CHECK_FALSE(worker.has(file));
  office.prove();
}

}  // namespace
