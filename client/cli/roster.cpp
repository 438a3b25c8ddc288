// import: rosters as offices keep them. Without --apply nothing is written.
#include <algorithm>
#include <filesystem>

#include "client/app/audit.hpp"
#include "client/app/left_file.hpp"
#include "client/app/roster_file.hpp"
#include "client/app/roster_import.hpp"
#include "client/app/roster_rejected.hpp"
#include "client/app/roster_villages.hpp"
#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/warnings.hpp"
#include "client/report/sheet_xlsx.hpp"
#include "client/view/view_sources.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::cli {
namespace {

using app::RosterPlan;
using app::RowFate;
using app::RowPlan;
using import::RosterRow;

constexpr std::uint64_t kMapMax = 1ULL << 20U;
constexpr std::size_t kSkippedTextMax = 20;

const RosterRow& row_of(const RosterPlan& plan, const RowPlan& row) {
  return plan.roster.rows[row.row_index];
}

std::string name_of(const RosterRow& row) { return std::string(row.value(import::kTargetName)); }

std::string reason_text(const Terminal& terminal, const RowPlan& row) {
  return terminal.words((row.fate == RowFate::kOutside ? "import.outside." : "import.reason.") + row.reason);
}

Json values_json(const RosterRow& row) {
  Json values = Json::object();
  for (const import::RosterValue& value : row.values)
    values[value.kind + "." + value.field] = value.original.empty() ? value.value : value.original;
  for (const import::RosterPhone& phone : row.phones)
    values[phone.is_family ? "contact_point.family" : "contact_point.self"] = phone.value;
  if (!row.village.empty()) values["unit.village"] = row.village;
  if (!row.quarantined_text.empty()) values["quarantined"] = row.quarantined_text;
  return values;
}

Json columns_json(const import::RosterSheet& sheet) {
  Json columns = Json::object();
  for (const import::RosterTable& table : sheet.tables) {
    for (const import::RosterColumn& column : table.columns) {
      // A heading that stands there twice is told twice, each with what became of it.
      const Json target = column.target.empty() ? Json() : Json(column.target);
      std::string heading = column.heading;
      for (int again = 2; columns.contains(heading) && columns.at(heading) != target; ++again)
        heading = column.heading + " (" + std::to_string(again) + ")";
      columns[heading] = target;
    }
  }
  return columns;
}

Json header_rows_json(const import::RosterSheet& sheet) {
  Json rows = Json::array();
  for (const import::RosterTable& table : sheet.tables) {
    for (std::uint32_t row = table.first_header_row; row != 0 && row <= table.last_header_row; ++row)
      rows.push_back(row);
  }
  return rows;
}

Json duplicate_json(const RosterPlan& plan, const RowPlan& row) {
  const RosterRow& first = plan.roster.rows[row.first_row];
  return {{"row", row_of(plan, row).row},
          {"name", name_of(row_of(plan, row))},
          {"of_sheet", plan.roster.sheets[first.sheet_index].name},
          {"of_row", first.row},
          {"basis", row.basis}};
}

Json held_json(const Terminal& terminal, const RosterPlan& plan, const RowPlan& row) {
  const RosterRow& source = row_of(plan, row);
  return {{"row", source.row},
          {"name", name_of(source)},
          {"reason", row.reason},
          {"message", reason_text(terminal, row)},
          {"can_accept_without_id", row.can_accept},
          {"values", values_json(source)}};
}

Json lookalikes_json(const RosterPlan& plan, const RowPlan& row) {
  Json out = Json::array();
  for (const app::RosterLookalike& other : row.lookalikes) {
    Json one = {{"row", row_of(plan, row).row}, {"name", name_of(row_of(plan, row))}, {"basis", other.basis}};
    if (other.member.is_nil()) {
      one["of_row"] = plan.roster.rows[other.row_index].row;
    } else {
      one["record"] = other.member.text();
    }
    out.push_back(std::move(one));
  }
  return out;
}

Json differences_json(const RosterPlan& plan, const RowPlan& row) {
  Json out = Json::array();
  for (const app::RosterDifference& difference : row.differences) {
    out.push_back({{"row", row_of(plan, row).row},
                   {"record", row.member.text()},
                   {"field", difference.field},
                   {"here", difference.here},
                   {"roster", difference.roster}});
  }
  return out;
}

void append(Json& list, Json more) {
  for (Json& one : more)
    list.push_back(std::move(one));
}

Json sheet_json(const Terminal& terminal, const RosterPlan& plan, std::size_t index) {
  const import::RosterSheet& sheet = plan.roster.sheets[index];
  const app::RosterCounts counts = plan.counts_of_sheet(index);
  Json duplicates = Json::array();
  Json quarantined = Json::array();
  Json outside = Json::array();
  Json lookalikes = Json::array();
  Json differences = Json::array();
  Json warnings = Json::array();
  for (const RowPlan& row : plan.rows) {
    const RosterRow& source = row_of(plan, row);
    if (source.sheet_index != index) continue;
    if (row.fate == RowFate::kDuplicate) duplicates.push_back(duplicate_json(plan, row));
    if (row.fate == RowFate::kQuarantined) quarantined.push_back(held_json(terminal, plan, row));
    if (row.fate == RowFate::kOutside) {
      outside.push_back({{"row", source.row},
                         {"village", row.village_name},
                         {"reason", row.reason},
                         {"message", reason_text(terminal, row)}});
    }
    append(lookalikes, lookalikes_json(plan, row));
    append(differences, differences_json(plan, row));
    for (const import::RosterWarning& warning : source.warnings) {
      warnings.push_back(
          {{"row", source.row},
           {"code", warning.code},
           {"message", terminal.words("import.warning." + warning.code,
                                      {{"heading", warning.heading}, {"text", warning.text}})}});
    }
  }
  Json skipped = Json::array();
  for (const import::SkippedRows& rows : sheet.skipped) {
    skipped.push_back(
        {{"row", rows.first_row}, {"last_row", rows.last_row}, {"why", rows.why}, {"text", rows.text}});
  }
  return {{"sheet", sheet.name},
          {"header_rows", header_rows_json(sheet)},
          {"columns", columns_json(sheet)},
          {"accepted", counts.accepted},
          {"merged", counts.merged},
          {"duplicates", std::move(duplicates)},
          {"quarantined", std::move(quarantined)},
          {"outside", std::move(outside)},
          {"lookalikes", std::move(lookalikes)},
          {"differences", std::move(differences)},
          {"warnings", std::move(warnings)},
          {"skipped", std::move(skipped)},
          {"no_table", sheet.no_table.empty() ? Json() : Json(sheet.no_table)}};
}

/// What of a row another fills in, a sentence each.
std::vector<std::string> left_out_of(const Terminal& terminal, const app::RosterApplied::Refused& row) {
  const domain::Kind* kind = domain::Catalogue::base().kind(row.kind);
  LX_CHECK(kind != nullptr, "a roster's row is of a known kind");
  std::vector<std::string> out;
  for (const domain::Problem& problem : row.problems) {
    if (!problem.blocks) continue;
    out.push_back(terminal.words("kind." + kind->name) + ": " +
                  domain::problem_sentence(terminal.messages(), *kind, problem));
  }
  return out;
}

Json plan_json(const Terminal& terminal, const RosterPlan& plan, const app::RosterApplied* applied) {
  Json sheets = Json::array();
  for (std::size_t i = 0; i < plan.roster.sheets.size(); ++i)
    sheets.push_back(sheet_json(terminal, plan, i));
  const bool wrote = applied != nullptr && !applied->batch.is_nil();
  Json refused = Json::array();
  if (applied != nullptr) {
    for (const app::RosterApplied::Refused& row : applied->refused) {
      refused.push_back({{"row", app::row_name(plan.roster, plan.roster.rows[row.row_index])},
                         {"kind", row.kind},
                         {"field", row.problems.empty() ? "" : row.problems.front().field}});
    }
  }
  Json left_out = Json::array();
  if (applied != nullptr) {
    for (const app::RosterApplied::Refused& row : applied->left_out) {
      for (const std::string& sentence : left_out_of(terminal, row))
        left_out.push_back(
            {{"row", app::row_name(plan.roster, plan.roster.rows[row.row_index])}, {"message", sentence}});
    }
  }
  return {{"batch", wrote ? Json(applied->batch.text()) : Json()},
          {"applied", applied != nullptr},
          {"to_write", plan.rows_with_values()},
          {"written", wrote ? applied->rows_written : 0},
          {"refused", std::move(refused)},
          {"left_out", std::move(left_out)},
          {"sheets", std::move(sheets)}};
}

/// In words; a number shows its beginning and its end.
std::string differing(const Terminal& terminal, const std::string& kind, const std::string& field,
                      const std::string& value, Names& names) {
  const std::string masked = view::masked_value(kind, field, value);
  return masked.empty() ? value_text(terminal, field_of(terminal, kind, field), value, names) : masked;
}

/// Rows a person has to look at, one line each.
std::vector<std::vector<std::string>> rows_to_look_at(const Terminal& terminal, const RosterPlan& plan,
                                                      std::size_t index, Names& names) {
  std::vector<std::vector<std::string>> lines;
  for (const RowPlan& row : plan.rows) {
    const RosterRow& source = row_of(plan, row);
    if (source.sheet_index != index) continue;
    const std::string where = "  " + terminal.words("cli.import.row", {{"row", std::to_string(source.row)}});
    if (row.fate == RowFate::kQuarantined || row.fate == RowFate::kOutside)
      lines.push_back({where, name_of(source), row.village_name, reason_text(terminal, row)});
    if (row.fate == RowFate::kDuplicate) {
      lines.push_back({where, name_of(source), row.village_name,
                       terminal.words("cli.import.same_as",
                                      {{"row", std::to_string(plan.roster.rows[row.first_row].row)}})});
    }
    for (const app::RosterLookalike& other : row.lookalikes)
      lines.push_back(
          {where, name_of(source), row.village_name,
           terminal.words("cli.import.perhaps", {{"why", terminal.words("import.twin." + other.basis)}})});
    for (const app::RosterDifference& difference : row.differences) {
      const std::size_t dot = difference.field.find('.');
      const std::string kind = difference.field.substr(0, dot);
      const std::string field = difference.field.substr(dot + 1);
      lines.push_back(
          {where, name_of(source), row.village_name,
           terminal.words("cli.import.differs",
                          {{"field", field_text(terminal, kind, field)},
                           {"here", differing(terminal, kind, field, difference.here, names)},
                           {"roster", differing(terminal, kind, field, difference.roster, names)}})});
    }
    for (const import::RosterWarning& warning : source.warnings) {
      lines.push_back({where, name_of(source), row.village_name,
                       terminal.words("import.warning." + warning.code,
                                      {{"heading", warning.heading}, {"text", warning.text}})});
    }
  }
  return lines;
}

std::string target_text(const Terminal& terminal, const std::string& target) {
  if (target.empty()) return terminal.words("cli.import.not_taken");
  if (terminal.messages().has("import.target." + target)) return terminal.words("import.target." + target);
  const std::size_t dot = target.find('.');
  return dot == std::string::npos ? target
                                  : field_text(terminal, target.substr(0, dot), target.substr(dot + 1));
}

void say_sheet(Call& call, const RosterPlan& plan, std::size_t index, Names& names) {
  Terminal& terminal = call.terminal;
  const import::RosterSheet& sheet = plan.roster.sheets[index];
  if (!sheet.no_table.empty()) {
    terminal.say("cli.import.no_table",
                 {{"sheet", sheet.name}, {"why", terminal.words("import.no_table." + sheet.no_table)}});
    return;
  }
  const app::RosterCounts counts = plan.counts_of_sheet(index);
  terminal.say("cli.import.sheet", {{"sheet", sheet.name},
                                    {"accepted", std::to_string(counts.accepted)},
                                    {"merged", std::to_string(counts.merged)},
                                    {"duplicates", std::to_string(counts.duplicates)},
                                    {"quarantined", std::to_string(counts.quarantined)},
                                    {"outside", std::to_string(counts.outside)}});
  std::vector<std::vector<std::string>> columns;
  for (const import::RosterTable& table : sheet.tables) {
    // Sheets headed alike are told once.
    if (index > 0 && !plan.roster.sheets[index - 1].tables.empty() &&
        plan.roster.sheets[index - 1].tables.front().fingerprint == table.fingerprint) {
      continue;
    }
    for (const import::RosterColumn& column : table.columns)
      columns.push_back({"  " + column.heading, "-> " + target_text(terminal, column.target)});
  }
  terminal.table(columns);
  std::vector<std::vector<std::string>> rows = rows_to_look_at(terminal, plan, index, names);
  for (const import::SkippedRows& skipped : sheet.skipped) {
    if (skipped.why == "blank") continue;
    rows.push_back(
        {"  " + terminal.words("cli.import.row", {{"row", std::to_string(skipped.first_row)}}),
         first_code_points(domain::mask_private_numbers(skipped.text), kSkippedTextMax), "",
         terminal.words("cli.import.skipped", {{"why", terminal.words("import.skip." + skipped.why)}})});
  }
  terminal.table(rows);
}

/// What else the command could do with what it found.
void say_ways_on(Call& call, const RosterPlan& plan) {
  const auto held = std::count_if(plan.rows.begin(), plan.rows.end(), [&](const RowPlan& row) {
    return row.fate == RowFate::kQuarantined && row.can_accept;
  });
  if (held > 0 && !call.options.accept_without_id)
    call.terminal.say("cli.import.without_id", {{"count", std::to_string(held)}});
  const bool hides =
      std::any_of(plan.roster.sheets.begin(), plan.roster.sheets.end(),
                  [](const import::RosterSheet& sheet) { return sheet.no_table == "hidden_sheet"; });
  if (hides) call.terminal.say("cli.import.hidden");
}

void say_plan(Call& call, const RosterPlan& plan, const app::RosterApplied* applied, Names& names) {
  for (std::size_t i = 0; i < plan.roster.sheets.size(); ++i)
    say_sheet(call, plan, i, names);
  if (applied == nullptr) {
    const std::size_t noted = plan.rows_to_write() - plan.rows_with_values();
    call.terminal.say(noted == 0 ? "cli.import.preview_all" : "cli.import.preview",
                      {{"count", std::to_string(plan.rows_with_values())}, {"noted", std::to_string(noted)}});
    say_ways_on(call, plan);
  } else if (applied->batch.is_nil()) {
    call.terminal.say("cli.import.nothing_new");
  } else {
    call.terminal.say("cli.import.applied", {{"count", std::to_string(applied->rows_written)},
                                             {"noted", std::to_string(applied->rows_noted)},
                                             {"batch", applied->batch.text()}});
  }
  if (applied == nullptr) return;
  for (const app::RosterApplied::Refused& row : applied->refused) {
    call.terminal.say("cli.import.refused",
                      {{"row", app::row_name(plan.roster, plan.roster.rows[row.row_index])}});
  }
  for (const app::RosterApplied::Refused& row : applied->left_out) {
    for (const std::string& sentence : left_out_of(call.terminal, row))
      call.terminal.say(
          "cli.import.left_out",
          {{"row", app::row_name(plan.roster, plan.roster.rows[row.row_index])}, {"why", sentence}});
  }
}

/// How many rows stand in the file. None is no error: it is then not written, and an older one of that name
/// goes.
Result<std::size_t> write_rejected(Call& call, store::LaptopStore& store, const RosterPlan& plan,
                                   const Bytes& bytes) {
  const std::string& file = call.options.rejected;
  if (!file.ends_with(".xlsx")) return fail("report.kind", {{"file", file}, {"kinds", ".xlsx"}});
  const auto sheets = app::rejected_rows(plan, bytes, call.terminal.messages());
  if (sheets.ok()) {
    std::size_t rows = 0;
    for (const report::Sheet& sheet : *sheets)
      rows += sheet.rows.size();
    const app::AuditNote note{
        app::Act::kExport, plan.org, {}, app::export_words("import", "", file), rows, {}};
    LX_DO(app::write_audit(store, note));
    LX_TRY(const Bytes made, report::xlsx_bytes(*sheets, file));
    LX_TRY(const auto kept, app::leave_file(store, file, made, call.terminal.messages()));
    note_kept(call, kept);
    return rows;
  }
  if (sheets.error().code != "import.none_rejected") return sheets.error();
  LX_TRY(const auto kept, app::leave_no_file(store, file, call.terminal.messages()));
  note_kept(call, kept);
  return std::size_t{0};
}

}  // namespace

Exit import_roster(Call& call) {
  LX_TRY(const Bytes bytes, app::roster_bytes(call.options.file));
  app::RosterChoices choices;
  choices.village = call.options.village;
  choices.accept_without_number = call.options.accept_without_id;
  choices.hidden_sheets = call.options.hidden_sheets;
  if (!call.options.map_file.empty()) {
    LX_TRY(choices.map_text, read_file(call.options.map_file, kMapMax));
  }
  LX_TRY(const auto store, open_store(call));
  if (!choices.village.empty()) {
    LX_TRY(const app::RosterVillages villages, app::RosterVillages::of(store->records()));
    if (villages.find(choices.village).problem == "village_unknown")
      return fail("import.village", {{"village", choices.village}});
  }
  LX_TRY(const RosterPlan plan, app::plan_roster(store->records(), store->settings(), call.clock, bytes,
                                                 call.options.file, choices));
  std::size_t rejected = 0;
  if (!call.options.rejected.empty()) {
    LX_TRY(rejected, write_rejected(call, *store, plan, bytes));
  }
  std::optional<app::RosterApplied> applied;
  if (call.options.apply) {
    LX_TRY(applied, app::apply_roster(store->records(), store->settings(), call.clock, plan,
                                      HowFar(call, "cli.import.writing")));
  }
  if (call.terminal.json()) {
    Json said = plan_json(call.terminal, plan, applied ? &*applied : nullptr);
    call.terminal.value(applied ? with_copies(call, std::move(said)) : said);
  } else {
    Names names(store->records());
    say_plan(call, plan, applied ? &*applied : nullptr, names);
    if (rejected > 0)
      call.terminal.say("cli.import.rejected",
                        {{"count", std::to_string(rejected)}, {"file", call.options.rejected}});
  }
  // Here somebody waits anyway: else the saves that follow would look through it, each a piece. What is
  // written stays so whether this succeeds or not.
  if (applied) {
    if (const Status read = read_all_twins(call, *store); !read.ok()) log_error("import.twins", read.error());
  }
  return 0;
}

Exit import_undo(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id batch, store->records().find_id(call.options.id));
  LX_TRY(const store::Records::BatchUndone undone, app::undo_roster(store->records(), call.clock, batch));
  if (call.terminal.json()) {
    Json kept = Json::array();
    for (const Id& id : undone.kept)
      kept.push_back(id.text());
    call.terminal.value(with_copies(call, {{"undone", undone.undone}, {"kept", std::move(kept)}}));
    return 0;
  }
  call.terminal.say("cli.import.undone", {{"count", std::to_string(undone.undone)}});
  Names names(store->records());
  for (const Id& id : undone.kept)
    call.terminal.say("cli.import.kept", {{"name", names.of(id)}, {"id", id.text()}});
  return 0;
}

Exit import_list(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const std::vector<app::PastRoster> past, app::past_rosters(store->records()));
  std::vector<std::vector<std::string>> rows;
  for (const app::PastRoster& one : past) {
    if (call.terminal.json()) {
      call.terminal.value({{"batch", one.batch.text()},
                           {"file", one.file_name},
                           {"imported_on", one.imported_on},
                           {"accepted", one.accepted},
                           {"merged", one.merged},
                           {"quarantined", one.quarantined},
                           {"undone_on", one.undone_on.empty() ? Json() : Json(one.undone_on)}});
    }
    const std::string counts =
        call.terminal.words("cli.import.past", {{"accepted", std::to_string(one.accepted)},
                                                {"merged", std::to_string(one.merged)},
                                                {"quarantined", std::to_string(one.quarantined)}});
    const std::string undone = one.undone_on.empty()
                                   ? std::string()
                                   : call.terminal.words("cli.import.past_undone", {{"day", one.undone_on}});
    rows.push_back({one.imported_on, one.file_name, counts, undone, one.batch.text()});
  }
  call.terminal.table(rows);
  if (rows.empty()) call.terminal.say("cli.import.none");
  return 0;
}

}  // namespace lianxin::client::cli
