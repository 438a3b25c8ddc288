// Who may fill in what (domain.md 2, messy 11): a worker at the door, a village secretary, a township and the
// county, each with the laptop of the role; what one may not write is refused with whose it is.
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;

struct Offices {
  County county;
  Laptop worker = county.laptop("甲", "worker", kSanhe);
  Laptop secretary = county.laptop("书记", "secretary", kSanhe);
  Laptop town = county.laptop("镇", "township_officer", kTown);
  Laptop office = county.laptop("县", "county_officer", kCountyCode);
  void settle() { county.settle({&worker, &secretary, &town, &office}); }
};

/// The sentence of a refusal beside its field.
std::string refused(const Laptop& laptop, Words words, const std::string& language = "zh") {
  words.insert(words.begin(), {"--lang", language, "put"});
  const Said said = laptop.try_ctl(words);
  REQUIRE(said.exit_code == 1);
  const Json& fields = said.json.at("error").at("fields");
  REQUIRE(fields.size() == 1);
  return fields.at(0).at("message");
}

bool is_done(const Laptop& laptop, Words words) {
  words.insert(words.begin(), "put");
  return laptop.try_ctl(words).exit_code == 0;
}

TEST_CASE("a worker keeps to the worker's fields, and every office to its own") {
  Offices o;
  const std::string member =
      mobile(o.worker, "赵连心", kSanhe, {"gender=1", "standing=normal", "unverified=1"});
  o.settle();
  const Words standing = {"member", "--id", member, "standing=expelled", "standing_doc_no=靖组〔2026〕7号"};
  const Words standing_alone = {"member", "--id", member, "standing=expelled"};
  CHECK(refused(o.worker, standing_alone) == "“党籍状态”由县委组织部门填写，您可以提出更正申请。");
  CHECK(refused(o.worker, standing_alone, "en") ==
        "\"Standing\" is filled in by the county's organisation department; you can ask for a correction.");
  for (const Laptop* laptop : {&o.worker, &o.secretary, &o.town}) {
    INFO(laptop->name());
    CHECK_FALSE(is_done(*laptop, standing));
  }
  CHECK(refused(o.worker, {"member", "--id", member, "name=赵联心"}) ==
        "“姓名”由村党支部书记填写，您可以提出更正申请。");
  CHECK(refused(o.secretary, {"member", "--id", member, "out_of_contact_since=2026-01"}) ==
        "“失去联系日期”由乡镇党务工作者填写，您可以提出更正申请。");
  CHECK_FALSE(is_done(o.worker, {"member", "--id", member, "verify_level=county"}));
  CHECK_FALSE(is_done(o.worker, {"month_close", "org_id=220622101200", "month=2026-08", "state=closed"}));
  // Beside a field that may not be changed nothing is half saved; one that stays the same hinders nothing.
  CHECK_FALSE(is_done(o.worker, {"member", "--id", member, "home_address=1组", "name=赵联心"}));
  CHECK(field(o.worker, member, "home_address") == Json());
  CHECK(is_done(o.worker, {"member", "--id", member, "home_address=1组", "name=赵连心"}));

  CHECK(is_done(o.secretary, {"member", "--id", member, "name=赵联心", "verify_level=branch"}));
  CHECK(is_done(o.town, {"member", "--id", member, "out_of_contact_since=2026-01"}));
  CHECK(is_done(o.town, {"month_close", "org_id=220622101200", "month=2026-08", "state=closed"}));
  o.settle();
  CHECK(field(o.worker, member, "name") == "赵联心");
  CHECK(is_done(o.office, standing));
  o.settle();
  CHECK(field(o.worker, member, "standing") == "expelled");
  // What the branch has checked a worker neither takes back nor voids.
  CHECK_FALSE(is_done(o.worker, {"member", "--id", member, "verify_level=none"}));
  const Said voided = o.worker.try_ctl({"void", member, "--reason", "错"});
  CHECK(voided.exit_code == 1);
  CHECK(field(o.worker, member, "standing") == "expelled");
  o.settle();
}

TEST_CASE("all the work at the door is a worker's") {
  Offices o;
  const std::string member = person(o.worker, "钱守信", kSanhe);
  const std::string out = episode(o.worker, member);
  put(o.worker, {"contact_point", "member_id=" + member, "kind=mobile", "value=13900000001", "owner=self"});
  study_visit(o.worker, member, "2026-05-01");
  put(o.worker, {"contact_attempt", "member_id=" + member, "occurred_on=2026-09-20", "channel=phone",
                 "outcome=reached_self"});
  put(o.worker, {"delivery", "member_id=" + member, "mode=by_hand", "dispatched_on=2026-05-05"});
  put(o.worker, {"consultation", "member_id=" + member, "occurred_on=2026-05-05", "channel=phone",
                 "topics+=dues", "solved_on_spot=1"});
  put(o.worker, {"case_item", "member_id=" + member, "opened_on=2026-05-05", "raised_via=visit",
                 "kind=question", "topic=dues", "content=问", "level=village"});
  const std::string wish =
      put(o.worker, {"correction", "member_id=" + member, "occurred_on=2026-07-02", "record_id=" + member,
                     "field=name", "new_value=钱守心", "reason=本人说的", "asked_by=self", "state=open"});
  put(o.worker,
      {"mobility_episode", "--id", out, "returned_on=2026-06-01", "end_kind=returned", "state=ended"});
  o.settle();
  // Asked for by the worker, decided and written by the branch.
  CHECK_FALSE(is_done(o.worker, {"correction", "--id", wish, "state=accepted", "decided_on=2026-07-03"}));
  CHECK(is_done(o.secretary, {"correction", "--id", wish, "state=accepted", "decided_on=2026-07-03"}));
  CHECK(is_done(o.secretary, {"member", "--id", member, "name=钱守心", "--cause", "correction"}));
  o.settle();
  CHECK(field(o.worker, member, "name") == "钱守心");
}

TEST_CASE("a village table goes up step by step, and comes back only from who has it") {
  Offices o;
  const std::string table = put(o.worker, {"village_table", "village_id=220622101200", "quarter=2026Q3",
                                           "state=filled", "row_count=0", "nil_return=1"});
  o.settle();
  const auto to = [&](const Laptop& laptop, const std::string& state) {
    return is_done(laptop, {"village_table", "--id", table, "state=" + state});
  };
  for (const char* state : {"village_confirmed", "township_checked", "county_accepted"})
    CHECK_FALSE(to(o.worker, state));
  CHECK_FALSE(to(o.secretary, "township_checked"));
  CHECK(to(o.secretary, "village_confirmed"));
  o.settle();
  CHECK_FALSE(to(o.worker, "filled"));
  CHECK_FALSE(to(o.town, "county_accepted"));
  CHECK(to(o.town, "township_checked"));
  o.settle();
  CHECK(to(o.office, "county_accepted"));
  o.settle();
  CHECK(refused(o.town, {"village_table", "--id", table, "state=returned_with_notes"}) ==
        "“状态”的这一项由县委组织部门确认或改回，请交县里办理。");
  CHECK(to(o.office, "returned_with_notes"));
  o.settle();
  CHECK(to(o.worker, "filled"));
  o.settle();
  // A register of the township, and a file of hardship.
  CHECK_FALSE(is_done(o.worker, {"township_register", "township_id=220622101", "quarter=2026Q3"}));
  const std::string all =
      put(o.town, {"township_register", "township_id=220622101", "quarter=2026Q3", "state=township_checked"});
  CHECK_FALSE(is_done(o.town, {"township_register", "--id", all, "state=county_accepted"}));
  const std::string member = person(o.secretary, "孙有难", kSanhe);
  o.settle();
  CHECK(is_done(o.office, {"township_register", "--id", all, "state=county_accepted"}));
  const Words file = {"hardship_record", "member_id=" + member, "active=1", "cause_class=illness"};
  CHECK(refused(o.worker, file) == "这类记录由村党支部书记建立，请交村党支部办理。");
  const std::string opened = put(o.secretary, file);
  o.settle();
  CHECK_FALSE(is_done(o.secretary, {"hardship_record", "--id", opened, "recognised_on=2026-05-01"}));
  CHECK(is_done(o.office, {"hardship_record", "--id", opened, "recognised_on=2026-05-01"}));
  o.settle();
}

TEST_CASE("a worker's roster brings the new people whole, and of the others what is a worker's") {
  Offices o;
  const std::string known = person(o.secretary, "周在册", kSanhe, {"gender=1", "born_on=1980-04"});
  o.settle();
  const std::string roster = (o.county.folder() / "roster.csv").string();
  std::ofstream(roster, std::ios::binary) << "姓名,性别,出生日期,学历,家庭住址\n"
                                          << "周在册,男,1980-04,高中,三合村3组1号\n"
                                          << "吴新来,女,1985-02,大专,三合村3组2号\n";
  const Json done = o.worker.ctl({"import", "roster", roster, "--village", kSanhe, "--apply"});
  CHECK(done.at("written") == 2);
  CHECK(done.at("refused").empty());
  REQUIRE(done.at("left_out").size() == 2);  // and why there is no ID number
  CHECK(done.at("left_out").dump().find("“学历”由村党支部书记填写") != std::string::npos);
  CHECK(field(o.worker, known, "home_address") == "三合村3组1号");
  CHECK(field(o.worker, known, "education") == Json());
  const Json found = o.worker.ctl({"list", "member", "--search", "吴新来"});
  REQUIRE(found.size() == 1);
  CHECK(found.at(0).at("fields").at("education").at("value") != "");
  o.settle();
  // A row that was read once is not read again: the branch fills the rest in itself.
  CHECK(is_done(o.secretary, {"member", "--id", known, "education=60"}));
  o.settle();
}

}  // namespace
