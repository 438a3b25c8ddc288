// One person, two grants: all of a class in one village, and a view of it in the next.
#include "sync/server/service/whole_elsewhere.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Secretary of Sanhe and worker of Dajing, and the office above both.
struct TwoVillages {
  Office office;
  Id sanhe = office.unit(kSanhe);
  Id dajing = office.unit(kDajing);
  Id person = office.worker("书记兼网格员", "secretary", kSanhe);
  Id second = must(office.admin().grant(person, "worker", kDajing));
  FakeLaptop both{office, person};
  FakeLaptop township{office, office.worker("镇", "township_officer", kTownship)};
  Id member = township.member("王五", kSanhe);
  Id file = Id::make(office.clock.now_ms());

  TwoVillages() {
    township.put("member", member, sanhe, {{"care_flag", "ill"}, {"remark", "office only"}});
    township.put("hardship_record", file, sanhe, {{"member_id", member.text()}, {"cause_class", "illness"}},
                 member);
    all();
    REQUIRE(both.shown(member, "remark") == "office only");
  }
  void all() {
    for (int round = 0; round < 2; ++round) {
      (void)township.sync();
      (void)both.sync();  // compares counts and digests with the server's
    }
    office.prove();
  }
  Id visit(FakeLaptop& by, const std::string& words) {
    const Id id = Id::make(office.clock.now_ms());
    by.put("visit", id, sanhe, {{"members:" + member.text(), "1"}, {"outcome", "met"}, {"content", words}},
           member);
    return id;
  }
  void move_to(const Id& village) {
    township.put("member", member, sanhe, {{"home_village_id", village.text()}});
  }
  void stand_in_both() {
    both.put("member", member, sanhe, {{"home_village_id", dajing.text()}});
    move_to(sanhe);  // neither knew of the other: a disputed village delivers to both (3.9)
    all();
  }
};

TEST_CASE("a record that moves from the village held whole to the other leaves no more there than the view") {
  TwoVillages v;
  v.move_to(v.dajing);
  v.all();
  CHECK(v.both.shown(v.member, "name") == "王五");
  CHECK(v.both.shown(v.member, "remark").empty());
  CHECK(v.both.shown(v.member, "care_flag").empty());
  CHECK_FALSE(v.both.has(v.file));
  SUBCASE("and all of it comes back with it") {
    v.move_to(v.sanhe);
    v.all();
    CHECK(v.both.shown(v.member, "remark") == "office only");
    CHECK(v.both.shown(v.file, "cause_class") == "illness");
  }
}

TEST_CASE("own work on a record that moves there stays in the view, and what others wrote goes") {
  TwoVillages v;
  const Id own = v.visit(v.both, "own words");
  const Id others = v.visit(v.township, "the office's words");
  v.all();
  REQUIRE(v.both.shown(others, "content") == "the office's words");
  v.move_to(v.dajing);
  v.all();
  CHECK(v.both.shown(own, "content") == "own words");
  CHECK(v.both.shown(others, "outcome") == "met");
  CHECK(v.both.shown(others, "content").empty());
}

TEST_CASE("a record that stands in both is held whole, whichever feed tells of it, and counted so in both") {
  TwoVillages v;
  v.stand_in_both();
  CHECK(v.both.shown(v.member, "remark") == "office only");
  v.township.put("member", v.member, v.sanhe, {{"remark", "more"}});
  v.all();
  v.both.put("member", v.member, v.dajing, {{"remark", "and more"}});
  v.all();
  CHECK(v.township.shown(v.member, "remark") == "and more");
  FakeLaptop late(v.office, v.person);
  (void)late.sync();
  CHECK(late.shown(v.member, "remark") == "and more");
  v.township.put("member", v.member, v.dajing, {{"remark", "the office's"}});
  v.move_to(v.dajing);
  v.all();
  (void)late.sync();
  CHECK(late.shown(v.member, "remark") != "the office's");
}

TEST_CASE("a file one wrote in, and whose view is closed to a worker, stands in both villages too") {
  TwoVillages v;
  v.both.put("hardship_record", v.file, v.sanhe, {{"cause_class", "disability"}}, v.member);
  v.all();
  v.stand_in_both();
  CHECK(v.both.shown(v.file, "cause_class") == "disability");
  v.township.put("hardship_record", v.file, v.sanhe, {{"cause_class", "accident"}}, v.member);
  v.all();
  v.move_to(v.sanhe);
  v.all();
  CHECK(v.both.has(v.file));
  v.move_to(v.dajing);
  v.all();
  CHECK(!v.both.has(v.file));
}

TEST_CASE("when the grant that gave all of it ends, the view of the other village begins anew") {
  TwoVillages v;
  v.stand_in_both();
  for (const auto& grant : must(v.office.reader()->grants(v.person))) {
    if (grant.id != v.second) (void)must(v.office.admin().end_grant(grant.id));
  }
  const int dropped = v.both.dropped;
  v.all();
  CHECK(v.both.dropped > dropped);
  CHECK(v.both.shown(v.member, "name") == "王五");
  CHECK(v.both.shown(v.member, "remark").empty());
}

TEST_CASE("who holds views alone has positions as before, and who holds all of a class has no marks") {
  TwoVillages v;
  const auto reader = v.office.reader();
  const auto day = Date::of(v.office.clock.now_ms());
  const auto of = [&](const Id& who) { return must(server::access_of(*reader, who, day)); };
  const server::Access field = of(v.office.worker("网格员", "worker", kDajing));
  CHECK(server::WholeElsewhere(*reader, field.scopes).mark(4) == 0);
  const server::Access mixed = of(v.person);
  server::WholeElsewhere whole(*reader, mixed.scopes);
  CHECK(whole.mark(4) != 0);
  CHECK((whole.mark(4) & (2 * server::kOwnViewBit - 1)) == 0);
  CHECK(whole.mark(4) < std::uint64_t{1} << 62);
  CHECK(must(whole.has(v.member, 4)));
  CHECK(must(whole.instead_of({v.dajing, 4, v.person})).empty());
  CHECK(must(whole.instead_of({v.sanhe, 4, Id{}})).empty());
}

}  // namespace
