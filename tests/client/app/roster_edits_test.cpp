#include "client/app/roster_edits.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "client/app/roster_listed.hpp"
#include "shared/domain/extension.hpp"

namespace lianxin::client::app {
namespace {

using import::RosterRow;
using import::ValueSource;

const Id kVillage = Id::make(1);
const Id kWorker = Id::make(2);

RosterRow row_of(std::vector<import::RosterValue> values) {
  RosterRow row;
  row.row = 5;
  row.village = "三合村";
  row.values = std::move(values);
  return row;
}

RosterRow plain_row() {
  return row_of({{"member", "name", "赵一", "赵  一", ValueSource::kCell},
                 {"member", "id_no", "220699196610196876", {}, ValueSource::kCell},
                 {"member", "born_on", "1966-10-19", {}, ValueSource::kIdNumber},
                 {"member", "education", "70", {}, ValueSource::kCell},
                 {"mobility_episode", "left_on", "2020-01", {}, ValueSource::kCell},
                 {"mobility_episode", "employer", "某建筑工地", {}, ValueSource::kCell}});
}

RowTarget target() {
  RowTarget out;
  out.village = kVillage;
  out.today = {2026, 11, 24};
  out.now_ms = 1;
  out.liaison_heading = "结对联系人";
  return out;
}

MemberFacts nobody() {
  MemberFacts facts;
  facts.id = Id::make(3);
  return facts;
}

const store::Edit* edit_of(const RowEdits& edits, const std::string& kind) {
  const auto found = std::find_if(edits.edits.begin(), edits.edits.end(),
                                  [&](const store::Edit& edit) { return edit.kind == kind; });
  return found == edits.edits.end() ? nullptr : &*found;
}

std::string written(const store::Edit* edit, const std::string& field) {
  if (edit == nullptr) return {};
  for (const store::FieldEdit& one : edit->fields) {
    if (one.field == field) return one.value;
  }
  return {};
}

}  // namespace

TEST_CASE(
    "the county's own fields are filled as any other; what does not fit stands in the remark under its "
    "name") {
  const auto read = domain::read_extension(
      "version\t1\nkind\tmember\n"
      "field\t10001\town_seats\tinteger\tmax\tgeneral\t-\t-\t-\trange:0..60\t1\n"
      "label\town_seats\t可带人数\tSeats\npurpose\town_seats\t安排车辆\n");
  REQUIRE(read.ok());
  const domain::Catalogue county = domain::extend(domain::Catalogue::base(), read->rows).catalogue;
  RowTarget with_own = target();
  with_own.catalogue = &county;
  const auto filled = [&](const std::string& seats) {
    RosterRow row = plain_row();
    row.values.push_back({"member", "own_seats", seats, {}, ValueSource::kCell});
    MemberFacts facts = nobody();
    return edits_of_row(row, with_own, {}, facts);
  };
  CHECK(written(edit_of(filled("3"), "member"), "own_seats") == "3");
  const RowEdits words = filled("三四个人");
  CHECK(written(edit_of(words, "member"), "own_seats").empty());
  CHECK(written(edit_of(words, "member"), "remark") == "可带人数: 三四个人");
}

TEST_CASE("a new person gets a member, an outflow and his telephones in one action") {
  RosterRow row = plain_row();
  row.phones = {{"19900001234", true, false, "", ""}, {"0439-7221234", false, true, "妻子", ""}};
  MemberFacts facts = nobody();
  const RowEdits edits = edits_of_row(row, target(), {}, facts);
  REQUIRE(edits.edits.size() == 4);
  const store::Edit* member = edit_of(edits, "member");
  CHECK(member->create);
  CHECK(member->record == facts.id);
  CHECK(written(member, "name") == "赵一");
  CHECK(written(member, "home_village_id") == kVillage.text());
  CHECK(written(member, "id_missing_reason").empty());
  const store::Edit* episode = edit_of(edits, "mobility_episode");
  CHECK(written(episode, "direction") == "out");
  CHECK(written(episode, "left_on") == "2020-01");
  CHECK(written(episode, "member_id") == facts.id.text());
  CHECK(written(&edits.edits[2], "kind") == "mobile");
  CHECK(written(&edits.edits[3], "kind") == "family_phone");
  CHECK(written(&edits.edits[3], "owner") == "spouse");
}

TEST_CASE("who came here gets an inflow; its day is the check-in when it is a whole day") {
  RosterRow row = row_of({{"member", "name", "赵一", {}, ValueSource::kCell},
                          {"mobility_episode", "came_on", "2025-07-24", {}, ValueSource::kCell},
                          {"mobility_episode", "came_from_division", "510000", {}, ValueSource::kCell},
                          {"mobility_episode", "origin_org_text", "成都某支部", {}, ValueSource::kCell},
                          {"mobility_episode", "holds_certificate", "1", {}, ValueSource::kCell}});
  row.inflow = true;
  MemberFacts facts = nobody();
  const RowEdits edits = edits_of_row(row, target(), {}, facts);
  const store::Edit* episode = edit_of(edits, "mobility_episode");
  CHECK(written(episode, "direction") == "in");
  CHECK(written(episode, "checked_in_on") == "2025-07-24");
  CHECK(written(episode, "left_on").empty());
  CHECK(written(episode, "came_from_division") == "510000");
  CHECK(written(episode, "holds_certificate") == "1");
  CHECK(edits_of_row(row, target(), {}, facts).edits.empty());
  row.values[1].value = "2025-07";
  facts = nobody();
  CHECK(written(edit_of(edits_of_row(row, target(), {}, facts), "mobility_episode"), "left_on") == "2025-07");
  row.values[1].value = "2025-07-24";
  facts.episode_fields["left_on"] = "2025-07-24";   // the form prints either day
  facts.fields["affiliation_text"] = "成都某支部";  // and either branch
  facts.episode_fields["origin_org_text"] = "";
  const RowEdits again = edits_of_row(row, target(), {}, facts);
  CHECK(again.edits.empty());
  CHECK(again.differences.empty());
}

TEST_CASE("that nobody knows where somebody went is nothing new where it stands so") {
  const RosterRow row = row_of({{"mobility_episode", "dest_address", "不详", {}, ValueSource::kCell}});
  MemberFacts facts = nobody();
  facts.episode = Id::make(5);
  facts.episode_fields = {{"dest_division", "unknown"}};
  CHECK(edit_of(edits_of_row(row, target(), {}, facts), "mobility_episode") == nullptr);
  facts.episode_fields = {{"dest_address", "工业园区"}};
  CHECK(edits_of_row(row, target(), {}, facts).differences.empty());
  facts.episode_fields = {{"dest_division", "220000"}};
  CHECK(written(edit_of(edits_of_row(row, target(), {}, facts), "mobility_episode"), "dest_address") ==
        "不详");
}

TEST_CASE("how somebody without a telephone is reached is nothing new when it stands with his contact") {
  RosterRow row = plain_row();
  row.leftovers = {{"家庭联系人", "本人无手机"}, {"家庭联系人", "由邻居转告"}, {"姓名", "亲"}};
  MemberFacts facts = nobody();
  facts.contact_notes = {"", "本人无手机，由亲属转告"};
  row.warnings = {{"phone_unreadable", "家庭联系人", "本人无手机"},
                  {"phone_unreadable", "家庭联系人", "由邻居转告"}};
  leave_out_known(row, facts);
  CHECK(row.warnings.size() == 1);
  const RowEdits edits = edits_of_row(row, target(), {}, facts);
  CHECK(written(edit_of(edits, "member"), "remark") ==
        "家庭联系人: 由邻居转告; 姓名: 亲");  // only what a telephone column says is looked for there
}

TEST_CASE("the same row again has nothing to write") {
  MemberFacts facts = nobody();
  RosterRow row = plain_row();
  row.leftovers = {{"是否在微信群", "否"}};
  (void)edits_of_row(row, target(), {}, facts);
  const RowEdits again = edits_of_row(row, target(), {}, facts);
  CHECK(again.edits.empty());
  CHECK(again.differences.empty());
}

TEST_CASE("blanks are filled; what stands differently is told and stays") {
  MemberFacts facts = nobody();
  facts.exists = true;
  facts.fields = {
      {"name", "赵一"}, {"education", "60"}, {"born_on", "1966-10-19"}, {"home_village_id", kVillage.text()}};
  const RowEdits edits = edits_of_row(plain_row(), target(), {}, facts);
  const store::Edit* member = edit_of(edits, "member");
  REQUIRE(member != nullptr);
  CHECK_FALSE(member->create);
  CHECK(written(member, "id_no") == "220699196610196876");
  CHECK(written(member, "education").empty());
  REQUIRE(edits.differences.size() == 1);
  CHECK(edits.differences[0].field == "member.education");
  CHECK(edits.differences[0].here == "60");
  CHECK(edits.differences[0].roster == "70");
}

TEST_CASE("what our own tables print together is nothing new") {
  MemberFacts facts = nobody();
  facts.exists = true;
  facts.fields = {{"name", "赵一"}, {"home_village_id", kVillage.text()}};
  facts.episode_fields = {{"dest_address", "深圳市宝安区"}, {"dest_division", "440300"}};
  const auto row = [](const char* employer) {
    return row_of({{"member", "name", "赵一", {}, ValueSource::kCell},
                   {"mobility_episode", "employer", employer, {}, ValueSource::kCell},
                   {"mobility_episode", "dest_division", "440000", {}, ValueSource::kCell}});
  };
  const RowEdits printed = edits_of_row(row("深圳市宝安区"), target(), {}, facts);
  CHECK(edit_of(printed, "mobility_episode") == nullptr);
  CHECK(printed.differences.empty());
  facts.episode_fields["employer"] = "某厂";
  CHECK(edits_of_row(row("某厂 深圳市宝安区"), target(), {}, facts).differences.empty());
  CHECK(edits_of_row(row("另一家厂"), target(), {}, facts).differences.size() == 1);
}

TEST_CASE("a less exact date says nothing new") {
  MemberFacts facts = nobody();
  facts.exists = true;
  facts.fields = {{"name", "赵一"}, {"joined_on", "1990-05-01"}};
  const auto row = row_of({{"member", "name", "赵一", {}, ValueSource::kCell},
                           {"member", "joined_on", "1990", {}, ValueSource::kCell}});
  CHECK(edits_of_row(row, target(), {}, facts).differences.empty());
}

TEST_CASE("without its ruined number a row keeps nothing that was read out of the number, and says why") {
  RosterRow row = plain_row();
  row.quarantine = "id_lost_digits";
  RowTarget without = target();
  without.without_number = true;
  MemberFacts facts = nobody();
  const store::Edit member = *edit_of(edits_of_row(row, without, {}, facts), "member");
  CHECK(written(&member, "id_no").empty());
  CHECK(written(&member, "born_on").empty());
  CHECK(written(&member, "id_missing_reason") == "lost_digits");
}

TEST_CASE("a liaison who is one known worker becomes an assignment, anybody else stays in words") {
  RosterRow row = plain_row();
  row.liaison_name = "李书记";
  row.liaison_phone = "13900002222";
  MemberFacts facts = nobody();
  const RowEdits known = edits_of_row(row, target(), {{"李书记", {kWorker}}}, facts);
  CHECK(written(edit_of(known, "liaison_assignment"), "worker_id") == kWorker.text());
  MemberFacts other = nobody();
  const RowEdits unknown = edits_of_row(row, target(), {{"李书记", {kWorker, Id::make(9)}}}, other);
  CHECK(edit_of(unknown, "liaison_assignment") == nullptr);
  CHECK(written(edit_of(unknown, "mobility_episode"), "origin_contact") == "李书记 13900002222");
}

TEST_CASE("nothing written in the row is lost: what has no field goes to the remark") {
  RosterRow row = row_of({{"member", "name", "赵一", {}, ValueSource::kCell},
                          {"member", "remark", "困难党员", {}, ValueSource::kCell},
                          {"member", "gender", "男女", {}, ValueSource::kCell}});
  row.leftovers = {{"联系电话", "换号"}};
  row.liaison_name = "李书记";
  MemberFacts facts = nobody();
  const store::Edit member = *edit_of(edits_of_row(row, target(), {}, facts), "member");
  const std::string remark = written(&member, "remark");
  for (const char* part : {"困难党员", "男女", "联系电话: 换号", "结对联系人: 李书记"})
    CHECK(remark.find(part) != std::string::npos);
}

TEST_CASE("a register of certificates: what is there stays, what is new is whole, a year is told") {
  const auto cell = [](const char* kind, const char* field, const char* value) {
    return import::RosterValue{kind, field, value, {}, ValueSource::kCell};
  };
  RosterRow row =
      row_of({cell("certificate", "cert_no", "JY1"), cell("certificate", "issued_on", "2025-03-01"),
              cell("certificate", "place_text", "深圳"), cell("certificate", "checks", "2025 2026")});
  row.list = import::OwnList::kCertificates;
  MemberFacts facts = nobody();
  RowEdits fresh;
  add_listed(row, target(), {}, facts, fresh);
  REQUIRE(fresh.edits.size() == 1);
  CHECK(written(edit_of(fresh, "certificate"), "cert_no") == "JY1");
  CHECK(written(edit_of(fresh, "certificate"), "place_text") == "深圳");
  REQUIRE(fresh.differences.size() == 1);
  CHECK(fresh.differences[0].field == "certificate_check.year");
  HangingRecord& known = facts.certificates["JY1"];
  known.years = {"2025", "2026"};
  known.fields.erase("place_text");  // the register prints the outflow's
  RowEdits again;
  add_listed(row, target(), {}, facts, again);
  CHECK(again.edits.empty());
  CHECK(again.differences.empty());
  row.values[1].value = "2025-04-01";
  add_listed(row, target(), {}, facts, again);
  CHECK(again.edits.empty());
  CHECK(again.differences.size() == 1);
}

TEST_CASE("a list of members in hardship: a file is made or filled in, who is paired stays") {
  const auto cell = [](const char* field, const char* value) {
    return import::RosterValue{"hardship_record", field, value, {}, ValueSource::kCell};
  };
  RosterRow row = row_of({cell("level", "severe"), cell("on_allowance", "是")});
  row.list = import::OwnList::kHardship;
  row.liaison_name = "钱二";
  const WorkersByName workers = {{"钱二", {kWorker}}};
  MemberFacts facts = nobody();
  RowEdits fresh;
  add_listed(row, target(), workers, facts, fresh);
  const store::Edit* file = edit_of(fresh, "hardship_record");
  CHECK(written(file, "active") == "1");
  CHECK(written(file, "on_allowance") == "1");
  CHECK(written(file, "pair_worker_id") == kWorker.text());
  facts.hardship.pair_name = "钱二";
  RowEdits again;
  add_listed(row, target(), {}, facts, again);
  CHECK(again.edits.empty());
  CHECK(again.differences.empty());
}

}  // namespace lianxin::client::app
