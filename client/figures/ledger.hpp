#pragma once
// The ledger: the records of a laptop that count, for one organisation unit and one period (domain.md 0).
// Every figure and every form reads it by SQL, so a number and its list of records are one query.
//
// Lives in temporary tables and views of the store's connection (memory only, never in the file):
//   asked        one row: scope, from_day, as_of, quarter, q_from, m_from ... and the county's parameters
//   scope_unit   the unit and all below it
//   all_<kind>   copies of the rows of a kind that count: not voided, no duplicate, happened by `as_of`
//                (K1 to K3); id TEXT, in_unit TEXT, here INTEGER and the kind's fields; a reference to a
//                member names the record that stands for the person
//   live_<kind>  those of them that are `here`: of a unit in scope on the day (K4). What is done is counted
//                over these; what is true of a member over all_<kind>, whichever unit wrote it down
//   <kind>_<field>  elements of a set field: id, element
// and what assets/figures/views.sql makes of them (person, member, episode, mobile, reached ...).
#include <functional>
#include <string>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::figures {

struct Asked {
  Id scope;   ///< an organisation unit; nil = everything this laptop holds
  Date from;  ///< first day of the period (K5)
  Date as_of;
  bool current_divisions = false;  ///< also what units that were merged into these did before (K4)
};

/// One at a time for each connection; made anew for another question, and when something was written since.
/// The store's thread.
class Ledger {
 public:
  /// Error "figures.scope" {id} for a unit this laptop does not know, "figures.period" {from, as_of}.
  [[nodiscard]] static Result<Ledger> open(lianxin::store::Database& database, const Asked& asked);

  [[nodiscard]] const Asked& asked() const { return asked_; }
  /// A statement over the ledger. The text is ours; wrong SQL is a bug.
  [[nodiscard]] lianxin::store::Statement prepare(std::string_view sql) { return database_->prepare(sql); }
  /// Fill changed_since (row 11) and changed_since_entry (row 26), which takes longer than the rest: only for
  /// whoever asks for it.
  [[nodiscard]] Status read_changed_members();
  [[nodiscard]] Status read_changed_entries();
  /// Fills `unverified_since` from them, for the figure that asks (row 33).
  [[nodiscard]] Status read_unverified();

 private:
  Ledger(lianxin::store::Database& database, const Asked& asked) : database_(&database), asked_(asked) {}
  [[nodiscard]] Status make_tables();
  [[nodiscard]] Status fill(const std::string& table, const std::vector<Id>& records);
  [[nodiscard]] Status ask();
  [[nodiscard]] Result<bool> is_filled();
  [[nodiscard]] std::string question() const;
  [[nodiscard]] Status take_question();
  [[nodiscard]] Status take_records();
  [[nodiscard]] Status take_gone();

  lianxin::store::Database* database_;
  Asked asked_;
};

/// Statements of a text, comments ("--" at the start of a line) left out, ';' at the end of a line between
/// them.
[[nodiscard]] std::vector<std::string> statements_of(std::string_view sql);

}  // namespace lianxin::client::figures
