// Who may say that two records are one (sync.md 3.8, 4.3); what else may be done is intake_test.
#include "sync/server/service/aliases.hpp"
#include "sync/server/service/offers.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("nobody gets a record by saying that his own is the same") {
  Villages t;
  const Id here = t.a.member("赵连心", kSanhe);
  t.office.clock.advance(5);
  const Id there = t.d.member("赵连心", kDajing);
  t.sync_all();
  t.a.outcomes.clear();
  t.a.put("member", here, t.sanhe, {{"alias_of:" + there.text(), "1"}});
  (void)t.a.sync();
  REQUIRE(t.a.outcomes.size() == 1);
  CHECK(t.a.outcomes[0].outcome == wire::Outcome::kQuarantined);
  CHECK(t.a.outcomes[0].reason == "scope");
  CHECK(t.scopes_of(there) == std::vector<Id>{t.dajing});
  CHECK(!t.a.has(there));
  // Also not one that once stood in his village and has moved away.
  t.town.put("member", there, t.dajing, {{"home_village_id", t.sanhe.text()}});
  t.sync_all();
  CHECK(t.a.has(there));
  t.a.put("member", there, t.sanhe, {{"home_address", "暂住"}});
  t.sync_all();
  t.town.put("member", there, t.sanhe, {{"home_village_id", t.dajing.text()}});
  t.sync_all();
  t.a.outcomes.clear();
  t.a.put("member", here, t.sanhe, {{"alias_of:" + there.text(), "1"}});
  (void)t.a.sync();
  REQUIRE(t.a.outcomes.size() == 1);
  CHECK(t.a.outcomes[0].outcome == wire::Outcome::kQuarantined);
  CHECK(!t.a.has(there));
  t.office.prove();
}

TEST_CASE("at most 64 records are one person; what would join more waits for a person") {
  Villages v;
  std::vector<Id> all;
  for (std::size_t i = 0; i <= server::kClusterMax; ++i) {
    v.office.clock.advance(5);
    all.push_back(v.a.member("同一人", kSanhe));
  }
  for (std::size_t i = 1; i < all.size(); ++i)
    v.a.put("member", all[i], v.sanhe, {{"alias_of:" + all[0].text(), "1"}});
  v.a.outcomes.clear();
  (void)v.a.sync();
  REQUIRE(v.a.outcomes.size() == 1);
  CHECK(v.a.outcomes[0].reason == "alias_many");
  v.office.prove();
}

TEST_CASE("nor by bringing somebody else's word for it: that waits for a person too") {
  Villages t;
  const Id here = t.a.member("赵连心", kSanhe);
  t.office.clock.advance(5);
  const Id there = t.d.member("赵连心", kDajing);
  t.sync_all();
  // As it would be kept to be offered to a restored server: the township's word, in the hands of one village.
  t.town.put("member", there, t.dajing, {{"alias_of:" + here.text(), "1"}});
  const change::Change& word = t.town.log.back();
  wire::OfferRequest offer;
  offer.changes.push_back(
      {{word.body_bytes, change::encode_values(word.values)}, t.office.clock.now_ms(), false});
  const auto bring = [&](const FakeLaptop& by) {
    const auto writer = must(t.office.store().write());
    const auto device = must(writer->device(by.device));
    const auto access = must(server::access_of(*writer, by.worker, Date::of(t.office.clock.now_ms())));
    CHECK(must(server::keep_early(*writer, t.office.catalogue(), *device, access, offer,
                                  t.office.clock.now_ms())) == 1);
    if (by.worker == t.town.worker) must(writer->commit());
    const auto row = must(writer->change(word.body.id));
    return row->status;
  };
  CHECK(bring(t.a) == store::ChangeStatus::kQuarantined);
  CHECK(bring(t.d) == store::ChangeStatus::kQuarantined);
  CHECK(bring(t.town) == store::ChangeStatus::kApplied);
  CHECK(t.scopes_of(there).size() == 2);
}

}  // namespace
