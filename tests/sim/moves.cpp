// The county moves members, merges villages and gives them new numbers, whatever laptops are doing
// (sync.md 6.1).
#include <algorithm>
#include <cstdio>

#include "sync/change/change.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace {

/// What the office's own change says, and what it had before it: the server's heads (2.3, 2.4).
TrueCommit commit_of(const World& world, const sync::server::store::LogRow& row) {
  const auto body = must(sync::change::decode_body(row.body));
  const auto values = must(sync::change::decode_values(row.values, body));
  const Known known = world.truth.known_to_server();
  TrueCommit commit;
  commit.hash = row.hash;
  commit.body = row.body;
  commit.values = row.values;
  commit.name = row.id;
  commit.action = body.action;
  commit.save = world.truth.size();
  commit.author = body.author;
  commit.record = body.record;
  commit.kind = body.kind;
  commit.privacy = row.privacy;
  commit.purge_number = body.purge_number;
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    TrueWrite write;
    write.place = {body.record, body.writes[i].field, body.writes[i].element};
    write.value = values.values[i].value();
    write.shown = world.truth.heads(write.place, known);
    Commits named;
    for (const sync::change::SeenRef& ref : body.writes[i].seen) {
      const auto one = world.truth.named(world.server->epoch(), ref.id);
      require(one.has_value(), "the office names a change nobody saved");
      named.insert(*one);
    }
    require(named == write.shown, "the office replaces other heads than the county has");
    commit.writes.push_back(std::move(write));
  }
  return commit;
}

/// What both sides held before and hold after a move: nothing falls between, and a preview says the same.
void check_counts(const World& world, const sync::server::Moved& said, const sync::server::Moved& done) {
  require(said.moved == done.moved && said.from == done.from && said.into == done.into,
          "a preview says something else than the move does");
  for (const auto& [kind, count] : done.kinds) {
    // Another record of the same person keeps it where it was.
    const std::uint64_t left = count.from_before - count.from_after;
    require(left == count.moved || (world.options.twins && left < count.moved), "a hand-over lost a " + kind);
    require(count.into_after - count.into_before <= count.moved, "a hand-over made a " + kind);
    const auto before = said.kinds.find(kind);
    require(before != said.kinds.end() && before->second.moved == count.moved,
            "a preview counts other records of " + kind);
  }
}

}  // namespace

void hand_over_member(World& world, Laptop& /*laptop*/) {
  std::vector<Id> members;
  const Known known = world.truth.known_to_server();
  for (const auto& record : world.truth.records()) {
    if (record.kind == "member" && villages_of(world, record.id, known)) members.push_back(record.id);
  }
  if (members.empty()) return;
  const Id member = world.dice.pick(members);
  const Village& to = world.dice.pick(world.villages);
  if (world.is_over(to)) return;
  const std::uint64_t before = world.server->own_counter();
  auto moves = world.server->moves();
  const auto preview = moves.hand_over(member, to.code, true);
  require(world.server->own_counter() == before, "a preview writes");
  const auto moved = moves.hand_over(member, to.code, false);
  require(preview.ok() == moved.ok(), "a preview promises what the move does not keep");
  if (!moved.ok()) {
    const std::set<Id> stands = *villages_of(world, member, known);
    const bool is_there = stands.count(to.id) > 0 && (stands.size() == 1 || world.options.twins);
    require(moved.error().code == "handover.there" && is_there,
            "a hand-over failed: " + words_of(moved.error()));
    return;
  }
  check_counts(world, *preview, *moved);
  world.say("the office hands " + world.name_of(member) + " over to " + to.code);
  const auto rows = world.server->own_rows(before);
  require(rows.size() == 1 && rows.front().record == member, "a hand-over writes one change of its record");
  const Commit commit = world.truth.add(commit_of(world, rows.front()));
  const TrueCommit& written = world.truth.at(commit);
  require(written.writes.size() == 1 && written.writes.front().value == to.id.text(),
          "a hand-over writes the village and nothing else");
  world.watch_server();
}

namespace {

/// Who held the village that ends holds its successor; who held it through its township may not.
void pass_grants(World& world, const Village& from, const Village& into) {
  for (std::size_t person = 0; person < world.grants.size(); ++person) {
    std::vector<std::string>& codes = world.grants[person];
    const auto holds = [&](const Village& village) {
      return std::any_of(codes.begin(), codes.end(),
                         [&](const std::string& code) { return village.code.starts_with(code); });
    };
    const bool held = holds(from);
    const auto own = std::find(codes.begin(), codes.end(), from.code);
    if (own != codes.end()) {
      codes.erase(own);
      if (std::find(codes.begin(), codes.end(), into.code) == codes.end()) codes.push_back(into.code);
    }
    const bool was_secretary = world.secretaries[person].erase(from.code) > 0;
    const bool is_more = was_secretary && world.secretaries[person].insert(into.code).second;
    if (is_more || (held && !holds(into))) world.grants_moved[person] = true;
  }
}

/// Everything of a village is its successor's: said the same by a preview, and by ordinary changes of the
/// county, one each for a profile that says where it belongs.
void merge_into(World& world, const Village& from, const Village& into) {
  const std::uint64_t before = world.server->own_counter();
  const Date today = Date::of(world.clock.now_ms());
  auto moves = world.server->moves();
  const auto preview = must(moves.merge_divisions({from.code}, into.code, today, true));
  require(world.server->own_counter() == before, "a preview writes");
  const auto moved = must(moves.merge_divisions({from.code}, into.code, today, false));
  check_counts(world, preview, moved);
  require(must(world.server->read()->records_in(from.id)).empty(),
          "something stayed in a village that is over");
  world.say("the county merges " + from.code + " into " + into.code + ", records " +
            std::to_string(moved.moved));
  for (const auto& row : world.server->own_rows(before)) {
    if (!world.truth.is_of_story(row.record)) continue;
    const TrueCommit& written = world.truth.at(world.truth.add(commit_of(world, row)));
    const bool says_where =
        std::all_of(written.writes.begin(), written.writes.end(), [&](const TrueWrite& one) {
          const std::uint16_t field = one.place.field;
          if (field == wire_of("member", "home_village_id")) return one.value == into.id.text();
          return field == wire_of("member", "former_villages") ||
                 field == wire_of("member", "village_said_at");
        });
    require(says_where,
            "a merge writes the village and where and since when it was another, and nothing else");
  }
  world.successors[from.id] = into.id;
  pass_grants(world, from, into);
  // A backup of before knows neither the new number nor who holds it.
  world.backup.reset();
  world.watch_server();
}

}  // namespace

namespace {

/// Everything the one held is the other's.
void pass_load(World& world, std::size_t from, std::size_t into) {
  std::vector<std::string>& codes = world.grants[into];
  for (const std::string& code : world.grants[from]) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
  world.grants[from].clear();
  world.secretaries[into].merge(world.secretaries[from]);
  world.secretaries[from].clear();
  world.grants_moved[from] = world.grants_moved[into] = true;
}

}  // namespace

void replace_worker(World& world, Laptop& laptop) {
  const Laptop& other = *world.dice.pick(world.laptops);
  const std::size_t from = world.person_of(laptop);
  const std::size_t into = world.person_of(other);
  if (laptop.is_office() || other.is_office() || from == into) return;
  const Date today = Date::of(world.clock.now_ms());
  const std::uint64_t before = world.server->own_counter();
  auto moves = world.server->moves();
  const auto preview = must(moves.replace_worker(laptop.who().worker, other.who().worker, today, true));
  require(world.server->own_counter() == before, "a preview writes");
  const auto moved = must(moves.replace_worker(laptop.who().worker, other.who().worker, today, false));
  require(preview.moved == moved.moved, "a preview says something else than the move does");
  world.say(other.who().name + " takes the place of " + laptop.who().name + ", " +
            std::to_string(moved.moved) + " things");
  for (const auto& row : world.server->own_rows(before)) {
    if (world.truth.is_of_story(row.record)) (void)world.truth.add(commit_of(world, row));
  }
  pass_load(world, from, into);
  world.watch_server();
}

void merge_villages(World& world, Laptop& /*laptop*/) {
  const Village from = world.dice.pick(world.villages);
  const Village into = world.dice.pick(world.villages);
  constexpr std::size_t kLeft = 2;  // of them all: there is to be something to move
  if (from.id == into.id || world.is_over(from) || world.is_over(into)) return;
  if (world.villages.size() - world.successors.size() > kLeft) merge_into(world, from, into);
}

void renumber_village(World& world, Laptop& /*laptop*/) {
  const Village from = world.dice.pick(world.villages);
  if (world.is_over(from)) return;
  constexpr std::size_t kTownDigits = 9;
  const std::string town = from.code.substr(0, kTownDigits);
  Village into;
  into.code = town + std::to_string(300 + world.villages.size());
  const std::string list = "code,name,level,parent\n220699,演练县,county,\n" + town +
                           ",镇,township,220699\n" + into.code + ",新村,village," + town + "\n";
  bool told = false;
  (void)must(world.server->admin().import_divisions([&]() -> Result<std::string> {
    const std::string piece = told ? "" : list;
    told = true;
    return piece;
  }));
  into.id = must(world.server->read()->unit_by_code(into.code))->id;
  world.villages.push_back(into);
  merge_into(world, from, into);
}

}  // namespace lianxin::sim
