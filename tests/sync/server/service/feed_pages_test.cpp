#include "sync/server/service/feed_pages.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A village whose few members were edited many times.
struct Busy {
  Office office;
  FakeLaptop writer{office, office.worker("甲", "secretary", kSanhe)};
  std::vector<Id> members;
  Busy() {
    for (int i = 0; i < 20; ++i)
      members.push_back(writer.member("人" + std::to_string(i), kSanhe));
    for (int round = 0; round < 30; ++round) {
      for (const Id& id : members)
        edit(writer, id, "职务" + std::to_string(round));
    }
    (void)writer.sync();
  }
  void edit(FakeLaptop& laptop, const Id& id, const std::string& value) {
    laptop.put("member", id, office.unit(kSanhe), {{"post_code", value}});
  }
};

std::size_t entries_in(const wire::ExchangeAnswer& answer) {
  std::size_t count = 0;
  for (const wire::FeedPage& page : answer.pages)
    count += page.entries.size();
  return count;
}

TEST_CASE("a long feed about few records comes as their states, and the laptop ends equal") {
  Busy busy;
  FakeLaptop late(busy.office, busy.office.worker("乙", "secretary", kSanhe));
  const wire::ExchangeAnswer answer = late.exchange();
  CHECK(entries_in(answer) < 100);
  late.check_digests(answer);
  CHECK(late.shown(busy.members[7], "post_code") == "职务29");
  // From here on entry by entry, merging into the states.
  busy.edit(late, busy.members[7], "新的");
  (void)late.sync();
  (void)busy.writer.sync();
  CHECK(busy.writer.shown(busy.members[7], "post_code") == "新的");
}

TEST_CASE("a half-loaded state of affairs goes on from its cursor, while others go on writing") {
  Busy busy;
  for (const Id& id : busy.members)
    busy.writer.put("member", id, busy.office.unit(kSanhe), {{"home_address", std::string(9000, 'x')}});
  (void)busy.writer.sync();
  FakeLaptop late(busy.office, busy.office.worker("乙", "secretary", kSanhe));
  late.answer_bytes = 64 * 1024;
  int rounds = 0;
  for (bool more = true; more && rounds < 100; ++rounds) {
    const wire::ExchangeAnswer answer = late.exchange();
    more = answer.more;
    if (rounds < 5) {
      busy.edit(busy.writer, busy.members[static_cast<std::size_t>(rounds)], "夹在中间");
      (void)busy.writer.sync();
    }
  }
  CHECK(rounds > 2);
  (void)late.sync();
  CHECK(late.shown(busy.members[2], "post_code") == "夹在中间");
}

TEST_CASE("what was purged is told as such to who reads over several answers and wrote after the purge") {
  Office office;
  FakeLaptop writer(office, office.worker("甲", "secretary", kSanhe));
  FakeLaptop reader(office, office.worker("乙", "secretary", kSanhe));
  reader.answer_bytes = 1;  // the smallest answers
  const Id member = writer.member("人", kSanhe);
  writer.put("member", member, office.unit(kSanhe), {{"post_code", "134000"}});
  (void)writer.sync();
  (void)reader.sync();
  (void)must(office.admin().purge(member, {"post_code"}, "本人要求"));
  for (int i = 0; i < 8; ++i)
    writer.put("member", writer.member("别人", kSanhe), office.unit(kSanhe),
               {{"remark", std::string(500, 'x')}});
  (void)writer.sync();
  reader.put("member", member, office.unit(kSanhe), {{"affiliation_text", "农资公司"}});
  CHECK(reader.sync() > 2);  // and all is equal
  CHECK(reader.shown(member, "post_code").empty());
  CHECK(reader.shown(member, "affiliation_text") == "农资公司");
}

TEST_CASE("own changes are told even where the states already hold them") {
  Busy busy;
  FakeLaptop late(busy.office, busy.office.worker("乙", "secretary", kSanhe));
  const Id mine = late.member("乙的人", kSanhe);
  for (int i = 0; i < 3; ++i)
    busy.edit(late, mine, "改" + std::to_string(i));
  CHECK(late.sync() == 1);
  CHECK(late.passed == late.end.counter);
  CHECK(late.shown(mine, "post_code") == "改2");
}

TEST_CASE("an evicted record is told to a laptop far behind, and not to a new one") {
  Busy busy;
  FakeLaptop behind(busy.office, busy.office.worker("乙", "secretary", kSanhe));
  (void)behind.sync();
  FakeLaptop mover(busy.office, busy.office.worker("丙", "township_officer", kTownship));
  (void)mover.sync();
  mover.put("member", busy.members[3], busy.office.unit(kSanhe),
            {{"home_village_id", busy.office.unit(kDajing).text()}});
  (void)mover.sync();
  for (int round = 0; round < 30; ++round) {
    for (const Id& id : busy.members) {
      if (id != busy.members[3]) busy.edit(busy.writer, id, "又" + std::to_string(round));
    }
  }
  (void)busy.writer.sync();
  const wire::ExchangeAnswer answer = behind.exchange();
  CHECK(entries_in(answer) < 100);
  behind.check_digests(answer);
  CHECK(!behind.has(busy.members[3]));
  FakeLaptop fresh(busy.office, busy.office.worker("丁", "secretary", kSanhe));
  (void)fresh.sync();
  CHECK(!fresh.has(busy.members[3]));
  busy.office.prove();
}

TEST_CASE("who gets wider rights begins the feed of an own view anew, and the reverse") {
  Office office;
  const Id zhang = office.worker("甲", "worker", kSanhe);
  FakeLaptop a(office, zhang);
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  const Id scope = office.unit(kSanhe);
  const Id id = a.member("赵", kSanhe);
  a.put("member", id, scope, {{"remark", "甲的话"}});
  (void)a.sync();
  (void)b.sync();
  b.put("member", id, scope, {{"remark", "乙的话"}});
  (void)b.sync();
  (void)a.sync();
  CHECK(a.shown(id, "remark") == "甲的话");
  CHECK(b.shown(id, "remark") == "乙的话");

  const Id wider = must(office.admin().grant(zhang, "secretary", kSanhe));
  (void)a.send(a.request());  // an answer that never arrives
  (void)a.sync();
  CHECK(a.dropped == 1);
  CHECK(merge::conflicts(a.state(id), office.catalogue()).size() == 1);

  (void)must(office.admin().end_grant(wider));
  (void)a.sync();
  CHECK(a.dropped == 2);
  CHECK(a.shown(id, "remark") == "甲的话");
  CHECK(merge::conflicts(a.state(id), office.catalogue()).empty());
  office.prove();
}

}  // namespace
