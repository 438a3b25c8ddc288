#include "sync/server/service/disputes.hpp"

#include <doctest/doctest.h>

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Two laptops of one village that know one member.
struct DisputedVillage {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop b{office, office.worker("乙", "worker", kSanhe)};
  Id sanhe = office.unit(kSanhe);
  Id member = a.member("赵连心", kSanhe);
  server::Disputes disputes{office.catalogue()};
  DisputedVillage() {
    (void)a.sync();
    (void)b.sync();
  }
  void both_write(const std::string& field) {
    a.put("member", member, sanhe, {{field, "A 路 1 号"}});
    b.put("member", member, sanhe, {{field, "B 路 2 号"}});
    (void)a.sync();
    (void)b.sync();
    (void)a.sync();
  }
  std::size_t open() {
    must(disputes.refresh(*office.reader()));
    std::size_t count = 0;
    for (const auto& [id, record] : disputes.records())
      count += record.disputes.size();
    return count;
  }
};

TEST_CASE("what two people wrote of one field is open until one of them decides") {
  DisputedVillage village;
  CHECK(village.open() == 0);
  village.both_write("home_address");
  REQUIRE(village.open() == 1);
  const auto& [id, record] = *village.disputes.records().begin();
  CHECK(id == village.member);
  CHECK(record.scopes == std::vector<Id>{village.sanhe});
  const domain::Kind* kind = village.office.catalogue().kind("member");
  CHECK(record.kind == kind->wire);
  CHECK(record.disputes.front().field == kind->field("home_address")->wire);
  CHECK(record.disputes.front().since_ms > 0);
  village.a.put("member", village.member, village.sanhe, {{"home_address", "A 路 1 号"}});
  (void)village.a.sync();
  CHECK(village.open() == 0);
}

TEST_CASE("a look after a start finds what one that went along has") {
  DisputedVillage village;
  village.both_write("home_address");
  CHECK(village.open() == 1);
  village.both_write("post_code");
  server::Disputes fresh(village.office.catalogue());
  must(fresh.refresh(*village.office.reader()));
  CHECK(village.open() == 2);
  REQUIRE(fresh.records().size() == 1);
  CHECK(fresh.records().begin()->second.disputes.size() == 2);
}

TEST_CASE("an accepted change disputes what it was beside, and a purge ends it") {
  DisputedVillage village;
  FakeLaptop far{village.office, village.office.worker("丁", "worker", kLongquan)};
  village.a.put("member", village.member, village.sanhe, {{"home_address", "A 路 1 号"}});
  (void)village.a.sync();
  const ChangeId change = far.put("member", village.member, village.sanhe, {{"home_address", "远方写的"}});
  (void)far.sync();
  CHECK(village.open() == 0);
  (void)must(village.office.admin().accept(change));
  CHECK(village.open() == 1);
  (void)must(village.office.admin().purge(village.member, {"home_address"}, "本人要求"));
  CHECK(village.open() == 0);
}

}  // namespace
