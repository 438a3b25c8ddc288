#include "sync/server/service/purge_proofs.hpp"

#include <algorithm>
#include <set>

#include "shared/base/log.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::sync::server {
namespace {

/// Purges known here that reach all that this one reaches: of its number or above it, and of its fields.
bool stands(const std::vector<store::PurgeRow>& known, std::uint64_t number,
            const std::vector<std::uint16_t>& fields) {
  return std::all_of(fields.begin(), fields.end(), [&](const std::uint16_t field) {
    return std::any_of(known.begin(), known.end(), [&](const store::PurgeRow& one) {
      return one.number >= number &&
             std::find(one.fields.begin(), one.fields.end(), field) != one.fields.end();
    });
  });
}

/// The purge as it is to stand here. Two lives of the server may have given one number to different purges:
/// a head that holds it then says of neither that its author was told, so both go under a new number.
/// nullopt = it stands.
Result<std::optional<store::PurgeRow>> lacking(store::Reader& reader, const domain::Catalogue& catalogue,
                                               std::uint64_t epoch, const wire::ProvenPurge& shown,
                                               WallMs now_ms) {
  LX_TRY(const auto known, reader.purges_of(shown.record));
  if (stands(known, shown.number, shown.fields)) return std::optional<store::PurgeRow>();
  store::PurgeRow row;
  row.record = shown.record;
  row.number = shown.number;
  std::set<std::uint16_t> fields(shown.fields.begin(), shown.fields.end());
  row.at_ms = now_ms;
  for (const store::PurgeRow& one : known) {
    if (one.number != shown.number) continue;
    fields.insert(one.fields.begin(), one.fields.end());
    row.reason = one.reason;
    LX_TRY(const auto log, reader.changes_of_record(shown.record));
    LX_TRY(row.number, next_number(reader, catalogue, shown.record, log, epoch));
  }
  row.fields.assign(fields.begin(), fields.end());
  LX_TRY(const std::uint64_t last, reader.last_purge());
  row.sequence = last + 1;
  return std::optional(std::move(row));
}

}  // namespace

Bytes prove(const County& county, const store::PurgeRow& purge) {
  return wire::sign(county.sign_keys.secret,
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
    if (!wire::is_signed_by(county.sign_keys.open, words, one.proof)) {
      log_event("exchange.purge_unproven", {{"device", device.id.text()}});
      continue;
    }
    LX_TRY(const auto row, lacking(writer, catalogue, county.epoch, one, now_ms));
    if (!row) continue;
    LX_TRY(std::uint64_t changes, carry_out(writer, catalogue, *row));
    LX_TRY(const std::uint64_t around, carry_out_around(writer, catalogue, *row, now_ms));
    changes += around;
    LX_DO(writer.append_audit(audit_row(now_ms, device.id.text(), "record.purge_shown", row->record,
                                        {{"number", std::to_string(row->number)},
                                         {"fields", std::to_string(field_count(*row))},
                                         {"count", std::to_string(changes)}})));
    ++taken;
  }
  return taken;
}

}  // namespace lianxin::sync::server
