// Files from laptop to laptop (sync.md 8.2): what they bring is shown at once and is the county's when either
// comes.
#include <algorithm>

#include "sync/laptop/bundle.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"

namespace lianxin::sim {

namespace {

/// Laptops of other people who hold one of this one's villages.
std::vector<Laptop*> colleagues(const World& world, const Laptop& laptop) {
  const auto ours = world.held_by(laptop);
  std::vector<Laptop*> out;
  for (const auto& one : world.laptops) {
    const auto theirs = world.held_by(*one);
    const bool shares = std::any_of(theirs.begin(), theirs.end(), [&](std::size_t village) {
      return std::find(ours.begin(), ours.end(), village) != ours.end();
    });
    if (shares && one->who().device != laptop.who().device) out.push_back(one.get());
  }
  return out;
}

}  // namespace

void write_peer_stick(World& world, Laptop& laptop) {
  const auto others = colleagues(world, laptop);
  if (others.empty()) return;
  Laptop& to = *world.dice.pick(others);
  edit_now(world, laptop);  // there is something to hand over
  const auto made = sync::laptop::bundle_for_peer(laptop.store().replica(), laptop.store().bundles(),
                                                  to.who().device.text(), laptop.clock);
  if (!made.ok()) {
    const std::string& code = made.error().code;
    require(code == "bundle.unknown_receiver" || code == "bundle.revoked" || code == "bundle.nothing_shared",
            "a file for a colleague is not written: " + words_of(made.error()));
    world.say(laptop.name + ": a file for " + to.name + " is not written: " + code);
    return;
  }
  PeerStick stick{made->file, to.who().device, {}};
  // Also what the county keeps and has not told back yet (3.10).
  for (const Hash256& hash :
       laptop.hashes("SELECT hash FROM change WHERE in_overlay = 1 AND hash IS NOT NULL")) {
    const auto commit = world.truth.find(hash);
    if (commit && laptop.own.count(*commit) > 0) stick.holds.insert(*commit);
  }
  world.say(laptop.name + ": writes a file for " + to.name);
  world.peer_sticks.push_back(std::move(stick));
  if (world.dice.chance(60)) peer_stick_arrives(world, to);  // from hand to hand
}

namespace {

/// What a laptop may hold of another's is here once it has read the file: on the screen, or known already.
void check_brought(World& world, Laptop& laptop, const PeerStick& stick, std::uint64_t fresh) {
  const auto peers = laptop.hashes("SELECT hash FROM peer_change");
  const std::set<Hash256> here(peers.begin(), peers.end());
  std::uint64_t found = 0;
  for (const Commit commit : stick.holds)
    found += here.count(world.truth.at(commit).hash);
  require(fresh <= found, laptop.name + " says that a file brought more than it holds");
  const auto leaving_ids = laptop.ids("SELECT id FROM record WHERE flags & 32 != 0");
  const std::set<Id> leaving(leaving_ids.begin(), leaving_ids.end());
  for (const auto& record : world.truth.records()) {
    if (leaving.count(record.id) == 0 && must(laptop.records().get(record.id)))
      check_screen(world, laptop, screen_of(world, laptop, record.id));
  }
}

}  // namespace

void peer_stick_arrives(World& world, Laptop& laptop) {
  std::vector<std::size_t> fit;
  for (std::size_t i = 0; i < world.peer_sticks.size(); ++i) {
    if (world.peer_sticks[i].to == laptop.who().device) fit.push_back(i);
  }
  if (fit.empty()) return;
  const std::size_t at = world.dice.pick(fit);
  const PeerStick stick = world.peer_sticks[at];
  if (world.dice.chance(50))
    world.peer_sticks.erase(world.peer_sticks.begin() + static_cast<std::ptrdiff_t>(at));
  const auto done =
      sync::laptop::import_bundle(laptop.store().replica(), laptop.store().bundles(), stick.file);
  if (!done.ok()) {
    const std::string& code = done.error().code;
    require(code == "bundle.older_life" || code == "bundle.unknown_sender" || code == "bundle.revoked",
            "a colleague's file is not taken: " + words_of(done.error()));
    world.say(laptop.name + ": a colleague's file is not taken: " + code);
    return;
  }
  world.say(laptop.name + ": reads a colleague's file, " + std::to_string(done->peer.fresh) + " new");
  check_disk(world, laptop);
  check_sums(laptop);
  check_brought(world, laptop, stick, done->peer.fresh);
}

}  // namespace lianxin::sim
