#include "shared/domain/optional_fields.hpp"

#include <algorithm>

namespace lianxin::domain {

const std::vector<std::string_view>& optional_fields() {
  static const std::vector<std::string_view> kFields = {
      "case_item.satisfaction",
      "consultation.summary",
      "contact_attempt.at_time",
      "contact_point.owner_note",
      "delivery.fee_fen",
      "delivery.receipt_kind",
      "delivery.receipt_strokes",
      "delivery.received_by",
      "hardship_record.cause_text",
      "hardship_record.health",
      "hardship_record.household_size",
      "hardship_record.income_source",
      "hardship_record.labour",
      "hardship_record.on_allowance",
      "hardship_record.on_pension",
      "hardship_record.per_capita_income_fen",
      "hardship_record.veteran_no_job",
      "member.care_flag",
      "member.current_address",
      "member.education",
      "member.name_note",
      "member.native_place",
      "member.new_employment",
      "member.occupation",
      "member.post_code",
      "member.remark",
      "member.study_needs",
      "member.talent_tags",
      "mobility_episode.abroad_contact",
      "mobility_episode.abroad_reason",
      "mobility_episode.dest_address",
      "mobility_episode.dest_contact",
      "mobility_episode.dest_contact_phone",
      "mobility_episode.dest_org_name",
      "mobility_episode.dest_sector",
      "mobility_episode.employer",
      "mobility_episode.employer_contact",
      "mobility_episode.expected_back_on",
      "mobility_episode.former_occupation",
      "mobility_episode.origin_contact",
      "mobility_episode.reason_text",
      "mobility_episode.usual_place",
      "visit.ack_kind",
      "visit.ack_strokes",
      "visit.began",
      "visit.companions",
      "visit.ended",
      "visit.gift_amount_fen",
      "visit.gift_funder",
      "visit.gift_kind",
      "visit.gift_qty",
      "visit.household_text",
      "visit.next_on",
      "visit.talk_life",
      "visit.talk_thought",
      "visit.talk_work",
  };
  return kFields;
}

bool is_optional_field(std::string_view kind_and_field) {
  if (kind_and_field.find(".own_") != std::string_view::npos) return true;  // a county's own field
  return std::binary_search(optional_fields().begin(), optional_fields().end(), kind_and_field);
}

}  // namespace lianxin::domain
