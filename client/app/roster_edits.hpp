#pragma once
// One row of a roster as edits of one member and what hangs on him. Only blanks are filled: what stands on
// the laptop differently is reported and stays. Pure: knows no store.
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "client/app/roster_import.hpp"
#include "client/import/roster_rows.hpp"
#include "client/store/records.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::app {

/// A record that hangs on the member, as far as it is known. nil id = none yet.
struct HangingRecord {
  Id id;
  std::map<std::string, std::string> fields;
  std::string pair_name;        ///< of a hardship file: who is paired with him
  std::set<std::string> years;  ///< of a certificate: those it was checked in
};

/// What is known of a member so far: on the laptop, or by earlier rows of the file.
struct MemberFacts {
  Id id;
  bool exists = false;                        ///< on the laptop or by an earlier row
  std::map<std::string, std::string> fields;  ///< of the member; sets joined by ','
  std::set<std::string> contacts;             ///< numbers and accounts
  std::vector<std::string> contact_notes;     ///< whose they are, or how he is reached without one
  Id episode;                                 ///< the outflow, or inflow, a row speaks of; nil = none
  std::map<std::string, std::string> episode_fields;
  std::string liaison;                                ///< worker id of the open assignment, "" = none
  std::set<std::string> liaison_names;                ///< of all open ones
  std::map<std::string, HangingRecord> certificates;  ///< by number
  HangingRecord hardship;                             ///< the file that is open
};

/// Workers of the county by name.
using WorkersByName = std::unordered_map<std::string, std::vector<Id>>;

struct RowTarget {
  Id village;
  bool without_number = false;  ///< leave out the ID number and what was read out of it
  Date today;
  WallMs now_ms = 0;  ///< for new ids
  sync::change::Cause cause;
  std::string liaison_heading;  ///< how the sheet heads its liaison's name
  const domain::Catalogue* catalogue = &domain::Catalogue::base();  ///< the county's own fields too
};

struct RowEdits {
  std::vector<store::Edit> edits;  ///< empty = nothing new
  std::vector<RosterDifference> differences;
};

/// Takes from the row what its telephone columns say that stands with his contacts already ("本人无手机"),
/// and the warnings about it.
void leave_out_known(import::RosterRow& row, const MemberFacts& facts);

/// `facts` then also hold what the row adds.
[[nodiscard]] RowEdits edits_of_row(const import::RosterRow& row, const RowTarget& target,
                                    const WorkersByName& workers, MemberFacts& facts);

}  // namespace lianxin::client::app
