#include "shared/domain/record_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/optional_fields.hpp"

namespace lianxin::domain {
namespace {

constexpr int kMonthsOfAge = 18 * 12;
/// A public notice is up for five days, the first and the last counted (domain.md 2.11).
constexpr int kNoticeDays = 5;

/// Records of processing are kept for three years at least (PIPL 56).
constexpr int kAuditYears = 3;

/// One record as the rules read it, and what they find.
class Review {
 public:
  explicit Review(const RecordValues& values) : values_(values) {}

  [[nodiscard]] std::string value(std::string_view name) const {
    const auto found = values_.scalars.find(std::string(name));
    return found == values_.scalars.end() ? std::string() : found->second;
  }
  [[nodiscard]] bool has(std::string_view name) const { return !value(name).empty(); }
  [[nodiscard]] bool is(std::string_view name, std::string_view wanted) const {
    return value(name) == wanted;
  }
  [[nodiscard]] bool holds(std::string_view set, std::string_view element) const {
    const auto found = values_.sets.find(std::string(set));
    return found != values_.sets.end() &&
           std::find(found->second.begin(), found->second.end(), element) != found->second.end();
  }
  [[nodiscard]] bool holds_any(std::string_view set) const {
    const auto found = values_.sets.find(std::string(set));
    return found != values_.sets.end() && !found->second.empty();
  }
  void warn(std::string_view field, std::string_view code, std::vector<ErrorArg> args = {}) {
    args.insert(args.begin(), {"field", std::string(field)});
    problems_.push_back({std::string(field), std::string(code), std::move(args), false});
  }
  void warn_if_empty(std::string_view field, std::string_view code) {
    if (!has(field)) warn(field, code);
  }
  /// What stands in `other` asks for `field`.
  void need(std::string_view field, std::string_view other) {
    if (!has(field)) warn(field, "needed_with", {{"other", std::string(other)}});
  }
  [[nodiscard]] std::vector<Problem> take() { return std::move(problems_); }

 private:
  const RecordValues& values_;
  std::vector<Problem> problems_;
};

/// The parts both know have to be equal; a file's date may still be the right one (domain.md 2.1, item 5).
bool differs(const PartialDate& written, const Date& in_number) {
  return written.year != in_number.year || (written.month != 0 && written.month != in_number.month) ||
         (written.day != 0 && written.day != in_number.day);
}

void review_id_number(Review& member) {
  if (!member.has("id_no")) {
    member.warn_if_empty("id_missing_reason", "id_reason_missing");
    return;
  }
  const auto number = normalize_id_number(member.value("id_no"));
  if (!number.ok()) return;
  const Date birth = birth_of(*number);
  const auto born = PartialDate::parse(member.value("born_on"));
  if (born.ok() && differs(*born, birth)) member.warn("born_on", "birth_differs", {{"date", birth.text()}});
  const std::string gender = member.value("gender");
  const bool stated = gender == "1" || gender == "2";
  if (stated && gender != gender_of(*number)) member.warn("gender", "gender_differs");
}

void review_member(Review& member) {
  review_id_number(member);
  const auto born = PartialDate::parse(member.value("born_on"));
  const auto joined = PartialDate::parse(member.value("joined_on"));
  const bool young =
      born.ok() && joined.ok() && joined->last_day() < born->first_day().plus_months(kMonthsOfAge);
  if (young) member.warn("joined_on", "joined_young");
  if (member.is("member_class", "probationary") && member.has("full_on"))
    member.warn("full_on", "probationary_full");
  constexpr std::array<std::string_view, 3> kWithoutDocument{"", "normal", "deceased"};
  const bool changed = std::find(kWithoutDocument.begin(), kWithoutDocument.end(),
                                 member.value("standing")) == kWithoutDocument.end();
  if (changed) member.warn_if_empty("standing_doc_no", "standing_document");
}

/// An end without its day would have lasted on no day asked about (K5).
void review_mobility(Review& episode) {
  const bool is_over = episode.has("end_kind") || episode.is("state", "ended");
  if (is_over && !episode.is("end_kind", "error")) episode.warn_if_empty("returned_on", "end_date_missing");
  if (episode.has("returned_on")) episode.warn_if_empty("end_kind", "end_kind_missing");
}

void review_visit(Review& visit) {
  const bool met = visit.is("outcome", "met") || visit.is("outcome", "met_family");
  if (met) visit.warn_if_empty("content", "content_missing");
  if (visit.is("outcome", "met_family") && !visit.holds_any("met_persons"))
    visit.warn("met_persons", "needed_with", {{"other", "outcome"}});
  if (!visit.holds("purposes", "talk")) {
    if (visit.has("talk_thought")) visit.warn("talk_thought", "talk_only");
    if (visit.has("talk_work")) visit.warn("talk_work", "talk_only");
    if (visit.has("talk_life")) visit.warn("talk_life", "talk_only");
  }
  if (visit.holds("purposes", "care")) visit.warn_if_empty("festival", "festival_missing");
  if (visit.is("mode", "phone") || visit.is("mode", "video")) visit.warn("mode", "phone_visit");
  if (visit.is("mode", "door") && !visit.holds_any("members"))
    visit.warn_if_empty("household_text", "visited_missing");
}

void review_contact(Review& contact) {
  const bool reached = contact.is("outcome", "reached_self") || contact.is("outcome", "reached_family");
  if (!reached) return;
  contact.warn_if_empty("content", "content_missing");
  if (!contact.holds_any("topics")) contact.warn("topics", "needed_with", {{"other", "outcome"}});
}

void review_delivery(Review& delivery) {
  if (delivery.has("member_id") && delivery.has("to_org_id")) delivery.warn("to_org_id", "two_recipients");
  if (delivery.has("received_on")) delivery.need("relation", "received_on");
  if (delivery.has("relation") && !delivery.is("relation", "self")) delivery.need("received_by", "relation");
  if (!delivery.is("mode", "courier")) return;
  if (delivery.has("dispatched_on")) delivery.warn_if_empty("tracking_no", "tracking_missing");
  if (delivery.has("received_on")) delivery.warn_if_empty("dispatched_on", "dispatch_missing");
}

void review_case(Review& item) {
  const bool anonymous = item.is("anonymous", "1");
  if (!item.has("member_id") && !anonymous) item.warn("member_id", "raiser_missing");
  if (item.has("member_id") && anonymous) item.warn("member_id", "raiser_and_anonymous");
  if (item.has("level") && !item.is("level", "on_spot")) item.warn_if_empty("owner_id", "owner_missing");
  if (item.has("level") && !item.is("level", "on_spot")) item.need("due_on", "level");
  if (item.has("answered_on")) item.warn_if_empty("answer", "answer_missing");
}

void review_consultation(Review& consultation) {
  if (!consultation.has("member_id")) consultation.warn_if_empty("asker_kind", "asker_missing");
}

std::optional<int> number(const std::string& text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void review_support(Review& pair) {
  if (pair.has("member_id") && pair.is("helper_member_id", pair.value("member_id")))
    pair.warn("helper_member_id", "helps_oneself");
}

void review_push(Review& push) {
  if (push.holds("channels", "group") && !push.holds_any("group_ids"))
    push.warn("group_ids", "groups_missing");
}

void review_hardship(Review& file) {
  if (file.has("relieved_on") && file.is("active", "1")) file.warn("active", "relieved_and_active");
  const auto persons = number(file.value("household_size"));
  const auto labour = number(file.value("labour"));
  if (persons && labour && *labour > *persons) file.warn("labour", "labour_over_household");
  const auto from = Date::parse(file.value("notice_from"));
  const auto to = Date::parse(file.value("notice_to"));
  if (from.ok() && to.ok() && *from <= *to && *to < from->plus_days(kNoticeDays - 1))
    file.warn("notice_to", "notice_short", {{"days", std::to_string(kNoticeDays)}});
}

/// What no record stands behind is said by a person, who says why; so is a counter-entry.
void review_points(Review& entry) {
  if (!entry.has("evidence_id") || entry.has("reverses")) entry.warn_if_empty("reason", "points_reason");
}

void review_village_table(Review& table) {
  const bool empty = table.is("row_count", "0");
  if (table.is("nil_return", "1") && table.has("row_count") && !empty)
    table.warn("row_count", "nil_with_rows");
  const bool handed_in = table.has("state") && !table.is("state", "open") && !table.is("state", "filled");
  if (handed_in && empty && !table.is("nil_return", "1")) table.warn("nil_return", "nil_missing");
  if (handed_in && !table.is("state", "returned_with_notes")) {
    table.need("confirmed_on", "state");
    table.need("confirmed_by", "state");
  }
}

/// Parameters are words in one kind of record: what may stand there depends on which it is.
void review_parameter(Review& parameter) {
  if (!parameter.has("name") || !parameter.has("value")) return;
  constexpr std::array<std::string_view, 4> kSwitches{"resend_counts_once", "family_study_counts",
                                                      "points_on", "tables_by_leaving"};
  const std::string name = parameter.value("name");
  const std::string value = parameter.value("value");
  if (name == "field_off") {
    if (!is_optional_field(value)) parameter.warn("value", "parameter_field");
  } else if (name == "meeting_unit") {
    if (value != "group" && value != "township" && value != "county")
      parameter.warn("value", "parameter_unit");
  } else if (std::find(kSwitches.begin(), kSwitches.end(), name) != kSwitches.end()) {
    if (value != "0" && value != "1") parameter.warn("value", "parameter_switch");
  } else if (!is_digits(value) || value.size() > 4) {
    parameter.warn("value", "parameter_number");
  } else if (name == "keep_audit_years" && number(value).value_or(0) < kAuditYears) {
    parameter.warn("value", "audit_years", {{"years", std::to_string(kAuditYears)}});
  }
}

struct Rule {
  std::string_view kind;
  void (*review)(Review&);
};

constexpr std::array<Rule, 13> kRules{{
    {"member", review_member},
    {"mobility_episode", review_mobility},
    {"visit", review_visit},
    {"contact_attempt", review_contact},
    {"delivery", review_delivery},
    {"case_item", review_case},
    {"consultation", review_consultation},
    {"support_pair", review_support},
    {"content_push", review_push},
    {"hardship_record", review_hardship},
    {"points_entry", review_points},
    {"village_table", review_village_table},
    {"parameter", review_parameter},
}};

/// One field asks for another: `needed` where `when` is `is`, or has any value where `is` is empty.
struct Need {
  std::string_view kind;
  std::string_view when;
  std::string_view is;
  std::string_view needed;
};

constexpr std::array<Need, 46> kNeeds{{
    {"worker", "login", "", "trained_on"},
    {"member", "member_class", "full", "full_on"},
    {"certificate", "state", "returned", "returned_on"},
    {"certificate", "state", "replaced", "returned_on"},
    {"activity", "kind", "skill", "subject_area"},
    {"activity", "kind", "tutoring", "children_count"},
    {"activity", "kind", "escort", "children_count"},
    {"activity", "kind", "topic_meeting", "minutes"},
    {"activity", "kind", "topic_meeting", "host"},
    {"activity", "kind", "topic_meeting", "recorder"},
    {"material", "kind", "red_package", "required_set_version"},
    {"stock_movement", "reason", "hand_out", "ref_id"},
    {"stock_movement", "reason", "mail", "ref_id"},
    {"stock_movement", "reason", "return_in", "ref_id"},
    {"activity", "kind", "branch_meeting", "minutes"},
    {"activity", "kind", "branch_meeting", "host"},
    {"activity", "kind", "branch_meeting", "recorder"},
    {"activity", "kind", "committee", "minutes"},
    {"activity", "kind", "committee", "host"},
    {"activity", "kind", "committee", "recorder"},
    {"activity", "kind", "group_meeting", "minutes"},
    {"activity", "kind", "group_meeting", "host"},
    {"activity", "kind", "group_meeting", "recorder"},
    {"hardship_record", "recognised_on", "", "recognised_by"},
    {"hardship_record", "recognised_on", "", "cause_class"},
    {"hardship_record", "recognised_on", "", "level"},
    {"hardship_record", "relieved_on", "", "relieved_reason"},
    {"hardship_record", "paired_on", "", "pair_worker_id"},
    {"aid", "kind", "money", "amount_fen"},
    {"aid", "kind", "goods", "goods"},
    {"aid", "kind", "money", "funder"},
    {"points_rule", "cap_tenths", "", "cap_period"},
    {"points_entry", "state", "approved", "approved_by"},
    {"points_entry", "state", "approved", "approved_on"},
    {"pledge", "kind", "promise", "content"},
    {"transfer_request", "state", "done", "done_on"},
    {"transfer_request", "state", "refused", "obstacle"},
    {"transfer_request", "obstacle", "other", "obstacle_text"},
    {"correction", "field", "", "record_id"},
    {"correction", "state", "accepted", "decided_on"},
    {"correction", "state", "declined", "decided_on"},
    {"village_table", "state", "returned_with_notes", "note"},
    {"township_register", "state", "township_checked", "checked_on"},
    {"township_register", "state", "returned_with_notes", "note"},
    {"month_close", "state", "closed", "closed_on"},
    {"month_close", "state", "reopened", "reason"},
}};

/// At least one of them says who it is about.
struct OneOf {
  std::string_view kind;
  std::array<std::string_view, 3> fields;
};

constexpr std::array<OneOf, 3> kOneOf{{
    {"attendance", {"member_id", "", "worker_id"}},
    {"team_member", {"worker_id", "member_id", "person_name"}},
    {"support_pair", {"helper_member_id", "", "helper_worker_id"}},
}};

void ask_for_needed(const Kind& kind, Review& review) {
  for (const Need& need : kNeeds) {
    if (need.kind != kind.name) continue;
    if (need.is.empty() ? review.has(need.when) : review.is(need.when, need.is))
      review.need(need.needed, need.when);
  }
  for (const OneOf& choice : kOneOf) {
    const auto filled = [&](std::string_view field) { return review.has(field); };
    if (choice.kind != kind.name || std::any_of(choice.fields.begin(), choice.fields.end(), filled)) continue;
    review.warn(choice.fields.front(), "one_of", {{"other", std::string(choice.fields.back())}});
  }
}

}  // namespace

std::vector<Problem> cross_field_problems(const Kind& kind, const RecordValues& values) {
  Review review(values);
  ask_for_needed(kind, review);
  for (const Rule& rule : kRules) {
    if (rule.kind == kind.name) rule.review(review);
  }
  return review.take();
}

bool is_fixed(const Kind& kind, const Field& field) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kFixed{{
      {"mobility_episode", "direction"},
      {"liaison_assignment", "member_id"},
      {"liaison_assignment", "worker_id"},
  }};
  return std::any_of(kFixed.begin(), kFixed.end(),
                     [&](const auto& one) { return one.first == kind.name && one.second == field.name; });
}

}  // namespace lianxin::domain
