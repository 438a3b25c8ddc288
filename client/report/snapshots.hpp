#pragma once
// Snapshots in the store (kinds report_snapshot and report_part): frozen, listed, read again, and explained
// against what counts now. Store thread.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/figures/ledger.hpp"
#include "client/report/snapshot.hpp"
#include "client/store/records.hpp"

namespace lianxin::client::report {

/// Every number of the ledger and the records behind it, in the versions they have now.
struct Counting {
  std::vector<FrozenRecord> records;
  std::vector<FrozenNumber> numbers;
  /// The store that was counted; nullptr = these are another paper's numbers.
  lianxin::store::Database* database = nullptr;
};
/// `columns`: shares of the form that is kept with them, by column.
[[nodiscard]] Result<Counting> count_all(
    figures::Ledger& ledger, lianxin::store::Database& database,
    const std::map<std::string, std::vector<figures::Counted>>& columns = {});

struct FrozenForm {
  Id id;
  Id unit;
  std::string form;
  std::string period;  ///< "2026-09", "2026Q3", "2026", "2026-01-01/2026-09-30"
  std::string as_of;
  std::string frozen_on;
  std::int64_t revision = 0;
  std::string digest;
  std::int64_t record_count = 0;
  Id worker;
  std::string reason;
};
/// Newest first, at most `limit` of them (0 = all); `unit` nil = all. Voided ones are not among them, nor
/// what the county has kept aside.
[[nodiscard]] Result<std::vector<FrozenForm>> frozen_forms(store::Records& records, const Id& unit = {},
                                                           std::size_t limit = 0);

/// "2026Q3" of a whole quarter that has begun ..., as period.hpp says it; else both days.
[[nodiscard]] std::string period_text(const Date& from, const Date& as_of);

/// What stands on each page: the snapshot's id and number.
struct FreezeMark {
  Id id;
  std::int64_t revision = 1;
  Id supersedes;  ///< nil = the first of this form, unit and period
};
/// Of the next one of this form, unit and period. Error "report.snapshot_reason": one is there already, and
/// a further one needs a reason.
[[nodiscard]] Result<FreezeMark> next_mark(store::Records& records, const Clock& clock,
                                           const std::string& form, const Id& unit, const std::string& period,
                                           const std::string& reason);
/// "存档 0190… 机内第 2 版".
[[nodiscard]] std::string mark_words(const FreezeMark& mark, const Messages& messages);

struct ToFreeze {
  FreezeMark mark;
  Id unit;
  std::string period;
  Id worker;  ///< who hands it in
  std::string reason;
  std::int64_t late = 0;                 ///< of a month that is closed: records of earlier months in it
  std::vector<std::string> not_heard{};  ///< and whose laptops have brought nothing since it ended
};
/// Keeps it: the record first, then its parts, each an action of its own. A cut in between leaves a snapshot
/// that says it is incomplete and whose number is used up. Errors of Records and parts_of.
[[nodiscard]] Status keep_snapshot(store::Records& records, const Clock& clock, const ToFreeze& what,
                                   const Snapshot& snapshot);

/// Error "report.close_month" {period}: it is no whole month.
[[nodiscard]] Status must_be_month(const std::string& period);
/// Closes a month (kind month_close) with its snapshot, or closes it again. Errors of must_be_month and
/// Records.
[[nodiscard]] Status close_month(store::Records& records, const Clock& clock, const ToFreeze& what);

/// Errors "report.no_snapshot" {id}, those of snapshot_of, "report.snapshot_damaged" also when the file is
/// not the one of the digest.
[[nodiscard]] Result<Snapshot> read_snapshot(store::Records& records, const Id& id);

}  // namespace lianxin::client::report
