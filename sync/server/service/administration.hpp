#pragma once
// What the office does at the server: one call, one transaction (imports: batches), each with a line in the
// audit. Another process may be serving meanwhile; the store's writer lock keeps them apart.
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/service/enrolment.hpp"
#include "sync/server/service/gaps.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// What `init` is told.
struct NewCounty {
  std::string name;
  std::string url;            ///< https://host:port
  std::string listen;         ///< address:port
  std::string kept_password;  ///< the administrator's, as kept_password makes it
};
/// A county without a name would stand nameless on every laptop. Error "server.name" {most}.
[[nodiscard]] Status check_county_name(std::string_view name);
/// Keys, the server's replica, the administrator (account "admin" and a worker record on the shelf). Errors
/// "server.made" (a second time), those of check_county_name.
[[nodiscard]] Result<County> make_county(store::Store& store, const domain::Catalogue& catalogue,
                                         const Clock& clock, const NewCounty& wanted);
/// Whether the administrator may choose it: the rule of laptops. Errors "server.password" {min},
/// "passphrase.long" {most}.
[[nodiscard]] Status check_new_password(std::string_view password);
/// All that the county keeps of it: enough to know it again. Takes long on purpose. Errors of
/// check_new_password.
[[nodiscard]] Result<std::string> kept_password(std::string_view password);
/// Errors "server.not_made", "server.login".
[[nodiscard]] Status check_administrator(store::Store& store, std::string_view password);
/// Another one for the administrator. Nothing is sealed anew: backups made before stay under the one of their
/// day. Errors of check_administrator and check_new_password.
[[nodiscard]] Status change_password(store::Store& store, const Clock& clock, std::string_view old_password,
                                     std::string_view next);
/// After a restore from a backup: another epoch, later than any before (also of the same backup restored in
/// an earlier second), and a new replica for the server's own changes (sync.md 1, 7.1).
[[nodiscard]] Result<County> begin_new_epoch(store::Store& store, const Clock& clock);

/// Divisions touched by an import, by level.
struct DivisionCounts {
  std::uint64_t county = 0;
  std::uint64_t township = 0;
  std::uint64_t village = 0;
  std::uint64_t other = 0;    ///< levels above and beside these
  std::uint64_t added = 0;    ///< of all
  std::uint64_t changed = 0;  ///< name, level or parent differed
  std::uint64_t unchanged = 0;
};

/// A worker with the grants in force and past.
struct WorkerEntry {
  Id worker;
  std::string name;
  std::vector<store::GrantRow> grants;
  std::vector<std::string> codes;   ///< division code of each grant
  std::vector<std::string> places;  ///< and the division's name
};

struct AddedDevice {
  Id device;
  std::string code;  ///< one-time, told once
  WallMs expires_ms = 0;
};

/// "https://host:port/#code#pins".
[[nodiscard]] std::string join_line(std::string_view url, std::string_view code, std::string_view pins);

struct QuarantineEntry {
  ChangeId change;
  std::uint64_t action = 0;
  Id record;
  std::string kind;
  std::string scope;  ///< code, "" = unknown or the shelf
  Id author;
  std::string author_name;
  Id device;
  std::string reason;  ///< text key "quarantine.<reason>"
  std::string owner;   ///< code of the deciding office, "" = the county
  WallMs accepted_ms = 0;
  std::vector<std::string> fields;  ///< names of what it writes
};

/// What a purge did.
struct PurgeCounts {
  std::uint64_t number = 0;  ///< of the record's purges
  std::vector<std::string> fields;
  std::uint64_t changes = 0;  ///< whose values were taken; their heads stay
  std::uint64_t records_before = 0;
  std::uint64_t records_after = 0;
  std::uint64_t changes_before = 0;
  std::uint64_t changes_after = 0;
  std::uint64_t attachments = 0;  ///< purged with the record they hang on, as a whole
  std::vector<Hash256> pictures;  ///< no record names them any more: their files are to go
  bool log_is_empty = false;      ///< false = a reader kept the engine's log; the next checkpoint empties it
};

/// What a device holds, as far as its last exchange tells: what it said it had, and what the answer may have
/// brought. The end of a right takes nothing off a laptop before the laptop has said that it erased it.
struct DeviceReport {
  store::DeviceRow device;
  std::string worker_name;
  struct Scope {
    std::string code;  ///< "" = the shelf
    std::uint64_t records = 0;
    bool up_to_date = false;
    bool ended = false;    ///< its user has no right to it today
    WallMs erased_ms = 0;  ///< when the laptop said so after that end; 0 = it has not
  };
  std::vector<Scope> scopes;
  std::vector<Id> members;  ///< by id
  DeviceGaps gaps;
};

/// One thread. All references must outlive it.
class Administration {
 public:
  /// Error "server.not_made".
  [[nodiscard]] static Result<Administration> open(store::Store& store, const domain::Catalogue& catalogue,
                                                   const Clock& clock);
  [[nodiscard]] const County& county() const { return county_; }

  // divisions
  using Read = std::function<Result<std::string>()>;            ///< next piece of the list, "" = the end
  using OnImported = std::function<void(std::uint64_t lines)>;  ///< after each batch
  /// Reads the whole list once, in batches of one transaction each: memory stays small however long it is.
  /// What is there already is compared and only what differs is written; absence changes nothing. Errors of
  /// domain::DivisionReader: batches before the bad line stay.
  [[nodiscard]] Result<DivisionCounts> import_divisions(const Read& read, const OnImported& on_batch = {});
  /// By code; `under` = "" for all. Error "division.unknown" {code}.
  [[nodiscard]] Result<std::vector<store::UnitRow>> divisions(std::string_view under = {}) const;

  // workers
  /// Errors "role.unknown", "division.unknown", "division.gone", "division.ended", "worker.name" (empty).
  /// `role` and `code` as in `grant`.
  [[nodiscard]] Result<Id> add_worker(std::string_view name, std::string_view role, std::string_view code);
  /// First and last day as typed; "" = today, and open.
  struct Days {
    std::string from;
    std::string to;
  };
  /// Errors "worker.unknown" {worker}, "role.unknown", "division.unknown", "division.gone", "division.ended"
  /// (for days on which it stands no more), "date.malformed", "grant.days".
  [[nodiscard]] Result<Id> grant(const Id& worker, std::string_view role, std::string_view code,
                                 const Days& days);
  [[nodiscard]] Result<Id> grant(const Id& worker, std::string_view role, std::string_view code) {
    return grant(worker, role, code, Days{});
  }
  /// Ends a grant, or all grants of a worker, so that `on` ("" = today) is the first day without. Returns how
  /// many ended. Errors "grant.unknown" {id}, "date.malformed".
  [[nodiscard]] Result<std::uint64_t> end_grant(const Id& worker_or_grant, std::string_view on = {});
  [[nodiscard]] Result<std::vector<WorkerEntry>> workers() const;

  // devices
  /// The code may be used for `join_life_ms`. Error "worker.unknown".
  [[nodiscard]] Result<AddedDevice> add_device(const Id& worker, WallMs join_life_ms = kJoinLifeMs);
  [[nodiscard]] Result<std::vector<store::DeviceRow>> devices() const;
  /// Errors "device.unknown" {device}. Twice is harmless.
  [[nodiscard]] Status revoke_device(const Id& device);
  [[nodiscard]] Result<DeviceReport> report_device(const Id& device) const;
  /// Of every device, by its id.
  [[nodiscard]] Result<std::map<Id, DeviceGaps>> device_gaps() const;
  /// Awaits no longer what a revoked device never brought, on record (sync.md 4.2); what comes late all the
  /// same is taken as ever. Returns the gaps as they are then. Errors "device.unknown", "device.not_revoked",
  /// "device.no_gap" {device}, "device.gap_reason" (empty).
  [[nodiscard]] Result<DeviceGaps> close_gap(const Id& device, std::string_view reason);

  // quarantine (sync.md 3.3): both work on the whole action of the change, so that it appears whole
  [[nodiscard]] Result<std::vector<QuarantineEntry>> quarantine() const;
  /// Ordinary feed entries from now on; how many changes. Errors "quarantine.unknown",
  /// "quarantine.too_large" {change} (its record would be above `kStateBytesMax`).
  [[nodiscard]] Result<std::uint64_t> accept(const ChangeId& change);
  /// Kept for ever, never applied. Errors "quarantine.unknown", "quarantine.reason" (empty).
  [[nodiscard]] Result<std::uint64_t> close(const ChangeId& change, std::string_view reason);

  /// Takes the values of these fields away everywhere, for ever (sync.md 11); none named = every text and
  /// everything above the general class, so that counts and figures stand. Errors "record.unknown" {record},
  /// "purge.field" {field}, "purge.reason" (empty).
  [[nodiscard]] Result<PurgeCounts> purge(const Id& record, const std::vector<std::string>& fields,
                                          std::string_view reason);

  // looking
  [[nodiscard]] Result<store::Counts> stats() const;
  [[nodiscard]] Result<std::vector<store::AuditRow>> audit(const store::AuditFilter& filter) const;

 private:
  Administration(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock, County county)
      : store_(&store), catalogue_(&catalogue), clock_(&clock), county_(std::move(county)) {}

  store::Store* store_;
  const domain::Catalogue* catalogue_;
  const Clock* clock_;
  County county_;
};

}  // namespace lianxin::sync::server
