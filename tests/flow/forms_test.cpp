// The office's forms through the command line: periods that are checked, one record on a page, and what a
// laptop in the field does not hold.
#include <doctest/doctest.h>

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
    CHECK(said.exit_code == 1);
    CHECK_FALSE(lianxin::read_file(out("refused.json"), 1 << 20).ok());
    return said.json.at("error").at("code");
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

}  // namespace
