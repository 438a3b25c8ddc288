#include "tests/sim/story.hpp"

#include <algorithm>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/inspection.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/pictures.hpp"

namespace lianxin::sim {

std::vector<Action> actions(const StoryOptions& options) {
  static const std::vector<Action> kActions = {
      {"make a member", 8, make_member},
      {"make a child", 8, make_child},
      {"edit", 26, edit_now},
      {"open a form", 10, open_form},
      {"save a form", 10, save_form},
      {"move a member", 5, move_member},
      {"confirm", 3, confirm_fields},
      {"void", 3, void_record},
      {"settle a conflict", 6, resolve_conflict},
      {"take back", 2, take_back},
      {"sync", 26, sync_whole},
      {"a broken sync", 12, sync_broken},
      {"a crash", 4, crash},
      {"a crash in a sync", 5, crash_in_sync},
      {"take an image", 4, take_image},
      {"put an image back", 4, put_back_image},
      {"clone", 2, clone},
      {"ruin a database", 1, ruin_database},
      {"a clock jumps", 3, clock_jumps},
      {"an old message", 3, old_message_again},
      {"accept", 4, accept_quarantined},
      {"close", 2, close_quarantined},
      {"back up the server", 3, back_up_server},
      {"restore the server", 2, restore_server},
      {"change grants", 2, change_grants},
      {"revoke", 1, revoke_device},
  };
  std::vector<Action> all = kActions;
  if (options.sticks) {
    all.insert(all.end(), {{"write a stick", 12, write_stick},
                           {"a stick arrives", 14, stick_arrives},
                           {"a stick comes home", 14, stick_comes_home},
                           {"the county writes a stick", 4, county_writes_stick}});
  }
  if (options.handovers) all.push_back({"hand a member over", 12, hand_over_member});
  if (options.merges) {
    all.insert(all.end(), {{"hand a member over", 6, hand_over_member},
                           {"merge villages", 3, merge_villages},
                           {"renumber a village", 4, renumber_village}});
  }
  if (options.peers) {
    all.insert(all.end(), {{"write a file for a colleague", 14, write_peer_stick},
                           {"a colleague's file arrives", 14, peer_stick_arrives}});
  }
  if (options.pairs) {
    all.insert(all.end(), {{"make a file of hardship", 10, make_file},
                           {"open a pairing", 8, open_pairing},
                           {"change a pairing", 14, change_pairing}});
  }
  if (options.roles) {
    all.insert(all.end(), {{"change a secretary", 8, change_secretary}, {"move a member", 8, move_member}});
  }
  if (options.twins)
    all.insert(all.end(), {{"say who is one", 40, say_twins}, {"make a member", 6, make_member}});
  if (options.own_fields) all.push_back({"give out fields", 6, give_out_fields});
  if (options.pictures) {
    all.insert(all.end(), {{"take a picture", 14, take_picture},
                           {"look at a picture", 10, look_at_picture},
                           {"sweep pictures", 3, sweep_pictures}});
  }
  if (options.replacements) all.push_back({"replace a worker", 10, replace_worker});
  if (options.purges)
    all.insert(all.end(), {{"purge a field", 8, purge_field}, {"purge a record", 4, purge_record}});
  return all;
}

namespace {

constexpr WallMs kHour = 3600 * 1000;

void one_step(World& world) {
  const std::vector<Action> all = actions(world.options);
  std::uint64_t sum = 0;
  for (const Action& action : all)
    sum += action.weight;
  std::uint64_t at = world.dice.below(sum);
  world.clock.advance(static_cast<WallMs>(1 + world.dice.below(36)) * kHour);
  Laptop& laptop = *world.laptops[world.dice.below(world.laptops.size())];
  for (const Action& action : all) {
    if (at < action.weight) return action.run(world, laptop);
    at -= action.weight;
  }
}

/// Everybody syncs until nothing moves any more.
void quiet_down(World& world) {
  constexpr int kRoundsMax = 60;
  int rounds = 0;
  for (bool quiet = false; !quiet; ++rounds) {
    require(rounds < kRoundsMax, "the county does not come to rest");
    quiet = true;
    const Date day = Date::of(world.clock.now_ms());
    for (const auto& laptop : world.laptops) {
      // What others had brought of a laptop counts from when it comes itself.
      const Known before = world.truth.known_to_server();
      world.clock.advance(kHour);
      const bool green = sync_and_check(world, *laptop, {}, 512 * 1024);
      quiet = quiet && (green || laptop->revoked) && world.truth.known_to_server() == before;
    }
    // A pairing turns with the day, at the first exchange of any laptop of its worker.
    quiet = quiet && (!world.options.pairs || Date::of(world.clock.now_ms()) == day);
  }
  for (const auto& laptop : world.laptops) {
    if (!laptop->revoked) check_receipt(world, *laptop);
  }
}

void verify_all(World& world) {
  const auto proof = must(sync::server::verify(world.server->store()));
  if (!proof.ok())
    throw Broken("the server's proof: " + proof.problems.front().invariant + ": " +
                 proof.problems.front().what);
  for (const auto& laptop : world.laptops) {
    const auto verified = must(laptop->store().verify());
    for (const auto& problem : verified.problems) {
      throw Broken(laptop->name + "'s proof: " + problem.invariant + ": " + problem.what + " (" +
                   problem.record + ")");
    }
  }
}

std::string said_of(const World& world, const client::store::ConflictItem& item) {
  std::string out = world.name_of(item.record) + " " + item.field + item.element + ", kind " +
                    std::to_string(static_cast<int>(item.what)) + ":";
  for (const auto& rival : item.heads)
    out += " " + rival.field + " by " + rival.change.text();
  return out;
}

/// k conflicts end after k decisions, for everybody.
void settle_all(World& world) {
  Laptop& office = *world.laptops.front();
  const std::size_t count = desk_of(world, office).size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!settle_first_conflict(world, office)) break;
  }
  const auto left = desk_of(world, office);
  require(left.empty(), std::to_string(count) + " conflicts were settled and " + std::to_string(left.size()) +
                            " are left" + (left.empty() ? "" : ", first " + said_of(world, left.front())));
  if (count > 0) quiet_down(world);
  require(desk_of(world, office).empty(), "settled conflicts came back");
}

void end(World& world) {
  for (const auto& laptop : world.laptops) {
    for (const auto& draft : must(laptop->store().drafts().all()))
      must(laptop->store().drafts().drop(draft.id));
    laptop->forms.clear();
  }
  world.say("everybody syncs until nothing moves");
  quiet_down(world);
  check_server(world);
  check_county_pictures(world);
  check_office(world, *world.laptops.front());
  settle_all(world);
  check_server(world);
  check_office(world, *world.laptops.front());
  verify_all(world);
}

std::string outcome_of(const World& world) {
  const Known known = world.truth.known_to_server();
  std::string out;
  for (const auto& [place, commits] : world.truth.registers()) {
    out += world.name_of(place.record) + " " + std::to_string(place.field) + place.element + ":";
    for (const Commit head : world.truth.heads(place, known))
      out += " " + std::to_string(head);
    out += "\n";
  }
  return out;
}

}  // namespace

Told tell_story(const Groundwork& ground, const StoryOptions& options) {
  Told told;
  World world(ground, options);
  try {
    for (std::uint64_t left = 30 + world.dice.below(50); left > 0; --left)
      one_step(world);
    end(world);
    told.outcome = outcome_of(world);
  } catch (const Broken& broken) {
    told.broken = broken.what();
    if (told.broken.empty()) told.broken = "something";
  }
  told.story = std::move(world.story);
  told.commits = world.truth.size();
  told.device_days = static_cast<double>(world.clock.now_ms() - kBeginning) / static_cast<double>(kDayMs) *
                     static_cast<double>(world.laptops.size());
  return told;
}

}  // namespace lianxin::sim
