#include "sync/server/service/overview.hpp"

#include <algorithm>
#include <map>

#include "sync/server/service/access.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_fields.hpp"
#include "sync/server/service/page_links.hpp"

namespace lianxin::sync::server {
namespace {

/// One overview while it is made.
class Making {
 public:
  Making(store::Reader& reader, const domain::Catalogue& catalogue, const Access& access, WallMs now_ms)
      : reader_(reader), catalogue_(catalogue), access_(access), now_ms_(now_ms) {}

  Status name_everybody();
  Status add_places();
  Status add_laptops();
  void add_disputes(const std::map<Id, DisputedRecord>& records);
  void add_kept_aside(std::vector<QuarantineEntry> entries);
  Overview finish();

 private:
  Result<OverviewLaptop> laptop_of(const store::DeviceRow& device);
  const OverviewPlace* first_place_of(const DisputedRecord& record) const;

  store::Reader& reader_;
  const domain::Catalogue& catalogue_;
  const Access& access_;
  WallMs now_ms_;
  Overview out_;
  std::map<Id, OverviewPlace> places_;  ///< by scope
  std::vector<store::ReplicaRow> replicas_;
};

Status Making::name_everybody() {
  LX_TRY(const County county, load_county(reader_));
  out_.county = county.name;
  out_.at_ms = now_ms_;
  LX_TRY(out_.viewer, worker_name(reader_, catalogue_, access_.worker));
  LX_TRY(const store::Counts counts, reader_.counts());
  out_.repairs = counts.repairs;
  return {};
}

Status Making::add_places() {
  std::map<Id, std::string> names;
  for (const Held& held : access_.scopes) {
    if (held.scope.is_nil()) continue;
    LX_TRY(const auto unit, reader_.unit(held.scope));
    if (!unit || unit->level == "store") continue;
    OverviewPlace& place = places_[held.scope];
    place.code = unit->code;
    place.name = unit->name;
    place.level = unit->level;
    if (names.count(unit->parent) == 0) {
      LX_TRY(const auto above, reader_.unit(unit->parent));
      names[unit->parent] = above ? above->name : "";
    }
    place.above = names[unit->parent];
  }
  return {};
}

Result<OverviewLaptop> Making::laptop_of(const store::DeviceRow& device) {
  OverviewLaptop laptop;
  laptop.device = device.id;
  LX_TRY(laptop.worker_name, worker_name(reader_, catalogue_, device.worker));
  const bool has_come =
      device.last_number > 0 || device.last_seen_ms > device.enrolled_ms;  // not only enrolled
  if (has_come) laptop.last_seen_ms = device.last_seen_ms;
  if (device.verdict_number > 0)
    laptop.receipt =
        device.verdict_equal ? OverviewLaptop::Receipt::kEqual : OverviewLaptop::Receipt::kUnequal;
  laptop.clock_offset_ms = device.clock_offset_ms;
  LX_TRY(const DeviceGaps gaps, gaps_of(reader_, device, replicas_));
  laptop.awaited = gaps.awaited();
  return laptop;
}

Status Making::add_laptops() {
  LX_TRY(replicas_, reader_.replicas());
  LX_TRY(const auto devices, reader_.devices());
  const Date today = Date::of(now_ms_);
  for (const store::DeviceRow& device : devices) {
    if (device.sign_key.empty() || device.revoked_ms != 0) continue;
    LX_TRY(const auto grants, reader_.grants(device.worker));
    std::set<Id> divisions;
    for (const store::GrantRow& grant : grants) {
      if (is_in_force(grant, today) && places_.count(grant.division) > 0) divisions.insert(grant.division);
    }
    if (divisions.empty()) continue;
    LX_TRY(const OverviewLaptop laptop, laptop_of(device));
    for (const Id& division : divisions)
      places_.at(division).laptops.push_back(laptop);
  }
  for (auto& [scope, place] : places_) {
    std::stable_sort(place.laptops.begin(), place.laptops.end(),
                     [](const auto& a, const auto& b) { return a.last_seen_ms > b.last_seen_ms; });
  }
  return {};
}

const OverviewPlace* Making::first_place_of(const DisputedRecord& record) const {
  for (const Id& scope : record.scopes) {
    const auto place = places_.find(scope);
    if (place != places_.end()) return &place->second;
  }
  return nullptr;
}

void Making::add_disputes(const std::map<Id, DisputedRecord>& records) {
  for (const auto& [id, record] : records) {
    const bool is_on_shelf =
        std::find(record.scopes.begin(), record.scopes.end(), Id{}) != record.scopes.end();
    const OverviewPlace* first = first_place_of(record);
    if (first == nullptr && !(is_on_shelf && access_.writes_shelf)) continue;
    const domain::Kind* kind = catalogue_.kind(record.kind);
    for (const Dispute& dispute : record.disputes) {
      for (const Id& scope : record.scopes) {
        const auto place = places_.find(scope);
        if (place == places_.end()) continue;
        WallMs& since = place->second.disputed_since_ms;
        since = place->second.disputes == 0 ? dispute.since_ms : std::min(since, dispute.since_ms);
        ++place->second.disputes;
      }
      const domain::Field* field = kind == nullptr ? nullptr : kind->field(dispute.field);
      out_.disputes.push_back({first == nullptr ? "" : first->code, first == nullptr ? "" : first->name,
                               kind == nullptr ? "#" + std::to_string(record.kind) : kind->name,
                               field == nullptr ? "#" + std::to_string(dispute.field) : field->name,
                               dispute.since_ms, field == nullptr ? nullptr : field->own});
    }
  }
}

void Making::add_kept_aside(std::vector<QuarantineEntry> entries) {
  for (QuarantineEntry& entry : entries) {
    const auto place = std::find_if(places_.begin(), places_.end(),
                                    [&](const auto& one) { return one.second.code == entry.scope; });
    if (place != places_.end()) ++place->second.kept_aside;
    // What names no division that is here is the county's to see.
    const bool is_nowhere = entry.scope.empty() && access_.writes_shelf;
    if (place != places_.end() || is_nowhere) out_.kept_aside.push_back(std::move(entry));
  }
}

Overview Making::finish() {
  const auto keep_oldest = [](auto& list, auto moment, std::size_t most) {
    std::stable_sort(list.begin(), list.end(),
                     [&](const auto& a, const auto& b) { return a.*moment < b.*moment; });
    if (list.size() > most) list.resize(most);
  };
  out_.disputes_all = out_.disputes.size();
  out_.kept_aside_all = out_.kept_aside.size();
  keep_oldest(out_.disputes, &OverviewDispute::since_ms, Overview::kDisputesMax);
  keep_oldest(out_.kept_aside, &QuarantineEntry::accepted_ms, Overview::kKeptAsideMax);
  for (auto& [scope, place] : places_)
    out_.places.push_back(std::move(place));
  std::sort(out_.places.begin(), out_.places.end(),
            [](const OverviewPlace& a, const OverviewPlace& b) { return a.code < b.code; });
  return std::move(out_);
}

}  // namespace

Result<Overview> OverviewMaker::at(std::string_view path) {
  const WallMs now = clock_->now_ms();
  LX_TRY(const auto reader, store_->read());
  LX_TRY(const Id worker, page_owner(*reader, path));
  LX_TRY(const Access access, access_of(*reader, worker, Date::of(now)));
  if (access.grants.empty()) return fail("page.unknown");
  LX_TRY(const domain::Catalogue catalogue, county_catalogue(*reader));
  LX_TRY(const Administration office, Administration::open(*store_, catalogue, *clock_));
  Making making(*reader, catalogue, access, now);
  LX_DO(making.name_everybody());
  LX_DO(making.add_places());
  LX_DO(making.add_laptops());
  {
    const std::lock_guard lock(mutex_);
    LX_DO(disputes_.refresh(*reader));
    making.add_disputes(disputes_.records());
  }
  LX_TRY(auto kept_aside, office.quarantine());
  making.add_kept_aside(std::move(kept_aside));
  return making.finish();
}

}  // namespace lianxin::sync::server
