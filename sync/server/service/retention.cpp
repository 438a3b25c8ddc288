#include "sync/server/service/retention.hpp"

#include <algorithm>

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

std::vector<std::string> names_of(const domain::Kind& kind, const RetentionRule& rule) {
  std::vector<std::string> names(rule.fields.begin(), rule.fields.end());
  if (!names.empty()) return names;
  for (const std::uint16_t wire : personal_fields(kind))
    names.push_back(kind.field(wire)->name);
  return names;
}

Status find(store::Reader& reader, const domain::Catalogue& catalogue, Overdue& found) {
  const domain::Kind* kind = catalogue.kind(found.rule->kind);
  if (kind == nullptr) return {};
  const std::vector<std::string> names = names_of(*kind, *found.rule);
  LX_TRY(const auto ids, reader.records_of_kind(kind->wire));
  for (const Id& id : ids) {
    LX_TRY(const auto state, whole_state(reader, id));
    const std::string day = last_day(shown_text(state, *kind, found.rule->day));
    const bool still_there = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return !shown_text(state, *kind, name).empty();
    });
    if (!day.empty() && day < found.before.text() && still_there) found.records.push_back(id);
  }
  std::sort(found.records.begin(), found.records.end());
  return {};
}

}  // namespace

const std::vector<RetentionRule>& retention_rules() {
  static const std::vector<RetentionRule> kRules = {
      {"episodes", "mobility_episode", "returned_on", {}, "keep_episode_years", 5},
      {"contacts", "contact_attempt", "occurred_on", {"content"}, "keep_notes_years", 2},
      {"visits",
       "visit",
       "occurred_on",
       {"content", "talk_thought", "talk_work", "talk_life"},
       "keep_notes_years",
       2},
      {"consultations", "consultation", "occurred_on", {"summary"}, "keep_notes_years", 2},
      {"addresses",
       "delivery",
       "received_on",
       {"to_name", "to_phone", "to_address"},
       "keep_address_years",
       1},
      {"audit", "audit_entry", "occurred_on", {}, "keep_audit_years", 3}};
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

}  // namespace lianxin::sync::server
