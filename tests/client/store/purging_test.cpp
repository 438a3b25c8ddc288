// Values taken away everywhere (sync.md 11): after a purge no file of a laptop or of the server holds them.
#include "client/store/purging.hpp"

#include <algorithm>

#include "client/store/backup_file.hpp"
#include "client/store/drafts.hpp"
#include "client/store/journal.hpp"
#include "client/store/kept_aside.hpp"
#include "client/store/machine_mark.hpp"
#include "client/store/touched.hpp"
#include "sync/laptop/bundle.hpp"
#include "sync/server/service/bundles.hpp"
#include "sync/server/service/moves.hpp"
#include "tests/client/store/county_story.hpp"
#include "tests/client/store/plain_pages.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr const char* kSecret = "geheim-street-77";
constexpr const char* kOther = "other-street-12";

bool holds(const std::string& bytes, const std::string& text) {
  return bytes.find(text) != std::string::npos;
}

struct Purged : Story {
  std::unique_ptr<cs::LaptopStore> a = make("a");
  std::unique_ptr<cs::LaptopStore> b = make("b");
  Id member;

  Purged() {
    member = put(*a, "person");
    edit(*a, kOther);
    edit(*a, kSecret);
    (void)wide_sync(*a);
    (void)wide_sync(*b);
  }
  void edit(cs::LaptopStore& store, const std::string& address) {
    cs::Edit one;
    one.kind = "member";
    one.record = member;
    one.fields = {{"home_address", cs::FieldEdit::Op::kSet, address}};
    office.clock.advance(1000);
    REQUIRE(must(store.records().save({one})).ok);
  }
  server::PurgeCounts purge() { return must(office.admin().purge(member, {"home_address"}, "asked for it")); }
  /// Both write beside each other, and a says why his stands.
  void decide(const std::string& why) {
    edit(*a, "一处");
    edit(*b, "另一处");
    for (auto* one : {&a, &b, &a})
      (void)wide_sync(**one);
    const auto rivals = must(a->records().conflicts());
    REQUIRE(rivals.size() == 1);
    cs::ResolveHow how;
    for (const cs::RivalValue& rival : rivals.front().heads) {
      if (rival.mine) how.take = rival.change;
    }
    how.note = why;
    REQUIRE(must(a->records().resolve(rivals.front().id, how)).ok);
    for (auto* one : {&a, &b})
      (void)wide_sync(**one);
  }
  /// A copy of a's folder that has written beside it since, over the secret.
  std::unique_ptr<cs::LaptopStore> copied() {
    const std::string mark = a->identity().machine_mark;
    a.reset();
    const fs::path copy = folder.path() / "copy";
    fs::copy(folder.path() / "a", copy, fs::copy_options::recursive);
    must(cs::write_machine_mark(copy, mark));
    a = open("a");
    (void)put(*a, "of somebody else");
    CHECK(wide_sync(*a).complete);
    auto second = open("copy");
    edit(*second, "the copy's street");
    CHECK(wide_sync(*second).complete);
    return second;
  }
  std::string pages_of(const char* name, std::unique_ptr<cs::LaptopStore>& store) {
    store.reset();
    const auto vault = must(cs::Vault::open(cs::HomePaths(folder.path() / name), kPassphrase));
    const std::string pages =
        plain_pages(folder.path() / name / "store.db", vault.data_key(), folder.path() / "scratch");
    store = open(name);
    return pages;
  }
};

TEST_CASE("what was said of a value goes with the value: from both laptops, the server, and the told loss") {
  Purged story;
  const std::string why = "said-of-the-street-99";
  story.decide(why);
  REQUIRE(must(story.b->records().told()).size() == 1);
  CHECK(must(story.b->records().told()).front().note == why);
  const auto said = [&](cs::LaptopStore& store) {
    const auto history = must(store.records().history(story.member));
    return std::count_if(history.begin(), history.end(), [&](const auto& one) { return one.note == why; });
  };
  CHECK(said(*story.a) == 1);
  CHECK(said(*story.b) == 1);
  for (const auto& entry : must(story.a->records().history(story.member))) {
    for (const auto& write : entry.writes)
      CHECK(write.field != "decided");  // it stands as what the entry says
  }
  const auto counts = story.purge();
  CHECK(std::find(counts.fields.begin(), counts.fields.end(), "decided") != counts.fields.end());
  for (auto* one : {&story.a, &story.b})
    CHECK(story.wide_sync(**one).complete);
  CHECK(said(*story.a) + said(*story.b) == 0);
  CHECK(must(story.b->records().told()).empty());
  CHECK_FALSE(holds(story.pages_of("a", story.a), why));
  CHECK_FALSE(holds(story.pages_of("b", story.b), why));
  CHECK_FALSE(holds(plain_pages(story.office.file(), store_key(), story.folder.path() / "scratch"), why));
  CHECK(must(story.a->records().conflicts()).empty());
  story.office.prove();
}

TEST_CASE(
    "a purge leaves no value in any file of the server and of its laptops, and everything still proves") {
  Purged story;
  story.edit(*story.b, kSecret);  // unsent, written without knowing of the purge
  REQUIRE(holds(story.pages_of("a", story.a), kSecret));
  const auto counts = story.purge();
  CHECK(counts.records_before == counts.records_after);
  CHECK(counts.changes_before == counts.changes_after);
  CHECK(counts.changes > 0);
  CHECK(counts.log_is_empty);
  CHECK(story.wide_sync(*story.b).complete);
  CHECK(story.wide_sync(*story.a).complete);
  for (const auto& [called, store] : {std::pair("a", &story.a), std::pair("b", &story.b)}) {
    const char* const name = called;  // what is captured must have a name of its own
    CAPTURE(name);
    const std::string pages = story.pages_of(name, *store);
    CHECK(holds(pages, "person"));
    CHECK_FALSE(holds(pages, kSecret));
    CHECK_FALSE(holds(pages, kOther));
    CHECK(must((*store)->verify()).problems.empty());
    const auto shown = must((*store)->records().get(story.member));
    REQUIRE(shown);
    CHECK(shown->fields.at("home_address").purged);
    CHECK(shown->value("home_address").empty());
  }
  const std::string server_pages =
      plain_pages(story.office.file(), store_key(), story.folder.path() / "scratch");
  CHECK(holds(server_pages, "person"));
  CHECK_FALSE(holds(server_pages, kSecret));
  CHECK_FALSE(holds(server_pages, kOther));
  CHECK(story.lines_of(*story.a) == story.lines_of(*story.b));
  CHECK(holds(story.lines_of(*story.a), "\"purged\":true"));
  story.office.prove();
}

TEST_CASE("a loss that comes with the purge of its value is not told with the value") {
  Purged story;
  const std::string mine = "street-of-mine-5";
  story.edit(*story.a, "rival-street-1");
  story.edit(*story.b, mine);
  (void)story.wide_sync(*story.a);
  (void)story.wide_sync(*story.b);
  (void)story.wide_sync(*story.a);
  story.edit(*story.a, "settled-street-2");  // over both rivals
  (void)story.wide_sync(*story.a);
  (void)story.purge();
  CHECK(story.wide_sync(*story.b).complete);
  for (const auto& one : must(story.b->records().told()))
    CHECK(one.mine.value_or("") != mine);
  CHECK_FALSE(holds(story.pages_of("b", story.b), mine));
}

TEST_CASE("a removed record stays removed when its reason is purged, which is nowhere then") {
  Purged story;
  REQUIRE(must(story.a->records().void_record(story.member, kSecret)).ok);
  (void)story.wide_sync(*story.a);
  (void)story.wide_sync(*story.b);
  const auto counts = must(story.office.admin().purge(story.member, {}, "asked for it"));
  CHECK(std::find(counts.fields.begin(), counts.fields.end(), "voided") != counts.fields.end());
  for (const auto& [called, store] : {std::pair("a", &story.a), std::pair("b", &story.b)}) {
    CHECK(story.wide_sync(**store).complete);
    CHECK(must((*store)->records().get(story.member))->voided);
    CHECK_FALSE(holds(story.pages_of(called, *store), kSecret));
    CHECK(must((*store)->verify()).problems.empty());
  }
  const std::string server_pages =
      plain_pages(story.office.file(), store_key(), story.folder.path() / "scratch");
  CHECK_FALSE(holds(server_pages, kSecret));
  story.office.prove();
}

TEST_CASE("marks that counts rest on are not purged, and nothing changes") {
  Purged story;
  for (const char* field : {"deleted", "duplicate_of", "alias_of", "confirmed", "looked_at"}) {
    const auto refused = story.office.admin().purge(story.member, {field}, "asked for it");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == "purge.field");
  }
}

TEST_CASE("whoever remembers what he read is told of a purge") {
  Purged story;
  (void)cs::take_touched(story.a->database(), story.office.catalogue());
  const std::uint64_t revision = cs::shown_revision(story.a->database());
  (void)story.purge();
  CHECK(story.wide_sync(*story.a).complete);
  const cs::Touched touched = must(cs::take_touched(story.a->database(), story.office.catalogue()));
  CHECK(std::count(touched.subjects.begin(), touched.subjects.end(), story.member) == 1);
  CHECK(cs::shown_revision(story.a->database()) > revision);
}

TEST_CASE("what a feed tells loses the value where the purge is known here already") {
  Purged story;
  const std::uint16_t field = story.office.catalogue().kind("member")->field("home_address")->wire;
  const Bytes fields = {static_cast<char>(field & 0xFF), static_cast<char>(field >> 8)};
  story.edit(*story.a, "later-street-9");
  (void)story.wide_sync(*story.a);
  {
    auto insert = story.b->database().prepare("INSERT INTO purge(record, number, fields) VALUES(?, 1, ?)");
    must(insert.bind(1, story.member).bind_blob(2, fields).run());
  }
  (void)story.wide_sync(*story.b);
  auto select = story.b->database().prepare(
      "SELECT count(*), sum(instr(vals, CAST('later-street-9' AS BLOB)) > 0) FROM change WHERE record = ?");
  REQUIRE(must(select.bind(1, story.member).step()));
  CHECK(select.integer(0) > 0);
  CHECK(select.integer(1) == 0);
}

TEST_CASE(
    "a server restored without its list learns of a purge from whoever was told, and everybody loses it") {
  Purged story;
  const fs::path backup = story.folder.path() / "county.backup";
  must(story.office.store().backup(backup));
  (void)story.purge();
  (void)story.wide_sync(*story.a);
  (void)story.wide_sync(*story.b);
  story.office.restore(backup, false);
  REQUIRE(story.office.dump().find(kSecret) != std::string::npos);
  auto c = story.make("c");  // reads what should be gone, before anybody tells
  (void)story.wide_sync(*c);
  REQUIRE(story.lines_of(*c).find(kSecret) != std::string::npos);
  CHECK(story.wide_sync(*story.a).complete);
  CHECK(story.office.dump().find(kSecret) == std::string::npos);
  CHECK(story.lines_of(*story.a).find(kSecret) == std::string::npos);
  const auto purges = must(story.office.reader()->purges_of(story.member));
  REQUIRE(purges.size() == 1);
  CHECK(purges.front().number == 1);
  const auto known = must(story.office.admin().audit({}));
  CHECK(std::any_of(known.begin(), known.end(),
                    [](const auto& row) { return row.action == "record.purge_shown"; }));
  CHECK(story.wide_sync(*c).complete);
  CHECK(story.wide_sync(*story.b).complete);
  for (auto* one : {&story.a, &story.b, &c}) {
    CHECK(story.lines_of(**one).find(kSecret) == std::string::npos);
    CHECK(story.lines_of(**one) == story.lines_of(*story.a));
    CHECK(must((*one)->verify()).problems.empty());
  }
  story.office.prove();
  CHECK_FALSE(holds(story.pages_of("a", story.a), kSecret));
  CHECK_FALSE(holds(story.pages_of("c", c), kSecret));
  // Shown once: nobody goes on about it.
  auto left = story.a->database().prepare("SELECT count(*) FROM purge WHERE to_show = 1");
  REQUIRE(must(left.step()));
  CHECK(left.integer(0) == 0);
}

TEST_CASE("what is written after a purge was heard of is kept") {
  Purged story;
  (void)story.purge();
  (void)story.wide_sync(*story.a);
  story.edit(*story.a, "new-street-3");
  CHECK(story.wide_sync(*story.a).complete);
  CHECK(story.wide_sync(*story.b).complete);
  CHECK(must(story.b->records().get(story.member))->value("home_address") == "new-street-3");
  CHECK(must(story.b->records().status()).conflicts == 0);
  story.office.prove();
}

TEST_CASE(
    "the journal and forms that are open lose the value at once, and a rebuilt store does not bring it "
    "back") {
  Purged story;
  story.edit(*story.b, kSecret);
  cs::Draft draft;
  draft.id = Id::make(story.office.clock.now_ms());
  draft.form = "member";
  draft.subject = story.member;
  draft.content = kSecret;
  must(story.b->drafts().stash(draft));
  (void)story.purge();
  // The line breaks after the server's answer was read: the edit is still unsent where it matters.
  (void)story.wide_sync(*story.b);
  CHECK(must(story.b->drafts().all()).empty());
  story.edit(*story.b, "kept-street-9");
  story.b.reset();
  const auto vault = must(cs::Vault::open(cs::HomePaths(story.folder.path() / "b"), kPassphrase));
  const auto journal =
      must(cs::Journal::open(story.folder.path() / "b" / "journal.lx", vault.subkey("journal")));
  const auto entries = must(journal.entries());
  CHECK_FALSE(entries.empty());
  for (const auto& entry : entries)
    CHECK_FALSE(holds(entry.values, kSecret));
  cs::OpenReport report;
  auto rebuilt =
      must(cs::LaptopStore::recover(story.folder.path() / "b", {}, kPassphrase, story.office.clock, report));
  CHECK(must(rebuilt->records().status()).purges_unasked);
  CHECK(story.wide_sync(*rebuilt).complete);
  CHECK_FALSE(must(rebuilt->records().status()).purges_unasked);
  CHECK(must(rebuilt->records().get(story.member))->value("home_address") == "kept-street-9");
}

TEST_CASE("a file that the county writes unasked takes a value away like any answer") {
  Purged story;
  {
    const auto writer = must(story.office.store().write());
    auto device = must(writer->device(story.a->identity().device));
    REQUIRE(device);
    device->seal_key = story.a->identity().seal_public;
    must(writer->put_device(*device));
    must(writer->commit());
  }
  (void)story.wide_sync(*story.a);  // says how far it has read
  REQUIRE(holds(story.pages_of("a", story.a), kSecret));
  (void)story.purge();
  auto bundles =
      must(server::Bundles::open(story.office.store(), story.office.catalogue(), story.office.clock));
  const Bytes file = must(bundles.export_for(story.a->identity().device));
  (void)must(laptop::import_bundle(story.a->replica(), story.a->bundles(), file));
  const std::string pages = story.pages_of("a", story.a);
  CHECK_FALSE(holds(pages, kSecret));
  CHECK_FALSE(holds(pages, kOther));  // what it had replaced
  CHECK(must(story.a->verify()).problems.empty());
}

TEST_CASE("a laptop put back from an old backup loses the value with its first answer") {
  Purged story;
  const fs::path backup = story.folder.path() / "a.backup";
  must(story.a->backup(backup));
  (void)story.purge();
  auto old =
      must(cs::LaptopStore::restore(backup, story.folder.path() / "old", kPassphrase, story.office.clock));
  CHECK(must(old->records().status()).purges_unasked);
  CHECK(must(old->records().get(story.member))->value("home_address") == kSecret);
  CHECK(story.wide_sync(*old).complete);
  CHECK_FALSE(must(old->records().status()).purges_unasked);
  CHECK_FALSE(holds(story.pages_of("old", old), kSecret));
}

TEST_CASE(
    "a store put back says that it has not asked for purges, also where the putting back was cut short") {
  Purged story;
  const fs::path backup = story.folder.path() / "a.backup";
  must(story.a->backup(backup));
  const fs::path home = story.folder.path() / "old";
  const auto unasked = [&] {
    const auto store = story.open("old");
    CHECK(must(store->records().get(story.member))->value("home_address") == kSecret);
    return must(store->records().status()).purges_unasked;
  };
  SUBCASE("before the store was opened") { must(cs::unpack_backup(backup, cs::HomePaths(home))); }
  SUBCASE("in a folder where a store was lost") {
    story.a.reset();
    fs::create_directory(home);
    fs::rename(story.folder.path() / "a" / "machine.lx", home / "machine.lx");
    must(cs::unpack_backup(backup, cs::HomePaths(home)));
  }
  CHECK(unasked());
  CHECK(unasked());
}

TEST_CASE("a store made anew from the journal by itself says that it has not asked for purges") {
  Purged story;
  story.a.reset();
  fs::remove(story.folder.path() / "a" / "store.db");
  story.a = story.open("a");
  CHECK(must(story.a->records().status()).purges_unasked);
  CHECK(story.wide_sync(*story.a).complete);
  CHECK_FALSE(must(story.a->records().status()).purges_unasked);
}

TEST_CASE("a change kept aside loses its value like any other, and is accepted without it") {
  Purged story;
  const Id stranger = story.office.worker("stranger", "worker", kLongquan);
  FakeLaptop far(story.office, stranger);
  const ChangeId aside = far.put("member", story.member, story.village, {{"home_address", kSecret}});
  (void)far.exchange();
  REQUIRE(must(story.office.admin().quarantine()).size() == 1);
  (void)story.purge();
  CHECK(must(story.office.admin().accept(aside)) == 1);
  const std::string pages = plain_pages(story.office.file(), store_key(), story.folder.path() / "scratch");
  CHECK_FALSE(holds(pages, kSecret));
  CHECK(story.wide_sync(*story.a).complete);
  story.office.prove();
}

TEST_CASE("what the office decides about a change it kept aside is told to its author") {
  Purged story;
  auto c = story.make("c");
  (void)story.wide_sync(*c);
  // The worker's right ends while work is on the way.
  story.edit(*c, "late-street-1");
  const Id worker = must(c->records().status()).worker;
  REQUIRE(must(story.office.admin().end_grant(worker)) > 0);
  (void)must(story.office.admin().grant(worker, "worker", kDajing));
  story.office.clock.advance(WallMs{91} * 24 * 3600 * 1000);  // beyond good faith (4.3)
  (void)story.wide_sync(*c);
  const auto aside = must(c->records().kept_aside());
  REQUIRE(aside.size() == 1);
  CHECK(aside.front().reason == "scope");
  CHECK(aside.front().owner == kTownship);
  CHECK(aside.front().fields == std::vector<std::string>{"home_address"});
  REQUIRE(must(story.office.admin().close(aside.front().change, "moved away")) == 1);
  (void)story.wide_sync(*c);
  const auto decided = must(c->records().decided());
  REQUIRE(decided.size() == 1);
  CHECK_FALSE(decided.front().accepted);
  CHECK(decided.front().reason == "moved away");
  CHECK(must(c->records().kept_aside()).front().is_closed);
  CHECK(must(c->records().status()).quarantined == 0);
  must(c->records().dismiss_decided(decided.front().change));
  CHECK(must(c->records().decided()).empty());
  (void)story.wide_sync(*c);
  CHECK(must(c->records().decided()).empty());
}

TEST_CASE("what lies here sealed for a restored county does not keep a purge from being carried out") {
  Purged story;
  auto& database = story.b->database();
  REQUIRE(database
              .exec("INSERT INTO offer SELECT replica, counter, body, x'0102030405060708', effective_ms, "
                    "suspect, 0 "
                    "FROM change WHERE hash IS NULL")
              .ok());
  (void)story.purge();
  CHECK(story.wide_sync(*story.b).complete);
  CHECK(must(story.b->records().get(story.member))->value("home_address").empty());
}

TEST_CASE("what a copy's change replaced goes with the purge, by whatever name the change is known") {
  Purged story;
  const auto second = story.copied();
  const auto secrets = [&] {
    auto select = second->database().prepare("SELECT count(*) FROM before WHERE value = ?");
    REQUIRE(must(select.bind_text(1, kSecret).step()));
    return select.integer(0);
  };
  REQUIRE(secrets() == 1);  // as the conflict desk shows it
  (void)story.purge();
  CHECK(story.wide_sync(*second).complete);
  CHECK(secrets() == 0);
  CHECK(must(second->verify()).problems.empty());
}

TEST_CASE("what a copy's change replaced goes with the record, by whatever name the change is known") {
  Purged story;
  const auto second = story.copied();
  server::Moves moves(story.office.store(), story.office.catalogue(), story.office.clock,
                      story.office.admin().county());
  REQUIRE(moves.hand_over(story.member, kLongquan, false).ok());
  CHECK(story.wide_sync(*second).complete);
  CHECK_FALSE(must(second->records().get(story.member)));
  auto select = second->database().prepare("SELECT count(*) FROM before WHERE value = ?");
  REQUIRE(must(select.bind_text(1, kSecret).step()));
  CHECK(select.integer(0) == 0);
  CHECK(must(second->verify()).problems.empty());
}

TEST_CASE("what a draft keeps here after it left is without what was purged, and with what was said since") {
  Purged story;
  const Id draft = Id::make(story.office.clock.now_ms());
  must(story.a->drafts().stash({draft, "visit", story.member, "", "{}", "", 0}));
  server::Moves moves(story.office.store(), story.office.catalogue(), story.office.clock,
                      story.office.admin().county());
  std::string left;
  SUBCASE("both heard of in one answer") { (void)story.purge(); }
  SUBCASE("purged where it stands now") {
    REQUIRE(moves.hand_over(story.member, kLongquan, false).ok());
    (void)story.purge();
  }
  SUBCASE("written anew before it left") {
    (void)story.purge();
    for (auto* one : {&story.a, &story.b})
      (void)story.wide_sync(**one);
    left = "new-street-3";
    story.edit(*story.b, left);
    for (auto* one : {&story.b, &story.a})
      (void)story.wide_sync(**one);
  }
  (void)moves.hand_over(story.member, kLongquan, false);
  CHECK(story.wide_sync(*story.a).complete);
  const auto leaving = must(story.a->records().get(story.member));
  CHECK(leaving.value().read_only);
  CHECK(leaving->value("home_address") == left);
  CHECK_FALSE(holds(story.pages_of("a", story.a), kSecret));
}

}  // namespace
