// Pairings that end by a purge's field, and those that an older server kept.
#include "sync/server/service/pairings.hpp"

#include "sync/server/service/inspection.hpp"
#include "tests/sync/server/service/paired_village.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

using Village = PairedVillage;

TEST_CASE("a purge reaches the views of those who are paired, and of those who were") {
  Village v;
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
  Village v;
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
  Village v;
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
  Village v;
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
  Village v;
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
  Village v;
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
