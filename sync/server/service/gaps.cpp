#include "sync/server/service/gaps.hpp"

#include <algorithm>
#include <map>

#include "sync/server/service/administration.hpp"
#include "sync/server/service/audit_log.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::uint64_t kNoEnd = INT64_MAX;  // counters are kept as signed numbers

std::uint64_t length_of(std::uint64_t first, std::uint64_t last) { return last - first + 1; }

/// What is left of first to last without the closed parts.
void add_open(std::vector<wire::IdRun>& open, ReplicaId replica, std::uint64_t first, std::uint64_t last,
              const std::vector<DeviceGaps::Closed>& closed) {
  std::map<std::uint64_t, std::uint64_t> taken;  // last by first
  for (const DeviceGaps::Closed& one : closed) {
    if (one.closing.replica != replica || one.closing.last < first || one.closing.first > last) continue;
    std::uint64_t& end = taken[one.closing.first];
    end = std::max(end, one.closing.last);
  }
  for (const auto& [from, to] : taken) {
    if (from > first) open.push_back({replica, first, from - 1});
    first = std::max(first, to + 1);
  }
  if (first <= last) open.push_back({replica, first, last});
}

}  // namespace

std::uint64_t DeviceGaps::awaited() const {
  std::uint64_t count = 0;
  for (const wire::IdRun& run : open)
    count += length_of(run.first, run.last);
  return count;
}

std::uint64_t DeviceGaps::closed_missing() const {
  std::uint64_t count = 0;
  for (const Closed& one : closed)
    count += one.missing();
  return count;
}

std::uint64_t DeviceGaps::arrived_late() const {
  std::uint64_t count = 0;
  for (const Closed& one : closed)
    count += one.arrived;
  return count;
}

Result<DeviceGaps> gaps_of(store::Reader& reader, const store::DeviceRow& device,
                           const std::vector<store::ReplicaRow>& replicas) {
  DeviceGaps gaps;
  LX_TRY(auto closings, reader.gap_closings(device.id));
  for (store::GapClosingRow& closing : closings) {
    LX_TRY(const auto here, reader.counters_of(closing.replica, closing.first, closing.last));
    gaps.closed.push_back({std::move(closing), here.size()});
  }
  std::map<ReplicaId, std::uint64_t> watermarks;
  // Enrolled and not seen since: what others bring of it can be all there is.
  if (device.replica.number != 0) watermarks[device.replica] = 0;
  for (const store::ReplicaRow& replica : replicas) {
    if (replica.device == device.id) watermarks[replica.replica] = replica.counter;
  }
  for (const auto& [replica, counter] : watermarks) {
    LX_TRY(const auto beyond, reader.counters_of(replica, counter + 1, kNoEnd));
    std::uint64_t next = counter + 1;
    for (const std::uint64_t here : beyond) {
      if (here > next) add_open(gaps.open, replica, next, here - 1, gaps.closed);
      next = here + 1;
    }
  }
  return gaps;
}

Result<std::map<Id, DeviceGaps>> Administration::device_gaps() const {
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto replicas, reader->replicas());
  LX_TRY(const auto devices, reader->devices());
  std::map<Id, DeviceGaps> all;
  for (const store::DeviceRow& device : devices) {
    LX_TRY(all[device.id], gaps_of(*reader, device, replicas));
  }
  return all;
}

Result<DeviceGaps> Administration::close_gap(const Id& device, std::string_view reason) {
  if (reason.empty()) return fail("device.gap_reason");
  const WallMs now = clock_->now_ms();
  LX_TRY(const auto writer, store_->write());
  LX_TRY(const auto row, writer->device(device));
  if (!row) return fail("device.unknown", {{"device", device.text()}});
  if (row->revoked_ms == 0) return fail("device.not_revoked", {{"device", device.text()}});
  LX_TRY(const auto replicas, writer->replicas());
  LX_TRY(const DeviceGaps before, gaps_of(*writer, *row, replicas));
  if (before.open.empty()) return fail("device.no_gap", {{"device", device.text()}});
  const std::string who(kByAdministrator);
  for (const wire::IdRun& run : before.open)
    LX_DO(writer->append_gap_closing(
        {device, run.replica, run.first, run.last, now, who, std::string(reason)}));
  LX_DO(writer->append_audit(audit_row(now, who, "device.close_gap", row->worker,
                                       {{"device", device.text()},
                                        {"count", std::to_string(before.awaited())},
                                        {"runs", std::to_string(before.open.size())},
                                        {"reason", std::string(reason)}})));
  LX_TRY(DeviceGaps after, gaps_of(*writer, *row, replicas));
  LX_DO(writer->commit());
  return after;
}

}  // namespace lianxin::sync::server
