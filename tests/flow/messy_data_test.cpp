// Messy days, data (domain.md 5: situations 10, 11): rosters as offices keep them; who dies, is expelled,
// moves his affiliation or asks for his data to be deleted.
#include <set>

#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;

/// A title, two header rows, a blank row, a total, a note, one person twice, dates as people write them.
constexpr const char* kRoster =
    "\xef\xbb\xbf三合村流动党员花名册,,,,,\r\n"
    "序号,姓名,性别,出生年月,身份证号,联系方式\r\n"
    ",,,,,本人电话\r\n"
    "1,张  三,1,1990.5,110105194912310021,13900000031\r\n"
    "2,李四,女,1951年3月,22069919510308906x,13900000032\r\n"
    "\r\n"
    "3,王五,男,199507,'220699199507142937,１３９００００００３３\r\n"
    "4,王五,男,199507,220699199507142937,13900000033\r\n"
    "5,赵六,男,12/1951,220699 195112183859,\r\n"
    ",合计,5,,,\r\n"
    "说明：本表由村填报,,,,,\r\n";

TEST_CASE("messy 10: a roster with title, two header rows, blank lines, totals, duplicates and mixed dates") {
  Desk d;
  const std::string file = (d.county.folder() / "roster.csv").string();
  std::ofstream(file, std::ios::binary) << kRoster;
  d.settle();
  const std::string before = d.a.dump();
  const Json preview = d.a.ctl({"import", "roster", file, "--village", kSanhe});
  CHECK(d.a.dump() == before);  // nothing is written before it is confirmed
  CHECK(preview.at("applied") == false);
  const Json sheet = preview.at("sheets").at(0);
  CHECK(sheet.at("header_rows") == Json({2, 3}));
  CHECK(sheet.at("columns").at("联系方式/本人电话") == "contact_point.self");
  CHECK(sheet.at("accepted") == 3);
  REQUIRE(sheet.at("duplicates").size() == 1);
  CHECK(sheet.at("duplicates")[0].at("of_row") == 7);
  // A number whose digits are wrong is kept aside with its reason and its row, not stored.
  REQUIRE(sheet.at("quarantined").size() == 1);
  CHECK(sheet.at("quarantined")[0].at("row") == 4);
  CHECK(sheet.at("quarantined")[0].at("reason") == "id_check_digit");
  CHECK(sheet.at("quarantined")[0].at("values").at("quarantined") == "110105194912310021");
  Words why;
  for (const Json& skipped : sheet.at("skipped"))
    why.push_back(skipped.at("why"));
  CHECK(why == Words{"above_header", "blank", "total", "note"});
  // Who reads it on the terminal is told of every row that is left out, and how to go on.
  const std::string said = d.a.text({"import", "roster", file, "--village", kSanhe});
  INFO(said);
  for (const char* words : {"不导入：合计行", "不导入：说明或签字行", "--accept-without-id", "--rejected"})
    CHECK(said.find(words) != std::string::npos);

  const Json applied = d.a.ctl({"import", "roster", file, "--village", kSanhe, "--apply"});
  d.settle();
  const Json people = d.office.ctl({"list", "member"});
  CHECK(people.size() == 3);
  const std::string li = d.office.ctl({"list", "member", "--search", "李四"}).at(0).at("id");
  CHECK(field(d.office, li, "id_no") == "22069919510308906X");
  CHECK(field(d.office, li, "born_on") == "1951-03");
  CHECK(field(d.office, li, "gender") == "2");
  const std::string zhao = d.office.ctl({"list", "member", "--search", "赵六"}).at(0).at("id");
  CHECK(field(d.office, zhao, "id_no") == "220699195112183859");
  CHECK(field(d.office, zhao, "born_on") == "1951-12");
  CHECK(d.office.ctl({"list", "member", "--search", "13900000033"}).size() == 1);
  // The same file again finds everybody and writes nothing new; the ruined row may come without its number.
  const Json again = d.a.ctl({"import", "roster", file, "--village", kSanhe});
  CHECK(again.at("sheets").at(0).at("accepted") == 0);
  d.a.ctl({"import", "roster", file, "--village", kSanhe, "--apply", "--accept-without-id"});
  d.settle();
  const Json zhang = d.office.ctl({"list", "member", "--search", "张三"});
  REQUIRE(zhang.size() == 1);
  CHECK(field(d.office, zhang[0].at("id"), "id_no") == Json());
  // The whole batch goes back.
  d.a.ctl({"import", "undo", applied.at("batch")});
  d.settle();
  CHECK(d.office.ctl({"list", "member"}).size() == 1);
}

TEST_CASE("messy 11: a member dies, is expelled, transfers, asks for his data to be corrected or deleted") {
  Desk d;
  const std::string dead = mobile(d.a, "孙离世", kSanhe);
  const std::string expelled = mobile(d.a, "周除名", kSanhe);
  const std::string left = mobile(d.a, "吴转走", kSanhe);
  const std::string asks = mobile(d.a, "郑要删", kSanhe, {"home_address=三合村9组9号", "remark=家里的事"});
  for (const std::string& who : {dead, expelled, left, asks})
    study_visit(d.a, who, "2026-03-01");
  d.settle();
  CHECK(mobiles(d.office, kCountyCode) == 4);
  // A worker tells of it; the standing is the county's.
  for (const char* standing : {"deceased", "expelled", "transferred"}) {
    const Said said = d.a.try_ctl({"put", "member", "--id", dead, std::string("standing=") + standing});
    CHECK(said.exit_code == 1);
    CHECK(said.json.at("error").at("fields").at(0).at("field") == "standing");
  }
  d.office.ctl({"put", "member", "--id", dead, "standing=deceased"});
  d.office.ctl({"put", "member", "--id", expelled, "standing=expelled", "standing_doc_no=靖组〔2026〕7号"});
  put(d.office,
      {"transfer_request", "member_id=" + left, "asked_on=2026-04-01", "state=done", "done_on=2026-05-01"});
  d.settle();
  CHECK(mobiles(d.office, kCountyCode) == 1);
  CHECK(value(d.office, kCountyCode, 45) == 4);  // what happened in the year stays
  const std::string tables = printed(d.county, d.office, "f1", kSanhe);
  for (const char* gone : {"孙离世", "周除名", "吴转走"})
    CHECK(tables.find(gone) == std::string::npos);
  CHECK(tables.find("郑要删") != std::string::npos);
  for (int row : {20, 23, 24, 31})  // nobody is asked to reach or pair them any more
    CHECK(figure(d.office, kCountyCode, row).at("denominator") == 1);
  CHECK(field(d.a, expelled, "standing_doc_no") == "靖组〔2026〕7号");
  // A festival visit to the family can still be recorded, and counts.
  const std::string family = put(d.a, {"visit", "members+=" + dead, "occurred_on=2026-07-01", "mode=door",
                                       "outcome=met_family", "purposes+=care", "festival=july_first"});
  // A relative asks for a correction; the request, its reason and what was decided stay.
  const std::string correction =
      put(d.office, {"correction", "member_id=" + dead, "occurred_on=2026-07-02", "record_id=" + dead,
                     "field=born_on", "new_value=1950-01", "reason=家属提供户口簿", "asked_by=relative",
                     "state=accepted", "decided_on=2026-07-03"});
  d.office.ctl({"put", "member", "--id", dead, "born_on=1950-01", "--cause", "correction"});
  // Deletion: the texts go everywhere, for ever; that he was visited stays counted; request, reason and
  // decision stay, and the audit has the purge.
  const std::string request =
      put(d.office, {"correction", "member_id=" + asks, "occurred_on=2026-07-05", "record_id=" + asks,
                     "reason=本人要求删除", "asked_by=self", "state=open", "due_on=2026-08-05"});
  d.settle();
  const Json purged =
      d.county.server({"purge", asks, "remark", "home_address", "--reason", "本人要求删除，已核准"});
  CHECK(purged.at("before") == purged.at("after"));
  d.settle();
  CHECK(counts(figure(d.office, kCountyCode, 66), family));
  CHECK(figure(d.office, kCountyCode, 33).at("records") == Json::array({correction}));
  CHECK(field(d.a, dead, "born_on") == "1950-01");
  for (const Laptop* laptop : {&d.a, &d.town, &d.office}) {
    CHECK(laptop->dump().find("三合村9组9号") == std::string::npos);
    CHECK(laptop->dump().find("家里的事") == std::string::npos);
    CHECK(laptop->ctl({"get", asks}).at("fields").at("remark").at("purged") == true);
  }
  CHECK(value(d.office, kCountyCode, 45) == 4);
  CHECK(field(d.office, request, "reason") == "本人要求删除");
  const std::string audit = d.county.try_server({"audit", "--record", asks}).out;
  CHECK(audit.find("record.purge") != std::string::npos);
}

TEST_CASE("messy 11: what was on its way when a death becomes known is called back or settled") {
  Desk d;
  const std::string dead = mobile(d.a, "孙离世", kSanhe);
  // On its way when the death becomes known, and one only packed.
  const std::string sent = put(d.a, {"delivery", "member_id=" + dead, "mode=courier", "carrier=邮政",
                                     "tracking_no=EM1", "dispatched_on=2026-03-20"});
  const std::string packed = put(d.a, {"delivery", "member_id=" + dead, "mode=courier"});
  const auto to_fetch_back = [&](const Laptop& laptop) {
    std::set<std::string> out;
    for (const Json& duty : laptop.ctl({"due", "--as-of", kAsOf})) {
      if (duty.at("kind") == "parcel_back") out.insert(duty.at("record"));
      if (duty.at("kind") == "parcel_back") CHECK(duty.at("urgency") == "today");
    }
    return out;
  };
  d.settle();
  CHECK(to_fetch_back(d.a).empty());
  d.office.ctl({"put", "member", "--id", dead, "standing=deceased"});
  d.settle();
  // The worker is asked to call them back; each ends with what became of it.
  CHECK(to_fetch_back(d.a) == std::set<std::string>{sent, packed});
  put(d.a, {"delivery_event", "delivery_id=" + packed, "kind=cancelled", "occurred_on=2026-04-02"});
  CHECK(to_fetch_back(d.a) == std::set<std::string>{sent});
  put(d.a, {"delivery_event", "delivery_id=" + sent, "kind=returned", "occurred_on=2026-04-09"});
  d.settle();
  for (const Laptop* laptop : {&d.a, &d.office})
    CHECK(to_fetch_back(*laptop).empty());
}

}  // namespace
