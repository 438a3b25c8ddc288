#include "tests/sync/merge/fleet.hpp"

#include <algorithm>

namespace lianxin::test {

using namespace sync::merge;

namespace {

RecordState record_of(const Id& record) {
  RecordState state;
  state.record = record;
  state.kind = 1;
  return state;
}

std::uint64_t at(const VersionVector& reached, const ReplicaId& replica) {
  const auto found = reached.find(replica);
  return found == reached.end() ? 0 : found->second;
}

}  // namespace

Id record_at(int number) {
  Id id;
  id.octets[0] = 1;
  id.octets[15] = static_cast<std::uint8_t>(number);
  return id;
}

void Server::merge(const Shared& change, bool inert) {
  RecordState& state =
      records_.try_emplace(change->body.record, record_of(change->body.record)).first->second;
  const IsMissing is_missing = [&](const ChangeId& id) { return log_.count(id) == 0; };
  HeadMeta meta = change->meta;
  meta.effective_ms += 7;  // the server's verdict, not the laptop's
  const Applied applied = inert ? apply_inert(state, change->body, is_missing)
                                : apply(state, change->body, change->values, meta, is_missing);
  feed_.push_back({inert, change, applied.new_ghosts, meta, reached_});
}

void Server::take(const std::vector<Shared>& changes, std::mt19937_64& random) {
  for (const Shared& change : changes) {
    const ChangeId& id = change->body.id;
    std::uint64_t& last = reached_[id.replica];
    if (id.counter <= last) continue;
    if (id.counter != last + 1) return;
    last = id.counter;
    log_[id] = change;
    order_.push_back(change);
    const bool inert = random() % 6 == 0;
    if (inert) inert_.insert(id);
    merge(change, inert);
  }
}

void Server::accept_any(std::mt19937_64& random) {
  if (inert_.empty()) return;
  const auto chosen = std::next(inert_.begin(), static_cast<std::ptrdiff_t>(random() % inert_.size()));
  const Shared change = log_.at(*chosen);
  inert_.erase(chosen);
  merge(change, false);
}

History Server::history(const Id& record) const {
  History out;
  out.inert = inert_;
  for (const Shared& change : order_) {
    if (change->body.record == record) out.changes.push_back(*change);
  }
  return out;
}

bool Laptop::holds(const Id& record) const { return scopes_.count(record.octets[15] % 2) > 0; }

bool Laptop::has_passed(const ChangeId& id) const { return id.counter <= at(passed_, id.replica); }

const RecordState* Laptop::base(const Id& record) const {
  const auto found = base_.find(record);
  return found == base_.end() ? nullptr : &found->second;
}

RecordState Laptop::shown(const Id& record) const {
  const RecordState* known = base(record);
  RecordState state = known == nullptr ? record_of(record) : *known;
  for (const Shared& change : overlay_) {
    if (change->body.record != record) continue;
    apply(state, change->body, change->values, change->meta,
          [&](const ChangeId& id) { return mutant_ != Mutant::kOverlayKnowsAll && !has_passed(id); });
  }
  return state;
}

void Laptop::edit(const Id& record, std::mt19937_64& random) {
  const RecordState seen = shown(record);
  std::vector<OneWrite> writes;
  for (const std::uint16_t field : {kReviewed, kTown}) {
    if (random() % 3 == 0 && !(field == kTown && writes.empty())) continue;
    writes.push_back({field, "", std::to_string(random() % 3), ids_of(heads_of(seen, {field, ""})), {}, 0});
  }
  const ChangeId id{replica_, own_.size() + 1};
  Written change = written(id, writes, static_cast<WallMs>(1000 + own_.size()));
  change.body.record = record;
  own_.push_back(std::make_shared<const Written>(std::move(change)));
  overlay_.push_back(own_.back());
}

std::vector<Shared> Laptop::stick() const {
  return {own_.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(acknowledged_, own_.size())),
          own_.end()};
}

void Laptop::push(Server& server, std::mt19937_64& random) const {
  for (const auto& segment : carried_)
    server.take(segment, random);
  server.take(stick(), random);
}

void Laptop::read(const Entry& entry) {
  const Written& change = *entry.change;
  passed_ = entry.reached;
  if (holds(change.body.record) && !(entry.inert && mutant_ == Mutant::kInertUnread)) {
    RecordState& state = base_.try_emplace(change.body.record, record_of(change.body.record)).first->second;
    const IsMissing is_missing = [&](const ChangeId& id) {
      return mutant_ != Mutant::kBaseForgetsGhosts &&
             std::binary_search(entry.ghosts.begin(), entry.ghosts.end(), id);
    };
    if (entry.inert)
      apply_inert(state, change.body, is_missing);
    else
      apply(state, change.body, change.values, entry.meta, is_missing);
  }
  trim_overlay();
}

void Laptop::trim_overlay() {
  if (mutant_ == Mutant::kOverlayIsKept) return;
  std::erase_if(overlay_, [&](const Shared& change) { return has_passed(change->body.id); });
}

void Laptop::pull(const Server& server, std::size_t end, std::mt19937_64& random) {
  acknowledged_ = at(server.reached(), replica_);
  const std::size_t told_again = std::min<std::size_t>(cursor_, random() % 3);
  for (std::size_t position = cursor_ - told_again; position < end; ++position) {
    if (position < cursor_ && mutant_ != Mutant::kCursorIgnored) continue;
    read(server.feed()[position]);
    cursor_ = std::max(cursor_, position + 1);
  }
}

void Laptop::snapshot(const Server& server) {
  acknowledged_ = at(server.reached(), replica_);
  base_.clear();
  for (const auto& [record, state] : server.records()) {
    if (holds(record)) base_[record] = state;
  }
  cursor_ = server.feed().size();
  passed_ = server.reached();
  trim_overlay();
}

void Laptop::import(std::vector<Shared> stick, bool carries_it, std::mt19937_64& random) {
  if (carries_it) carried_.push_back(stick);
  std::shuffle(stick.begin(), stick.end(), random);
  brought_.insert(brought_.end(), stick.begin(), stick.end());
  for (const Shared& change : stick) {
    const ChangeId& id = change->body.id;
    const bool is_held = std::any_of(overlay_.begin(), overlay_.end(),
                                     [&](const Shared& held) { return held->body.id == id; });
    const bool is_passed = has_passed(id) && mutant_ != Mutant::kStickIgnoresFeed;
    if (holds(change->body.record) && !is_passed && !is_held) overlay_.push_back(change);
  }
}

History Laptop::known(const Id& record, const Server& server) const {
  History out;
  std::set<ChangeId> taken;
  const auto add = [&](const Shared& change) {
    if (change->body.record == record && taken.insert(change->body.id).second) out.changes.push_back(*change);
  };
  for (std::size_t position = 0; position < cursor_; ++position) {
    const Entry& entry = server.feed()[position];
    add(entry.change);
    if (entry.inert)
      out.inert.insert(entry.change->body.id);
    else
      out.inert.erase(entry.change->body.id);
  }
  for (const Shared& change : own_)
    add(change);
  for (const Shared& change : brought_)
    add(change);
  return out;
}

namespace {

using Laptops = std::vector<Laptop>;

bool shows_what_it_knows(const Server& server, const Laptop& laptop) {
  for (int number = 0; number < 4; ++number) {
    const Id record = record_at(number);
    if (laptop.holds(record) &&
        heads_in(laptop.shown(record)) != heads_by_definition(laptop.known(record, server)))
      return false;
  }
  return true;
}

/// False when a laptop shows other heads than it should on the way.
bool live(Server& server, Laptops& laptops, std::mt19937_64& random) {
  std::vector<std::pair<ReplicaId, std::vector<Shared>>> sticks;
  for (std::uint64_t n = 20 + random() % 70; n > 0; --n) {
    Laptop& one = laptops[random() % laptops.size()];
    const std::uint64_t what = random() % 100;
    if (what < 45) {
      const Id record = record_at(static_cast<int>(random() % 4));
      if (one.holds(record)) one.edit(record, random);
    } else if (what < 55) {
      sticks.emplace_back(one.replica(), one.stick());
    } else if (what < 68 && !sticks.empty()) {
      const auto& [from, stick] = sticks[random() % sticks.size()];
      if (from != one.replica()) one.import(stick, random() % 5 > 0, random);
    } else if (what < 86) {
      if (random() % 10 < 7) one.push(server, random);
      const std::size_t end = server.feed().size();
      const std::size_t rest = end - one.cursor();
      one.pull(server, random() % 10 < 6 || rest == 0 ? end : one.cursor() + random() % rest, random);
    } else if (what < 92) {
      server.accept_any(random);
    } else if (what < 95) {
      one.snapshot(server);
    }
    if (n % 4 == 0 && !shows_what_it_knows(server, one)) return false;
  }
  return true;
}

std::string compare(const Server& server, const Laptop& laptop) {
  if (laptop.has_overlay()) return "an overlay is left after everybody synced";
  for (const auto& [record, state] : server.records()) {
    if (!laptop.holds(record)) continue;
    const RecordState* base = laptop.base(record);
    if (base == nullptr || bytes_of(*base) != bytes_of(state)) return "equal positions, unequal bases";
  }
  return "";
}

}  // namespace

std::string broken_law(std::uint64_t seed, Mutant mutant) {
  std::mt19937_64 random(seed);
  Server server;
  Laptops laptops{{0xA, {0, 1}, mutant}, {0xB, {0, 1}, mutant}, {0xC, {0}, mutant}, {0xD, {1}, mutant}};
  if (!live(server, laptops, random)) return "a laptop shows other heads than the changes it knows have";
  for (int round = 0; round < 2; ++round) {
    for (Laptop& laptop : laptops) {
      laptop.push(server, random);
      laptop.pull(server, server.feed().size(), random);
    }
  }
  for (Laptop& laptop : laptops)
    laptop.pull(server, server.feed().size(), random);
  for (const auto& [record, state] : server.records()) {
    if (heads_in(state) != heads_by_definition(server.history(record))) return "the server's heads";
    for (const Laptop& laptop : laptops) {
      if (laptop.holds(record) && heads_in(laptop.shown(record)) != heads_in(state))
        return "a laptop shows other heads";
    }
  }
  for (const Laptop& laptop : laptops) {
    if (std::string broken = compare(server, laptop); !broken.empty()) return broken;
  }
  return "";
}

}  // namespace lianxin::test
