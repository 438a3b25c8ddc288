// What an answer brings to a laptop whose user holds all of a class in one village and a view of it in
// another.
#include "client/store/store_take.hpp"
#include "sync/laptop/bundle.hpp"
#include "sync/server/service/bundles.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Secretary of one village and worker of another; and two desks of the office above both, one of which wrote
/// of a visit in the first.
struct TwoGrants : Story {
  std::unique_ptr<cs::LaptopStore> county = make("county", "county_officer", kCounty);
  std::unique_ptr<cs::LaptopStore> second = make("second", "county_officer", kCounty);
  std::unique_ptr<cs::LaptopStore> both;
  Id member = put(*county, "member");
  Id visit;

  explicit TwoGrants(const char* whole = kSanhe, const char* view = kDajing) {
    const Id person = office.worker("both", "secretary", whole);
    (void)must(office.admin().grant(person, "worker", view));
    if (whole != std::string_view(kSanhe)) move_to(*county, whole);
    const FakeLaptop device(office, person);
    both = must(cs::LaptopStore::create(enrolled("both", device), office.clock));
    visit = visit_by(*county, "the office's words");
    settle();
  }
  Id visit_by(cs::LaptopStore& store, const std::string& words) {
    return save(
        store, "visit", Id{},
        {{"members", member.text()}, {"occurred_on", "2026-02-02"}, {"outcome", "met"}, {"content", words}});
  }
  void move_to(cs::LaptopStore& by, const char* code) {
    save(by, "member", member, {{"home_village_id", office.unit(code).text()}});
  }
  /// Neither desk knows of the other: the member stands in both villages (3.9).
  void stand_in_both() {
    move_to(*county, kLongquan);
    settle();
    move_to(*county, kSanhe);
    move_to(*second, kDajing);
    settle();
  }
  void decide_for(const char* code) {
    const auto conflicts = must(county->records().conflicts());
    REQUIRE(conflicts.size() == 1);
    cs::ResolveHow how;
    for (const cs::RivalValue& rival : conflicts.front().heads) {
      if (rival.value == office.unit(code).text()) how.take = rival.change;
    }
    REQUIRE(must(county->records().resolve(conflicts.front().id, how)).ok);
  }
  /// As a laptop that enrolled can: files are sealed to it.
  void take_files(cs::LaptopStore& store) {
    const auto writer = must(office.store().write());
    auto device = must(writer->device(store.identity().device));
    REQUIRE(device);
    device->seal_key = store.identity().seal_public;
    must(writer->put_device(*device));
    must(writer->commit());
  }
  void settle() {
    for (int round = 0; round < 2; ++round) {
      for (cs::LaptopStore* one : {county.get(), second.get(), both.get()}) {
        const auto receipt = wide_sync(*one);
        CHECK(receipt.complete);
        CHECK(receipt.repaired == 0);
        CHECK(must(one->verify()).problems.empty());
      }
    }
    office.prove();
  }
  std::string content_of(const Id& record) {
    const auto shown = must(both->records().get(record));
    REQUIRE(shown);
    return shown->value("content");
  }
  /// Changes with notes that somebody else wrote.
  std::int64_t others_notes() {
    auto select = both->database().prepare("SELECT count(*) FROM change WHERE privacy = 4 AND author != ?");
    REQUIRE(must(select.bind(1, both->identity().worker).step()));
    return select.integer(0);
  }
};

TEST_CASE("what moves from the village held whole to the other keeps no more than the view of it") {
  // Whichever village's pages come first in an answer.
  for (const bool is_first : {true, false}) {
    CAPTURE(is_first);
    const char* whole = is_first ? kSanhe : kDajing;
    const char* view = is_first ? kDajing : kSanhe;
    TwoGrants story(whole, view);
    REQUIRE(story.content_of(story.visit) == "the office's words");
    const Id own = story.visit_by(*story.both, "own words");
    story.settle();
    story.move_to(*story.county, view);
    story.settle();
    CHECK(story.content_of(own) == "own words");
    CHECK(story.content_of(story.visit).empty());
    CHECK(story.others_notes() == 0);
    story.move_to(*story.county, whole);
    story.settle();
    CHECK(story.content_of(story.visit) == "the office's words");
  }
}

TEST_CASE("what stands in both villages is held whole until it leaves the one") {
  TwoGrants story;
  story.stand_in_both();
  CHECK(story.content_of(story.visit) == "the office's words");
  story.save(*story.county, "visit", story.visit, {{"content", "other words"}});
  story.settle();
  CHECK(story.content_of(story.visit) == "other words");
  SUBCASE("the one where the class is held whole") {
    story.decide_for(kDajing);
    story.settle();
    CHECK(story.content_of(story.visit).empty());
    CHECK(story.others_notes() == 0);
  }
  SUBCASE("the other") {
    story.decide_for(kSanhe);
    story.settle();
    CHECK(story.content_of(story.visit) == "other words");
  }
}

TEST_CASE("who loses the whole of a class in one village keeps the view in the other, and nothing more") {
  TwoGrants story;
  story.stand_in_both();
  Id own;
  SUBCASE("with own work in it") {
    own = story.visit_by(*story.both, "own words");
    story.settle();
  }
  SUBCASE("be it empty") {}
  for (const auto& grant : must(story.office.reader()->grants(story.both->identity().worker))) {
    if (grant.role == "secretary") (void)must(story.office.admin().end_grant(grant.id));
  }
  story.settle();
  if (!own.is_nil()) CHECK(story.content_of(own) == "own words");
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

TEST_CASE("a class that is whole no longer in one village is narrowed before another brings its records in") {
  TwoGrants story;
  const Id person = story.office.worker("third", "worker", kSanhe);
  (void)must(story.office.admin().grant(person, "worker", kDajing));
  const Id secretary = must(story.office.admin().grant(person, "secretary", kDajing));
  const FakeLaptop device(story.office, person);
  story.both = must(cs::LaptopStore::create(story.enrolled("third", device), story.office.clock));
  story.move_to(*story.county, kDajing);
  story.settle();
  REQUIRE(story.content_of(story.visit) == "the office's words");
  Id own;
  SUBCASE("with own work in it") {
    own = story.visit_by(*story.both, "own words");
    story.settle();
  }
  SUBCASE("be it empty") {}
  story.move_to(*story.county, kSanhe);
  (void)story.wide_sync(*story.county);
  (void)must(story.office.admin().end_grant(secretary));
  story.settle();
  if (!own.is_nil()) CHECK(story.content_of(own) == "own words");
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

TEST_CASE("what has left and waits for a draft comes in again with no more than the view of it") {
  TwoGrants story;
  cs::Draft draft;
  draft.id = Id::make(story.office.clock.now_ms());
  draft.form = "visit";
  draft.subject = story.visit;
  draft.content = "{}";
  must(story.both->drafts().stash(draft));
  story.move_to(*story.county, kLongquan);
  story.settle();
  REQUIRE(story.content_of(story.visit) == "the office's words");  // leaving: it can be read and nothing more
  Id own;
  SUBCASE("also where the other village was told of own work in it") {
    story.move_to(*story.county, kDajing);
    story.settle();
    own = story.visit_by(*story.both, "own words");
    story.settle();
    CHECK(story.content_of(own) == "own words");
  }
  SUBCASE("at once") {
    story.move_to(*story.county, kDajing);
    story.settle();
  }
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

/// Secretary of a village in which the visit's member stands; its notes are here.
Id become_secretary(TwoGrants& story, const char* code) {
  const Id person = story.office.worker("secretary", "secretary", code);
  const FakeLaptop device(story.office, person);
  story.both = must(cs::LaptopStore::create(story.enrolled("secretary", device), story.office.clock));
  story.move_to(*story.county, code);
  story.settle();
  REQUIRE(story.content_of(story.visit) == "the office's words");
  return must(story.office.reader()->grants(person)).front().id;
}

TEST_CASE("who goes on as a worker where the record stands now holds no more than the view of it") {
  TwoGrants story;
  const Id secretary = become_secretary(story, kDajing);
  story.move_to(*story.county, kSanhe);
  (void)story.wide_sync(*story.county);
  (void)must(story.office.admin().end_grant(secretary));
  (void)must(story.office.admin().grant(story.both->identity().worker, "worker", kSanhe));
  story.settle();
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

TEST_CASE("what stays in another village after a right has ended is no more than the view of it") {
  TwoGrants story;
  (void)must(story.office.admin().grant(story.both->identity().worker, "worker", kLongquan));
  story.stand_in_both();
  REQUIRE(story.content_of(story.visit) == "the office's words");
  for (const auto& grant : must(story.office.reader()->grants(story.both->identity().worker))) {
    if (grant.role == "secretary") (void)must(story.office.admin().end_grant(grant.id));
  }
  story.settle();
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

TEST_CASE("a restored county that knows of a right no more leaves no words of others behind") {
  TwoGrants story;
  (void)must(story.office.admin().grant(story.both->identity().worker, "worker", kSanhe));
  Id own;
  SUBCASE("with own work in the view") {
    own = story.visit_by(*story.both, "own words");
    story.settle();
  }
  SUBCASE("be it empty") {}
  REQUIRE(story.others_notes() == 1);
  const fs::path copy = story.folder.path() / "county.backup";
  must(story.office.store().backup(copy));
  for (const auto& grant : must(story.office.reader()->grants(story.both->identity().worker))) {
    if (grant.role == "secretary") (void)must(story.office.admin().end_grant(grant.id));
  }
  story.office.restore(copy);
  story.settle();
  if (!own.is_nil()) CHECK(story.content_of(own) == "own words");
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

TEST_CASE("a village held whole tells all of it in the other's view too, whatever that tells of own work") {
  TwoGrants story;
  story.stand_in_both();
  story.save(*story.county, "member", story.member, {{"remark", "the office's remark"}});
  story.save(*story.both, "member", story.member, {{"remark", "own remark"}});
  story.settle();
  const auto rivals = must(story.both->records().conflicts());
  CHECK(std::any_of(rivals.begin(), rivals.end(), [](const cs::ConflictItem& one) {
    return one.field == "remark" && one.heads.size() == 2;
  }));
}

TEST_CASE("a late file's word of a record that left does not undo what has become of it since") {
  TwoGrants story;
  story.take_files(*story.both);
  Id own;
  SUBCASE("and of own work in it") { own = story.visit_by(*story.both, "own words"); }
  SUBCASE("and nothing of it is own") {}
  story.settle();
  (void)story.wide_sync(*story.both);  // says how far it has read
  server::Bundles bundles =
      must(server::Bundles::open(story.office.store(), story.office.catalogue(), story.office.clock));
  story.move_to(*story.county, kDajing);
  (void)story.wide_sync(*story.county);
  const Bytes late = must(bundles.export_for(story.both->identity().device));
  const auto take_late = [&] {
    story.office.clock.advance(1000);
    (void)must(laptop::import_bundle(story.both->replica(), story.both->bundles(), late));
  };
  SUBCASE("it is back where its class is held whole") {
    story.move_to(*story.county, kSanhe);
    story.settle();
    take_late();
    CHECK(story.content_of(story.visit) == "the office's words");
  }
  SUBCASE("it is in none of the villages any more") {
    story.move_to(*story.county, kLongquan);
    story.settle();
    REQUIRE_FALSE(must(story.both->records().get(story.visit)));
    take_late();
    CHECK_FALSE(must(story.both->records().get(story.visit)));
    if (!own.is_nil()) CHECK_FALSE(must(story.both->records().get(own)));
  }
  SUBCASE("it is where the file says") {
    take_late();
    CHECK(story.content_of(story.visit).empty());
    if (!own.is_nil()) CHECK(story.content_of(own) == "own words");
  }
  CHECK(must(story.both->verify()).problems.empty());
  story.settle();
}

TEST_CASE("a colleague's word of what has left where its class was held whole goes with it") {
  TwoGrants story;
  for (cs::LaptopStore* one : {story.county.get(), story.both.get()}) {
    story.take_files(*one);
    must(one->bundles().want_devices());
  }
  story.settle();
  story.save(*story.county, "visit", story.visit, {{"content", "a colleague's words"}});
  const auto file = must(laptop::bundle_for_peer(story.county->replica(), story.county->bundles(),
                                                 story.both->identity().device.text(), story.office.clock));
  (void)must(laptop::import_bundle(story.both->replica(), story.both->bundles(), file.file));
  REQUIRE(story.content_of(story.visit) == "a colleague's words");
  SUBCASE("the county tells of it first") {}
  SUBCASE("the county tells of it and of the move in one reading") {
    (void)story.wide_sync(*story.county);
    for (int i = 0; i < 40; ++i)
      (void)story.visit_by(*story.county, std::string(200, 'x'));
  }
  story.move_to(*story.county, kDajing);
  (void)story.wide_sync(*story.county);
  const laptop::CancelFlag cancel{false};
  laptop::SessionLimits many;
  many.answer_bytes = many.answer_bytes_max = 1;
  const auto receipt =
      must(laptop::run_sync(story.both->replica(), story.line, story.office.clock, {}, cancel, many));
  CHECK(receipt.complete);
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
  story.settle();
  CHECK(story.content_of(story.visit).empty());
  CHECK(story.others_notes() == 0);
}

}  // namespace
