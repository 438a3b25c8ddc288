// Members who are said to be one person, or two after all (sync.md 3.8).
#include "tests/sim/twins.hpp"

#include <algorithm>

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

std::vector<Id> members_at_hand(World& world, Laptop& laptop) {
  const auto here = laptop.ids("SELECT id FROM record WHERE flags & 32 = 0");
  const std::set<Id> known(here.begin(), here.end());
  std::vector<Id> out;
  for (const Truth::TrueRecord& one : world.truth.records()) {
    if (one.kind == "member" && known.count(one.id) > 0) out.push_back(one.id);
  }
  return out;
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

void say_twins(World& world, Laptop& laptop) {
  const std::vector<Id> members = members_at_hand(world, laptop);
  if (members.size() < 2) return make_member(world, laptop);
  const Id one = world.dice.pick(members);
  const Id other = world.dice.pick(members);
  if (one == other) return;
  const bool joins = world.dice.chance(60);
  const bool parts = !joins && world.dice.chance(60);
  const cs::TwinWord word = joins   ? cs::TwinWord::kSame
                            : parts ? cs::TwinWord::kDifferent
                                    : cs::TwinWord::kUnsaid;
  Screen screen = screen_of(world, laptop, one).screen;
  screen.merge(screen_of(world, laptop, other).screen);
  const auto value = joins   ? std::optional<std::string>("1")
                     : parts ? std::optional<std::string>("0")
                             : std::nullopt;
  Intent intent{std::string(joins   ? "says one: "
                            : parts ? "says two: "
                                    : "says nothing of ") +
                    world.name_of(one) + " and " + world.name_of(other),
                {}};
  for (const auto& [on, of] : {std::pair{one, other}, std::pair{other, one}})
    intent.wanted.push_back({{on, domain::kFieldAliasOf, of.text()}, value, true});
  (void)note_save(world, laptop, laptop.records().say_twins(one, other, word), screen, intent);
}

}  // namespace lianxin::sim
