// Whose data a laptop holds, as far as the county can know: for the day on which one is lost.
#include <algorithm>
#include <map>
#include <set>

#include "sync/server/service/access.hpp"
#include "sync/server/service/administration.hpp"
#include "sync/server/service/good_faith.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kEntriesAtOnce = 1000;
/// An answer is read a moment after its request was taken in.
constexpr WallMs kAnsweredWithinMs = 60 * 1000;

/// What is known of one scope on one laptop.
struct Holding {
  std::optional<std::uint64_t> position;  ///< it has said so; nullopt = it never did, or not since it erased
  bool had_right = false;                 ///< when it last came
  bool has_right = false;                 ///< today
  WallMs confirmed_ms = 0;                ///< that it had erased all of it
  bool is_older = false;  ///< no right to it has begun since that confirmation, nor on its day
};

/// Records a feed had brought at a position, and those that it has brought if the answer which told it up to
/// `told_ms` has arrived.
Result<std::map<Id, std::uint16_t>> held_at(store::Reader& reader, const store::FeedKey& key,
                                            std::uint64_t position, WallMs told_ms) {
  std::map<Id, std::uint16_t> held;
  std::map<Id, std::uint16_t> told;
  for (std::uint64_t at = 0;;) {
    LX_TRY(const auto rows, reader.feed_with_causes(key, at, kEntriesAtOnce));
    for (const store::FeedEntryRow& row : rows) {
      at = row.entry.position;
      if (at > position && row.cause.accepted_ms > told_ms) continue;
      for (auto* const there : {&held, &told}) {
        if (there == &held && at > position) continue;
        if (row.entry.kind == store::FeedKind::kEvict) {
          there->erase(row.entry.record);
        } else {
          (*there)[row.entry.record] = row.entry.record_kind;
        }
      }
    }
    if (!rows.empty()) continue;
    held.merge(told);
    return held;
  }
}

/// Every scope that a right or a position of the laptop names.
Result<std::map<Id, Holding>> holdings_of(store::Reader& reader, const store::DeviceRow& device, WallMs now) {
  std::map<Id, Holding> out;
  LX_TRY(const auto cursors, reader.device_cursors(device.id));
  for (const store::DeviceCursor& cursor : cursors) {
    if (cursor.privacy == 0) out[cursor.scope].position = cursor.position;
  }
  LX_TRY(const Access access, access_of(reader, device.worker, Date::of(now)));
  for (const Held& held : access.scopes)
    out[held.scope].has_right = true;
  const Date seen = Date::of(device.last_seen_ms);
  LX_TRY(const auto grants, reader.grants(device.worker));
  std::map<Id, std::string> began;
  for (const store::GrantRow& grant : grants) {
    // One that was ended on the day of that sync ends with the day before it.
    const bool had_ended = !grant.to.empty() && grant.to < seen.plus_days(-1).text();
    LX_TRY(const auto units, reader.units_under(grant.division));
    for (const store::UnitRow& unit : units) {
      out[unit.id].had_right = out[unit.id].had_right || (grant.from <= seen.text() && !had_ended);
      began[unit.id] = std::max(began[unit.id], grant.from);
    }
  }
  for (auto& [scope, one] : out) {
    LX_TRY(one.confirmed_ms, scope_confirmed(reader, device.id, scope));
    one.is_older = began[scope] < Date::of(one.confirmed_ms).text();
  }
  return out;
}

/// It said that it had erased all of the scope. From then on it names no position there; one that an earlier
/// program kept all the same counts where no right can have begun since.
bool is_erased(const Holding& one) {
  return one.confirmed_ms != 0 && !one.has_right && (!one.position || one.is_older);
}

}  // namespace

Result<DeviceReport> Administration::report_device(const Id& device) const {
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const auto row, reader->device(device));
  if (!row) return fail("device.unknown", {{"device", device.text()}});
  DeviceReport report;
  report.device = *row;
  LX_TRY(report.worker_name, worker_name(*reader, *catalogue_, row->worker));
  LX_TRY(const auto replicas, reader->replicas());
  LX_TRY(report.gaps, gaps_of(*reader, *row, replicas));
  const bool has_come = row->last_number > 0 || row->last_seen_ms > row->enrolled_ms;  // not only enrolled
  WallMs told_ms = has_come ? row->last_seen_ms + kAnsweredWithinMs : 0;
  if (row->revoked_ms != 0) told_ms = std::min(told_ms, row->revoked_ms);
  LX_TRY(const auto holdings, holdings_of(*reader, *row, clock_->now_ms()));
  const std::uint16_t member = catalogue_->kind("member")->wire;
  std::set<Id> members;
  for (const auto& [scope, one] : holdings) {
    DeviceReport::Scope told;
    told.ended = !one.has_right;
    LX_TRY(told.code, code_of(*reader, scope));
    if (is_erased(one)) {
      told.erased_ms = one.confirmed_ms;
      report.scopes.push_back(std::move(told));
      continue;
    }
    if (!one.position && (!one.had_right || !has_come)) continue;
    const store::FeedKey key{scope, 0, Id{}};
    LX_TRY(const store::FeedHead head, reader->feed_head(key));
    LX_TRY(const auto held, held_at(*reader, key, one.position.value_or(0), told_ms));
    if (!one.position && held.empty()) continue;
    told.records = held.size();
    told.up_to_date = head.position <= one.position.value_or(0);
    report.scopes.push_back(std::move(told));
    for (const auto& [record, kind] : held) {
      if (kind == member) members.insert(record);
    }
  }
  std::sort(report.scopes.begin(), report.scopes.end(),
            [](const auto& a, const auto& b) { return a.code < b.code; });
  report.members.assign(members.begin(), members.end());
  return report;
}

}  // namespace lianxin::sync::server
