// Whom a restored server believes (sync.md 4.2, 7.1): nobody signed what is offered. Whole stories with real
// laptops are in tests/client/store/offers_test and tests/flow/epoch_test.
#include "sync/server/service/offers.hpp"

#include "sync/server/service/moves.hpp"
#include "tests/sync/server/service/restored.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("outside an epoch after a restore nothing that is offered is applied") {
  Restored t;
  const Id member = t.a.member("赵连心", kSanhe);
  t.sync_all();
  t.town.put("member", member, t.sanhe, {{"home_address", "编造的"}});
  t.offer(t.a, t.as_offer(t.town.log.back()));
  CHECK(t.aside() == 1);
  CHECK_FALSE(t.has(t.town.log.back().body.id));
  // Its author comes and is not in the way of himself.
  t.sync_all();
  CHECK(t.a.shown(member, "home_address") == "编造的");
  t.office.prove();
}

TEST_CASE("what the county wrote comes back from anybody, and nobody can write in its name") {
  Restored t;
  t.sync_all();
  t.remember();
  t.office.clock.advance(1000);
  const Id worker = t.office.worker("备份以后来的", "worker", kSanhe);
  const auto rows = must(t.office.reader()->changes_of_record(worker));
  REQUIRE_FALSE(rows.empty());
  t.sync_all();
  CHECK(t.a.shown(worker, "name") == "备份以后来的");
  t.go_back();
  for (const store::LogRow& row : rows)
    CHECK_FALSE(t.has(row.id));

  // In its name, after its chain, with the words of somebody else.
  const auto body = must(change::decode_body(rows.front().body));
  change::ChangeBody forged = body;
  forged.id.counter += 100;
  forged.action = forged.id.counter;
  t.offer(t.a, Restored::as_offer(change::encode_body(forged), rows.front().values, 1));
  CHECK(t.aside() == 1);
  CHECK_FALSE(t.has(forged.id));
  auto values = must(change::decode_values(rows.front().values, body));
  for (change::WriteValue& value : values.values)
    value.text += "1";
  t.offer(t.a, Restored::as_offer(rows.front().body, change::encode_values(values), 1));
  CHECK(t.aside() == 2);
  CHECK_FALSE(t.has(body.id));

  for (const store::LogRow& row : rows)
    t.offer(t.a, Restored::as_offer(row.body, row.values, row.effective_ms));
  for (const store::LogRow& row : rows)
    CHECK(must(t.office.reader()->change(row.id))->status == store::ChangeStatus::kApplied);
  CHECK(t.aside() == 2);
  (void)t.d.exchange();
  CHECK(t.d.shown(worker, "name") == "备份以后来的");
  t.office.prove();
}

TEST_CASE("in a colleague's name only as long as that laptop has not shown its own, and from before") {
  Restored t;
  FakeLaptop other(t.office, t.office.worker("乙", "worker", kSanhe));
  const Id member = t.a.member("赵连心", kSanhe);
  t.sync_all();
  t.remember();
  t.a.put("member", member, t.sanhe, {{"home_address", "备份以后写的"}});
  const change::Change lost = t.a.log.back();
  t.sync_all();
  FakeLaptop forger = t.a;  // knows the name and the counter, not the key
  forger.put("member", member, t.sanhe, {{"home_address", "编造的"}});
  const change::Change forged = forger.log.back();
  t.go_back();
  Restored::read_again(other);

  // Written after the restore and its first exchange: this server never told it.
  (void)t.town.exchange();
  t.office.clock.advance(600'000);
  FakeLaptop later = t.a;
  later.put("member", member, t.sanhe, {{"home_address", "后来编造的"}});
  t.offer(other, t.as_offer(later.log.back()));
  CHECK(t.aside() == 1);
  CHECK_FALSE(t.has(later.log.back().body.id));
  // In the name of one who does not use that laptop.
  change::ChangeBody body = lost.body;
  body.author = other.worker;
  t.offer(other, Restored::as_offer(change::encode_body(body), change::encode_values(lost.values), 1));
  CHECK(t.aside() == 2);
  CHECK_FALSE(t.has(body.id));
  // Of a laptop that is not known any more: it waits under the name it says it has.
  body = lost.body;
  body.id.replica = ReplicaId::random();
  t.offer(other, Restored::as_offer(change::encode_body(body), change::encode_values(lost.values), 1));
  CHECK(t.aside() == 3);
  CHECK(must(t.office.reader()->change(body.id))->status == store::ChangeStatus::kQuarantined);
  // What was told comes back.
  t.offer(other, t.as_offer(lost));
  CHECK(must(t.office.reader()->change(lost.body.id))->status == store::ChangeStatus::kApplied);

  // The laptop comes with all it has: nothing beyond was ever here, and it is not forked by what others say.
  (void)t.a.sync();
  CHECK(t.aside() == 3);
  t.offer(other, t.as_offer(forged));
  CHECK(t.aside() == 4);
  CHECK_FALSE(t.has(forged.body.id));
  t.offer(other, t.as_offer(forged));  // again: kept once
  CHECK(t.aside() == 4);
  t.a.put("member", member, t.sanhe, {{"home_address", "自己写的"}});
  CHECK(t.a.exchange().verdict == wire::ExchangeAnswer::Verdict::kTaken);
  (void)other.sync();
  CHECK(other.shown(member, "home_address") == "自己写的");
  t.office.prove();
}

TEST_CASE("who was put back in time and wrote under a name that others have brought goes on as a branch") {
  Restored t;
  const Id member = t.a.member("赵连心", kSanhe);
  t.sync_all();
  t.remember();
  FakeLaptop put_back = t.a;
  t.a.put("member", member, t.sanhe, {{"name", "赵连新"}, {"name_note", "备份以后写的"}});
  const change::Change lost = t.a.log.back();
  t.sync_all();
  t.go_back();
  t.offer(t.town, t.as_offer(lost));
  REQUIRE(t.has(lost.body.id));
  Restored::read_again(put_back);
  put_back.put("member", member, t.sanhe, {{"name_note", "另一次写的"}});  // fewer values under that name
  REQUIRE(put_back.log.back().body.id == lost.body.id);
  const wire::ExchangeAnswer answer = put_back.send(put_back.request());
  CHECK(answer.verdict == wire::ExchangeAnswer::Verdict::kFork);
  CHECK(answer.ack.replica != lost.body.id.replica);
  CHECK(must(t.office.reader()->change(lost.body.id))->body == lost.body_bytes);
  CHECK(must(t.office.reader()->change({answer.ack.replica, lost.body.id.counter})).has_value());
  t.office.prove();
}

TEST_CASE("what waited because its bringer may not hold the scope is applied when its author comes") {
  Restored t;
  const auto [member, lost] = t.lose_member();
  t.offer(t.d, t.as_offer(lost));
  CHECK(must(t.office.reader()->change(lost.body.id))->status == store::ChangeStatus::kQuarantined);
  CHECK(t.aside() == 1);
  t.sync_all();
  CHECK(t.aside() == 0);
  CHECK(t.town.shown(member, "name") == "赵连心");
  t.office.prove();
}

TEST_CASE(
    "what waited is applied when another brings it who may hold the scope, and is asked for until then") {
  Restored t;
  const auto [member, lost] = t.lose_member();
  t.offer(t.d, t.as_offer(lost));
  CHECK(t.aside() == 1);
  const wire::OfferRequest asked{{{lost.body.id.replica, lost.body.id.counter, lost.body.id.counter}}, {}};
  CHECK(must(server::tell_lacking(*t.office.reader(), asked)).lacking.size() == 1);
  t.offer(t.town, Restored::as_offer(lost.body_bytes + "x", change::encode_values(lost.values), 1));
  t.offer(t.d, t.as_offer(lost));  // still not one who may
  CHECK(must(t.office.reader()->change(lost.body.id))->status == store::ChangeStatus::kQuarantined);
  t.offer(t.town, t.as_offer(lost));
  CHECK(must(t.office.reader()->change(lost.body.id))->status == store::ChangeStatus::kApplied);
  CHECK(must(server::tell_lacking(*t.office.reader(), asked)).lacking.empty());
  t.sync_all();
  CHECK(t.aside() == 0);
  CHECK(t.town.shown(member, "name") == "赵连心");
  t.office.prove();
}

TEST_CASE(
    "what was written in the name of a village that went up in another comes back from who holds that") {
  Restored t;
  t.sync_all();
  server::Moves moves(t.office.store(), t.office.catalogue(), t.office.clock, t.office.admin().county());
  (void)must(moves.merge_divisions({kSanhe}, kDajing, Date::of(t.office.clock.now_ms()), false));
  const auto [member, lost] = t.lose_member();
  t.offer(t.d, t.as_offer(lost));
  CHECK(must(t.office.reader()->change(lost.body.id))->status == store::ChangeStatus::kApplied);
  CHECK(t.scopes_of(member) == std::vector<Id>{t.dajing});
  t.office.prove();
}

TEST_CASE("a clock that was slow at the restore does not make strangers of what came before it") {
  Restored t;
  const Id member = t.a.member("赵连心", kSanhe);
  t.sync_all();
  t.remember();
  t.a.put("member", member, t.sanhe, {{"home_address", "备份以后写的"}});
  const change::Change lost = t.a.log.back();
  t.sync_all();
  const WallMs right = t.office.clock.now_ms();
  constexpr WallMs kYear = WallMs{365} * 86'400'000;
  t.office.clock.advance(-20 * kYear);
  t.go_back();
  t.office.clock.advance(right - t.office.clock.now_ms() + 1000);
  t.offer(t.town, t.as_offer(lost));
  CHECK(must(t.office.reader()->change(lost.body.id))->status == store::ChangeStatus::kApplied);
  CHECK(t.aside() == 0);
}

TEST_CASE("two lives that one backup begins are two, whatever the clock says") {
  Restored t;
  t.sync_all();
  t.remember();
  t.go_back();
  must(t.office.store().backup(t.folder.path() / "second.backup"));
  const std::uint64_t before = t.office.exchange().county().epoch;
  t.office.clock.advance(-WallMs{365} * 86'400'000);
  std::set<std::uint64_t> lives;
  for (int i = 0; i < 4; ++i) {
    t.office.restore(t.folder.path() / "second.backup");
    lives.insert(t.office.exchange().county().epoch);
  }
  CHECK(lives.size() > 2);  // by chance: two of four in one second of a million would already be rare
  CHECK(*lives.begin() > before);
}

TEST_CASE("an offer to a record of another kind waits, with that reason") {
  Restored t;
  t.sync_all();
  t.remember();
  t.a.put("member", t.dajing, t.sanhe, {{"home_address", "x"}});
  const change::Change lost = t.a.log.back();
  t.go_back();
  t.offer(t.town, t.as_offer(lost));
  REQUIRE(t.aside() == 1);
  CHECK(must(t.office.admin().quarantine()).front().reason == "kind");
  t.office.prove();
}

}  // namespace
