#include "sync/server/service/purge_proofs.hpp"

#include <algorithm>

#include "shared/base/log.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/purging.hpp"

namespace lianxin::sync::server {
namespace {

/// The purge as it is to stand here: what is known of the same number is part of it. nullopt = it stands.
Result<std::optional<store::PurgeRow>> lacking(store::Reader& reader, const wire::ProvenPurge& shown,
                                               WallMs now_ms) {
  LX_TRY(const auto known, reader.purges_of(shown.record));
  store::PurgeRow row;
  row.record = shown.record;
  row.number = shown.number;
  row.fields = shown.fields;
  std::sort(row.fields.begin(), row.fields.end());
  row.at_ms = now_ms;
  for (const store::PurgeRow& one : known) {
    if (one.number != shown.number) continue;
    if (std::includes(one.fields.begin(), one.fields.end(), row.fields.begin(), row.fields.end()))
      return std::optional<store::PurgeRow>();
    std::vector<std::uint16_t> all;
    std::set_union(one.fields.begin(), one.fields.end(), row.fields.begin(), row.fields.end(),
                   std::back_inserter(all));
    row.fields = std::move(all);
    row.reason = one.reason;
  }
  LX_TRY(const std::uint64_t last, reader.last_purge());
  row.sequence = last + 1;
  return std::optional(std::move(row));
}

}  // namespace

Bytes prove(const County& county, const store::PurgeRow& purge) {
  return sign(county.sign_keys.secret,
              wire::purge_to_sign(county.server, purge.record, purge.number, purge.fields));
}

Result<std::uint64_t> take_proven(store::Writer& writer, const domain::Catalogue& catalogue,
                                  const County& county, const store::DeviceRow& device,
                                  const wire::ExchangeRequest& request, WallMs now_ms) {
  std::uint64_t taken = 0;
  const Bytes* content = wire::find_part(request.parts, wire::kPartProvenPurges);
  if (content == nullptr) return taken;
  const auto shown = wire::decode_proven(*content);
  if (!shown.ok()) return taken;
  for (const wire::ProvenPurge& one : shown->purges) {
    const Bytes words = wire::purge_to_sign(county.server, one.record, one.number, one.fields);
    if (!is_signed_by(county.sign_keys.open, words, one.proof)) {
      log_event("exchange.purge_unproven", {{"device", device.id.text()}});
      continue;
    }
    LX_TRY(const auto row, lacking(writer, one, now_ms));
    if (!row) continue;
    LX_TRY(const std::uint64_t changes, carry_out(writer, catalogue, *row));
    LX_DO(writer.append_audit(audit_row(now_ms, device.id.text(), "record.purge_shown", row->record,
                                        {{"number", std::to_string(row->number)},
                                         {"fields", std::to_string(row->fields.size())},
                                         {"count", std::to_string(changes)}})));
    ++taken;
  }
  return taken;
}

}  // namespace lianxin::sync::server
