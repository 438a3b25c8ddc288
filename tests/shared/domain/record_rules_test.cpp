#include "shared/domain/record_rules.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>

#include "shared/base/text.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

using Scalars = std::map<std::string, std::string>;

std::string told(std::string_view kind, Scalars scalars,
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
  CHECK(told("member", {{"id_no", id}, {"born_on", "1995-07-14"}, {"gender", "1"}}) == "");
  CHECK(told("member", {{"id_no", id}, {"born_on", "1995"}}) == "");
  CHECK(told("member", {{"id_no", id}, {"born_on", "1995-08"}}) == "born_on:birth_differs");
  CHECK(told("member", {{"id_no", id}, {"born_on", "1995-07-15"}}) == "born_on:birth_differs");
  CHECK(told("member", {{"id_no", id}, {"gender", "2"}}) == "gender:gender_differs");
  CHECK(told("member", {{"id_no", id}, {"gender", "9"}}) == "");
  CHECK(told("member", {{"id_no", "damaged"}, {"gender", "2"}}) == "");
  CHECK(told("member", {}) == "id_missing_reason:id_reason_missing");
}

TEST_CASE("a member's dates, class and standing") {
  const Scalars base{{"id_missing_reason", "other"}};
  const auto with = [&](Scalars more) {
    more.insert(base.begin(), base.end());
    return told("member", more);
  };
  CHECK(with({{"born_on", "1980"}, {"joined_on", "1998"}}) == "");
  CHECK(with({{"born_on", "1980-05"}, {"joined_on", "1998-04"}}) == "joined_on:joined_young");
  CHECK(with({{"member_class", "probationary"}, {"full_on", "2001"}}) == "full_on:probationary_full");
  CHECK(with({{"member_class", "full"}, {"full_on", "2001"}}) == "");
  CHECK(with({{"standing", "expelled"}}) == "standing_doc_no:standing_document");
  CHECK(with({{"standing", "expelled"}, {"standing_doc_no", "某组〔2026〕1号"}}) == "");
  CHECK(with({{"standing", "deceased"}}) == "");
  CHECK(with({{"standing", "normal"}}) == "");
}

TEST_CASE("mobility: the end has a day and a way") {
  CHECK(told("mobility_episode", {{"end_kind", "returned"}}) == "returned_on:end_date_missing");
  CHECK(told("mobility_episode", {{"returned_on", "2026-02-01"}}) == "end_kind:end_kind_missing");
  CHECK(told("mobility_episode", {{"returned_on", "2026-02-01"}, {"end_kind", "returned"}}) == "");
  CHECK(told("mobility_episode", {{"end_kind", "moved_on"}}) == "");
}

TEST_CASE("visits and contacts") {
  CHECK(told("visit", {{"outcome", "met"}}) == "content:content_missing");
  CHECK(told("visit", {{"outcome", "nobody"}}) == "");
  CHECK(told("visit", {}, {{"purposes", {"care"}}}) == "festival:festival_missing");
  CHECK(told("visit", {{"festival", "july_first"}}, {{"purposes", {"care"}}}) == "");
  CHECK(told("visit", {{"mode", "phone"}}) == "mode:phone_visit");
  CHECK(told("contact_attempt", {{"outcome", "reached_family"}}) == "content:content_missing");
  CHECK(told("contact_attempt", {{"outcome", "no_answer"}}) == "");
}

TEST_CASE("deliveries") {
  CHECK(told("delivery", {{"member_id", "a"}, {"to_org_id", "b"}}) == "to_org_id:two_recipients");
  CHECK(told("delivery", {{"mode", "courier"}, {"dispatched_on", "2026-01-01"}}) ==
        "tracking_no:tracking_missing");
  CHECK(told("delivery", {{"mode", "by_hand"}, {"dispatched_on", "2026-01-01"}}) == "");
  CHECK(told("delivery", {{"mode", "courier"}, {"received_on", "2026-01-01"}}) ==
        "dispatched_on:dispatch_missing");
}

TEST_CASE("questions and consultations") {
  CHECK(told("case_item", {}) == "member_id:raiser_missing");
  CHECK(told("case_item", {{"anonymous", "1"}}) == "");
  CHECK(told("case_item", {{"anonymous", "1"}, {"member_id", "a"}}) == "member_id:raiser_and_anonymous");
  CHECK(told("case_item", {{"member_id", "a"}, {"level", "county"}}) == "owner_id:owner_missing");
  CHECK(told("case_item", {{"member_id", "a"}, {"level", "on_spot"}}) == "");
  CHECK(told("case_item", {{"member_id", "a"}, {"answered_on", "2026-01-01"}}) == "answer:answer_missing");
  CHECK(told("consultation", {}) == "asker_kind:asker_missing");
  CHECK(told("consultation", {{"member_id", "a"}}) == "");
  CHECK(told("material", {}) == "");
}

TEST_CASE("what meetings, help, points and tables have to say") {
  CHECK(told("activity", {{"kind", "skill"}}) == "subject_area:subject_area_missing");
  CHECK(told("activity", {{"kind", "topic_meeting"}}) == "host:host_missing");
  CHECK(told("activity", {{"kind", "film"}}) == "");
  CHECK(told("attendance", {}) == "worker_id:attendee_missing");
  CHECK(told("attendance", {{"member_id", "a"}}) == "");
  CHECK(told("support_pair", {}) == "helper_worker_id:helper_missing");
  CHECK(told("support_pair", {{"helper_member_id", "a"}}) == "");
  CHECK(told("team_member", {}) == "person_name:team_person_missing");
  CHECK(told("team_member", {{"worker_id", "a"}}) == "");
  CHECK(told("hardship_record", {{"recognised_on", "2026-01-01"}}) == "recognised_by:recogniser_missing");
  CHECK(told("hardship_record", {{"relieved_on", "2026-01-01"}, {"active", "1"}}) ==
        "relieved_reason:relief_reason_missing active:relieved_active");
  CHECK(told("aid", {{"kind", "money"}}) == "amount_fen:amount_missing");
  CHECK(told("aid", {{"kind", "goods"}}) == "goods:goods_missing");
  CHECK(told("aid", {{"kind", "visit"}}) == "");
  CHECK(told("points_entry", {}) == "reason:points_reason_missing");
  CHECK(told("points_entry", {{"evidence_id", "a"}, {"state", "approved"}}) ==
        "approved_by:approver_missing");
  CHECK(told("transfer_request", {{"state", "done"}}) == "done_on:transfer_date_missing");
  CHECK(told("correction", {{"state", "open"}}) == "");
  CHECK(told("correction", {{"state", "declined"}}) == "decided_on:decision_date_missing");
  CHECK(told("village_table", {{"state", "filled"}}) == "");
  CHECK(told("village_table", {{"state", "village_confirmed"}}) == "confirmed_by:confirmer_missing");
  CHECK(told("village_table", {{"nil_return", "1"}, {"row_count", "3"}}) == "nil_return:nil_return_rows");
  CHECK(told("village_table", {{"nil_return", "1"}, {"row_count", "0"}}) == "");
  CHECK(told("month_close", {{"state", "reopened"}}) == "reason:reopen_reason_missing");
}

}  // namespace
