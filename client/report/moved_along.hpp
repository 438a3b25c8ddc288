#pragma once
// People who were handed over after a paper was made, and what was done for them (sync.md 6): the paper's
// number stays what it was on its day. Who left is no minus, who came is no plus. Store thread.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/figures/figures.hpp"
#include "client/report/forms.hpp"
#include "client/report/snapshots.hpp"
#include "client/store/records.hpp"

namespace lianxin::client::report {

class MovedAlong {
 public:
  /// All must outlive it.
  MovedAlong(store::Records& records, lianxin::store::Database& database, const Snapshot& then)
      : records_(records), database_(database), then_(then) {}

  /// It counted then, and this laptop does not hold it any more: neither voided nor deleted, or that would
  /// have come here.
  [[nodiscard]] Result<bool> is_gone(const Id& record);
  /// It is gone, or it stands, and its member's village lies outside the paper's unit since: of what counted
  /// then and does not now.
  [[nodiscard]] Result<bool> went(const Id& record);
  /// It did not count then, but was there, and came here with its member's village since.
  [[nodiscard]] Result<bool> came(const Id& record);

 private:
  struct Owner {
    Id id;
    Id scope;
    bool was_placed = false;
  };
  [[nodiscard]] Result<std::optional<Owner>> owner_of(const Id& record);

  store::Records& records_;
  lianxin::store::Database& database_;
  const Snapshot& then_;
};

/// Columns of a form whose shares are kept, by key: records and what each adds to the column's total.
using ColumnShares = std::map<std::string, std::vector<figures::Counted>>;
[[nodiscard]] Result<ColumnShares> column_shares(figures::Ledger& ledger, const FormDefinition& form);
/// Those of a snapshot; empty = made before shares were kept.
[[nodiscard]] ColumnShares column_shares(const Snapshot& then);

/// Who was met at one address: a household counts once, whoever of them stands for it. By address; of a paper
/// made before that was kept, each who stood for one alone.
[[nodiscard]] std::vector<std::set<Id>> doors_of(const ColumnShares& shares);
/// Those of them all.
[[nodiscard]] std::set<Id> met_at(const std::vector<std::set<Id>>& doors);

/// By column what the paper counted and has gone since, less what counts now (`now`) only because it has
/// come. A household went when one of it went and nobody of it counts now; it came when all of it came and
/// nobody of it counted then.
[[nodiscard]] Result<std::map<std::string, std::int64_t>> moved_shares(MovedAlong& along,
                                                                       const Snapshot& then,
                                                                       const ColumnShares& now);

}  // namespace lianxin::client::report
