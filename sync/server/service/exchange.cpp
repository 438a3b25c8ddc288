#include "sync/server/service/exchange.hpp"

#include <algorithm>
#include <charconv>

#include "shared/base/log.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/branches.hpp"
#include "sync/server/service/carrying.hpp"
#include "sync/server/service/feed_pages.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/offers.hpp"
#include "sync/server/service/pairings.hpp"
#include "sync/server/service/parts.hpp"
#include "sync/server/service/pictures.hpp"
#include "sync/wire/bounded.hpp"
#include "sync/wire/folding.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::sync::server {
namespace {

using Verdict = wire::ExchangeAnswer::Verdict;

bool is_of_store(const Error& error) { return error.code.starts_with("store."); }

/// How far a verified backup has what the laptop has erased, without a gap. Each is looked at: what came
/// early stands before what it follows in the order of intake.
Result<std::uint64_t> backed_up(store::Reader& reader, ReplicaId replica, const wire::ErasedValues& erased,
                                std::uint64_t last, std::uint64_t sequence) {
  constexpr std::uint64_t kRowsAtOnce = 200;
  std::uint64_t reach = 0;
  for (const wire::CounterRange& range : erased.ranges) {
    if (range.first <= reach) return reach;  // they do not rise
    for (std::uint64_t next = range.first; next <= std::min(range.last, last);) {
      const std::uint64_t count = std::min(kRowsAtOnce, std::min(range.last, last) - next + 1);
      LX_TRY(const auto rows, reader.changes_of(replica, next, static_cast<std::size_t>(count)));
      for (const store::LogRow& row : rows) {
        if (row.id.counter != next || row.sequence > sequence) return reach;
        reach = next++;
      }
      if (rows.empty()) return reach;
    }
  }
  return reach;
}

/// All names of a branch that is acknowledged.
Status add_branch_names(store::Reader& reader, const wire::ExchangeRequest& request,
                        wire::ExchangeAnswer& answer) {
  if (answer.verdict != Verdict::kFork || answer.ack.replica == request.replica) return {};
  LX_TRY(const Branch branch, branch_named(reader, answer.ack.replica));
  wire::BranchNames told;
  for (const auto& [first, name] : branch.names)
    told.names.push_back({first, name});
  answer.parts.push_back({wire::kPartBranches, codec::encode(told)});
  return {};
}

Status add_backup_reach(store::Reader& reader, const wire::ExchangeRequest& request,
                        wire::ExchangeAnswer& answer) {
  const Bytes* part = wire::find_part(request.parts, wire::kPartErased);
  if (part == nullptr) return {};
  const auto erased = codec::decode<wire::ErasedValues>(*part);
  LX_TRY(const auto meta, reader.meta(kMetaBackupSequence));
  std::uint64_t sequence = 0;
  if (meta) std::from_chars(meta->data(), meta->data() + meta->size(), sequence);
  wire::BackupReach reach;
  if (erased.ok() && answer.ack.replica == request.replica) {
    LX_TRY(reach.counter, backed_up(reader, request.replica, *erased, answer.ack.counter, sequence));
  }
  answer.parts.push_back({wire::kPartBackup, codec::encode(reach)});
  return {};
}

std::size_t bytes_wanted(const wire::ExchangeRequest& request) {
  if (request.answer_bytes_max == 0) return wire::kAnswerBytesUsual;
  return std::clamp<std::size_t>(request.answer_bytes_max, kAnswerBytesMin, wire::kAnswerBytesMax);
}

/// The row goes on from where the reader's chain ends, which may have parted from the one that is kept. What
/// others offered after a restore has no hash to tell by.
bool follows(const store::LogRow& row, change::ChainEnd& end) {
  const auto linked = change::follow(end, row.body, row.values);
  return linked.ok() && (row.hash == Hash256{} || linked->hash == row.hash);
}

/// What the server keeps of the laptop's own chain beyond the laptop's end (5.2).
Status return_own(store::Reader& reader, const wire::ExchangeRequest& request, wire::ExchangeAnswer& answer) {
  constexpr std::size_t kRowsAtOnce = 20;  // each may be large
  std::size_t bytes = 0;
  change::ChainEnd end{request.replica, request.own_counter, request.own_hash};
  for (std::uint64_t next = request.own_counter + 1; bytes < bytes_wanted(request);) {
    LX_TRY(const auto rows, reader.changes_of(request.replica, next, kRowsAtOnce));
    for (const store::LogRow& row : rows) {
      if (!follows(row, end)) return {};  // the rest comes back through the feeds
      bytes += row.body.size() + row.values.size();
      answer.returned.push_back({row.body, row.values});
    }
    if (rows.size() < kRowsAtOnce) return {};
    next = rows.back().id.counter + 1;
  }
  return {};
}

}  // namespace

Result<Exchange> Exchange::open(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock) {
  LX_TRY(const auto reader, store.read());
  LX_TRY(County county, load_county(*reader));
  LX_DO(make_pairings(store, catalogue));
  return Exchange(store, catalogue, clock, std::move(county));
}

Result<Verified> Exchange::verify(BytesView message) const {
  LX_TRY(const wire::SignedRequest signed_request, wire::unpack<wire::SignedRequest>(message));
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto device, reader->device(signed_request.device));
  if (!device || device->enrolled_ms == 0)
    return fail("exchange.device", {{"device", signed_request.device.text()}});
  Verified verified;
  verified.device = signed_request.device;
  LX_TRY(verified.request, read_signed(county_, device->sign_key, signed_request));
  const auto& folding = verified.request.folding;
  if (!folding || folding->has_cursors) return verified;
  // Whatever the scopes are by the time of the answer: these are the cursors if this is the laptop's list.
  LX_TRY(const Access access, access_of(*reader, device->worker, Date::of(clock_->now_ms())));
  if (!wire::read_cursors(verified.request, to_wire(access.scopes)))
    log_event("exchange.other_scopes", {{"device", verified.device.text()}});
  return verified;
}

Result<Pushed> Exchange::take_one(store::Writer& writer, const Verified& verified) const {
  LX_TRY(const auto device, writer.device(verified.device));
  if (!device) return fail("exchange.device", {{"device", verified.device.text()}});
  const WallMs now = clock_->now_ms();
  if (device->revoked_ms == 0) LX_DO(turn_pairings(writer, *catalogue_, device->worker, Date::of(now)));
  // Others' work first: what this laptop wrote may have seen it (8.2).
  LX_TRY(auto carried, take_carried(writer, *catalogue_, county_, verified.request, now));
  Intake intake(writer, *catalogue_, now);
  LX_TRY(Pushed pushed, verified.way == Way::kOnline
                            ? intake.take(*device, verified.request, verified.under_way_ms)
                            : intake.take_brought(*device, verified.request, verified.way));
  pushed.carried = std::move(carried);
  LX_DO(note_exchange(writer, county_, now));
  LX_DO(Intake(writer, *catalogue_, now).judge_again(intake.moved(), county_));
  const bool is_all = pushed.verdict == Verdict::kTaken && pushed.ack.counter >= verified.request.own_counter;
  if (verified.way == Way::kOnline && is_all) LX_DO(note_whole(writer, county_, verified.request.replica));
  if (!verified.request.parts.empty()) {
    LX_TRY(pushed.purged, take_parts(writer, *catalogue_, county_, *device, verified.request, now));
  }
  return pushed;
}

Result<Pushed> Exchange::take_alone(const Verified& verified) const {
  LX_TRY(const auto writer, store_->write());
  LX_TRY(Pushed pushed, take_one(*writer, verified));
  LX_DO(writer->commit());
  return pushed;
}

/// All in one transaction, which is gone again when this returns: nothing when the transaction itself failed.
std::optional<std::vector<Result<Pushed>>> Exchange::take_group(const std::vector<Verified>& requests) const {
  std::vector<Result<Pushed>> results;
  results.reserve(requests.size());
  const auto writer = store_->write();
  if (!writer.ok()) return std::nullopt;
  for (const Verified& one : requests) {
    if (!(*writer)->begin_savepoint().ok()) return std::nullopt;
    results.push_back(take_one(**writer, one));
    if (!(*writer)->end_savepoint(results.back().ok()).ok()) return std::nullopt;
  }
  if (!(*writer)->commit().ok()) return std::nullopt;
  return results;
}

std::vector<Result<Pushed>> Exchange::take(const std::vector<Verified>& requests) {
  std::optional<std::vector<Result<Pushed>>> group;
  if (requests.size() > 1) group = take_group(requests);
  std::vector<Result<Pushed>> results;
  results.reserve(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const bool is_settled = group && ((*group)[i].ok() || !is_of_store((*group)[i].error()));
    results.push_back(is_settled ? std::move((*group)[i]) : take_alone(requests[i]));
  }
  const bool purged = std::any_of(results.begin(), results.end(),
                                  [](const Result<Pushed>& one) { return one.ok() && one->purged; });
  if (!purged) return results;
  const Status emptied = store_->empty_log();
  if (!emptied.ok() && emptied.error().code != "store.log_elsewhere")
    log_error("exchange.log_kept", emptied.error());
  return results;
}

Result<wire::ExchangeAnswer> Exchange::answer(const Verified& verified, const Pushed& pushed) const {
  LX_TRY(wire::ExchangeAnswer answer, answer_in_rows(verified, pushed));
  if (verified.way == Way::kOnline && verified.request.folding) wire::fold(answer, *verified.request.folding);
  return answer;
}

Result<wire::ExchangeAnswer> Exchange::answer_in_rows(const Verified& verified, const Pushed& pushed) const {
  const wire::ExchangeRequest& request = verified.request;
  wire::ExchangeAnswer answer;
  answer.protocol = request.protocol;  // decoded, so never above ours
  answer.verdict = pushed.verdict;
  answer.server = county_.server;
  answer.epoch = county_.epoch;
  answer.server_ms = clock_->now_ms();
  answer.expected = pushed.expected;
  answer.ack = pushed.ack;
  answer.ack.epoch = county_.epoch;
  answer.ack.signature =
      wire::sign(county_.sign_keys.secret, wire::acknowledgement_to_sign(county_.server, answer.ack));
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto device, reader->device(verified.device));
  if (!device) return fail("exchange.device", {{"device", verified.device.text()}});
  answer.worker = device->worker;
  if (device->revoked_ms != 0 || pushed.verdict == Verdict::kRevoked) {
    answer.verdict = Verdict::kRevoked;
    return answer;
  }
  LX_TRY(const Access access, access_of(*reader, device->worker, Date::of(answer.server_ms)));
  for (const store::GrantRow& grant : access.grants)
    answer.grants.push_back({grant.division, grant.role, grant.from, grant.to});
  answer.scopes = to_wire(access.scopes);
  LX_DO(
      answer_carried(*reader, request, pushed, access, verified.device, Date::of(answer.server_ms), answer));
  LX_DO(add_backup_reach(*reader, request, answer));
  LX_DO(add_branch_names(*reader, request, answer));
  const bool has_cursors = !request.folding || request.folding->has_cursors;
  if (pushed.verdict == Verdict::kTaken && has_cursors) {
    FeedPages pages(*reader, *memory_, request, request.epoch == county_.epoch, bytes_wanted(request));
    LX_DO(pages.fill(access.scopes, answer));
    LX_DO(answer_parts(*reader, county_, access, request, bytes_wanted(request), answer));
    LX_DO(answer_pictures(*reader, request, answer));
    return answer;
  }
  answer.more = true;
  if (pushed.verdict == Verdict::kBehind) LX_DO(return_own(*reader, request, answer));
  return answer;
}

/// A question that cannot be read is left aside, as other parts are.
Status Exchange::answer_pictures(store::Reader& reader, const wire::ExchangeRequest& request,
                                 wire::ExchangeAnswer& answer) const {
  const Bytes* part = wire::find_part(request.parts, wire::kPartPictures);
  if (part == nullptr || pictures_ == nullptr) return {};
  const auto asked = wire::decode_picture_ask(*part);
  if (!asked.ok()) return {};
  LX_TRY(const wire::PictureTold told, tell_pictures(reader, *catalogue_, *pictures_, *asked));
  answer.parts.push_back({wire::kPartPictures, wire::encode_pictures(told)});
  return {};
}

Bytes Exchange::handle(BytesView message) {
  const auto verified = verify(message);
  if (!verified.ok()) return pack_error(verified.error());
  const auto pushed = take({*verified});
  if (!pushed.front().ok()) return pack_error(pushed.front().error());
  const auto made = answer(*verified, *pushed.front());
  if (!made.ok()) return pack_error(made.error());
  const auto packed = wire::pack_bounded(*made);
  return packed.ok() ? *packed : pack_error(packed.error());
}

Bytes pack_error(const Error& error) { return wire::pack(wire::WireError::of(error)); }

}  // namespace lianxin::sync::server
