#pragma once
// One open transaction on one connection of either engine: a reader's moment, or the one writer. Private to
// `sync/server/store`.
#include <functional>
#include <memory>

#include "sync/server/store/lists.hpp"
#include "sync/server/store/sql/statement.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server::store {

/// Inserts a row or replaces the one with its key; `columns` begin with the key. Parameters in their order.
[[nodiscard]] std::string put_row_sql(std::string_view table, const std::vector<std::string_view>& columns);

/// Feeds that told of a record ?1 in a class ?2. The second word about the class lets the index be used,
/// which has no others.
inline constexpr std::string_view kFeedsToldSql =
    "SELECT DISTINCT scope, audience FROM feed WHERE record = ?1 AND privacy = ?2 AND privacy >= 3 ORDER BY "
    "scope, audience";

/// Entries by which a record ?1 came in or left; each half has an index of its own.
inline constexpr std::string_view kTurnsSql =
    "SELECT scope, privacy, audience, position, kind, replica, counter FROM feed WHERE record = ?1 AND kind "
    "= 3 "
    "UNION ALL SELECT scope, privacy, audience, position, kind, replica, counter FROM feed WHERE record = ?1 "
    "AND "
    "kind = 4";

/// A connection on loan; `give_back` gets it when the session ends.
class SqlSession final : public Writer {
 public:
  using GiveBack = std::function<void(std::unique_ptr<SqlConnection>)>;
  /// `lists` = where purges and grants are also written before a commit; nullptr for a reader.
  SqlSession(std::unique_ptr<SqlConnection> connection, GiveBack give_back, Lists* lists = nullptr)
      : connection_(std::move(connection)), give_back_(std::move(give_back)), lists_(lists) {}
  SqlSession(const SqlSession&) = delete;
  SqlSession& operator=(const SqlSession&) = delete;
  /// Undoes what was not committed.
  ~SqlSession() override;
  [[nodiscard]] Status begin(bool writing);

  Result<std::optional<Bytes>> meta(std::string_view name) override;
  Result<std::optional<LogRow>> change(const ChangeId& id) override;
  Result<bool> has_change(const ChangeId& id) override;
  Result<std::vector<LogRow>> changes_of(ReplicaId replica, std::uint64_t first, std::size_t limit) override;
  Result<std::vector<std::uint64_t>> counters_of(ReplicaId replica, std::uint64_t first,
                                                 std::uint64_t last) override;
  Result<std::vector<LogRow>> changes_of_record(const Id& record) override;
  Result<bool> is_only_in(const Id& record, const Id& scope) override;
  Result<std::vector<Id>> moves_not_listed() override;
  Result<std::vector<LogRow>> quarantined() override;
  Status each_change(const OnLogRow& take) override;
  Result<std::optional<RecordRow>> record(const Id& id) override;
  Result<std::vector<Id>> children(const Id& parent) override;
  Result<std::vector<StateRow>> states(const Id& record) override;
  Status each_record(const OnRecord& take) override;
  Result<std::vector<Id>> records_of_kind(std::uint16_t kind) override;
  Result<std::vector<Id>> records_in(const Id& scope) override;
  Result<FeedHead> feed_head(const FeedKey& key) override;
  Result<std::vector<FeedHead>> feed_heads() override;
  Result<std::vector<FeedRow>> feed(const FeedKey& key, std::uint64_t after, std::size_t limit) override;
  Result<std::vector<FeedEntryRow>> feed_with_causes(const FeedKey& key, std::uint64_t after,
                                                     std::size_t limit) override;
  Result<std::vector<FeedMark>> feed_marks(const FeedKey& key, std::uint64_t after) override;
  Result<std::vector<FeedKey>> feeds_told(const Id& record, std::uint8_t privacy) override;
  Result<std::vector<std::pair<FeedKey, FeedRow>>> turns_of(const Id& record) override;
  Result<std::vector<StateRow>> states_in(const FeedKey& key, const Id& after, std::size_t limit) override;
  Result<bool> is_gap_free(const FeedKey& key) override;
  Result<std::vector<std::pair<FeedKey, FeedRow>>> enters_of(const Id& record) override;
  Result<std::uint64_t> mark_of_rewrites() override;
  Result<std::vector<PurgeRow>> purges(std::uint64_t after, std::size_t limit) override;
  Result<std::uint64_t> last_purge() override;
  Result<std::vector<PurgeRow>> purges_of(const Id& record) override;
  Result<std::optional<ReplicaRow>> replica(ReplicaId replica) override;
  Result<std::vector<ReplicaRow>> replicas() override;
  Result<std::optional<DeviceRow>> device(const Id& id) override;
  Result<std::vector<DeviceRow>> devices() override;
  Result<std::vector<DeviceRow>> devices_by_selector(std::string_view selector) override;
  Result<std::vector<DeviceCursor>> device_cursors(const Id& device) override;
  Result<std::vector<GapClosingRow>> gap_closings(const Id& device) override;
  Result<std::vector<GrantRow>> grants(const Id& worker) override;
  Result<std::optional<GrantRow>> grant(const Id& id) override;
  Result<std::optional<AccountRow>> account(std::string_view name) override;
  Result<std::optional<PairingRow>> pairing(const Id& id) override;
  Result<std::vector<PairingRow>> pairings_of(const Id& member) override;
  Result<std::vector<PairingRow>> pairings_to_turn(const Id& worker, std::string_view day) override;
  Result<std::vector<Id>> shared_with(const Id& record) override;
  Result<std::optional<UnitRow>> unit(const Id& id) override;
  Result<std::optional<UnitRow>> unit_by_code(std::string_view code) override;
  Result<std::vector<UnitRow>> units_under(const Id& id) override;
  Result<std::vector<UnitRow>> units_of_level(std::string_view level) override;
  Result<std::vector<UnitRow>> units(std::size_t limit) override;
  Result<std::vector<AuditRow>> audit(const AuditFilter& filter) override;
  Result<Counts> counts() override;

  Status lock(const std::vector<ReplicaId>& replicas, const std::vector<Id>& records) override;
  Status put_meta(std::string_view name, BytesView value) override;
  Status append_change(const LogRow& row) override;
  Status set_change_status(const ChangeId& id, ChangeStatus status, std::string_view reason) override;
  Status set_change_values(const ChangeId& id, BytesView values) override;
  Status settle_early(const ChangeId& id, const Hash256& hash, const Id& device) override;
  Status set_entry_state(const FeedKey& key, std::uint64_t position, BytesView state) override;
  Status put_purge(const PurgeRow& row) override;
  Status put_record(const RecordRow& row) override;
  Status put_state(const StateRow& row) override;
  Status append_feed(const FeedKey& key, const std::vector<FeedRow>& rows, const Digest128& plus,
                     const Digest128& minus, std::int64_t records) override;
  Status put_replica(const ReplicaRow& row) override;
  Status put_device(const DeviceRow& row) override;
  Status put_device_cursors(const Id& device, const std::vector<DeviceCursor>& cursors) override;
  Status erase_device_cursors(const Id& device, const Id& scope) override;
  Status append_gap_closing(const GapClosingRow& row) override;
  Status put_grant(const GrantRow& row) override;
  Status put_account(const AccountRow& row) override;
  Status put_unit(const UnitRow& row) override;
  Status put_pairing(const PairingRow& row) override;
  Status erase_pairing(const Id& id) override;
  Status put_shared_with(const Id& record, const std::vector<Id>& workers) override;
  Status append_audit(const AuditRow& row) override;
  Status begin_savepoint() override;
  Status end_savepoint(bool keep) override;
  Status commit() override;

 private:
  [[nodiscard]] Status put_mark_of_rewrites();
  [[nodiscard]] Status note_moved(const Id& record);
  [[nodiscard]] Result<bool> has_moved(const Id& record, const std::vector<Id>& before,
                                       const std::vector<Id>& now);
  [[nodiscard]] SqlStatement prepare(std::string_view sql) { return SqlStatement(connection_->prepare(sql)); }
  std::unique_ptr<SqlConnection> connection_;
  GiveBack give_back_;
  Lists* lists_;
  std::vector<ListLine> lines_;           ///< of this transaction, to be on disk before its commit
  std::vector<std::size_t> line_counts_;  ///< at the savepoints that are open
  bool has_rewritten_ = false;            ///< something since the beginning, be it undone
};

}  // namespace lianxin::sync::server::store
