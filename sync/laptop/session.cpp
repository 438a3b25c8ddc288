#include "sync/laptop/session.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>

#include "shared/base/log.hpp"
#include "sync/laptop/ahead.hpp"
#include "sync/laptop/answer_size.hpp"
#include "sync/laptop/pictures.hpp"
#include "sync/laptop/request.hpp"
#include "sync/wire/folding.hpp"

namespace lianxin::sync::laptop {
namespace {

using Verdict = wire::ExchangeAnswer::Verdict;

/// One sync under way.
class Session {
 public:
  Session(Replica& replica, Transport& transport, const Clock& clock, const OnProgress& progress,
          const CancelFlag& cancel, const SessionLimits& limits)
      : replica_(replica),
        transport_(transport),
        clock_(clock),
        progress_(progress),
        cancel_(cancel),
        limits_(limits) {}

  Result<Receipt> run();

 private:
  struct Sent {
    ExchangeStart start;
    Outgoing outgoing;
    bool is_ahead = false;
  };

  [[nodiscard]] Result<Sent> prepare();
  [[nodiscard]] Result<Bytes> packed(const Sent& sent);
  [[nodiscard]] Result<Arrived> exchange(const Sent& sent);
  [[nodiscard]] Result<Arrived> arrive(const Sent& sent, const TransferProgress& on_bytes);
  [[nodiscard]] Status begin_size();
  void remember_size(std::size_t bytes);
  [[nodiscard]] Status ask_ahead(const Sent& sent, const wire::ExchangeAnswer& answer);
  void fold(const ExchangeStart& start, wire::ExchangeRequest& request) const;
  [[nodiscard]] Status put_right(const Error& error);
  [[nodiscard]] Status take(const Sent& sent, const Arrived& arrived);
  [[nodiscard]] bool goes_on(const Sent& sent, const wire::ExchangeAnswer& answer) const;
  [[nodiscard]] Status compare(const Sent& sent, const wire::ExchangeAnswer& answer);
  [[nodiscard]] Result<bool> after_records();
  [[nodiscard]] Result<Receipt> finished();
  void tell(SyncProgress::Phase phase);

  Replica& replica_;
  Transport& transport_;
  const Clock& clock_;
  const OnProgress& progress_;
  const CancelFlag& cancel_;
  const SessionLimits& limits_;
  SyncProgress so_far_;
  Receipt receipt_;
  std::vector<std::string> disputes_before_;
  bool has_skipped_ = false;     ///< exchange numbers, in this sync
  std::uint64_t send_from_ = 0;  ///< of the chain `send_of_`; 0 = after what is acknowledged
  ReplicaId send_of_;
  std::uint16_t protocol_ = limits_.protocol;
  std::size_t answer_bytes_ = limits_.answer_bytes;
  std::size_t remembered_bytes_ = 0;
  std::uint64_t came_ = 0;      ///< octets of the answer under way
  bool names_cursors_ = false;  ///< the server's list of our scopes is another one
  std::unique_ptr<Ahead> ahead_;
};

void Session::tell(SyncProgress::Phase phase) {
  so_far_.phase = phase;
  if (progress_) progress_(so_far_);
}

Result<Session::Sent> Session::prepare() {
  Sent sent;
  if (ahead_) {
    LX_TRY(sent.is_ahead, replica_.stands_at(ahead_->start()));
    sent.start = ahead_->start();
    if (sent.is_ahead) return sent;
    ahead_.reset();
  }
  LX_TRY(sent.start, replica_.begin_exchange());
  const bool is_asked = send_from_ > 0 && send_of_ == sent.start.own.replica;
  const std::uint64_t from = is_asked ? send_from_ : sent.start.acknowledged + 1;
  if (from <= sent.start.own.counter) {
    LX_TRY(sent.outgoing, replica_.outgoing(from, limits_.batch_bytes));
  }
  return sent;
}

Result<Bytes> Session::packed(const Sent& sent) {
  wire::ExchangeRequest request = make_request(sent.start, sent.outgoing, clock_.now_ms());
  request.protocol = protocol_;
  request.answer_bytes_max = static_cast<std::uint32_t>(answer_bytes_);
  fold(sent.start, request);
  LX_TRY(const wire::SignedRequest message,
         sign_request(replica_, sent.start.address, sent.start.device, request));
  return wire::pack(message);
}

/// More than the usual size is nothing to remember, nor what was bounded more closely than any line does. A
/// disk that does not take it ends no sync.
void Session::remember_size(std::size_t bytes) {
  bytes = std::max(std::min(bytes, wire::kAnswerBytesUsual), kAnswerBytesLeast);
  const std::size_t known = remembered_bytes_ == 0 ? wire::kAnswerBytesUsual : remembered_bytes_;
  if (bytes == known || limits_.answer_bytes < wire::kAnswerBytesUsual) return;
  remembered_bytes_ = bytes;
  if (const Status noted = replica_.remember_answer_bytes(bytes); !noted.ok())
    log_error("sync.answer_size", noted.error());
}

Status Session::begin_size() {
  LX_TRY(remembered_bytes_, replica_.answer_bytes());
  answer_bytes_ = first_answer_bytes(remembered_bytes_, limits_.answer_bytes, limits_.answer_bytes_max);
  return {};
}

/// While a slow answer comes it is remembered that it may never have: the lid closes, and nobody says so.
Result<Arrived> Session::arrive(const Sent& sent, const TransferProgress& on_bytes) {
  came_ = 0;
  if (const std::unique_ptr<Ahead> ahead = std::move(ahead_)) {
    auto arrived = ahead->wait();
    came_ = ahead->came();
    return arrived;
  }
  LX_TRY(const Bytes message, packed(sent));
  WallMs since = clock_.steady_ms();
  const TransferProgress on_progress = [&](std::uint64_t up, std::uint64_t down) {
    came_ = down;
    on_bytes(up, down);
    const WallMs now = clock_.steady_ms();
    if (down == 0) since = now;
    if (now - since > kSlowAnswerMs) remember_size(smaller_answer_bytes(answer_bytes_));
  };
  return fetch(transport_, clock_, message, sent.start.held, on_progress, cancel_);
}

Result<Arrived> Session::exchange(const Sent& sent) {
  const std::uint64_t up_before = so_far_.bytes_up;
  const std::uint64_t down_before = so_far_.bytes_down;
  const TransferProgress on_bytes = [&](std::uint64_t up, std::uint64_t down) {
    so_far_.bytes_up = up_before + up;
    so_far_.bytes_down = down_before + down;
    tell(SyncProgress::Phase::kExchanging);
  };
  Result<Arrived> came = arrive(sent, on_bytes);
  if (!came.ok()) {
    const bool is_cut = came.error().code == "net.unreachable" || came.error().code == "net.timeout";
    if (is_cut && came_ > 0) remember_size(smaller_answer_bytes(answer_bytes_));
    return came;
  }
  Arrived arrived = *std::move(came);
  ++so_far_.round_trips;
  on_bytes(arrived.bytes_up, arrived.bytes_down);
  // It was asked for with this size: no request is made between it and the one before.
  answer_bytes_ = next_answer_bytes(answer_bytes_, limits_.answer_bytes_max,
                                    {arrived.took_ms, arrived.bytes_down, told_bytes(arrived.answer)});
  remember_size(answer_bytes_);
  names_cursors_ = names_cursors_ || arrived.answer.cursors_unread;
  return arrived;
}

/// What follows in a long read is fetched while this answer is taken in. What such an exchange leaves out is
/// said in one more, once all has been read.
Status Session::ask_ahead(const Sent& sent, const wire::ExchangeAnswer& answer) {
  if (protocol_ <= wire::kProtocolInFiles || sent.outgoing.more) return {};
  auto start = start_after(sent.start, answer);
  if (!start) return {};
  LX_TRY(start->number, replica_.use_number());
  LX_TRY(Bytes message, packed({*start, {}, true}));
  ahead_ = std::make_unique<Ahead>(transport_, clock_, *std::move(start), std::move(message), cancel_);
  return {};
}

/// Less is said of what both sides know, where the server can read that. Who reads from the start has no
/// cursor to tell along a list.
void Session::fold(const ExchangeStart& start, wire::ExchangeRequest& request) const {
  if (protocol_ <= wire::kProtocolInFiles) return;
  const bool along_list = !names_cursors_ && !start.cursors.empty();
  wire::fold(request, along_list ? start.held : std::vector<wire::HeldScope>(), start.each_digest);
}

/// What the next exchange can do better; the error where it cannot.
///
/// An older server has read nothing of the exchange, and understands the protocol before, or the one before
/// that. A disk put back, or another copy of this laptop, has used up the numbers from here on: the server
/// says up to which, and the exchange is made again above them (5.1). Once: whoever is refused twice is told.
Status Session::put_right(const Error& error) {
  if (error.code == "wire.newer" && protocol_ > wire::kProtocolFirst) {
    --protocol_;
    return {};
  }
  const auto last = std::find_if(error.args.begin(), error.args.end(),
                                 [](const ErrorArg& arg) { return arg.name == "last"; });
  if (error.code != "exchange.number" || last == error.args.end() || has_skipped_) return error;
  has_skipped_ = true;
  return replica_.skip_exchanges(std::strtoull(last->value.c_str(), nullptr, 10));
}

Status Session::take(const Sent& sent, const Arrived& arrived) {
  const wire::ExchangeAnswer& answer = arrived.answer;
  LX_TRY(const Taken taken, replica_.take(answer, {sent.start.number, arrived.under_way}));
  receipt_.received += taken.received;
  receipt_.quarantined += taken.quarantined;
  receipt_.evicted += taken.evicted;
  receipt_.repaired += taken.repaired;
  receipt_.clock_offset_ms = taken.clock_offset_ms;
  if (answer.ack.counter > sent.start.acknowledged)
    receipt_.sent += answer.ack.counter - sent.start.acknowledged;
  if (receipt_.sent > so_far_.changes_sent) {
    // Acknowledged may be more than was waiting: what the server had of a restored laptop, and what is sent
    // again under another name.
    LX_TRY(const OutgoingCost left, replica_.outgoing_cost());
    so_far_.changes_to_send = receipt_.sent + left.changes;
  }
  so_far_.changes_sent = receipt_.sent;
  so_far_.received = receipt_.received;
  return {};
}

bool Session::goes_on(const Sent& sent, const wire::ExchangeAnswer& answer) const {
  const bool own_left = answer.verdict == Verdict::kExpected || sent.outgoing.more ||
                        (sent.start.own.counter > answer.ack.counter && answer.verdict != Verdict::kRevoked);
  // Another life of the server: everything is offered again, earlier chains too.
  const bool is_new_life = sent.start.epoch != 0 && answer.epoch != sent.start.epoch;
  return own_left || answer.more || sent.start.earlier_replica || is_new_life || sent.is_ahead;
}

Status Session::compare(const Sent& sent, const wire::ExchangeAnswer& answer) {
  tell(SyncProgress::Phase::kComparing);
  LX_TRY(std::vector<ScopeVerdict> verdicts, replica_.compare(answer, sent.start.number));
  return note_comparison(replica_, std::move(verdicts), receipt_);
}

/// Pictures, once the records are done. True = some went and more wait: another exchange asks about those.
Result<bool> Session::after_records() {
  PictureStore* pictures = replica_.pictures();
  if (pictures == nullptr) return false;
  LX_TRY(UnsentPictures unsent, pictures->unsent_pictures());
  so_far_.pictures_to_send = receipt_.pictures_sent + unsent.pictures;
  PicturesSent sent;
  if (unsent.pictures > 0) {
    tell(SyncProgress::Phase::kPictures);
    LX_TRY(sent, send_pictures(*pictures, transport_, cancel_, [&](const PicturesSent& now) {
             so_far_.pictures_sent = receipt_.pictures_sent + now.pictures;
             tell(SyncProgress::Phase::kPictures);
           }));
    receipt_.pictures_sent += sent.pictures;
    so_far_.bytes_up += sent.bytes_up;
    so_far_.bytes_down += sent.bytes_down;
    so_far_.round_trips += static_cast<int>(sent.requests);
    LX_TRY(unsent, pictures->unsent_pictures());
  }
  if (sent.pictures > 0) {
    LX_TRY(const std::uint64_t left, pictures->settle_pictures());
    receipt_.evicted += left;
  }
  receipt_.pictures_unsent = unsent.pictures;
  receipt_.pictures_problem = sent.problem;
  receipt_.complete = receipt_.complete && unsent.pictures == 0;
  return sent.pictures > 0 && unsent.pictures > 0 && sent.problem.empty();
}

Result<Receipt> Session::finished() {
  LX_TRY(receipt_.conflicts, new_disputes(replica_, disputes_before_));
  receipt_.round_trips = static_cast<std::uint64_t>(so_far_.round_trips);
  receipt_.bytes_up = so_far_.bytes_up;
  receipt_.bytes_down = so_far_.bytes_down;
  receipt_.ended_ms = clock_.now_ms();
  tell(SyncProgress::Phase::kDone);
  return receipt_;
}

Result<Receipt> Session::run() {
  receipt_.began_ms = clock_.now_ms();
  LX_DO(begin_size());
  LX_TRY(disputes_before_, replica_.disputes());
  LX_TRY(const OutgoingCost cost, replica_.outgoing_cost());
  so_far_.changes_to_send = cost.changes;
  tell(SyncProgress::Phase::kConnecting);
  for (int round = 0; round < limits_.exchanges_max; ++round) {
    if (cancel_) return fail("sync.cancelled");
    LX_TRY(const Sent sent, prepare());
    const Result<Arrived> answered = exchange(sent);
    if (!answered.ok()) {
      LX_DO(put_right(answered.error()));
      continue;
    }
    const wire::ExchangeAnswer& answer = answered->answer;
    if (answer.verdict == Verdict::kFork || answer.verdict == Verdict::kBehind) {
      // Somebody else wrote under our name since (a restored or copied laptop): what was theirs comes back,
      // ours goes on anew.
      LX_DO(take(sent, *answered));
      LX_DO(replica_.become_new_replica());
      send_from_ = 0;
      continue;
    }
    LX_DO(ask_ahead(sent, answer));
    LX_DO(take(sent, *answered));
    if (answer.verdict == Verdict::kRevoked) return fail("sync.revoked");
    send_from_ = answer.verdict == Verdict::kExpected ? answer.expected : 0;
    send_of_ = sent.start.own.replica;
    if (goes_on(sent, answer)) continue;
    LX_DO(compare(sent, answer));
    LX_TRY(const bool wants_more, replica_.wants_exchange());
    if (wants_more && protocol_ > wire::kProtocolFirst) continue;
    LX_TRY(const bool more_pictures, after_records());
    if (more_pictures) continue;
    return finished();
  }
  return fail("sync.endless");
}

}  // namespace

Status note_comparison(Replica& replica, std::vector<ScopeVerdict> verdicts, Receipt& receipt) {
  LX_TRY(const OutgoingCost left, replica.outgoing_cost());
  receipt.brought_unsent = left.brought;
  receipt.complete = left.changes == 0 && left.brought == 0;
  receipt.scopes.clear();
  for (ScopeVerdict& verdict : verdicts) {
    receipt.complete = receipt.complete && verdict.equal;
    if (verdict.code.empty()) {
      receipt.shelf = std::move(verdict);
    } else {
      receipt.scopes.push_back(std::move(verdict));
    }
  }
  return {};
}

Result<std::uint64_t> new_disputes(Replica& replica, const std::vector<std::string>& before) {
  LX_TRY(const std::vector<std::string> now, replica.disputes());
  std::vector<std::string> fresh;
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::back_inserter(fresh));
  return fresh.size();
}

Result<Receipt> run_sync(Replica& replica, Transport& transport, const Clock& clock,
                         const OnProgress& progress, const CancelFlag& cancel, const SessionLimits& limits) {
  return Session(replica, transport, clock, progress, cancel, limits).run();
}

}  // namespace lianxin::sync::laptop
