#include "tests/sim/truth.hpp"

#include <algorithm>

#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "tests/sim/broken.hpp"

namespace lianxin::sim {

namespace store = sync::server::store;

Commit Truth::add(TrueCommit commit) {
  const Commit number = commits_.size();
  require(by_hash_.emplace(commit.hash, number).second, "two saves made the same change");
  for (const TrueWrite& write : commit.writes)
    registers_[write.place].push_back(number);
  commits_.push_back(std::move(commit));
  return number;
}

bool Truth::is_of_story(const Id& record) const {
  return std::any_of(records_.begin(), records_.end(),
                     [&](const TrueRecord& one) { return one.id == record; });
}

std::optional<Commit> Truth::find(const Hash256& hash) const {
  const auto found = by_hash_.find(hash);
  return found == by_hash_.end() ? std::nullopt : std::optional(found->second);
}

namespace {

/// The first server decides on time: never later than it took the change, suspect when the stamp is ahead
/// (3.6). Another life may have been told what an earlier one had decided.
void check_time(const store::LogRow& row, bool first_life) {
  constexpr WallMs kTolerance = 2 * 60 * 1000;
  const auto body = must(sync::change::decode_body(row.body));
  const auto stamp = static_cast<WallMs>(body.hlc >> 16);
  const WallMs earlier = std::min(stamp, row.accepted_ms);
  require(first_life ? row.effective_ms == earlier : row.effective_ms <= earlier,
          "an effective time that is not the earlier one");
  require(row.suspect || stamp <= row.accepted_ms + kTolerance, "a stamp from the future is not suspect");
}

}  // namespace

namespace {

/// Of a picture: all that is private or was typed.
bool goes_with_the_whole(std::uint16_t wire) {
  const domain::Field* field = domain::Catalogue::base().kind("attachment")->field(wire);
  if (field == nullptr) return true;
  if (wire < domain::kFirstKindField) return wire == domain::kFieldVoided || wire == domain::kFieldDecided;
  return !field->name.ends_with("_id") &&
         (field->privacy != domain::PrivacyClass::kGeneral || field->type == domain::Type::kText ||
          field->type == domain::Type::kLongText);
}

}  // namespace

bool Truth::is_purged(Commit commit, const Place& place, std::size_t purges) const {
  if (!write(commit, place).value) return false;  // cleared, or taken back: nothing that could be lost
  const auto end = purges_.begin() + static_cast<std::ptrdiff_t>(purges);
  const auto record = std::find_if(records_.begin(), records_.end(),
                                   [&](const TrueRecord& one) { return one.id == place.record; });
  const bool hangs = record != records_.end() && record->kind == "attachment";
  return std::any_of(purges_.begin(), end, [&](const TruePurge& purge) {
    if (purge.number <= commits_[commit].purge_number) return false;
    if (purge.record == place.record) return purge.fields.count(place.field) > 0;
    return hangs && purge.is_whole && purge.record == record->parent && goes_with_the_whole(place.field);
  });
}

std::set<std::string> Truth::purged_texts(std::size_t purges) const {
  std::set<std::string> gone;
  std::set<std::string> stay;
  for (Commit commit = 0; commit < commits_.size(); ++commit) {
    for (const TrueWrite& write : commits_[commit].writes) {
      const std::string text = write.value.value_or("");
      if (text.starts_with(kLongText)) (is_purged(commit, write.place, purges) ? gone : stay).insert(text);
    }
  }
  for (const std::string& text : stay)
    gone.erase(text);
  return gone;
}

bool Truth::has_right_values(const store::LogRow& row, Commit commit) const {
  const TrueCommit& written = commits_[commit];
  const bool is_whole = std::none_of(written.writes.begin(), written.writes.end(),
                                     [&](const TrueWrite& write) { return is_purged(commit, write.place); });
  if (is_whole) return row.values == written.values;
  const auto body = must(sync::change::decode_body(written.body));
  const auto kept = must(sync::change::decode_values(row.values, body));
  for (std::size_t i = 0; i < written.writes.size(); ++i) {
    const bool is_gone = kept.values[i].state == sync::change::WriteValue::State::kPurged;
    if (is_gone != is_purged(commit, written.writes[i].place)) return false;
    if (!is_gone && kept.values[i].value() != written.writes[i].value) return false;
  }
  return true;
}

void Truth::watch_replica(store::Reader& reader, const store::ReplicaRow& replica, std::uint64_t epoch) {
  constexpr std::size_t kAll = 100000;
  std::uint64_t& done = watched_[replica.replica];
  const std::uint64_t from = std::max(done + 1, replica.fork_first);
  for (const store::LogRow& row : must(reader.changes_of(replica.replica, from, kAll))) {
    // What is kept ahead of its turn is looked at again: what lies before it may still come.
    if (row.id.counter <= replica.counter) done = row.id.counter;
    // The county's own divisions and workers are no part of the story; what it does to a record is.
    if (replica.device.is_nil() && !is_of_story(row.record)) continue;
    const auto commit = find(row.hash);
    require(commit.has_value(), "the server keeps a change nobody saved: " + row.id.text());
    const TrueCommit& written = commits_[*commit];
    require(row.body == written.body && has_right_values(row, *commit),
            "the server keeps other bytes than were saved: " + row.id.text());
    check_time(row, epoch == 1);
    const auto [at, is_new] = names_[epoch].emplace(row.id, *commit);
    require(is_new || at->second == *commit, "one name, two bodies: " + row.id.text());
    const auto [other, is_first] = kept_.emplace(*commit, Kept{row.id, row.status});
    if (!is_first && aside_.count(other->second.name) > 0) other->second = {row.id, row.status};
    require(is_first || other->second.name == row.id,
            "one body, two names: " + other->second.name.text() + " and " + row.id.text());
    other->second.status = row.status;
  }
}

namespace {

/// The same change, its names aside: what was read of a branch is read under the branch's name (7.2).
bool is_same_renamed(const Bytes& written, const Bytes& brought) {
  const auto a = must(sync::change::decode_body(written));
  const auto b = must(sync::change::decode_body(brought));
  const auto is_same_write = [](const sync::change::WriteHead& x, const sync::change::WriteHead& y) {
    return x.field == y.field && x.element == y.element && x.privacy == y.privacy &&
           x.seen.size() == y.seen.size() && x.group_seen.size() == y.group_seen.size();
  };
  return a.id.counter == b.id.counter && a.action == b.action && a.hlc == b.hlc && a.wall_ms == b.wall_ms &&
         a.author == b.author && a.record == b.record && a.scope == b.scope && a.note == b.note &&
         std::equal(a.writes.begin(), a.writes.end(), b.writes.begin(), b.writes.end(), is_same_write);
}

}  // namespace

std::optional<Commit> Truth::brought(const ChangeId& id, const Bytes& body) const {
  for (Commit commit = 0; commit < commits_.size(); ++commit) {
    if (commits_[commit].body == body) return commit;
  }
  for (const auto& [epoch, names] : names_) {
    const auto known = names.find(id);
    if (known != names.end() && is_same_renamed(commits_[known->second].body, body)) return known->second;
  }
  return std::nullopt;
}

/// What nobody can believe (its author's laptop was put back and says it never wrote it) is kept aside under
/// a name of its own.
std::optional<Commit> Truth::kept_beside(const store::LogRow& row) {
  for (Commit commit = 0; row.status != Status::kApplied && commit < commits_.size(); ++commit) {
    if (!is_same_renamed(commits_[commit].body, row.body)) continue;
    aside_.insert(row.id);
    return commit;
  }
  return std::nullopt;
}

/// What other laptops brought back after a restore stands outside its chain, without a hash, until its author
/// comes (4.2).
void Truth::watch_early(store::Reader& reader, std::uint64_t epoch) {
  must(reader.each_change([&](const store::LogRow& row) -> lianxin::Status {
    if (!row.early || !is_of_story(row.record)) return {};
    auto commit = brought(row.id, row.body);
    if (!commit) commit = kept_beside(row);
    require(commit.has_value(), "the server was brought a change nobody saved: " + row.id.text());
    require(has_right_values(row, *commit), "the server was brought other bytes than were saved");
    names_[epoch].emplace(row.id, *commit);
    const auto known = kept_.find(*commit);
    const bool is_beside = known != kept_.end() && known->second.name != row.id && aside_.count(row.id) > 0;
    if (!is_beside) kept_[*commit] = {row.id, row.status};
    return {};
  }));
}

void Truth::watch(store::Reader& reader, std::uint64_t epoch, bool anew) {
  if (anew) {
    watched_.clear();
    kept_.clear();
  }
  for (const store::ReplicaRow& replica : must(reader.replicas()))
    watch_replica(reader, replica, epoch);
  watch_early(reader, epoch);
  // What was held back is judged again when the change comes that brings its record there (intake_again.cpp).
  for (auto& [commit, kept] : kept_) {
    const auto row = kept.status == Status::kApplied ? std::nullopt : must(reader.change(kept.name));
    if (row) kept.status = row->status;
  }
}

std::optional<Commit> Truth::named(std::uint64_t epoch, const ChangeId& name) const {
  const auto life = names_.find(epoch);
  if (life == names_.end()) return std::nullopt;
  const auto found = life->second.find(name);
  return found == life->second.end() ? std::nullopt : std::optional(found->second);
}

Known Truth::known_to_server() const {
  Known out;
  for (const auto& [commit, kept] : kept_)
    out[commit] = kept.status != Status::kApplied;
  return out;
}

const TrueWrite& Truth::write(Commit commit, const Place& place) const {
  for (const TrueWrite& write : commits_[commit].writes) {
    if (write.place == place) return write;
  }
  throw Broken("a head whose change does not write there");
}

Commits Truth::heads(const Place& place, const Known& known) const {
  const auto written = registers_.find(place);
  if (written == registers_.end()) return {};
  Commits alive;
  Commits replaced;
  for (const Commit commit : written->second) {
    const auto here = known.find(commit);
    if (here == known.end() || here->second) continue;
    alive.insert(commit);
    const Commits& shown = write(commit, place).shown;
    std::vector<Commit> reached(shown.begin(), shown.end());
    while (!reached.empty()) {
      const Commit one = reached.back();
      reached.pop_back();
      if (!replaced.insert(one).second) continue;
      const auto inert = known.find(one);
      if (inert == known.end() || !inert->second) continue;
      const Commits& through = write(one, place).shown;
      reached.insert(reached.end(), through.begin(), through.end());
    }
  }
  for (const Commit commit : replaced)
    alive.erase(commit);
  return alive;
}

bool Truth::waits(const Place& place, const Known& known) const {
  const auto written = registers_.find(place);
  if (written == registers_.end()) return false;
  for (const Commit commit : written->second) {
    const auto here = known.find(commit);
    if (here == known.end() || here->second) continue;
    for (const Commit shown : write(commit, place).shown) {
      if (known.count(shown) == 0) return true;
    }
  }
  return false;
}

std::vector<Place> Truth::places_of(const Id& record) const {
  std::vector<Place> out;
  for (auto at = registers_.lower_bound({record, 0, ""});
       at != registers_.end() && at->first.record == record; ++at)
    out.push_back(at->first);
  return out;
}

}  // namespace lianxin::sim
