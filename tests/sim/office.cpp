// The county: what is kept aside, rights, backups.
#include <algorithm>

#include "sync/change/change.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"

namespace lianxin::sim {

namespace {

std::optional<ChangeId> some_quarantined(World& world) {
  const auto list = must(world.server->admin().quarantine());
  if (list.empty()) return std::nullopt;
  return world.dice.pick(list).change;
}

}  // namespace

void accept_quarantined(World& world, Laptop& /*laptop*/) {
  const auto change = some_quarantined(world);
  if (!change) return;
  world.say("the office accepts " + change->text());
  (void)must(world.server->admin().accept(*change));
  world.watch_server(true);
}

void close_quarantined(World& world, Laptop& /*laptop*/) {
  const auto change = some_quarantined(world);
  if (!change) return;
  world.say("the office closes " + change->text());
  (void)must(world.server->admin().close(*change, "not ours"));
  world.watch_server(true);
}

void back_up_server(World& world, Laptop& /*laptop*/) {
  if (!world.backup) world.backup.emplace();
  world.backup->file = world.folder.path() / "backup.db";
  world.backup->grants = world.grants;
  world.backup->secretaries = world.secretaries;
  world.backup->revoked = world.revoked;
  world.server->backup(world.backup->file);
  world.say("the server is backed up");
}

void restore_server(World& world, Laptop& /*laptop*/) {
  constexpr int kRestoresMax = 2;
  if (!world.backup || world.restores >= kRestoresMax) return;
  ++world.restores;
  world.server->restore(world.backup->file);
  world.grants = world.backup->grants;
  world.secretaries = world.backup->secretaries;
  world.revoked = world.backup->revoked;
  world.say("the server is restored from its backup: epoch " + std::to_string(world.server->epoch()));
  for (const auto& laptop : world.laptops) {
    laptop->known.reset();
    laptop->revoked = world.revoked.count(laptop->who().device) > 0;
  }
  world.last_seen.clear();
  world.watch_server(true);
}

namespace {

/// Ends the grants of a village; `role` = those of this role alone.
void end_grants(World& world, const Laptop& laptop, const std::string& code, const std::string& role = "") {
  auto& admin = world.server->admin();
  for (const auto& worker : must(admin.workers())) {
    if (worker.worker != laptop.who().worker) continue;
    for (std::size_t i = 0; i < worker.grants.size(); ++i) {
      const bool fits = role.empty() || worker.grants[i].role == role;
      if (fits && worker.codes[i] == code && worker.grants[i].to.empty())
        (void)must(admin.end_grant(worker.grants[i].id));
    }
  }
}

}  // namespace

void change_grants(World& world, Laptop& laptop) {
  if (laptop.is_office()) return;
  const std::size_t person = world.person_of(laptop);
  std::vector<std::string>& codes = world.grants[person];
  const Village& village = world.dice.pick(world.villages);
  if (world.is_over(village)) return;
  world.grants_moved[person] = true;
  if (std::find(codes.begin(), codes.end(), village.code) == codes.end()) {
    (void)must(world.server->admin().grant(laptop.who().worker, laptop.who().role, village.code));
    codes.push_back(village.code);
    world.say(laptop.who().name + " is given " + village.code);
    return;
  }
  end_grants(world, laptop, village.code);
  codes.erase(std::remove(codes.begin(), codes.end(), village.code), codes.end());
  world.secretaries[person].erase(village.code);
  world.say(laptop.who().name + " gives up " + village.code);
}

void change_secretary(World& world, Laptop& laptop) {
  constexpr const char* kSecretary = "secretary";
  if (laptop.is_office()) return;
  const std::size_t person = world.person_of(laptop);
  const Village& village = world.dice.pick(world.villages);
  if (world.is_over(village)) return;
  std::vector<std::string>& codes = world.grants[person];
  const bool is_held = std::find(codes.begin(), codes.end(), village.code) != codes.end();
  world.grants_moved[person] = true;
  if (world.secretaries[person].insert(village.code).second) {
    (void)must(world.server->admin().grant(laptop.who().worker, kSecretary, village.code));
    if (!is_held) codes.push_back(village.code);
    world.say(laptop.who().name + " becomes secretary of " + village.code);
    return;
  }
  (void)must(world.server->admin().grant(laptop.who().worker, laptop.who().role, village.code));
  end_grants(world, laptop, village.code, kSecretary);
  world.secretaries[person].erase(village.code);
  world.say(laptop.who().name + " is no longer secretary of " + village.code);
}

void revoke_device(World& world, Laptop& laptop) {
  if (laptop.is_office() || laptop.revoked) return;
  must(world.server->admin().revoke_device(laptop.who().device));
  world.revoked.insert(laptop.who().device);
  for (const auto& one : world.laptops) {
    if (&one->who() == &laptop.who()) one->revoked = true;
  }
  world.say(laptop.who().name + "'s laptop is reported lost");
}

}  // namespace lianxin::sim
