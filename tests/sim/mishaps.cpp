// Lines, disks and clocks of laptops.
#include <algorithm>

#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"

namespace lianxin::sim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBatches[] = {600, 3000, 512 * 1024};

std::size_t some_batch(World& world) { return kBatches[world.dice.below(3)]; }

/// Errors of a line that broke, and what the server may say to a laptop.
bool is_expected(const Laptop& laptop, const std::string& code) {
  if (code == "net.timeout" || code == "net.unreachable") return true;
  // A laptop put back in time counts its exchanges anew (5.1): it is told, and tries again.
  if (code == "exchange.number") return true;
  return code == "sync.revoked" && laptop.revoked;
}

void reopen(World& world, Laptop& laptop) {
  laptop.open();
  check_disk(world, laptop);
  check_purged(world, laptop);
}

}  // namespace

namespace {

void say_unsent(World& world, Laptop& laptop) {
  std::string names;
  for (const Hash256& hash : laptop.hashes("SELECT hash FROM unsent")) {
    const auto commit = world.truth.find(hash);
    names += " " + (commit ? world.truth.at(*commit).name.text() : "?");
  }
  if (!names.empty()) world.say("  unsent:" + names);
}

}  // namespace

bool sync_and_check(World& world, Laptop& laptop, const Weather& weather, std::size_t batch_bytes) {
  const auto receipt = laptop.sync(weather, batch_bytes);
  world.watch_server();
  check_told(world, laptop);
  check_disk(world, laptop);
  check_sums(laptop);
  laptop.known.reset();
  const std::string trips = " in " + std::to_string(laptop.line.requests()) + " requests";
  if (!receipt.ok()) {
    world.say(laptop.name + ": syncs" + trips + ", ends with " + words_of(receipt.error()));
    require(is_expected(laptop, receipt.error().code), "a sync failed: " + words_of(receipt.error()));
    return false;
  }
  world.say(laptop.name + ": syncs" + trips + ", sent " + std::to_string(receipt->sent) + ", received " +
            std::to_string(receipt->received) + (receipt->complete ? ", green" : ", not green"));
  for (const auto& scope : receipt->scopes) {
    if (!scope.equal)
      world.say("  " + scope.code + " is not equal: " + scope.digest + " here, " + scope.server_digest);
  }
  if (!receipt->shelf.equal) world.say("  the shelf is not equal");
  // Healing is for ruined disks; a rule that is right leaves nothing to heal (9).
  require(receipt->repaired == 0,
          laptop.name + "'s digest was unequal: " + std::to_string(receipt->repaired) + " records put right");
  if (!laptop.revoked) world.last_seen[laptop.who().worker] = world.clock.now_ms();
  if (!receipt->complete) say_unsent(world, laptop);
  if (!receipt->complete) return false;
  check_receipt(world, laptop);
  return true;
}

void sync_whole(World& world, Laptop& laptop) {
  const bool green = sync_and_check(world, laptop, {}, some_batch(world));
  if (!laptop.line.last_request().empty()) world.old_messages.push_back(laptop.line.last_request());
  if (!green || !world.dice.chance(20)) return;
  world.say(laptop.name + ": takes the last answer again");
  must(laptop.take_last_answer_again());
  check_receipt(world, laptop);
}

namespace {

Weather some_weather(World& world) {
  Weather weather;
  const int at = static_cast<int>(1 + world.dice.below(4));
  const std::uint64_t which = world.dice.below(4);
  if (which == 0) weather.lose_request = at;
  if (which == 1) weather.lose_reply = at;
  if (which == 2) weather.cut_after = at;
  if (which == 3) weather.repeat = true;
  return weather;
}

}  // namespace

void sync_broken(World& world, Laptop& laptop) {
  const Weather weather = some_weather(world);
  (void)sync_and_check(world, laptop, weather, some_batch(world));
}

void crash(World& world, Laptop& laptop) {
  world.say(laptop.name + ": the power fails");
  laptop.crash();
  reopen(world, laptop);
}

void crash_in_sync(World& world, Laptop& laptop) {
  Weather weather = some_weather(world);
  weather.repeat = false;
  const auto receipt = laptop.sync(weather, kBatches[0]);
  world.watch_server();
  laptop.known.reset();
  world.say(laptop.name + ": the power fails in request " + std::to_string(laptop.line.requests()) +
            " of a sync" + (receipt.ok() ? "" : " (" + receipt.error().code + ")"));
  laptop.crash();
  laptop.open();
  check_told(world, laptop);
  check_disk(world, laptop);
  check_sums(laptop);
}

void take_image(World& world, Laptop& laptop) {
  Image& image = world.images[&laptop];
  if (image.folder.empty()) image.folder = world.new_folder("image");
  laptop.take_image(image.folder);
  image.own = laptop.own;
  image.told = laptop.told;
  image.purges_heard = laptop.purges_heard;
  image.purges_unasked = laptop.purges_unasked;
  image.forms.clear();
  for (const Form& form : laptop.forms) {
    if (!form.draft.is_nil()) image.forms.push_back(form);
  }
  world.say(laptop.name + ": takes an image of the disk");
}

void put_back_image(World& world, Laptop& laptop) {
  const auto image = world.images.find(&laptop);
  if (image == world.images.end()) return;
  const bool noticed = world.dice.chance(40);
  world.say(laptop.name + ": puts the image back" + (noticed ? ", and is a copy" : ", nobody notices"));
  laptop.put_back(image->second.folder, noticed);
  world.copied.insert(laptop.who().device);
  laptop.own = image->second.own;
  laptop.told = image->second.told;
  laptop.purges_heard = image->second.purges_heard;
  laptop.purges_unasked = image->second.purges_unasked;
  laptop.forms = image->second.forms;
  laptop.known.reset();
  laptop.undo.clear();
  reopen(world, laptop);
}

void clone(World& world, Laptop& laptop) {
  constexpr std::size_t kLaptopsMax = 6;
  if (world.laptops.size() >= kLaptopsMax || laptop.is_office()) return;
  const bool noticed = world.dice.chance(30);
  auto twin = std::make_unique<Laptop>(world.ground, &laptop.who() - world.ground.people().data(),
                                       world.new_folder("spare"), *world.server, world.clock);
  twin->become_clone_of(laptop, world.new_folder("twin"), noticed);
  twin->name = laptop.name + "'";
  twin->clock.mistake = laptop.clock.mistake;
  for (const Form& form : laptop.forms) {
    if (!form.draft.is_nil()) twin->forms.push_back(form);
  }
  world.say(laptop.name + ": the disk is copied to " + twin->name + (noticed ? ", a noticed copy" : ""));
  twin->open();
  world.copied.insert(laptop.who().device);
  world.laptops.push_back(std::move(twin));
}

void ruin_database(World& world, Laptop& laptop) {
  world.say(laptop.name + ": the database is ruined");
  laptop.ruin_database();
  // Only what the county has is allowed to be gone from this disk; drafts went with the database.
  for (auto at = laptop.own.begin(); at != laptop.own.end();)
    at = laptop.told.count(*at) > 0 ? laptop.own.erase(at) : std::next(at);
  laptop.forms.clear();
  laptop.undo.clear();
  laptop.known.reset();
  laptop.purges_unasked = true;
  reopen(world, laptop);
}

void clock_jumps(World& world, Laptop& laptop) {
  constexpr WallMs kHour = 3600 * 1000;
  const auto hours = static_cast<WallMs>(world.dice.below(20000)) - 10000;
  const bool right = world.dice.chance(40);
  if (world.options.honest_clocks) return;
  laptop.clock.mistake = right ? 0 : hours * kHour;
  world.say(laptop.name + ": the clock is now off by " + std::to_string(laptop.clock.mistake / kHour) + " h");
}

void old_message_again(World& world, Laptop& /*laptop*/) {
  if (world.old_messages.empty()) return;
  const Bytes message = world.dice.pick(world.old_messages);
  world.say("an old message arrives again");
  (void)world.server->handle(message);
  world.watch_server();
}

}  // namespace lianxin::sim
