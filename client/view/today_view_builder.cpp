#include "client/view/today_view_builder.hpp"

#include <algorithm>
#include <map>

#include "client/view/due_rows.hpp"
#include "client/view/due_words.hpp"
#include "client/view/duplicates_view_builder.hpp"
#include "client/view/duty_book.hpp"

namespace lianxin::client::view {
namespace {

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

void add_festival(const Wording& wording, const DutyBook& book, TodayView& view) {
  const DueRules& rules = book.rules();
  if (rules.festival.empty() || !rules.festival_on) return;
  const auto days = rules.festival_on->day_number() - rules.today.day_number();
  const std::string key = days > 0 ? "ahead" : days == 0 ? "today" : "past";
  const std::string when =
      wording.text("view.festival." + key, {{"days", std::to_string(days < 0 ? -days : days)}});
  const std::string done = wording.text(
      "view.festival.visited",
      {{"done", std::to_string(book.sums().visited)}, {"all", std::to_string(book.sums().in_care)}});
  FestivalRow row;
  row.name = wording.text("view.festival.care", {{"festival", wording.code("festival", rules.festival)}});
  row.detail = Wording::dotted({when, done});
  view.festivals.push_back(std::move(row));
}

constexpr std::size_t kConflictLines = 3;

Status add_waiting(const ViewSources& sources, const store::StoreStatus& status, TodayView& view) {
  const Wording& wording = sources.wording;
  view.unsent = unsent_count(status);
  view.unsent_kinds = unsent_in_words(wording, status);
  view.unsent_cost = cost_in_words(wording, status);
  view.conflicts = static_cast<std::uint32_t>(status.conflicts);
  if (status.conflicts == 0) return {};
  LX_TRY(const std::vector<store::ConflictItem> conflicts, sources.store.records().conflicts(kConflictLines));
  for (const store::ConflictItem& item : conflicts) {
    LX_TRY(const Id member, member_of(sources, item.record));
    LX_TRY(const std::string name, store::name_of(sources.store.database(), "member", member));
    view.conflict_lines.push_back(Wording::dotted({name, sources.label(item.kind, item.field)}));
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

Status add_month(const ViewSources& sources, const DutySums& sums, const Date& today, TodayView& view) {
  const Wording& wording = sources.wording;
  const std::string from = Date{today.year, today.month, 1}.text();
  view.to_contact = sums.to_contact;
  view.contacted = sums.contacted;
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

std::uint32_t unsent_count(const store::StoreStatus& status) {
  std::uint64_t actions = status.unsent_audit;
  for (const auto& [kind, count] : status.unsent_kinds)
    actions += count;
  // Whatever waits is at least one thing, also the rest of an action whose beginning was sent.
  return static_cast<std::uint32_t>(
      status.unsent + status.unsent_audit == 0 ? 0 : std::max<std::uint64_t>(actions, 1));
}

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
  counts["audit"] = status.unsent_audit;
  std::vector<std::string> parts;
  for (const char* group : {"visits", "deliveries", "cases", "changes", "audit"}) {
    if (counts[group] == 0) continue;
    parts.push_back(
        wording.text(std::string("view.unsent.") + group, {{"count", std::to_string(counts[group])}}));
  }
  return Wording::dotted(parts);
}

std::string cost_in_words(const Wording& wording, const store::StoreStatus& status) {
  if (unsent_count(status) == 0) return {};
  constexpr std::uint64_t kBatchBytes = 512 * 1024;  // of one exchange
  const std::uint64_t trips = status.unsent_bytes / kBatchBytes + 1;
  return wording.text("view.cost",
                      {{"size", Wording::size(status.unsent_bytes)}, {"trips", std::to_string(trips)}});
}

std::string draft_in_words(const Wording& wording, const store::Draft& draft) {
  return Wording::dotted({wording.text("view.form." + draft.form), draft.title});
}

Result<TodayView> build_today(const ViewSources& sources, DutyBook* duties) {
  const Date today = sources.today();
  TodayView view;
  DutyBook read_once;
  if (duties == nullptr) LX_DO(read_once.read(sources.store, today));
  if (duties != nullptr) LX_DO(duties->follow(sources.store, today));
  DutyBook& book = duties == nullptr ? read_once : *duties;
  LX_TRY(const store::StoreStatus status, sources.store.records().status());
  LX_TRY(view.duplicates, count_duplicates(sources.store, &book.twins()));
  std::vector<Duty> decisions;
  add_decisions(status.conflicts, view.duplicates, book.rules(), decisions);
  LX_DO(add_due(sources, book, decisions, view));
  LX_TRY(const std::uint32_t members, store::count_of(sources.store.database(), "member"));
  view.nobody_here = members == 0;
  LX_DO(add_week(sources, today, view));
  LX_DO(add_drafts(sources, today, view));
  add_festival(sources.wording, book, view);
  LX_DO(add_waiting(sources, status, view));
  LX_DO(add_month(sources, book.sums(), today, view));
  if (!book.is_whole())
    view.counting = sources.wording.text("view.counting", {{"count", std::to_string(book.waiting())}});
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
