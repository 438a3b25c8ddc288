#include <algorithm>
#include <optional>
#include <set>

#include "sync/merge/merge.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/pairings.hpp"
#include "sync/server/service/rebuilding.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kRowsAtOnce = 500;
using ClassKey = std::pair<std::uint8_t, Id>;  ///< class, audience

struct Sum {
  std::uint64_t records = 0;
  Digest128 digest;
};

class Verifier {
 public:
  Verifier(store::Reader& reader, Verification& out) : reader_(reader), out_(out), rebuilder_(reader) {}
  [[nodiscard]] Status run();

 private:
  void problem(std::string_view invariant, std::string record, std::string what) {
    out_.problems.push_back({std::string(invariant), std::move(record), std::move(what)});
  }
  [[nodiscard]] Status check_chain(const store::ReplicaRow& replica);
  [[nodiscard]] Result<std::optional<Hash256>> hash_before(const store::ReplicaRow& replica);
  [[nodiscard]] Status check_record(const store::RecordRow& row);
  [[nodiscard]] Status check_sharing(const store::RecordRow& row, const Rebuilder::States& states);
  [[nodiscard]] Status check_feeds();

  store::Reader& reader_;
  Verification& out_;
  std::map<ReplicaId, store::ReplicaRow> replicas_;
  std::map<store::FeedKey, Sum> sums_;
  Rebuilder rebuilder_;
  bool knows_pairings_ = false;
};

/// Hash of the last head a branch shares with where it came from (7.2).
Result<std::optional<Hash256>> Verifier::hash_before(const store::ReplicaRow& replica) {
  if (replica.fork_of.number == 0 || replica.fork_first <= 1) return std::optional(Hash256{});
  for (const auto& [id, other] : replicas_) {
    if (id != replica.fork_of && other.fork_of != replica.fork_of) continue;
    LX_TRY(const auto before, reader_.change({id, replica.fork_first - 1}));
    LX_TRY(const auto first, reader_.change({replica.replica, replica.fork_first}));
    if (!before || !first) continue;
    change::ChainEnd end{replica.fork_of, replica.fork_first - 1, before->hash};
    const auto followed = change::follow(end, first->body, first->values);
    if (followed.ok() && followed->hash == first->hash) return std::optional(before->hash);
  }
  return std::optional<Hash256>();
}

Status Verifier::check_chain(const store::ReplicaRow& replica) {
  const std::string name = replica.replica.text();
  const bool is_branch = replica.fork_of.number != 0;
  LX_TRY(const auto before, hash_before(replica));
  if (!before) {
    problem("chain", name, "the branch follows nothing that is here");
    return {};
  }
  change::ChainEnd end{is_branch ? replica.fork_of : replica.replica, is_branch ? replica.fork_first - 1 : 0,
                       *before};
  change::ChainEnd mark = end;
  for (;;) {
    LX_TRY(const auto rows, reader_.changes_of(replica.replica, end.counter + 1, kRowsAtOnce));
    for (const store::LogRow& row : rows) {
      ++out_.checked["changes"];
      // Early ones begin where nothing before them is here; from there on they follow each other.
      if (row.id.counter > replica.counter && row.id.counter != end.counter + 1) {
        end.counter = row.id.counter;
        end.hash = row.hash;
        continue;
      }
      const auto followed = change::follow(end, row.body, row.values);
      if (!followed.ok() || followed->hash != row.hash || followed->body.id.counter != row.id.counter) {
        problem("chain", name, "broken at counter " + std::to_string(row.id.counter));
        return {};
      }
      if (end.counter <= replica.counter) mark = end;
    }
    if (rows.size() < kRowsAtOnce) break;
  }
  if (mark.counter != replica.counter || mark.hash != replica.hash)
    problem("watermark", name,
            "says " + std::to_string(replica.counter) + ", the log " + std::to_string(mark.counter));
  return {};
}

Status Verifier::check_record(const store::RecordRow& row) {
  ++out_.checked["records"];
  const std::string name = row.id.text();
  std::map<ClassKey, Bytes> stored;
  LX_TRY(const auto states, reader_.states(row.id));
  for (const store::StateRow& state : states)
    stored[{state.privacy, state.audience}] = state.state;
  auto rebuilt = rebuilder_.states_of(row);
  if (!rebuilt.ok()) {
    if (rebuilt.error().code.starts_with("store.")) return rebuilt.error();
    problem("state", name, "its log cannot be read: " + rebuilt.error().code);
    return {};
  }
  for (const auto& [audience, state] : *rebuilt) {
    for (const auto& [privacy, owner] : state.classes) {
      ++out_.checked["states"];
      const auto found = stored.find({privacy, audience});
      if (found == stored.end() || found->second != merge::encode_class_state(owner))
        problem("state", name, "class " + std::to_string(privacy) + " is not what its changes make");
      if (found != stored.end()) stored.erase(found);
      const Digest128 leaf = merge::digest_leaf(row.id, privacy, owner);
      if (leaf == Digest128{}) continue;
      for (const Id& scope : row.scopes) {
        Sum& sum = sums_[{scope, privacy, audience}];
        sum.digest += leaf;
        ++sum.records;
      }
    }
  }
  // A view that was taken away is kept empty; a store that was not served since it knows pairings has others.
  const Bytes nothing = merge::encode_class_state({});
  const auto is_left = [&](const auto& one) {
    return one.second != nothing && (knows_pairings_ || one.first.first != kSharedClass);
  };
  if (std::any_of(stored.begin(), stored.end(), is_left))
    problem("state", name, "a state that no change made");
  return check_sharing(row, *rebuilt);
}

/// Who is told of a file is who is paired, and the rows beside pairings say what their records say.
Status Verifier::check_sharing(const store::RecordRow& row, const Rebuilder::States& states) {
  const auto whole = states.find(Id{});
  if (whole == states.end()) return {};
  const domain::Kind* kind = domain::Catalogue::base().kind(row.kind);
  if (knows_pairings_ && is_pairing_kind(kind)) {
    ++out_.checked["pairings"];
    LX_TRY(const auto kept, reader_.pairing(row.id));
    auto said = pairing_in(whole->second, *kind);
    if (said && kept) said->open = kept->open;
    if (said != kept) problem("pairing", row.id.text(), "its row is not what the record says");
  }
  const auto owner = whole->second.classes.find(kSharedClass);
  if (owner == whole->second.classes.end()) return {};
  LX_TRY(const auto listed, reader_.shared_with(row.id));
  std::set<Id> paired;
  if (!owner->second.empty()) {
    LX_TRY(paired, paired_with(reader_, row));
  }
  if (paired != std::set<Id>(listed.begin(), listed.end()))
    problem("sharing", row.id.text(), "told to others than those who are paired");
  return {};
}

Status Verifier::check_feeds() {
  LX_TRY(const auto heads, reader_.feed_heads());
  for (const store::FeedHead& head : heads) {
    ++out_.checked["feeds"];
    const std::string name = head.key.scope.text() + " class " + std::to_string(head.key.privacy);
    LX_TRY(const bool gap_free, reader_.is_gap_free(head.key));
    if (!gap_free) problem("feed", name, "positions have a gap, or end elsewhere than the counter");
    const Sum sum = sums_[head.key];
    sums_.erase(head.key);
    if (sum.digest != head.digest || sum.records != head.records)
      problem("digest", name,
              "says " + std::to_string(head.records) + " records, there are " + std::to_string(sum.records) +
                  (sum.digest == head.digest ? "" : "; the digest differs"));
  }
  for (const auto& [key, sum] : sums_)
    problem("digest", key.scope.text(), "records in a scope that has no feed");
  return {};
}

Status Verifier::run() {
  LX_TRY(const auto made, reader_.meta(kMetaPairingsMade));
  knows_pairings_ = made == kPairingsNow;
  LX_TRY(const auto replicas, reader_.replicas());
  for (const store::ReplicaRow& replica : replicas)
    replicas_[replica.replica] = replica;
  for (const store::ReplicaRow& replica : replicas) {
    ++out_.checked["replicas"];
    LX_DO(check_chain(replica));
  }
  LX_DO(reader_.each_record([this](const store::RecordRow& row) { return check_record(row); }));
  LX_DO(check_feeds());
  LX_TRY(const store::Counts counts, reader_.counts());
  if (counts.changes != rebuilder_.changes())
    problem("membership", "", "changes in the log whose record is not here");
  LX_TRY(const auto moves, reader_.moves_not_listed());
  for (const Id& record : moves)
    problem("moved", record.text(),
            "has stood or was written of elsewhere, or was told as a state, and is not listed so");
  if (counts.changes - counts.early != out_.checked["changes"])
    problem("watermark", "", "changes in the log beyond the watermark of their replica");
  return {};
}

}  // namespace

Result<Verification> verify(store::Store& store) {
  Verification out;
  if (const Status files = store.check_files(); !files.ok())
    out.problems.push_back({"files", "", files.error().code});
  LX_TRY(const auto reader, store.read());
  LX_DO(Verifier(*reader, out).run());
  return out;
}

}  // namespace lianxin::sync::server
