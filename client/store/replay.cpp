#include "client/store/replay.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "client/store/own_chains.hpp"
#include "shared/base/log.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
using change::ChainEnd;

namespace {

class Replay {
 public:
  Replay(RecordsImpl& records, const ReplayInput& input)
      : records_(records), input_(input), chains_(records.database()) {}

  Result<Replayed> run();

 private:
  [[nodiscard]] Status sort_entries();
  [[nodiscard]] Status adopt_present(std::map<std::uint64_t, JournalEntry>& entries);
  [[nodiscard]] Status adopt_earlier(ReplicaId replica, const std::map<std::uint64_t, JournalEntry>& entries);
  [[nodiscard]] Result<bool> adopt(const JournalEntry& entry);
  [[nodiscard]] Status note_chain(ReplicaId replica, const ChainEnd& last, std::uint64_t first);
  [[nodiscard]] Status leave_gap_behind(OwnChain& chain, std::uint64_t before_gap, std::uint64_t first);
  [[nodiscard]] Result<bool> is_certain(const OwnState& own);
  [[nodiscard]] Status count_missing();
  [[nodiscard]] Result<std::uint64_t> held_above(ReplicaId replica, std::uint64_t counter);
  [[nodiscard]] std::optional<ChainEnd> base_of(ReplicaId replica) const;

  RecordsImpl& records_;
  const ReplayInput& input_;
  OwnChains chains_;
  std::map<ReplicaId, std::map<std::uint64_t, JournalEntry>> by_chain_;
  Replayed out_;
};

std::optional<ChainEnd> Replay::base_of(ReplicaId replica) const {
  std::optional<ChainEnd> best;
  for (const ChainEnd& base : input_.bases) {
    if (base.replica == replica && (!best || best->counter < base.counter)) best = base;
  }
  return best;
}

/// Only what the database does not have and the server is not known to keep.
Status Replay::sort_entries() {
  LX_TRY(const auto chains, chains_.all());
  for (const JournalEntry& entry : input_.entries) {
    LX_TRY(const bool known, records_.log().has(entry.id));
    if (known) continue;
    const auto chain = std::find_if(chains.begin(), chains.end(),
                                    [&](const OwnChain& one) { return one.end.replica == entry.id.replica; });
    if (chain != chains.end() && entry.id.counter <= chain->acknowledged) continue;
    if (input_.mark && input_.mark->end.replica == entry.id.replica &&
        entry.id.counter <= input_.mark->acknowledged)
      continue;
    by_chain_[entry.id.replica].emplace(entry.id.counter, entry);
  }
  return {};
}

/// One change back into the log and the records. False = it cannot be read.
Result<bool> Replay::adopt(const JournalEntry& entry) {
  auto body = change::decode_body(entry.body);
  if (!body.ok() || body->id != entry.id) {
    log_event("journal.entry_unreadable", {{"id", entry.id.text()}});
    return false;
  }
  auto values = change::decode_values(entry.values, *body);
  if (!values.ok()) {
    log_event("journal.entry_unreadable", {{"id", entry.id.text()}});
    return false;
  }
  LX_DO(records_.adopt_own({std::move(*body), entry.body, std::move(*values), entry.hash}));
  ++out_.from_journal;
  return true;
}

/// The present chain: what follows it link by link. What lies beyond a gap stays in `by_chain_`.
Status Replay::adopt_present(std::map<std::uint64_t, JournalEntry>& entries) {
  LX_TRY(const OwnState own, records_.own());
  ChainEnd end = own.end;
  for (auto next = entries.find(end.counter + 1); next != entries.end();
       next = entries.find(end.counter + 1)) {
    ChainEnd followed = end;
    const auto linked = change::follow(followed, next->second.body, next->second.values);
    if (!linked.ok() || linked->hash != next->second.hash) {
      log_event("journal.entry_of_another_chain", {{"id", next->second.id.text()}});
      return {};
    }
    LX_TRY(const bool read, adopt(next->second));
    if (!read) return {};
    end = followed;
    entries.erase(next);
  }
  return {};
}

/// A chain nothing is written under any more.
Status Replay::adopt_earlier(ReplicaId replica, const std::map<std::uint64_t, JournalEntry>& entries) {
  ChainEnd last{replica, 0, {}};
  std::uint64_t first = 0;
  for (const auto& [counter, entry] : entries) {
    LX_TRY(const bool read, adopt(entry));
    if (!read) continue;
    if (first == 0) first = counter;
    last = {replica, counter, entry.hash};
  }
  return first == 0 ? Status() : note_chain(replica, last, first);
}

/// A database that went back behind what the server has acknowledged: what lies before the gap is there, and
/// so is the gap. The chain begins behind it, or nothing after it could ever be sent.
Status Replay::leave_gap_behind(OwnChain& chain, std::uint64_t before_gap, std::uint64_t first) {
  const auto base = base_of(chain.end.replica);
  const std::uint64_t kept = std::max(chain.acknowledged, base ? base->counter : 0);
  if (kept < before_gap) return {};
  chain.base = {chain.end.replica, first - 1, {}};
  chain.knows_base = base && base->counter == first - 1;
  if (chain.knows_base) chain.base = *base;
  chain.acknowledged = first - 1;
  auto update = records_.database().prepare(
      "UPDATE change SET hash = NULL WHERE replica = ? AND counter < ? AND hash IS NOT NULL");
  return update.bind(1, chain.end.replica.number).bind(2, first).run();
}

/// Notes an earlier chain, or how far it really went.
Status Replay::note_chain(ReplicaId replica, const ChainEnd& last, std::uint64_t first) {
  LX_TRY(const auto known, chains_.find(replica));
  if (known) {
    if (known->is_present || last.counter <= known->end.counter) return {};
    OwnChain longer = *known;
    longer.end = last;
    if (first > known->end.counter + 1) LX_DO(leave_gap_behind(longer, known->end.counter, first));
    return chains_.put(longer);
  }
  OwnChain chain;
  chain.end = last;
  chain.base = {replica, first - 1, {}};
  chain.knows_base = first == 1;
  const auto base = base_of(replica);
  if (base && base->counter == first - 1) {
    chain.base = *base;
    chain.knows_base = true;
  }
  chain.acknowledged = first - 1;
  if (input_.mark && input_.mark->end.replica == replica)
    chain.acknowledged = std::max(chain.acknowledged, input_.mark->acknowledged);
  return chains_.put(chain);
}

Result<std::uint64_t> Replay::held_above(ReplicaId replica, std::uint64_t counter) {
  auto select = records_.database().prepare(
      "SELECT count(*) FROM change WHERE replica = ? AND counter > ? AND hash IS NOT NULL");
  LX_TRY(const bool found, select.bind(1, replica.number).bind(2, counter).step());
  return found ? select.natural(0) : std::uint64_t{0};
}

/// Whether the present chain may go on: it must reach everything anybody knows of.
Result<bool> Replay::is_certain(const OwnState& own) {
  if (input_.copied || by_chain_.count(own.end.replica) > 0) return false;
  // What the county told of was read, and the program stopped before it took another name (7.2).
  auto told = records_.database().prepare("SELECT 1 FROM known WHERE replica = ? AND counter > ?");
  LX_TRY(const bool is_behind, told.bind(1, own.end.replica.number).bind(2, own.end.counter).step());
  if (is_behind) return false;
  if (!input_.mark) return own.end.counter == 0;  // who knows how far it went
  const ChainEnd& mark = input_.mark->end;
  // Another replica's mark: a crash came between a change of replica and its mark, or the database is older.
  if (mark.replica != own.end.replica) return false;
  if (mark.counter > own.end.counter) return false;
  LX_TRY(const auto hash, chains_.hash_at({mark.replica, mark.counter}));
  return hash && *hash == mark.hash;
}

Status Replay::count_missing() {
  if (!input_.mark) return {};
  const HeadMark& mark = *input_.mark;
  std::uint64_t kept = mark.acknowledged;
  LX_TRY(const auto chain, chains_.find(mark.end.replica));
  if (chain) kept = std::max(kept, chain->acknowledged);
  if (kept >= mark.end.counter) return {};
  LX_TRY(const std::uint64_t held, held_above(mark.end.replica, kept));
  const std::uint64_t unsent = mark.end.counter - kept;
  out_.missing = unsent - std::min(unsent, held);
  return {};
}

Result<Replayed> Replay::run() {
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(records_.database()));
  LX_DO(sort_entries());
  LX_TRY(const OwnState before, records_.own());
  if (const auto present = by_chain_.find(before.end.replica); present != by_chain_.end()) {
    LX_DO(adopt_present(present->second));
    if (present->second.empty()) by_chain_.erase(present);
  }
  LX_TRY(const OwnState own, records_.own());
  LX_TRY(const bool goes_on, is_certain(own));
  if (!goes_on && !input_.rebuilt) {
    LX_DO(chains_.begin_anew());
    if (input_.mark && input_.mark->end.replica == own.end.replica)
      LX_DO(chains_.acknowledge(own.end.replica, input_.mark->acknowledged));
  }
  for (const auto& [replica, entries] : by_chain_)
    LX_DO(adopt_earlier(replica, entries));
  LX_DO(count_missing());
  LX_DO(transaction.commit());
  return out_;
}

}  // namespace

Result<Replayed> replay(RecordsImpl& records, const ReplayInput& input) {
  return Replay(records, input).run();
}

}  // namespace lianxin::client::store
