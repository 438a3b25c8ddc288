// A worker replaced mid-month: his whole load goes along, what he did stays his (sync.md 6.1).
#include "sync/server/service/moves.hpp"
#include "sync/server/service/own_changes.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Replaced {
  Office office;
  Id old_worker = office.worker("旧", "worker", kSanhe);
  Id next = office.worker("新", "worker", kDajing);
  FakeLaptop old_laptop{office, old_worker};
  FakeLaptop new_laptop{office, next};
  FakeLaptop town{office, office.worker("镇", "township_officer", kTownship)};
  Id sanhe = office.unit(kSanhe);
  Id bag = Id::make(71);
  server::Moves moves{office.store(), office.catalogue(), office.clock, office.admin().county()};
  Date today() const { return Date::of(office.clock.now_ms()); }

  void make_bag() {
    const auto writer = must(office.store().write());
    auto own = must(server::OwnChanges::begin(*writer, office.catalogue(), office.admin().county(),
                                              office.clock.now_ms()));
    must(own.write(
        "org_unit", bag,
        {{"kind", "store"}, {"name", "包"}, {"parent_id", sanhe.text()}, {"keeper_id", old_worker.text()}}));
    must(own.finish());
    must(writer->commit());
  }
};

TEST_CASE("grants, pairs, grids, bags and open cases go to the next worker, and only those") {
  Replaced r;
  r.make_bag();
  const Id id = r.old_laptop.member("联系户", kSanhe);
  const Id pair = Id::make(61);
  const Id over = Id::make(62);
  r.old_laptop.put("liaison_assignment", pair, r.sanhe,
                   {{"member_id", id.text()}, {"worker_id", r.old_worker.text()}, {"from", "2026-01-01"}},
                   id);
  r.old_laptop.put("liaison_assignment", over, r.sanhe,
                   {{"member_id", id.text()}, {"worker_id", r.old_worker.text()}, {"to", "2025-12-31"}}, id);
  r.old_laptop.put("grid", Id::make(63), r.sanhe,
                   {{"village_id", r.sanhe.text()}, {"leader_id", r.old_worker.text()}});
  r.old_laptop.put("case_item", Id::make(64), r.sanhe,
                   {{"member_id", id.text()}, {"owner_id", r.old_worker.text()}}, id);
  const Id file = Id::make(65);
  r.town.put("hardship_record", file, r.sanhe,
             {{"member_id", id.text()}, {"active", "1"}, {"pair_worker_id", r.old_worker.text()}}, id);
  (void)r.old_laptop.sync();
  (void)r.town.sync();
  const std::string before = r.office.dump();
  const auto preview = must(r.moves.replace_worker(r.old_worker, r.next, r.today(), true));
  CHECK(r.office.dump() == before);
  CHECK(must(r.office.reader()->grants(r.next)).size() == 1);
  const auto moved = must(r.moves.replace_worker(r.old_worker, r.next, r.today(), false));
  for (const auto& one : {preview, moved}) {
    for (const char* kind :
         {"grant", "liaison_assignment", "org_unit", "grid", "case_item", "hardship_record"}) {
      CAPTURE(kind);
      CHECK(one.kinds.at(kind).moved == 1);
      CHECK(one.kinds.at(kind).from_before == 1);
      CHECK(one.kinds.at(kind).from_after == 0);
    }
    CHECK(one.kinds.at("grant").into_before == 1);
    CHECK(one.kinds.at("grant").into_after == 2);
  }
  (void)r.new_laptop.sync();
  CHECK(r.new_laptop.has(id));
  CHECK(r.new_laptop.shown(pair, "worker_id") == r.old_worker.text());  // history stays
  CHECK(r.new_laptop.shown(pair, "to") == r.today().plus_days(-1).text());
  CHECK(r.new_laptop.shown(over, "to") == "2025-12-31");
  CHECK(r.new_laptop.shown(r.bag, "keeper_id") == r.next.text());
  CHECK(r.new_laptop.shown(file, "pair_worker_id") == r.next.text());
  CHECK_FALSE(r.old_laptop.has(file));
  r.office.prove();
}

TEST_CASE("what the replaced worker had written offline is applied late, and the next worker has it") {
  Replaced r;
  const Id id = r.old_laptop.member("联系户", kSanhe);
  (void)r.old_laptop.sync();
  r.old_laptop.put("member", id, r.sanhe, {{"home_address", "离线时改的"}});
  (void)must(r.moves.replace_worker(r.old_worker, r.next, r.today(), false));
  r.old_laptop.outcomes.clear();
  (void)r.old_laptop.exchange();
  CHECK(r.old_laptop.outcomes.empty());
  (void)r.new_laptop.sync();
  CHECK(r.new_laptop.shown(id, "home_address") == "离线时改的");
  r.office.prove();
}

TEST_CASE("nobody takes over from himself or from somebody unknown") {
  Replaced r;
  const auto error = [&](const Id& from, const Id& to) {
    const auto moved = r.moves.replace_worker(from, to, r.today(), false);
    return moved.ok() ? std::string() : moved.error().code;
  };
  CHECK(error(r.next, r.next) == "replace.self");
  CHECK(error(Id::make(1), r.next) == "worker.unknown");
}

}  // namespace
