// The laptop's own store and the county's own service with nothing but files between them (sync.md 8).
#include "client/store/store_bundles.hpp"

#include <doctest/doctest.h>

#include "client/store/machine_mark.hpp"
#include "client/store/peer_changes.hpp"
#include "client/store/vault.hpp"
#include "sync/server/service/moves.hpp"
#include "tests/client/store/bundle_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace cs = lianxin::client::store;
namespace laptop = lianxin::sync::laptop;
using What = laptop::BundleImported::What;

constexpr std::string_view kPassphrase = BundleStory::kBundlePassphrase;
using Story = BundleStory;

}  // namespace

TEST_CASE("only an answer moves the outbox; a lost, late or doubled file changes nothing more") {
  Story s;
  const Id member = s.put(*s.a, "赵志远");
  const Bytes first = s.for_server(*s.a);
  CHECK(must(s.a->records().status()).unsent > 0);
  s.put(*s.a, "单立新");
  (void)s.for_server(*s.a);  // lost
  const Bytes answer1 = s.hand_in(first);
  const Bytes answer2 = s.hand_in(s.for_server(*s.a));
  CHECK(s.take(*s.a, answer2).what == What::kTaken);
  CHECK(must(s.a->records().status()).unsent == 0);
  CHECK(s.take(*s.a, answer1).what == What::kOld);
  CHECK(s.take(*s.a, answer2).taken.received == 0);
  CHECK(s.take(*s.a, s.hand_in(first)).taken.received == 0);
  CHECK(s.name_in(*s.a, member) == "赵志远");
  s.prove(*s.a);
  const auto last = s.trip(*s.a);
  REQUIRE_FALSE(last.scopes.empty());
  for (const auto& scope : last.scopes)
    CHECK(scope.equal);
}

TEST_CASE("an enrolment that the county has not had outlives the database, and so does the right to work") {
  Story s;
  const std::filesystem::path home = s.folder.path() / "甲";
  const Id early = s.put(*s.a, "赵志远");
  SUBCASE("lost with work in it") {
    s.a.reset();
    std::filesystem::remove(home / "store.db");
  }
  SUBCASE("not yet made when enrolling was cut short") {
    s.a.reset();
    for (const char* later : {"store.db", "machine.lx", "journal.lx", "head.lx", "keys.lx.1"})
      std::filesystem::remove(home / later);
  }
  SUBCASE("kept by an earlier program in the database alone") {
    cs::Identity identity = s.a->identity();
    {
      auto insert = s.a->database().prepare("INSERT INTO meta VALUES('enrolment', ?)");
      must(insert.bind_blob(1, identity.arrival->request).run());
    }
    s.a.reset();
    identity.arrival.reset();
    must(must(cs::Vault::open(cs::HomePaths(home), kPassphrase)).set_identity(identity));
    s.open_a();
    CHECK(s.count(*s.a, "SELECT count(*) FROM meta WHERE name = 'enrolment' AND value <> x''") == 0);
    s.a.reset();
    std::filesystem::remove(home / "store.db");
  }
  s.open_a();
  const Id later = s.put(*s.a, "单立新");
  const bool kept_early = s.name_in(*s.a, early) == "赵志远";
  CHECK(must(s.a->records().status()).scopes.size() == 1);
  (void)s.for_server(*s.a);  // lost as well
  CHECK(s.trip(*s.a).what == What::kTaken);
  CHECK_FALSE(s.a->identity().arrival);
  CHECK(s.name_in(*s.a, later) == "单立新");
  CHECK((s.name_in(*s.a, early) == "赵志远") == kept_early);
  CHECK(must(s.a->records().status()).unsent == 0);
  s.prove(*s.a);
  s.a.reset();
  s.open_a();
  CHECK(must(s.a->bundles().self()).enrolment.empty());
  const auto next = must(laptop::bundle_for_server(s.a->replica(), s.a->bundles(), s.office.clock));
  CHECK_FALSE(next.header.enrols);
}

TEST_CASE(
    "an answer on a stick that brings everything gives the receipt of a sync; one that does not gives none") {
  Story s;
  (void)s.put(*s.a, "first");
  const Bytes early = s.for_server(*s.a);
  const Bytes answer = s.hand_in(early);
  const auto whole = s.take(*s.a, answer);
  REQUIRE(whole.receipt);
  CHECK(whole.receipt->complete);
  CHECK(whole.receipt->sent == 1);
  CHECK(whole.receipt->scopes.size() + 1 == whole.scopes.size());  // the shelf apart
  // Something is only here again.
  (void)s.put(*s.a, "second");
  const Bytes later = s.hand_in(s.for_server(*s.a));
  (void)s.put(*s.a, "third");
  const auto open = s.take(*s.a, later);
  REQUIRE(open.receipt);
  CHECK_FALSE(open.receipt->complete);
  CHECK_FALSE(s.take(*s.a, answer).receipt);
}

TEST_CASE("the answer to another copy of a laptop is not taken for one's own") {
  Story s;
  (void)s.trip(*s.a);
  const std::string mark = s.a->identity().machine_mark;
  s.a.reset();
  const std::filesystem::path copy = s.folder.path() / "copy";
  std::filesystem::copy(s.folder.path() / "甲", copy, std::filesystem::copy_options::recursive);
  must(cs::write_machine_mark(copy, mark));  // nobody notices
  cs::OpenReport report;
  s.a = must(cs::LaptopStore::open(s.folder.path() / "甲", kPassphrase, s.office.clock, report));
  const auto second = must(cs::LaptopStore::open(copy, kPassphrase, s.office.clock, report));
  (void)s.put(*s.a, "原件的");
  const Bytes answer = s.hand_in(s.for_server(*s.a));
  Id own;
  SUBCASE("by who wrote other work under those names") { own = s.put(*second, "副本的"); }
  SUBCASE("nor by who wrote none") {}
  const auto refused = laptop::import_bundle(second->replica(), second->bundles(), answer);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "bundle.other_copy");
  // Nor what the county writes unasked, which tells it as somebody else's under the same names.
  const Bytes unasked = must(s.bundles.export_for(second->identity().device));
  const auto told = laptop::import_bundle(second->replica(), second->bundles(), unasked);
  CHECK(told.ok() == own.is_nil());
  if (!told.ok()) CHECK(told.error().code == "bundle.other_copy");
  if (!own.is_nil()) CHECK(must(second->records().status()).unsent == 1);
  CHECK(must(second->verify()).problems.empty());
  CHECK(s.take(*s.a, answer).taken.acknowledged == 1);
  (void)s.trip(*second);
  (void)s.trip(*second);
  if (!own.is_nil()) CHECK(s.name_in(*second, own) == "副本的");
  CHECK(must(second->records().status()).unsent == 0);
  CHECK(must(second->verify()).problems.empty());
}

TEST_CASE("the answer to the last request is the newest, whatever the server's clock said before") {
  Story story;
  constexpr WallMs kMonth = WallMs{30} * 86'400'000;
  (void)story.trip(*story.a);
  (void)story.trip(*story.b);
  story.office.clock.advance(kMonth);
  (void)story.trip(*story.a);
  story.office.clock.advance(-kMonth);
  const Id member = story.put(*story.b, "乙的人");
  (void)story.trip(*story.b);
  const Bytes late = story.hand_in(story.for_server(*story.a));
  const laptop::BundleImported done = story.trip(*story.a);
  CHECK(done.what != What::kOld);
  REQUIRE_FALSE(done.scopes.empty());  // there is a receipt
  CHECK(must(story.a->records().get(member)));
  // An answer to an earlier request is old all the same.
  CHECK(story.take(*story.a, late).what == What::kOld);
  CHECK(must(story.a->verify()).problems.empty());
}

TEST_CASE("a late file does not bring back a village that has been given up since") {
  Story s;
  const Id member = s.put(*s.b, "赵志远");
  (void)s.trip(*s.b);
  const Bytes late = s.hand_in(s.for_server(*s.a));
  (void)must(s.office.admin().end_grant(s.a->identity().worker));
  (void)s.trip(*s.a);
  CHECK_FALSE(must(s.a->records().get(member)));
  (void)s.take(*s.a, late);
  CHECK_FALSE(must(s.a->records().get(member)));
  CHECK(s.count(*s.a, "SELECT count(*) FROM cursor c WHERE scope NOT IN (SELECT scope FROM held)") == 0);
  s.prove(*s.a);
}

TEST_CASE(
    "an answer that begins behind what was read waits, names what is missing, and is taken in its turn") {
  Story s;
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  s.put(*s.b, "第一个");
  (void)s.trip(*s.b);
  const Bytes first = s.hand_in(s.for_server(*s.a));
  {
    // The county believes that it has arrived.
    std::vector<sync::server::store::DeviceCursor> cursors;
    for (const wire::FeedRange& range : must(wire::decode_bundle(first)).header.ranges)
      cursors.push_back({range.scope, range.privacy, range.to});
    const auto writer = must(s.office.store().write());
    must(writer->put_device_cursors(s.a->identity().device, cursors));
    must(writer->commit());
  }
  const Id second_id = s.put(*s.b, "第二个");
  (void)s.trip(*s.b);
  const Bytes second = must(s.bundles.export_for(s.a->identity().device));

  const auto parked = s.take(*s.a, second);
  CHECK(parked.what == What::kParked);
  CHECK(parked.missing.find(kSanhe) != std::string::npos);
  CHECK(parked.still_parked == 1);
  const auto both = s.take(*s.a, first);
  CHECK(both.still_parked == 0);
  CHECK(s.name_in(*s.a, second_id) == "第二个");
}

TEST_CASE(
    "what a peer brought is shown, counted apart, moves no cursor, and reaches the county by this laptop") {
  Story s;
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  (void)s.trip(*s.a);  // now both know each other
  const Id member = s.put(*s.a, "甲写的");
  const auto cursors = [&] { return s.count(*s.b, "SELECT coalesce(sum(position), 0) FROM cursor"); };
  const std::uint64_t before = cursors();
  const Bytes file = s.for_peer(*s.a, *s.b);
  const auto taken = s.take(*s.b, file);
  CHECK(taken.peer.fresh > 0);
  CHECK(s.name_in(*s.b, member) == "甲写的");
  CHECK(must(s.b->records().status()).from_peers == taken.peer.fresh);
  CHECK(must(s.b->records().status()).unsent == 0);
  CHECK(cursors() == before);
  CHECK(s.take(*s.b, file).what == What::kOld);
  for (const auto& problem : must(s.b->verify()).problems)
    FAIL_CHECK(problem.invariant << " " << problem.what);

  // What B writes over it names it with its hash (2.6), and is settled when both have come.
  s.rename(*s.b, member, "乙改的");
  auto select =
      s.b->database().prepare("SELECT body FROM change WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1");
  REQUIRE(must(select.step()));
  const auto body = must(change::decode_body(select.blob(0)));
  REQUIRE(body.writes.at(0).seen.size() == 1);
  CHECK(body.writes[0].seen[0].hash8.has_value());

  (void)s.trip(*s.b);
  CHECK(must(s.b->records().status()).from_peers == 0);
  CHECK(s.count(*s.b, "SELECT count(*) FROM carried") == 0);
  CHECK(must(s.a->records().status()).unsent > 0);
  s.prove(*s.b);
  (void)s.trip(*s.a);
  CHECK(s.name_in(*s.a, member) == "乙改的");
  CHECK(must(s.a->records().status()).unsent == 0);
  s.prove(*s.a);
  CHECK(s.take(*s.b, file).what == What::kOld);
  s.prove(*s.b);
}

TEST_CASE("an old file of a peer does not bring back what the county has told of since") {
  Story s;
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  (void)s.trip(*s.a);
  const Id member = s.put(*s.a, "甲写的");
  const Bytes old = s.for_peer(*s.a, *s.b);
  s.rename(*s.a, member, "甲改的");
  (void)s.trip(*s.a);
  SUBCASE("a value that was replaced, of which a snapshot tells nothing") {
    must(s.b->database().exec("DELETE FROM cursor"));  // read from the start, as states
    (void)s.trip(*s.b);
    REQUIRE(s.name_in(*s.b, member) == "甲改的");
    CHECK(s.take(*s.b, old).peer.fresh == 0);
    CHECK(s.name_in(*s.b, member) == "甲改的");
    CHECK(must(s.b->records().status()).conflicts == 0);
  }
  SUBCASE("a record that has left the villages of this laptop") {
    (void)s.trip(*s.b);
    server::Moves moves(s.office.store(), s.office.catalogue(), s.office.clock, s.office.admin().county());
    (void)must(moves.hand_over(member, kLongquan, false));
    (void)s.trip(*s.b);
    REQUIRE_FALSE(must(s.b->records().get(member)));
    CHECK(s.take(*s.b, old).peer.fresh == 0);
    CHECK_FALSE(must(s.b->records().get(member)));
  }
  s.prove(*s.b);
}

TEST_CASE("what a peer brings of a village that is not held here any more is left out and counted") {
  Story s;
  for (const auto* store : {s.a.get(), s.b.get()})
    (void)must(s.office.admin().grant(store->identity().worker, "worker", kDajing));
  (void)s.trip(*s.b);
  (void)s.trip(*s.a);
  const auto of_sanhe = must(s.office.reader()->grants(s.b->identity().worker));
  for (const auto& grant : of_sanhe) {
    if (grant.division == s.office.unit(kSanhe)) (void)must(s.office.admin().end_grant(grant.id));
  }
  const Id member = s.put(*s.a, "赵志远");
  const Bytes file = s.for_peer(*s.a, *s.b);  // who has not heard that the other's right is over
  (void)s.trip(*s.b);
  const auto taken = s.take(*s.b, file);
  CHECK(taken.peer.fresh == 0);
  CHECK(taken.peer.outside > 0);
  CHECK_FALSE(must(s.b->records().get(member)));
  s.prove(*s.b);
}

TEST_CASE(
    "what a peer brings of a class of which this laptop holds no more than a view is left out and counted") {
  Story s;
  const Id member = s.put(*s.a, "赵志远");
  const auto write = [&](const char* field, const std::string& value) {
    cs::Edit edit;
    edit.kind = "member";
    edit.record = member;
    edit.fields = {Story::text("name", "赵志" + value), Story::text(field, value)};
    REQUIRE(must(s.a->records().save({edit})).ok);
  };
  SUBCASE("as its feed said") { write("remark", "早先的话"); }
  SUBCASE("by the role, where nothing was ever told") {}
  for (auto* one : {s.a.get(), s.b.get(), s.a.get()})
    (void)s.trip(*one);
  // Secretary no longer, which the colleague has not heard of.
  const Id worker = s.b->identity().worker;
  for (const auto& grant : must(s.office.reader()->grants(worker)))
    (void)must(s.office.admin().end_grant(grant.id));
  (void)must(s.office.admin().grant(worker, "worker", kSanhe));
  (void)s.trip(*s.b);
  write("remark", "高");
  const auto taken = s.take(*s.b, s.for_peer(*s.a, *s.b));
  CHECK(taken.peer.fresh == 1);
  CHECK(taken.peer.outside == 1);
  CHECK(s.name_in(*s.b, member) == "赵志高");
  CHECK(must(s.b->records().get(member))->value("remark").empty());
  for (auto* one : {s.a.get(), s.b.get()})
    (void)s.trip(*one);
  s.prove(*s.b);
}

TEST_CASE("a file of a stranger, for somebody else, or changed on its way takes nothing in") {
  Story s;
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  const auto code = [&](cs::LaptopStore& store, const Bytes& file) {
    const auto done = laptop::import_bundle(store.replica(), store.bundles(), file);
    return done.ok() ? std::string() : done.error().code;
  };
  s.put(*s.a, "赵志远");
  CHECK(code(*s.b, s.for_server(*s.a)) == "bundle.for_server");
  CHECK(code(*s.a, s.for_server(*s.a)) == "bundle.own_file");
  CHECK(code(*s.b, s.hand_in(s.for_server(*s.a))) == "bundle.not_for_us");
  CHECK(laptop::bundle_for_peer(s.a->replica(), s.a->bundles(), "0000000000000001", s.office.clock)
            .error()
            .code == "bundle.unknown_receiver");
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  s.put(*s.a, "单立新");
  const Bytes file = s.for_peer(*s.a, *s.b);
  must(s.office.admin().revoke_device(s.a->identity().device));
  (void)s.trip(*s.b);
  CHECK(code(*s.b, file) == "bundle.unknown_sender");  // revoked meanwhile
  CHECK(must(s.b->records().status()).from_peers == 0);
}

TEST_CASE("a peer's file does not bring back what this laptop knows to be purged") {
  Story s;
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  (void)s.trip(*s.a);
  const Id member = s.put(*s.a, "甲写的");
  (void)s.trip(*s.a);
  (void)s.trip(*s.b);
  s.rename(*s.a, member, "甲再写的");  // without knowing
  (void)must(s.office.admin().purge(member, {"name"}, "asked for it"));
  (void)s.trip(*s.b);
  REQUIRE(s.count(*s.b, "SELECT count(*) FROM purge") == 1);
  CHECK(s.take(*s.b, s.for_peer(*s.a, *s.b)).peer.fresh > 0);
  CHECK(s.name_in(*s.b, member).empty());
  CHECK(s.count(*s.b, "SELECT count(*) FROM change WHERE instr(vals, CAST('甲再写的' AS BLOB)) > 0") == 0);
}

TEST_CASE("every cut and every changed octet of a file is refused and leaves the store as it was") {
  Story s;
  (void)s.trip(*s.a);
  s.put(*s.b, "赵志远");
  (void)s.trip(*s.b);
  const Bytes answer = s.hand_in(s.for_server(*s.a));
  const auto rows = [&] {
    return s.count(*s.a,
                   "SELECT (SELECT count(*) FROM change) + (SELECT coalesce(sum(position), 0) FROM cursor) + "
                   "(SELECT count(*) FROM parked) + (SELECT count(*) FROM record)");
  };
  const std::uint64_t before = rows();
  for (std::size_t at = 0; at < answer.size(); ++at) {
    CAPTURE(at);
    REQUIRE_FALSE(
        laptop::import_bundle(s.a->replica(), s.a->bundles(), BytesView(answer).substr(0, at)).ok());
    Bytes changed = answer;
    changed[at] = static_cast<char>(changed[at] ^ 0x04);
    REQUIRE_FALSE(laptop::import_bundle(s.a->replica(), s.a->bundles(), changed).ok());
  }
  CHECK(rows() == before);
  CHECK(s.take(*s.a, answer).taken.received > 0);
}
