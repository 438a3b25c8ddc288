#include "tests/sim/world.hpp"

#include <algorithm>

#include "tests/sim/broken.hpp"
#include "tests/support/server_store.hpp"

namespace lianxin::sim {

namespace fs = std::filesystem;

namespace {

constexpr WallMs kMinute = 60 * 1000;
constexpr WallMs kDay = 24 * 60 * kMinute;

/// Most clocks are nearly right, some are minutes or years off.
WallMs mistake(Dice& dice) {
  const std::uint64_t kind = dice.below(10);
  const auto sign = static_cast<WallMs>(dice.chance(50) ? 1 : -1);
  const auto size = static_cast<WallMs>(dice.below(1000));
  if (kind < 6) return sign * size * kMinute / 1000;
  if (kind < 8) return sign * size * kMinute;
  return sign * size * kDay;
}

}  // namespace

World::World(const Groundwork& county, const StoryOptions& how)
    : ground(county), options(how), dice(how.seed) {
  seed_random_bytes(how.seed);
  villages = ground.villages();
  for (const Enrolled& one : ground.people())
    grants.push_back(one.codes);
  grants_moved.assign(grants.size(), false);
  secretaries.resize(grants.size());
  must(test::put_back(ground.server_file(), folder.path() / "server.db", server_key()));
  server = std::make_unique<Server>(folder.path() / "server.db", clock);
  std::vector<std::size_t> people{0};
  const std::uint64_t count = 2 + dice.below(3);
  while (people.size() < count + 1) {
    const auto person = static_cast<std::size_t>(1 + dice.below(ground.people().size() - 1));
    if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
  }
  for (const std::size_t person : people) {
    auto one =
        std::make_unique<Laptop>(ground, person, new_folder(ground.people()[person].name), *server, clock);
    const WallMs wrong = mistake(dice);
    if (!options.honest_clocks) one->clock.mistake = wrong;
    one->open();
    say(one->name + "'s laptop, clock off by " + std::to_string(one->clock.mistake / 1000) + " s");
    laptops.push_back(std::move(one));
  }
}

void World::say(const std::string& line) {
  story.push_back("day " + std::to_string((clock.now_ms() - kBeginning) / kDay) + ": " + line);
}

std::string World::name_of(const Id& record) const {
  for (std::size_t i = 0; i < truth.records().size(); ++i) {
    if (truth.records()[i].id == record) return "R" + std::to_string(i);
  }
  return record.text();
}

std::string World::new_value() {
  const std::string number = std::to_string(++values_);
  constexpr std::size_t kDigits = 5;  // no text is found in another, nor in random bytes
  return options.purges ? std::string(kLongText) + std::string(kDigits - number.size(), '0') + number
                        : "t" + number;
}

Id World::present_of(Id village) const {
  for (auto next = successors.find(village); next != successors.end(); next = successors.find(village))
    village = next->second;
  return village;
}

std::vector<std::size_t> World::held_by(const Laptop& laptop) const {
  std::vector<std::size_t> out;
  const std::size_t person = person_of(laptop);
  for (std::size_t i = 0; i < villages.size(); ++i) {
    const bool is_held =
        std::any_of(grants[person].begin(), grants[person].end(),
                    [&](const std::string& code) { return villages[i].code.starts_with(code); });
    if (is_held) out.push_back(i);
  }
  return out;
}

std::size_t World::person_of(const Laptop& laptop) const {
  return static_cast<std::size_t>(&laptop.who() - ground.people().data());
}

bool World::holds_whole(const Laptop& laptop, const std::set<Id>& in) const {
  return laptop.is_office() || std::any_of(villages.begin(), villages.end(), [&](const Village& village) {
           return in.count(village.id) > 0 && secretaries[person_of(laptop)].count(village.code) > 0;
         });
}

std::size_t World::index_of(const Laptop& laptop) const {
  for (std::size_t i = 0; i < laptops.size(); ++i) {
    if (laptops[i].get() == &laptop) return i;
  }
  return laptops.size();
}

void World::watch_server(bool anew) {
  const auto reader = server->read();
  truth.watch(*reader, server->epoch(), anew);
}

fs::path World::new_folder(const std::string& what) {
  return folder.path() / (what + "-" + std::to_string(++folders_));
}

Commit World::resolve(Laptop& laptop, const ChangeId& id) {
  if (const auto own = laptop.written(id)) {
    const auto commit = truth.find(own->hash);
    require(commit.has_value(), laptop.name + " holds an own change that was never saved: " + id.text());
    return *commit;
  }
  if (const auto hash = laptop.brought_by_peer(id)) {
    const auto commit = truth.find(*hash);
    require(commit.has_value(), laptop.name + " was brought a change that was never saved: " + id.text());
    return *commit;
  }
  auto commit = truth.named(laptop.epoch(), id);
  // A restored server has lost it, and this laptop has not offered it yet (7.1).
  const auto body = commit ? std::nullopt : laptop.body_of(id);
  if (body) commit = truth.brought(id, *body);
  require(commit.has_value(), laptop.name + " names a change that the server does not: " + id.text());
  return *commit;
}

}  // namespace lianxin::sim
