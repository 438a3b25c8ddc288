#include "client/view/form_view_builder.hpp"

#include <algorithm>

#include "client/store/duty_queries.hpp"
#include "client/store/fields_off.hpp"
#include "client/view/field_rows.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kChecksMax = 8;
constexpr std::size_t kLastMax = 5;
constexpr int kHintDays = 120;

struct Check {
  std::optional<Date> known;
  FieldRow row;
};

Status add_checks(const ViewSources& sources, const store::RecordShown& record,
                  std::initializer_list<const char*> fields, std::vector<Check>& checks) {
  const domain::Kind* kind = sources.catalogue().kind(record.kind);
  for (const char* name : fields) {
    LX_TRY(FieldRow row, field_row(sources, record, *kind->field(name)));
    LX_TRY(const bool hidden, is_hidden(sources, *kind, *kind->field(name), row));
    if (hidden) continue;
    const auto shown = record.fields.find(name);
    checks.push_back({shown == record.fields.end() ? std::nullopt : known_on(shown->second), std::move(row)});
  }
  return {};
}

/// What may have changed since: empty ones first, then the stalest.
Result<std::vector<FieldRow>> checks_of(const ViewSources& sources, const MemberRecords& records) {
  std::vector<Check> checks;
  for (const store::RecordShown& point : records.contact_points) {
    LX_DO(add_checks(sources, point, {"value"}, checks));
    const std::string kind = sources.wording.code("contact_kind", point.value("kind"));
    if (!kind.empty()) checks.back().row.label = kind;
  }
  for (const store::RecordShown& episode : records.episodes) {
    if (episode.value("direction") != "out") continue;
    LX_DO(add_checks(sources, episode, {"employer", "dest_division", "usual_place"}, checks));
  }
  LX_DO(add_checks(sources, records.member, {"home_address", "current_address"}, checks));
  std::stable_sort(checks.begin(), checks.end(), [](const Check& a, const Check& b) {
    return a.known.value_or(Date{}) < b.known.value_or(Date{});
  });
  std::vector<FieldRow> rows;
  for (Check& check : checks) {
    if (rows.size() == kChecksMax) break;
    rows.push_back(std::move(check.row));
  }
  return rows;
}

Result<std::vector<StockLine>> bag_of_worker(const ViewSources& sources) {
  auto& database = sources.store.database();
  LX_TRY(const Id bag, store::bag_of(database, sources.store.identity().worker));
  LX_TRY(const auto sums, store::stock_in_bag(database, bag, sources.today().text()));
  std::vector<StockLine> lines;
  lines.reserve(sums.size());
  for (const store::StockSum& sum : sums)
    lines.push_back({sum.material, sum.name, sum.in_bag});
  return lines;
}

Result<std::vector<Words>> last_visits_of(const ViewSources& sources, const Id& member) {
  LX_TRY(const auto lines, store::contact_lines(sources.store.database(), member, kLastMax));
  std::vector<Words> out;
  out.reserve(lines.size());
  for (const store::ContactLine& line : lines)
    out.push_back({contact_in_words(sources.wording, line, sources.today()), Tone::kQuiet, Mark::kNone});
  return out;
}

Result<std::vector<domain::FestivalWindow>> festival_windows(const ViewSources& sources) {
  LX_TRY(const auto county, store::county_festivals(sources.store.database()));
  return domain::FestivalCalendar::base().windows(sources.today(), county);
}

/// The next Spring Festival, when it is near: most members are home then.
std::string next_hint(const Wording& wording, const std::vector<domain::FestivalWindow>& windows,
                      const Date& today) {
  for (const domain::FestivalWindow& one : windows) {
    if (one.festival != "spring_festival" || one.on <= today || one.on > today.plus_days(kHintDays)) continue;
    return wording.text("view.next_hint", {{"day", wording.day(one.on.text(), today)}});
  }
  return {};
}

/// Of `typed`, a form's fields and what stands in them: those that are off and empty.
Result<std::vector<std::string>> fields_not_asked(
    const ViewSources& sources, const std::string& kind,
    std::initializer_list<std::pair<const char*, const std::string*>> typed) {
  LX_TRY(const auto off, store::fields_off(sources.store.database(), sources.today()));
  std::vector<std::string> out;
  for (const auto& [field, value] : typed) {
    if (value->empty() && off.count(kind + "." + field) > 0) out.emplace_back(field);
  }
  return out;
}

void add_choices(const Wording& wording, VisitFormView& view) {
  view.modes = wording.choices("visit_mode");
  view.purposes = wording.choices("visit_purpose");
  view.outcomes = wording.choices("visit_outcome");
  view.call_outcomes = wording.choices("contact_outcome");
  view.topics = wording.choices("contact_topic");
  view.met_persons = wording.choices("met_person");
  view.festivals = wording.choices("festival");
  view.gift_kinds = wording.choices("gift_kind");
  view.case_topics = wording.choices("case_topic");
  view.case_levels = wording.choices("case_level");
  view.ack_kinds = wording.choices("ack_kind");
}

/// The number a parcel is sent to: the member's own first.
std::string phone_of(const MemberRecords& records) {
  std::string phone;
  for (const store::RecordShown& point : records.contact_points) {
    if (point.value("kind") == "wechat") continue;
    if (phone.empty() || point.value("owner") == "self") phone = point.value("value");
  }
  return phone;
}

std::string address_of(const MemberRecords& records) {
  for (const store::RecordShown& episode : records.episodes) {
    if (!episode.value("dest_address").empty()) return episode.value("dest_address");
  }
  const std::string current = records.member.value("current_address");
  return current.empty() ? records.member.value("home_address") : current;
}

}  // namespace

Result<VisitDraft> new_visit_draft(const ViewSources& sources, const Id& member) {
  VisitDraft draft;
  draft.draft = Id::make(sources.now());
  draft.member = member;
  draft.occurred_on = sources.today().text();
  LX_TRY(const auto off, store::fields_off(sources.store.database(), sources.today()));
  if (off.count("visit.began") == 0) draft.began = local_time_text(sources.now());
  draft.mode = "door";
  LX_TRY(const auto windows, festival_windows(sources));
  const auto window = domain::nearest_window(windows, sources.today());
  if (window) draft.festival = window->festival;
  return draft;
}

Result<DeliveryDraft> new_delivery_draft(const ViewSources& sources, const Id& member) {
  DeliveryDraft draft;
  draft.draft = Id::make(sources.now());
  draft.member = member;
  draft.mode = "by_hand";
  draft.occurred_on = sources.today().text();
  LX_TRY(const auto records, member_records(sources, member));
  if (!records) return draft;
  draft.to_name = records->member.value("name");
  draft.to_phone = phone_of(*records);
  draft.to_address = address_of(*records);
  return draft;
}

Result<VisitFormView> build_visit_form(const ViewSources& sources, const VisitDraft& draft,
                                       const std::string& token) {
  VisitFormView view;
  view.form = draft.draft;
  view.draft = draft;
  LX_TRY(const auto kept, sources.store.records().get(draft.draft));
  view.draft.is_kept = kept && kept->kind == "visit";
  add_choices(sources.wording, view);
  LX_TRY(const auto records, member_records(sources, draft.member));
  if (!records) {
    view.state = {Readiness::kFailed, sources.wording.text("view.member_not_here")};
    return view;
  }
  view.title = records->member.value("name");
  view.shown_token = token;
  if (token.empty()) {
    LX_TRY(view.shown_token, shown_token_of(sources, *records));
  }
  if (view.draft.is_kept && kept->of_other) {
    view.before_saving = sources.wording.text("error.record.fact_author");
  } else {
    LX_TRY(view.before_saving, before_saving(sources, "visit", records->member.scope));
  }
  LX_TRY(view.off, fields_not_asked(sources, "visit",
                                    {{"began", &draft.began},
                                     {"ended", &draft.ended},
                                     {"gift_kind", &draft.gift_kind},
                                     {"gift_qty", &draft.gift_quantity},
                                     {"gift_amount_fen", &draft.gift_yuan},
                                     {"next_on", &draft.next_on},
                                     {"ack_kind", &draft.ack_kind},
                                     {"ack_strokes", &draft.ack_strokes}}));
  LX_TRY(const auto off, store::fields_off(sources.store.database(), sources.today()));
  if (off.count("contact_attempt.at_time") > 0) view.off.emplace_back("at_time");
  LX_TRY(view.own, own_field_rows(sources, "visit", view.draft.is_kept ? &*kept : nullptr));
  for (FieldRow& row : view.own)
    row.record = Id();
  LX_TRY(view.own_of_call, own_field_rows(sources, "contact_attempt", nullptr));
  LX_TRY(view.checks, checks_of(sources, *records));
  LX_TRY(view.last_visits, last_visits_of(sources, draft.member));
  LX_TRY(view.bag, bag_of_worker(sources));
  LX_TRY(view.festival_windows, festival_windows(sources));
  view.next_hint = next_hint(sources.wording, view.festival_windows, sources.today());
  view.state.readiness = Readiness::kReady;
  return view;
}

Result<DeliveryFormView> build_delivery_form(const ViewSources& sources, const DeliveryDraft& draft,
                                             const std::string& token) {
  const Wording& wording = sources.wording;
  DeliveryFormView view;
  view.form = draft.draft;
  view.draft = draft;
  view.modes = wording.choices("delivery_mode");
  view.relations = wording.choices("receiver_relation");
  view.receipt_kinds = wording.choices("receipt_kind");
  LX_TRY(const auto records, member_records(sources, draft.member));
  if (!records) {
    view.state = {Readiness::kFailed, wording.text("view.member_not_here")};
    return view;
  }
  view.title = records->member.value("name");
  view.shown_token = token;
  if (token.empty()) {
    LX_TRY(view.shown_token, shown_token_of(sources, *records));
  }
  LX_TRY(view.before_saving, before_saving(sources, "delivery", records->member.scope));
  LX_TRY(view.off, fields_not_asked(sources, "delivery",
                                    {{"received_by", &draft.received_by},
                                     {"receipt_kind", &draft.receipt_kind},
                                     {"receipt_strokes", &draft.receipt_strokes}}));
  LX_TRY(const auto kept, sources.store.records().get(draft.draft));
  LX_TRY(view.own, own_field_rows(sources, "delivery", kept ? &*kept : nullptr));
  for (FieldRow& row : view.own)
    row.record = Id();
  LX_TRY(view.bag, bag_of_worker(sources));
  LX_TRY(const auto lines, store::delivery_lines(sources.store.database(), draft.member, kLastMax));
  for (const store::DeliveryLine& line : lines) {
    view.last_deliveries.push_back(
        {wording.day(line.on, sources.today()) + " " +
             Wording::dotted({wording.code("delivery_mode", line.mode), wording.enumerate(line.lines),
                              wording.code("delivery_event_kind", line.last_event)}),
         Tone::kQuiet, Mark::kNone});
  }
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
