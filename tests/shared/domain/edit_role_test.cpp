// Who may write what: the whole catalogue against the table of domain.md 2, kept here a second time.
#include "shared/domain/edit_role.hpp"

#include <doctest/doctest.h>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

/// Who may make a record, then each field with the first letter of its role.
const std::vector<std::pair<std::string, std::string>> kRoles = {
    {"org_unit",
     "county kind:c name:c short_name:c code:c parent_id:c from:c to:c merged_into:c "
     "split_from:c secretary:v contact_phone:v keeper_id:c"},
    {"org_code", "county org_id:c code:c from:c to:c"},
    {"grid", "village village_id:v no:v name:v scope_text:v leader_id:v worker_ids:v from:v to:v"},
    {"worker",
     "township name:t phone:t roles:t origin:t org_id:t grid_ids:t login:c trained_on:t from:t "
     "to:t"},
    {"worker_role", "township worker_id:t role:t org_id:t grid_id:t from:t to:t"},
    {"liaison_assignment",
     "village member_id:v worker_id:v from:v to:v reason:v handover_note:v confirmed_by:v"},
    {"member",
     "worker name:v name_pinyin:w name_note:w gender:v ethnic:v id_no:v id_missing_reason:v "
     "born_on:v education:v member_class:v affiliation_org_id:t affiliation_text:t joined_on:v "
     "full_on:v post_code:v home_address:w standing:c standing_doc_no:c out_of_contact_since:t "
     "native_place:v current_address:w home_village_id:t grid_id:v occupation:w "
     "new_employment:w study_needs:w talent_tags:w care_flag:w duty_roles:w points_class:v "
     "no_phone_reason:w collect_mode:w verify_level:w unverified:v notice_on:w "
     "notice_version:w remark:w former_villages:t village_said_at:t"},
    {"contact_point",
     "worker member_id:w kind:w value:w owner:w owner_note:w valid:w verified_on:w preferred:w "
     "from:w to:w"},
    {"mobility_episode",
     "worker direction:w member_id:w left_on:w expected_back_on:w kind:w reason:w "
     "reason_text:w former_occupation:w dest_sector:w dest_division:w dest_address:w "
     "employer:w employer_contact:w usual_place:w origin_contact:v dest_org_name:w "
     "dest_contact:w dest_contact_phone:w checked_in_on:t link_status:w lost_since:t "
     "returned_on:w end_kind:w state:w home_from:w home_to:w national_entry_on:t "
     "national_entry_by:t certificate_id:t discovery:w collect_mode:w verify_level:w "
     "abroad_on:t abroad_reason:t abroad_contact:t came_from_division:w origin_org_text:w "
     "inflow_reason:w holds_certificate:w"},
    {"certificate",
     "township member_id:t episode_id:t cert_no:t issued_on:t issued_by_org:t "
     "branch_filled_by:t reason_text:t place_text:t time_text:t photo_affixed:t dest_branch:t "
     "dest_on:t dest_contact:t leave_entry_seen:t leave_entry:t leave_entry_on:t state:t "
     "returned_on:t replaces:t"},
    {"certificate_check",
     "village certificate_id:v year:v occurred_on:v worker_id:v outcome:v org_id_at_event:v "
     "division_code_at_event:v"},
    {"visit",
     "worker org_id_at_event:w division_code_at_event:w occurred_on:w began:w ended:w "
     "workers:w companions:w members:w household_text:w mode:w purposes:w outcome:w "
     "met_persons:w content:w talk_thought:w talk_work:w talk_life:w festival:w gift_kind:w "
     "gift_qty:w gift_amount_fen:w gift_funder:w next_on:w ack_kind:w ack_strokes:w "
     "checked_by:v checked_on:v"},
    {"contact_attempt",
     "worker org_id_at_event:w division_code_at_event:w occurred_on:w at_time:w worker_id:w "
     "member_id:w call_id:w contact_point_id:w channel:w direction:w outcome:w topics:w "
     "content:w case_ids:w consultation_id:w"},
    {"material", "county code:t name:t kind:c required_set_version:c unit:c from:c to:c"},
    {"material_component", "county material_id:c part_id:c qty:c"},
    {"stock_movement",
     "worker org_id_at_event:w division_code_at_event:w occurred_on:w store_id:w material_id:w "
     "delta:w reason:w ref_id:w worker_id:w note:w"},
    {"delivery",
     "worker org_id_at_event:w division_code_at_event:w member_id:w to_org_id:w mode:w "
     "to_name:w to_phone:w to_address:w carrier:w tracking_no:w dispatched_on:w received_by:w "
     "relation:w received_on:w receipt_kind:w receipt_strokes:w fee_fen:t resend_of:w "
     "worker_id:w"},
    {"delivery_line", "worker delivery_id:w material_id:w qty:w title_version:w"},
    {"delivery_event",
     "worker delivery_id:w org_id_at_event:w division_code_at_event:w occurred_on:w at_time:w "
     "kind:w worker_id:w note:w"},
    {"case_item",
     "worker org_id_at_event:w division_code_at_event:w opened_on:w member_id:w anonymous:w "
     "raised_via:w kind:w topic:w content:w level:w owner_id:v due_on:v answer:w answered_on:w "
     "satisfaction:w closed_on:v visit_id:w"},
    {"case_event",
     "worker case_id:w org_id_at_event:w division_code_at_event:w occurred_on:w kind:w "
     "worker_id:w to_owner_id:w note:w"},
    {"consultation",
     "worker org_id_at_event:w division_code_at_event:w occurred_on:w worker_id:w member_id:w "
     "asker_kind:w channel:w topics:w summary:w solved_on_spot:w case_id:w"},
    {"import_batch",
     "worker org_id:w file_name:w file_hash:w sheets:w header_map:w accepted:w merged:w "
     "quarantined:w rejected:w worker_id:w imported_on:w undone_on:w"},
    {"import_row", "worker batch_id:w sheet:w row_no:w outcome:w reason:w record_id:w row_values:w"},
    {"attachment",
     "worker member_id:w visit_id:w delivery_id:w case_id:w consultation_id:w taken_on:w "
     "worker_id:w sha256:w mime:w bytes:w width:w height:w caption:w thumb:w"},
    {"venue", "village org_id:v name:v level:v address:v from:v to:v"},
    {"contact_group", "village org_id:v name:v owner_worker:v from:v to:v"},
    {"contact_group_member", "village member_id:v group_id:v from:v to:v"},
    {"team", "village org_id:v team_kind:v name:v level:v formed_on:v dissolved_on:v"},
    {"team_member", "village team_id:v worker_id:v member_id:v person_name:v origin:v from:v to:v"},
    {"activity",
     "worker org_id:w org_id_at_event:w division_code_at_event:w occurred_on:w began:w ended:w "
     "kind:w mode:w group_ids:w team_id:w venue_id:w venue_level:w topic:w subject_area:w "
     "subjects:w host:w recorder:w expected:w minutes:w children_count:w workers:w speakers:w "
     "festival:w"},
    {"attendance",
     "worker activity_id:w member_id:w worker_id:w org_id_at_event:w division_code_at_event:w "
     "occurred_on:w activity_kind:w status:w via:w made_up_on:w"},
    {"content_push",
     "worker org_id:w org_id_at_event:w division_code_at_event:w pushed_on:w content_id:w "
     "title:w channels:w group_ids:w worker_id:w"},
    {"support_pair", "village member_id:v helper_member_id:v helper_worker_id:v purpose:v from:v to:v"},
    {"hardship_record",
     "village member_id:v active:v nominated_on:v recognised_on:c recognised_by:c "
     "cause_class:v cause_text:v level:v health:v on_allowance:v on_pension:v veteran_no_job:v "
     "household_size:v labour:v income_source:v per_capita_income_fen:v description:v "
     "pair_worker_id:v paired_on:v notice_from:t notice_to:t relieved_on:t relieved_reason:t"},
    {"aid",
     "worker member_id:w org_id_at_event:w division_code_at_event:w occurred_on:w kind:w "
     "festival:w amount_fen:v goods:v funder:v visit_id:w worker_id:w"},
    {"points_rule",
     "county code:c name:c class:c points_tenths:c cap_tenths:c cap_period:c applies_to:c "
     "evidence:c evidence_filter:c version:c approve_by:c from:c to:c"},
    {"points_entry",
     "worker member_id:w org_id_at_event:w division_code_at_event:w rule_id:w rule_version:w "
     "occurred_on:w points_tenths:w evidence_id:w state:w approved_by:v approved_on:v reason:w "
     "reverses:w"},
    {"survey", "village org_id:v name:v kind:v from:v to:v"},
    {"survey_answer",
     "worker member_id:w survey_id:w org_id_at_event:w division_code_at_event:w occurred_on:w "
     "outcome:w how:w worker_id:w"},
    {"duty_role", "village member_id:v role:v from:v to:v"},
    {"pledge",
     "worker member_id:w org_id_at_event:w division_code_at_event:w occurred_on:w kind:w "
     "content:w kept_on:w"},
    {"transfer_request",
     "worker member_id:w from_org_id:w to_org_id:w to_org_text:w asked_on:w state:w obstacle:w "
     "obstacle_text:w done_on:t"},
    {"correction",
     "worker member_id:w org_id_at_event:w division_code_at_event:w occurred_on:w record_id:w "
     "field:w old_value:w new_value:w reason:w asked_by:w due_on:w state:w decided_on:v "
     "decided_by:v worker_id:w"},
    {"village_table",
     "worker village_id:w quarter:w state:w nil_return:w confirmed_by:v confirmed_on:v "
     "checked_by:t checked_on:t accepted_by:c accepted_on:c row_count:w changed_rows:w "
     "snapshot_id:w note:w"},
    {"township_register",
     "township township_id:t quarter:t state:t confirmed_by:t confirmed_on:t checked_by:t "
     "checked_on:t table_count:t snapshot_id:t note:t"},
    {"month_close",
     "township org_id:t month:t state:t closed_on:t closed_by:t reason:t late_count:t "
     "unsynced_devices:t snapshot_id:t"},
    {"quarter_refresh",
     "worker member_id:w org_id_at_event:w division_code_at_event:w quarter:w occurred_on:w "
     "outcome:w how:w worker_id:w"},
    {"report_snapshot",
     "worker org_id:w form:w period:w as_of:w occurred_on:w revision:w digest:w record_count:w "
     "worker_id:w supersedes:w reason:w"},
    {"report_part", "worker snapshot_id:w part_no:w content:w"},
    {"duty_shift", "village org_id:v worker_id:v from:v to:v remark:v"},
    {"festival_day", "county festival:c on:c from:c to:c"},
    {"custom_field",
     "county of_kind:c number:c name:c type:c policy:c privacy:c required:c target:c checks:c purpose:c "
     "label_zh:c label_en:c choices:c retired:c version:c"},
    {"parameter", "county name:c value:c org_id:c from:c"},
    {"audit_entry",
     "worker org_id:w occurred_on:w at_time:w worker_id:w action:w record_id:w what:w count:w "
     "reason:w"},
};

/// Codes of fields where the code decides: to say it, and to write another one over it.
const std::string kCodes =
    "member.verify_level: none=ww branch=vv committee=tt county=cc\n"
    "mobility_episode.state: reported=ww verified=vw awaiting_checkin=vw checked_in=tw out=ww ended=ww\n"
    "mobility_episode.verify_level: none=ww branch=vv committee=tt county=cc\n"
    "points_entry.state: proposed=ww approved=vv rejected=vv reversed=vv\n"
    "transfer_request.state: asked=ww under_way=tw done=tt refused=tt withdrawn=ww\n"
    "correction.state: open=ww accepted=vv declined=vv\n"
    "village_table.state: open=ww filled=ww village_confirmed=vv township_checked=tt county_accepted=cc "
    "returned_with_notes=tw\n"
    "township_register.state: open=tt filled=tt township_checked=tt county_accepted=cc "
    "returned_with_notes=tt\n";

const Kind& kind_of(std::string_view name) {
  const Kind* kind = Catalogue::base().kind(name);
  REQUIRE(kind != nullptr);
  return *kind;
}

const Field& field_of(std::string_view kind, std::string_view name) {
  const Field* field = kind_of(kind).field(name);
  REQUIRE(field != nullptr);
  return *field;
}

EditRole needed(std::string_view kind, std::string_view field, const std::string& from, const std::string& to,
                bool making = false) {
  return EditRoles::base().to_write(kind_of(kind), field_of(kind, field), from, to, making);
}

std::string why_of(const std::string& rows) {
  const std::string tsv = "version\t1\nkind\t1\tthing\tprofile\tshelf\n" + rows +
                          "\nfield\t32\tlevel\tcode\treview\tgeneral\t-\t-\tverify_level\t-\t1\n";
  const auto catalogue = Catalogue::parse(tsv);
  REQUIRE(catalogue.ok());
  const auto parsed = EditRoles::parse(tsv, *catalogue);
  return parsed.ok() ? "" : parsed.error().args.at(1).value;
}

TEST_CASE("every kind and every field has the role that domain.md gives it") {
  std::map<std::string, std::string> table;
  for (const auto& row : kRoles)
    CHECK_MESSAGE(table.insert(row).second, row.first);
  for (const Kind& kind : Catalogue::base().kinds()) {
    INFO(kind.name);
    REQUIRE(table.count(kind.name) == 1);
    std::string found = std::string(word(EditRoles::base().to_make(kind)));
    for (const Field& field : kind.fields) {
      found +=
          " " + field.name + ":" + std::string(word(EditRoles::base().to_write(kind, field))).substr(0, 1);
    }
    CHECK(found == table.at(kind.name));
    table.erase(kind.name);
  }
  for (const auto& [kind, roles] : table)
    FAIL_CHECK("no such kind any more: " << kind);
}

TEST_CASE("every code that is an office's has its role, to say it and to take it back") {
  std::string found;
  for (const Kind& kind : Catalogue::base().kinds()) {
    for (const Field& field : kind.fields) {
      if (field.type != Type::kCode) continue;
      const EditRole least = EditRoles::base().to_write(kind, field);
      bool by_code = false;
      std::string codes;
      for (const Code& code : *code_list(field.target)) {
        const EditRole said = EditRoles::base().to_write(kind, field, "", code.code, false);
        const EditRole over = EditRoles::base().to_write(kind, field, code.code, "", false);
        codes += " " + code.code + "=" + std::string(word(said)).substr(0, 1) +
                 std::string(word(over)).substr(0, 1);
        by_code = by_code || said != least || over != least;
      }
      if (by_code) found += kind.name + "." + field.name + ":" + codes + "\n";
    }
  }
  CHECK(found == kCodes);
}

TEST_CASE("a worker makes a member with all the sheet asks, but changes neither name nor standing later") {
  CHECK(needed("member", "name", "", "赵连心", true) == EditRole::kWorker);
  CHECK(needed("member", "home_village_id", "", "x", true) == EditRole::kWorker);
  CHECK(needed("member", "standing", "", "normal", true) == EditRole::kWorker);
  CHECK(needed("member", "standing", "", "expelled", true) == EditRole::kCounty);
  CHECK(needed("member", "standing_doc_no", "", "1", true) == EditRole::kCounty);
  CHECK(needed("member", "verify_level", "", "branch", true) == EditRole::kVillage);
  CHECK(needed("member", "verify_level", "", "none", true) == EditRole::kWorker);
  CHECK(needed("member", "name", "赵", "钱") == EditRole::kVillage);
  CHECK(needed("member", "standing", "expelled", "normal") == EditRole::kCounty);
  CHECK(needed("member", "verify_level", "county", "none") == EditRole::kCounty);
  CHECK(needed("member", "home_address", "一", "二") == EditRole::kWorker);
  // Who opens a case says whose it is; afterwards the office does.
  CHECK(needed("case_item", "owner_id", "", "x", true) == EditRole::kWorker);
  CHECK(needed("case_item", "owner_id", "x", "y") == EditRole::kVillage);
}

TEST_CASE("a record is voided by who alone may write over what it shows") {
  const EditRoles& roles = EditRoles::base();
  const Kind& table = kind_of("village_table");
  RecordValues values;
  CHECK(roles.to_remove(table, values) == EditRole::kWorker);
  values.scalars["state"] = "filled";
  CHECK(roles.to_remove(table, values) == EditRole::kWorker);
  values.scalars["state"] = "county_accepted";
  CHECK(roles.to_remove(table, values) == EditRole::kCounty);
  CHECK(roles.to_remove(kind_of("month_close"), {}) == EditRole::kTownship);
}

TEST_CASE("a row that names nothing is no row") {
  CHECK(why_of("edit\tcounty\t-") == "");
  CHECK(why_of("edit\tcounty\tlevel level=branch!") == "");
  CHECK(why_of("new\tcounty\tlevel=branch") == "");
  CHECK(why_of("edit\tking\t-") == "unknown role king");
  CHECK(why_of("edit\tcounty") == "an edit row has 3 columns");
  CHECK(why_of("edit\tcounty\theight") == "no field thing.height");
  CHECK(why_of("edit\tcounty\tvoided") == "no field thing.voided");
  CHECK(why_of("edit\tcounty\tlevel=high") == "no code thing.level=high");
  CHECK(why_of("edit\tcounty\tlevel!") == "field twice, or without a code: level");
  CHECK(why_of("edit\tcounty\tlevel level") == "field twice, or without a code: level");
  CHECK(why_of("edit\tcounty\tlevel=branch level=branch") == "code twice: level=branch");
  CHECK(why_of("new\tcounty\tlevel") == "no code: level");
  CHECK(why_of("new\tcounty\t-\nnew\tcounty\t-") == "new twice: thing");
}

}  // namespace
