// Intake of what comes in bundles (sync.md 4.1, 4.2, 8).
#include "sync/server/service/intake.hpp"
#include "sync/server/service/refilling.hpp"
#include "sync/wire/leaving.hpp"

namespace lianxin::sync::server {

using Verdict = wire::ExchangeAnswer::Verdict;

/// The newest bundle of a laptop tells how far it had read; its clock is of the hour it was made.
Status Intake::note_file(store::DeviceRow& device, const wire::ExchangeRequest& request) {
  if (request.number <= device.last_number) return {};
  device.last_number = request.number;
  device.last_seen_ms = now_ms_;
  device.replica = request.replica;
  if (request.verdict) {
    device.verdict_number = request.verdict->number;
    device.verdict_equal = request.verdict->equal && request.verdict->overlay_empty;
  }
  LX_DO(writer_.put_device(device));
  return note_cursors(device.id, request);
}

Result<Pushed> Intake::take_brought(store::DeviceRow device, const wire::ExchangeRequest& request, Way way) {
  if (request.replica.number == 0) return fail("exchange.replica", {{"replica", request.replica.text()}});
  in_file_ = true;
  if (way == Way::kFile) LX_DO(note_file(device, request));
  LX_DO(learn_rights(device, request));
  LX_TRY(store::ReplicaRow replica, replica_of(device, request.replica));
  Pushed pushed;
  if (request.changes.empty()) {
    LX_TRY(pushed, without_changes(request, replica));
    // More of the chain is on its way in another file.
    if (pushed.verdict == Verdict::kExpected) pushed.verdict = Verdict::kTaken;
    return pushed;
  }
  if (request.first == 0) return fail("change.malformed");
  LX_TRY(auto branch, branch_continued(device, request, replica));
  if (branch) return take_on_branch(device, request, *branch);
  LX_TRY(const std::uint64_t differs, first_difference(request, replica));
  if (differs != 0) return take_branch(device, request, replica, differs);
  if (way == Way::kFile && request.first <= replica.counter + 1)
    return follow_chain(device, request, replica);
  LX_TRY(const bool rest, way == Way::kFile ? is_rest(request, replica) : Result<bool>(false));
  if (rest) return take_rest(device, request, replica);
  LX_DO(keep_early(device, request, replica, pushed));
  pushed.ack.replica = replica.replica;
  pushed.ack.counter = replica.counter;
  pushed.ack.hash = replica.hash;
  if (device.revoked_ms != 0) pushed.verdict = Verdict::kRevoked;
  return pushed;
}

/// Ahead of the watermark, which stays: only the author's own coming moves it.
Status Intake::keep_early(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                          const store::ReplicaRow& replica, Pushed& pushed) {
  LX_DO(fill_values(writer_, workspace_, request, replica));
  LX_TRY(const auto kept, kept_counters(replica.replica, request.first, request.changes.size()));
  const ReplicaId name = replica.fork_of.number != 0 ? replica.fork_of : replica.replica;
  change::ChainEnd end{name, request.first - 1, request.previous};
  for (const wire::PackedChange& packed : request.changes) {
    LX_TRY(change::Change one, change::follow(end, packed.body, packed.values));
    if (kept.count(end.counter) > 0) continue;
    LX_TRY(const bool is_new, keep(device, std::move(one), replica, false, pushed));
    if (!is_new) {  // the author will say which of two bodies is the chain's, and what follows it
      early_differs_ = end.counter;
      break;
    }
    ++pushed.early;
  }
  pushed.ack.outcomes.clear();  // told when the author comes
  return workspace_.flush();
}

/// The author has nothing before this batch any more (its disk was lost), and neither has the server, which
/// went back to a backup: asking for it would keep the rest from ever being taken.
Result<bool> Intake::is_rest(const wire::ExchangeRequest& request, const store::ReplicaRow& replica) {
  const Bytes* part = wire::find_part(request.parts, wire::kPartRest);
  if (part == nullptr || request.first <= replica.counter + 1) return false;
  const auto rest = codec::decode<wire::ChainRest>(*part);
  if (!rest.ok() || rest->first <= 1 || request.first < rest->first) return false;
  if (request.first == rest->first) return true;
  LX_TRY(const auto before, writer_.change({replica.replica, request.first - 1}));
  return before && before->hash == request.previous;  // a rest longer than one batch
}

/// Kept by id like what comes before its turn, and acknowledged: it is all there is. The watermark stays, so
/// a copy that still has the beginning is taken as ever (4.2).
Result<Pushed> Intake::take_rest(const store::DeviceRow& device, const wire::ExchangeRequest& request,
                                 const store::ReplicaRow& replica) {
  Pushed pushed;
  LX_TRY(const std::uint64_t differs, first_difference(request, replica));
  if (differs != 0) return take_branch(device, request, replica, differs);
  LX_DO(keep_early(device, request, replica, pushed));
  if (early_differs_ != 0) return take_branch(device, request, replica, early_differs_);
  LX_DO(repeat_outcomes(request, replica, pushed));
  LX_TRY(const auto last, writer_.change({replica.replica, request.first + request.changes.size() - 1}));
  if (!last) return fail("store.damaged", {}, "what was kept is not here");
  pushed.ack.replica = replica.replica;
  pushed.ack.counter = last->id.counter;
  pushed.ack.hash = last->hash;
  if (device.revoked_ms != 0) pushed.verdict = Verdict::kRevoked;
  return pushed;
}

Result<std::set<std::uint64_t>> Intake::kept_counters(ReplicaId replica, std::uint64_t first,
                                                      std::size_t count) {
  std::set<std::uint64_t> counters;
  LX_TRY(const auto rows, writer_.changes_of(replica, first, count));
  for (const store::LogRow& row : rows)
    counters.insert(row.id.counter);
  return counters;
}

/// What others brought ahead of the chain counts too.
Result<bool> Intake::keeps_beyond(ReplicaId replica, std::uint64_t counter) {
  constexpr std::uint64_t kNoEnd = INT64_MAX;  // counters are kept as signed numbers
  LX_TRY(const auto counters, writer_.counters_of(replica, counter + 1, kNoEnd));
  return !counters.empty();
}

/// The author was shown another change than the one kept under that name (2.6): a copied laptop wrote both.
/// What it was meant to replace cannot be told by the name, so a person decides.
Result<bool> Intake::saw_another_body(const change::ChangeBody& body) {
  const auto is_other = [&](const change::SeenRef& ref) -> Result<bool> {
    if (!ref.hash8) return false;
    LX_TRY(const auto row, writer_.change(ref.id));
    // What another laptop brought has no hash yet (4.2).
    return row && row->hash != Hash256{} && wire::hash8_of(row->hash) != *ref.hash8;
  };
  for (const change::WriteHead& write : body.writes) {
    for (const auto* refs : {&write.seen, &write.group_seen}) {
      for (const change::SeenRef& ref : *refs) {
        LX_TRY(const bool other, is_other(ref));
        if (other) return true;
      }
    }
  }
  return false;
}

}  // namespace lianxin::sync::server
