// The office's forms through the command line: periods that are checked, one record on a page, and what a
// laptop in the field does not hold.
#include <algorithm>
#include <doctest/doctest.h>
#include <map>

#include "shared/base/file.hpp"
#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

std::string put(const Laptop& laptop, std::vector<std::string> words) {
  words.insert(words.begin(), "put");
  return laptop.ctl(words).at("id");
}

struct Office {
  County county;
  Laptop worker = county.laptop("甲", "worker", kSanhe);
  Laptop office = county.laptop("丙", "county_officer", "220622");
  std::string out(const std::string& name) const { return (county.folder() / name).string(); }
  std::string refused(std::vector<std::string> words) const {
    words.insert(words.begin(), {"report"});
    words.insert(words.end(), {"--scope", "220622101", "--out", out("refused.json")});
    const Said said = office.try_ctl(words);
    const std::string code = said.json.at("error").at("code");
    CHECK(said.exit_code == (code == "period.malformed" ? 2 : 1));
    CHECK_FALSE(lianxin::read_file(out("refused.json"), 1 << 20).ok());
    return code;
  }
};

TEST_CASE("a period that does not fit the form is refused in one line, and nothing is written") {
  const Office at;
  CHECK(at.refused({"f5b", "--period", "2026-13"}) == "period.malformed");
  CHECK(at.refused({"f5b", "--period", "2026Q3"}) == "period.kind");
  CHECK(at.refused({"f8", "--period", "2026-09"}) == "period.kind");
  CHECK(at.refused({"f8", "--from", "2026-07-01"}) == "period.kind");
  CHECK(at.refused({"f11", "--period", "2026", "--from", "2026-07-01"}) == "period.twice");
  CHECK(at.refused({"f4", "--period", "2199-12"}) == "period.future");
  CHECK(at.refused({"f4b", "--period", "2026-09", "--as-of", "2026-10-01"}) == "period.outside");
  CHECK(at.refused({"f4", "--period", "2026", "--record", "0199dddd-0000-7000-8000-000000000001"}) ==
        "report.no_record");
  CHECK(at.office.try_ctl({"report", "f13", "--record", "x", "--out", at.out("x.json")}).exit_code == 2);
}

TEST_CASE("the sheet of one visit needs no period, whatever year it was") {
  Office at;
  const std::string member =
      put(at.worker, {"member", "name=赵连心", std::string("home_village_id=") + kSanhe});
  const std::string visit = put(at.worker, {"visit", "members+=" + member, "occurred_on=2024-05-04",
                                            "mode=door", "outcome=met", "content=核实"});
  CHECK(at.worker.ctl({"report", "f4", "--record", visit, "--out", at.out("visit.json")}).at("sheets") == 1);
  const Said other = at.worker.try_ctl(
      {"report", "f4", "--record", visit, "--period", "2026", "--out", at.out("other.json")});
  CHECK(other.json.at("error").at("code") == "report.no_record");
}

TEST_CASE(
    "one member on a page in every format; hardship stays at the office, and the field's form says so") {
  Office at;
  const std::string member =
      put(at.worker, {"member", "name=赵志远", std::string("home_village_id=") + kSanhe,
                      "id_no=220699197903050015", "home_address==1+1"});
  at.county.settle({&at.worker, &at.office});
  put(at.office, {"hardship_record", "member_id=" + member, "active=1", "recognised_on=2026-02-01",
                  "cause_class=illness", "level=severe", "description=长期患病"});
  at.county.settle({&at.worker, &at.office});
  for (const char* end : {"xlsx", "pdf", "csv", "json"}) {
    const std::string file = at.out(std::string("f3.") + end);
    const Json said = at.office.ctl(
        {"report", "f3", "--scope", kSanhe, "--period", "2026", "--member", member, "--out", file});
    CHECK(said.at("sheets") == 1);
    const auto bytes = lianxin::read_file(file, 1 << 24);
    REQUIRE(bytes.ok());
    CHECK(bytes->find("220699197903050015") == std::string::npos);
    if (std::string(end) == "csv") CHECK(bytes->find(",'=1+1") != std::string::npos);
  }
  const auto roster = [&](const Laptop& laptop) {
    laptop.ctl({"report", "f6b", "--scope", kSanhe, "--period", "2026", "--out", at.out("f6b.json")});
    return Json::parse(*lianxin::read_file(at.out("f6b.json"), 1 << 20)).at(0);
  };
  CHECK(roster(at.office).at("rows").at(0).at(1) == "赵志远");
  CHECK(roster(at.office).at("notes").empty());
  CHECK(roster(at.worker).at("rows").at(0).at(1) == "—");
  CHECK(roster(at.worker).at("notes").size() == 1);
}

/// What a person who reads the two would compare, of everybody by name.
std::string people(const Laptop& laptop) {
  std::map<std::string, std::vector<std::string>> out;
  for (const Json& row : laptop.ctl({"list", "member"})) {
    const Json member = laptop.ctl({"get", row.at("id")});
    const auto say = [](const Json& record, const char* field) {
      const Json& fields = record.at("fields");
      return fields.contains(field) ? fields.at(field).at("value").get<std::string>() : std::string();
    };
    std::vector<std::string>& said = out[say(member, "name")];
    for (const char* field :
         {"gender", "ethnic", "born_on", "education", "joined_on", "id_no", "occupation", "remark"})
      said.push_back(say(member, field));
    for (const Json& id : member.at("children").value("mobility_episode", Json::array())) {
      const Json episode = laptop.ctl({"get", id});
      for (const char* field :
           {"left_on", "dest_division", "employer", "reason", "link_status", "dest_org_name"})
        said.push_back(say(episode, field));
    }
    for (const Json& id : member.at("children").value("contact_point", Json::array()))
      said.push_back(say(laptop.ctl({"get", id}), "value"));
    std::sort(said.begin(), said.end());
  }
  return Json(out).dump();
}

void tell_of_two(const Laptop& laptop) {
  const std::string village = std::string("home_village_id=") + kSanhe;
  const std::string one = put(
      laptop, {"member", "name=赵志远", village, "gender=1", "ethnic=11", "born_on=1979-03", "education=60",
               "joined_on=2001-07", "id_no=220699197903050015", "occupation=driver", "remark=冬天回来"});
  put(laptop, {"contact_point", "member_id=" + one, "kind=mobile", "owner=self", "value=19900001111"});
  put(laptop,
      {"contact_point", "member_id=" + one, "kind=family_phone", "owner=spouse", "value=19900002222"});
  put(laptop, {"mobility_episode", "member_id=" + one, "direction=out", "left_on=2024-03", "state=out",
               "dest_division=440000", "employer=某厂", "reason=work", "link_status=hard",
               "dest_org_name=深圳某支部"});
  const std::string two = put(laptop, {"member", "name=欧阳·买买提", village, "gender=2", "born_on=1985-11"});
  put(laptop, {"mobility_episode", "member_id=" + two, "direction=out", "left_on=2025-02-11", "state=out",
               "dest_division=110000", "employer=某店"});
}

TEST_CASE(
    "a village table goes out and comes back: nothing new where it came from, whole where nobody is yet") {
  Office at;
  tell_of_two(at.office);
  at.office.ctl({"sync"});
  County elsewhere;
  for (const std::string form : {"f1", "f10"}) {
    for (const std::string end : {"xlsx", "csv"}) {
      CAPTURE(form);
      CAPTURE(end);
      const std::string file = at.out(form + "." + end);
      at.office.ctl(
          {"report", form, "--scope", kSanhe, "--as-of", "2026-09-30", "--unmasked", "--out", file});
      const Json back = at.office.ctl({"import", "roster", file, "--village", kSanhe});
      for (const Json& sheet : back.at("sheets")) {
        INFO(sheet.dump());
        CHECK(sheet.at("accepted") == 0);
        CHECK(sheet.at("quarantined").empty());
      }
      at.office.ctl({"report", form, "--scope", kSanhe, "--as-of", "2026-09-30", "--out", file});
      const std::string before = people(at.office);
      at.office.ctl({"import", "roster", file, "--village", kSanhe, "--apply"});
      CHECK(people(at.office) == before);  // the masked one as well: no number becomes a remark
    }
  }
  Laptop fresh = elsewhere.laptop("戊", "county_officer", "220622");
  const std::string file = at.out("f1.xlsx");
  at.office.ctl({"report", "f1", "--scope", kSanhe, "--as-of", "2026-09-30", "--unmasked", "--out", file});
  fresh.ctl({"import", "roster", file, "--village", kSanhe, "--apply"});
  CHECK(people(fresh) == people(at.office));
}

std::string one_of(const Laptop& laptop, const std::string& kind, const std::string& field) {
  const Json rows = laptop.ctl({"list", kind});
  REQUIRE(rows.size() == 1);
  const Json fields = laptop.ctl({"get", rows.at(0).at("id")}).at("fields");
  return fields.contains(field) ? fields.at(field).at("value").get<std::string>() : std::string();
}

TEST_CASE("who came here, and who has no telephone, come back as they were") {
  Office at;
  const std::string village = std::string("home_village_id=") + kSanhe;
  const std::string came = put(
      at.office, {"member", "name=孙来福", village, "gender=1", "born_on=1988", "occupation=migrant_worker"});
  put(at.office, {"mobility_episode", "member_id=" + came, "direction=in", "left_on=2025-05",
                  "state=checked_in", "came_from_division=510000", "origin_org_text=成都某支部",
                  "inflow_reason=work", "holds_certificate=1", "employer=某厂", "usual_place=三合村一组"});
  put(at.office, {"contact_point", "member_id=" + came, "kind=family_phone", "owner=relative",
                  "value=19900004444", "owner_note=本人无手机，由亲属转告"});
  at.office.ctl({"sync"});
  const std::string before = people(at.office);
  for (const std::string form : {"f1", "f10"}) {
    CAPTURE(form);
    const std::string file = at.out(form + ".xlsx");
    at.office.ctl({"report", form, "--scope", kSanhe, "--as-of", "2026-09-30", "--unmasked", "--out", file});
    const Json back = at.office.ctl({"import", "roster", file, "--village", kSanhe, "--apply"});
    for (const Json& sheet : back.at("sheets")) {
      INFO(sheet.dump());
      CHECK(sheet.at("accepted") == 0);
      CHECK(sheet.at("differences").empty());
    }
    CHECK(people(at.office) == before);
  }
  County elsewhere;
  const Laptop fresh = elsewhere.laptop("戊", "county_officer", "220622");
  fresh.ctl({"import", "roster", at.out("f10.xlsx"), "--village", kSanhe, "--apply"});
  CHECK(one_of(fresh, "mobility_episode", "direction") == "in");
  CHECK(one_of(fresh, "mobility_episode", "left_on") == "2025-05");
  CHECK(one_of(fresh, "mobility_episode", "came_from_division") == "510000");
  CHECK(one_of(fresh, "mobility_episode", "origin_org_text") == "成都某支部");
  CHECK(one_of(fresh, "mobility_episode", "inflow_reason") == "work");
  CHECK(one_of(fresh, "mobility_episode", "holds_certificate") == "1");
}

/// Records of the work, by kind.
Json counted(const Laptop& laptop) {
  Json records = laptop.ctl({"status"}).at("records");
  for (const char* kind : {"import_batch", "import_row", "audit_entry"})
    records.erase(kind);
  return records;
}

/// 赵志远 with certificate, file of hardship and liaison; another of his name in the village.
void tell_of_lists(const Laptop& laptop) {
  tell_of_two(laptop);
  const std::string village = std::string("home_village_id=") + kSanhe;
  const std::string one =
      laptop.ctl({"list", "member", "--search", "赵志远"}).at(0).at("id").get<std::string>();
  const std::string twin = put(laptop, {"member", "name=赵志远", village, "gender=1", "born_on=1990"});
  put(laptop, {"contact_point", "member_id=" + twin, "kind=mobile", "owner=self", "value=19900003333"});
  const std::string certificate = put(laptop, {"certificate", "member_id=" + one, "cert_no=JY2025001",
                                               "issued_on=2025-03-01", "state=valid", "place_text=深圳"});
  put(laptop, {"certificate_check", "certificate_id=" + certificate, "year=2026", "occurred_on=2026-01-10",
               "outcome=passed"});
  put(laptop, {"hardship_record", "member_id=" + one, "active=1", "recognised_on=2026-02-01",
               "cause_class=illness", "level=severe", "on_allowance=1", "description=长期患病"});
  for (const std::string& member : {one, twin})
    put(laptop, {"liaison_assignment", "member_id=" + member,
                 "worker_id=" + laptop.ctl({"status"}).at("worker").get<std::string>(), "from=2026-01-01",
                 "reason=initial"});
}

TEST_CASE("lists without ID numbers come back to the people they are about: nobody new, nothing written") {
  Office at;
  tell_of_lists(at.office);
  at.office.ctl({"sync"});
  const Json before = counted(at.office);
  const std::string dump = people(at.office);
  for (const std::string form : {"f6b", "f14", "f16"}) {
    for (const std::string end : {"xlsx", "csv"}) {
      CAPTURE(form + "." + end);
      const std::string file = at.out(form + "." + end);
      at.office.ctl({"report", form, "--scope", kSanhe, "--as-of", "2026-09-30", "--out", file});
      const Json back = at.office.ctl({"import", "roster", file, "--apply"});
      for (const Json& sheet : back.at("sheets")) {
        INFO(sheet.dump());
        CHECK(sheet.at("accepted") == 0);
        CHECK(sheet.at("merged") == (form == "f16" ? 2 : 1));
        CHECK(sheet.at("quarantined").empty());
      }
      CHECK(counted(at.office) == before);
      CHECK(people(at.office) == dump);
    }
  }
}

TEST_CASE(
    "a register of certificates and a list of hardship fill in what is missing of people who are there") {
  Office at;
  tell_of_lists(at.office);
  at.office.ctl({"sync"});
  County elsewhere;
  Laptop fresh = elsewhere.laptop("戊", "county_officer", "220622");
  const auto carried = [&](const std::string& form) {
    const std::string file = at.out(form + ".xlsx");
    at.office.ctl({"report", form, "--scope", kSanhe, "--as-of", "2026-09-30", "--unmasked", "--out", file});
    return fresh.ctl({"import", "roster", file, "--apply"});
  };
  // Where nobody is, nobody comes out of such a list.
  const Json nobody = carried("f14").at("sheets").at(0);
  CHECK(nobody.at("accepted") == 0);
  REQUIRE(nobody.at("quarantined").size() == 1);
  CHECK(nobody.at("quarantined").at(0).at("reason") == "listed_nobody");
  carried("f1");
  CHECK(carried("f14").at("sheets").at(0).at("merged") == 1);
  CHECK(one_of(fresh, "certificate", "cert_no") == "JY2025001");
  CHECK(one_of(fresh, "certificate", "issued_on") == "2025-03-01");
  CHECK(one_of(fresh, "certificate", "state") == "valid");
  CHECK(one_of(fresh, "certificate", "place_text") == "深圳");
  carried("f6b");
  CHECK(one_of(fresh, "hardship_record", "level") == "severe");
  CHECK(one_of(fresh, "hardship_record", "on_allowance") == "1");
  CHECK(one_of(fresh, "hardship_record", "description") == "长期患病");
  // Another of that name in the village, and no telephone to tell them apart: a person looks at it.
  put(fresh, {"member", "name=赵志远", std::string("home_village_id=") + kSanhe});
  at.office.ctl({"report", "f16", "--scope", kSanhe, "--as-of", "2026-09-30", "--out", at.out("f16.csv")});
  const Json paired = fresh.ctl({"import", "roster", at.out("f16.csv")}).at("sheets").at(0);
  CHECK(paired.at("accepted") == 0);
  CHECK(paired.at("merged") == 1);
  REQUIRE(paired.at("quarantined").size() == 1);
  CHECK(paired.at("quarantined").at(0).at("reason") == "listed_several");
  CHECK(paired.at("lookalikes").size() == 2);
}

}  // namespace
