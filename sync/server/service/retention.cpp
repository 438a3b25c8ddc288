#include "sync/server/service/retention.hpp"

#include <algorithm>
#include <map>

#include "sync/merge/purge.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

constexpr int kYearsMax = 100;
constexpr int kMonthsOfYear = 12;

/// The last day a date known in part can be.
std::string last_day(const std::string& day) {
  if (day.size() == 4) return day + "-12-31";
  if (day.size() != 7) return day;
  const auto first = Date::parse(day + "-01");
  return first.ok() ? first->plus_months(1).plus_days(-1).text() : day;
}

Result<merge::RecordState> whole_state(store::Reader& reader, const Id& record) {
  LX_TRY(const auto row, reader.record(record));
  if (!row) return fail("record.unknown", {{"id", record.text()}});
  return state_for(reader, *row, Id{});
}

/// The county's word on the period, as of a day: of several the one that begins last.
Result<int> years_of(store::Reader& reader, const domain::Catalogue& catalogue, const RetentionRule& rule,
                     const Date& as_of) {
  const domain::Kind* kind = catalogue.kind("parameter");
  if (kind == nullptr) return rule.years;
  int years = rule.years;
  std::string latest;
  LX_TRY(const auto ids, reader.records_of_kind(kind->wire));
  for (const Id& id : ids) {
    LX_TRY(const auto state, whole_state(reader, id));
    if (shown_text(state, *kind, "name") != rule.parameter || !shown_text(state, *kind, "voided").empty())
      continue;
    const std::string from = shown_text(state, *kind, "from");
    const std::string value = shown_text(state, *kind, "value");
    const bool is_number =
        !value.empty() && value.size() <= 3 &&
        std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || from > as_of.text() || from < latest) continue;
    const int typed = std::stoi(value);
    if (typed < 1 || typed > kYearsMax) continue;
    latest = from;
    years = typed;
  }
  return years;
}

/// Sorted.
std::vector<std::uint16_t> wires_of(const domain::Kind& kind, const std::vector<std::string>& fields) {
  if (fields.empty()) return personal_fields(kind);
  std::vector<std::uint16_t> wires;
  wires.reserve(fields.size());
  for (const std::string& name : fields)
    wires.push_back(kind.field(name)->wire);
  std::sort(wires.begin(), wires.end());
  return wires;
}

/// What the purge is to be told.
std::vector<std::string> fields_of(const domain::Kind& kind, const RetentionRule& rule) {
  std::vector<std::string> names(rule.fields.begin(), rule.fields.end());
  const auto& rules = retention_rules();
  const auto first = std::find_if(rules.begin(), rules.end(),
                                  [&](const RetentionRule& one) { return one.kind == rule.kind; });
  if (names.empty() || first->name != rule.name) return names;
  for (const std::uint16_t wire : personal_fields(kind)) {
    if (wire >= domain::kFirstCustomField) names.push_back(kind.field(wire)->name);
  }
  return names;
}

/// The county has the last of it since that day.
Result<std::string> day_it_came(store::Reader& reader, const Id& record) {
  LX_TRY(const auto log, reader.changes_of_record(record));
  WallMs last = 0;
  for (const store::LogRow& row : log)
    last = std::max(last, row.accepted_ms);
  return log.empty() ? std::string() : Date::of(last).text();
}

/// The day by which a record is judged; "" = none yet. What is only kept aside, or was refused, shows none of
/// its own.
Result<std::string> day_of(store::Reader& reader, const domain::Catalogue& catalogue,
                           const RetentionRule& rule, const merge::RecordState& state) {
  if (!merge::has_heads(state)) return day_it_came(reader, state.record);
  if (rule.parent.empty()) return last_day(shown_text(state, *catalogue.kind(rule.kind), rule.day));
  const domain::Kind* kind = catalogue.kind(rule.parent);
  LX_TRY(const auto row, reader.record(state.record));
  if (kind == nullptr || !row || row->parent.is_nil()) return std::string();
  LX_TRY(const auto parent, reader.record(row->parent));
  if (!parent || parent->kind != kind->wire) return std::string();
  LX_TRY(const auto above, state_for(reader, *parent, Id{}));
  return last_day(shown_text(above, *kind, rule.day));
}

Status find(store::Reader& reader, const domain::Catalogue& catalogue, Overdue& found) {
  const domain::Kind* kind = catalogue.kind(found.rule->kind);
  if (kind == nullptr) return {};
  found.fields = fields_of(*kind, *found.rule);
  const std::vector<std::uint16_t> fields = wires_of(*kind, found.fields);
  LX_TRY(const auto ids, reader.records_of_kind(kind->wire));
  for (const Id& id : ids) {
    LX_TRY(const auto state, whole_state(reader, id));
    LX_TRY(const std::string day, day_of(reader, catalogue, *found.rule, state));
    if (day.empty() || day >= found.before.text()) continue;
    LX_TRY(const bool still_there, log_holds(reader, id, fields));
    if (still_there) found.records.push_back(id);
  }
  std::sort(found.records.begin(), found.records.end());
  return {};
}

}  // namespace

const std::vector<RetentionRule>& retention_rules() {
  constexpr std::string_view kEpisode = "keep_episode_years";
  constexpr std::string_view kNotes = "keep_notes_years";
  constexpr std::string_view kAddress = "keep_address_years";
  constexpr std::string_view kHardship = "keep_hardship_years";
  constexpr std::string_view kAudit = "keep_audit_years";
  using Names = std::vector<std::string_view>;
  static const Names kVisit = {"content",   "talk_thought", "talk_work",
                               "talk_life", "companions",   "ack_strokes"};
  static const std::vector<RetentionRule> kRules = {
      {"episodes", "mobility_episode", "", "returned_on", {}, kEpisode, 5},
      {"certificates", "certificate", "", "returned_on", {}, kEpisode, 5},
      {"contacts", "contact_attempt", "", "occurred_on", {"content"}, kNotes, 2},
      {"visits", "visit", "", "occurred_on", kVisit, kNotes, 2},
      {"consultations", "consultation", "", "occurred_on", {"summary"}, kNotes, 2},
      {"questions", "case_item", "", "closed_on", {"content", "answer"}, kNotes, 2},
      {"question_notes", "case_event", "case_item", "closed_on", {"note"}, kNotes, 2},
      {"pictures", "attachment", "", "taken_on", {}, kNotes, 2},
      {"handovers", "liaison_assignment", "", "to", {"handover_note"}, kNotes, 2},
      {"transfers", "transfer_request", "", "done_on", {"obstacle_text"}, kNotes, 2},
      {"points", "points_entry", "", "occurred_on", {"reason"}, kNotes, 2},
      {"stock_notes", "stock_movement", "", "occurred_on", {"note"}, kNotes, 2},
      {"imports", "import_row", "import_batch", "imported_on", {"row_values"}, kNotes, 2},
      {"parcel_notes", "delivery_event", "", "occurred_on", {"note"}, kNotes, 2},
      {"receipts", "delivery", "", "received_on", {"receipt_strokes"}, kNotes, 2},
      {"addresses", "delivery", "", "received_on", {"to_name", "to_phone", "to_address"}, kAddress, 1},
      {"hardship", "hardship_record", "", "relieved_on", {}, kHardship, 5},
      {"aid", "aid", "", "occurred_on", {}, kHardship, 5},
      {"surveys", "survey_answer", "", "occurred_on", {"outcome"}, kHardship, 5},
      {"corrections", "correction", "", "decided_on", {"old_value", "new_value", "reason"}, kAudit, 3},
      {"audit", "audit_entry", "", "occurred_on", {}, kAudit, 3}};
  return kRules;
}

Result<std::vector<Overdue>> overdue(store::Reader& reader, const domain::Catalogue& catalogue,
                                     const Date& as_of) {
  std::vector<Overdue> out;
  for (const RetentionRule& rule : retention_rules()) {
    Overdue found;
    found.rule = &rule;
    LX_TRY(found.years, years_of(reader, catalogue, rule, as_of));
    found.before = as_of.plus_months(-found.years * kMonthsOfYear);
    LX_DO(find(reader, catalogue, found));
    out.push_back(std::move(found));
  }
  return out;
}

namespace {

/// The latest change of the record that came in after then and still holds a text of these fields; 0 = none.
Result<WallMs> came_after(store::Reader& reader, const Id& record, const std::vector<std::uint16_t>& fields,
                          WallMs then) {
  WallMs latest = 0;
  LX_TRY(const auto log, reader.changes_of_record(record));
  for (const store::LogRow& row : log) {
    if (row.accepted_ms <= std::max(then, latest)) continue;
    LX_TRY(const bool holds, change_holds(row, fields));
    if (holds) latest = row.accepted_ms;
  }
  return latest;
}

/// Each record that a purge took as a whole, and when it last did.
Result<std::map<Id, WallMs>> gone_as_a_whole(store::Reader& reader) {
  constexpr std::size_t kAtOnce = 1000;
  std::map<Id, WallMs> out;
  for (std::uint64_t after = 0;;) {
    LX_TRY(const auto purges, reader.purges(after, kAtOnce));
    for (const store::PurgeRow& purge : purges) {
      if (merge::whole_number({{purge.number, purge.fields}}) > 0)
        out[purge.record] = std::max(out[purge.record], purge.at_ms);
    }
    if (purges.size() < kAtOnce) return out;
    after = purges.back().sequence;
  }
}

}  // namespace

Result<std::vector<CameSince>> came_since(store::Reader& reader, const domain::Catalogue& catalogue) {
  std::vector<CameSince> out;
  LX_TRY(const auto gone, gone_as_a_whole(reader));
  for (const auto& [about, then] : gone) {
    LX_TRY(const auto children, reader.children(about));
    for (const Id& child : children) {
      LX_TRY(const auto row, reader.record(child));
      const domain::Kind* kind = row ? catalogue.kind(row->kind) : nullptr;
      if (kind == nullptr) continue;
      LX_TRY(const WallMs came, came_after(reader, child, personal_fields(*kind), then));
      if (came > 0) out.push_back({child, kind->name, about, Date::of(came)});
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.record < b.record; });
  return out;
}

}  // namespace lianxin::sync::server
