// Laptops against the truth.
#include "tests/sim/checks.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "sync/merge/record_state.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/pairs.hpp"
#include "tests/sim/pictures.hpp"
#include "tests/sim/saving.hpp"
#include "tests/sim/twins.hpp"

namespace lianxin::sim {

namespace cs = client::store;

namespace {

constexpr std::uint8_t kFirstOwnClass = 3;  ///< hardship and notes: a worker in the field holds what is own

std::uint16_t number_in(const std::string& text) {
  std::uint16_t out = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

/// What a laptop's screen follows from: what the last whole sync left, and what was saved here since.
Known known_at(const World& world, Laptop& laptop, const Id& record, std::uint8_t privacy) {
  Known out;
  for (const Hash256& hash : laptop.hashes("SELECT hash FROM peer_change")) {
    const auto commit = world.truth.find(hash);
    require(commit.has_value(), laptop.name + " was brought a change that was never saved");
    out.emplace(*commit, false);
  }
  if (laptop.left.count(record) > 0) {
    // A colleague may tell of it again; what went to the county before does not come back with that.
    for (const Commit commit : laptop.own) {
      if (laptop.known->count(commit) == 0) out.emplace(commit, false);
    }
    return out;
  }
  const bool has_view = !laptop.is_office() && laptop.whole.count(record) == 0;
  const bool is_paired_class = has_view && privacy == kHardship;
  if (is_paired_class) {
    const auto view = laptop.hardship.find(record);
    const HardshipView holds = view == laptop.hardship.end() ? HardshipView::kOwn : view->second;
    for (const auto& [commit, inert] : seen_in(world, holds, laptop.who().worker, *laptop.known))
      out[commit] = inert;
    for (const Commit commit : laptop.own) {
      if (holds != HardshipView::kNothing || laptop.known->count(commit) == 0) out.emplace(commit, false);
    }
    return out;
  }
  const bool only_own = has_view && privacy >= kFirstOwnClass;
  for (const auto& [commit, inert] : *laptop.known) {
    if (!only_own || world.truth.at(commit).author == laptop.who().worker) out[commit] = inert;
  }
  for (const Commit commit : laptop.own)
    out.emplace(commit, false);
  return out;
}

/// Rivals or the calendar say what a worker in the field holds of it (pairs.hpp).
bool is_unsure(const Laptop& laptop, const Id& record) {
  if (laptop.whole.count(record) > 0) return false;
  const auto view = laptop.hardship.find(record);
  return view != laptop.hardship.end() && view->second == HardshipView::kUnsure;
}

std::set<Id> scopes_held(const World& world, const Laptop& laptop) {
  std::set<Id> out;
  for (const std::size_t village : world.held_by(laptop))
    out.insert(world.villages[village].id);
  return out;
}

bool meet(const std::set<Id>& villages, const std::set<Id>& held) {
  return std::any_of(villages.begin(), villages.end(),
                     [&](const Id& village) { return held.count(village) > 0; });
}

std::string list_of(const Commits& commits) {
  std::string out = "{";
  for (const Commit one : commits)
    out += " " + std::to_string(one);
  return out + " }";
}

}  // namespace

Form screen_of(World& world, Laptop& laptop, const Id& record) {
  Form form;
  form.record = record;
  must(laptop.records().show(record, form.shown));
  // The token is the one way to read all of it.
  for (const std::string& piece : split(form.shown.token(), '|')) {
    const std::vector<std::string> words = split(piece, ' ');
    if (words.size() != 4) continue;
    const Place place{must(Id::parse(words[0])), number_in(words[1]), words[2]};
    Commits& heads = form.screen[place];
    for (const std::string& one : split(words[3], ',')) {
      if (!one.empty()) heads.insert(world.resolve(laptop, must(ChangeId::parse(one))));
    }
  }
  return form;
}

std::vector<Truth::TrueRecord> at_hand(World& world, Laptop& laptop, const std::string& kind) {
  constexpr const char* kHere = "SELECT id FROM record WHERE flags & 32 = 0";
  const auto ids = laptop.ids(kHere);
  const std::set<Id> here(ids.begin(), ids.end());
  std::vector<Truth::TrueRecord> out;
  for (const Truth::TrueRecord& one : world.truth.records()) {
    if (here.count(one.id) > 0 && (kind.empty() || one.kind == kind)) out.push_back(one);
  }
  return out;
}

void check_screen(World& world, Laptop& laptop, const Form& form) {
  for (const auto& [place, heads] : form.screen) {
    for (const Commit head : heads)
      require(world.truth.write(head, place).place == place, "a head of another register is shown");
  }
  if (!laptop.known) return;
  std::map<std::uint8_t, Known> known;
  for (const Place& place : world.truth.places_of(form.record)) {
    const Commit any = world.truth.registers().at(place).front();
    const std::uint8_t privacy = world.truth.at(any).privacy;
    if (privacy == kHardship && is_unsure(laptop, form.record)) continue;
    if (known.count(privacy) == 0) known[privacy] = known_at(world, laptop, form.record, privacy);
    const Commits wanted = world.truth.heads(place, known[privacy]);
    const auto shown = form.screen.find(place);
    const Commits found = shown == form.screen.end() ? Commits{} : shown->second;
    require(found == wanted, laptop.name + " shows other heads of " + world.name_of(form.record) + " field " +
                                 std::to_string(place.field) + place.element +
                                 " than follow from what came: " + list_of(found) + " instead of " +
                                 list_of(wanted));
  }
}

void check_disk(World& world, Laptop& laptop) {
  const auto hashes = laptop.hashes("SELECT hash FROM change WHERE hash IS NOT NULL");
  const std::set<Hash256> here(hashes.begin(), hashes.end());
  for (const Commit commit : laptop.own) {
    if (laptop.told.count(commit) > 0 || here.count(world.truth.at(commit).hash) > 0) continue;
    // A branch that was renamed keeps no hash: the server has it.
    require(world.truth.kept().count(commit) > 0,
            laptop.name + " lost a saved change: " + world.truth.at(commit).name.text());
  }
}

void check_told(World& world, Laptop& laptop) {
  const auto hashes = laptop.hashes("SELECT hash FROM unsent");
  const std::set<Hash256> unsent(hashes.begin(), hashes.end());
  const auto on_disk = laptop.hashes("SELECT hash FROM change WHERE hash IS NOT NULL");
  // Who knows of a restore offers again what the server has lost with it (7.1).
  const bool same_life = laptop.epoch() == world.server->epoch();
  for (const Hash256& hash : on_disk) {
    const auto commit = world.truth.find(hash);
    const bool is_own = commit && laptop.own.count(*commit) > 0;
    require(!same_life || !is_own || unsent.count(hash) > 0 || world.truth.kept().count(*commit) > 0,
            laptop.name + " does not offer again what a restored server has lost");
  }
  for (const Commit commit : laptop.own) {
    if (unsent.count(world.truth.at(commit).hash) > 0) {
      laptop.told.erase(commit);
      continue;
    }
    // A file may come home with the word of a county that has been restored since.
    const bool is_news = laptop.told.insert(commit).second && same_life;
    require(!is_news || world.truth.kept().count(commit) > 0,
            laptop.name + " takes for kept what the server has not: " + world.truth.at(commit).name.text());
  }
}

namespace {

/// Records of one feed on a laptop, and the sum of what each has there.
struct FeedSum {
  std::uint64_t records = 0;
  Digest128 digest;
  bool operator==(const FeedSum&) const = default;
};
using FeedSums = std::map<std::pair<Id, std::uint8_t>, FeedSum>;

FeedSums sums_of_bases(Laptop& laptop) {
  FeedSums out;
  auto row = laptop.store().database().prepare(
      "SELECT m.scope, s.privacy, s.record, s.base FROM membership m JOIN class_state s ON s.record = "
      "m.record WHERE length(s.base) > 0");
  while (must(row.step())) {
    const auto privacy = static_cast<std::uint8_t>(row.integer(1));
    const auto state = must(sync::merge::decode_class_state(row.blob(3)));
    const Digest128 leaf = sync::merge::digest_leaf(row.id(2), privacy, state);
    if (leaf == Digest128{}) continue;
    FeedSum& sum = out[{row.id(0), privacy}];
    sum.digest += leaf;
    ++sum.records;
  }
  return out;
}

}  // namespace

void check_sums(Laptop& laptop) {
  FeedSums bases = sums_of_bases(laptop);
  auto row = laptop.store().database().prepare("SELECT scope, privacy, records, digest FROM digest");
  while (must(row.step())) {
    const std::pair feed{row.id(0), static_cast<std::uint8_t>(row.integer(1))};
    const FeedSum running{row.natural(2), must(Digest128::from_bytes(row.blob(3)))};
    const FeedSum counted = bases[feed];
    bases.erase(feed);
    require(running == counted, laptop.name + "'s running sum of class " + std::to_string(feed.second) +
                                    " has " + std::to_string(running.records) +
                                    " records, its base states are " + std::to_string(counted.records));
  }
  for (const auto& [feed, counted] : bases)
    require(counted == FeedSum{}, laptop.name + " has no running sum of class " +
                                      std::to_string(feed.second) + ", and " +
                                      std::to_string(counted.records) + " base states");
}

namespace {

/// Records with something applied at the server, and the villages that hold them.
struct Placed {
  Id record;
  std::set<Id> villages;
};

std::vector<Placed> placed_records(const World& world, const Known& known) {
  std::vector<Placed> out;
  for (const Truth::TrueRecord& record : world.truth.records()) {
    const auto villages = villages_of(world, record.id, known);
    if (villages) out.push_back({record.id, *villages});
  }
  return out;
}

/// Base states of a record on this laptop, without empty ones.
std::map<std::uint8_t, Bytes> bases_of(Laptop& laptop, const Id& record) {
  std::map<std::uint8_t, Bytes> out;
  auto row = laptop.store().database().prepare("SELECT privacy, base FROM class_state WHERE record = ?");
  row.bind(1, record);
  while (must(row.step())) {
    const Bytes base = row.blob(1);
    const auto state = base.empty() ? sync::merge::ClassState{} : must(sync::merge::decode_class_state(base));
    if (!state.empty()) out[static_cast<std::uint8_t>(row.integer(0))] = base;
  }
  return out;
}

std::map<std::uint8_t, Bytes> states_for(const Laptop& laptop, sync::server::store::Reader& reader,
                                         const Id& record) {
  std::map<std::uint8_t, Bytes> out;
  for (const auto& row : must(reader.states(record))) {
    const bool own_view =
        !laptop.is_office() && laptop.whole.count(record) == 0 && row.privacy >= kFirstOwnClass;
    if (row.audience != (own_view ? laptop.who().worker : Id{})) continue;
    if (!must(sync::merge::decode_class_state(row.state)).empty()) out[row.privacy] = row.state;
  }
  return out;
}

/// A file that is all hardship is here for who may see something of it, and for nobody else; so are notes of
/// which a restored server has lost the rest. What is kept aside of its other classes is seen by everybody of
/// the village.
bool is_hidden(World& world, const Laptop& laptop, const Id& record, const Known& known) {
  if (laptop.is_office() || laptop.whole.count(record) > 0) return false;
  const auto is_seen_aside = [&](const std::pair<const Commit, bool>& one) {
    const TrueCommit& commit = world.truth.at(one.first);
    return one.second && commit.record == record && commit.privacy < kFirstOwnClass;
  };
  if (std::any_of(known.begin(), known.end(), is_seen_aside)) return false;
  const auto places = world.truth.places_of(record);
  const Known seen = seen_in(world, laptop.hardship.at(record), laptop.who().worker, known);
  Known own;
  for (const auto& [commit, inert] : known) {
    if (world.truth.at(commit).author == laptop.who().worker) own[commit] = inert;
  }
  return std::all_of(places.begin(), places.end(), [&](const Place& place) {
    const Commit any = world.truth.registers().at(place).front();
    const std::uint8_t privacy = world.truth.at(any).privacy;
    const Known& of_class = privacy == kHardship ? seen : privacy >= kFirstOwnClass ? own : known;
    return world.truth.heads(place, of_class).empty();
  });
}

void check_bases(World& world, Laptop& laptop, const std::set<Id>& leaving) {
  const Known known = world.truth.known_to_server();
  const std::set<Id> held = scopes_held(world, laptop);
  const auto reader = world.server->read();
  for (const Placed& one : placed_records(world, known)) {
    const bool belongs = meet(one.villages, held);
    if (!belongs && leaving.count(one.record) > 0) continue;
    const auto here = bases_of(laptop, one.record);
    const auto there = belongs ? states_for(laptop, *reader, one.record) : std::map<std::uint8_t, Bytes>{};
    require(belongs || here.empty(), laptop.name + " still holds " + world.name_of(one.record) +
                                         ", which is none of its villages' (P6)");
    require(here == there, laptop.name + " has a green receipt and another base of " +
                               world.name_of(one.record) + " than the server");
    const bool is_here = must(laptop.records().get(one.record)).has_value();
    if (is_unsure(laptop, one.record)) continue;
    const bool is_wanted = belongs && !is_hidden(world, laptop, one.record, known);
    require(is_here == is_wanted, laptop.name + (is_here ? " holds " : " does not show ") +
                                      world.name_of(one.record) + " after a green receipt");
  }
}

}  // namespace

namespace {

void note_views(World& world, Laptop& laptop) {
  laptop.hardship.clear();
  laptop.whole.clear();
  if (laptop.is_office()) return;
  const Known known = world.truth.known_to_server();
  const Pairings pairings = pairings_at(world, known);
  for (const Truth::TrueRecord& record : world.truth.records()) {
    laptop.hardship[record.id] = view_of(world, pairings, record.id, laptop.who().worker);
    const auto villages = stands_in(world, record.id, known);
    if (villages && world.holds_whole(laptop, *villages)) laptop.whole.insert(record.id);
  }
}

/// Notes of others are on no laptop of a worker in the field, but where he is more than that, or was when the
/// record left (6.2).
void check_notes(Laptop& laptop, const std::set<Id>& leaving) {
  constexpr std::uint8_t kNotes = 4;
  if (laptop.is_office()) return;
  auto row = laptop.store().database().prepare(
      "SELECT DISTINCT record FROM change WHERE privacy = ? AND author != ? AND length(vals) > 0");
  row.bind(1, int{kNotes}).bind(2, laptop.who().worker);
  while (must(row.step()))
    require(laptop.whole.count(row.id(0)) > 0 || leaving.count(row.id(0)) > 0,
            laptop.name + " keeps what others noted");
}

}  // namespace

void check_receipt(World& world, Laptop& laptop) {
  require(laptop.hashes("SELECT hash FROM unsent").empty(), "a green receipt with unsent changes");
  for (const Commit commit : laptop.own) {
    require(world.truth.kept().count(commit) > 0,
            laptop.name + " has a green receipt, and the server lacks " + world.truth.at(commit).name.text());
  }
  std::set<Id> held;
  for (const cs::HeldScope& scope : must(laptop.records().scopes())) {
    if (!scope.scope.is_nil()) held.insert(scope.scope);
  }
  for (const Id& village : scopes_held(world, laptop))
    require(held.count(village) > 0, laptop.name + " does not know of a village it was given");
  const auto leaving_ids = laptop.ids("SELECT id FROM record WHERE flags & 32 != 0");
  const std::set<Id> leaving(leaving_ids.begin(), leaving_ids.end());
  require(laptop.hashes("SELECT hash FROM peer_change").empty(),
          laptop.name + " has a green receipt, and work that only another laptop has brought (3.10)");
  note_views(world, laptop);
  check_bases(world, laptop, leaving);
  check_notes(laptop, leaving);
  // What is not here any more leaves no value of others behind.
  auto foreign = laptop.store().database().prepare(
      "SELECT count(*) FROM change c WHERE hash IS NULL AND vals IS NOT NULL AND record NOT IN (SELECT id "
      "FROM "
      "record) AND NOT EXISTS (SELECT 1 FROM sealed s WHERE s.replica = c.replica AND s.counter = "
      "c.counter)");
  require(must(foreign.step()) && foreign.integer(0) == 0,
          laptop.name + " keeps values of a record that left it");
  check_pictures(world, laptop);
  laptop.purges_heard = world.truth.purges().size();
  laptop.purges_unasked = false;
  check_purged(world, laptop);
  laptop.known = world.truth.known_to_server();
  laptop.left.clear();
  for (const Truth::TrueRecord& record : world.truth.records()) {
    const bool is_here = must(laptop.records().get(record.id)).has_value();
    if (!is_here) laptop.left.insert(record.id);
    if (!is_here || leaving.count(record.id) > 0) continue;
    check_screen(world, laptop, screen_of(world, laptop, record.id));
  }
}

namespace {

/// Where the county files what no applied word of a village speaks for (4.4): under the scope that the first
/// change to count names, before one does that of those kept aside. nullopt = they name several, and their
/// order is not the truth's to say.
std::optional<std::set<Id>> filed_under(const World& world, const Id& record, const Known& known) {
  std::map<bool, std::set<Id>> scopes;
  for (const auto& [commit, inert] : known) {
    const TrueCommit& one = world.truth.at(commit);
    if (one.record == record) scopes[inert].insert(must(sync::change::decode_body(one.body)).scope);
  }
  if (scopes.empty()) return std::nullopt;
  const std::set<Id>& first = scopes.begin()->second;
  if (first.size() != 1 || first.begin()->is_nil()) return std::nullopt;
  return std::set<Id>{world.present_of(*first.begin())};
}

bool is_known(const World& world, const Id& record, const Known& known) {
  return std::any_of(known.begin(), known.end(),
                     [&](const auto& one) { return world.truth.at(one.first).record == record; });
}

bool is_applied(const World& world, const Id& record, const Known& known) {
  return std::any_of(known.begin(), known.end(), [&](const auto& one) {
    return !one.second && world.truth.at(one.first).record == record;
  });
}

/// Villages that a record's own field says, whoever else says others.
std::set<Id> villages_said(const World& world, const Id& record, const std::string& kind,
                           const Known& known) {
  const Place place{record, wire_of(kind, kind == "member" ? "home_village_id" : "store_id"), ""};
  std::set<Id> out;
  for (const Commit head : world.truth.heads(place, known)) {
    const auto village = Id::parse(world.truth.write(head, place).value.value_or(""));
    if (village.ok()) out.insert(world.present_of(*village));
  }
  return out;
}

}  // namespace

std::optional<std::set<Id>> stands_in(const World& world, const Id& record, const Known& known) {
  const auto& records = world.truth.records();
  const auto found =
      std::find_if(records.begin(), records.end(), [&](const auto& one) { return one.id == record; });
  if (found == records.end()) return std::nullopt;
  std::optional<std::set<Id>> out;
  if (!found->parent.is_nil()) {
    out = stands_in(world, found->parent, known);
    if (!out && is_known(world, found->parent, known)) return std::nullopt;  // wherever that is filed
  } else {
    const std::set<Id> said = villages_said(world, record, found->kind, known);
    out = said.empty() ? filed_under(world, record, known) : std::optional(said);
    if (found->kind != "member") return out;
    for (const Id& other : one_with(world, record, known)) {
      if (other != record && out) out->merge(villages_said(world, other, found->kind, known));
    }
    return out;
  }
  return out ? out : filed_under(world, record, known);
}

std::optional<std::set<Id>> villages_of(const World& world, const Id& record, const Known& known) {
  return is_applied(world, record, known) ? stands_in(world, record, known) : std::nullopt;
}

}  // namespace lianxin::sim
