#include "shared/domain/record_rules.hpp"

#include <algorithm>
#include <array>

#include "shared/domain/id_number.hpp"

namespace lianxin::domain {
namespace {

constexpr int kMonthsOfAge = 18 * 12;

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
  void warn(std::string_view field, std::string_view code, std::vector<ErrorArg> args = {}) {
    args.insert(args.begin(), {"field", std::string(field)});
    problems_.push_back({std::string(field), std::string(code), std::move(args), false});
  }
  void warn_if_empty(std::string_view field, std::string_view code) {
    if (!has(field)) warn(field, code);
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

void review_mobility(Review& episode) {
  if (episode.is("end_kind", "returned")) episode.warn_if_empty("returned_on", "end_date_missing");
  if (episode.has("returned_on")) episode.warn_if_empty("end_kind", "end_kind_missing");
}

void review_visit(Review& visit) {
  const bool met = visit.is("outcome", "met") || visit.is("outcome", "met_family");
  if (met) visit.warn_if_empty("content", "content_missing");
  if (visit.holds("purposes", "care")) visit.warn_if_empty("festival", "festival_missing");
  if (visit.is("mode", "phone") || visit.is("mode", "video")) visit.warn("mode", "phone_visit");
}

void review_contact(Review& contact) {
  const bool reached = contact.is("outcome", "reached_self") || contact.is("outcome", "reached_family");
  if (reached) contact.warn_if_empty("content", "content_missing");
}

void review_delivery(Review& delivery) {
  if (delivery.has("member_id") && delivery.has("to_org_id")) delivery.warn("to_org_id", "two_recipients");
  if (!delivery.is("mode", "courier")) return;
  if (delivery.has("dispatched_on")) delivery.warn_if_empty("tracking_no", "tracking_missing");
  if (delivery.has("received_on")) delivery.warn_if_empty("dispatched_on", "dispatch_missing");
}

void review_case(Review& item) {
  const bool anonymous = item.is("anonymous", "1");
  if (!item.has("member_id") && !anonymous) item.warn("member_id", "raiser_missing");
  if (item.has("member_id") && anonymous) item.warn("member_id", "raiser_and_anonymous");
  if (item.has("level") && !item.is("level", "on_spot")) item.warn_if_empty("owner_id", "owner_missing");
  if (item.has("answered_on")) item.warn_if_empty("answer", "answer_missing");
}

void review_consultation(Review& consultation) {
  if (!consultation.has("member_id")) consultation.warn_if_empty("asker_kind", "asker_missing");
}

void review_activity(Review& activity) {
  if (activity.is("kind", "skill")) activity.warn_if_empty("subject_area", "subject_area_missing");
  constexpr std::array<std::string_view, 5> kMeetings{"topic_meeting", "branch_meeting", "committee",
                                                      "group_meeting", "lecture"};
  if (std::find(kMeetings.begin(), kMeetings.end(), activity.value("kind")) != kMeetings.end())
    activity.warn_if_empty("host", "host_missing");
}

void review_attendance(Review& attendance) {
  if (!attendance.has("member_id")) attendance.warn_if_empty("worker_id", "attendee_missing");
}

void review_support(Review& pair) {
  if (!pair.has("helper_member_id")) pair.warn_if_empty("helper_worker_id", "helper_missing");
}

void review_team_member(Review& person) {
  if (!person.has("worker_id") && !person.has("member_id"))
    person.warn_if_empty("person_name", "team_person_missing");
}

void review_hardship(Review& file) {
  if (file.has("recognised_on")) file.warn_if_empty("recognised_by", "recogniser_missing");
  if (file.has("relieved_on")) file.warn_if_empty("relieved_reason", "relief_reason_missing");
  if (file.has("relieved_on") && file.is("active", "1")) file.warn("active", "relieved_active");
}

void review_aid(Review& aid) {
  if (aid.is("kind", "money")) aid.warn_if_empty("amount_fen", "amount_missing");
  if (aid.is("kind", "goods")) aid.warn_if_empty("goods", "goods_missing");
}

void review_points(Review& entry) {
  if (!entry.has("evidence_id")) entry.warn_if_empty("reason", "points_reason_missing");
  if (entry.is("state", "approved")) entry.warn_if_empty("approved_by", "approver_missing");
}

void review_transfer(Review& transfer) {
  if (transfer.is("state", "done")) transfer.warn_if_empty("done_on", "transfer_date_missing");
}

void review_correction(Review& correction) {
  if (correction.has("state") && !correction.is("state", "open"))
    correction.warn_if_empty("decided_on", "decision_date_missing");
}

void review_table(Review& table) {
  const bool settled = table.has("state") && !table.is("state", "open") && !table.is("state", "filled");
  if (settled) table.warn_if_empty("confirmed_by", "confirmer_missing");
  if (table.is("nil_return", "1") && table.has("row_count") && !table.is("row_count", "0"))
    table.warn("nil_return", "nil_return_rows");
}

void review_month(Review& month) {
  if (month.is("state", "reopened")) month.warn_if_empty("reason", "reopen_reason_missing");
}

struct Rule {
  std::string_view kind;
  void (*review)(Review&);
};

constexpr std::array<Rule, 18> kRules{{
    {"member", review_member},
    {"mobility_episode", review_mobility},
    {"visit", review_visit},
    {"contact_attempt", review_contact},
    {"delivery", review_delivery},
    {"case_item", review_case},
    {"consultation", review_consultation},
    {"activity", review_activity},
    {"attendance", review_attendance},
    {"support_pair", review_support},
    {"team_member", review_team_member},
    {"hardship_record", review_hardship},
    {"aid", review_aid},
    {"points_entry", review_points},
    {"transfer_request", review_transfer},
    {"correction", review_correction},
    {"village_table", review_table},
    {"month_close", review_month},
}};

}  // namespace

std::vector<Problem> cross_field_problems(const Kind& kind, const RecordValues& values) {
  Review review(values);
  for (const Rule& rule : kRules) {
    if (rule.kind == kind.name) rule.review(review);
  }
  return review.take();
}

}  // namespace lianxin::domain
