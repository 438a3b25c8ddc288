// Messy days, people (domain.md 5: situations 1, 2, 3, 14, 15, 16): who is who, rare names, no telephone.
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;

TEST_CASE("messy 1: one member registered in two villages") {
  Desk d;
  const Words born = {"gender=1", "born_on=1979-03"};
  const std::string here = mobile(d.a, "赵连心", kSanhe, born);
  const std::string there = mobile(d.b, "赵连心", kLinhe, born);
  const std::string first = study_visit(d.a, here, "2026-05-01");
  const std::string second = study_visit(d.b, there, "2026-06-01");
  put(d.b, {"contact_attempt", "member_id=" + there, "occurred_on=2026-09-20", "channel=phone",
            "outcome=reached_self"});
  const std::string pack =
      put(d.b, {"delivery", "member_id=" + there, "mode=courier", "dispatched_on=2026-05-05"});
  d.settle();
  // Nobody has said that they are one: both tables list him, and the township is asked.
  CHECK(mobiles(d.office, kCountyCode) == 2);
  const Json card = d.town.ctl({"duplicate", "list"});
  REQUIRE(card.size() == 1);
  CHECK(card[0].at("one") == here);
  CHECK(card[0].at("other") == there);
  CHECK(card[0].at("differs").contains("home_village_id"));  // side by side
  // Until somebody decides, both village tables and the numbers say that he is in them twice.
  const std::string hint = "疑似重复，待核：赵连心 (三合村) / 赵连心 (";
  CHECK(times(printed(d.county, d.office, "f1", kCountyCode), hint) == 2);
  CHECK(times(printed(d.county, d.office, "f7", kTown), hint) == 1);
  CHECK(figure(d.office, kCountyCode, 20).at("note").get<std::string>().find(hint) != std::string::npos);
  CHECK(figure(d.a, kSanhe, 45).at("note") == "");  // one laptop that holds one of them knows nothing of it

  const std::string survivor = d.town.ctl({"duplicate", "same", here, there}).at("canonical");
  d.settle();
  CHECK(survivor == here);
  for (const Laptop* laptop : {&d.town, &d.office}) {
    const std::string scope = laptop == &d.town ? kTown : kCountyCode;
    CHECK(mobiles(*laptop, scope) == 1);  // once: never twice, never zero
    CHECK(value(*laptop, scope, 45) == 2);
    CHECK(counts(figure(*laptop, scope, 20), here));  // the call of the other village reached him
    CHECK(value(*laptop, scope, 50) == 1);
  }
  CHECK(mobiles(d.office, kSanhe) == 1);
  CHECK(mobiles(d.office, kLinhe) == 0);
  CHECK(times(printed(d.county, d.office, "f1", kCountyCode), "赵连心") == 1);
  CHECK(figure(d.office, kCountyCode, 20).at("note") == "");
  d.check_sum(45);
  d.check_sum(20);
  for (const std::string& kept : {first, second, pack})
    CHECK(d.office.ctl({"get", kept}).at("voided") == false);
  CHECK(d.office.ctl({"get", there}).at("same") == Json({here, there}));

  d.town.ctl({"duplicate", "undo", here, there});
  d.settle();
  CHECK(mobiles(d.office, kCountyCode) == 2);
  CHECK(mobiles(d.office, kLinhe) == 1);
  CHECK(value(d.office, kCountyCode, 45) == 2);
  CHECK(d.town.ctl({"duplicate", "list"}).size() == 1);

  // Two people of one name and year stay two, and nobody is asked again.
  const std::string one = mobile(d.a, "钱守信", kSanhe, born);
  const std::string other = mobile(d.b, "钱守信", kLinhe, born);
  d.settle();
  CHECK(d.town.ctl({"duplicate", "list"}).size() == 2);
  d.town.ctl({"duplicate", "different", one, other});
  d.town.ctl({"duplicate", "different", here, there});
  d.settle();
  for (const Laptop* laptop : {&d.town, &d.office})
    CHECK(laptop->ctl({"duplicate", "list"}).empty());
  CHECK(mobiles(d.office, kCountyCode) == 4);
}

TEST_CASE("messy 2: a name with a rare character") {
  Desk d;
  const std::string rare = mobile(d.a, "赵𬭎𠮷㛃", kSanhe);
  const std::string dotted = mobile(d.a, "尼玛・扎西", kSanhe);  // U+30FB, as GB 2312 tables hold it
  std::string longest;
  for (int i = 0; i < 50; ++i)
    longest += "𬭎";
  const std::string at_length = mobile(d.a, longest, kSanhe);
  d.settle();
  for (const Laptop* laptop : {&d.a, &d.town, &d.office}) {
    CHECK(field(*laptop, rare, "name") == "赵𬭎𠮷㛃");
    CHECK(field(*laptop, dotted, "name") == "尼玛·扎西");
    CHECK(field(*laptop, at_length, "name") == longest);
    for (const std::string typed : {"尼玛·扎西", "尼玛•扎西", "尼玛", "扎西", "nima"}) {
      INFO(typed);
      const Json found = laptop->ctl({"list", "member", "--search", typed});
      CHECK(found.size() == 1);
      CHECK(found.dump().find(dotted) != std::string::npos);
    }
    CHECK(laptop->ctl({"list", "member", "--search", "𠮷"}).size() == 1);
  }
  const std::string tables = printed(d.county, d.a, "f1", kSanhe, false);
  CHECK(tables.find("赵𬭎𠮷㛃") != std::string::npos);
  CHECK(tables.find('?') == std::string::npos);
  CHECK(tables.find("\xEF\xBF\xBD") == std::string::npos);
  // GB 18030 holds them all: 9933a932, 9534b235, 8230b731.
  const std::string csv = (d.county.folder() / "table.csv").string();
  d.a.ctl({"report", "f1", "--scope", kSanhe, "--as-of", kAsOf, "--out", csv, "--gb18030"});
  std::ostringstream bytes;
  bytes << std::ifstream(csv, std::ios::binary).rdbuf();
  CHECK(bytes.str().find("\x99\x33\xa9\x32\x95\x34\xb2\x35\x82\x30\xb7\x31") != std::string::npos);
  // And come back from such a file: the row is known again, not entered twice.
  const std::string roster = (d.county.folder() / "roster.csv").string();
  std::ofstream(roster, std::ios::binary) << "\xd0\xd5\xc3\xfb,\xd0\xd4\xb1\xf0\r\n"   // 姓名,性别
                                          << "\xcd\xf5\x99\x33\xa9\x32,\xc4\xd0\r\n";  // 王𬭎,男
  d.a.ctl({"import", "roster", roster, "--village", kSanhe, "--apply"});
  CHECK(d.a.ctl({"list", "member", "--search", "王𬭎"}).size() == 1);
  d.settle();
  CHECK(d.office.ctl({"list", "member", "--search", "王𬭎"}).size() == 1);
}

TEST_CASE("messy 3: no telephone, a neighbour's, a landline, one number of two people") {
  Desk d;
  const std::string none = mobile(d.a, "孙无号", kSanhe, {"no_phone_reason=none"});
  const std::string couple_he = mobile(d.a, "周同号", kSanhe, {"gender=1", "born_on=1970-01"});
  const std::string couple_she = mobile(d.a, "吴同号", kSanhe, {"gender=2", "born_on=1972-05"});
  put(d.a, {"contact_point", "member_id=" + none, "kind=mobile", "value=13900000001", "owner=neighbour",
            "owner_note=隔壁老郑", "preferred=1"});
  put(d.a, {"contact_point", "member_id=" + none, "kind=landline", "value=0439-7221234", "owner=neighbour"});
  for (const std::string& who : {couple_he, couple_she})
    put(d.a, {"contact_point", "member_id=" + who, "kind=mobile", "value=13900000002", "owner=self"});
  d.settle();
  CHECK(field(d.office, none, "no_phone_reason") == "none");
  CHECK(d.office.ctl({"get", none}).at("children").at("contact_point").size() == 2);
  // A neighbour's number is a way to him, not his own.
  const Json own = figure(d.office, kSanhe, 12).at("parts").at("own_contact");
  CHECK(own.at("value") == 2);
  CHECK(printed(d.county, d.office, "f1", kSanhe).find("13900000001") != std::string::npos);
  CHECK(d.office.ctl({"list", "member", "--search", "13900000001"}).size() == 1);
  // Couples share a number: saved, found for both, at most a weak hint, and both count.
  CHECK(d.office.ctl({"list", "member", "--search", "13900000002"}).size() == 2);
  for (const Json& pair : d.town.ctl({"duplicate", "list"}))
    CHECK(pair.at("likeness") == "weak");
  CHECK(mobiles(d.office, kCountyCode) == 3);
  // Nobody was reached yet: all three are on the list to be reached, and a visit takes one off it.
  CHECK(value(d.a, kSanhe, 23) == 3);
  put(d.a, {"visit", "members+=" + none, "occurred_on=2026-09-20", "mode=door", "outcome=met",
            "purposes+=verify"});
  CHECK(value(d.a, kSanhe, 23) == 2);
  d.settle();
}

TEST_CASE("messy 14: a visit to somebody who is not in the list yet, merged later") {
  Desk d;
  const std::string unknown = person(d.a, "郑新到", kSanhe, {"unverified=1"});
  const std::string visit = study_visit(d.a, unknown, "2026-08-01");
  d.settle();
  CHECK(value(d.office, kCountyCode, 45) == 1);
  const std::string known =
      mobile(d.office, "郑新到", kSanhe, {"gender=2", "born_on=1980-04", "member_class=full"});
  d.settle();
  CHECK(d.office.ctl({"duplicate", "list"}).size() == 1);
  const std::string stands = d.office.ctl({"duplicate", "same", unknown, known}).at("canonical");
  d.settle();
  // One person, mobile, visited once.
  CHECK(mobiles(d.office, kCountyCode) == 1);
  CHECK(value(d.office, kCountyCode, 45) == 1);
  CHECK(counts(figure(d.office, kCountyCode, 45), visit));
  CHECK(d.a.ctl({"list", "member", "--search", "郑新到"}).size() == 1);
  CHECK(figure(d.a, kSanhe, 11).at("denominator") == 1);
  CHECK((stands == unknown || stands == known));
  d.check_sum(45);
}

TEST_CASE("messy 15: brothers of one name in one household, with one address and one landline") {
  Desk d;
  const std::string address = "home_address=三合村4组9号";
  const std::string elder = mobile(d.a, "冯同名", kSanhe, {"gender=1", "born_on=1968-02", address});
  const std::string younger = mobile(d.a, "冯同名", kSanhe, {"gender=1", "born_on=1972-09", address});
  for (const std::string& who : {elder, younger})
    put(d.a, {"contact_point", "member_id=" + who, "kind=landline", "value=0439-7225566", "owner=self"});
  const std::string both =
      put(d.a, {"visit", "members+=" + elder, "members+=" + younger, "occurred_on=2026-07-01", "mode=door",
                "outcome=met", "purposes+=study"});
  d.settle();
  for (const Json& pair : d.town.ctl({"duplicate", "list"}))
    d.town.ctl({"duplicate", "different", pair.at("one"), pair.at("other")});
  d.settle();
  CHECK(d.office.ctl({"duplicate", "list"}).empty());
  CHECK(mobiles(d.office, kCountyCode) == 2);
  // One visit to a household is one visit to two people.
  const Json study = figure(d.office, kCountyCode, 45);
  CHECK(study.at("value") == 1);
  CHECK(counts(study, both));
  CHECK(study.at("parts").at("person_times").at("value") == 2);
  CHECK(times(printed(d.county, d.office, "f1", kSanhe), "冯同名") == 2);
}

TEST_CASE("messy 16: he crosses the county border every day: not mobile, but somebody keeps in touch") {
  Desk d;
  const std::string daily = person(d.a, "陈跨县", kSanhe, {"occupation=migrant_worker"});
  d.settle();
  put(d.office, {"liaison_assignment", "member_id=" + daily, "worker_id=" + d.county.worker_id("甲"),
                 "from=2026-01-01", "reason=initial"});
  const std::string out = put(d.a, {"mobility_episode", "member_id=" + daily, "direction=out",
                                    "left_on=2026-08-01", "state=reported", "expected_back_on=2026-12-31"});
  d.settle();
  CHECK(mobiles(d.office, kCountyCode) == 0);  // neither verified nor six months
  CHECK(printed(d.county, d.office, "f1", kSanhe).find("陈跨县") == std::string::npos);
  CHECK(printed(d.county, d.office, "f16", kSanhe).find("陈跨县") != std::string::npos);
  // Struck out as no outflow at all, he stays where he was.
  d.a.ctl({"void", out, "--reason", "每日往返，不属流动"});
  d.settle();
  CHECK(mobiles(d.office, kCountyCode) == 0);
  CHECK(d.office.ctl({"list", "liaison_assignment", "--where", "member_id=" + daily}).size() == 1);
}

}  // namespace
