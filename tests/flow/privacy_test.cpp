// Who looked at what and who took what away: written down before it happens, and readable at the office.
#include <doctest/doctest.h>
#include <filesystem>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

constexpr const char* kIdNumber = "220699199507142937";
constexpr const char* kPhone = "13800001234";

std::string put_member(const Laptop& laptop) {
  const std::string id = laptop
                             .ctl({"put", "member", "name=赵志远", std::string("home_village_id=") + kSanhe,
                                   std::string("id_no=") + kIdNumber})
                             .at("id");
  laptop.ctl({"put", "contact_point", "member_id=" + id, "kind=mobile", std::string("value=") + kPhone});
  return id;
}

Json value_of(const Json& entry, const char* field) { return entry.at("fields").at(field).at("value"); }

/// Entries, the newest first: JSON lines.
Json audit(const Laptop& laptop, std::vector<std::string> words = {}) {
  words.insert(words.begin(), "audit");
  Json said = laptop.ctl(words);
  return said.is_object() ? Json::array({std::move(said)}) : said;
}

TEST_CASE("looking at whole numbers and taking files out is written down, and the office reads it") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop office = county.laptop("王", "county_officer", "220622");
  const std::string member = put_member(a);
  CHECK(audit(a).empty());

  // Programs get numbers whole; a record without one leaves no entry.
  CHECK(a.ctl({"get", member}).at("fields").at("id_no").at("value") == kIdNumber);
  CHECK(a.ctl({"list", "contact_point"}).size() == 1);
  CHECK(a.ctl({"list", "visit"}).empty());
  const Json seen = audit(a);
  REQUIRE(seen.size() == 2);  // the newest first
  CHECK(value_of(seen[0], "what") == "list contact_point");
  CHECK(value_of(seen[1], "what") == "get member");
  CHECK(value_of(seen[1], "record_id") == member);
  CHECK(value_of(seen[1], "count") == "1");
  CHECK(audit(a, {"--record", member}).size() == 1);

  // A dump and a form.
  const std::string before = a.dump();
  CHECK(a.dump() == before);  // the audit of dumps is in no dump
  const fs::path form = county.folder() / "名册.xlsx";
  a.ctl({"report", "f1", "--scope", kSanhe, "--as-of", "2026-09-30", "--out", form.string()});
  CHECK(fs::exists(form));
  const Json exported = audit(a, {"--limit", "1"});
  CHECK(value_of(exported[0], "action") == "export");
  CHECK(value_of(exported[0], "what").get<std::string>().find("名册.xlsx") != std::string::npos);
  CHECK(value_of(exported[0], "what").get<std::string>().find(county.folder().string()) == std::string::npos);

  county.settle({&a, &office});
  const Json read = audit(office, {"--who", "甲"});
  CHECK(read.size() >= 5);
  CHECK(read.dump().find(kIdNumber) == std::string::npos);
  CHECK(read.dump().find(kPhone) == std::string::npos);
  CHECK(read.dump().find("赵志远") == std::string::npos);
  CHECK(audit(office, {"--since", "2099-01-01"}).empty());
  CHECK(audit(office, {"--who", "乙"}).empty());
}

TEST_CASE("whole numbers leave in files only through the office, and entries cannot be typed or voided") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop office = county.laptop("王", "county_officer", "220622");
  put_member(a);
  county.settle({&a, &office});
  const auto form = [&](const Laptop& laptop, const std::string& file) {
    return laptop.try_ctl({"report", "f10", "--scope", kSanhe, "--as-of", "2026-09-30", "--unmasked", "--out",
                           (county.folder() / file).string()});
  };
  const Said refused = form(a, "a.csv");
  CHECK(refused.exit_code == 1);
  CHECK(refused.out.find("right.unmasked") != std::string::npos);
  CHECK_FALSE(fs::exists(county.folder() / "a.csv"));
  CHECK(form(office, "office.csv").exit_code == 0);
  CHECK(fs::exists(county.folder() / "office.csv"));
  const Json entry = audit(office, {"--limit", "1"})[0];
  CHECK(value_of(entry, "what").get<std::string>().find("unmasked") != std::string::npos);
  CHECK(a.try_ctl({"put", "audit_entry", "what=x"}).out.find("audit.by_hand") != std::string::npos);
  const std::string id = entry.at("id");
  CHECK(office.try_ctl({"put", "attachment", "name=x"}).out.find("photo.by_hand") != std::string::npos);
  CHECK(office.try_ctl({"put", "audit_entry", "--id", id, "count=0"}).exit_code == 1);
  CHECK(office.try_ctl({"void", id, "--reason", "看错了"}).exit_code == 1);
  CHECK(audit(office, {"--limit", "1"})[0].at("id") == id);
}

TEST_CASE("what is past its period is shown, and purged only as it was shown, with a reason") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  const std::string member = put_member(a);
  const std::string parcel =
      a.ctl({"put", "delivery", "member_id=" + member, "mode=courier", "to_name=赵志远",
             std::string("to_phone=") + kPhone, "to_address=某区某路9号", "received_on=2024-03-01"})
          .at("id");
  county.settle({&a});
  const Json preview = county.server({"retention"});
  CHECK(preview.at("count") == 1);
  CHECK(preview.at("applied") == false);
  const auto rule = [](const Json& said, const std::string& name) {
    for (const Json& one : said.at("rules")) {
      if (one.at("rule") == name) return one;
    }
    return Json();
  };
  CHECK(rule(preview, "addresses").at("records") == Json::array({parcel}));
  CHECK(rule(preview, "addresses").at("years") == 1);
  CHECK(a.ctl({"get", parcel}).at("fields").at("to_address").at("value") == "某区某路9号");

  const auto apply = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"retention", "--apply"};
    words.insert(words.end(), more.begin(), more.end());
    return county.try_server(words);
  };
  CHECK(apply({"--count", "1"}).out.find("purge.reason") != std::string::npos);
  CHECK(apply({"--count", "2", "--reason", "保存期满"}).out.find("retention.count") != std::string::npos);
  CHECK(
      apply({"--count", "1", "--reason", "保存期满", "--as-of", "2099-01-01"}).out.find("retention.future") !=
      std::string::npos);
  CHECK(county.server({"retention"}).at("count") == 1);
  CHECK(apply({"--count", "1", "--reason", "保存期满"}).exit_code == 0);
  CHECK(county.server({"retention"}).at("count") == 0);
  county.settle({&a});
  const Json fields = a.ctl({"get", parcel}).at("fields");
  for (const char* field : {"to_name", "to_phone", "to_address"})
    CHECK(fields.at(field).at("purged") == true);
  CHECK(fields.at("received_on").at("value") == "2024-03-01");
  CHECK(a.dump().find("某区某路9号") == std::string::npos);
  CHECK(county.dump({"--scope", kSanhe}).find("某区某路9号") == std::string::npos);
}

std::string code_of(const Said& said) {
  REQUIRE(said.exit_code == 1);
  return said.json.is_object() ? said.json.at("error").at("code").get<std::string>()
                               : Json::parse(said.out).at("error").at("code").get<std::string>();
}

/// Taken back: the entry stays as it is, a counter-entry is decided like any other. A secretary decides it.
Laptop take_back(County& county, Laptop& a, Laptop& office, const std::string& entry) {
  const auto sum = [&](const Laptop& laptop) {
    return laptop.ctl({"points", "sum", "--from", "2026-01-01"});
  };
  const std::string counter = office.ctl({"points", "reverse", entry, "--reason", "记错人"}).at("entry");
  CHECK(code_of(office.try_ctl({"points", "reverse", entry, "--reason", "再"})) == "points.reversed");
  CHECK(sum(office).at("villages").at(kSanhe) == 20);
  CHECK(code_of(office.try_ctl({"points", "approve", counter})) == "points.own");
  county.settle({&a, &office});
  CHECK(code_of(a.try_ctl({"points", "approve", counter})) == "points.role");
  Laptop secretary = county.laptop("李", "secretary", kSanhe);
  secretary.ctl({"sync"});
  secretary.ctl({"points", "approve", counter});
  CHECK(sum(secretary).at("villages").at(kSanhe) == 0);
  CHECK(secretary.ctl({"get", entry}).at("fields").at("points_tenths").at("value") == "20");
  CHECK(secretary.ctl({"get", entry}).at("fields").at("state").at("value") == "approved");
  return secretary;
}

/// A decision is no field to fill in.
void refuse_typed_decisions(const Laptop& a, const std::string& member, const std::string& rule) {
  for (const char* decides : {"state=approved", "state=rejected", "approved_on=2026-03-02"}) {
    CHECK(code_of(a.try_ctl({"put", "points_entry", "member_id=" + member, "rule_id=" + rule,
                             "occurred_on=2026-03-02", "points_tenths=20", "reason=清雪", decides})) ==
          "points.by_hand");
  }
}

TEST_CASE("points: off until the county says so, capped, decided by another, taken back by a counter-entry") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop office = county.laptop("王", "county_officer", "220622");
  const std::string member = put_member(a);
  const std::string rule =
      office
          .ctl({"put", "points_rule", "code=V1", "name=志愿服务", "class=volunteer", "points_tenths=20",
                "cap_tenths=50", "cap_period=month", "evidence=manual", "version=1", "from=2026-01-01"})
          .at("id");
  county.settle({&a, &office});
  const auto propose = [&](const std::string& on, const std::string& by_rule) {
    return a.try_ctl({"points", "propose", member, by_rule, "--on", on, "--reason", "清雪"});
  };
  CHECK(code_of(propose("2026-03-01", rule)) == "points.off");
  office.ctl({"put", "parameter", "name=points_on", "value=1", "from=2026-02-01"});
  county.settle({&a, &office});
  CHECK(code_of(propose("2026-01-31", rule)) == "points.off");
  CHECK(code_of(a.try_ctl({"points", "propose", member, rule, "--on", "2026-03-01"})) == "points.reason");

  const Json first = a.ctl({"points", "propose", member, rule, "--on", "2026-03-01", "--reason", "清雪"});
  CHECK(first.at("points_tenths") == 20);
  CHECK(propose("2026-03-02", rule).json.at("capped") == false);
  const Json third = propose("2026-03-03", rule).json;
  CHECK(third.at("points_tenths") == 10);  // what the month's cap leaves
  CHECK(third.at("capped") == true);
  CHECK(code_of(propose("2026-03-31", rule)) == "points.cap");
  CHECK(propose("2026-04-01", rule).exit_code == 0);

  refuse_typed_decisions(a, member, rule);
  const std::string entry = first.at("entry");
  CHECK(code_of(a.try_ctl({"put", "points_entry", "--id", entry, "state=approved"})) == "points.by_hand");
  CHECK(code_of(a.try_ctl({"points", "approve", entry})) == "points.own");
  county.settle({&a, &office});
  office.ctl({"points", "approve", entry});
  office.ctl({"points", "reject", third.at("entry")});
  CHECK(code_of(office.try_ctl({"points", "approve", entry})) == "points.decided");
  CHECK(code_of(office.try_ctl({"put", "points_entry", "--id", third.at("entry"), "reason=改"})) ==
        "points.decided");
  CHECK(code_of(office.try_ctl({"void", entry, "--reason", "不要了"})) == "points.decided");
  county.settle({&a, &office});
  const auto sum = [&](const Laptop& laptop) {
    return laptop.ctl({"points", "sum", "--from", "2026-01-01"});
  };
  CHECK(sum(a).at("villages").at(kSanhe) == 20);
  CHECK(sum(a) == sum(office));

  Laptop secretary = take_back(county, a, office, entry);

  // A rule changes from a day on.
  const std::string next =
      office.ctl({"points", "rule", rule, "points_tenths=30", "--from", "2026-06-01"}).at("rule");
  county.settle({&a, &office, &secretary});
  CHECK(code_of(propose("2026-06-01", rule)) == "points.rule_days");
  CHECK(code_of(propose("2026-05-31", next)) == "points.rule_days");
  CHECK(propose("2026-05-31", rule).json.at("points_tenths") == 20);
  CHECK(propose("2026-06-01", next).json.at("points_tenths") == 30);
  // The county caps the year as well, and special members are exempt.
  office.ctl({"put", "parameter", "name=points_year_cap", "value=10", "from=2026-01-01"});
  office.ctl({"put", "member", "--id", member, "points_class=special"});
  county.settle({&a, &office, &secretary});
  CHECK(code_of(propose("2026-07-01", next)) == "points.not_for");
  office.ctl({"put", "member", "--id", member, "points_class=mobile"});
  county.settle({&a, &office, &secretary});
  // March 20, April 20, May 20, June 30; March's first was taken back and its third rejected: 90 of 100.
  CHECK(propose("2026-07-01", next).json.at("points_tenths") == 10);
  CHECK(code_of(propose("2026-08-01", next)) == "points.cap");
}

TEST_CASE("a member's file holds what is known, says what is not here, and stands in the audit") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  const std::string member = put_member(a);
  const fs::path file = county.folder() / "赵志远.pdf";
  const Json made = a.ctl({"member", "file", member, "--out", file.string()});
  CHECK(made.at("records") == 2);
  CHECK(fs::file_size(file) == made.at("bytes").get<std::uintmax_t>());
  const Json entry = audit(a, {"--record", member})[0];
  CHECK(value_of(entry, "action") == "export");
  CHECK(value_of(entry, "what") == "member file *.pdf");
  CHECK(code_of(a.try_ctl({"member", "file", kSanhe, "--out", (county.folder() / "x.pdf").string()})) ==
        "member.kind");
  CHECK_FALSE(fs::exists(county.folder() / "x.pdf"));
}

}  // namespace
