// Who may say that two records are one (sync.md 3.8, 4.3); what else may be done is intake_test.
#include "sync/server/service/intake_rights.hpp"

#include "sync/server/service/aliases.hpp"
#include "sync/server/service/offers.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A change by hand: fields of one kind in a head that names another. `seen` = what the laptop shows.
void write_as(FakeLaptop& by, std::uint16_t claimed, std::string_view kind, const Id& record, const Id& scope,
              const std::string& field, const std::string& value, const std::string& element = {}) {
  const domain::Field* what = by.office.catalogue().kind(kind)->field(field);
  change::ChangeBody body;
  body.action = by.end.counter + 1;
  body.wall_ms = by.office.clock.now_ms();
  body.hlc = static_cast<std::uint64_t>(body.wall_ms) << 16;
  body.author = by.worker;
  body.record = record;
  body.kind = claimed;
  body.scope = scope;
  change::WriteHead head{what->wire, element, static_cast<std::uint8_t>(what->privacy), {}, {}};
  head.seen = merge::heads_of(by.state(record), {what->wire, element});
  body.writes = {head};
  by.log.push_back(change::link(by.end, body, {change::WriteValue::of(value)}));
}

std::string reason_of_last(FakeLaptop& by) {
  by.outcomes.clear();
  (void)by.sync();
  if (by.outcomes.size() != 1 || by.outcomes[0].outcome != wire::Outcome::kQuarantined) return "";
  return by.outcomes[0].reason;
}

TEST_CASE("a village cannot be hung under another by calling it a record of another kind") {
  Villages t;
  t.sync_all();
  const auto& catalogue = t.office.catalogue();
  constexpr std::uint16_t kUnknown = 60000;
  const Id township = t.office.unit(kTownship);
  const auto parent = [&] { return must(t.office.reader()->unit(t.dajing))->parent; };
  for (const std::uint16_t claimed : {catalogue.kind("member")->wire, kUnknown}) {
    write_as(t.a, claimed, "org_unit", t.dajing, t.sanhe, "parent_id", t.sanhe.text());
    CHECK(reason_of_last(t.a) == "kind");
    write_as(t.a, claimed, "org_unit", t.dajing, t.sanhe, "merged_into", "1", t.sanhe.text());
    CHECK(reason_of_last(t.a) == "kind");
    CHECK(parent() == township);
  }
  const Id there = t.d.member("赵连心", kDajing);
  t.sync_all();
  CHECK(!t.a.has(there));
  t.office.prove();
}

TEST_CASE("a pairing is a pairing whatever kind its writer calls it") {
  Villages t;
  const Id member = t.a.member("王五", kSanhe);
  FakeLaptop worker(t.office, t.office.worker("网格员", "worker", kSanhe));
  const Id pair = Id::make(t.office.clock.now_ms() + 1);
  t.a.put("support_pair", pair, t.sanhe,
          {{"helper_worker_id", t.a.worker.text()}, {"member_id", member.text()}}, member);
  t.sync_all();
  (void)worker.sync();
  write_as(worker, t.office.catalogue().kind("visit")->wire, "support_pair", pair, t.sanhe,
           "helper_worker_id", worker.worker.text());
  CHECK(reason_of_last(worker) == "kind");
  CHECK(must(t.office.reader()->pairing(pair))->worker == t.a.worker);
  t.office.prove();
}

TEST_CASE("what was only kept aside does not say what kind a record is") {
  Villages t;
  t.sync_all();
  const Id record = Id::make(t.office.clock.now_ms());
  write_as(t.a, t.office.catalogue().kind("visit")->wire, "member", record, t.dajing, "home_address", "x");
  CHECK(reason_of_last(t.a) == "scope");
  t.d.put("member", record, t.dajing, {{"name", "赵连心"}, {"home_village_id", t.dajing.text()}});
  t.d.outcomes.clear();
  (void)t.d.sync();
  CHECK(t.d.outcomes.empty());
  t.office.prove();
}

TEST_CASE("a new member told for another village brings nobody along that is not held") {
  Villages t;
  const Id there = t.d.member("赵连心", kDajing);
  t.sync_all();
  const Id fresh = Id::make(t.office.clock.now_ms() + 1);
  t.a.put("member", fresh, t.dajing,
          {{"home_village_id", t.sanhe.text()}, {"alias_of:" + there.text(), "1"}});
  CHECK(reason_of_last(t.a) == "scope");
  t.sync_all();
  CHECK(t.scopes_of(there) == std::vector<Id>{t.dajing});
  CHECK(!t.a.has(there));
  // Without it, anybody may tell of a member who is on no list yet.
  const Id told = Id::make(t.office.clock.now_ms() + 2);
  t.a.put("member", told, t.dajing, {{"name", "新来的"}, {"home_village_id", t.dajing.text()}});
  CHECK(reason_of_last(t.a).empty());
  t.office.prove();
}

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
  t.office.new_epoch();
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
