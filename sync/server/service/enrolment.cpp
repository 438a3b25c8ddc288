#include "sync/server/service/enrolment.hpp"

#include <algorithm>

#include "sync/server/service/access.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kPublicKeyBytes = 32;  // Ed25519 and X25519 alike

/// The device a code stands for; wrong tries are counted on every device it might have meant.
Result<std::optional<store::DeviceRow>> device_of_code(store::Writer& writer, const JoinCode& code) {
  if (code.text.size() < code.selector().size() + 1) return std::optional<store::DeviceRow>();
  LX_TRY(auto rows, writer.devices_by_selector(code.selector()));
  const Bytes hash = join_hash(code);
  for (store::DeviceRow& row : rows) {
    if (row.join_hash == hash) return std::optional(row);
  }
  for (store::DeviceRow& row : rows) {
    ++row.join_tries;
    LX_DO(writer.put_device(row));
  }
  return std::optional<store::DeviceRow>();
}

/// Somebody else's chain goes by this name, or one that has begun. A laptop that was given another worker's
/// code and would not have it (enrol.other_worker) comes again with the right one.
Result<bool> is_taken(store::Reader& reader, const wire::EnrolRequest& request) {
  LX_TRY(const auto known, reader.replica(request.replica));
  if (!known) return false;
  LX_TRY(const auto device, reader.device(known->device));
  return known->counter != 0 || !device || device->sign_key != request.sign_key;
}

}  // namespace

Result<wire::EnrolAnswer> enrol_answer(store::Reader& reader, const County& county,
                                       const store::DeviceRow& device, WallMs now_ms) {
  wire::EnrolAnswer answer;
  answer.device = device.id;
  answer.worker = device.worker;
  LX_TRY(answer.worker_name, worker_name(reader, domain::Catalogue::base(), device.worker));
  answer.server = county.server;
  answer.server_name = county.name;
  answer.epoch = county.epoch;
  answer.server_sign_key = county.sign_keys.open;
  answer.server_seal_key = county.seal_keys.open;
  answer.server_ms = now_ms;
  LX_TRY(const Access access, access_of(reader, device.worker, Date::of(now_ms)));
  answer.scopes = to_wire(access.scopes);
  return answer;
}

Result<wire::EnrolAnswer> enrol(store::Store& store, const County& county, const wire::EnrolRequest& request,
                                WallMs now_ms) {
  if (request.sign_key.size() != kPublicKeyBytes || request.seal_key.size() != kPublicKeyBytes ||
      request.replica.number == 0)
    return fail("enrol.request");
  LX_TRY(const auto writer, store.write());
  LX_TRY(auto device, device_of_code(*writer, read_join_code(request.code)));
  if (!device) {
    LX_DO(writer->commit());  // the count of tries
    return fail("enrol.code");
  }
  if (device->enrolled_ms != 0) {
    const bool repeated = device->sign_key == request.sign_key && device->seal_key == request.seal_key &&
                          device->revoked_ms == 0;
    return repeated ? enrol_answer(*writer, county, *device, now_ms)
                    : Result<wire::EnrolAnswer>(fail("enrol.used"));
  }
  if (device->join_tries >= kJoinTriesMax || device->revoked_ms != 0) return fail("enrol.code");
  if (now_ms > device->join_expires_ms) return fail("enrol.expired");
  LX_TRY(const bool taken, is_taken(*writer, request));
  if (taken) return fail("exchange.replica", {{"replica", request.replica.text()}});
  device->sign_key = request.sign_key;
  device->seal_key = request.seal_key;
  device->replica = request.replica;
  device->enrolled_ms = now_ms;
  device->last_seen_ms = now_ms;
  device->clock_offset_ms = request.wall_ms - now_ms;
  LX_DO(writer->put_device(*device));
  store::ReplicaRow replica;
  replica.replica = request.replica;
  replica.device = device->id;
  LX_DO(writer->put_replica(replica));
  LX_DO(writer->append_audit(
      audit_row(now_ms, device->id.text(), "device.enrol", Id{}, {{"replica", request.replica.text()}})));
  LX_TRY(auto answer, enrol_answer(*writer, county, *device, now_ms));
  LX_DO(writer->commit());
  return answer;
}

}  // namespace lianxin::sync::server
