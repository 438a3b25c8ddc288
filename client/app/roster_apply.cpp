// Writing a plan, taking a batch back, and the batches of this laptop.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "client/app/roster_import.hpp"
#include "client/store/list_value.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

using store::Edit;
using store::FieldEdit;

constexpr std::size_t kSheetsMax = 300;  // characters the catalogue gives the fields
constexpr std::size_t kHeaderMapMax = 4000;
constexpr std::size_t kRowValuesMax = 8000;
constexpr std::size_t kFileNameMax = 255;

void set(Edit& edit, const char* field, std::string value) {
  if (!value.empty()) edit.fields.push_back({field, FieldEdit::Op::kSet, std::move(value)});
}

std::string header_map(const import::Roster& roster) {
  nlohmann::json map = nlohmann::json::object();
  for (const import::RosterSheet& sheet : roster.sheets) {
    for (const import::RosterTable& table : sheet.tables) {
      for (const import::RosterColumn& column : table.columns) {
        if (!column.target.empty()) map[column.heading] = column.target;
      }
    }
  }
  return first_code_points(map.dump(), kHeaderMapMax);
}

std::string sheet_names(const import::Roster& roster) {
  std::vector<std::string> names;
  for (const import::RosterSheet& sheet : roster.sheets) {
    if (!sheet.tables.empty()) names.push_back(sheet.name);
  }
  return first_code_points(join(names, ", "), kSheetsMax);
}

Edit batch_edit(const RosterPlan& plan, const Id& worker, const Date& today) {
  const RosterCounts counts = plan.counts();
  Edit edit;
  edit.kind = "import_batch";
  edit.record = plan.batch;
  edit.create = true;
  set(edit, "org_id", plan.org.text());
  set(edit, "file_name", first_code_points(plan.file_name, kFileNameMax));
  set(edit, "file_hash", plan.file_hash);
  set(edit, "sheets", sheet_names(plan.roster));
  set(edit, "header_map", header_map(plan.roster));
  set(edit, "accepted", std::to_string(counts.accepted));
  set(edit, "merged", std::to_string(counts.merged + counts.duplicates));
  set(edit, "quarantined", std::to_string(counts.quarantined));
  set(edit, "rejected", std::to_string(counts.outside));
  set(edit, "worker_id", worker.text());
  set(edit, "imported_on", today.text());
  return edit;
}

const char* outcome_of(RowFate fate) {
  switch (fate) {
    case RowFate::kNew:
      return "accepted";
    case RowFate::kMerged:
    case RowFate::kDuplicate:
      return "merged";
    case RowFate::kQuarantined:
      return "quarantined";
    case RowFate::kOutside:
      break;
  }
  return "rejected";
}

/// What the office wrote, where the records do not say it themselves: all of a row that waits, else only what
/// was written in another way than it is stored, and what stands differently on the laptop.
std::string original_values(const RosterPlan& plan, const RowPlan& row_plan) {
  const import::RosterRow& row = plan.roster.rows[row_plan.row_index];
  const bool waits = row_plan.fate == RowFate::kQuarantined;
  nlohmann::json values = nlohmann::json::object();
  for (const import::RosterValue& value : row.values) {
    if (waits || !value.original.empty())
      values[value.kind + "." + value.field] = value.original.empty() ? value.value : value.original;
  }
  for (const RosterDifference& difference : row_plan.differences)
    values[difference.field] = difference.roster;
  if (waits) {
    for (const import::RosterPhone& phone : row.phones)
      values["contact_point.value"].push_back(phone.original.empty() ? phone.value : phone.original);
    for (const import::RosterLeftover& leftover : row.leftovers)
      values[leftover.heading] = leftover.text;
  }
  if (!row.quarantined_text.empty()) values["quarantined"] = row.quarantined_text;
  return values.empty() ? std::string() : first_code_points(values.dump(), kRowValuesMax);
}

Edit row_edit(const RosterPlan& plan, const RowPlan& row_plan) {
  const import::RosterRow& row = plan.roster.rows[row_plan.row_index];
  Edit edit;
  edit.kind = "import_row";
  edit.cause = {sync::change::CauseKind::kImport, plan.batch};
  set(edit, "batch_id", plan.batch.text());
  set(edit, "sheet", plan.roster.sheets[row.sheet_index].name);
  set(edit, "row_no", std::to_string(row.row));
  set(edit, "outcome", outcome_of(row_plan.fate));
  set(edit, "reason", row_plan.reason);
  if (!row_plan.member.is_nil()) set(edit, "record_id", row_plan.member.text());
  // Nobody is shown values of a village that is not his.
  if (row_plan.below_org) set(edit, "row_values", original_values(plan, row_plan));
  return edit;
}

Status remember_map(store::Settings& settings, const RosterPlan& plan) {
  if (plan.map_lines.empty()) return {};
  for (const import::RosterSheet& sheet : plan.roster.sheets) {
    for (const import::RosterTable& table : sheet.tables)
      LX_DO(settings.set("roster_map." + table.fingerprint, plan.map_lines));
  }
  return {};
}

/// Takes out of a row what the person of this laptop may not fill in, or nobody of this county: fields, or a
/// whole record of a kind that an office makes. False = it is not that which stands in the way.
bool leave_out(std::vector<Edit>& edits, const store::Saved& saved) {
  const auto blocks = [](const domain::Problem& problem) { return problem.blocks; };
  const auto is_role = [&](const domain::Problem& problem) {
    return !blocks(problem) || problem.code.starts_with("role_") || problem.code == "field_off";
  };
  const std::vector<domain::Problem>& problems = saved.problems;
  if (!std::any_of(problems.begin(), problems.end(), blocks) ||
      !std::all_of(problems.begin(), problems.end(), is_role))
    return false;
  Edit& edit = edits[saved.problem_edit];
  bool whole = false;
  for (const domain::Problem& problem : problems) {
    if (!problem.blocks) continue;
    whole = whole || problem.code.starts_with("role_make_");
    std::erase_if(edit.fields, [&](const store::FieldEdit& one) { return one.field == problem.field; });
  }
  if (whole || edit.fields.empty())
    edits.erase(edits.begin() + static_cast<std::ptrdiff_t>(saved.problem_edit));
  return true;
}

/// Writes the rows of a plan. Several become one action and many actions one commit, because each commit ends
/// with a wait for the disk and writes every page it touches. An action in which something is refused goes
/// row by row.
class RowWriter {
 public:
  RowWriter(store::Records& records, const RosterPlan& plan, RosterApplied& applied)
      : records_(records), plan_(plan), applied_(applied) {}

  Status add(const RowPlan& row) {
    if (hangs_on_nothing(row)) return {};
    if (groups_.empty() || groups_.back().size() == kRowsInAction) groups_.emplace_back();
    groups_.back().push_back(&row);
    const bool is_full = groups_.size() == kActionsAtOnce && groups_.back().size() == kRowsInAction;
    return is_full ? write() : Status{};
  }

  /// Whatever waits.
  Status write() {
    Groups groups = std::exchange(groups_, {});
    while (!groups.empty()) {
      LX_TRY(const std::size_t written, write_together(groups));
      groups.erase(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(written));
      if (groups.empty()) return {};
      for (const RowPlan* row : groups.front())
        LX_DO(write_alone(*row));
      groups.erase(groups.begin());
      // What follows may hang on somebody who was left out now.
      for (Group& group : groups)
        std::erase_if(group, [&](const RowPlan* row) { return hangs_on_nothing(*row); });
    }
    return {};
  }

 private:
  using Group = std::vector<const RowPlan*>;  ///< becomes one action
  using Groups = std::vector<Group>;
  static constexpr std::size_t kRowsInAction = 25;
  static constexpr std::size_t kActionsAtOnce = 20;

  /// All of them in one commit, or those before the first that is refused; how many.
  Result<std::size_t> write_together(const Groups& groups) {
    std::vector<std::vector<Edit>> actions;
    for (const Group& group : groups) {
      std::vector<Edit>& edits = actions.emplace_back();
      for (const RowPlan* row : group) {
        const std::vector<Edit> some = edits_of(*row);
        edits.insert(edits.end(), some.begin(), some.end());
      }
    }
    LX_TRY(std::size_t written, records_.save_all(actions));
    if (written > 0 && written < actions.size()) {
      actions.resize(written);
      LX_TRY(written, records_.save_all(actions));
      if (written < actions.size()) return std::size_t{0};
    }
    for (std::size_t i = 0; i < written; ++i) {
      for (const RowPlan* row : groups[i])
        count(*row);
    }
    return written;
  }

  [[nodiscard]] std::vector<Edit> edits_of(const RowPlan& row) const {
    std::vector<Edit> edits = row.edits;
    edits.push_back(row_edit(plan_, row));
    return edits;
  }
  void count(const RowPlan& row) { ++(row.edits.empty() ? applied_.rows_noted : applied_.rows_written); }

  /// Of a member whose own row was refused.
  bool hangs_on_nothing(const RowPlan& row) {
    if (!left_out_.contains(row.member)) return false;
    applied_.refused.push_back({row.row_index, "member", {}});
    return true;
  }

  Status write_alone(const RowPlan& row) {
    if (hangs_on_nothing(row)) return {};
    std::vector<Edit> edits = edits_of(row);
    LX_TRY(store::Saved saved, records_.save(edits));
    while (!saved.ok) {
      const std::string kind = edits[saved.problem_edit].kind;
      if (!leave_out(edits, saved)) break;
      applied_.left_out.push_back({row.row_index, kind, std::move(saved.problems)});
      LX_TRY(saved, records_.save(edits));
    }
    if (saved.ok) {
      count(row);
      return {};
    }
    if (row.fate == RowFate::kNew) left_out_.insert(row.member);
    applied_.refused.push_back({row.row_index, edits[saved.problem_edit].kind, saved.problems});
    return {};
  }

  store::Records& records_;
  const RosterPlan& plan_;
  RosterApplied& applied_;
  Groups groups_;
  std::set<Id> left_out_;
};

}  // namespace

Result<RosterApplied> apply_roster(store::Records& records, store::Settings& settings, const Clock& clock,
                                   const RosterPlan& plan, const ImportProgress& progress) {
  RosterApplied applied;
  LX_DO(remember_map(settings, plan));
  const std::size_t total = plan.rows_to_write();
  if (total == 0) return applied;
  LX_TRY(const store::StoreStatus status, records.status());
  LX_TRY(const store::Saved batch, records.save({batch_edit(plan, status.worker, Date::of(clock.now_ms()))}));
  if (!batch.ok) return fail("import.batch_refused", {{"file", plan.file_name}});
  applied.batch = plan.batch;
  RowWriter writer(records, plan, applied);
  std::size_t done = 0;
  for (const RowPlan& row : plan.rows) {
    if (row.edits.empty() && row.recorded) continue;
    if (progress) progress(++done, total);
    LX_DO(writer.add(row));
  }
  LX_DO(writer.write());
  return applied;
}

Result<store::Records::BatchUndone> undo_roster(store::Records& records, const Clock& clock,
                                                const Id& batch) {
  LX_TRY(const std::optional<store::RecordShown> shown, records.get(batch));
  if (!shown || shown->kind != "import_batch") return fail("import.batch_unknown", {{"id", batch.text()}});
  if (!shown->value("undone_on").empty()) {
    return fail("import.batch_undone",
                {{"file", shown->value("file_name")}, {"date", shown->value("undone_on")}});
  }
  LX_TRY(store::Records::BatchUndone undone, records.undo_batch(batch));
  Edit edit;
  edit.kind = "import_batch";
  edit.record = batch;
  set(edit, "undone_on", Date::of(clock.now_ms()).text());
  LX_TRY(const store::Saved saved, records.save({edit}));
  if (!saved.ok) return fail("import.batch_refused", {{"file", shown->value("file_name")}});
  return undone;
}

Result<std::vector<PastRoster>> past_rosters(store::Records& records) {
  store::ListQuery query;
  query.kind = "import_batch";
  LX_TRY(const std::vector<store::ListRow> rows, records.list(query));
  std::vector<PastRoster> past;
  past.reserve(rows.size());
  for (const store::ListRow& row : rows) {
    past.push_back({row.id, value_of(row, "file_name"), value_of(row, "imported_on"),
                    number_of(row, "accepted"), number_of(row, "merged"), number_of(row, "quarantined"),
                    value_of(row, "undone_on")});
  }
  // Ids begin with their time.
  std::sort(past.begin(), past.end(),
            [](const PastRoster& a, const PastRoster& b) { return b.batch < a.batch; });
  return past;
}

}  // namespace lianxin::client::app
