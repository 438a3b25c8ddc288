// What was held back is judged again when the change comes that brings its record there (intake_again.cpp).
#include "sync/server/service/moves.hpp"
#include "tests/sync/server/service/restored.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("after a restore a hand-over and the work that followed it come back in any order of laptops") {
  for (const bool by_person : {false, true}) {
    for (const bool town_first : {false, true}) {
      CAPTURE(by_person);
      CAPTURE(town_first);
      Restored t;
      const Id member = t.a.member("赵连心", kSanhe);
      t.sync_all();
      t.remember();
      t.office.clock.advance(1000);
      if (by_person) {
        t.town.put("member", member, t.sanhe, {{"home_village_id", t.dajing.text()}});
      } else {
        server::Moves moves(t.office.store(), t.office.catalogue(), t.office.clock,
                            t.office.admin().county());
        (void)must(moves.hand_over(member, kDajing, false));
      }
      t.sync_all();
      t.d.put("member", member, t.dajing, {{"home_address", "搬来以后写的"}});
      t.sync_all();
      const auto rows = must(t.office.reader()->changes_of_record(member));
      t.go_back();
      const auto bring = [&](FakeLaptop& by) {
        (void)by.exchange();
        for (const store::LogRow& row : rows) {
          if (!t.has(row.id) || by.worker == t.town.worker)
            t.offer(by, Restored::as_offer(row.body, row.values, row.effective_ms));
        }
        (void)by.exchange();
      };
      for (FakeLaptop* by : town_first ? std::vector{&t.town, &t.d, &t.a} : std::vector{&t.d, &t.a, &t.town})
        bring(*by);
      t.sync_all();
      CHECK(t.aside() == 0);
      CHECK(t.d.shown(member, "home_address") == "搬来以后写的");
      CHECK(must(t.office.reader()->record(member))->scopes == std::vector<Id>{t.dajing});
      t.office.prove();
    }
  }
}

TEST_CASE("a hand-over that only the new village's laptop has heard of comes back, and what it had brought") {
  for (const bool hand_over_first : {false, true}) {
    CAPTURE(hand_over_first);
    Restored t;
    t.sync_all();
    t.remember();
    t.office.clock.advance(1000);
    const Id member = t.a.member("赵连心", kSanhe);
    t.sync_all();
    server::Moves moves(t.office.store(), t.office.catalogue(), t.office.clock, t.office.admin().county());
    (void)must(moves.hand_over(member, kDajing, false));
    (void)t.d.sync();
    auto rows = must(t.office.reader()->changes_of_record(member));
    REQUIRE(rows.size() == 2);
    if (hand_over_first) std::swap(rows.front(), rows.back());
    t.go_back();
    (void)t.d.exchange();
    for (const store::LogRow& row : rows)
      t.offer(t.d, Restored::as_offer(row.body, row.values, row.effective_ms));
    CHECK(t.aside() == 0);
    (void)t.d.sync();
    CHECK(t.d.shown(member, "name") == "赵连心");
    CHECK(t.scopes_of(member) == std::vector<Id>{t.dajing});
    t.sync_all();
    t.office.prove();
  }
}

}  // namespace
