// A server put back from a backup, and laptops that still have what it lost (sync.md 4.2, 7.1).
#include "client/store/offers.hpp"

#include "client/store/machine_mark.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// The county's store goes back to a copy, under the next epoch.
struct Restored : Story {
  void remember() { remember_as("county.backup"); }
  void remember_as(const char* name) { must(office.store().backup(folder.path() / name)); }
  void go_back() { office.restore(folder.path() / "county.backup"); }
  void edit(cs::LaptopStore& store, const Id& member, const std::string& address) {
    cs::Edit one;
    one.kind = "member";
    one.record = member;
    one.fields = {{"home_address", cs::FieldEdit::Op::kSet, address}};
    office.clock.advance(1000);
    REQUIRE(must(store.records().save({one})).ok);
  }
  /// `bringer` offers the newest change of `author`.
  void offer(FakeLaptop& bringer, const FakeLaptop& author) {
    wire::OfferRequest offer;
    offer.changes.push_back(
        {{author.log.back().body_bytes, change::encode_values(author.log.back().values)}, 1, false});
    auto request = bringer.request();
    request.parts.push_back({wire::kPartOffers, wire::encode_part(offer)});
    (void)bringer.send(request);
  }
};

/// One record that both laptops and the backup hold.
struct Backed : Restored {
  std::unique_ptr<cs::LaptopStore> a = make("a");
  std::unique_ptr<cs::LaptopStore> b = make("b");
  Id old = put(*a, "before");
  Backed() {
    (void)wide_sync(*a);
    (void)wide_sync(*b);
    remember();
  }
};

TEST_CASE("what a destroyed laptop had handed in comes back from the one laptop that read it") {
  Backed story;
  auto& a = story.a;
  auto& b = story.b;
  const Id old = story.old;
  const Id lost = story.put(*a, "after");
  story.edit(*a, old, "street 5");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*b);
  const std::string before = story.lines_of(*b);
  a.reset();
  fs::remove_all(story.folder.path() / "a");
  story.go_back();
  const auto receipt = story.wide_sync(*b);
  CHECK(receipt.complete);
  CHECK(story.lines_of(*b) == before);
  CHECK(must(b->records().get(lost)));
  CHECK(must(b->records().get(old))->value("home_address") == "street 5");
  CHECK(must(b->verify()).problems.empty());
  CHECK(must(story.office.admin().stats()).early > 0);
  story.office.prove();
}

TEST_CASE("an author who comes late finds the own work settled, once, and goes on under the same name") {
  Backed story;
  auto& a = story.a;
  auto& b = story.b;
  const Id old = story.old;
  story.edit(*a, old, "street 5");
  (void)story.put_many(*a, "after", 12);
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*b);
  const auto replica = must(a->records().status()).replica;
  story.go_back();
  (void)story.wide_sync(*b);
  CHECK(must(story.office.admin().stats()).early > 0);
  const Id fresh = story.put(*a, "fresh");
  CHECK(story.sync(*a).complete);  // in small batches
  CHECK(must(story.office.admin().stats()).early == 0);
  CHECK(must(a->records().status()).replica == replica);
  CHECK(story.wide_sync(*b).complete);
  CHECK(must(b->records().get(fresh)));
  CHECK(story.lines_of(*a) == story.lines_of(*b));
  CHECK(must(a->records().status()).conflicts == 0);
  story.office.prove();
}

TEST_CASE("a server put back makes no dispute of what one person wrote after the other") {
  Restored story;
  auto a = story.make("a");
  auto b = story.make("b");
  const Id member = story.put(*a, "member");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*b);
  story.edit(*a, member, "street 1");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*b);
  story.remember();
  story.edit(*a, member, "street 2");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*b);
  story.go_back();
  for (int round = 0; round < 2; ++round) {
    for (cs::LaptopStore* one : {b.get(), a.get()}) {
      const auto receipt = story.wide_sync(*one);
      CHECK(receipt.complete);
      CHECK(receipt.conflicts == 0);
      CHECK(must(one->records().conflicts()).empty());
      CHECK(must(one->records().get(member))->value("home_address") == "street 2");
    }
  }
  story.office.prove();
}

TEST_CASE(
    "who read a record in a first sync brings it back when its author's laptop is dead, the server "
    "restored") {
  Restored story;
  auto a = story.make("a");
  auto late = story.make("late");
  (void)story.wide_sync(*a);
  story.remember();
  const Id member = story.put(*a, "told as a state");
  constexpr int kEdits = 300;  // a feed that long about one record is told as the state it led to
  for (int i = 1; i <= kEdits; ++i)
    story.edit(*a, member, "street " + std::to_string(i));
  (void)story.wide_sync(*a);
  CHECK(story.wide_sync(*late).complete);
  REQUIRE(must(late->records().get(member))->value("home_address") == "street 300");
  CHECK(must(late->verify()).problems.empty());
  a.reset();
  story.go_back();
  CHECK(story.wide_sync(*late).complete);
  for (const auto& one : must(story.office.admin().quarantine()))
    (void)must(story.office.admin().accept(one.change));
  CHECK(story.wide_sync(*late).complete);
  const auto shown = must(late->records().get(member));
  REQUIRE(shown);
  CHECK(shown->value("name") == "told as a state");
  CHECK(shown->value("home_address") == "street 300");
  CHECK(must(late->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("who was handed a record brings it back when its author's laptop is dead and the server restored") {
  Restored story;
  auto a = story.make("a");
  auto mover = story.make("mover", "township_officer", kTownship);
  auto taker = story.make("taker", "worker", kDajing);
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*mover);
  (void)story.wide_sync(*taker);
  story.remember();
  const Id member = story.put(*a, "handed over");
  story.edit(*a, member, "street 5");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*mover);
  cs::Edit move;
  move.kind = "member";
  move.record = member;
  move.fields = {{"home_village_id", cs::FieldEdit::Op::kSet, story.office.unit(kDajing).text()}};
  story.office.clock.advance(1000);
  REQUIRE(must(mover->records().save({move})).ok);
  (void)story.wide_sync(*mover);
  CHECK(story.wide_sync(*taker).complete);
  REQUIRE(must(taker->records().get(member))->value("home_address") == "street 5");
  CHECK(must(taker->verify()).problems.empty());
  for (auto* dead : {&a, &mover})
    dead->reset();
  story.go_back();
  CHECK(story.wide_sync(*taker).complete);
  // Nobody there knows where it lived: the office says so, and nothing is lost.
  const auto kept = must(story.office.admin().quarantine());
  for (const auto& one : kept)
    (void)must(story.office.admin().accept(one.change));
  CHECK(story.wide_sync(*taker).complete);
  const auto shown = must(taker->records().get(member));
  REQUIRE(shown);
  CHECK(shown->value("name") == "handed over");
  CHECK(shown->value("home_address") == "street 5");
  CHECK(shown->scope == story.office.unit(kDajing));
  CHECK(must(taker->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("what was leaving a laptop stands in its village again when the server forgets that it was moved") {
  Restored story;
  auto a = story.make("a");
  auto mover = story.make("mover", "township_officer", kTownship);
  const Id member = story.put(*a, "moved");
  (void)story.wide_sync(*a);
  (void)story.wide_sync(*mover);
  story.remember();
  must(a->drafts().stash({Id::make(story.office.clock.now_ms()), "member", member, "", "typed", "", 0}));
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"home_village_id", cs::FieldEdit::Op::kSet, story.office.unit(kDajing).text()},
                 {"home_address", cs::FieldEdit::Op::kSet, "street 9"}};
  story.office.clock.advance(1000);
  REQUIRE(must(mover->records().save({edit})).ok);
  (void)story.wide_sync(*mover);
  (void)story.wide_sync(*a);
  REQUIRE(must(a->records().get(member))->read_only);
  mover.reset();
  fs::remove_all(story.folder.path() / "mover");
  story.go_back();
  const auto receipt = story.wide_sync(*a);
  CHECK(receipt.complete);
  CHECK(receipt.repaired == 0);
  CHECK_FALSE(must(a->records().get(member))->read_only);
  CHECK(must(a->records().get(member))->value("name") == "moved");
  CHECK(must(a->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("a disk put back learns from a restored server what a colleague brought of it, and goes on anew") {
  Backed story;
  const std::string mark = story.a->identity().machine_mark;
  const fs::path home = story.folder.path() / "a";
  story.a.reset();
  fs::copy(home, story.folder.path() / "image", fs::copy_options::recursive);
  story.a = story.open("a");
  (void)story.put(*story.a, "overwritten by nobody");
  story.edit(*story.a, story.old, "street 5");
  (void)story.wide_sync(*story.a);
  (void)story.wide_sync(*story.b);
  const auto replica = must(story.a->records().status()).replica;
  const std::string before = story.lines_of(*story.b);
  story.go_back();
  (void)story.wide_sync(*story.b);
  story.a.reset();
  fs::remove_all(home);
  fs::copy(story.folder.path() / "image", home, fs::copy_options::recursive);
  must(cs::write_machine_mark(home, mark));  // nobody notices
  story.a = story.open("a");
  CHECK(story.wide_sync(*story.a).complete);
  CHECK(story.lines_of(*story.a) == before);
  CHECK(must(story.a->records().status()).replica != replica);
  const Id fresh = story.put(*story.a, "fresh");
  CHECK(story.wide_sync(*story.a).complete);
  CHECK(story.wide_sync(*story.b).complete);
  CHECK(must(story.b->records().get(fresh)));
  CHECK(story.lines_of(*story.a) == story.lines_of(*story.b));
  CHECK(must(story.a->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("what a restored server is offered again stands in the journal again, be it never taken") {
  Backed story;
  (void)story.put(*story.a, "after");
  (void)story.wide_sync(*story.a);
  const auto sent = must(story.a->records().status()).unsent;
  story.go_back();
  const auto device = story.a->identity().device;
  must(story.office.admin().revoke_device(device));
  CHECK(story.try_sync(*story.a).error().code == "sync.revoked");
  CHECK(must(story.a->records().status()).unsent > sent);
  CHECK(must(story.a->verify()).problems.empty());
  story.a.reset();
  fs::resize_file(story.folder.path() / "a" / "store.db", 100);  // the disk fails now
  story.a = story.open("a");
  CHECK(must(story.a->records().status()).unsent > sent);
  CHECK(must(story.a->verify()).problems.empty());
}

TEST_CASE("work of a lost laptop that is kept aside is shown as what it is in the server's next life too") {
  Backed story;
  must(story.office.admin().revoke_device(story.a->identity().device));
  (void)story.put(*story.a, "written after it was lost");
  CHECK(story.try_sync(*story.a).error().code == "sync.revoked");
  CHECK(must(story.a->verify()).problems.empty());
  story.remember_as("later.backup");
  story.office.restore(story.folder.path() / "later.backup");
  CHECK(story.try_sync(*story.a).error().code == "sync.revoked");
  CHECK(must(story.a->verify()).problems.empty());
}

TEST_CASE("a ruined laptop's unsent work arrives at a restored server that lost what came before it") {
  Backed story;
  const Id lost = story.put(*story.a, "at the county, and then nowhere");
  (void)story.wide_sync(*story.a);
  const std::vector<Id> unsent = story.put_many(*story.a, "unsent", 12);
  story.go_back();
  story.a.reset();
  fs::resize_file(story.folder.path() / "a" / "store.db", 100);
  story.a = story.open("a");
  CHECK(must(story.a->records().status()).unsent > 0);
  CHECK(story.sync(*story.a).complete);  // in small batches
  CHECK(must(story.a->records().status()).unsent == 0);
  CHECK(story.wide_sync(*story.b).complete);
  for (const Id& member : unsent)
    CHECK(must(story.b->records().get(member)));
  CHECK(!must(story.b->records().get(lost)));
  CHECK(must(story.a->verify()).problems.empty());
  story.office.prove();
  // Once more restored, from before: what it expects of the present chain is not asked of the earlier one.
  (void)story.put(*story.a, "written since");
  (void)story.wide_sync(*story.a);
  story.go_back();
  CHECK(story.sync(*story.a).complete);
  CHECK(must(story.a->records().get(unsent.back())));
  story.office.prove();
}

TEST_CASE("a copy's branch that goes by its own name is proved as before when the server has been restored") {
  Backed story;
  const std::string mark = story.a->identity().machine_mark;
  story.a.reset();
  fs::copy(story.folder.path() / "a", story.folder.path() / "copy", fs::copy_options::recursive);
  must(cs::write_machine_mark(story.folder.path() / "copy", mark));  // so that nobody notices
  story.a = story.open("a");
  auto copy = story.open("copy");
  (void)story.put(*story.a, "at the original");
  (void)story.wide_sync(*story.a);
  const Id branched = story.put(*copy, "at the copy");
  (void)story.wide_sync(*copy);
  CHECK(must(copy->verify()).problems.empty());
  must(story.office.store().backup(story.folder.path() / "with the branch"));
  story.office.restore(story.folder.path() / "with the branch");
  for (cs::LaptopStore* one : {story.a.get(), copy.get(), story.b.get()})
    CHECK(story.wide_sync(*one).complete);
  for (cs::LaptopStore* one : {story.a.get(), copy.get(), story.b.get()}) {
    (void)story.wide_sync(*one);
    CHECK(must(one->verify()).problems.empty());
    CHECK(must(one->records().get(branched)));
  }
  story.office.prove();
}

/// A copy of laptop a's disk, opened on the same machine; the original has worked and synced since.
std::unique_ptr<cs::LaptopStore> copied(Backed& story) {
  const std::string mark = story.a->identity().machine_mark;
  story.a.reset();
  fs::copy(story.folder.path() / "a", story.folder.path() / "copy", fs::copy_options::recursive);
  must(cs::write_machine_mark(story.folder.path() / "copy", mark));
  story.a = story.open("a");
  auto copy = story.open("copy");
  (void)story.put(*story.a, "at the original");
  (void)story.wide_sync(*story.a);
  return copy;
}

/// As a program that asks for nobody's right.
void save_unasked(cs::LaptopStore& store, const cs::Edit& edit) {
  const auto pass_over = [&](const char* bits) {
    for (const char* table : {"k_worker_role", "k_worker"})
      must(store.database().exec(std::string("UPDATE ") + table + " SET r_flags = r_flags " + bits));
  };
  pass_over("| 1");
  REQUIRE(must(store.records().save({edit})).ok);
  pass_over("& ~1");
}

TEST_CASE("what was kept aside under a branch's name is offered to a restored server like anything else") {
  Backed story;
  auto copy = copied(story);
  cs::Edit book;  // lists for everybody are not a worker's to write
  book.kind = "material";
  book.fields = {{"name", cs::FieldEdit::Op::kSet, "a book"}};
  save_unasked(*copy, book);
  (void)story.wide_sync(*copy);
  REQUIRE(must(story.office.admin().quarantine()).size() == 1);
  story.go_back();
  CHECK(must(story.office.admin().quarantine()).empty());
  (void)story.wide_sync(*copy);
  CHECK(must(story.office.admin().quarantine()).size() == 1);
  CHECK(must(copy->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("a branch's work on a member who moved away is offered to a restored server, sealed") {
  Backed story;
  auto copy = copied(story);
  cs::Edit move;
  move.kind = "member";
  move.record = story.old;
  move.fields = {{"home_village_id", cs::FieldEdit::Op::kSet, story.office.unit(kLongquan).text()},
                 {"home_address", cs::FieldEdit::Op::kSet, "moved away"}};
  story.office.clock.advance(1000);
  save_unasked(*copy, move);
  CHECK(story.wide_sync(*copy).complete);
  CHECK(!must(copy->records().get(story.old)));
  CHECK(must(copy->records().status()).sealed > 0);
  CHECK(must(copy->verify()).problems.empty());
  story.go_back();
  (void)story.wide_sync(*copy);
  CHECK(!must(copy->records().get(story.old)));
  CHECK(must(copy->verify()).problems.empty());
  FakeLaptop far(story.office, story.office.worker("far", "worker", kLongquan));
  far.sync();
  CHECK(far.shown(story.old, "home_address") == "moved away");
  story.office.prove();
}

TEST_CASE("somebody who may not hold the scope cannot slip changes into it with an offer") {
  Restored story;
  auto a = story.make("a");
  const Id member = story.put(*a, "member");
  (void)story.wide_sync(*a);
  FakeLaptop far(story.office, story.office.worker("far", "worker", kLongquan));
  FakeLaptop made(story.office, story.office.worker("made", "worker", kLongquan));
  (void)made.put("member", member, story.village, {{"home_address", "forged"}});
  story.offer(far, made);
  REQUIRE(must(story.office.admin().quarantine()).size() == 1);
  CHECK(must(story.office.admin().quarantine()).front().reason == "early");
  (void)story.wide_sync(*a);
  CHECK(must(a->records().get(member))->value("home_address").empty());
  story.office.prove();
}

TEST_CASE("while an author's chain is still coming in, what another brings of it keeps its name") {
  Restored story;
  auto a = story.make("a");
  const Id member = story.put(*a, "member");
  (void)story.wide_sync(*a);
  FakeLaptop author(story.office, story.office.worker("author", "worker", kSanhe));
  FakeLaptop bringer(story.office, story.office.worker("bringer", "worker", kSanhe));
  story.remember();
  for (const char* street : {"street 1", "street 2", "street 3"})
    (void)author.put("member", member, story.village, {{"home_address", street}});
  story.go_back();
  author.batch = 1;
  (void)author.send(author.request());  // the first of three; then the line breaks
  story.offer(bringer, author);
  CHECK(must(story.office.admin().quarantine()).empty());
  CHECK(must(story.office.reader()->has_change(author.log.back().body.id)));
  (void)author.sync();
  CHECK(must(story.office.admin().quarantine()).empty());
  CHECK(must(story.office.admin().stats()).early == 0);
  story.office.prove();
}

TEST_CASE("a laptop put back is told that the server has more of its chain, be it from others alone") {
  Restored story;
  auto a = story.make("a");
  const Id member = story.put(*a, "member");
  (void)story.wide_sync(*a);
  FakeLaptop author(story.office, story.office.worker("author", "worker", kSanhe));
  FakeLaptop bringer(story.office, story.office.worker("bringer", "worker", kSanhe));
  FakeLaptop image = author;
  (void)author.put("member", member, story.village, {{"home_address", "street 1"}});
  story.remember();
  story.go_back();
  story.offer(bringer, author);
  CHECK(must(story.office.admin().quarantine()).empty());
  CHECK(image.send(image.request()).verdict == wire::ExchangeAnswer::Verdict::kBehind);
}

TEST_CASE("another body under an id that was brought early becomes a branch, and both are kept") {
  Restored story;
  auto a = story.make("a");
  const Id member = story.put(*a, "member");
  (void)story.wide_sync(*a);
  const Id worker = story.office.worker("twin", "worker", kSanhe);
  FakeLaptop twin(story.office, worker);
  FakeLaptop other = twin;
  (void)twin.put("member", member, story.village, {{"home_address", "one street"}});
  (void)other.put("member", member, story.village, {{"home_address", "another street"}});
  FakeLaptop bringer(story.office, story.office.worker("bringer", "worker", kSanhe));
  story.remember();
  story.go_back();
  story.offer(bringer, other);
  const auto answer = twin.send(twin.request());
  CHECK(answer.verdict == wire::ExchangeAnswer::Verdict::kFork);
  (void)story.wide_sync(*a);
  CHECK(must(a->records().conflicts()).size() == 1);
  story.office.prove();
}

}  // namespace
