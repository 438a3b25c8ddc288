#include "shared/domain/record_rules.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>

#include "shared/base/text.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

using Scalars = std::map<std::string, std::string>;

std::string told_of(std::string_view kind, Scalars scalars,
                    std::map<std::string, std::vector<std::string>> sets = {}) {
  std::vector<std::string> words;
  const RecordValues values{std::move(scalars), std::move(sets)};
  for (const Problem& problem : cross_field_problems(*Catalogue::base().kind(kind), values)) {
    CHECK_FALSE(problem.blocks);
    words.push_back(problem.field + ":" + problem.code);
  }
  return join(words, " ");
}

TEST_CASE("a member's ID number beside birth and gender") {
  const std::string id = "220699199507142937";
  CHECK(told_of("member", {{"id_no", id}, {"born_on", "1995-07-14"}, {"gender", "1"}}) == "");
  CHECK(told_of("member", {{"id_no", id}, {"born_on", "1995"}}) == "");
  CHECK(told_of("member", {{"id_no", id}, {"born_on", "1995-08"}}) == "born_on:birth_differs");
  CHECK(told_of("member", {{"id_no", id}, {"born_on", "1995-07-15"}}) == "born_on:birth_differs");
  CHECK(told_of("member", {{"id_no", id}, {"gender", "2"}}) == "gender:gender_differs");
  CHECK(told_of("member", {{"id_no", id}, {"gender", "9"}}) == "");
  CHECK(told_of("member", {{"id_no", "damaged"}, {"gender", "2"}}) == "");
  CHECK(told_of("member", {}) == "id_missing_reason:id_reason_missing");
}

TEST_CASE("a member's dates, class and standing") {
  const Scalars base{{"id_missing_reason", "other"}};
  const auto with = [&](Scalars more) {
    more.insert(base.begin(), base.end());
    return told_of("member", more);
  };
  CHECK(with({{"born_on", "1980"}, {"joined_on", "1998"}}) == "");
  CHECK(with({{"born_on", "1980-05"}, {"joined_on", "1998-04"}}) == "joined_on:joined_young");
  CHECK(with({{"member_class", "probationary"}, {"full_on", "2001"}}) == "full_on:probationary_full");
  CHECK(with({{"member_class", "full"}, {"full_on", "2001"}}) == "");
  CHECK(with({{"member_class", "full"}}) == "full_on:needed_with");
  CHECK(with({{"member_class", "probationary"}}) == "");
  CHECK(with({{"standing", "expelled"}}) == "standing_doc_no:standing_document");
  CHECK(with({{"standing", "expelled"}, {"standing_doc_no", "某组〔2026〕1号"}}) == "");
  CHECK(with({{"standing", "deceased"}}) == "");
  CHECK(with({{"standing", "normal"}}) == "");
}

TEST_CASE("mobility: the end has a day and a way") {
  CHECK(told_of("mobility_episode", {{"end_kind", "returned"}}) == "returned_on:end_date_missing");
  CHECK(told_of("mobility_episode", {{"returned_on", "2026-02-01"}}) == "end_kind:end_kind_missing");
  CHECK(told_of("mobility_episode", {{"returned_on", "2026-02-01"}, {"end_kind", "returned"}}) == "");
  for (const char* how : {"moved_on", "died", "transferred"})
    CHECK(told_of("mobility_episode", {{"end_kind", how}}) == "returned_on:end_date_missing");
  CHECK(told_of("mobility_episode", {{"state", "ended"}}) == "returned_on:end_date_missing");
  CHECK(told_of("mobility_episode", {{"state", "ended"}, {"end_kind", "error"}}) == "");
}

TEST_CASE("visits and contacts") {
  CHECK(told_of("visit", {{"outcome", "met"}}) == "content:content_missing");
  CHECK(told_of("visit", {{"outcome", "nobody"}}) == "");
  CHECK(told_of("visit", {{"outcome", "met_family"}, {"content", "在家"}}) == "met_persons:needed_with");
  CHECK(told_of("visit", {{"outcome", "met_family"}, {"content", "在家"}}, {{"met_persons", {"spouse"}}}) ==
        "");
  CHECK(told_of("visit", {{"talk_work", "在厂里"}}, {{"purposes", {"verify"}}}) == "talk_work:talk_only");
  CHECK(told_of("visit", {{"talk_work", "在厂里"}}, {{"purposes", {"talk"}}}) == "");
  CHECK(told_of("visit", {}, {{"purposes", {"care"}}}) == "festival:festival_missing");
  CHECK(told_of("visit", {{"festival", "july_first"}}, {{"purposes", {"care"}}}) == "");
  CHECK(told_of("visit", {{"mode", "phone"}}) == "mode:phone_visit");
  CHECK(told_of("visit", {{"mode", "door"}}) == "household_text:visited_missing");
  CHECK(told_of("visit", {{"mode", "door"}, {"household_text", "3组7号"}}).empty());
  CHECK(told_of("visit", {{"mode", "door"}}, {{"members", {"m"}}}).empty());
  CHECK(told_of("contact_attempt", {{"outcome", "reached_family"}}) ==
        "content:content_missing topics:needed_with");
  CHECK(told_of("contact_attempt", {{"outcome", "no_answer"}}) == "");
}

TEST_CASE("deliveries") {
  CHECK(told_of("delivery", {{"member_id", "a"}, {"to_org_id", "b"}}) == "to_org_id:two_recipients");
  CHECK(told_of("delivery", {{"mode", "courier"}, {"dispatched_on", "2026-01-01"}}) ==
        "tracking_no:tracking_missing");
  CHECK(told_of("delivery", {{"mode", "by_hand"}, {"dispatched_on", "2026-01-01"}}) == "");
  CHECK(told_of("delivery", {{"mode", "courier"}, {"received_on", "2026-01-01"}, {"relation", "self"}}) ==
        "dispatched_on:dispatch_missing");
}

TEST_CASE(
    "what was received names who took it; what was handed out names the parcel; a package its version") {
  const Scalars received{{"mode", "by_hand"}, {"received_on", "2026-01-01"}};
  const auto with = [](Scalars scalars, const Scalars& more) {
    scalars.insert(more.begin(), more.end());
    return scalars;
  };
  CHECK(told_of("delivery", received) == "relation:needed_with");
  CHECK(told_of("delivery", with(received, {{"relation", "self"}})) == "");
  CHECK(told_of("delivery", with(received, {{"relation", "neighbour"}})) == "received_by:needed_with");
  CHECK(told_of("delivery", with(received, {{"relation", "neighbour"}, {"received_by", "a"}})) == "");
  for (const char* reason : {"hand_out", "mail", "return_in"}) {
    CHECK(told_of("stock_movement", {{"reason", reason}}) == "ref_id:needed_with");
    CHECK(told_of("stock_movement", {{"reason", reason}, {"ref_id", "a"}}) == "");
  }
  CHECK(told_of("stock_movement", {{"reason", "receive"}}) == "");
  CHECK(told_of("material", {{"kind", "red_package"}}) == "required_set_version:needed_with");
  CHECK(told_of("material", {{"kind", "book"}}) == "");
  CHECK(told_of("contact_attempt", {{"outcome", "reached_self"}, {"content", "a"}}, {{"topics", {"work"}}}) ==
        "");
}

TEST_CASE("questions and consultations") {
  CHECK(told_of("case_item", {}) == "member_id:raiser_missing");
  CHECK(told_of("case_item", {{"anonymous", "1"}}) == "");
  CHECK(told_of("case_item", {{"anonymous", "1"}, {"member_id", "a"}}) == "member_id:raiser_and_anonymous");
  CHECK(told_of("case_item", {{"member_id", "a"}, {"level", "county"}}) ==
        "owner_id:owner_missing due_on:needed_with");
  CHECK(told_of("case_item", {{"member_id", "a"}, {"level", "on_spot"}}) == "");
  CHECK(told_of("case_item", {{"member_id", "a"}, {"answered_on", "2026-01-01"}}) == "answer:answer_missing");
  CHECK(told_of("consultation", {}) == "asker_kind:asker_missing");
  CHECK(told_of("consultation", {{"member_id", "a"}}) == "");
  CHECK(told_of("material", {}) == "");
}

TEST_CASE("activities, attendance, pushes and teams") {
  CHECK(told_of("activity", {{"kind", "skill"}}) == "subject_area:needed_with");
  CHECK(told_of("activity", {{"kind", "skill"}, {"subject_area", "marketing"}}) == "");
  CHECK(told_of("activity", {{"kind", "film"}}) == "");
  CHECK(told_of("activity", {{"kind", "tutoring"}}) == "children_count:needed_with");
  for (const char* meeting : {"topic_meeting", "branch_meeting", "committee", "group_meeting"}) {
    CHECK(told_of("activity", {{"kind", meeting}}) ==
          "minutes:needed_with host:needed_with recorder:needed_with");
    CHECK(told_of("activity", {{"kind", meeting}, {"minutes", "a"}, {"host", "b"}, {"recorder", "c"}}) == "");
  }
  CHECK(told_of("attendance", {{"activity_id", "a"}}) == "member_id:one_of");
  CHECK(told_of("attendance", {{"member_id", "a"}}) == "");
  CHECK(told_of("attendance", {{"worker_id", "a"}}) == "");
  CHECK(told_of("content_push", {}, {{"channels", {"group"}}}) == "group_ids:groups_missing");
  CHECK(told_of("content_push", {}, {{"channels", {"group"}}, {"group_ids", {"a"}}}) == "");
  CHECK(told_of("content_push", {}, {{"channels", {"sms"}}}) == "");
  CHECK(told_of("team_member", {}) == "worker_id:one_of");
  for (const char* person : {"worker_id", "member_id", "person_name"})
    CHECK(told_of("team_member", {{person, "a"}}) == "");
  CHECK(told_of("support_pair", {{"member_id", "a"}}) == "helper_member_id:one_of");
  CHECK(told_of("support_pair", {{"member_id", "a"}, {"helper_member_id", "a"}}) ==
        "helper_member_id:helps_oneself");
  CHECK(told_of("support_pair", {{"member_id", "a"}, {"helper_worker_id", "a"}}) == "");
}

TEST_CASE("certificates handed back, transfers done, corrections decided") {
  CHECK(told_of("certificate", {{"state", "returned"}}) == "returned_on:needed_with");
  CHECK(told_of("certificate", {{"state", "replaced"}}) == "returned_on:needed_with");
  CHECK(told_of("certificate", {{"state", "valid"}}) == "");
  CHECK(told_of("transfer_request", {{"state", "done"}}) == "done_on:needed_with");
  CHECK(told_of("transfer_request", {{"state", "refused"}}) == "obstacle:needed_with");
  CHECK(told_of("transfer_request", {{"state", "refused"}, {"obstacle", "other"}}) ==
        "obstacle_text:needed_with");
  CHECK(told_of("transfer_request", {{"state", "under_way"}}) == "");
  CHECK(told_of("correction", {{"state", "accepted"}}) == "decided_on:needed_with");
  CHECK(told_of("correction", {{"state", "declined"}}) == "decided_on:needed_with");
  CHECK(told_of("correction", {{"state", "open"}, {"field", "born_on"}}) == "record_id:needed_with");
}

TEST_CASE("hardship files and aid") {
  CHECK(told_of("hardship_record", {{"active", "1"}}) == "");
  CHECK(told_of("hardship_record", {{"recognised_on", "2026-03-01"}}) ==
        "recognised_by:needed_with cause_class:needed_with level:needed_with");
  CHECK(told_of("hardship_record", {{"relieved_on", "2026-03-01"}, {"active", "0"}}) ==
        "relieved_reason:needed_with");
  CHECK(told_of("hardship_record",
                {{"relieved_on", "2026-03-01"}, {"relieved_reason", "a"}, {"active", "1"}}) ==
        "active:relieved_and_active");
  CHECK(told_of("hardship_record", {{"household_size", "3"}, {"labour", "3"}}) == "");
  CHECK(told_of("hardship_record", {{"household_size", "3"}, {"labour", "4"}}) ==
        "labour:labour_over_household");
  CHECK(told_of("hardship_record", {{"paired_on", "2026-03-01"}}) == "pair_worker_id:needed_with");
  const auto notice = [](const char* to) {
    return told_of("hardship_record", {{"notice_from", "2026-03-01"}, {"notice_to", to}});
  };
  CHECK(notice("2026-03-05") == "");
  CHECK(notice("2026-03-04") == "notice_to:notice_short");
  CHECK(told_of("aid", {{"kind", "money"}}) == "amount_fen:needed_with funder:needed_with");
  CHECK(told_of("aid", {{"kind", "goods"}}) == "goods:needed_with");
  CHECK(told_of("aid", {{"kind", "visit"}}) == "");
}

TEST_CASE("points, pledges") {
  CHECK(told_of("points_entry", {}) == "reason:points_reason");
  CHECK(told_of("points_entry", {{"evidence_id", "a"}}) == "");
  CHECK(told_of("points_entry", {{"evidence_id", "a"}, {"reverses", "b"}}) == "reason:points_reason");
  CHECK(told_of("points_entry", {{"reason", "a"}, {"state", "approved"}}) ==
        "approved_by:needed_with approved_on:needed_with");
  CHECK(told_of("points_rule", {{"cap_tenths", "200"}}) == "cap_period:needed_with");
  CHECK(told_of("pledge", {{"kind", "promise"}}) == "content:needed_with");
  CHECK(told_of("pledge", {{"kind", "identity"}}) == "");
}

TEST_CASE("tables, registers, closes, parameters") {
  const Scalars confirmed{
      {"state", "village_confirmed"}, {"confirmed_on", "2026-09-25"}, {"confirmed_by", "a"}};
  const auto table = [&](Scalars more) {
    more.insert(confirmed.begin(), confirmed.end());
    return told_of("village_table", more);
  };
  CHECK(table({{"row_count", "12"}}) == "");
  CHECK(table({{"row_count", "0"}}) == "nil_return:nil_missing");
  CHECK(table({{"row_count", "0"}, {"nil_return", "1"}}) == "");
  CHECK(table({{"row_count", "2"}, {"nil_return", "1"}}) == "row_count:nil_with_rows");
  CHECK(told_of("village_table", {{"state", "county_accepted"}}) ==
        "confirmed_on:needed_with confirmed_by:needed_with");
  CHECK(told_of("village_table", {{"state", "filled"}, {"row_count", "0"}}) == "");
  CHECK(told_of("village_table", {{"state", "returned_with_notes"}}) == "note:needed_with");
  CHECK(told_of("township_register", {{"state", "township_checked"}}) == "checked_on:needed_with");
  CHECK(told_of("township_register", {{"state", "returned_with_notes"}}) == "note:needed_with");
  CHECK(told_of("month_close", {{"state", "closed"}}) == "closed_on:needed_with");
  CHECK(told_of("month_close", {{"state", "reopened"}}) == "reason:needed_with");
  const auto parameter = [](const char* name, const char* value) {
    return told_of("parameter", {{"name", name}, {"value", value}});
  };
  CHECK(parameter("mobile_months", "6") == "");
  CHECK(parameter("mobile_months", "half a year") == "value:parameter_number");
  CHECK(parameter("mobile_months", "12345") == "value:parameter_number");
  CHECK(parameter("points_on", "1") == "");
  CHECK(parameter("points_on", "2") == "value:parameter_switch");
  CHECK(parameter("tables_by_leaving", "1") == "");
  CHECK(parameter("tables_by_leaving", "pinyin") == "value:parameter_switch");
  CHECK(parameter("meeting_unit", "group") == "");
  CHECK(parameter("meeting_unit", "village") == "value:parameter_unit");
  CHECK(told_of("parameter", {{"name", "points_on"}}) == "");
}

}  // namespace
