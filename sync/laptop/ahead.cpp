#include "sync/laptop/ahead.hpp"

#include <algorithm>

#include "sync/wire/carried.hpp"
#include "sync/wire/cursors.hpp"
#include "sync/wire/folding.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::laptop {

Result<Arrived> fetch(Transport& transport, const Clock& clock, BytesView packed,
                      const std::vector<wire::HeldScope>& held, const TransferProgress& on_bytes,
                      const CancelFlag& cancel) {
  const WallMs began = clock.steady_ms();
  WallMs since = began;
  const TransferProgress on_progress = [&](std::uint64_t up, std::uint64_t down) {
    if (down == 0) since = clock.steady_ms();
    if (on_bytes) on_bytes(up, down);
  };
  LX_TRY(const Bytes answer, transport.post("/v1/exchange", packed, on_progress, cancel));
  const WallMs ended = clock.steady_ms();
  const WallMs arrived_ms = clock.now_ms();
  LX_TRY(const wire::MessageKind kind, wire::kind_of(answer));
  if (kind == wire::MessageKind::kError) {
    LX_TRY(const wire::WireError error, wire::unpack<wire::WireError>(answer));
    return error.error();
  }
  // The clock may have been set meanwhile: it counts as it is now.
  const ClockSpan under_way{arrived_ms - (ended - began), arrived_ms};
  Arrived arrived{{}, packed.size(), answer.size(), ended - since, under_way};
  LX_TRY(arrived.answer, wire::unpack<wire::ExchangeAnswer>(answer));
  LX_DO(wire::unfold(arrived.answer, held));
  return arrived;
}

namespace {

/// Only what every exchange says: which purges are known here, and how old the list of devices is.
bool says_no_more(const std::vector<wire::Part>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const wire::Part& part) {
    return part.tag == wire::kPartPurges || part.tag == wire::kPartDevices || part.tag == wire::kPartAhead;
  });
}

bool tells_purges(const wire::ExchangeAnswer& answer) {
  const Bytes* part = wire::find_part(answer.parts, wire::kPartPurges);
  if (part == nullptr) return false;
  const auto told = wire::decode_part<wire::PurgeAnswer>(*part);
  return !told.ok() || !told->purges.empty();
}

bool holds_the_same(const ExchangeStart& start, const wire::ExchangeAnswer& answer) {
  const bool is_first = start.held.empty() && start.cursors.empty();
  return is_first || wire::sum_of(start.held) == wire::sum_of(answer.scopes);
}

}  // namespace

std::optional<ExchangeStart> start_after(const ExchangeStart& start, const wire::ExchangeAnswer& answer) {
  const bool is_plain = answer.verdict == wire::ExchangeAnswer::Verdict::kTaken && answer.more &&
                        !answer.cursors_unread && answer.returned.empty() && !start.earlier_replica;
  const bool is_same_life = start.epoch == 0 || start.epoch == answer.epoch;
  const bool has_sent_all = start.own.counter <= answer.ack.counter;
  if (!is_plain || !is_same_life || !has_sent_all || !says_no_more(start.parts) || tells_purges(answer) ||
      !holds_the_same(start, answer))
    return std::nullopt;
  ExchangeStart next = start;
  next.epoch = answer.epoch;
  next.acknowledged = std::max(start.acknowledged, answer.ack.counter);
  next.held = answer.scopes;
  next.cursors = wire::moved_on(start.cursors, answer.pages);
  next.verdict.reset();
  next.parts.clear();
  if (const Bytes* purges = wire::find_part(start.parts, wire::kPartPurges))
    next.parts.push_back({wire::kPartPurges, *purges});
  next.parts.push_back({wire::kPartAhead, {}});
  return next;
}

Ahead::Ahead(Transport& transport, const Clock& clock, ExchangeStart start, Bytes packed,
             const CancelFlag& cancel)
    : start_(std::move(start)), packed_(std::move(packed)) {
  const auto go = [this, &transport, &clock, &cancel] {
    const TransferProgress on_bytes = [this, &cancel](std::uint64_t, std::uint64_t down) {
      came_ = down;
      if (cancel) is_dropped_ = true;
    };
    return fetch(transport, clock, packed_, start_.held, on_bytes, is_dropped_);
  };
  // Where no thread can be had it goes when it is waited for, too.
  constexpr std::launch kAside = std::launch::async | std::launch::deferred;
  arrived_ = std::async(transport.runs_aside() ? kAside : std::launch::deferred, go);
}

Ahead::~Ahead() { is_dropped_ = true; }

}  // namespace lianxin::sync::laptop
