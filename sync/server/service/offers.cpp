#include "sync/server/service/offers.hpp"

#include <algorithm>
#include <set>

#include "sync/change/hlc.hpp"
#include "sync/server/service/aliases.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/branches.hpp"
#include "sync/server/service/intake.hpp"
#include "sync/server/service/intake_rights.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::string_view kReason = "early";

/// How far what nobody signed can be what this server told before it was restored.
enum class Belief : std::uint8_t {
  kYes,
  kPerhaps,  ///< of a laptop that this server does not know any more
  kNo,
};

/// Kept aside until somebody brings it who may hold the scope, or its author comes.
bool waits_for_bringer(const store::LogRow& row) {
  return row.early && row.status == store::ChangeStatus::kQuarantined && row.reason == kReason;
}

std::string whole_name(ReplicaId replica) { return "whole." + replica.text(); }

/// One request's offers, inside the transaction that takes them.
class Offers {
 public:
  Offers(store::Writer& writer, const domain::Catalogue& catalogue, const store::DeviceRow& device,
         const Access& access, County county, WallMs now_ms)
      : writer_(writer),
        catalogue_(catalogue),
        device_(device),
        access_(access),
        county_(std::move(county)),
        now_ms_(now_ms),
        workspace_(writer, catalogue) {}
  /// True = it was kept.
  [[nodiscard]] Result<bool> take(const wire::OfferedChange& offered);
  [[nodiscard]] Status finish();
  [[nodiscard]] std::vector<Id> moved() const { return workspace_.moved(); }

 private:
  [[nodiscard]] Result<std::optional<store::DeviceRow>> device_of(ReplicaId replica);
  [[nodiscard]] Result<Belief> belief_in(const wire::OfferedChange& offered, const change::ChangeBody& body);
  [[nodiscard]] Result<bool> could_know(const change::ChangeBody& body);
  [[nodiscard]] Result<std::string> reason_against(const wire::OfferedChange& offered,
                                                   const change::ChangeBody& body,
                                                   const change::ChangeValues& values, bool is_own);
  [[nodiscard]] bool is_our_own(const wire::OfferedChange& offered, const change::ChangeBody& body,
                                const change::ChangeValues& values) const;
  [[nodiscard]] Result<bool> judge_again(store::LogRow row, const wire::OfferedChange& offered, bool is_own);
  [[nodiscard]] Status judge_brought_before(const Id& record);
  [[nodiscard]] store::LogRow row_of(const change::ChangeBody& body, const wire::OfferedChange& offered,
                                     const change::ChangeValues& values) const;

  store::Writer& writer_;
  const domain::Catalogue& catalogue_;
  const store::DeviceRow& device_;
  const Access& access_;
  const County county_;
  const WallMs now_ms_;
  Workspace workspace_;
  std::optional<std::vector<store::DeviceRow>> devices_;
  std::set<Id> said_;  ///< records of which the server itself had written something that was taken
};

/// The enrolled laptop that writes, or wrote, under this name.
Result<std::optional<store::DeviceRow>> Offers::device_of(ReplicaId replica) {
  if (!devices_) {
    LX_TRY(devices_, writer_.devices());
  }
  LX_TRY(const auto row, writer_.replica(replica));
  for (const store::DeviceRow& device : *devices_) {
    const bool is_its = row && !row->device.is_nil() ? row->device == device.id : device.replica == replica;
    if (is_its && device.enrolled_ms != 0) return std::optional(device);
  }
  return std::optional<store::DeviceRow>();
}

Result<Belief> Offers::belief_in(const wire::OfferedChange& offered, const change::ChangeBody& body) {
  LX_TRY(const WallMs restored, restored_ms(writer_, county_));
  const bool is_from_before = offered.suspect || change::hlc_ms(body.hlc) <= restored + kClockToleranceMs;
  if (restored == 0 || !is_from_before) return Belief::kNo;
  LX_TRY(const auto row, writer_.replica(body.id.replica));
  if (row && row->device.is_nil()) return Belief::kNo;  // our own, without our mark
  LX_TRY(const auto author, device_of(body.id.replica));
  if (!author) return body.author == device_.worker ? Belief::kYes : Belief::kPerhaps;
  if (author->worker != body.author) return Belief::kNo;
  if (author->id == device_.id || author->replica != body.id.replica) return Belief::kYes;
  LX_TRY(const auto whole, writer_.meta(whole_name(body.id.replica)));
  return whole == std::to_string(county_.epoch) ? Belief::kNo : Belief::kYes;
}

/// Whether the one who brings it could have read it: it was told to that laptop by this server once.
Result<bool> Offers::could_know(const change::ChangeBody& body) {
  const domain::Kind* kind = catalogue_.kind(body.kind);
  const bool on_shelf = kind != nullptr && kind->scope_rule == domain::ScopeRule::kShelf;
  if (on_shelf) return access_.writes_shelf;
  LX_TRY(const Id present, workspace_.present_unit(body.scope));
  if ((access_.holds(body.scope) || access_.holds(present)) && !body.scope.is_nil()) return true;
  LX_TRY(const auto scopes, workspace_.scopes_of(body.record));
  return std::any_of(scopes.begin(), scopes.end(),
                     [&](const Id& scope) { return !scope.is_nil() && access_.holds(scope); });
}

/// Why it is kept aside; "" = it is applied. What the server itself wrote asks for nobody's right: whoever
/// was handed a record may be the only one left to tell of it, and its head names the village that it left.
Result<std::string> Offers::reason_against(const wire::OfferedChange& offered, const change::ChangeBody& body,
                                           const change::ChangeValues& values, bool is_own) {
  LX_TRY(const bool other_kind, is_of_another_kind(workspace_, body));
  if (other_kind) return std::string("kind");
  const std::size_t bytes = offered.change.body.size() + offered.change.values.size();
  LX_TRY(const bool fits, workspace_.has_room(body.record, body.privacy(), bytes));
  if (!fits) return std::string("too_large");
  if (is_own) return std::string();
  LX_TRY(const bool known, could_know(body));
  LX_TRY(const bool takes, joins_unheld(workspace_, access_, body, values, Id{}));
  return std::string(known && !takes ? std::string_view() : kReason);
}

store::LogRow Offers::row_of(const change::ChangeBody& body, const wire::OfferedChange& offered,
                             const change::ChangeValues& values) const {
  store::LogRow row;
  row.id = body.id;
  row.action = body.action;
  row.record = body.record;
  row.kind = body.kind;
  row.parent = body.parent;
  row.head_scope = body.scope;
  row.privacy = body.privacy();
  row.author = body.author;
  row.device = device_.id;
  row.body = offered.change.body;
  row.values = change::encode_values(values);
  row.accepted_ms = now_ms_;
  row.effective_ms = std::min(offered.effective_ms, now_ms_);
  row.suspect = offered.suspect;
  row.early = true;
  return row;
}

/// Values lie sealed to us where the record has left the laptop that wrote them (6.3).
Bytes opened_values(const County& county, const Bytes& sent, const change::ChangeBody& body) {
  if (change::decode_values(sent, body).ok()) return sent;
  return open_sealed(county.seal_keys, sent).value_or(Bytes());
}

/// A name that no chain has.
void give_own_name(change::ChangeBody& body, wire::OfferedChange& offered) {
  body.id.replica = branch_name(hash256(offered.change.body + offered.change.values));
  offered.change.body = change::encode_body(body);
}

/// It carries the server's mark.
bool Offers::is_our_own(const wire::OfferedChange& offered, const change::ChangeBody& body,
                        const change::ChangeValues& values) const {
  return body.author == county_.administrator && values.secret &&
         *values.secret == own_secret(county_.sign_keys.secret, offered.change.body, values.values);
}

Result<bool> Offers::take(const wire::OfferedChange& told) {
  wire::OfferedChange offered = told;
  auto read = change::decode_body(offered.change.body);
  if (!read.ok() || read->id.replica == county_.replica) return false;
  change::ChangeBody body = std::move(*read);
  offered.change.values = opened_values(county_, offered.change.values, body);
  auto values = change::decode_values(offered.change.values, body);
  if (!values.ok()) return false;
  const bool is_own = is_our_own(offered, body, *values);
  if (is_own) said_.insert(body.record);
  LX_TRY(const Belief belief, is_own ? Result<Belief>(Belief::kYes) : belief_in(offered, body));
  LX_TRY(auto here, writer_.change(body.id));
  if (belief == Belief::kNo && !here) {
    give_own_name(body, offered);
    LX_TRY(here, writer_.change(body.id));
  }
  if (here) return belief == Belief::kYes ? judge_again(std::move(*here), offered, is_own) : Result(false);
  LX_TRY(const bool lost, drop_on_arrival(writer_, catalogue_, body, *values, now_ms_));
  (void)lost;
  store::LogRow row = row_of(body, offered, *values);
  LX_TRY(row.reason, reason_against(offered, body, *values, is_own));
  if (belief != Belief::kYes && row.reason.empty()) row.reason = kReason;
  if (!row.reason.empty()) row.status = store::ChangeStatus::kQuarantined;
  LX_DO(writer_.append_change(row));
  LX_TRY(const Merged merged, workspace_.merge(row, body, *values));
  (void)merged;
  return true;
}

/// It was brought by somebody who may not hold the scope, and is brought now by one who may.
Result<bool> Offers::judge_again(store::LogRow row, const wire::OfferedChange& offered, bool is_own) {
  if (!waits_for_bringer(row) || row.body != offered.change.body) return false;
  LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
  LX_TRY(const change::ChangeValues values, change::decode_values(row.values, body));
  LX_TRY(const change::ChangeValues told, change::decode_values(offered.change.values, body));
  if (change::value_hashes(body, values) != change::value_hashes(body, told)) return false;
  LX_TRY(const std::string reason, reason_against(offered, body, values, is_own));
  if (!reason.empty()) return false;
  row.status = store::ChangeStatus::kApplied;
  row.reason.clear();
  LX_DO(writer_.set_change_status(row.id, row.status, ""));
  LX_TRY(const Merged merged, workspace_.merge(row, body, values));
  (void)merged;
  return true;
}

/// What the same laptop had brought before the hand-over that shows it may hold the record.
Status Offers::judge_brought_before(const Id& record) {
  LX_TRY(const auto rows, writer_.changes_of_record(record));
  for (const store::LogRow& row : rows) {
    if (!waits_for_bringer(row) || row.device != device_.id) continue;
    const wire::OfferedChange offered{{row.body, row.values}, row.effective_ms, row.suspect};
    LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
    LX_TRY(const Belief belief, belief_in(offered, body));
    if (belief != Belief::kYes) continue;
    LX_TRY(const bool applied, judge_again(row, offered, false));
    (void)applied;
  }
  return {};
}

Status Offers::finish() {
  LX_DO(workspace_.flush());
  for (const Id& record : said_)
    LX_DO(judge_brought_before(record));
  return workspace_.flush();
}

}  // namespace

Result<wire::OfferAnswer> tell_lacking(store::Reader& reader, const wire::OfferRequest& request) {
  std::set<ChangeId> waiting;
  LX_TRY(const auto aside, reader.quarantined());
  for (const store::LogRow& row : aside) {
    if (waits_for_bringer(row)) waiting.insert(row.id);
  }
  std::vector<ChangeId> lacking;
  std::uint64_t asked = 0;
  for (const wire::IdRun& run : request.have) {
    for (std::uint64_t counter = run.first; counter != 0 && counter <= run.last; ++counter) {
      if (++asked > kOffersAskedMax) return fail("wire.malformed", {}, "offers");
      LX_TRY(const bool here, reader.has_change({run.replica, counter}));
      if (!here || waiting.count({run.replica, counter}) > 0) lacking.push_back({run.replica, counter});
    }
  }
  return wire::OfferAnswer{wire::runs_of(lacking)};
}

Result<std::uint64_t> keep_early(store::Writer& writer, const domain::Catalogue& catalogue,
                                 const store::DeviceRow& device, const Access& access,
                                 const wire::OfferRequest& request, WallMs now_ms) {
  if (request.changes.empty() || device.revoked_ms != 0) return std::uint64_t{0};
  LX_TRY(const County county, load_county(writer));
  Offers offers(writer, catalogue, device, access, county, now_ms);
  std::uint64_t kept = 0;
  for (const wire::OfferedChange& offered : request.changes) {
    LX_TRY(const bool one, offers.take(offered));
    kept += one ? 1 : 0;
  }
  LX_DO(offers.finish());
  LX_DO(Intake(writer, catalogue, now_ms).judge_again(offers.moved(), county));
  if (kept > 0)
    LX_DO(writer.append_audit(
        audit_row(now_ms, device.id.text(), "exchange.early", Id{}, {{"count", std::to_string(kept)}})));
  return kept;
}

Status note_whole(store::Writer& writer, const County& county, ReplicaId replica) {
  if (county.epoch <= kEpochFirst) return {};
  const std::string epoch = std::to_string(county.epoch);
  LX_TRY(const auto known, writer.meta(whole_name(replica)));
  return known == epoch ? Status{} : writer.put_meta(whole_name(replica), epoch);
}

change::Secret own_secret(BytesView sign_secret, BytesView body,
                          const std::vector<change::WriteValue>& values) {
  const Hash256 key = hash256("lianxin own change", sign_secret);
  Bytes words(body);
  for (const change::WriteValue& value : values) {
    words += static_cast<char>(value.state);
    words += std::to_string(value.text.size()) + ":" + value.text;
  }
  const Hash256 mark = hash256(words, key.bytes());
  change::Secret secret{};
  std::copy_n(mark.octets.begin(), secret.size(), secret.begin());
  return secret;
}

}  // namespace lianxin::sync::server
