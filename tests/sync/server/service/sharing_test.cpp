// Who is paired with a member is told the file of hardship for as long as the pairing is open
// (domain.md 2.11).
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/moves.hpp"
#include "sync/server/service/pairings.hpp"
#include "tests/sync/server/service/sharing_village.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Everything an answer carries, in plain words.
Bytes words_of(const wire::ExchangeAnswer& answer) {
  Bytes out;
  for (const wire::FeedPage& page : answer.pages) {
    for (const wire::FeedEntry& entry : page.entries)
      out += Bytes(entry.record.bytes()) + entry.body + entry.values + entry.state;
    for (const wire::StateRow& row : page.rows)
      out += Bytes(row.record.bytes()) + row.state;
  }
  return out;
}

TEST_CASE("an open pairing brings the file with its history to the paired worker, and to nobody else") {
  PairingVillage v;
  REQUIRE(v.is_hidden_from(v.worker));
  v.pair_with(v.worker.worker);

  const auto answer = v.worker.send(v.worker.request());
  const Bytes told = words_of(answer);
  CHECK(told.find("illness") != Bytes::npos);  // what it was before
  CHECK(told.find("disaster") != Bytes::npos);
  v.worker.take(answer);
  (void)v.worker.sync();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  CHECK(v.worker.shown(v.aid, "goods") == "棉被");
  CHECK(v.worker.shown(v.member, "care_flag") == "ill");
  CHECK(words_of(v.other.send(v.other.request())).find(v.file.bytes()) == Bytes::npos);
  (void)v.other.sync();
  CHECK(v.is_hidden_from(v.other));

  // Later work of either comes to the other, and a new aid too.
  v.write(v.secretary, {{"level", "severe"}});
  const Id second = Id::make(v.office.clock.now_ms() + 9);
  v.secretary.put("aid", second, v.scope,
                  {{"member_id", v.member.text()}, {"occurred_on", "2026-03-10"}, {"kind", "visit"}},
                  v.member);
  (void)v.secretary.sync();
  (void)v.worker.sync();
  CHECK(v.worker.shown(v.file, "level") == "severe");
  CHECK(v.worker.shown(second, "kind") == "visit");
  v.write(v.worker, {{"level", "general"}});
  (void)v.worker.sync();
  (void)v.secretary.sync();
  CHECK(v.secretary.shown(v.file, "level") == "general");
  v.office.prove();
}

TEST_CASE("the end of a pairing takes the file away, after what was not yet sent is kept at the county") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  (void)v.worker.sync();
  v.write(v.worker, {{"level", "severe"}});
  (void)v.worker.sync();
  v.all();

  v.write(v.worker, {{"health", "disabled"}});  // not sent yet
  v.end_pair();
  v.write(v.secretary, {{"cause_text", "只给书记看"}});
  (void)v.secretary.sync();
  const auto answer = v.worker.send(v.worker.request());
  CHECK(words_of(answer).find("只给书记看") == Bytes::npos);
  CHECK(answer.ack.counter == v.worker.end.counter);
  v.worker.take(answer);
  (void)v.worker.sync();
  CHECK(v.is_hidden_from(v.worker));
  (void)v.secretary.sync();
  CHECK(v.secretary.shown(v.file, "health") == "disabled");
  CHECK(v.secretary.shown(v.file, "level") == "severe");
  v.office.prove();
}

TEST_CASE("what was written while a pairing was open is not told any more to one who comes after its end") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  (void)v.worker.sync();
  v.write(v.secretary, {{"cause_text", "结对期间所写"}});
  (void)v.secretary.sync();
  v.end_pair();
  const auto answer = v.worker.send(v.worker.request());
  CHECK(words_of(answer).find("结对期间所写") == Bytes::npos);
  v.worker.take(answer);
  (void)v.worker.sync();
  CHECK(v.is_hidden_from(v.worker));
  // Nor to a second laptop of the same worker, which reads everything from the start.
  FakeLaptop second(v.office, v.worker.worker);
  CHECK(words_of(second.send(second.request())).find(v.file.bytes()) == Bytes::npos);
  (void)second.sync();
  CHECK(v.is_hidden_from(second));
  v.office.prove();
}

TEST_CASE("another worker in a pairing moves the file; a second pairing opens it again with all of it") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  v.all();
  v.write(v.worker, {{"level", "severe"}});
  v.all();
  v.pair_with(v.other.worker);
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  CHECK(v.other.shown(v.file, "level") == "severe");
  CHECK(v.other.shown(v.member, "care_flag") == "ill");
  v.pair_with(v.worker.worker);
  v.all();
  CHECK(v.is_hidden_from(v.other));
  CHECK(v.worker.shown(v.file, "level") == "severe");
  v.office.prove();
}

TEST_CASE("a pairing opens and ends with the day, without anybody writing anything") {
  PairingVillage v;
  const Date today = Date::of(v.office.clock.now_ms());
  v.pair_with(v.worker.worker, {{"from", today.plus_days(2).text()}, {"to", today.plus_days(3).text()}});
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  v.office.clock.advance(2 * kDayMs);
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  v.office.clock.advance(kDayMs);  // the last day counts
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  v.office.clock.advance(kDayMs);
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  v.office.prove();
}

TEST_CASE("a voided pairing is none, and who began a file or wrote a care flag keeps what is his") {
  PairingVillage v;
  const Id own = Id::make(v.office.clock.now_ms() + 20);
  v.worker.put("hardship_record", own, v.scope, {{"member_id", v.member.text()}, {"active", "1"}}, v.member);
  v.worker.put("member", v.member, v.scope, {{"care_flag", "old"}});
  v.all();
  v.pair_with(v.worker.worker);
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  v.secretary.put("hardship_record", own, v.scope, {{"level", "severe"}}, v.member);
  v.all();
  CHECK(v.worker.shown(own, "level") == "severe");
  v.secretary.put("support_pair", v.pair, v.scope, {{"voided", "登记有误"}}, v.member);
  v.all();
  CHECK_FALSE(v.worker.has(v.file));
  CHECK(v.worker.shown(own, "active") == "1");
  CHECK(v.worker.shown(own, "level").empty());
  CHECK(v.worker.shown(v.member, "care_flag") == "old");
  v.office.prove();
}

TEST_CASE("a pairing made before the end of a right is judged by that right") {
  PairingVillage v;
  FakeLaptop& by = v.secretary;
  const auto pair_offline = [&](FakeLaptop& author) {
    author.put("support_pair", v.pair, v.scope,
               {{"member_id", v.member.text()}, {"helper_worker_id", v.worker.worker.text()}}, v.member);
  };
  SUBCASE("of a secretary whose village went up in another") {
    pair_offline(by);
    server::Moves moves(v.office.store(), v.office.catalogue(), v.office.clock, v.office.admin().county());
    const Date today = Date::of(v.office.clock.now_ms());
    (void)must(moves.merge_divisions({kSanhe}, kDajing, today, false));
    (void)by.sync();
    CHECK(by.outcomes.empty());
    v.all();
    CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  }
  SUBCASE("of a secretary who is none any more") {
    pair_offline(by);
    (void)must(v.office.admin().end_grant(by.worker));
    (void)by.sync();
    CHECK(by.outcomes.empty());
    v.all();
    CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  }
  SUBCASE("of a worker in the field") {
    pair_offline(v.other);
    (void)must(v.office.admin().end_grant(v.other.worker));
    (void)v.other.sync();
    REQUIRE(v.other.outcomes.size() == 1);
    CHECK(v.other.outcomes[0].reason == "pairing");
    v.all();
    CHECK(v.is_hidden_from(v.worker));
  }
  v.office.prove();
}

TEST_CASE("a worker in the field cannot open a file: such a pairing waits for the office") {
  PairingVillage v;
  const Id pair = Id::make(v.office.clock.now_ms() + 30);
  v.worker.put("support_pair", pair, v.scope,
               {{"member_id", v.member.text()}, {"helper_worker_id", v.worker.worker.text()}}, v.member);
  (void)v.worker.sync();
  REQUIRE(v.worker.outcomes.size() == 1);
  CHECK(v.worker.outcomes[0].reason == "pairing");
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  // Nor by dates of one that an office ended.
  v.pair_with(v.worker.worker);
  v.all();
  v.end_pair();
  v.all();
  v.worker.put("support_pair", v.pair, v.scope, {{"to", std::nullopt}}, v.member);
  v.all();
  CHECK(v.worker.outcomes.size() == 2);
  CHECK(v.is_hidden_from(v.worker));
  // A person of the county decides.
  CHECK(must(v.office.admin().accept(v.worker.log.back().body.id)) == 1);
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  // One that names no worker is everybody's to write.
  const Id helper = Id::make(v.office.clock.now_ms() + 31);
  v.other.put("support_pair", helper, v.scope,
              {{"member_id", v.member.text()}, {"helper_member_id", v.member.text()}}, v.member);
  v.all();
  CHECK(v.other.outcomes.empty());
  v.office.prove();
}

TEST_CASE("whom the file itself names holds it while it is open") {
  PairingVillage v;
  v.write(v.secretary, {{"pair_worker_id", v.worker.worker.text()}, {"paired_on", "2026-01-01"}});
  v.all();
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  CHECK(v.worker.shown(v.aid, "goods") == "棉被");
  CHECK(v.worker.shown(v.member, "care_flag") == "ill");
  CHECK(v.is_hidden_from(v.other));
  v.office.prove();
  v.write(v.worker, {{"level", "severe"}});
  v.all();
  v.all();
  CHECK(v.worker.outcomes.empty());
  CHECK(v.secretary.shown(v.file, "level") == "severe");
  // It ends with relief, and when the member is in hardship no more.
  const std::pair<Values, Values> ends[] = {
      {{{"relieved_on", "2026-01-05"}}, {{"relieved_on", std::nullopt}}},
      {{{"active", "0"}}, {{"active", "1"}}}};
  for (const auto& [close, open] : ends) {
    v.write(v.secretary, close);
    v.all();
    v.all();
    CHECK(v.is_hidden_from(v.worker));
    v.write(v.secretary, open);
    v.all();
    v.all();
    CHECK(v.worker.shown(v.file, "level") == "severe");
  }
  v.write(v.secretary, {{"pair_worker_id", v.other.worker.text()}});
  v.all();
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  CHECK(v.other.shown(v.file, "level") == "severe");
  v.office.prove();
}

TEST_CASE("nobody in the field names himself in a file, nor opens again what was ended or voided") {
  PairingVillage v;
  const Id own = Id::make(v.office.clock.now_ms() + 20);
  v.worker.put("hardship_record", own, v.scope,
               {{"member_id", v.member.text()}, {"active", "1"}, {"pair_worker_id", v.worker.worker.text()}},
               v.member);
  (void)v.worker.sync();
  REQUIRE(v.worker.outcomes.size() == 1);
  CHECK(v.worker.outcomes[0].reason == "pairing");
  v.all();
  CHECK_FALSE(v.worker.has(v.file));
  v.write(v.secretary, {{"pair_worker_id", v.worker.worker.text()}});
  v.all();
  v.all();
  REQUIRE(v.worker.has(v.file));
  v.write(v.secretary, {{"relieved_on", "2026-01-05"}});
  v.all();
  v.write(v.worker, {{"relieved_on", std::nullopt}});
  v.all();
  CHECK(v.worker.outcomes.size() == 2);
  CHECK_FALSE(v.worker.has(v.file));
  // A pairing that was voided is brought back by an office only.
  v.pair_with(v.worker.worker);
  v.secretary.put("support_pair", v.pair, v.scope, {{"voided", "登记有误"}}, v.member);
  v.all();
  v.worker.put("support_pair", v.pair, v.scope, {{"voided", std::nullopt}}, v.member);
  v.all();
  CHECK(v.worker.outcomes.size() == 3);
  CHECK_FALSE(v.worker.has(v.file));
}

TEST_CASE("a file goes along when its member moves, and stays with the paired worker only where he works") {
  PairingVillage v;
  FakeLaptop township(v.office, v.office.worker("镇", "township_officer", kTownship));
  v.pair_with(v.worker.worker);
  v.all();
  REQUIRE(v.worker.has(v.file));
  (void)township.sync();
  township.put("member", v.member, v.scope, {{"home_village_id", v.office.unit(kDajing).text()}});
  (void)township.sync();
  v.all();
  CHECK_FALSE(v.worker.has(v.member));
  CHECK(v.is_hidden_from(v.worker));
  township.put("member", v.member, v.office.unit(kDajing), {{"home_village_id", v.scope.text()}});
  (void)township.sync();
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  v.office.prove();
}

TEST_CASE("who read no end of an earlier pairing is not told in the old village what opened in the new one") {
  PairingVillage v;
  FakeLaptop both(v.office, v.office.worker("两村网格员", "worker", kTownship));
  FakeLaptop township(v.office, v.office.worker("镇", "township_officer", kTownship));
  v.pair_with(both.worker);
  v.end_pair();
  (void)township.sync();
  township.put("member", v.member, v.scope, {{"home_village_id", v.office.unit(kDajing).text()}});
  const Id again = Id::make(v.office.clock.now_ms() + 50);
  township.put("support_pair", again, v.office.unit(kDajing),
               {{"helper_worker_id", both.worker.text()}, {"member_id", v.member.text()}}, v.member);
  (void)township.sync();
  SUBCASE("as it is told today") {}
  SUBCASE("as it was told before") { v.forget_departures(both.worker); }

  (void)both.sync();
  CHECK(both.shown(v.file, "cause_class") == "disaster");
  v.office.prove();
}

TEST_CASE("an end of a pairing that is read after the member has moved takes the file away") {
  PairingVillage v;
  FakeLaptop both(v.office, v.office.worker("两村网格员", "worker", kTownship));
  FakeLaptop township(v.office, v.office.worker("镇", "township_officer", kTownship));
  v.pair_with(both.worker);
  (void)both.sync();
  REQUIRE(both.shown(v.file, "cause_class") == "disaster");
  v.end_pair();
  (void)township.sync();
  township.put("member", v.member, v.scope, {{"home_village_id", v.office.unit(kDajing).text()}});
  (void)township.sync();
  (void)both.sync();
  CHECK_FALSE(both.has(v.file));
  v.office.prove();
}

TEST_CASE("a file that comes before its member, and one that changes its member, follow the pairings") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  const Id neighbour = v.secretary.member("赵六", kSanhe);
  const Id late = Id::make(v.office.clock.now_ms() + 40);
  v.secretary.put("hardship_record", late, v.scope, {{"member_id", neighbour.text()}, {"active", "1"}},
                  neighbour);
  v.all();
  CHECK_FALSE(v.worker.has(late));
  v.secretary.put("hardship_record", late, v.scope, {{"member_id", v.member.text()}}, v.member);
  v.all();
  CHECK(v.worker.shown(late, "active") == "1");
  v.secretary.put("hardship_record", late, v.scope, {{"member_id", neighbour.text()}}, neighbour);
  v.all();
  CHECK_FALSE(v.worker.has(late));
  v.office.prove();
}

TEST_CASE("a purge reaches the views of those who are paired, and of those who were") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  v.all();
  (void)must(v.office.admin().purge(v.aid, {"goods"}, "本人要求"));
  v.all();
  CHECK(v.worker.shown(v.aid, "goods").empty());
  v.office.prove();
  v.end_pair();
  v.all();
  (void)must(v.office.admin().purge(v.file, {}, "本人要求"));
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  v.office.prove();
}

TEST_CASE("what ended a pairing ends it also when the words of it are purged") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  v.all();
  REQUIRE(v.worker.has(v.file));
  std::string field;
  SUBCASE("a reason") {
    v.secretary.put("support_pair", v.pair, v.scope, {{"voided", "登记有误"}}, v.member);
    field = "voided";
  }
  SUBCASE("a day") {
    v.end_pair();
    field = "to";
  }
  v.all();
  REQUIRE(v.is_hidden_from(v.worker));
  (void)must(v.office.admin().purge(v.pair, {field}, "本人要求"));
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  v.office.prove();
}

TEST_CASE("a file that names its worker stays closed when what closed it is purged") {
  PairingVillage v;
  v.write(v.secretary, {{"pair_worker_id", v.worker.worker.text()}});
  v.all();
  REQUIRE(v.worker.has(v.file));
  v.write(v.secretary, {{"active", "0"}});
  v.all();
  REQUIRE(v.is_hidden_from(v.worker));
  (void)must(v.office.admin().purge(v.file, {"active"}, "本人要求"));
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  v.office.prove();
}

TEST_CASE("pairings that stood open by a purge are found to have ended when a server of now starts") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  v.secretary.put("support_pair", v.pair, v.scope, {{"voided", "登记有误"}}, v.member);
  v.all();
  (void)must(v.office.admin().purge(v.pair, {"voided"}, "本人要求"));
  {
    const auto writer = must(v.office.store().write());
    must(writer->put_pairing({v.pair, v.member, v.worker.worker, "", "", true}));
    must(writer->put_meta(server::kMetaPairingsMade, "2"));
    must(writer->commit());
  }
  must(server::make_pairings(v.office.store(), v.office.catalogue()));
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  CHECK(must(v.office.reader()->pairings_of(v.member)).empty());
  v.office.prove();
}

TEST_CASE("files that name a worker, kept by a server that did not look at that, open when it starts") {
  PairingVillage v;
  v.write(v.secretary, {{"pair_worker_id", v.worker.worker.text()}});
  (void)v.secretary.sync();
  {
    const auto writer = must(v.office.store().write());
    must(writer->erase_pairing(v.file));
    must(writer->put_meta(server::kMetaPairingsMade, "1"));
    for (const Id& record : {v.member, v.file, v.aid})
      must(writer->put_shared_with(record, {}));
    must(writer->commit());
  }
  must(server::make_pairings(v.office.store(), v.office.catalogue()));
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  v.office.prove();
}

TEST_CASE("pairings a server kept before it knew them are found when it starts") {
  PairingVillage v;
  v.pair_with(v.worker.worker);
  const Id own = Id::make(v.office.clock.now_ms() + 20);
  v.worker.put("hardship_record", own, v.scope, {{"member_id", v.member.text()}}, v.member);
  v.all();
  {
    const auto writer = must(v.office.store().write());
    must(writer->erase_pairing(v.pair));
    must(writer->commit());
  }
  CHECK(must(server::verify(v.office.store())).problems.size() > 1);  // and the proof sees it
  {
    const auto writer = must(v.office.store().write());
    must(writer->put_meta(server::kMetaPairingsMade, ""));
    for (const Id& record : {v.member, v.file, v.aid, own})
      must(writer->put_shared_with(record, {}));
    must(writer->commit());
  }
  must(server::make_pairings(v.office.store(), v.office.catalogue()));
  v.all();
  CHECK(v.worker.shown(v.file, "cause_class") == "disaster");
  v.office.prove();
  v.end_pair();
  v.all();
  CHECK(v.is_hidden_from(v.worker));
  CHECK(v.worker.has(own));
  v.office.prove();
}

}  // namespace
