// The report's numbers over real laptops: the same wherever the same records are, and what the dump says.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "shared/base/file.hpp"
#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

constexpr const char* kLinhe = "220622101201";

std::string put(const Laptop& laptop, std::vector<std::string> words) {
  words.insert(words.begin(), "put");
  return laptop.ctl(words).at("id");
}

Json figures(const Laptop& laptop, const std::string& scope) {
  return laptop.ctl({"figures", "--scope", scope, "--as-of", "2026-09-30"});
}

std::string mobile_member(const Laptop& laptop, const std::string& name, const std::string& village) {
  const std::string member = put(laptop, {"member", "name=" + name, "home_village_id=" + village});
  put(laptop, {"mobility_episode", "member_id=" + member, "direction=out", "left_on=2025-03", "state=out"});
  return member;
}

/// The same count, without the program: records of the dump with this kind and these values.
std::set<std::string> counted_in_dump(const Laptop& laptop, const std::string& kind,
                                      const std::vector<std::pair<std::string, std::string>>& wanted) {
  std::set<std::string> found;
  std::istringstream lines(laptop.dump());
  for (std::string line; std::getline(lines, line);) {
    const Json record = Json::parse(line);
    if (record.at("kind") != kind) continue;
    const Json& fields = record.at("fields");
    const bool all = std::all_of(wanted.begin(), wanted.end(), [&](const auto& want) {
      if (!fields.contains(want.first)) return false;
      const std::string text = fields.at(want.first).dump();
      return text.find(want.second) != std::string::npos;
    });
    if (all) found.insert(record.at("id"));
  }
  return found;
}

std::set<std::string> records_of(const Json& figure) {
  std::set<std::string> out;
  for (const Json& id : figure.at("records"))
    out.insert(id);
  return out;
}

/// A table for each village of the township, with its own people.
void check_tables(const County& county, const Laptop& office, const Json& villages) {
  const std::string tables = (county.folder() / "tables.json").string();
  const Json forms =
      office.ctl({"report", "f1", "--scope", "220622101", "--as-of", "2026-09-30", "--out", tables});
  CHECK(forms.at("sheets") == villages);
  std::size_t named = 0;
  for (const Json& sheet : Json::parse(*lianxin::read_file(tables, 1 << 20)))
    named += sheet.dump().find("赵志远") != std::string::npos ? 1 : 0;
  CHECK(named == 1);
  const std::string workbook = (county.folder() / "tables.xlsx").string();
  office.ctl({"report", "f1", "--scope", "220622101", "--as-of", "2026-09-30", "--out", workbook});
  CHECK(lianxin::read_file(workbook, 1 << 24)->starts_with("PK"));
  // One table fits into a CSV, several do not, and nothing is written then.
  const std::string csv = (county.folder() / "table.csv").string();
  CHECK(office.try_ctl({"report", "f1", "--scope", "220622101", "--out", csv}).exit_code == 1);
  CHECK_FALSE(lianxin::read_file(csv, 1 << 20).ok());
  office.ctl({"report", "f1", "--scope", kSanhe, "--as-of", "2026-09-30", "--out", csv});
  CHECK(lianxin::read_file(csv, 1 << 20)->find("赵志远") != std::string::npos);
}

/// The report as Word gives it back has the same words and numbers; what is no report is refused.
void check_read_again(const County& county, const Laptop& office, const Json& report) {
  const std::string file = (county.folder() / "report.docx").string();
  const std::string again = (county.folder() / "again.json").string();
  const std::vector<std::string> asked = {"report", "f9", "--scope", "220622101", "--as-of", "2026-09-30"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), asked.begin(), asked.end());
    return more;
  };
  office.ctl(with({"--out", file}));
  office.ctl(with({"--read", file, "--out", again}));
  CHECK(Json::parse(*lianxin::read_file(again, 1 << 20)).at("paragraphs") == report.at("paragraphs"));
  REQUIRE(lianxin::replace_file(file, "no report").ok());
  const auto refused = office.try_ctl(with({"--read", file, "--out", again}));
  CHECK(refused.exit_code == 1);
  CHECK(Json::parse(refused.out).at("error").at("code") == "report.read.kind");
}

TEST_CASE("two villages' work adds up at the township, on every laptop alike, and is what the dump holds") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kLinhe);
  Laptop office = county.laptop("丙", "township_officer", "220622101");
  const std::string one = mobile_member(a, "赵志远", kSanhe);
  const std::string other = mobile_member(b, "钱守信", kLinhe);
  for (const char* day : {"2026-02-03", "2026-05-20"})
    put(a, {"visit", "members+=" + one, std::string("occurred_on=") + day, "mode=door", "outcome=met",
            "purposes+=study", "content=学习党章"});
  put(a, {"visit", "members+=" + one, "occurred_on=2026-06-01", "mode=door", "outcome=nobody",
          "purposes+=study"});
  put(b, {"visit", "members+=" + other, "occurred_on=2026-07-01", "mode=door", "outcome=met",
          "purposes+=study", "content=学习"});
  const std::string twice = put(b, {"visit", "members+=" + other, "occurred_on=2026-07-01", "mode=door",
                                    "outcome=met", "purposes+=study", "content=学习"});
  b.ctl({"void", twice, "--reason", "重复登记"});
  put(a, {"contact_attempt", "member_id=" + one, "occurred_on=2026-09-10", "channel=phone",
          "outcome=reached_self", "content=通话"});
  county.settle({&a, &b, &office});

  CHECK(figures(a, kSanhe).at("45").at("value") == 2);
  CHECK(figures(b, kLinhe).at("45").at("value") == 1);
  const Json town = figures(office, "220622101");
  CHECK(town.at("45").at("value") == 3);
  CHECK(town.at("45").at("text") == "3次");
  CHECK(town.at("20").at("value") == 1);
  CHECK(town.at("20").at("denominator") == 2);
  CHECK(town.size() == 78);
  for (const char* village : {kSanhe, kLinhe}) {
    const Json at_village = figures(village == std::string(kSanhe) ? a : b, village);
    const Json at_office = figures(office, village);
    for (int row = 1; row <= 78; ++row) {
      CAPTURE(row);
      const std::string key = std::to_string(row);
      CHECK(at_village.at(key).at("value") == at_office.at(key).at("value"));
      CHECK(at_village.at(key).at("records") == at_office.at(key).at("records"));
    }
  }
  // By hand over the dump: met or family, at the door, for study, not voided.
  std::set<std::string> by_hand =
      counted_in_dump(office, "visit", {{"outcome", "met"}, {"purposes", "study"}});
  for (const std::string& voided : counted_in_dump(office, "visit", {{"voided", "重复"}}))
    by_hand.erase(voided);
  CHECK(records_of(town.at("45")) == by_hand);
  CHECK(by_hand.size() == 3);
  // The report in words holds the same numbers, and says where it claims too much.
  const std::string file = (county.folder() / "report.json").string();
  const Json made =
      office.ctl({"report", "f9", "--scope", "220622101", "--as-of", "2026-09-30", "--out", file});
  CHECK(made.at("warnings").size() ==
        2);  // what it claims of everybody, and packs that no stock book has given out
  const Json report = Json::parse(*lianxin::read_file(file, 1 << 20));
  CHECK(report.at("paragraphs").dump().find("送学上门3次") != std::string::npos);
  CHECK(report.at("footer").get<std::string>().find("2026-09-30") != std::string::npos);
  for (const Json& row : report.at("annex")) {
    const Json& figure = town.at(std::to_string(row.at("row").get<int>()));
    if (row.at("phrase") == figure.at("phrase"))
      CHECK(row.at("records") == figure.at("records").size());
    else
      CHECK(row.at("printed") == row.at("exact"));  // a part of it, or what it is a share of
  }
  CHECK(office.try_ctl({"report", "f9", "--out", (county.folder() / "report.txt").string()}).exit_code == 1);
  check_read_again(county, office, report);
  check_tables(county, office, town.at("14").at("denominator"));
  // What does not reach every laptop says so.
  CHECK(town.at("65").at("note") != "");
  CHECK(town.at("45").at("note") == "");
}

TEST_CASE("the records behind a number are told in words: where, who, when, what, which part counts them") {
  County county;
  Laptop office = county.laptop("丙", "township_officer", "220622101");
  const std::string one = mobile_member(office, "赵志远", kSanhe);
  const std::string met = put(office, {"visit", "members+=" + one, "occurred_on=2026-02-03", "mode=door",
                                       "outcome=met_family", "purposes+=study", "content=学习"});
  const std::string out = office.text({"figures", "--row", "45", "--as-of", "2026-09-30"});
  INFO(out);
  std::size_t at = 0;
  for (const std::string& word :
       {std::string("45  送学上门"), std::string("三合村"), std::string("赵志远"), std::string("2月3日"),
        std::string("走访 · 见到家人"), std::string("其中由家属代学"), met}) {
    at = out.find(word, word == "其中由家属代学" ? out.find("走访 ·") : at);
    REQUIRE(at != std::string::npos);
  }
}

TEST_CASE("a question that makes no sense gets one line") {
  County county;
  Laptop office = county.laptop("丙", "township_officer", "220622101");
  const auto said = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "figures");
    const Said answer = office.try_ctl(words);
    const std::string code = Json::parse(answer.out).at("error").at("code");
    CHECK(answer.exit_code == (code == "words.date" ? 2 : 1));
    return code;
  };
  CHECK(said({"--scope", "999999999999"}) == "record.unknown");
  CHECK(said({"--scope", "220622101", "--as-of", "2026-02-30"}) == "words.date");
  CHECK(said({"--scope", "220622101", "--as-of", "2026-02-01", "--from", "2026-03-01"}) == "figures.period");
  CHECK(said({"--scope", "220622101", "--row", "79"}) == "figures.row");
  CHECK(said({"--scope", "220622101", "--row", "0"}) == "figures.row");
}

}  // namespace
