#pragma once
// A roster into records (design.md 12, Import): first a plan of what each row would become on this laptop,
// then, when a person says so, the writing of exactly that plan. The window and the command line both use it.
// One thread (the store's).
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/roster_reader.hpp"
#include "client/store/drafts.hpp"
#include "client/store/records.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::app {

/// What a person said about a file.
struct RosterChoices {
  std::string village;   ///< name or code, for rows that no village is written for
  std::string map_text;  ///< a column map (column_map.hpp); "" = the one remembered for files headed alike
  bool accept_without_number = false;   ///< takes every row whose ID number is ruined, without the number
  std::set<std::string> accepted_rows;  ///< the same for single rows, by `row_name`
  bool hidden_sheets = false;
};

enum class RowFate : std::uint8_t {
  kNew,          ///< a new member
  kMerged,       ///< a member of this laptop: what is blank there is filled, nothing is replaced
  kDuplicate,    ///< an earlier row of the file: the same, into that row's member
  kQuarantined,  ///< waits for a person: "import.reason.<reason>"
  kOutside,      ///< not this laptop's village, or an unknown one: "import.outside.<reason>"; not written
};

/// A value of the roster that stands differently on the laptop. Reported, never written.
struct RosterDifference {
  std::string field;  ///< "member.education", "mobility_episode.left_on"
  std::string here;
  std::string roster;
};

/// Perhaps the same person; both stay, a person decides.
struct RosterLookalike {
  std::string basis;          ///< text key "import.twin.<basis>"
  Id member;                  ///< a member of this laptop; nil = another row of the file
  std::size_t row_index = 0;  ///< then: that row
};

struct RowPlan {
  std::size_t row_index = 0;  ///< into RosterPlan::roster.rows
  RowFate fate = RowFate::kNew;
  std::string reason;              ///< kQuarantined, kOutside
  std::string basis;               ///< kMerged, kDuplicate: text key "import.match.<basis>"
  std::size_t first_row = 0;       ///< kDuplicate: the row that stands
  bool without_number = false;     ///< taken without its ruined ID number
  bool can_accept = false;         ///< kQuarantined: "accept without the number" is offered
  bool recorded = false;           ///< an earlier import of this very file has kept the row's outcome
  bool below_org = false;          ///< who may see the batch may see this row's village
  Id member;                       ///< nil where none is written
  Id village;                      ///< nil = unknown
  std::string village_name;        ///< as the laptop knows it, else as written
  std::vector<store::Edit> edits;  ///< of the member and what hangs on it; empty = nothing new
  std::vector<RosterDifference> differences;
  std::vector<RosterLookalike> lookalikes;
};

struct RosterCounts {
  std::uint32_t accepted = 0;  ///< new members
  std::uint32_t merged = 0;
  std::uint32_t duplicates = 0;  ///< rows of the file that repeat another
  std::uint32_t quarantined = 0;
  std::uint32_t outside = 0;
};

struct RosterPlan {
  std::string file_name;
  std::string file_hash;  ///< hex
  Id batch;               ///< id the batch record gets; also names this plan
  Id org;                 ///< unit the batch is filed under; nil = nothing to write
  import::Roster roster;
  std::vector<RowPlan> rows;  ///< one per row of the roster, in its order
  std::string map_lines;      ///< the person's column map, remembered when applied

  [[nodiscard]] RosterCounts counts() const;
  [[nodiscard]] RosterCounts counts_of_sheet(std::size_t sheet_index) const;
  /// Rows of which something would be written: values, or at least what became of them.
  [[nodiscard]] std::size_t rows_to_write() const;
  /// Of them those that bring values; of the others only the outcome is kept (held back, or said twice).
  [[nodiscard]] std::size_t rows_with_values() const;
};

/// "党员名册!14": names a row in choices.
[[nodiscard]] std::string row_name(const import::Roster& roster, const import::RosterRow& row);

/// Reads and judges; writes nothing. Errors: those of read_roster and of Records, "import.map_*".
[[nodiscard]] Result<RosterPlan> plan_roster(store::Records& records, store::Settings& settings,
                                             const Clock& clock, BytesView bytes, std::string_view file_name,
                                             const RosterChoices& choices);

struct RosterApplied {
  Id batch;                        ///< nil = there was nothing new to write
  std::uint64_t rows_written = 0;  ///< that brought values
  std::uint64_t rows_noted = 0;    ///< whose outcome alone was kept
  /// Rows the store's checks refused (a value of a wrong kind); nothing of them was written.
  struct Refused {
    std::size_t row_index = 0;
    std::string kind;
    std::vector<domain::Problem> problems;
  };
  std::vector<Refused> refused;
  /// Cells that another fills in (edit_role.hpp): the rest of their rows was written.
  std::vector<Refused> left_out;
};
using ImportProgress = std::function<void(std::size_t done, std::size_t total)>;

/// Writes the plan: the batch, then the rows with the batch in their cause, up to 25 in one action and 500 in
/// one commit. Where it breaks off, the rows written stay (undo takes them back; importing the file again
/// goes on). The column map is remembered.
[[nodiscard]] Result<RosterApplied> apply_roster(store::Records& records, store::Settings& settings,
                                                 const Clock& clock, const RosterPlan& plan,
                                                 const ImportProgress& progress = {});

/// Takes a batch back, except what somebody has changed since. Error "import.batch_unknown" {id},
/// "import.batch_undone".
[[nodiscard]] Result<store::Records::BatchUndone> undo_roster(store::Records& records, const Clock& clock,
                                                              const Id& batch);

/// Batches on this laptop, newest first.
struct PastRoster {
  Id batch;
  std::string file_name;
  std::string imported_on;
  std::int64_t accepted = 0;
  std::int64_t merged = 0;
  std::int64_t quarantined = 0;
  std::string undone_on;  ///< "" = stands
};
[[nodiscard]] Result<std::vector<PastRoster>> past_rosters(store::Records& records);

}  // namespace lianxin::client::app
