#include "sync/server/service/offers.hpp"

#include <algorithm>

#include "sync/server/service/aliases.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::uint64_t kAskedMax = 1'000'000;

/// Whether the one who brings it could have read it: it was told to that laptop by this server once.
Result<bool> could_know(Workspace& workspace, const domain::Catalogue& catalogue, const Access& access,
                        const County& county, const change::ChangeBody& body) {
  const domain::Kind* kind = catalogue.kind(body.kind);
  const bool on_shelf = kind != nullptr && kind->scope_rule == domain::ScopeRule::kShelf;
  if (on_shelf) return access.writes_shelf || body.author == county.administrator;
  if (access.holds(body.scope) && !body.scope.is_nil()) return true;
  LX_TRY(const auto scopes, workspace.scopes_of(body.record));
  return std::any_of(scopes.begin(), scopes.end(),
                     [&](const Id& scope) { return !scope.is_nil() && access.holds(scope); });
}

store::LogRow row_of(const change::ChangeBody& body, const wire::OfferedChange& offered,
                     const change::ChangeValues& values, const store::DeviceRow& device, WallMs now_ms) {
  store::LogRow row;
  row.id = body.id;
  row.action = body.action;
  row.record = body.record;
  row.kind = body.kind;
  row.parent = body.parent;
  row.head_scope = body.scope;
  row.privacy = body.writes.empty() ? 0 : body.writes.front().privacy;
  row.author = body.author;
  row.device = device.id;
  row.body = offered.change.body;
  row.values = change::encode_values(values);
  row.accepted_ms = now_ms;
  row.effective_ms = std::min(offered.effective_ms, now_ms);
  row.suspect = offered.suspect;
  row.early = true;
  return row;
}

/// Values lie sealed to us where the record has left the laptop that wrote them (6.3).
Bytes opened_values(const County& county, const Bytes& sent, const change::ChangeBody& body) {
  if (change::decode_values(sent, body).ok()) return sent;
  return open_sealed(county.seal_keys, sent).value_or(Bytes());
}

}  // namespace

Result<wire::OfferAnswer> tell_lacking(store::Reader& reader, const wire::OfferRequest& request) {
  std::vector<ChangeId> lacking;
  std::uint64_t asked = 0;
  for (const wire::IdRun& run : request.have) {
    for (std::uint64_t counter = run.first; counter != 0 && counter <= run.last; ++counter) {
      if (++asked > kAskedMax) return fail("wire.malformed", {}, "offers");
      LX_TRY(const bool here, reader.has_change({run.replica, counter}));
      if (!here) lacking.push_back({run.replica, counter});
    }
  }
  return wire::OfferAnswer{wire::runs_of(lacking)};
}

Result<std::uint64_t> keep_early(store::Writer& writer, const domain::Catalogue& catalogue,
                                 const store::DeviceRow& device, const Access& access,
                                 const wire::OfferRequest& request, WallMs now_ms) {
  if (request.changes.empty() || device.revoked_ms != 0) return std::uint64_t{0};
  LX_TRY(const County county, load_county(writer));
  Workspace workspace(writer, catalogue);
  std::uint64_t kept = 0;
  for (const wire::OfferedChange& offered : request.changes) {
    const auto body = change::decode_body(offered.change.body);
    if (!body.ok()) continue;
    const auto values_sent = opened_values(county, offered.change.values, *body);
    auto values = change::decode_values(values_sent, *body);
    LX_TRY(const bool here, writer.has_change(body->id));
    if (!values.ok() || here || body->id.replica == county.replica) continue;
    LX_TRY(const bool lost, drop_purged(writer, *body, *values));
    (void)lost;
    store::LogRow row = row_of(*body, offered, *values, device, now_ms);
    LX_TRY(const bool known, could_know(workspace, catalogue, access, county, *body));
    LX_TRY(const bool takes, joins_unheld(workspace, access, *body, *values, Id{}));
    if (!known || takes) {
      row.status = store::ChangeStatus::kQuarantined;
      row.reason = "early";
    }
    LX_DO(writer.append_change(row));
    LX_TRY(const Merged merged, workspace.merge(row, *body, *values));
    (void)merged;
    ++kept;
  }
  LX_DO(workspace.flush());
  if (kept > 0)
    LX_DO(writer.append_audit(
        {0, now_ms, device.id.text(), "exchange.early", Id{}, std::to_string(kept) + " changes"}));
  return kept;
}

}  // namespace lianxin::sync::server
