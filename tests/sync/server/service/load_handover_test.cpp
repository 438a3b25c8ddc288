// A worker replaced mid-month: his whole load goes along, what he did stays his (sync.md 6.1).
#include <algorithm>
#include <array>

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
  const Id support = Id::make(66);
  r.town.put("support_pair", support, r.sanhe,
             {{"member_id", id.text()}, {"helper_worker_id", r.old_worker.text()}}, id);
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
    for (const char* kind : {"grant", "liaison_assignment", "org_unit", "grid", "case_item", "support_pair",
                             "hardship_record"}) {
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
  CHECK(r.new_laptop.shown(pair, "to") == r.today().text());  // the first day without it, as figures read it
  CHECK(r.new_laptop.shown(over, "to") == "2025-12-31");
  CHECK(r.new_laptop.shown(r.bag, "keeper_id") == r.next.text());
  CHECK(r.new_laptop.shown(support, "helper_worker_id") == r.next.text());
  CHECK(r.new_laptop.shown(file, "pair_worker_id") == r.next.text());
  CHECK_FALSE(r.old_laptop.has(file));
  r.office.prove();
}

/// Members paired with somebody, as the office has it.
struct Pairs : Replaced {
  using Days = std::vector<std::pair<std::string, std::string>>;
  WallMs next_pair = 80;
  std::string day(int from_today) const { return today().plus_days(from_today).text(); }

  void pair(const Id& member, const Id& worker, const std::string& from, const std::string& to = {}) {
    Values values{
        {"member_id", member.text()}, {"worker_id", worker.text()}, {"from", from}, {"reason", "initial"}};
    if (!to.empty()) values.emplace_back("to", to);
    old_laptop.put("liaison_assignment", Id::make(next_pair++), sanhe, values, member);
  }
  /// First day and first day without, of each pair of the two.
  Days days(const Id& member, const Id& worker) const {
    const domain::Kind& kind = *office.catalogue().kind("liaison_assignment");
    const auto writer = must(office.store().write());
    server::Workspace workspace(*writer, office.catalogue());
    Days out;
    for (const Id& id : must(writer->records_of_kind(kind.wire))) {
      const merge::RecordState& state = *must(workspace.state_of(id));
      const auto text = [&](const char* field) { return server::shown_text(state, kind, field); };
      if (text("member_id") == member.text() && text("worker_id") == worker.text())
        out.emplace_back(text("from"), text("to"));
    }
    std::sort(out.begin(), out.end());
    return out;
  }
  server::MovedKind replace(const Id& from, const Id& to) {
    const auto preview = must(moves.replace_worker(from, to, today(), true));
    const auto moved = must(moves.replace_worker(from, to, today(), false));
    const server::MovedKind& pairs = moved.kinds.at("liaison_assignment");
    CHECK(preview.kinds.at("liaison_assignment").into_after == pairs.into_after);
    return pairs;
  }
};

TEST_CASE("a pair that is passed on keeps its planned end, and one that has not begun begins on its day") {
  Pairs r;
  const Id ends = r.old_laptop.member("到期", kSanhe);
  const Id begins = r.old_laptop.member("未到", kSanhe);
  const Id today = r.old_laptop.member("今起", kSanhe);
  r.pair(ends, r.old_worker, "2026-01-01", r.day(20));
  r.pair(begins, r.old_worker, r.day(20));
  r.pair(today, r.old_worker, r.day(0));
  (void)r.old_laptop.sync();
  const server::MovedKind pairs = r.replace(r.old_worker, r.next);
  CHECK(pairs.moved == 3);
  CHECK(pairs.from_before == 3);
  CHECK(pairs.from_after == 0);
  CHECK(pairs.into_after == 3);
  CHECK(r.days(ends, r.old_worker) == Pairs::Days{{"2026-01-01", r.day(0)}});
  CHECK(r.days(ends, r.next) == Pairs::Days{{r.day(0), r.day(20)}});
  CHECK(r.days(begins, r.old_worker) == Pairs::Days{{r.day(20), r.day(20)}});  // not a day
  CHECK(r.days(begins, r.next) == Pairs::Days{{r.day(20), ""}});
  CHECK(r.days(today, r.old_worker) == Pairs::Days{{r.day(0), r.day(0)}});
  CHECK(r.days(today, r.next) == Pairs::Days{{r.day(0), ""}});
  r.office.prove();
}

TEST_CASE("a member whom the next worker has already is not paired with him twice; replacing back neither") {
  Pairs r;
  const Id both = r.old_laptop.member("两人", kSanhe);
  const Id later = r.old_laptop.member("后接", kSanhe);
  const Id sooner = r.old_laptop.member("先止", kSanhe);
  r.pair(both, r.old_worker, "2026-01-01");
  r.pair(both, r.next, "2026-02-01");
  r.pair(later, r.old_worker, "2026-01-01");
  r.pair(later, r.next, r.day(20), r.day(40));
  r.pair(sooner, r.old_worker, "2026-01-01", r.day(20));
  r.pair(sooner, r.next, "2026-02-01", r.day(5));
  (void)r.old_laptop.sync();
  const server::MovedKind pairs = r.replace(r.old_worker, r.next);
  CHECK(pairs.moved == 3);
  CHECK(pairs.into_before == 3);
  CHECK(pairs.into_after == 6);  // of the three passed on nothing, two pieces and one were left to add
  CHECK(r.days(both, r.next) == Pairs::Days{{"2026-02-01", ""}});
  CHECK(r.days(later, r.next) == Pairs::Days{{r.day(0), r.day(20)}, {r.day(20), r.day(40)}, {r.day(40), ""}});
  CHECK(r.days(sooner, r.next) == Pairs::Days{{"2026-02-01", r.day(5)}, {r.day(5), r.day(20)}});
  const server::MovedKind back = r.replace(r.next, r.old_worker);
  CHECK(back.from_before == 6);
  CHECK(back.from_after == 0);
  CHECK(back.into_before == 0);
  CHECK(back.into_after == 6);
  CHECK(r.days(both, r.old_worker) == Pairs::Days{{"2026-01-01", r.day(0)}, {r.day(0), ""}});
  CHECK(r.days(sooner, r.old_worker) ==
        Pairs::Days{{"2026-01-01", r.day(0)}, {r.day(0), r.day(5)}, {r.day(5), r.day(20)}});
  const server::MovedKind again = r.replace(r.old_worker, r.next);
  CHECK(again.into_after == 6);
  r.office.prove();
}

TEST_CASE("who is one person with another member is paired once as that person") {
  Pairs r;
  const Id one = r.old_laptop.member("同一人", kSanhe);
  const Id other = r.old_laptop.member("同一人", kSanhe);
  r.old_laptop.put("member", one, r.sanhe, {{"alias_of:" + other.text(), "1"}});
  r.pair(one, r.old_worker, "2026-01-01");
  r.pair(other, r.next, "2026-02-01");
  (void)r.old_laptop.sync();
  CHECK(r.replace(r.old_worker, r.next).into_after == 1);
  CHECK(r.days(one, r.next).empty());
  CHECK(r.days(other, r.next) == Pairs::Days{{"2026-02-01", ""}});
  r.office.prove();
}

/// Dated roles of a worker as the office has them: word, first day, first day without; in order.
struct Roles : Replaced {
  using Dated = std::vector<std::array<std::string, 3>>;
  const domain::Kind& kind = *office.catalogue().kind("worker_role");
  std::string day(int from_today) const { return today().plus_days(from_today).text(); }

  void role(const Id& worker, const std::string& word, const std::string& from, const std::string& to = {}) {
    const auto writer = must(office.store().write());
    auto own = must(server::OwnChanges::begin(*writer, office.catalogue(), office.admin().county(),
                                              office.clock.now_ms()));
    std::vector<server::FieldValue> values{
        {"worker_id", worker.text()}, {"role", word}, {"org_id", sanhe.text()}, {"from", from}};
    if (!to.empty()) values.push_back({"to", to});
    must(own.write("worker_role", Id::make(office.clock.now_ms()), values));
    must(own.finish());
    must(writer->commit());
  }
  Dated of(const Id& worker) const {
    const auto writer = must(office.store().write());
    server::Workspace workspace(*writer, office.catalogue());
    Dated out;
    for (const Id& id : must(writer->records_of_kind(kind.wire))) {
      const merge::RecordState& state = *must(workspace.state_of(id));
      const auto text = [&](const char* field) { return server::shown_text(state, kind, field); };
      if (text("worker_id") == worker.text()) out.push_back({text("role"), text("from"), text("to")});
    }
    std::sort(out.begin(), out.end());
    return out;
  }
};

TEST_CASE("dated roles end with who leaves and begin with who comes, whether a grant gave them or a person") {
  Roles r;
  (void)must(r.office.admin().grant(r.old_worker, "secretary", kSanhe, {"2026-01-01", r.day(30)}));
  r.role(r.old_worker, "liaison", "2026-01-01");
  r.role(r.old_worker, "adviser", "2026-01-01", "2026-02-01");  // over: stays as it was
  r.role(r.old_worker, "grid_leader", "2026-01-01", r.day(40));
  r.role(r.next, "grid_leader", r.day(-5), r.day(10));
  const auto preview = must(r.moves.replace_worker(r.old_worker, r.next, r.today(), true));
  CHECK(preview.kinds.at("worker_role").from_before == 2);
  const auto moved = must(r.moves.replace_worker(r.old_worker, r.next, r.today(), false));
  CHECK(moved.kinds.at("worker_role").from_after == 0);
  CHECK(moved.kinds.at("worker_role").moved == 2);
  CHECK(moved.kinds.at("worker_role").into_after == 2);
  CHECK(r.of(r.old_worker) == Roles::Dated{{"adviser", "2026-01-01", "2026-02-01"},
                                           {"grid_leader", "2026-01-01", r.day(0)},
                                           {"grid_worker", r.day(0), r.day(0)},
                                           {"liaison", "2026-01-01", r.day(0)},
                                           {"secretary", "2026-01-01", r.day(0)}});
  CHECK(r.of(r.next) == Roles::Dated{{"grid_leader", r.day(-5), r.day(10)},
                                     {"grid_leader", r.day(10), r.day(40)},
                                     {"grid_worker", r.day(0), ""},
                                     {"liaison", r.day(0), ""},
                                     {"secretary", r.day(0), r.day(31)}});
  // The grant that came along is ended like any other, and its role with it.
  REQUIRE(must(r.office.admin().end_grant(r.next, r.day(7))) == 3);
  for (const auto& [word, from, to] : r.of(r.next)) {
    if (word == "secretary") CHECK(to == r.day(7));
  }
  r.office.prove();
}

TEST_CASE("a village that goes up in another takes the dated roles of its workers along") {
  Roles r;
  (void)must(r.office.admin().grant(r.old_worker, "secretary", kSanhe, {"2026-01-01", ""}));
  (void)must(r.moves.merge_divisions({kSanhe}, kDajing, r.today(), false));
  CHECK(r.of(r.old_worker) == Roles::Dated{{"grid_worker", r.day(0), ""},
                                           {"grid_worker", r.day(0), r.day(0)},
                                           {"secretary", "2026-01-01", r.day(0)},
                                           {"secretary", r.day(0), ""}});
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
