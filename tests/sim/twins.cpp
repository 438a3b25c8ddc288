// Members who are said to be one person, or two after all (sync.md 3.8).
#include "tests/sim/twins.hpp"

#include <algorithm>
#include <optional>

#include "shared/domain/catalogue.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace cs = client::store;

namespace {

bool is_at_server(const World& world, const Id& record, const Known& known) {
  return std::any_of(known.begin(), known.end(),
                     [&](const auto& one) { return world.truth.at(one.first).record == record; });
}

/// Somebody says so, whatever others say.
bool is_said(const World& world, const Place& place, const Known& known) {
  for (const Commit head : world.truth.heads(place, known)) {
    if (!world.truth.is_purged(head, place) && world.truth.write(head, place).value == "1") return true;
  }
  return false;
}

}  // namespace

std::set<Id> one_with(const World& world, const Id& record, const Known& known) {
  std::set<std::pair<Id, Id>> said;
  for (const auto& [place, commits] : world.truth.registers()) {
    if (place.field != domain::kFieldAliasOf || !is_said(world, place, known)) continue;
    const Id other = must(Id::parse(place.element));
    if (!is_at_server(world, other, known)) continue;
    said.insert({place.record, other});
    said.insert({other, place.record});
  }
  std::set<Id> out{record};
  std::vector<Id> next{record};
  while (!next.empty()) {
    const Id id = next.back();
    next.pop_back();
    for (const auto& [one, other] : said) {
      if (one == id && out.insert(other).second) next.push_back(other);
    }
  }
  return out;
}

namespace {

struct Pair {
  Id one;
  Id other;
  bool is_said = false;  ///< somebody has said something of the two
};

/// Who said something of two often says something else later.
std::optional<Pair> pick_pair(World& world, const std::vector<Truth::TrueRecord>& members) {
  std::set<Id> here;
  for (const Truth::TrueRecord& member : members)
    here.insert(member.id);
  std::vector<Pair> said;
  for (const auto& [place, commits] : world.truth.registers()) {
    if (place.field != domain::kFieldAliasOf) continue;
    const Id other = must(Id::parse(place.element));
    if (here.count(place.record) > 0 && here.count(other) > 0) said.push_back({place.record, other, true});
  }
  if (!said.empty() && world.dice.chance(50)) return world.dice.pick(said);
  const Pair fresh{world.dice.pick(members).id, world.dice.pick(members).id};
  return fresh.one == fresh.other ? std::nullopt : std::optional(fresh);
}

}  // namespace

void say_twins(World& world, Laptop& laptop) {
  const auto members = at_hand(world, laptop, "member");
  if (members.size() < 2) return make_member(world, laptop);
  const auto pair = pick_pair(world, members);
  if (!pair) return;
  const bool joins = world.dice.chance(pair->is_said ? 30 : 85);
  const bool parts = !joins && world.dice.chance(50);
  Screen screen = screen_of(world, laptop, pair->one).screen;
  screen.merge(screen_of(world, laptop, pair->other).screen);
  Intent intent{std::string(joins   ? "says one: "
                            : parts ? "says two: "
                                    : "says nothing of ") +
                    world.name_of(pair->one) + " and " + world.name_of(pair->other),
                {}};
  const std::optional<std::string> value =
      joins || parts ? std::optional<std::string>(joins ? "1" : "0") : std::nullopt;
  for (const auto& [on, of] : {std::pair{pair->one, pair->other}, std::pair{pair->other, pair->one}})
    intent.wanted.push_back({{on, domain::kFieldAliasOf, of.text()}, value, true});
  const cs::TwinWord word = joins   ? cs::TwinWord::kSame
                            : parts ? cs::TwinWord::kDifferent
                                    : cs::TwinWord::kUnsaid;
  (void)note_save(world, laptop, laptop.records().say_twins(pair->one, pair->other, word), screen, intent);
}

}  // namespace lianxin::sim
