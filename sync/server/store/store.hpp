#pragma once
// What the server needs from a database: intentions, not SQL, so that SQLite (one file) and PostgreSQL (many
// processes) can both follow; the conformance suite in tests/sync/server/store runs against this interface.
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"
#include "sync/server/store/rows.hpp"

namespace lianxin::sync::server::store {

using OnLogRow = std::function<Status(const LogRow&)>;
using OnRecord = std::function<Status(const RecordRow&)>;

/// One consistent view: everything read through one Reader is of one moment (sync.md 5.2). One thread at a
/// time. Errors of all calls: "store.io", "store.busy", "store.damaged", "store.unreachable" (the line to a
/// database is lost).
class Reader {
 public:
  virtual ~Reader() = default;

  [[nodiscard]] virtual Result<std::optional<Bytes>> meta(std::string_view name) = 0;

  // the log
  [[nodiscard]] virtual Result<std::optional<LogRow>> change(const ChangeId& id) = 0;
  [[nodiscard]] virtual Result<bool> has_change(const ChangeId& id) = 0;
  /// Changes of a replica with counter >= first, in order, without early ones.
  [[nodiscard]] virtual Result<std::vector<LogRow>> changes_of(ReplicaId replica, std::uint64_t first,
                                                               std::size_t limit) = 0;
  /// Counters first to last that are kept of a replica, early ones too, rising.
  [[nodiscard]] virtual Result<std::vector<std::uint64_t>> counters_of(ReplicaId replica, std::uint64_t first,
                                                                       std::uint64_t last) = 0;
  [[nodiscard]] virtual Result<std::vector<LogRow>> changes_of_record(const Id& record) = 0;
  /// True iff the record stands in this scope and in no other, no change of it was written in another, and no
  /// feed has an entry that tells it as a state: its changes, told one by one, make what it is.
  /// Quick beside any number of records: those of which it was ever otherwise are listed.
  [[nodiscard]] virtual Result<bool> is_only_in(const Id& record, const Id& scope) = 0;
  /// Records of which it is otherwise and that are not listed so, by id: none in a sound store. Reads all
  /// changes: for a proof, not for an exchange.
  [[nodiscard]] virtual Result<std::vector<Id>> moves_not_listed() = 0;
  [[nodiscard]] virtual Result<std::vector<LogRow>> quarantined() = 0;
  /// The whole log in order of intake; stops at the first error, which it returns.
  [[nodiscard]] virtual Status each_change(const OnLogRow& take) = 0;

  // records
  [[nodiscard]] virtual Result<std::optional<RecordRow>> record(const Id& id) = 0;
  [[nodiscard]] virtual Result<std::vector<Id>> children(const Id& parent) = 0;
  [[nodiscard]] virtual Result<std::vector<StateRow>> states(const Id& record) = 0;
  [[nodiscard]] virtual Status each_record(const OnRecord& take) = 0;
  /// Records of one kind, by id. Reads the whole table: for the office, not for an exchange.
  [[nodiscard]] virtual Result<std::vector<Id>> records_of_kind(std::uint16_t kind) = 0;
  /// Records that belong to a scope, by id.
  [[nodiscard]] virtual Result<std::vector<Id>> records_in(const Id& scope) = 0;

  // feeds
  [[nodiscard]] virtual Result<FeedHead> feed_head(const FeedKey& key) = 0;
  [[nodiscard]] virtual Result<std::vector<FeedHead>> feed_heads() = 0;
  /// Entries with position > after, in order.
  [[nodiscard]] virtual Result<std::vector<FeedRow>> feed(const FeedKey& key, std::uint64_t after,
                                                          std::size_t limit) = 0;
  /// The same with the changes they came from. Error "store.damaged" when one is not in the log.
  [[nodiscard]] virtual Result<std::vector<FeedEntryRow>> feed_with_causes(const FeedKey& key,
                                                                           std::uint64_t after,
                                                                           std::size_t limit) = 0;
  /// Where every entry stands, with position > after, in order: enough to see which entry of a
  /// record is its last.
  [[nodiscard]] virtual Result<std::vector<FeedMark>> feed_marks(const FeedKey& key, std::uint64_t after) = 0;
  /// Feeds that ever told of a record in a class of which workers may have a view (hardship, notes; of others
  /// none is named), each once; quick beside feeds of any length.
  [[nodiscard]] virtual Result<std::vector<FeedKey>> feeds_told(const Id& record, std::uint8_t privacy) = 0;
  /// Every entry by which a record came into a feed or left one (kEnter, kEvict), without its state, in no
  /// order; quick beside feeds of any length.
  [[nodiscard]] virtual Result<std::vector<std::pair<FeedKey, FeedRow>>> turns_of(const Id& record) = 0;
  /// States of the records of a feed with id > after, by id.
  [[nodiscard]] virtual Result<std::vector<StateRow>> states_in(const FeedKey& key, const Id& after,
                                                                std::size_t limit) = 0;
  /// Positions are 1 ... n without a gap and n is the counter row's.
  [[nodiscard]] virtual Result<bool> is_gap_free(const FeedKey& key) = 0;

  /// Every kEnter entry of a record, with the feed it stands in.
  [[nodiscard]] virtual Result<std::vector<std::pair<FeedKey, FeedRow>>> enters_of(const Id& record) = 0;

  /// Another number after every transaction that rewrote what feeds tell (a change's row or an entry's
  /// state), or after which `is_only_in` may be false of what it was true of; 0 = there was none yet. Under
  /// one number, entries read by any reader are the same, and what is only in a scope stays so.
  [[nodiscard]] virtual Result<std::uint64_t> mark_of_rewrites() = 0;

  // purges
  /// With sequence > after, in order.
  [[nodiscard]] virtual Result<std::vector<PurgeRow>> purges(std::uint64_t after, std::size_t limit) = 0;
  /// Highest sequence; 0 = none yet.
  [[nodiscard]] virtual Result<std::uint64_t> last_purge() = 0;
  [[nodiscard]] virtual Result<std::vector<PurgeRow>> purges_of(const Id& record) = 0;

  // who
  [[nodiscard]] virtual Result<std::optional<ReplicaRow>> replica(ReplicaId replica) = 0;
  [[nodiscard]] virtual Result<std::vector<ReplicaRow>> replicas() = 0;
  [[nodiscard]] virtual Result<std::optional<DeviceRow>> device(const Id& id) = 0;
  [[nodiscard]] virtual Result<std::vector<DeviceRow>> devices() = 0;
  [[nodiscard]] virtual Result<std::vector<DeviceRow>> devices_by_selector(std::string_view selector) = 0;
  [[nodiscard]] virtual Result<std::vector<DeviceCursor>> device_cursors(const Id& device) = 0;
  /// Gaps of a device that were closed, in the order of their closing.
  [[nodiscard]] virtual Result<std::vector<GapClosingRow>> gap_closings(const Id& device) = 0;
  [[nodiscard]] virtual Result<std::vector<GrantRow>> grants(const Id& worker) = 0;
  [[nodiscard]] virtual Result<std::optional<GrantRow>> grant(const Id& id) = 0;
  [[nodiscard]] virtual Result<std::optional<AccountRow>> account(std::string_view name) = 0;

  // pairings
  [[nodiscard]] virtual Result<std::optional<PairingRow>> pairing(const Id& id) = 0;
  [[nodiscard]] virtual Result<std::vector<PairingRow>> pairings_of(const Id& member) = 0;
  /// Those of a worker whose `open` is not what their dates say on this day.
  [[nodiscard]] virtual Result<std::vector<PairingRow>> pairings_to_turn(const Id& worker,
                                                                         std::string_view day) = 0;
  /// Workers whose state of the record's class hardship is the whole of it, sorted.
  [[nodiscard]] virtual Result<std::vector<Id>> shared_with(const Id& record) = 0;

  // divisions
  [[nodiscard]] virtual Result<std::optional<UnitRow>> unit(const Id& id) = 0;
  [[nodiscard]] virtual Result<std::optional<UnitRow>> unit_by_code(std::string_view code) = 0;
  /// The unit itself and all below it, by code.
  [[nodiscard]] virtual Result<std::vector<UnitRow>> units_under(const Id& id) = 0;
  /// Of one level ("store"), by id; quick beside any number of others.
  [[nodiscard]] virtual Result<std::vector<UnitRow>> units_of_level(std::string_view level) = 0;
  /// All, by code; `limit` 0 = no limit.
  [[nodiscard]] virtual Result<std::vector<UnitRow>> units(std::size_t limit) = 0;

  [[nodiscard]] virtual Result<std::vector<AuditRow>> audit(const AuditFilter& filter) = 0;
  [[nodiscard]] virtual Result<Counts> counts() = 0;
};

/// The one transaction that writes. Rolled back by its destructor unless committed.
class Writer : public Reader {
 public:
  /// Locks these replicas and records, missing ones included, sorted (sync.md 4.6). Read what you are going
  /// to write only after this. One process's SQLite needs no more than its single writer; PostgreSQL takes
  /// row locks.
  [[nodiscard]] virtual Status lock(const std::vector<ReplicaId>& replicas,
                                    const std::vector<Id>& records) = 0;

  [[nodiscard]] virtual Status put_meta(std::string_view name, BytesView value) = 0;
  /// Error "store.twice" when the id is there already.
  [[nodiscard]] virtual Status append_change(const LogRow& row) = 0;
  [[nodiscard]] virtual Status set_change_status(const ChangeId& id, ChangeStatus status,
                                                 std::string_view reason) = 0;
  /// What a purge leaves of the values.
  [[nodiscard]] virtual Status set_change_values(const ChangeId& id, BytesView values) = 0;
  /// The author has brought it: its hash is known now.
  [[nodiscard]] virtual Status settle_early(const ChangeId& id, const Hash256& hash, const Id& device) = 0;
  /// Replaces the state a kEnter entry tells.
  [[nodiscard]] virtual Status set_entry_state(const FeedKey& key, std::uint64_t position,
                                               BytesView state) = 0;
  /// Written to the purge list, on disk before this transaction commits. The same row twice is harmless.
  [[nodiscard]] virtual Status put_purge(const PurgeRow& row) = 0;
  /// Inserts or replaces the row and its membership.
  [[nodiscard]] virtual Status put_record(const RecordRow& row) = 0;
  [[nodiscard]] virtual Status put_state(const StateRow& row) = 0;
  /// Gives each row the next position and moves the counter row, adding to its digest and count. Call with
  /// sorted keys, last in the transaction.
  [[nodiscard]] virtual Status append_feed(const FeedKey& key, const std::vector<FeedRow>& rows,
                                           const Digest128& plus, const Digest128& minus,
                                           std::int64_t records) = 0;
  [[nodiscard]] virtual Status put_replica(const ReplicaRow& row) = 0;
  [[nodiscard]] virtual Status put_device(const DeviceRow& row) = 0;
  [[nodiscard]] virtual Status put_device_cursors(const Id& device,
                                                  const std::vector<DeviceCursor>& cursors) = 0;
  /// The device has nothing of the scope any more.
  [[nodiscard]] virtual Status erase_device_cursors(const Id& device, const Id& scope) = 0;
  [[nodiscard]] virtual Status append_gap_closing(const GapClosingRow& row) = 0;
  [[nodiscard]] virtual Status put_grant(const GrantRow& row) = 0;
  [[nodiscard]] virtual Status put_account(const AccountRow& row) = 0;
  [[nodiscard]] virtual Status put_unit(const UnitRow& row) = 0;
  [[nodiscard]] virtual Status put_pairing(const PairingRow& row) = 0;
  [[nodiscard]] virtual Status erase_pairing(const Id& id) = 0;
  [[nodiscard]] virtual Status put_shared_with(const Id& record, const std::vector<Id>& workers) = 0;
  [[nodiscard]] virtual Status append_audit(const AuditRow& row) = 0;

  /// Savepoints nest; `end_savepoint(false)` undoes what was written since the last begin.
  [[nodiscard]] virtual Status begin_savepoint() = 0;
  [[nodiscard]] virtual Status end_savepoint(bool keep) = 0;
  /// Durable when it returns.
  [[nodiscard]] virtual Status commit() = 0;
};

/// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;
  [[nodiscard]] virtual Result<std::unique_ptr<Reader>> read() = 0;
  /// Waits for the writer before it, also of another process (at most 30 s: "store.busy").
  [[nodiscard]] virtual Result<std::unique_ptr<Writer>> write() = 0;
  /// A consistent copy of a running store; the target must not exist.
  [[nodiscard]] virtual Status backup(const std::filesystem::path& target) = 0;
  /// The engine's own check of its files.
  [[nodiscard]] virtual Status check_files() = 0;
  /// Nothing that was overwritten or deleted is left in the engine's own logs. Error "store.busy" when a
  /// reader stood in the way, "store.log_elsewhere" where they are not ours to empty.
  [[nodiscard]] virtual Status empty_log() { return {}; }
};

/// SQLite3 Multiple Ciphers. `key` has 32 bytes. `create` refuses an existing file, else a missing one is an
/// error.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file,
                                                               BytesView key, bool create);
/// A PostgreSQL database. `url` = postgresql://user@host/database; it is asked for UTF-8, fsync and
/// full_page_writes ("store.unfit" {setting, is, wanted}). `folder` = where the lists lie, `key` = of the
/// files that `backup` makes. `create` refuses a database with rows of ours, else one without our tables is
/// an error. Its rows are not encrypted by us: that is its administrator's, as is a connection that crosses a
/// network (sslmode). Its purged values stay in its own log until that is recycled: `empty_log` answers
/// "store.log_elsewhere". Error "store.unreachable" {where}.
[[nodiscard]] Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                                 const std::filesystem::path& folder,
                                                                 BytesView key, bool create);
/// It answers, and keeps what is promised of it. Nothing is made.
[[nodiscard]] Status is_fit_for_store(const std::string& url);
/// An empty store's tables where there are none, and nothing else. Errors as open_postgres_store's.
[[nodiscard]] Status make_postgres_schema(const std::string& url);
/// Everything in an SQLite store's file into an empty PostgreSQL store, in one transaction; how many rows.
/// What a move of the same county left that was cut before its end is replaced. Error "store.exists" {path}.
[[nodiscard]] Result<std::uint64_t> fill_postgres_store(const std::filesystem::path& file, BytesView key,
                                                        const std::string& url);
[[nodiscard]] bool is_postgres_url(std::string_view text);
/// Last step of SQLite's schema.
[[nodiscard]] int sqlite_store_format();

}  // namespace lianxin::sync::server::store
