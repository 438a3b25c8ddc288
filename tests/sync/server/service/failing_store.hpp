#pragma once
// A store in which the Nth call fails once, as a full disk or a lost file would: for sweeps over everything
// the service does.
#include <memory>
#include <utility>

#include "sync/server/store/store.hpp"

namespace lianxin::sync::server::store {

/// Counts calls; the one numbered `fail_at` fails.
struct FailurePlan {
  std::uint64_t calls = 0;
  std::uint64_t fail_at = 0;  ///< 0 = never
  [[nodiscard]] bool has_failed() const { return fail_at != 0 && calls >= fail_at; }
  [[nodiscard]] Status due() { return ++calls == fail_at ? Status(fail("store.io")) : Status(); }
};

/// Reader and writer in one: forwards everything.
class FailingWriter final : public Writer {
 public:
  FailingWriter(std::unique_ptr<Writer> inner, FailurePlan& plan) : inner_(std::move(inner)), plan_(&plan) {}

  Result<std::optional<Bytes>> meta(std::string_view name) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->meta(name);
  }
  Result<std::optional<LogRow>> change(const ChangeId& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->change(id);
  }
  Result<bool> has_change(const ChangeId& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->has_change(id);
  }
  Result<std::vector<LogRow>> changes_of(ReplicaId replica, std::uint64_t first, std::size_t limit) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->changes_of(replica, first, limit);
  }
  Result<std::vector<std::uint64_t>> counters_of(ReplicaId replica, std::uint64_t first,
                                                 std::uint64_t last) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->counters_of(replica, first, last);
  }
  Result<std::vector<LogRow>> changes_of_record(const Id& record) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->changes_of_record(record);
  }
  Result<std::vector<LogRow>> quarantined() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->quarantined();
  }
  Status each_change(const OnLogRow& take) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->each_change(take);
  }
  Result<std::optional<RecordRow>> record(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->record(id);
  }
  Result<std::vector<Id>> children(const Id& parent) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->children(parent);
  }
  Result<std::vector<StateRow>> states(const Id& record) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->states(record);
  }
  Status each_record(const OnRecord& take) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->each_record(take);
  }
  Result<std::vector<Id>> records_of_kind(std::uint16_t kind) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->records_of_kind(kind);
  }
  Result<std::vector<Id>> records_in(const Id& scope) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->records_in(scope);
  }
  Result<FeedHead> feed_head(const FeedKey& key) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->feed_head(key);
  }
  Result<std::vector<FeedHead>> feed_heads() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->feed_heads();
  }
  Result<std::vector<FeedRow>> feed(const FeedKey& key, std::uint64_t after, std::size_t limit) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->feed(key, after, limit);
  }
  Result<std::vector<FeedEntryRow>> feed_with_causes(const FeedKey& key, std::uint64_t after,
                                                     std::size_t limit) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->feed_with_causes(key, after, limit);
  }
  Result<bool> is_only_in(const Id& record, const Id& scope) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->is_only_in(record, scope);
  }
  Result<std::vector<Id>> moves_not_listed() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->moves_not_listed();
  }
  Result<std::uint64_t> mark_of_rewrites() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->mark_of_rewrites();
  }
  Result<std::vector<FeedMark>> feed_marks(const FeedKey& key, std::uint64_t after) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->feed_marks(key, after);
  }
  Result<std::vector<FeedKey>> feeds_told(const Id& record, std::uint8_t privacy) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->feeds_told(record, privacy);
  }
  Result<std::vector<std::pair<FeedKey, FeedRow>>> turns_of(const Id& record) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->turns_of(record);
  }
  Result<std::vector<StateRow>> states_in(const FeedKey& key, const Id& after, std::size_t limit) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->states_in(key, after, limit);
  }
  Result<bool> is_gap_free(const FeedKey& key) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->is_gap_free(key);
  }
  Result<std::optional<ReplicaRow>> replica(ReplicaId replica) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->replica(replica);
  }
  Result<std::vector<ReplicaRow>> replicas() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->replicas();
  }
  Result<std::optional<DeviceRow>> device(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->device(id);
  }
  Result<std::vector<DeviceRow>> devices() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->devices();
  }
  Result<std::vector<DeviceRow>> devices_by_selector(std::string_view selector) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->devices_by_selector(selector);
  }
  Result<std::vector<DeviceCursor>> device_cursors(const Id& device) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->device_cursors(device);
  }
  Result<std::vector<GapClosingRow>> gap_closings(const Id& device) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->gap_closings(device);
  }
  Result<std::vector<GrantRow>> grants(const Id& worker) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->grants(worker);
  }
  Result<std::optional<GrantRow>> grant(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->grant(id);
  }
  Result<std::optional<AccountRow>> account(std::string_view name) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->account(name);
  }
  Result<std::optional<UnitRow>> unit(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->unit(id);
  }
  Result<std::optional<UnitRow>> unit_by_code(std::string_view code) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->unit_by_code(code);
  }
  Result<std::vector<UnitRow>> units_under(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->units_under(id);
  }
  Result<std::vector<UnitRow>> units_of_level(std::string_view level) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->units_of_level(level);
  }
  Result<std::vector<UnitRow>> units(std::size_t limit) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->units(limit);
  }
  Result<std::vector<AuditRow>> audit(const AuditFilter& filter) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->audit(filter);
  }
  Result<std::optional<PairingRow>> pairing(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->pairing(id);
  }
  Result<std::vector<PairingRow>> pairings_of(const Id& member) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->pairings_of(member);
  }
  Result<std::vector<PairingRow>> pairings_to_turn(const Id& worker, std::string_view day) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->pairings_to_turn(worker, day);
  }
  Result<std::vector<Id>> shared_with(const Id& record) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->shared_with(record);
  }
  Status put_pairing(const PairingRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_pairing(row);
  }
  Status erase_pairing(const Id& id) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->erase_pairing(id);
  }
  Status put_shared_with(const Id& record, const std::vector<Id>& workers) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_shared_with(record, workers);
  }
  Result<Counts> counts() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->counts();
  }
  Status lock(const std::vector<ReplicaId>& replicas, const std::vector<Id>& records) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->lock(replicas, records);
  }
  Status put_meta(std::string_view name, BytesView value) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_meta(name, value);
  }
  Status append_change(const LogRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->append_change(row);
  }
  Status set_change_status(const ChangeId& id, ChangeStatus status, std::string_view reason) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->set_change_status(id, status, reason);
  }
  Status put_record(const RecordRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_record(row);
  }
  Result<std::vector<std::pair<FeedKey, FeedRow>>> enters_of(const Id& record) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->enters_of(record);
  }
  Result<std::vector<PurgeRow>> purges(std::uint64_t after, std::size_t limit) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->purges(after, limit);
  }
  Result<std::uint64_t> last_purge() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->last_purge();
  }
  Result<std::vector<PurgeRow>> purges_of(const Id& record) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->purges_of(record);
  }
  Status set_change_values(const ChangeId& id, BytesView values) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->set_change_values(id, values);
  }
  Status settle_early(const ChangeId& id, const Hash256& hash, const Id& device) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->settle_early(id, hash, device);
  }
  Status set_entry_state(const FeedKey& key, std::uint64_t position, BytesView state) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->set_entry_state(key, position, state);
  }
  Status put_purge(const PurgeRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_purge(row);
  }
  Status put_state(const StateRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_state(row);
  }
  Status append_feed(const FeedKey& key, const std::vector<FeedRow>& rows, const Digest128& plus,
                     const Digest128& minus, std::int64_t records) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->append_feed(key, rows, plus, minus, records);
  }
  Status put_replica(const ReplicaRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_replica(row);
  }
  Status put_device(const DeviceRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_device(row);
  }
  Status put_device_cursors(const Id& device, const std::vector<DeviceCursor>& cursors) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_device_cursors(device, cursors);
  }
  Status erase_device_cursors(const Id& device, const Id& scope) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->erase_device_cursors(device, scope);
  }
  Status append_gap_closing(const GapClosingRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->append_gap_closing(row);
  }
  Status put_grant(const GrantRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_grant(row);
  }
  Status put_account(const AccountRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_account(row);
  }
  Status put_unit(const UnitRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->put_unit(row);
  }
  Status append_audit(const AuditRow& row) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->append_audit(row);
  }
  Status begin_savepoint() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->begin_savepoint();
  }
  Status end_savepoint(bool keep) override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->end_savepoint(keep);
  }
  Status commit() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    return inner_->commit();
  }

 private:
  std::unique_ptr<Writer> inner_;
  FailurePlan* plan_;
};

/// Only writing fails: readers are the inner store's.
class FailingStore final : public Store {
 public:
  FailingStore(Store& inner, FailurePlan& plan) : inner_(&inner), plan_(&plan) {}
  Result<std::unique_ptr<Reader>> read() override { return inner_->read(); }
  Result<std::unique_ptr<Writer>> write() override {
    if (Status due = plan_->due(); !due.ok()) return due.error();
    LX_TRY(auto writer, inner_->write());
    return std::unique_ptr<Writer>(std::make_unique<FailingWriter>(std::move(writer), *plan_));
  }
  Status backup(const std::filesystem::path& target) override { return inner_->backup(target); }
  Status check_files() override { return inner_->check_files(); }

 private:
  Store* inner_;
  FailurePlan* plan_;
};

}  // namespace lianxin::sync::server::store
