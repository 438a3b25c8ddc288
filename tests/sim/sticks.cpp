// Work that travels in files (sync.md 8): a stick may be carried late, twice, in any order, or never.
#include <algorithm>

#include "sync/laptop/bundle.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"

namespace lianxin::sim {

namespace {

using What = sync::laptop::BundleImported::What;

/// One of those that go there, which stays in the drawer most of the time: it may be carried again.
std::optional<Stick> some_stick(World& world, bool goes_home, const Id& device) {
  std::vector<std::size_t> fit;
  for (std::size_t i = 0; i < world.sticks.size(); ++i) {
    const Stick& one = world.sticks[i];
    if (one.goes_home == goes_home && (device.is_nil() || one.device == device)) fit.push_back(i);
  }
  if (fit.empty()) return std::nullopt;
  const std::size_t at = world.dice.pick(fit);
  Stick stick = world.sticks[at];
  if (world.dice.chance(50)) world.sticks.erase(world.sticks.begin() + static_cast<std::ptrdiff_t>(at));
  return stick;
}

std::string owner_of(const World& world, const Id& device) {
  for (const auto& laptop : world.laptops) {
    if (laptop->who().device == device) return laptop->who().name;
  }
  return "somebody";
}

}  // namespace

void write_stick(World& world, Laptop& laptop) {
  const auto made =
      must(sync::laptop::bundle_for_server(laptop.store().replica(), laptop.store().bundles(), laptop.clock));
  world.say(laptop.name + ": writes a stick with " + std::to_string(made.header.changes) + " changes");
  world.sticks.push_back({made.file, laptop.who().device, false});
}

void stick_arrives(World& world, Laptop& /*laptop*/) {
  const auto stick = some_stick(world, false, Id{});
  if (!stick) return;
  const bool wants_answer = world.dice.chance(80);
  const auto taken = world.server->bundles().import(stick->file, wants_answer);
  const std::string what = "a stick of " + owner_of(world, stick->device) + " arrives";
  require(taken.ok(), what + ", and is not taken: " + (taken.ok() ? "" : words_of(taken.error())));
  world.say(what + ", " + std::to_string(taken->early) + " before their turn");
  world.watch_server();
  if (!taken->answer.empty()) world.sticks.push_back({taken->answer, stick->device, true});
}

void stick_comes_home(World& world, Laptop& laptop) {
  const auto stick = some_stick(world, true, laptop.who().device);
  if (!stick) return;
  const auto done =
      sync::laptop::import_bundle(laptop.store().replica(), laptop.store().bundles(), stick->file);
  laptop.known.reset();
  if (!done.ok()) {
    world.say(laptop.name + ": a stick comes home, and is not taken: " + done.error().code);
    const bool is_of_another =
        done.error().code == "bundle.other_copy" && world.copied.count(laptop.who().device) > 0;
    require(is_of_another || done.error().code == "bundle.older_life",
            "a stick is not taken: " + words_of(done.error()));
    return;
  }
  world.say(laptop.name + ": a stick comes home, " +
            (done->what == What::kParked ? "too early"
             : done->what == What::kOld  ? "old"
                                         : "taken"));
  check_told(world, laptop);
  check_disk(world, laptop);
  check_sums(laptop);
}

void county_writes_stick(World& world, Laptop& laptop) {
  if (laptop.revoked) return;
  world.say("the county writes a stick for " + laptop.who().name);
  world.sticks.push_back(
      {must(world.server->bundles().export_for(laptop.who().device)), laptop.who().device, true});
}

}  // namespace lianxin::sim
