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
  world.revoked = world.backup->revoked;
  world.say("the server is restored from its backup: epoch " + std::to_string(world.server->epoch()));
  for (const auto& laptop : world.laptops) {
    laptop->known.reset();
    laptop->revoked = world.revoked.count(laptop->who().device) > 0;
  }
  world.watch_server(true);
  // From one backup no second life: it would be numbered like the first (see README.md).
  world.backup.reset();
}

void change_grants(World& world, Laptop& laptop) {
  if (laptop.is_office()) return;
  const auto person = static_cast<std::size_t>(&laptop.who() - world.ground.people().data());
  std::vector<std::string>& codes = world.grants[person];
  const Village& village = world.dice.pick(world.ground.villages());
  world.grants_moved[person] = true;
  auto& admin = world.server->admin();
  if (std::find(codes.begin(), codes.end(), village.code) == codes.end()) {
    (void)must(admin.grant(laptop.who().worker, laptop.who().role, village.code));
    codes.push_back(village.code);
    world.say(laptop.who().name + " is given " + village.code);
    return;
  }
  for (const auto& worker : must(admin.workers())) {
    if (worker.worker != laptop.who().worker) continue;
    for (std::size_t i = 0; i < worker.grants.size(); ++i) {
      if (worker.codes[i] == village.code && worker.grants[i].to.empty())
        (void)must(admin.end_grant(worker.grants[i].id));
    }
  }
  codes.erase(std::remove(codes.begin(), codes.end(), village.code), codes.end());
  world.say(laptop.who().name + " gives up " + village.code);
}

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
void check_counts(const sync::server::Moved& said, const sync::server::Moved& done) {
  require(said.moved == done.moved && said.from == done.from && said.into == done.into,
          "a preview says something else than the move does");
  for (const auto& [kind, count] : done.kinds) {
    require(count.from_before - count.from_after == count.moved, "a hand-over lost a " + kind);
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
  const Village& to = world.dice.pick(world.ground.villages());
  const std::uint64_t before = world.server->own_counter();
  auto moves = world.server->moves();
  const auto preview = moves.hand_over(member, to.code, true);
  require(world.server->own_counter() == before, "a preview writes");
  const auto moved = moves.hand_over(member, to.code, false);
  require(preview.ok() == moved.ok(), "a preview promises what the move does not keep");
  if (!moved.ok()) {
    const bool is_there = *villages_of(world, member, known) == std::set<Id>{to.id};
    require(moved.error().code == "handover.there" && is_there,
            "a hand-over failed: " + words_of(moved.error()));
    return;
  }
  check_counts(*preview, *moved);
  world.say("the office hands " + world.name_of(member) + " over to " + to.code);
  const auto rows = world.server->own_rows(before);
  require(rows.size() == 1 && rows.front().record == member, "a hand-over writes one change of its record");
  const Commit commit = world.truth.add(commit_of(world, rows.front()));
  const TrueCommit& written = world.truth.at(commit);
  require(written.writes.size() == 1 && written.writes.front().value == to.id.text(),
          "a hand-over writes the village and nothing else");
  world.watch_server();
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
