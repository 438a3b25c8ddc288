// Where a record stands is written one way for each state of things, whatever happens to it.
#include "client/store/membership.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <random>

#include "client/store/moved_on.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/record_state.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

using Standings = std::vector<cs::Standing>;

std::int64_t number(Desk& desk, const std::string& sql) {
  auto select = desk.database->prepare(sql);
  REQUIRE(*select.step());
  return select.integer(0);
}

std::int64_t stands(Desk& desk, const Id& record) {
  auto select = desk.database->prepare("SELECT stands FROM record WHERE id = ?");
  REQUIRE(*select.bind(1, record).step());
  return select.integer(0);
}

std::int64_t beside(Desk& desk) { return number(desk, "SELECT count(*) FROM membership_beside"); }

Standings standings_of(Desk& desk, const Id& record) {
  const auto all = desk.impl->membership().of(record);
  REQUIRE(all.ok());
  const auto box = desk.impl->load(record);
  REQUIRE(box.ok());
  CHECK(*desk.impl->membership().of(*box) == *all);
  return *all;
}

/// As a page of that scope brings it.
void bring(Desk& desk, const Id& scope, const Id& record) {
  const auto box = desk.impl->load(record);
  const auto& [privacy, state] = *box->base.classes.begin();
  const Bytes bytes = lianxin::sync::merge::encode_class_state(state);
  auto transaction = lianxin::store::Transaction::begin(*desk.database);
  cs::FeedWriter feed(*desk.impl);
  REQUIRE(feed.row({scope, privacy}, {record, box->base.kind, box->base.parent, bytes}, 0).ok());
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
}

/// A record that the county has taken.
Id told_member(Desk& desk, SmallServer& server, const std::string& name) {
  const Id id = desk.member(name);
  desk.push(server);
  desk.pull(server);
  return id;
}

TEST_CASE("a record that stands where it is shown says so in its row alone") {
  SmallServer server;
  Desk a(1, "0199aaaa-0000-7000-8000-000000000001");
  Desk b(2, "0199aaaa-0000-7000-8000-000000000002");
  const Id made = a.member("赵连心");
  CHECK(stands(a, made) == cs::kStandsInRow);
  a.push(server);
  a.pull(server);
  b.pull(server);
  for (Desk* desk : {&a, &b}) {
    CHECK(stands(*desk, made) == cs::kStandsInRow);
    CHECK(standings_of(*desk, made) == Standings{{a.village}});
    CHECK(beside(*desk) == 0);
    CHECK(desk->problems().empty());
  }
  const Id other = Id::make(1);
  const auto box = b.impl->load(made);
  REQUIRE(b.impl->membership().end(made, b.village).ok());
  CHECK(b.impl->membership().of(*box)->size() == 1);  // as it was loaded: nothing is asked
  CHECK(standings_of(b, made).empty());
  CHECK(stands(b, made) == 0);
  REQUIRE(b.impl->membership().add(Id::make(2), other).ok());  // nobody has that record
  CHECK(beside(b) == 0);
}

TEST_CASE("a record that is shown elsewhere stands where it stood, and comes back into its row") {
  SmallServer server;
  Desk desk;
  const Id member = told_member(desk, server, "赵连心");
  const Id other = Id::make(kStart);
  desk.put("member", member, {{"home_village_id", other.text()}});
  CHECK((*desk.records.get(member))->scope == other);
  CHECK(standings_of(desk, member) == Standings{{desk.village}});
  CHECK(stands(desk, member) == cs::kStandsBeside);
  CHECK(desk.problems().empty());
  REQUIRE(desk.impl->membership().add(member, other).ok());
  CHECK(stands(desk, member) == (cs::kStandsInRow | cs::kStandsBeside));
  REQUIRE(desk.impl->membership().end(member, desk.village).ok());
  CHECK(stands(desk, member) == cs::kStandsInRow);
  CHECK(beside(desk) == 0);
  desk.put("member", member, {{"home_village_id", desk.village.text()}});
  CHECK(stands(desk, member) == cs::kStandsBeside);
  desk.put("member", member, {{"home_village_id", other.text()}});
  CHECK(stands(desk, member) == cs::kStandsInRow);
  CHECK(standings_of(desk, member) == Standings{{other}});
  CHECK(desk.impl->membership().wrong()->empty());
}

TEST_CASE("what another scope's page brings silences the others, and speaks when that pair ends") {
  SmallServer server;
  Desk desk;
  const Id member = told_member(desk, server, "赵连心");
  const Id other = Id::make(1);
  bring(desk, other, member);
  CHECK(standings_of(desk, member) == Standings{{other}, {desk.village, true}});
  CHECK(stands(desk, member) == cs::kStandsBeside);
  CHECK(desk.problems().empty());
  SUBCASE("the pair ends") {
    cs::FeedWriter feed(*desk.impl);
    REQUIRE(feed.evict({other, 0}, member).ok());
    REQUIRE(feed.finish().ok());
  }
  SUBCASE("all feeds begin anew") {
    REQUIRE(desk.impl->membership().speak_all().ok());
    CHECK(standings_of(desk, member) == Standings{{other}, {desk.village}});
    REQUIRE(desk.impl->membership().end_others(member, desk.village).ok());
  }
  CHECK(standings_of(desk, member) == Standings{{desk.village}});
  CHECK(stands(desk, member) == cs::kStandsInRow);
  CHECK(beside(desk) == 0);
}

TEST_CASE("a scope that ends among silent ones leaves the others as silent as they were") {
  SmallServer server;
  Desk a(1);
  const Id other = *Id::parse("0199bbbb-0000-7000-8000-000000000002");
  const Id third = *Id::parse("0199bbbb-0000-7000-8000-000000000003");
  const Id id = a.member("先后");
  a.put("member", id, {{"post_code", "一组"}});
  a.put("member", id, {{"post_code", "二组"}});
  a.push(server);
  const sync::merge::RecordState& state = server.states().at(id);
  const Bytes bytes = sync::merge::encode_class_state(state.classes.at(0));
  Desk b(2);
  auto transaction = lianxin::store::Transaction::begin(*b.database);
  cs::FeedWriter feed(*b.impl);
  // Three villages claim the member; the last of them brought all there is to it, and one of the others gives
  // in.
  for (const Id& scope : {b.village, other, third})
    REQUIRE(feed.row({scope, 0}, {id, state.kind, state.parent, bytes}, 0).ok());
  REQUIRE(feed.evict({b.village, 0}, id).ok());
  for (const Kept& kept : server.log()) {
    const auto body = sync::change::decode_body(kept.body);
    REQUIRE(body.ok());
    REQUIRE(feed.applied({other, 0}, *body, kept.body, kept.values, {kStart, false, {}}).ok());
  }
  REQUIRE(feed.finish().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(b.impl->load(id)->base.classes.at(0) == state.classes.at(0));
  CHECK(b.value(id, "post_code") == "二组");
  CHECK(b.problems().empty());
}

TEST_CASE("what is removed leaves no pair") {
  SmallServer server;
  Desk desk;
  const Id member = told_member(desk, server, "赵连心");
  bring(desk, Id::make(1), member);
  CHECK(beside(desk) == 2);
  REQUIRE(desk.impl->remove(member).ok());
  CHECK(beside(desk) == 0);
  CHECK(number(desk, "SELECT count(*) FROM membership") == 0);
  CHECK(desk.impl->membership().wrong()->empty());
}

/// The same, kept as one would on paper.
using Paper = std::map<Id, std::map<Id, bool>>;

void happen(Desk& desk, Paper& paper, std::minstd_rand& random, const std::vector<Id>& scopes) {
  cs::Membership& membership = desk.impl->membership();
  auto one = std::next(paper.begin(), static_cast<std::ptrdiff_t>(random() % paper.size()));
  const Id record = one->first;
  std::map<Id, bool>& stands_in = one->second;
  const Id scope = scopes[random() % scopes.size()];
  switch (random() % 7) {
    case 0:
      REQUIRE(membership.add(record, scope).ok());
      stands_in.try_emplace(scope, false);
      break;
    case 1:
      REQUIRE(membership.end(record, scope).ok());
      stands_in.erase(scope);
      break;
    case 2:
      REQUIRE(membership.end_others(record, scope).ok());
      std::erase_if(stands_in, [&](const auto& pair) { return pair.first != scope; });
      break;
    case 3:
      REQUIRE(membership.silence_others(record, scope).ok());
      for (auto& [where, silent] : stands_in)
        silent = where != scope;
      break;
    case 4:
      REQUIRE(membership.speak(record).ok());
      for (auto& [where, silent] : stands_in)
        silent = false;
      break;
    case 5:
      desk.put("member", record, {{"home_village_id", scope.text()}});
      break;
    default:
      if (random() % 5 != 0) break;
      REQUIRE(membership.speak_all().ok());
      for (auto& [id, pairs] : paper) {
        for (auto& [where, silent] : pairs)
          silent = false;
      }
  }
}

TEST_CASE("whatever happens, each record stands where a list on paper says, written by the rule") {
  Desk desk;
  Paper paper;
  for (const char* name : {"赵连心", "钱守信", "孙知远", "李致远"})
    paper[desk.member(name)] = {{desk.village, false}};
  const std::vector<Id> scopes{desk.village, Id::make(1), Id::make(2), Id::make(3)};
  std::minstd_rand random(7);
  for (int turn = 0; turn < 600; ++turn) {
    CAPTURE(turn);
    happen(desk, paper, random, scopes);
    std::map<Id, std::vector<Id>> by_scope;
    for (const auto& [record, pairs] : paper) {
      Standings wanted;
      for (const auto& [scope, silent] : pairs) {
        wanted.push_back({scope, silent});
        by_scope[scope].push_back(record);
      }
      REQUIRE(standings_of(desk, record) == wanted);
    }
    auto found = desk.impl->membership().by_scope();
    REQUIRE(found.ok());
    for (auto& [scope, records] : *found)
      std::sort(records.begin(), records.end());
    REQUIRE(*found == by_scope);
    REQUIRE(desk.impl->membership().wrong()->empty());
  }
  const std::int64_t pairs = beside(desk);
  CHECK(pairs > 0);
  REQUIRE(desk.impl->membership().mend().ok());
  CHECK(beside(desk) == pairs);
}

TEST_CASE("a pair that is not written by the rule is noticed, and mended by a rebuild") {
  const std::string other = "x'01010101010101010101010101010101'";
  const std::vector<std::string> harms{
      "UPDATE record SET stands = 2",
      "UPDATE record SET stands = 3",
      "UPDATE record SET stands = 5",
      "INSERT INTO membership_beside SELECT id, " + other + ", 0 FROM record",
      "INSERT INTO membership_beside SELECT id, scope, 0 FROM record; UPDATE record SET stands = 2",
      "INSERT INTO membership_beside SELECT id, scope, 1 FROM record; UPDATE record SET stands = 3",
      "INSERT INTO membership_beside VALUES(" + other + ", " + other + ", 0)"};
  for (const std::string& harm : harms) {
    INFO(harm);
    Desk desk;
    const Id member = desk.member("甲");
    CHECK(desk.problems().empty());
    REQUIRE(desk.database->exec(harm).ok());
    const auto problems = desk.problems();
    CHECK(std::any_of(problems.begin(), problems.end(),
                      [](const std::string& problem) { return problem.starts_with("membership"); }));
    REQUIRE(desk.impl->rebuild().ok());
    CHECK(desk.problems().empty());
    CHECK(desk.impl->load(member)->is_known);
  }
}

TEST_CASE("a record whose row is lost stands again where its first change was written") {
  Desk desk;
  const Id member = desk.member("甲");
  REQUIRE(desk.database->exec("DELETE FROM record").ok());
  REQUIRE(desk.impl->rebuild().ok());
  CHECK(standings_of(desk, member) == Standings{{desk.village}});
  CHECK(desk.problems().empty());
}

/// Members whom a feed has brought; the last of them.
Id last_of_forty(Desk& desk) {
  SmallServer server;
  Id member;
  for (int i = 0; i < 40; ++i)
    member = desk.member("某" + std::to_string(i));
  desk.push(server);
  desk.pull(server);
  return member;
}

TEST_CASE("who asks where one record stands reads no other's row") {
  Desk desk;
  const Id member = last_of_forty(desk);
  bring(desk, Id::make(1), member);
  const cs::FeedPlace place{desk.village, 0};
  const std::uint64_t before = desk.database->rows_scanned();
  CHECK(desk.impl->membership().scopes_of(member)->size() == 2);
  auto box = desk.impl->load(member);
  CHECK(desk.impl->membership().of(*box)->size() == 2);
  CHECK(*desk.impl->scope_seen(*box, Id::make(2)) == desk.village);
  {
    cs::FeedWriter feed(*desk.impl);
    CHECK_FALSE(*feed.is_told_whole(place, member));
    CHECK_FALSE(*feed.evict({Id::make(3), 0}, member));
    REQUIRE(feed.finish().ok());
  }
  CHECK(cs::moved_on_since(*desk.database, {2020, 1, 1})->empty());
  CHECK(desk.database->rows_scanned() - before < 10);
}

TEST_CASE("a right that ends with many villages reads where records stand once") {
  Desk desk;
  const Id member = last_of_forty(desk);
  const Id next = Id::make(1);
  bring(desk, next, member);
  std::vector<Id> villages{desk.village, next};
  for (int i = 0; i < 8; ++i)
    villages.push_back(Id::make(kStart + i));
  REQUIRE(desk.impl->set_held({{Id{}, "", "", {0}}}).ok());
  const std::uint64_t before = desk.database->rows_scanned();
  auto transaction = lianxin::store::Transaction::begin(*desk.database);
  cs::FeedWriter feed(*desk.impl);
  for (const Id& village : villages) {
    for (std::uint8_t privacy = 0; privacy < 5; ++privacy)
      REQUIRE(feed.drop({village, privacy}).ok());
  }
  REQUIRE(feed.finish().ok());
  CHECK(desk.database->rows_scanned() - before < 100);
  CHECK(number(desk, "SELECT count(*) FROM membership") == 0);
  REQUIRE(desk.impl->erase_leaving().ok());
  REQUIRE(transaction->commit().ok());
  CHECK(number(desk, "SELECT count(*) FROM record") == 0);
  CHECK(desk.problems().empty());
}

TEST_CASE("what an older program kept of where records stand is kept") {
  const TempFolder folder;
  lianxin::store::OpenOptions options;
  options.path = folder.path() / "old.db";
  options.create = true;
  auto opened = lianxin::store::Database::open(options);
  REQUIRE(opened.ok());
  lianxin::store::Database& database = *opened;
  auto steps = cs::laptop_migrations();
  std::erase_if(steps, [](const auto& step) { return step.number >= 27; });
  REQUIRE(database.migrate(steps).ok());
  const auto pairs_of = [&](const std::string& columns, const std::string& table) {
    auto select = database.prepare("SELECT " + columns + " FROM " + table + " ORDER BY 1");
    std::string out;
    REQUIRE(lianxin::store::each_row(select, [&] { out += select.text(0) + " "; }).ok());
    return out;
  };
  // All shown in A. One stands there, two silently there and elsewhere, three nowhere, four elsewhere, five
  // in both; of six there is no row.
  REQUIRE(
      database
          .exec("INSERT INTO record(id, kind, parent, scope) VALUES('one', 1, '', 'A'), ('two', 1, '', 'A'),"
                "('three', 1, '', 'A'), ('four', 1, '', 'A'), ('five', 1, '', 'A');"
                "INSERT INTO membership VALUES('one', 'A', 0), ('two', 'A', 1), ('two', 'B', 0),"
                "('four', 'B', 0), ('five', 'A', 0), ('five', 'B', 1), ('six', 'A', 0)")
          .ok());
  REQUIRE(database.migrate(cs::laptop_migrations()).ok());
  CHECK(pairs_of("record || scope || silent", "membership") == "fiveA0 fiveB1 fourB0 oneA0 twoA1 twoB0 ");
  CHECK(pairs_of("record || scope || silent", "membership_beside") == "fiveB1 fourB0 twoA1 twoB0 ");
  CHECK(pairs_of("id || stands", "record") == "five3 four2 one1 three0 two2 ");
  CHECK(cs::Membership(database).wrong()->empty());
}

}  // namespace
