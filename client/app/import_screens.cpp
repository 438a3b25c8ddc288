#include "client/app/import_screens.hpp"

#include <algorithm>

#include "client/app/roster_villages.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::app {
namespace {

using view::RowVerdict;

constexpr std::size_t kRowsShownMax = 5000;

RowVerdict verdict_of(RowFate fate) {
  switch (fate) {
    case RowFate::kNew:
      return RowVerdict::kAccepted;
    case RowFate::kMerged:
      return RowVerdict::kMerged;
    case RowFate::kDuplicate:
      return RowVerdict::kDuplicate;
    case RowFate::kQuarantined:
      return RowVerdict::kQuarantined;
    case RowFate::kOutside:
      break;
  }
  return RowVerdict::kSkipped;
}

/// "" for a column that is left out.
std::string field_words(const view::ViewSources& sources, const std::string& target) {
  const view::Wording& wording = sources.wording;
  const std::string key = "import.target." + target;
  if (target.empty() || target == import::kTargetIgnored) return {};
  if (wording.messages().has(key)) return wording.text(key);
  const std::size_t point = target.find('.');
  return point == std::string::npos ? target
                                    : sources.label(target.substr(0, point), target.substr(point + 1));
}

/// A value as it is shown elsewhere: names of codes and units, numbers masked.
Result<std::string> value_words(const view::ViewSources& sources, const std::string& target,
                                const std::string& value) {
  const std::size_t point = target.find('.');
  const std::string kind_name = target.substr(0, point);
  const std::string field_name = point == std::string::npos ? std::string() : target.substr(point + 1);
  std::string masked = view::masked_value(kind_name, field_name, value);
  if (!masked.empty()) return masked;
  const domain::Kind* kind = sources.catalogue().kind(kind_name);
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(field_name);
  if (field == nullptr) return value;
  return view::value_in_words(sources, *field, value);
}

/// Perhaps somebody else of the laptop, what stands differently there, what is odd in the row.
Result<std::vector<std::string>> doubts_of(const view::ViewSources& sources, const RosterPlan& plan,
                                           const RowPlan& row) {
  const view::Wording& wording = sources.wording;
  std::vector<std::string> out;
  for (const RosterLookalike& other : row.lookalikes)
    out.push_back(wording.text("view.import.perhaps", {{"why", wording.text("import.twin." + other.basis)}}));
  for (const RosterDifference& difference : row.differences) {
    LX_TRY(std::string here, value_words(sources, difference.field, difference.here));
    LX_TRY(std::string roster, value_words(sources, difference.field, difference.roster));
    out.push_back(wording.text("view.import.differs", {{"field", field_words(sources, difference.field)},
                                                       {"here", std::move(here)},
                                                       {"roster", std::move(roster)}}));
  }
  for (const import::RosterWarning& warning : plan.roster.rows[row.row_index].warnings) {
    out.push_back(wording.text("import.warning." + warning.code,
                               {{"heading", warning.heading}, {"text", warning.text}}));
  }
  return out;
}

/// What a row brings to somebody who is here already: the fields it fills, a new number, a record beside him.
Result<std::string> brought_by(const view::ViewSources& sources, const RowPlan& row) {
  std::vector<std::string> names;
  const auto name = [&](std::string one) {
    if (std::find(names.begin(), names.end(), one) == names.end()) names.push_back(std::move(one));
  };
  for (const store::Edit& edit : row.edits) {
    std::string number;
    for (const store::FieldEdit& field : edit.fields) {
      if (!edit.create) name(sources.label(edit.kind, field.field));
      if (edit.kind != "contact_point" || field.field != "value") continue;
      LX_TRY(number, value_words(sources, "contact_point.value", field.value));
    }
    if (edit.create) name(sources.wording.text("kind." + edit.kind) + (number.empty() ? "" : " " + number));
  }
  if (names.empty()) return std::string();
  const std::string all = join(names, sources.wording.text("field.list_separator"));
  return sources.wording.text("view.import.fills", {{"what", all}});
}

Result<view::Words> reason_of(const view::ViewSources& sources, const RosterPlan& plan, const RowPlan& row) {
  const view::Wording& wording = sources.wording;
  using view::Mark;
  using view::Tone;
  if (row.fate == RowFate::kQuarantined)
    return view::Words{wording.text("import.reason." + row.reason), Tone::kNeedsYou, Mark::kNeedsYou};
  if (row.fate == RowFate::kOutside) {
    // The command line's word is an option; here there is a field for it.
    const std::string here = "view.import.outside." + row.reason;
    const std::string key = wording.messages().has(here) ? here : "import.outside." + row.reason;
    return view::Words{wording.text(key), Tone::kAgeing};
  }
  LX_TRY(std::vector<std::string> parts, doubts_of(sources, plan, row));
  Tone tone = parts.empty() ? Tone::kQuiet : Tone::kAgeing;
  if (row.fate != RowFate::kNew) {
    LX_TRY(std::string brought, brought_by(sources, row));
    if (!brought.empty()) {
      if (parts.empty()) tone = Tone::kPlain;
      parts.insert(parts.begin(), std::move(brought));
    }
    parts.insert(parts.begin(), wording.text("import.match." + row.basis));
  }
  return view::Words{join(parts, wording.text("view.import.separator")), tone};
}

Result<view::ImportRow> row_of(const view::ViewSources& sources, const RosterPlan& plan, const RowPlan& row) {
  const view::Wording& wording = sources.wording;
  const import::RosterRow& read = plan.roster.rows[row.row_index];
  view::ImportRow out;
  out.row = row_name(plan.roster, read);
  out.where = wording.text("view.import.row", {{"row", std::to_string(read.row)}});
  out.name = std::string(read.value("member.name"));
  out.village = row.village_name;
  out.id_masked = domain::mask_id_number(read.value("member.id_no"));
  if (!read.phones.empty()) out.phone_masked = domain::mask_phone(read.phones.front().value);
  out.verdict = verdict_of(row.fate);
  LX_TRY(out.reason, reason_of(sources, plan, row));
  out.can_accept_without_number = row.can_accept;
  out.accepted_by_hand = row.without_number;
  return out;
}

/// Long numbers are somebody's: the example shows that it is one, not which.
std::string masked_sample(const std::string& sample) {
  const auto digits =
      std::count_if(sample.begin(), sample.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits >= 15) return domain::mask_id_number(sample);
  return digits >= 7 && sample.find('-') == std::string::npos ? domain::mask_phone(sample) : sample;
}

view::ImportColumn column_of(const view::ViewSources& sources, const import::RosterColumn& column) {
  view::ImportColumn out;
  out.key = column.key;
  out.heading = column.heading.starts_with('@')
                    ? sources.wording.text("view.import.letter", {{"letter", column.heading.substr(1)}})
                    : column.heading;
  out.sample = masked_sample(column.sample);
  if (column.target != import::kTargetIgnored) out.target = column.target;
  out.field = field_words(sources, column.target);
  out.by_hand = column.chosen;
  return out;
}

std::string rows_between(const view::Wording& wording, std::uint32_t first, std::uint32_t last) {
  if (first >= last) return wording.text("view.import.row", {{"row", std::to_string(last)}});
  return wording.text("view.import.rows", {{"first", std::to_string(first)}, {"last", std::to_string(last)}});
}

view::ImportSheet sheet_of(const view::ViewSources& sources, const import::RosterSheet& read) {
  const view::Wording& wording = sources.wording;
  view::ImportSheet out;
  out.name = read.name;
  if (!read.no_table.empty()) out.no_roster = wording.text("import.no_table." + read.no_table);
  for (const import::SkippedRows& rows : read.skipped) {
    if (rows.why == "no_table" || rows.why == "hidden_sheet") continue;
    out.passed_over.push_back({rows_between(wording, rows.first_row, rows.last_row),
                               wording.text("import.skip." + rows.why), rows.text});
  }
  if (read.tables.empty()) return out;
  const import::RosterTable& table = read.tables.front();
  if (table.last_header_row > 0)
    out.header_rows = rows_between(wording, table.first_header_row, table.last_header_row);
  for (const import::RosterColumn& column : table.columns)
    out.columns.push_back(column_of(sources, column));
  return out;
}

void add_targets(const view::ViewSources& sources, view::ImportView& view) {
  view.targets.clear();
  const import::OwnColumns own(sources.catalogue());
  std::vector<std::string> targets = import::heading_targets();
  for (std::string& target : own.targets())
    targets.push_back(std::move(target));
  for (const std::string& target : targets) {
    const std::string label = field_words(sources, target);
    if (!label.empty() && own.reading(target) != import::Reading::kNone)
      view.targets.push_back({target, label});
  }
}

Status add_villages(store::Records& records, const RosterPlan& plan, const RosterChoices& choices,
                    view::ImportView& view) {
  view.villages.clear();
  view.village = choices.village;
  const bool missing = std::any_of(plan.rows.begin(), plan.rows.end(),
                                   [](const RowPlan& row) { return row.reason == "village_missing"; });
  if (!missing && choices.village.empty()) return {};
  LX_TRY(const RosterVillages villages, RosterVillages::of(records));
  for (const RosterUnit& unit : villages.units()) {
    const bool ours = villages.find(unit.code).problem.empty();
    if (unit.kind == "village" && unit.merged_into.is_nil() && ours)
      view.villages.push_back({unit.code, unit.name});
  }
  return {};
}

}  // namespace

Status show_plan(const view::ViewSources& sources, const RosterPlan& plan, const RosterChoices& choices,
                 view::ImportView& view) {
  const view::Wording& wording = sources.wording;
  view.stage = view::ImportStage::kPreview;
  view.file = plan.file_name;
  view.problem.clear();
  view.sheets.clear();
  view.hidden_sheets = 0;
  for (std::size_t i = 0; i < plan.roster.sheets.size(); ++i) {
    view::ImportSheet sheet = sheet_of(sources, plan.roster.sheets[i]);
    const RosterCounts counts = plan.counts_of_sheet(i);
    sheet.accepted = counts.accepted;
    sheet.merged = counts.merged;
    sheet.duplicates = counts.duplicates;
    sheet.quarantined = counts.quarantined;
    sheet.skipped = counts.outside;
    view.hidden_sheets += plan.roster.sheets[i].hidden ? 1U : 0U;
    view.sheets.push_back(std::move(sheet));
  }
  for (const RowPlan& row : plan.rows) {
    auto& rows = view.sheets[plan.roster.rows[row.row_index].sheet_index].rows;
    if (rows.size() >= kRowsShownMax) continue;
    LX_TRY(view::ImportRow shown, row_of(sources, plan, row));
    rows.push_back(std::move(shown));
  }
  const RosterCounts counts = plan.counts();
  view.rejected = counts.quarantined + counts.outside;
  view.summary = wording.text("view.import.summary", {{"all", std::to_string(plan.rows.size())},
                                                      {"new", std::to_string(counts.accepted)},
                                                      {"merged", std::to_string(counts.merged)},
                                                      {"duplicates", std::to_string(counts.duplicates)},
                                                      {"held", std::to_string(counts.quarantined)}});
  view.reads_hidden = choices.hidden_sheets;
  view.preview_token = plan.batch.text();
  view.will_write = static_cast<std::uint32_t>(plan.rows_with_values());
  view.will_note = static_cast<std::uint32_t>(plan.rows_to_write()) - view.will_write;
  add_targets(sources, view);
  return add_villages(sources.store.records(), plan, choices, view);
}

void show_letters(const view::ViewSources& sources, const import::RosterSheet& sheet,
                  view::ImportView& view) {
  view.stage = view::ImportStage::kPreview;
  view.problem.clear();
  view.sheets = {sheet_of(sources, sheet)};
  view.sheets.front().no_roster.clear();
  view.summary = sources.wording.text("view.import.no_headings");
  view.villages.clear();
  view.preview_token.clear();
  view.will_write = view.will_note = view.rejected = view.hidden_sheets = 0;
  add_targets(sources, view);
}

std::string chosen_columns(const std::vector<import::RosterSheet>& sheets) {
  std::string lines;
  for (const import::RosterSheet& sheet : sheets) {
    for (const import::RosterTable& table : sheet.tables) {
      for (const import::RosterColumn& column : table.columns) {
        if (column.chosen) lines += column.key + "\t" + column.target + "\n";
      }
    }
  }
  return lines;
}

}  // namespace lianxin::client::app
