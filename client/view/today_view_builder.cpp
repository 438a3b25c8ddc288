#include "client/view/today_view_builder.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "client/view/due.hpp"
#include "client/view/duplicates_view_builder.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kDueRowsMax = 500;
constexpr WallMs kCountyOffsetMs = 8LL * 3600 * 1000;
constexpr WallMs kDayMs = 24LL * 3600 * 1000;

WallMs begin_ms(const Date& day) { return day.day_number() * kDayMs - kCountyOffsetMs; }

struct Found {
  const store::MemberContact* member;
  Due due;
};

DueRules rules_of(const Date& today) {
  DueRules rules;
  rules.today = today;
  const auto festival = domain::proposed_festival(today);
  if (!festival) return rules;
  rules.festival = *festival;
  const auto& calendar = domain::FestivalCalendar::base();
  for (const int year : {today.year - 1, today.year, today.year + 1}) {
    const auto on = calendar.day_of(*festival, year);
    if (on && std::abs(on->day_number() - today.day_number()) <= 45) rules.festival_on = on;
  }
  return rules;
}

/// Whether a field of the record was said or confirmed since the quarter began.
bool is_fresh(const store::RecordShown& record, const Date& quarter) {
  for (const auto& [name, field] : record.fields) {
    if (field.effective_ms >= begin_ms(quarter) || field.confirmed_on >= quarter.text()) return true;
  }
  return false;
}

/// Rows that came with a snapshot have no changes in the log: their heads know.
Result<bool> is_refreshed(const ViewSources& sources, const Id& member, const Date& quarter) {
  LX_TRY(const auto record, sources.store.records().get(member));
  if (!record) return false;
  if (is_fresh(*record, quarter)) return true;
  for (const char* kind : {"contact_point", "mobility_episode"}) {
    const auto children = record->children.find(kind);
    if (children == record->children.end()) continue;
    for (const Id& child : children->second) {
      LX_TRY(const auto shown, sources.store.records().get(child));
      if (shown && is_fresh(*shown, quarter)) return true;
    }
  }
  return false;
}

Result<std::vector<Found>> find_due(const ViewSources& sources,
                                    const std::vector<store::MemberContact>& members, const DueRules& rules) {
  const Date quarter = quarter_begin(rules.today);
  LX_TRY(const std::unordered_set<Id> touched,
         store::members_touched_since(sources.store.database(), begin_ms(quarter)));
  std::vector<Found> found;
  for (const store::MemberContact& member : members) {
    const auto due = due_of(member, rules, touched.count(member.member) > 0);
    if (due) found.push_back({&member, *due});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    const Date never{2200, 1, 1};
    return std::tuple(a.due.reason, a.due.on.value_or(never), a.member->name, a.member->member) <
           std::tuple(b.due.reason, b.due.on.value_or(never), b.member->name, b.member->member);
  });
  std::vector<Found> kept;
  for (Found& one : found) {
    if (kept.size() == kDueRowsMax) break;
    if (one.due.reason == DueReason::kRefresh) {
      LX_TRY(const bool refreshed, is_refreshed(sources, one.member->member, quarter));
      const auto other = refreshed ? due_of(*one.member, rules, true) : std::optional(one.due);
      if (!other) continue;
      one.due = *other;
    }
    kept.push_back(one);
  }
  return kept;
}

Words due_words(const Wording& wording, const Due& due, const Date& today) {
  if (!due.on) return {wording.text("view.due.no_day"), Tone::kQuiet, Mark::kNone};
  const auto days = due.on->day_number() - today.day_number();
  if (days == 0) return {wording.text("view.due.today"), Tone::kNeedsYou, Mark::kNone};
  if (days < 0)
    return {wording.text("view.due.overdue", {{"days", std::to_string(-days)}}), Tone::kNeedsYou,
            Mark::kNone};
  return {wording.day(due.on->text(), today), Tone::kPlain, Mark::kNone};
}

void explain(const Wording& wording, const Found& found, const DueRules& rules, DueRow& row) {
  const store::MemberContact& member = *found.member;
  const std::string last = wording.day(member.last_failed, rules.today);
  switch (found.due.reason) {
    case DueReason::kLost:
      row.why_lead = wording.text("view.due.lead_lost");
      row.why = {wording.text("view.due.lost"), Tone::kNeedsYou, Mark::kNeedsYou};
      return;
    case DueReason::kUnreached:
      row.why_lead = wording.text("view.due.lead_lost");
      row.why = {
          wording.text("view.due.unreached", {{"count", std::to_string(member.failed_days)}, {"day", last}}),
          Tone::kNeedsYou, Mark::kNeedsYou};
      return;
    case DueReason::kContact:
    case DueReason::kContactSoon: {
      const bool now = found.due.on && *found.due.on <= rules.today;
      row.why = {wording.text(member.is_abroad ? "view.due.contact_abroad" : "view.due.contact"),
                 Tone::kPlain, now ? Mark::kToday : Mark::kDue};
      return;
    }
    case DueReason::kNeverVisited:
      row.why = {wording.text("view.due.never"), Tone::kPlain, Mark::kToday};
      return;
    case DueReason::kCare:
      row.why = {wording.text("view.due.care", {{"festival", wording.code("festival", rules.festival)}}),
                 Tone::kPlain, Mark::kCare};
      return;
    case DueReason::kRefresh:
      row.why = {wording.text("view.due.refresh"), Tone::kPlain, Mark::kDue};
      return;
    case DueReason::kBirthday:
      row.why = {wording.text("view.due.birthday"), Tone::kPlain, Mark::kDue};
      return;
  }
}

DueRow due_row(const Wording& wording, const Found& found, const DueRules& rules) {
  const store::MemberContact& member = *found.member;
  DueRow row;
  row.member = member.member;
  row.name = member.name;
  row.place = member.is_out ? place_in_words(wording, member.dest_division, member.usual_place)
                            : wording.text("view.at_home");
  if (row.place.empty()) row.place = wording.text("view.place_unknown");
  row.due = due_words(wording, found.due, rules.today);
  row.last_contact = member.last_reached.empty() ? wording.text("view.never")
                                                 : wording.day(member.last_reached, rules.today);
  explain(wording, found, rules, row);
  return row;
}

Status add_week(const ViewSources& sources, const Date& today, TodayView& view) {
  const Date from = today.plus_days(-6);
  LX_TRY(const auto counts, store::visits_by_day(sources.store.database(), from.text()));
  const std::map<std::string, std::uint32_t> by_day(counts.begin(), counts.end());
  for (int i = 0; i < 7; ++i) {
    const Date day = from.plus_days(i);
    const auto found = by_day.find(day.text());
    view.week.push_back({i == 6 ? sources.wording.text("view.today") : sources.wording.weekday(day),
                         found == by_day.end() ? 0 : found->second});
  }
  return {};
}

void add_festival(const Wording& wording, const std::vector<store::MemberContact>& members,
                  const DueRules& rules, TodayView& view) {
  if (rules.festival.empty() || !rules.festival_on) return;
  std::size_t asked = 0;
  std::size_t visited = 0;
  for (const store::MemberContact& member : members) {
    if (!member.needs_care || !is_looked_after(member)) continue;
    ++asked;
    if (has_festival_visit(member, rules)) ++visited;
  }
  const auto days = rules.festival_on->day_number() - rules.today.day_number();
  const std::string key = days > 0 ? "ahead" : days == 0 ? "today" : "past";
  const std::string when =
      wording.text("view.festival." + key, {{"days", std::to_string(days < 0 ? -days : days)}});
  const std::string done = wording.text("view.festival.visited",
                                        {{"done", std::to_string(visited)}, {"all", std::to_string(asked)}});
  FestivalRow row;
  row.name = wording.text("view.festival.care", {{"festival", wording.code("festival", rules.festival)}});
  row.detail = Wording::dotted({when, done});
  view.festivals.push_back(std::move(row));
}

Status add_waiting(const ViewSources& sources, TodayView& view) {
  const Wording& wording = sources.wording;
  LX_TRY(const store::StoreStatus status, sources.store.records().status());
  view.unsent = static_cast<std::uint32_t>(status.unsent);
  view.unsent_kinds = unsent_in_words(wording, status);
  view.unsent_cost = cost_in_words(wording, status);
  view.conflicts = static_cast<std::uint32_t>(status.conflicts);
  LX_TRY(view.duplicates, count_duplicates(sources));
  if (status.conflicts == 0) return {};
  LX_TRY(const std::vector<store::ConflictItem> conflicts, sources.store.records().conflicts());
  for (const store::ConflictItem& item : conflicts) {
    if (view.conflict_lines.size() == 3) break;
    LX_TRY(const Id member, member_of(sources, item.record));
    LX_TRY(const std::string name, store::name_of(sources.store.database(), "member", member));
    view.conflict_lines.push_back(Wording::dotted({name, wording.label(item.kind, item.field)}));
  }
  return {};
}

Status add_drafts(const ViewSources& sources, const Date& today, TodayView& view) {
  LX_TRY(const std::vector<store::Draft> drafts, sources.store.drafts().all());
  for (const store::Draft& draft : drafts) {
    view.drafts.push_back(
        {draft.id, draft_in_words(sources.wording, draft), sources.wording.moment(draft.saved_ms, today)});
  }
  return {};
}

Status add_month(const ViewSources& sources, const std::vector<store::MemberContact>& members,
                 const Date& today, TodayView& view) {
  const Wording& wording = sources.wording;
  const std::string from = Date{today.year, today.month, 1}.text();
  for (const store::MemberContact& member : members) {
    if (!member.is_out || !is_looked_after(member)) continue;
    ++view.to_contact;
    if (member.last_reached >= from) ++view.contacted;
  }
  auto& database = sources.store.database();
  LX_TRY(const std::uint32_t studies, store::visits_with_purpose(database, "study", from));
  LX_TRY(const std::uint32_t asked, store::count_between(database, "consultation", "occurred_on", from, ""));
  LX_TRY(const std::uint32_t cases, store::count_between(database, "case_item", "opened_on", from, ""));
  view.month_lines.push_back(
      {Wording::dotted({wording.text("view.month_line.study", {{"count", std::to_string(studies)}}),
                        wording.text("view.month_line.consultations", {{"count", std::to_string(asked)}})}),
       Tone::kPlain, Mark::kNone});
  view.month_lines.push_back(
      {wording.text("view.month_line.cases", {{"count", std::to_string(cases)}}), Tone::kQuiet, Mark::kNone});
  return {};
}

}  // namespace

std::string unsent_in_words(const Wording& wording, const store::StoreStatus& status) {
  static const std::map<std::string, std::string> kGroups = {
      {"visit", "visits"},
      {"contact_attempt", "visits"},
      {"delivery", "deliveries"},
      {"delivery_event", "deliveries"},
      {"delivery_line", "deliveries"},
      {"case_item", "cases"},
      {"case_event", "cases"},
      {"consultation", "cases"},
  };
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [kind, count] : status.unsent_kinds) {
    const auto group = kGroups.find(kind);
    counts[group == kGroups.end() ? "changes" : group->second] += count;
  }
  std::vector<std::string> parts;
  for (const char* group : {"visits", "deliveries", "cases", "changes"}) {
    if (counts[group] == 0) continue;
    parts.push_back(
        wording.text(std::string("view.unsent.") + group, {{"count", std::to_string(counts[group])}}));
  }
  return Wording::dotted(parts);
}

std::string cost_in_words(const Wording& wording, const store::StoreStatus& status) {
  if (status.unsent == 0) return {};
  constexpr std::uint64_t kBatchBytes = 512 * 1024;  // of one exchange
  const std::uint64_t trips = status.unsent_bytes / kBatchBytes + 1;
  return wording.text("view.cost",
                      {{"size", Wording::size(status.unsent_bytes)}, {"trips", std::to_string(trips)}});
}

std::string draft_in_words(const Wording& wording, const store::Draft& draft) {
  return Wording::dotted({wording.text("view.form." + draft.form), draft.title});
}

Result<TodayView> build_today(const ViewSources& sources) {
  const Date today = sources.today();
  const DueRules rules = rules_of(today);
  TodayView view;
  view.can_carry_bundles = true;
  LX_TRY(const std::vector<store::MemberContact> members, store::member_contacts(sources.store.database()));
  LX_TRY(const std::vector<Found> due, find_due(sources, members, rules));
  for (const Found& one : due)
    view.due.push_back(due_row(sources.wording, one, rules));
  LX_DO(add_week(sources, today, view));
  LX_DO(add_drafts(sources, today, view));
  add_festival(sources.wording, members, rules, view);
  LX_DO(add_waiting(sources, view));
  LX_DO(add_month(sources, members, today, view));
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
