#include "sync/server/service/intake.hpp"

#include <algorithm>

#include "sync/change/hlc.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/service/refilling.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {
namespace {

using Verdict = wire::ExchangeAnswer::Verdict;

/// Of one change, body and values: far above what a form can hold, and small enough for an answer of its own.
constexpr std::size_t kChangeBytesMax = 4 * 1024 * 1024;

/// The replica whose name stands in the signed bodies.
ReplicaId name_in_bodies(const store::ReplicaRow& row) {
  return row.fork_of.number != 0 ? row.fork_of : row.replica;
}

wire::Acknowledgement ack_of(const store::ReplicaRow& row) {
  wire::Acknowledgement ack;
  ack.replica = row.replica;
  ack.counter = row.counter;
  ack.hash = row.hash;
  return ack;
}

std::uint64_t last_of(const wire::ExchangeRequest& request) {
  return request.changes.empty() ? 0 : request.first + request.changes.size() - 1;
}

}  // namespace

Status Intake::note_device(store::DeviceRow& device, const wire::ExchangeRequest& request) {
  const WallMs last_clock = device.last_seen_ms + device.clock_offset_ms;
  if (request.number <= device.last_number && request.wall_ms <= last_clock)
    return fail("exchange.number", {{"last", std::to_string(device.last_number)}});
  device.last_number = request.number;
  device.last_seen_ms = now_ms_;
  device.clock_offset_ms = request.wall_ms - began_ms_;
  device.replica = request.replica;
  if (request.verdict) {
    device.verdict_number = request.verdict->number;
    device.verdict_equal = request.verdict->equal && request.verdict->overlay_empty;
  }
  LX_DO(writer_.put_device(device));
  const bool is_ahead = wire::find_part(request.parts, wire::kPartAhead) != nullptr;
  return is_ahead ? Status() : note_cursors(device.id, request);
}

Status Intake::note_cursors(const Id& device, const wire::ExchangeRequest& request) {
  std::vector<store::DeviceCursor> cursors;
  for (const wire::Cursor& cursor : request.cursors)
    cursors.push_back({cursor.scope, cursor.privacy, cursor.position});
  return writer_.put_device_cursors(device, cursors);
}

Result<store::ReplicaRow> Intake::replica_of(const store::DeviceRow& device, ReplicaId replica) {
  LX_DO(writer_.lock({replica}, {}));
  LX_TRY(const auto known, writer_.replica(replica));
  if (known) {
    if (known->device != device.id) return fail("exchange.replica", {{"replica", replica.text()}});
    return *known;
  }
  store::ReplicaRow row;
  row.replica = replica;
  row.device = device.id;
  LX_DO(writer_.put_replica(row));
  return row;
}

/// What the author may do now, and how far its chain went when it took the end of a right (4.3).
Status Intake::learn_rights(const store::DeviceRow& device, const wire::ExchangeRequest& request) {
  LX_TRY(access_, access_of(writer_, device.worker, Date::of(now_ms_)));
  good_faith_.emplace(writer_, device.id, device.worker, now_ms_);
  const Bytes* part = wire::find_part(request.parts, wire::kPartConfirmed);
  if (part == nullptr) return {};
  LX_TRY(const auto confirmed, codec::decode<wire::Confirmed>(*part));
  LX_DO(good_faith_->note(confirmed));
  // A scope that has gone from the laptop is read from its beginning, should it come back.
  for (const wire::ConfirmedScope& one : confirmed.scopes) {
    const bool reads_it = std::any_of(request.cursors.begin(), request.cursors.end(),
                                      [&](const wire::Cursor& cursor) { return cursor.scope == one.scope; });
    if (one.position == 0 && !reads_it) LX_DO(writer_.erase_device_cursors(device.id, one.scope));
  }
  return {};
}

Result<Pushed> Intake::take(store::DeviceRow device, const wire::ExchangeRequest& request,
                            std::int64_t under_way_ms) {
  began_ms_ = now_ms_ - under_way_ms;
  if (request.replica.number == 0) return fail("exchange.replica", {{"replica", request.replica.text()}});
  LX_DO(note_device(device, request));
  LX_DO(learn_rights(device, request));
  LX_TRY(store::ReplicaRow replica, replica_of(device, request.replica));
  if (request.changes.empty()) return without_changes(request, replica);

  Pushed pushed;
  LX_TRY(auto branch, branch_continued(device, request, replica));
  if (branch) return take_on_branch(device, request, *branch);
  if (request.first == 0 || request.first > replica.counter + 1) {
    LX_TRY(const bool rest, is_rest(request, replica));
    if (rest) return take_rest(device, request, replica);
    pushed.verdict = Verdict::kExpected;
    pushed.expected = replica.counter + 1;
    pushed.ack = ack_of(replica);
    return pushed;
  }
  LX_TRY(const std::uint64_t differs, first_difference(request, replica));
  if (differs != 0) return take_branch(device, request, replica, differs);
  return follow_chain(device, request, replica);
}

/// A batch that follows what is kept, or overlaps it with the same bytes.
Result<Pushed> Intake::follow_chain(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                    store::ReplicaRow& replica) {
  Pushed pushed;
  const std::uint64_t last = last_of(request);
  const std::uint64_t overlap = std::min(last, replica.counter) - request.first + 1;
  LX_DO(fill_values(writer_, workspace_, request, replica));
  LX_DO(repeat_outcomes(request, replica, pushed));
  LX_DO(append(device, request, static_cast<std::size_t>(overlap), request.changes.size(), replica, pushed));
  LX_DO(workspace_.flush());
  if (early_differs_ != 0) return stop_at_early(device, request, replica, std::move(pushed));
  // What lies behind this batch on both sides was not compared yet: a copy may have gone its own way there.
  const bool is_compared = last >= std::min(request.own_counter, replica.counter);
  const auto outcomes = std::move(pushed.ack.outcomes);
  LX_TRY(pushed.ack, is_compared ? Result<wire::Acknowledgement>(ack_of(replica)) : ack_up_to(replica, last));
  pushed.ack.outcomes = outcomes;
  if (!is_compared) pushed.expected = last + 1;
  LX_TRY(const bool is_behind, keeps_beyond(replica.replica, request.own_counter));
  pushed.verdict = device.revoked_ms != 0 ? Verdict::kRevoked
                   : !is_compared         ? Verdict::kExpected
                   : is_behind            ? Verdict::kBehind
                                          : Verdict::kTaken;
  return pushed;
}

/// Two bodies under one id: what the author goes on with becomes a branch (7.2), once all before it is kept.
Result<Pushed> Intake::stop_at_early(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                     const store::ReplicaRow& replica, Pushed pushed) {
  if (early_differs_ == request.first) return take_branch(device, request, replica, early_differs_);
  const auto outcomes = std::move(pushed.ack.outcomes);
  pushed.ack = ack_of(replica);
  pushed.ack.outcomes = outcomes;
  pushed.verdict = Verdict::kExpected;
  pushed.expected = early_differs_;
  return pushed;
}

/// No more is acknowledged than was compared byte by byte.
Result<wire::Acknowledgement> Intake::ack_up_to(const store::ReplicaRow& row, std::uint64_t last) {
  wire::Acknowledgement ack = ack_of(row);
  if (last >= row.counter) return ack;
  LX_TRY(const auto at, writer_.change({row.replica, last}));
  if (!at) return ack;
  ack.counter = last;
  ack.hash = at->hash;
  return ack;
}

/// The branch of this laptop's chain that the batch goes on with: its first change follows one of the branch.
Result<std::optional<store::ReplicaRow>> Intake::branch_continued(const store::DeviceRow& device,
                                                                  const wire::ExchangeRequest& request,
                                                                  const store::ReplicaRow& known) {
  if (request.first < 2) return std::optional<store::ReplicaRow>();
  const std::uint64_t before = request.first - 1;
  if (before == known.counter && request.previous == known.hash) return std::optional<store::ReplicaRow>();
  LX_TRY(const auto rows, writer_.replicas());
  for (const store::ReplicaRow& row : rows) {
    const bool reaches = row.fork_of == known.replica && row.device == device.id &&
                         row.fork_first <= before && before <= row.counter;
    if (!reaches) continue;
    LX_TRY(const auto at, writer_.change({row.replica, before}));
    if (at && at->hash == request.previous) return std::optional(row);
  }
  return std::optional<store::ReplicaRow>();
}

/// A branch longer than one batch goes on where it ended (7.2).
Result<Pushed> Intake::take_on_branch(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                      store::ReplicaRow& branch) {
  LX_TRY(const std::uint64_t differs, first_difference(request, branch));
  if (differs != 0) return take_branch(device, request, branch, differs);
  Pushed pushed;
  pushed.verdict = Verdict::kFork;
  pushed.expected = branch.fork_first;
  LX_DO(writer_.lock({branch.replica}, {}));
  const std::uint64_t overlap = std::min(last_of(request), branch.counter) + 1 - request.first;
  LX_DO(fill_values(writer_, workspace_, request, branch));
  LX_DO(repeat_outcomes(request, branch, pushed));
  LX_DO(append(device, request, static_cast<std::size_t>(overlap), request.changes.size(), branch, pushed));
  LX_DO(workspace_.flush());
  const auto outcomes = std::move(pushed.ack.outcomes);
  LX_TRY(pushed.ack, ack_up_to(branch, last_of(request)));
  pushed.ack.outcomes = outcomes;
  return pushed;
}

/// Nothing to send: the chains' ends are compared, which also finds a restored or copied laptop (5.2, 7.2).
Result<Pushed> Intake::without_changes(const wire::ExchangeRequest& request, const store::ReplicaRow& known) {
  Pushed pushed;
  pushed.ack = ack_of(known);
  LX_TRY(const auto device, writer_.device(known.device));
  if (device && device->revoked_ms != 0) {
    pushed.verdict = Verdict::kRevoked;
    return pushed;
  }
  if (request.own_counter > known.counter) {
    pushed.verdict = Verdict::kExpected;
    pushed.expected = known.counter + 1;
    return pushed;
  }
  Hash256 ours = known.hash;
  if (request.own_counter < known.counter) {
    ours = Hash256{};
    if (request.own_counter > 0) {
      LX_TRY(const auto row, writer_.change({known.replica, request.own_counter}));
      if (row) ours = row->hash;
    }
    pushed.verdict = Verdict::kBehind;
  }
  if (ours != request.own_hash) {
    pushed.verdict = Verdict::kFork;
  } else if (pushed.verdict == Verdict::kTaken) {
    // Others brought more of this chain than the laptop has now.
    LX_TRY(const bool is_behind, keeps_beyond(known.replica, request.own_counter));
    if (is_behind) pushed.verdict = Verdict::kBehind;
  }
  return pushed;
}

Result<std::uint64_t> Intake::first_difference(const wire::ExchangeRequest& request,
                                               const store::ReplicaRow& known) {
  if (request.first > 1 && request.first == known.counter + 1 && request.previous != known.hash)
    return request.first;
  LX_TRY(const auto rows, writer_.changes_of(known.replica, request.first, request.changes.size()));
  change::ChainEnd end{name_in_bodies(known), request.first - 1, request.previous};
  auto row = rows.begin();  // early ones need not be dense
  for (std::size_t i = 0; row != rows.end() && i < request.changes.size(); ++i) {
    LX_TRY(const change::Change sent,
           change::follow(end, request.changes[i].body, request.changes[i].values));
    if (row->id.counter != sent.body.id.counter) continue;
    if (sent.hash != row->hash) return sent.body.id.counter;
    ++row;
  }
  return std::uint64_t{0};
}

/// A copied laptop went its own way: what differs is kept under the branch's own name, everything before it
/// is known (7.2).
Result<Pushed> Intake::take_branch(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                   const store::ReplicaRow& known, std::uint64_t first) {
  Pushed pushed;
  if (request.first <= known.counter + 1 && known.counter + 1 < first) {
    // The chains part at an early one: what lies before it follows the chain that is kept.
    store::ReplicaRow main = known;
    LX_DO(append(device, request, static_cast<std::size_t>(known.counter + 1 - request.first),
                 static_cast<std::size_t>(first - request.first), main, pushed));
    LX_DO(workspace_.flush());
  }
  pushed.verdict = Verdict::kFork;
  pushed.expected = first;
  pushed.ack = ack_of(known);
  change::ChainEnd end{name_in_bodies(known), request.first - 1, request.previous};
  const auto skip = static_cast<std::size_t>(first - request.first);
  for (std::size_t i = 0; i < skip; ++i)
    LX_DO(change::follow(end, request.changes[i].body, request.changes[i].values));
  // Where nothing before the branch overlaps, the two chains may have parted earlier than this batch: ask for
  // it from the start.
  if (skip == 0 && first > 1) {
    LX_TRY(const auto before, writer_.change({known.replica, first - 1}));
    if (!before || before->hash != request.previous) {
      pushed.verdict = Verdict::kExpected;
      pushed.expected = 1;
      return pushed;
    }
  }
  const Hash256 parted = end.hash;
  change::ChainEnd probe = end;
  LX_TRY(const change::Change head,
         change::follow(probe, request.changes[skip].body, request.changes[skip].values));
  store::ReplicaRow branch;
  branch.replica = branch_name(head.hash);
  LX_TRY(const auto kept, writer_.replica(branch.replica));
  if (kept) {
    branch = *kept;
    // A copy of the copy has parted again further on: first what both have, then the rest.
    LX_TRY(const std::uint64_t again, first_difference(request, branch));
    if (again != 0) {
      const auto outcomes = std::move(pushed.ack.outcomes);
      LX_TRY(pushed.ack, ack_up_to(branch, again - 1));
      pushed.ack.outcomes = outcomes;
      return pushed;
    }
  } else {
    branch.device = device.id;
    branch.counter = first - 1;
    branch.hash = parted;
    branch.fork_of = name_in_bodies(known);
    branch.fork_first = first;
    LX_DO(writer_.put_replica(branch));
    LX_DO(writer_.append_audit(
        audit_row(now_ms_, device.id.text(), "exchange.fork", Id{}, {{"replica", branch.replica.text()}})));
  }
  const std::uint64_t from = branch.counter + 1 - request.first;
  if (from < request.changes.size()) {
    LX_DO(append(device, request, static_cast<std::size_t>(from), request.changes.size(), branch, pushed));
    LX_DO(workspace_.flush());
  }
  const auto outcomes = std::move(pushed.ack.outcomes);
  LX_TRY(pushed.ack, ack_up_to(branch, last_of(request)));
  pushed.ack.outcomes = outcomes;
  return pushed;
}

Status Intake::append(const store::DeviceRow& device, const wire::ExchangeRequest& request, std::size_t from,
                      std::size_t until, store::ReplicaRow& replica, Pushed& pushed) {
  change::ChainEnd end{name_in_bodies(replica), replica.counter, replica.hash};
  const WallMs offset = request.wall_ms - began_ms_;
  const bool clock_is_off = !in_file_ && (offset > kClockToleranceMs || offset < -kClockToleranceMs);
  for (std::size_t i = from; i < until; ++i) {
    const change::ChainEnd before = end;
    if (request.changes[i].body.size() + request.changes[i].values.size() > kChangeBytesMax)
      return fail("change.malformed", {}, "size");
    LX_TRY(change::Change one, change::follow(end, request.changes[i].body, request.changes[i].values));
    LX_TRY(const bool kept, keep(device, std::move(one), replica, clock_is_off, pushed));
    if (kept) continue;
    early_differs_ = end.counter;
    end = before;
    break;
  }
  replica.counter = end.counter;
  replica.hash = end.hash;
  return writer_.put_replica(replica);
}

Result<bool> Intake::keep(const store::DeviceRow& device, change::Change change,
                          const store::ReplicaRow& replica, bool clock_is_off, Pushed& pushed) {
  if (branch_.row.replica != replica.replica) {
    LX_TRY(branch_, branch_of(writer_, replica));
  }
  LX_TRY(const change::ChangeBody body, renamed(writer_, change.body, branch_, kAllSoFar));
  LX_TRY(const bool lost_values, drop_on_arrival(writer_, catalogue_, body, change.values, now_ms_));
  LX_TRY(const Judgement judgement, judge(device, change, body));
  store::LogRow row;
  row.id = body.id;
  row.action = body.action;
  row.record = body.record;
  row.kind = body.kind;
  row.parent = body.parent;
  row.head_scope = body.scope;
  const domain::Kind* kind = catalogue_.kind(body.kind);
  const bool on_shelf = kind != nullptr && kind->scope_rule == domain::ScopeRule::kShelf;
  // A head without a scope must never put a person's record on the shelf that every laptop holds.
  if (row.head_scope.is_nil() && !on_shelf && access_.scopes.size() > 1)
    row.head_scope = access_.scopes[1].scope;
  row.privacy = body.writes.empty() ? 0 : body.writes.front().privacy;
  row.author = body.author;
  row.device = device.id;
  row.body = change.body_bytes;
  row.values = change::encode_values(change.values);
  row.hash = change.hash;
  row.accepted_ms = now_ms_;
  const WallMs stamp = change::hlc_ms(body.hlc);
  row.effective_ms = std::min(stamp, now_ms_);
  row.suspect = clock_is_off || stamp > now_ms_ + kClockToleranceMs;
  row.status = judgement.status;
  row.reason = judgement.reason;
  row.owner = judgement.owner;
  if (const Status appended = writer_.append_change(row); !appended.ok()) {
    if (appended.error().code == "store.twice") return settle_early(device, change, body.id, pushed);
    return appended.error();
  }
  LX_TRY(const Merged merged, workspace_.merge(row, body, change.values));
  if (row.status == store::ChangeStatus::kQuarantined) {
    pushed.ack.outcomes.push_back({body.id.counter, wire::Outcome::kQuarantined, row.reason, row.owner});
  } else if (merged.waiting) {
    pushed.ack.outcomes.push_back({body.id.counter, wire::Outcome::kWaiting, "", ""});
  } else if (merged.conflict) {
    pushed.ack.outcomes.push_back({body.id.counter, wire::Outcome::kConflict, "", ""});
  } else if (lost_values) {
    pushed.ack.outcomes.push_back({body.id.counter, wire::Outcome::kApplied, std::string(kPurgedReason), ""});
  }
  return true;
}

/// The author comes with what another laptop has brought already: the same body and values, and it is settled
/// (4.2).
Result<bool> Intake::settle_early(const store::DeviceRow& device, const change::Change& change,
                                  const ChangeId& id, Pushed& pushed) {
  LX_TRY(const auto early, writer_.change(id));
  if (!early) return fail("store.twice", {{"change", id.text()}});
  if (!early->early) return early->hash == change.hash;  // came in a bundle, with its chain
  if (early->body != change.body_bytes) return false;    // whose values may be of another number
  LX_TRY(const change::ChangeValues values, change::decode_values(early->values, change.body));
  if (change::value_hashes(change.body, values) != change::value_hashes(change.body, change.values))
    return false;
  LX_DO(writer_.settle_early(id, change.hash, device.id));
  if (early->status != store::ChangeStatus::kQuarantined) return true;
  LX_TRY(const change::ChangeBody body, renamed(writer_, change.body, branch_, kAllSoFar));
  LX_TRY(const Judgement judgement, judge(device, change, body));
  if (judgement.status == store::ChangeStatus::kApplied) {  // it waited for nobody but its author
    store::LogRow row = *early;
    row.status = judgement.status;
    LX_DO(writer_.set_change_status(id, row.status, ""));
    LX_DO(workspace_.merge(row, body, values));
  } else {
    pushed.ack.outcomes.push_back({id.counter, wire::Outcome::kQuarantined, early->reason, early->owner});
  }
  return true;
}

/// A batch sent again gets the verdicts that still stand.
Status Intake::repeat_outcomes(const wire::ExchangeRequest& request, const store::ReplicaRow& known,
                               Pushed& pushed) {
  LX_TRY(const auto rows, writer_.changes_of(known.replica, request.first, request.changes.size()));
  for (const store::LogRow& row : rows) {
    if (row.status == store::ChangeStatus::kApplied) continue;
    pushed.ack.outcomes.push_back({row.id.counter, wire::Outcome::kQuarantined, row.reason, row.owner});
  }
  return {};
}

}  // namespace lianxin::sync::server
